//! How other programs hide a part of a text from its readers. None of it hides anything on a page.
//!
//! The rule it guards: whoever writes in the habit of another program is told so; what was to be hidden is neither shown nor quoted.

mod notations;
mod plain;
mod words;

use std::ops::Range;

use self::notations::{ELSEWHERE, End, Next, Notation, Place};
use self::plain::Plain;
use self::words::{decides, is_hiding, word_at};

/// What is said of each of them.
pub(in crate::content) const HIDES_NOTHING: &str = "this hides nothing here; write `::: private`";

/// A place where something was to be hidden.
pub(in crate::content) struct Found {
    /// Whose way it is.
    pub(in crate::content) what: &'static str,
    /// What it begins with.
    pub(in crate::content) mark: Range<usize>,
    /// What was to be hidden, as far as that can be told.
    pub(in crate::content) hidden: Range<usize>,
}

/// Finds what was to be hidden in a text. Nothing is looked for in the bytes `code`, and in those of `tables` two bars side by side
/// are an empty cell.
pub(in crate::content) fn find(
    text: &str,
    code: &[Range<usize>],
    tables: &[Range<usize>],
) -> Vec<Found> {
    let plain = Plain::of(text, code, tables);
    let lines = Lines::of(&plain.text);
    let mut found: Vec<Found> = Vec::new();
    // Most texts have no bytes of most marks.
    let mut is_there = [false; 256];
    for byte in plain.text.bytes() {
        is_there[usize::from(byte)] = true;
    }
    for notation in ELSEWHERE {
        let mut bytes = notation.mark.bytes();
        if bytes.all(|byte| is_there[usize::from(byte)]) {
            notation.find(&lines, &mut found);
        }
    }
    definitions(&lines, &mut found);
    for found in &mut found {
        found.mark = plain.place(found.mark.start)..plain.place(found.mark.end);
        found.hidden = plain.place(found.hidden.start)..plain.place(found.hidden.end);
    }
    // One that stands inside another was found with it, such as the second half of a pair.
    found.sort_by_key(|found| (found.mark.start, usize::MAX - found.mark.end));
    let mut covered = 0;
    found.retain(|found| {
        let is_first = found.mark.start >= covered;
        covered = covered.max(found.mark.end);
        is_first
    });
    found
}

/// Whether a line of text in a setting holds what hides something elsewhere.
pub(in crate::content) fn is_in_setting(text: &str) -> bool {
    let found = find(text, &[], &[]);
    // A single `%%` may well be one of figures, and a unit may come first.
    let is_pair = text.matches("%%").count() > 1;
    found.iter().any(|found| match &text[found.mark.clone()] {
        "%%" => is_pair,
        mark => mark != "%",
    })
}

/// A text with the places where its lines begin, and where the text of each line begins behind the marks of lists and quotations.
struct Lines<'a> {
    text: &'a str,
    lines: Vec<Line>,
}

/// A line.
struct Line {
    start: usize,
    /// Where its text begins.
    own: usize,
    /// Where it ends, without its end of line.
    end: usize,
    is_blank: bool,
    /// Where the paragraph ends that it belongs to.
    paragraph_end: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let inside = line.trim_end();
            lines.push(Line {
                start,
                own: start + inside.len() - behind_marks(inside).len(),
                end: start + line.trim_end_matches('\n').len(),
                is_blank: inside.is_empty(),
                paragraph_end: text.len(),
            });
            start += line.len();
        }
        let mut end = text.len();
        for line in lines.iter_mut().rev() {
            if line.is_blank {
                end = line.start;
            }
            line.paragraph_end = end.max(line.start);
        }
        Self { text, lines }
    }

    /// The line that a place is in.
    fn line(&self, place: usize) -> Option<&Line> {
        let index = self.lines.partition_point(|line| line.start <= place);
        self.lines.get(index.saturating_sub(1))
    }

    /// The start of the line that a place is in.
    fn line_start(&self, place: usize) -> usize {
        self.line(place).map_or(0, |line| line.start)
    }

    /// The end of the line that a place is in.
    fn line_end(&self, place: usize) -> usize {
        let line = self.line(place);
        line.map_or(self.text.len(), |line| line.end.max(place))
    }

    /// The end of the paragraph that a place is in.
    fn paragraph_end(&self, place: usize) -> usize {
        let line = self.line(place);
        line.map_or(self.text.len(), |line| line.paragraph_end.max(place))
    }
}

