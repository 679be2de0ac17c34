//! A line that opens or closes something: passages of the body, and code, in which no passage opens.
//!
//! The rule it guards: whatever looks like a fence but is none is an error; nothing is shown because a fence was misspelt.

use std::iter::once;
use std::ops::Range;

use crate::content::suggest;
use crate::content::text::hiding;
use crate::diagnostic::{Diagnostic, Source};

/// For whom a passage is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::content) enum Reach {
    /// Whoever sees the text it stands in.
    Common,
    /// The words after `::: only`, with the bytes of each.
    Only(Vec<(String, Range<usize>)>),
    /// Nobody.
    Private,
}

/// What a line outside code is, as far as passages go.
pub(in crate::content) enum Fence {
    /// No fence.
    None,
    /// It opens a passage.
    Open(Reach),
    /// It closes one.
    Close,
    /// It is none, but looks like one.
    Nearly(NearlyFence),
}

/// A line that is nearly a fence.
pub(in crate::content) struct NearlyFence {
    message: String,
    hint: String,
    /// How many bytes of the line may be quoted: what follows may be what was to be hidden.
    shown: usize,
    /// Whether it is rather the end of a passage than its beginning.
    pub(in crate::content) closes: bool,
}

impl NearlyFence {
    /// How every passage is written.
    const FORM: &str = "a passage is opened by `::: only` with roles or people, or by `::: private`, and closed by `:::`, at the start of a line";

    fn of(line: &str, message: impl FnOnce(&str) -> String, hint: Option<String>) -> Fence {
        let is_mark = |letter: char| !letter.is_alphanumeric();
        let word = line.find(|letter| !is_mark(letter)).unwrap_or(line.len());
        let end = word + word_at(&line[word..]);
        let shown = line[..end].trim_end().len();
        Fence::Nearly(Self {
            message: message(line[..shown].trim_start()),
            hint: hint.unwrap_or_else(|| Self::FORM.to_owned()),
            shown,
            closes: word == line.len(),
        })
    }

    /// One of which nothing is quoted: it may be a line of what was to be hidden.
    fn torn(closes: bool) -> Self {
        Self {
            message: "`::` in this line looks like a passage but is none".to_owned(),
            hint: Self::FORM.to_owned(),
            shown: 0,
            closes,
        }
    }

    /// The same, with nothing of it quoted.
    pub(in crate::content) fn unquoted(self) -> Self {
        Self {
            message: "this line looks like a passage but is none".to_owned(),
            ..Self::torn(self.closes)
        }
    }

    /// The problem with it, of which no more is quoted than may be.
    pub(in crate::content) fn diagnostic(
        &self,
        source: &Source,
        line: &Range<usize>,
    ) -> Diagnostic {
        let shown = line.start + self.shown;
        let source = source.clone().withholding(once(shown..line.end.max(shown)));
        Diagnostic::error(&*self.message)
            .at(&source, line.start..shown)
            .with_hint(&*self.hint)
    }
}

impl Fence {
    /// Reads one line; `start` is where it begins in the file.
    pub(in crate::content) fn of(line: &str, start: usize) -> Self {
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
            let meant = if line.starts_with("::: private") {
                Some("`::: private` stands alone on its line, what is private below it".to_owned())
            } else if line.starts_with("::: only") {
                Some("write a blank between `only` and the names".to_owned())
            } else {
                suggest::closest(word.unwrap_or_default(), ["only", "private"])
                    .map(|word| format!("did you mean `::: {word}`?"))
            };
            return match word {
                Some(_) => NearlyFence::of(line, |line| format!("unknown passage `{line}`"), meant),
                None => NearlyFence::of(line, |line| format!("`{line}` is not a fence"), None),
            };
        }
        if looks_like_fence(line) {
            let is_passage = without_marks(line).starts_with(is_colon);
            let message = |line: &str| match is_passage {
                true => format!("`{line}` looks like a passage but is none"),
                false => hiding::HIDES_NOTHING.to_owned(),
            };
            return NearlyFence::of(line, message, None);
        }
        if is_torn(line) {
            return Fence::Nearly(NearlyFence::torn(false));
        }
        Fence::None
    }
}

