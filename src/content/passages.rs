//! The body of a file cut into passages, line by line, before anyone parses its Markdown.
//!
//! The rule it guards: a line of a private passage is dropped here and no type ever holds it. Whatever looks like a fence but is
//! none, stands where no fence may stand, or is not closed, is an error; nothing is shown because a fence was misspelt.

use std::iter::once;
use std::ops::Range;

use crate::content::front_matter::lines_of;
use crate::content::suggest;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Source;

/// A run of lines with one audience.
#[derive(Debug)]
pub(super) struct Passage {
    /// For whom.
    pub(super) reach: Reach,
    /// The bytes of its lines in the file, fences apart.
    pub(super) lines: Range<usize>,
}

/// For whom a passage is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// Whoever sees the text it stands in.
    Common,
    /// The words after `::: only`, with the bytes of each.
    Only(Vec<(String, Range<usize>)>),
    /// Nobody.
    Private,
}

/// An open fence: a passage with what it stands in, or a piece of code.
enum Open {
    Passage {
        line: Range<usize>,
        outer: Reach,
    },
    /// What a fence that is none has begun.
    Nearly {
        outer: Reach,
    },
    Code {
        mark: char,
        width: usize,
        line: Range<usize>,
    },
}

/// Cuts the bytes `body` of a file into passages. Private ones are returned too, so that they can be withheld from messages; what
/// stands below a fence that is none counts as private, since that is what it may have been meant to be.
pub(super) fn split(
    source: &Source,
    body: Range<usize>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Passage> {
    let mut cut = Cut {
        source,
        passages: Vec::new(),
        reach: Reach::Common,
        start: body.start,
        open: Vec::new(),
        problems,
    };
    for line in lines_of(source.text(), body.clone()) {
        cut.read(line);
    }
    cut.at(&(body.end..body.end), Reach::Common);
    let Cut { passages, open, .. } = cut;
    problems.extend(open.into_iter().filter_map(|open| unclosed(source, open)));
    passages
}

/// The passages so far, and the one that is being read.
struct Cut<'a> {
    source: &'a Source,
    passages: Vec<Passage>,
    /// For whom the line is that is read next.
    reach: Reach,
    /// Where the passage begins that is being read: behind its fence.
    start: usize,
    /// The fences that are open, the innermost last. Inside code nothing else opens.
    open: Vec<Open>,
    problems: &'a mut Vec<Diagnostic>,
}

impl Cut<'_> {
    /// Reads the next line, from top to bottom.
    fn read(&mut self, line: Range<usize>) {
        let words = self.source.text()[line.clone()].trim_end();
        if let Some(Open::Code { mark, width, .. }) = self.open.last() {
            if closes_code(words, *mark, *width) {
                self.open.pop();
            } else if words.trim_start().starts_with(":::") {
                let message = "`:::` inside a fence of code is shown as it is written";
                self.tell(Diagnostic::warning(message), line);
            }
            return;
        }
        if let Some((mark, width)) = opens_code(words) {
            self.open.push(Open::Code { mark, width, line });
            return;
        }
        match fence(words, line.start) {
            Fence::None => {}
            Fence::Close => self.close(&line),
            Fence::Open(next) => {
                if !self.open.is_empty() {
                    let problem = Diagnostic::error("a passage cannot stand inside another");
                    let hint = "close the passage above with a line of `:::` first";
                    self.tell(problem.with_hint(hint), line.clone());
                }
                let outer = self.at(&line, next);
                self.open.push(Open::Passage { line, outer });
            }
            Fence::Nearly(nearly) => {
                self.problems.push(nearly.diagnostic(self.source, &line));
                if nearly.closes && !self.open.is_empty() {
                    self.close(&line);
                } else {
                    let outer = self.at(&line, Reach::Private);
                    self.open.push(Open::Nearly { outer });
                }
            }
        }
    }

    /// Closes the innermost passage at the fence `line`.
    fn close(&mut self, line: &Range<usize>) {
        let outer = match self.open.pop() {
            Some(Open::Passage { outer, .. } | Open::Nearly { outer }) => outer,
            Some(Open::Code { .. }) | None => {
                let message = "`:::` closes a passage that was never opened";
                self.tell(Diagnostic::error(message), line.clone());
                Reach::Common
            }
        };
        self.at(line, outer);
    }

    /// Ends the passage that is being read before the fence `line`, begins another after it, and returns the reach that ended.
    fn at(&mut self, line: &Range<usize>, next: Reach) -> Reach {
        let ended = std::mem::replace(&mut self.reach, next);
        self.passages.push(Passage {
            reach: ended.clone(),
            lines: self.start..line.start,
        });
        self.start = line.end;
        ended
    }

    fn tell(&mut self, problem: Diagnostic, line: Range<usize>) {
        self.problems.push(problem.at(self.source, line));
    }
}