impl Notation {
    /// Finds this notation.
    fn find(&self, lines: &Lines<'_>, found: &mut Vec<Found>) {
        match self.place {
            Place::Line => {
                let mut is_after_blank = true;
                for line in &lines.lines {
                    let is_meant = !self.begins_paragraph || is_after_blank;
                    is_after_blank = line.is_blank;
                    // Of `>!`, the first letter is a mark of quotations, too.
                    let own = line.own - usize::from(self.mark.starts_with('>') && line.own > 0);
                    let text = lines.text.get(own..).unwrap_or_default();
                    if is_meant && text.starts_with(self.mark) {
                        self.try_at(own, lines, found);
                    }
                }
            }
            Place::Anywhere | Place::Apart => {
                let mut start = 0;
                while let Some(at) = lines.text[start..].find(self.mark) {
                    let at = start + at;
                    let glued = lines.text[..at].ends_with(char::is_alphanumeric);
                    let end = (self.place == Place::Anywhere || !glued)
                        .then(|| self.try_at(at, lines, found));
                    start = end.flatten().unwrap_or(at + self.mark.len());
                }
            }
        }
    }

    /// Notes this notation if its mark, which stands at `at`, is meant so; returns where to look on.
    fn try_at(&self, at: usize, lines: &Lines<'_>, found: &mut Vec<Found>) -> Option<usize> {
        let text = lines.text;
        let behind = at + self.mark.len();
        if self.mark == "{." && text[..at].ends_with([']', ')']) {
            return None;
        }
        let mark_end = behind + self.next.length(&text[behind..])?;
        let (hidden_end, go_on) = match self.end {
            End::Line => (lines.line_end(mark_end), mark_end),
            End::Paragraph => (lines.paragraph_end(mark_end), mark_end),
            End::Far("") => (text.len(), lines.line_end(mark_end)),
            End::Far(end) => {
                let rest = text[mark_end..].find(end);
                let place = rest.map_or(text.len(), |place| mark_end + place + end.len());
                (place, place)
            }
            End::Near(end) => {
                let paragraph = &text[mark_end..lines.paragraph_end(mark_end)];
                let Some(place) = paragraph.find(end) else {
                    return Some(mark_end + paragraph.len());
                };
                let inside = &paragraph[..place];
                let place = mark_end + place + end.len();
                if inside.trim().is_empty() || inside.contains(plain::CELL) {
                    return Some(mark_end + inside.len());
                }
                (place, place)
            }
        };
        // What is hidden may stand before the mark: `[words]{.private}`, `words #private`.
        let (start, mark_end) = match self.mark {
            "]{" | "){" => before(text, at, '['),
            _ => (at, mark_end),
        };
        let hidden = match self.mark {
            "#" | "{." => lines.line_start(at)..hidden_end,
            _ => mark_end..hidden_end,
        };
        found.push(Found {
            what: self.what,
            mark: start..mark_end,
            hidden,
        });
        Some(go_on.max(mark_end))
    }
}

/// The last such letter before a place.
fn before(text: &str, place: usize, letter: char) -> (usize, usize) {
    let mut letters = text[..place].char_indices().rev().take(1000);
    let found = letters.find(|(_, other)| *other == letter);
    found.map_or((place, place), |(place, _)| (place, place + 1))
}

