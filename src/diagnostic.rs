//! What is wrong, where, and what to do: the one type for everything that a coach can cause or meet.
//!
//! The rule it guards: a message never quotes a note, a private passage or a comment. Whoever builds a [`Diagnostic`] hands
//! over the whole [`Source`], which knows what of it must not be shown, and cuts the line that is.

mod fields;
mod source;
pub mod terminal;

use std::cmp::Ordering;
use std::fmt;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;

use annotate_snippets::{Group, Level, Origin, Renderer};

use crate::diagnostic::source::Spot;
pub use crate::diagnostic::source::{Source, without_byte_order_mark};
use crate::diagnostic::terminal::tame;

/// One problem, with its place and what to do about it.
///
/// It is one pointer wide, so that a `Result` costs no more for being able to fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic(Box<Problem>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Problem {
    severity: Severity,
    message: String,
    place: Option<Location>,
    hint: Option<String>,
}

/// Whether a problem stops the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// The site is published all the same.
    Warning,
}

/// Where in the content folder a problem stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Location {
    file: String,
    spot: Option<Spot>,
}

impl Diagnostic {
    /// An error without a place.
    pub fn error(message: impl Into<String>) -> Self {
        Self::of(Severity::Error, message.into())
    }

    /// A warning without a place.
    pub fn warning(message: impl Into<String>) -> Self {
        Self::of(Severity::Warning, message.into())
    }

    fn of(severity: Severity, message: String) -> Self {
        Self(Box::new(Problem {
            severity,
            message,
            place: None,
            hint: None,
        }))
    }

    /// A file or folder that could not be read; the reason is the system's.
    pub fn cannot_read(path: &Path, reason: &std::io::Error) -> Self {
        Self::error(format!(
            "cannot read `{}`: {}",
            path.display(),
            in_words(reason)
        ))
    }

    /// A file or folder that could not be written; the reason is the system's.
    pub fn cannot_write(path: &Path, reason: &std::io::Error) -> Self {
        Self::error(format!(
            "cannot write `{}`: {}",
            path.display(),
            in_words(reason)
        ))
    }

    /// A file of the content folder, at `place` in it, that could not be read; the reason is the system's.
    pub fn cannot_read_file(place: impl Into<String>, reason: &std::io::Error) -> Self {
        Self::error(format!("cannot read this file: {}", in_words(reason))).in_file(place)
    }

    /// Says what to do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Says what to do about it, if there is something to say.
    #[must_use]
    pub fn with_hint_if(mut self, hint: Option<String>) -> Self {
        self.0.hint = hint.or(self.0.hint);
        self
    }