/// How long the word is that a line begins with. What is glued to the word of a passage, or is of another script, may be what was to
/// be hidden.
fn word_at(line: &str) -> usize {
    for word in ["private", "only"] {
        let start = line.get(..word.len());
        if start.is_some_and(|start| start.eq_ignore_ascii_case(word)) {
            return word.len();
        }
    }
    let is_ascii = line.starts_with(|letter: char| letter.is_ascii());
    line.find(|letter: char| !letter.is_alphanumeric() || (is_ascii && !letter.is_ascii()))
        .unwrap_or(line.len())
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

/// Whether a line is a mark of any notation or keyboard and then the word of a passage: `… private`, `；；； only`, `ЖЖЖ private`.
fn is_other_notation(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_list = |word: &str| {
        matches!(word, "-" | "*" | "+" | ">" | "?" | "–" | "—" | "•")
            || word.ends_with(['.', ')'])
            || word.chars().all(|letter| matches!(letter, '#' | '>'))
    };
    let Some((mark, rest)) = words.split_first().filter(|(mark, _)| !is_list(mark)) else {
        return false;
    };
    let mut letters = mark.chars();
    let first = letters.next();
    let is_repeated = mark.chars().count() > 1 && letters.all(|letter| Some(letter) == first);
    let is_mark = is_repeated
        || !mark.contains(char::is_alphanumeric)
        || mark.starts_with("&#")
        || mark.starts_with("&colon");
    let word = rest.first().map(|word| word.to_lowercase());
    let is_private = |word: &str| strsim::damerau_levenshtein(word, "private") <= 1;
    match word {
        Some(word) if is_mark && rest.len() < 4 => is_private(&word) || word == "only",
        Some(_) => false,
        // A line that says nothing else.
        None => ["private", "private:"].contains(&mark.to_lowercase().as_str()),
    }
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

/// A line without the marks of lists, quotations and headings before its text.
fn without_marks(line: &str) -> &str {
    line.trim_start_matches(|letter: char| {
        letter.is_whitespace() || ">-*+#0123456789.)".contains(letter)
    })
}

/// Whether a line that is no fence was most likely meant as one: colons behind a list, quote or space; other marks before the word.
fn looks_like_fence(line: &str) -> bool {
    // A comment of HTML is refused as such, and not quoted.
    if line.trim_start().starts_with("<!--") {
        return false;
    }
    let inner = without_marks(line);
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
    if is_other_notation(line) {
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
        || is_marked && (says_only(&word) || word.starts_with("private"))
}

/// What stands behind the names of a passage and is none: it may be a remark, or what was to be hidden.
pub(in crate::content) fn remark(words: &[(String, Range<usize>)]) -> Option<Range<usize>> {
    let is_in_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let mut others = words
        .iter()
        .filter(|(word, _)| !word.chars().all(is_in_name));
    Some(others.next()?.1.start..words.last()?.1.end)
}

/// Whether words begin with `only` and go on with for whom.
fn says_only(words: &str) -> bool {
    let rest = words.strip_prefix("only");
    rest.is_some_and(|rest| rest.starts_with([' ', ':', '=']))
}

/// Whether a text of the front matter holds what hides something elsewhere, and hides nothing here: a passage, or a remark.
pub(in crate::content) fn hides_nothing(text: &str) -> bool {
    // A title may well be `Private`, or hold a `::` between two words.
    let is_fence = |line: &str| {
        line.trim()
            .chars()
            .take_while(|letter| is_colon(*letter))
            .count()
            > 1
    };
    text.lines().any(is_fence) || hiding::is_in_setting(text)
}

/// The mark and width of a fence of code, if a line opens one.
pub(in crate::content) fn opens_code(line: &str) -> Option<(char, usize)> {
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

/// Whether a line closes the fence of code that such a mark opened.
pub(in crate::content) fn closes_code(line: &str, mark: char, width: usize) -> bool {
    let inner = line.trim_start_matches(' ');
    line.len() - inner.len() <= 3
        && inner.len() >= width
        && inner.chars().all(|letter| letter == mark)
}

#[cfg(test)]
mod tests {
    use super::hides_nothing;

    #[test]
    fn a_text_of_the_front_matter_may_say_what_a_line_of_prose_may_not() {
        for text in [
            "Private",
            "Leadership :: autumn",
            "only then",
            "100 %% sure",
            "% of meetings that end on time",
            "Yes || no",
            "Goal #2 {Name}",
        ] {
            assert!(!hides_nothing(text), "{text}");
        }
        for text in [
            "a\n::: private\nb",
            "a\n  :: only tom",
            "a <!-- b",
            "%% a %%",
            "{>> a <<}",
            "{% comment %} a",
            "a ||b|| c",
            "[a]{.private}",
            "> [!secret]\n> a",
            "\\begin{comment}",
            "@only(tom) a",
        ] {
            assert!(hides_nothing(text), "{text}");
        }
    }
}