fn unclosed(source: &Source, open: Open) -> Option<Diagnostic> {
    Some(match open {
        // It has been told already.
        Open::Nearly { .. } => return None,
        Open::Passage { line, .. } => Diagnostic::error("this passage is not closed")
            .at(source, line)
            .with_hint("end it with a line of `:::`"),
        Open::Code { mark, width, line } => Diagnostic::error("this fence of code is not closed")
            .at(source, line)
            .with_hint(format!(
                "end it with a line of `{}`",
                mark.to_string().repeat(width)
            )),
    })
}

/// What a line outside code is, as far as passages go.
enum Fence {
    None,
    Open(Reach),
    Close,
    Nearly(NearlyFence),
}

/// A line that is nearly a fence.
struct NearlyFence {
    message: String,
    hint: String,
    /// How many bytes of the line may be quoted: what follows may be what was to be hidden.
    shown: usize,
    /// Whether it is rather the end of a passage than its beginning.
    closes: bool,
}

impl NearlyFence {
    /// How every passage is written.
    const FORM: &str = "a passage is opened by `::: only` with roles or people, or by `::: private`, and closed by `:::`, at the start of a line";

    fn of(line: &str, message: impl FnOnce(&str) -> String, hint: Option<String>) -> Fence {
        let is_mark = |letter: char| !letter.is_alphanumeric();
        let word = line.find(|letter| !is_mark(letter)).unwrap_or(line.len());
        let end = line[word..]
            .find(is_mark)
            .map_or(line.len(), |end| word + end);
        let shown = line[..end].trim_end().len();
        Fence::Nearly(Self {
            message: message(line[..shown].trim_start()),
            hint: hint.unwrap_or_else(|| Self::FORM.to_owned()),
            shown,
            closes: word == line.len(),
        })
    }

    fn diagnostic(&self, source: &Source, line: &Range<usize>) -> Diagnostic {
        let shown = line.start + self.shown;
        let source = source.clone().withholding(once(shown..line.end.max(shown)));
        Diagnostic::error(&*self.message)
            .at(&source, line.start..shown)
            .with_hint(&*self.hint)
    }
}

/// Reads one line; `start` is where it begins in the file.
fn fence(line: &str, start: usize) -> Fence {
    if line == ":::" {
        return Fence::Close;
    }
    if line == "::: private" {
        return Fence::Open(Reach::Private);
    }
    if line == "::: only" {
        return NearlyFence::of(line, |line| format!("`{line}` names nobody"), None);
    }
    if let Some(rest) = line.strip_prefix("::: only ") {
        let words = words_at(rest, start + "::: only ".len());
        return match words.is_empty() {
            true => NearlyFence::of(line, |line| format!("`{line}` names nobody"), None),
            false => Fence::Open(Reach::Only(words)),
        };
    }
    if let Some(rest) = line.strip_prefix(":::") {
        let word = rest.trim_start_matches(':').split_whitespace().next();
        let meant = suggest::closest(word.unwrap_or_default(), ["only", "private"]);
        let meant = meant.map(|word| format!("did you mean `::: {word}`?"));
        return match word {
            Some(_) => NearlyFence::of(line, |line| format!("unknown passage `{line}`"), meant),
            None => NearlyFence::of(line, |line| format!("`{line}` is not a fence"), None),
        };
    }
    if looks_like_fence(line) {
        let message = |line: &str| format!("`{line}` looks like a passage but is none");
        return NearlyFence::of(line, message, None);
    }
    if is_torn(line) {
        // It may be a line of what was to be hidden: nothing of it is quoted.
        return Fence::Nearly(NearlyFence {
            message: "`::` in this line looks like a passage but is none".to_owned(),
            hint: NearlyFence::FORM.to_owned(),
            shown: 0,
            closes: false,
        });
    }
    Fence::None
}