    /// Places it at a whole file or folder, given by its path inside the content folder.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.0.place = Some(Location {
            file: file.into(),
            spot: None,
        });
        self
    }

    /// Places it at a line of a file, which is not quoted.
    #[must_use]
    pub fn at_line(mut self, file: impl Into<String>, line: usize, column: usize) -> Self {
        self.0.place = Some(Location {
            file: file.into(),
            spot: Some(Spot::unseen(line, column)),
        });
        self
    }

    /// Places it at the bytes `span` of `source`. What the line may not quote, the message does not quote either.
    #[must_use]
    pub fn at(mut self, source: &Source, span: Range<usize>) -> Self {
        let spot = source.spot(span);
        self.0.message = source.unnaming(&self.0.message);
        self.0.hint = self.0.hint.map(|hint| source.unnaming(&hint));
        if !spot.is_seen() {
            self.0.message = source.unquoted(&self.0.message);
            self.0.hint = self.0.hint.map(|hint| source.unquoted(&hint));
        }
        self.0.place = Some(Location {
            file: source.path().to_owned(),
            spot: Some(spot),
        });
        self
    }

    /// Whether it stops the build.
    pub fn is_error(&self) -> bool {
        self.0.severity == Severity::Error
    }

    /// Whether it stops the build, as a value.
    pub fn severity(&self) -> Severity {
        self.0.severity
    }

    /// What is wrong, without place or hint.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// The file it stands in, as a path inside the content folder.
    pub fn file(&self) -> Option<&str> {
        self.0.place.as_ref().map(|place| place.file.as_str())
    }

    /// The line and column it stands at, both from 1.
    pub fn position(&self) -> Option<(usize, usize)> {
        let spot = self.0.place.as_ref()?.spot.as_ref()?;
        Some((spot.line, spot.column))
    }

    /// The order in which problems are shown: by file, line and column; errors first where these are the same.
    pub fn in_reading_order(&self, other: &Self) -> Ordering {
        self.file()
            .cmp(&other.file())
            .then_with(|| self.position().cmp(&other.position()))
            .then_with(|| self.0.severity.cmp(&other.0.severity))
            .then_with(|| self.0.message.cmp(&other.0.message))
    }

    /// The problem as the coach reads it, with colour codes when `is_coloured`.
    pub fn render(&self, is_coloured: bool) -> String {
        let renderer = if is_coloured {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let level = match self.0.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        // Names and words of the coach's files reach a terminal: nothing in them may act on it.
        let message = tame(&self.0.message);
        let file = self.file().map(tame).unwrap_or_default();
        let title = level.primary_title(&*message);
        let group = match &self.0.place {
            None => Group::with_title(title),
            Some(Location { spot: None, .. }) => title.element(Origin::path(&*file)),
            Some(Location {
                spot: Some(spot), ..
            }) => spot.under(title, &file),
        };
        let mut text = renderer.render(&[group]);
        if let Some(hint) = &self.0.hint {
            text.push_str("\nhint: ");
            text.push_str(&tame(hint));
        }
        text
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.render(false))
    }
}

/// Puts problems in the order in which they are shown, each once.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(Diagnostic::in_reading_order);
    diagnostics.dedup();
}

/// So many problems of one file are shown; the others are counted.
pub const MOST_SHOWN: usize = 50;

/// Keeps the first [`MOST_SHOWN`] problems of each file, which are in their order, and tells how many more there are.
pub fn shorten(diagnostics: &mut Vec<Diagnostic>) {
    let all = std::mem::take(diagnostics);
    for problems in all.chunk_by(|one, other| one.file() == other.file()) {
        let (shown, rest) = problems.split_at(problems.len().min(MOST_SHOWN));
        let shown = if problems[0].file().is_none() {
            problems
        } else {
            shown
        };
        diagnostics.extend_from_slice(shown);
        if let (Some(first), Some(file)) = (rest.first(), problems[0].file()) {
            let message = match rest.len() {
                1 => "there is one more problem in this file from here on".to_owned(),
                more => format!("there are {more} more problems in this file from here on"),
            };
            let is_error = rest.iter().any(Diagnostic::is_error);
            let more = match is_error {
                true => Diagnostic::error(message),
                false => Diagnostic::warning(message),
            };
            let more = more.with_hint("mend those above first");
            diagnostics.push(match first.position() {
                Some((line, column)) => more.at_line(file, line, column),
                None => more.in_file(file),
            });
        }
    }
}