impl Next {
    /// How much of what stands behind a mark belongs to it, if it is what must stand there.
    fn length(&self, rest: &str) -> Option<usize> {
        let first = rest.chars().next();
        let is_blank = first.is_none_or(char::is_whitespace);
        let is_letter = first.is_some_and(char::is_alphabetic);
        let word = word_at(rest);
        let after = &rest[word.len()..];
        match self {
            Next::Anything => Some(0),
            Next::Blank => is_blank.then_some(0),
            Next::BlankOr(letters) => {
                (is_blank || first.is_some_and(|letter| letters.contains(letter))).then_some(0)
            }
            Next::OneOf(letters) => first
                .is_some_and(|letter| letters.contains(letter))
                .then_some(0),
            Next::Letter => is_letter.then_some(0),
            Next::NoLetter => {
                let is_tag = is_letter || first == Some('[');
                let mut letters = rest.chars().take(2000).take_while(|letter| *letter != '\n');
                let is_whole = letters.any(|letter| letter == '>');
                (!is_tag || !is_whole).then_some(0)
            }
            Next::NoId => {
                let is_id = !word.is_empty() && after.starts_with('}');
                (!is_id).then_some(0)
            }
            Next::Word => is_hiding(word).then_some(word.len()),
            Next::WordThen(letters) => {
                let is_followed = after.starts_with(|letter| letters.contains(letter));
                (is_hiding(word) && is_followed).then_some(word.len())
            }
            Next::Decided => {
                let blanks = rest.len() - rest.trim_start_matches([' ', '"', '+', '-']).len();
                let word = word_at(&rest[blanks..]);
                let end = blanks + word.len();
                // `!!! note "Private"` has a title.
                let is_titled = !word.is_empty() && rest[end..].starts_with(" \"");
                (decides(word) || is_titled).then_some(end)
            }
            Next::DecidedThen(letters) => {
                let is_followed =
                    after.starts_with(|letter| letters.contains(letter)) || after.is_empty();
                (decides(word) && is_followed).then_some(word.len())
            }
            Next::Callout => {
                let is_named = is_letter && after.starts_with([']', '|']);
                (is_named && !after.starts_with("](")).then_some(word.len() + 1)
            }
            Next::Info => {
                let blanks = rest.len() - rest.trim_start_matches([' ', '`', '~']).len();
                let info = &rest[blanks..];
                let opening = usize::from(info.starts_with('{'));
                let name = word_at(&info[opening..]);
                let closing = usize::from(info[opening + name.len()..].starts_with('}'));
                let word = &info[..opening + name.len() + opening * closing];
                let is_fence = !info[..info.find('\n').unwrap_or(info.len())].contains('`');
                let hides = opening > 0 || is_hiding(word);
                (is_fence && hides).then_some(blanks + word.len())
            }
        }
    }
}

/// Finds definitions that other programs show to nobody: of links that lead nowhere, `[x]: # (words)`, and of abbreviations, `*[x]: words`.
fn definitions(lines: &Lines<'_>, found: &mut Vec<Found>) {
    for line in &lines.lines {
        let text = &lines.text[line.own.min(line.end)..line.end];
        let abbreviation = text.strip_prefix('*').filter(|rest| rest.starts_with('['));
        let Some((label, rest)) = abbreviation
            .unwrap_or(text)
            .strip_prefix('[')
            .and_then(|rest| rest.split_once("]:"))
        else {
            continue;
        };
        let target = rest.trim_start();
        let nowhere = ["#", "<>", "<#>"].iter().any(|nowhere| {
            let behind = target.strip_prefix(nowhere);
            behind.is_some_and(|rest| {
                rest.is_empty() || rest.starts_with(|letter: char| " \t\r\n(\"'".contains(letter))
            })
        });
        let is_remark = label
            .trim_matches([' ', '/', '_', '.', '#', '^'])
            .is_empty();
        let is_meant = nowhere || is_remark || is_hiding(word_at(label));
        if label.contains(']') || !(abbreviation.is_some() || is_meant) {
            continue;
        }
        let mark_end = line.end - rest.len();
        let what = match abbreviation {
            Some(_) => "what an abbreviation means",
            None => "a definition of a link that leads nowhere",
        };
        found.push(Found {
            what,
            mark: line.own..mark_end,
            hidden: mark_end..lines.line_end(mark_end),
        });
    }
}

/// A line without the marks of lists and quotations before its text.
fn behind_marks(line: &str) -> &str {
    let mut rest = line.trim_start();
    loop {
        let digits = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let is_number = digits.len() < rest.len() && digits.starts_with(['.', ')']);
        let inner = match rest.chars().next() {
            Some('>') => &rest[1..],
            Some('-' | '*' | '+') if rest[1..].starts_with([' ', '\t']) => &rest[1..],
            _ if is_number && digits[1..].starts_with([' ', '\t']) => &digits[1..],
            _ => return rest,
        };
        rest = inner.trim_start();
    }
}