fn is_colon(letter: char) -> bool {
    matches!(letter, ':' | '：' | '﹕' | '꞉' | '∶' | '︓' | '˸')
}

/// Whether a line looks like a fence before which something was written: two colons or more, and then nothing, a blank, or the word of
/// a passage.
fn is_torn(line: &str) -> bool {
    let mut rest = line;
    while let Some(place) = rest.find(is_colon) {
        let after = rest[place..].trim_start_matches(is_colon);
        let colons = rest[place..rest.len() - after.len()].chars().count();
        let word: String = after
            .chars()
            .take_while(|letter| letter.is_alphanumeric())
            .collect();
        let is_word = suggest::closest(&word.to_lowercase(), ["only", "private"]).is_some();
        if colons >= 2 && (word.is_empty() || is_word) {
            return true;
        }
        rest = after;
    }
    false
}

/// The words of a line with their places in the file. Commas may stand between them.
fn words_at(rest: &str, start: usize) -> Vec<(String, Range<usize>)> {
    let is_between = |letter: char| letter.is_whitespace() || letter == ',';
    let mut words = Vec::new();
    let mut offset = 0;
    for word in rest.split(is_between) {
        if !word.is_empty() {
            words.push((word.to_owned(), start + offset..start + offset + word.len()));
        }
        offset += word.len()
            + rest[offset + word.len()..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
    }
    words
}

/// Whether a line that is no fence was most likely meant as one: colons behind a list, quote or space; other marks before the word.
fn looks_like_fence(line: &str) -> bool {
    // A comment of HTML is refused as such, and not quoted.
    if line.trim_start().starts_with("<!--") {
        return false;
    }
    let inner = line.trim_start_matches(|letter: char| {
        letter.is_whitespace() || ">-*+#0123456789.)".contains(letter)
    });
    let colons = inner
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .take_while(|letter| is_colon(*letter))
        .count();
    // One colon at the beginning and two further on: a fence into which something was written.
    let is_torn =
        inner.starts_with(is_colon) && inner.chars().skip(1).collect::<String>().contains("::");
    if colons >= 2 || is_torn {
        return true;
    }
    let is_mark = |letter: char| {
        is_colon(letter)
            || ";!?.,|=~`<>[](){}%@/\\&*_-+#$^".contains(letter)
            || letter.is_whitespace()
    };
    let marks = line
        .chars()
        .take_while(|letter| is_mark(*letter))
        .filter(|letter| !letter.is_whitespace())
        .count();
    let word = line.trim_matches(is_mark).to_lowercase();
    let is_alone = marks > 0 && !word.contains(char::is_whitespace);
    // One mark before `only` may be a list or a quotation; one that belongs to another notation is not.
    let is_around = ["[]", "{}", "<>"].iter().any(|pair| {
        let line = line.trim();
        line.starts_with(&pair[..1]) && line.ends_with(&pair[1..])
    });
    let is_marked = colons >= 1 || marks >= 2 || is_around || line.trim_start().starts_with('@');
    is_alone && strsim::damerau_levenshtein(&word, "private") <= 1
        || is_marked && (word.starts_with("only ") || word.starts_with("private"))
}

/// The mark and width of a fence of code, if a line opens one.
fn opens_code(line: &str) -> Option<(char, usize)> {
    let inner = line.trim_start_matches(' ');
    let mark = inner
        .chars()
        .next()
        .filter(|mark| matches!(mark, '`' | '~'))?;
    let width = inner.chars().take_while(|letter| *letter == mark).count();
    let info = &inner[width..];
    let is_fence =
        line.len() - inner.len() <= 3 && width >= 3 && !(mark == '`' && info.contains('`'));
    // A fence whose info string is a passage's word was meant to hide something.
    (is_fence && !looks_like_fence(line)).then_some((mark, width))
}

fn closes_code(line: &str, mark: char, width: usize) -> bool {
    let inner = line.trim_start_matches(' ');
    line.len() - inner.len() <= 3
        && inner.len() >= width
        && inner.chars().all(|letter| letter == mark)
}

#[cfg(test)]
mod tests {
    use super::Reach;
    use super::split;
    use crate::diagnostic::Source;

    fn check(text: &str) -> Result<Vec<(Reach, String)>, Vec<String>> {
        let source = Source::of("x.md", text);
        let mut problems = Vec::new();
        let passages = split(&source, 0..text.len(), &mut problems);
        if problems.iter().any(crate::diagnostic::Diagnostic::is_error) {
            return Err(problems
                .iter()
                .map(|problem| problem.message().to_owned())
                .collect());
        }
        Ok(passages
            .into_iter()
            .map(|passage| (passage.reach, text[passage.lines].to_owned()))
            .collect())
    }

    #[test]
    fn passages_are_cut_line_by_line() {
        let found = check("a\n::: private\nb\n:::\nc\n::: only hr, tom\nd\n:::\n").unwrap();
        let shape: Vec<(bool, &str)> = found
            .iter()
            .map(|(reach, text)| (*reach == Reach::Private, text.as_str()))
            .collect();
        assert_eq!(
            shape,
            [
                (false, "a\n"),
                (true, "b\n"),
                (false, "c\n"),
                (false, "d\n"),
                (false, "")
            ]
        );
        let Reach::Only(words) = &found[3].0 else {
            panic!("an `only` passage")
        };
        assert_eq!(
            words
                .iter()
                .map(|(word, _)| word.as_str())
                .collect::<Vec<_>>(),
            ["hr", "tom"]
        );
    }

    #[test]
    fn code_keeps_its_meaning() {
        let found = check("```\n::: private\n```\nx\n").unwrap();
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn whatever_is_nearly_a_fence_is_refused() {
        for line in [
            ":::private",
            "::: Private",
            "::: privat",
            "::: prvate",
            ":::: private",
            ":: private",
            ": private",
            " ::: private",
            "\t::: private",
            "> ::: private",
            "- ::: private",
            "::: only",
            "::: Only tom",
            ":::only tom",
            "::: onyl tom",
            "：：： private",
            "::: private x",
            "; private",
            ";;; private",
            "!!! private",
            "[private]",
            "> [!PRIVATE]",
            "```private",
            "~~~ private",
            "``` privat",
            "{% private %}",
            "@private",
            "@only tom",
            "[only tom]",
            "$$$ private",
            "^^^ only tom",
            "??? private",
            "::",
            "::::",
            ": ::",
            ":::\u{a0}private",
            "::: secret",
            "::: confidential",
            ":everyone:: private",
            ":x:: only tom",
            "&#x6a;:: private",
            "next ::: only tom",
            "it ends here :::",
            "x::Private",
            "a：： only tom",
        ] {
            // With one more end than beginnings, any text is refused; between these two fences only the line itself can be why.
            let text = format!("a\n::: only hr\nb\n\n{line}\nhidden\n:::\n");
            assert!(check(&text).is_err(), "{line:?}");
        }
    }

    #[test]
    fn plain_sentences_are_no_fences() {
        for line in [
            "Private matters stay private.",
            "- private offices",
            "# Private time",
            "only a note: this",
            "> only once",
            "[only here](https://example.org)",
            "(only on Tuesdays)",
            "? only then",
            "**Only** then",
            "time: 10",
            "*private*ly",
            ":smile: private matters",
            "at 10:30: only the two of us",
            "the call was `list::sort`, then 10:45",
        ] {
            assert!(check(&format!("{line}\n")).is_ok(), "{line:?}");
        }
    }

    #[test]
    fn passages_close_and_do_not_nest() {
        for text in [
            "::: private\nx\n",
            "x\n:::\n",
            "::: only hr\n::: private\n:::\n:::\n",
            "```\nx\n",
            "::: private\n```\n:::\n",
        ] {
            assert!(check(text).is_err(), "{text:?}");
        }
    }
}