/// What the system says, without its number.
fn in_words(reason: &std::io::Error) -> String {
    match reason.kind() {
        ErrorKind::NotFound => "there is nothing of this name".to_owned(),
        ErrorKind::PermissionDenied => "you have no permission".to_owned(),
        _ => {
            let text = reason.to_string();
            let end = text.find(" (os error").unwrap_or(text.len());
            text[..end].to_lowercase()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, MOST_SHOWN, Source, shorten, sort};

    #[test]
    fn many_problems_of_one_file_are_counted() {
        let problem = |file: &str, line| Diagnostic::error("x").at_line(file, line, 1);
        let mut problems: Vec<Diagnostic> = (1..=900).map(|line| problem("a", line)).collect();
        problems.extend((1..=MOST_SHOWN).map(|line| problem("b", line)));
        sort(&mut problems);
        shorten(&mut problems);
        assert_eq!(problems.len(), 2 * MOST_SHOWN + 1);
        let more = &problems[MOST_SHOWN];
        assert!(more.message().contains("850 more problems"));
        assert_eq!((more.file(), more.position()), (Some("a"), Some((51, 1))));
        // Problems are put in their order once more: the count stays behind those that are shown.
        let shown = problems.clone();
        sort(&mut problems);
        assert_eq!(problems, shown);
    }

    #[test]
    fn problem_shows_message_place_line_and_hint() {
        let source = Source::of(
            "nyah/goals/2-delegation.md",
            "+++\ntitle = \"x\"\nshare = { goals = [\"manger\"] }\n",
        );
        let start = source.text().find("\"manger").unwrap();
        let problem = Diagnostic::error("goal `delegation` is shared with unknown role `manger`")
            .at(&source, start..start + 8)
            .with_hint("did you mean `manager`?");
        let expected = "\
error: goal `delegation` is shared with unknown role `manger`
 --> nyah/goals/2-delegation.md:3:20
  |
3 | share = { goals = [\"manger\"] }
  |                    ^^^^^^^^
hint: did you mean `manager`?";
        assert_eq!(problem.to_string(), expected);
    }

    #[test]
    fn withheld_bytes_are_never_quoted() {
        let source =
            Source::of("a.csv", "tom,goal,9,\"hush\"\n").withholding(std::iter::once(11..17));
        let problem = Diagnostic::error("score `9` is off the scale").at(&source, 9..10);
        assert!(!problem.to_string().contains("hush"));
        assert!(problem.to_string().contains("tom,goal,9,"));
        let inside = Diagnostic::error("odd").at(&source, 12..14);
        assert!(!inside.to_string().contains("tom"), "{inside}");
    }

    #[test]
    fn place_and_mark_are_right_in_every_script_and_width() {
        let place = |text: &str, word: &str| {
            let source = Source::of("a.md", text);
            let start = source.text().find(word).unwrap();
            let problem = Diagnostic::error("x").at(&source, start..start + word.len());
            (
                problem.position().unwrap(),
                problem.to_string().replace("error: x\n", ""),
            )
        };
        let shown = " --> a.md:1:1\n  |\n1 | word\n  | ^^^^";
        assert_eq!(place("word\r\n", "word"), ((1, 1), shown.to_owned()));
        let shown = " --> a.md:2:5\n  |\n2 | Ko č word é\n  |      ^^^^";
        assert_eq!(
            place("é\nKo č word é", "word"),
            ((2, 6), shown.replace(":5", ":6"))
        );
        let shown = " --> a.md:1:4\n  |\n1 | 漢字 word\n  |      ^^^^";
        assert_eq!(place("漢字 word", "word"), ((1, 4), shown.to_owned()));
        let shown = " --> a.md:1:3\n  |\n1 | a word b\n  |   ^^^^";
        assert_eq!(place("a\tword\tb", "word"), ((1, 3), shown.to_owned()));
        let (position, shown) = place(&format!("{} word", "a ".repeat(400)), "word");
        assert_eq!(position, (1, 802));
        assert!(
            shown.starts_with(" --> a.md:1:802\n") && shown.contains("a  word\n"),
            "{shown}"
        );
        assert!(shown.lines().all(|line| line.len() < 200), "{shown}");
    }

    #[test]
    fn nothing_that_is_shown_acts_on_the_terminal() {
        let source = Source::of("\u{1b}[2Ja.md", "a\u{1b}[31m\u{202e}b\n");
        let problem = Diagnostic::error("`\u{1b}[0m\nb`")
            .at(&source, 0..9)
            .with_hint("`\u{1b}[1m`");
        let shown = problem.to_string();
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
        assert_eq!(shown.lines().count(), 6, "{shown:?}");
    }

    #[test]
    fn no_span_makes_it_panic() {
        let source = Source::of("a.md", "\u{feff}é\r\nzwei\t\u{1b}[31m\n");
        for start in 0..source.text().len() + 3 {
            for end in start..source.text().len() + 5 {
                let shown = Diagnostic::error("x").at(&source, start..end).to_string();
                assert!(!shown.contains('\u{1b}'));
            }
        }
    }
}
