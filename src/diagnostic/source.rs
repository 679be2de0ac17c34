//! A text file as a message needs it: where something stands in it, and the line that may be quoted.
//!
//! The rule it guards: what is withheld is in no line that is shown, and between no backquotes of a message about it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Origin, Snippet, Title};

use crate::diagnostic::terminal::tame;

/// A line of a file, and the part of it that is meant. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) line: usize,
    pub(super) column: usize,
    excerpt: Option<Excerpt>,
}

/// The line as it is shown, with the bytes that are marked.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Excerpt {
    text: String,
    marked: Range<usize>,
}

/// A text file of the content folder, as it is needed to say where something stands in it.
#[derive(Clone)]
pub struct Source {
    path: Arc<str>,
    text: Arc<str>,
    /// Where each line begins.
    lines: Arc<[usize]>,
    secret: Vec<Range<usize>>,
    /// What no line shows, and a message may name.
    hidden: Vec<Range<usize>>,
    /// What no message names: texts that say the same otherwise than they are written, as TOML's do with `\n` and `\u202e`.
    unnamed: Vec<String>,
}

/// The text of a file without the byte order mark that some editors and spreadsheets put before its first letter.
///
/// Whoever reads a text file calls this before anything else, so that lines, columns and the first word are the same with and without
/// the mark. One mark is taken off; a second one is a letter that does not belong there.
pub fn without_byte_order_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A longer line is not shown: a file full of mistakes would have as many copies of it.
const LONGEST_SHOWN: usize = 4 << 10;

impl Source {
    /// A file by its path inside the content folder, with its text, from which a byte order mark was taken off.
    pub fn of(path: &str, text: &str) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            lines: std::iter::once(0)
                .chain(text.match_indices('\n').map(|(index, _)| index + 1))
                .collect(),
            secret: Vec::new(),
            hidden: Vec::new(),
            unnamed: Vec::new(),
        }
    }

    /// The path inside the content folder.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same file, of which the given bytes must never be quoted: comments and private passages.
    #[must_use]
    pub fn withholding(mut self, secret: impl IntoIterator<Item = Range<usize>>) -> Self {
        self.secret.extend(secret);
        self
    }

    /// The same file, about which no message names these texts, nor anything that holds one of them.
    #[must_use]
    pub fn not_naming(mut self, unnamed: impl IntoIterator<Item = String>) -> Self {
        self.unnamed.extend(unnamed);
        self
    }

    /// The same file, of which no line shows the given bytes. A message may still name a word that also stands there.
    #[must_use]
    pub fn hiding(mut self, hidden: impl IntoIterator<Item = Range<usize>>) -> Self {
        self.hidden.extend(hidden);
        self
    }

    /// A message in which nothing stands between backquotes that is withheld.
    pub(super) fn unquoted(&self, message: &str) -> String {
        let is_withheld = |quoted: &str| {
            let mut secrets = self.secret.iter().map(|secret| {
                [secret.start, secret.end].map(|end| floor_boundary(&self.text, end))
            });
            secrets.any(|[start, end]| self.text[start..end.max(start)].contains(quoted))
        };
        without_quotations(message, is_withheld)
    }

    /// A message in which nothing stands between backquotes that holds a text that is not to be named.
    pub(super) fn unnaming(&self, message: &str) -> String {
        let names = |quoted: &str| self.unnamed.iter().any(|text| quoted.contains(text.trim()));
        without_quotations(message, names)
    }

    /// The line of a span with everything withheld cut out of it.
    pub(super) fn spot(&self, span: Range<usize>) -> Spot {
        let start = floor_boundary(&self.text, span.start);
        let end = floor_boundary(&self.text, span.end).max(start);
        let line = self.lines.partition_point(|begin| *begin <= start);
        let line_start = self.lines[line - 1];
        let line_end = self.text[start..]
            .find('\n')
            .map_or(self.text.len(), |index| start + index);
        let whole = self.text[line_start..line_end].trim_end_matches('\r');
        let column = self.text[line_start..start].chars().count() + 1;
        let shown = self.shown_part(line_start, whole);
        let marked = (start - line_start).min(shown.len())
            ..(end.min(line_end) - line_start).min(shown.len());
        let is_withheld = self
            .not_shown()
            .any(|secret| secret.start <= start && start < secret.end);
        // What stands behind something withheld cannot be pointed at.
        let is_withheld = is_withheld || start - line_start > shown.len();
        let is_shown = !is_withheld && shown.len() <= LONGEST_SHOWN;
        let excerpt = is_shown.then(|| Excerpt::of(shown, marked));
        Spot {
            line,
            column,
            excerpt,
        }
    }

    fn not_shown(&self) -> impl Iterator<Item = &Range<usize>> {
        self.secret.iter().chain(&self.hidden)
    }

    /// The part of a line up to the first byte that must not be quoted.
    fn shown_part<'a>(&self, line_start: usize, whole: &'a str) -> &'a str {
        let line = line_start..line_start + whole.len();
        let first = self
            .not_shown()
            .filter(|secret| secret.start < line.end && secret.end > line.start);
        let cut = first
            .map(|secret| secret.start.max(line.start))
            .min()
            .unwrap_or(line.end);
        &whole[..floor_boundary(whole, cut - line.start)]
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Source({})", self.path)
    }
}

impl Spot {
    /// A place in a line that is not shown.
    pub(super) fn unseen(line: usize, column: usize) -> Self {
        Self {
            line,
            column,
            excerpt: None,
        }
    }

    /// Line, column, and the line as it is shown with what is marked in it.
    pub(super) fn fields(&self) -> Vec<String> {
        let mut fields = vec![self.line.to_string(), self.column.to_string()];
        if let Some(Excerpt { text, marked }) = &self.excerpt {
            fields.extend([
                text.clone(),
                marked.start.to_string(),
                marked.end.to_string(),
            ]);
        }
        fields
    }

    /// The place with these fields, if they are those of one.
    pub(super) fn of_fields(fields: &[String]) -> Option<Self> {
        let [line, column, excerpt @ ..] = fields else {
            return None;
        };
        let excerpt = match excerpt {
            [] => None,
            [text, start, end] => {
                let marked = start.parse().ok()?..end.parse().ok()?;
                text.get(marked.clone())?;
                let text = text.clone();
                Some(Excerpt { text, marked })
            }
            _ => return None,
        };
        Some(Self {
            line: line.parse().ok()?,
            column: column.parse().ok()?,
            excerpt,
        })
    }

    /// Whether the line is shown.
    pub(super) fn is_seen(&self) -> bool {
        self.excerpt.is_some()
    }

    /// The problem `title` with its place in `file`, and the line if it may be quoted.
    pub(super) fn under<'a>(&'a self, title: Title<'a>, file: &'a str) -> Group<'a> {
        let Some(excerpt) = &self.excerpt else {
            let origin = Origin::path(file).line(self.line);
            return title.element(origin.char_column(self.column));
        };
        let mark = AnnotationKind::Primary.span(excerpt.marked.clone());
        let line = Snippet::source(&*excerpt.text).path(file);
        title.element(line.line_start(self.line).annotation(mark))
    }
}

impl Excerpt {
    fn of(line: &str, marked: Range<usize>) -> Self {
        let width = |end: usize| tame(&line[..floor_boundary(line, end)]).len();
        let marked = width(marked.start)..width(marked.end);
        Self {
            text: tame(line),
            marked,
        }
    }
}

/// The nearest character boundary at or before `index`.
fn floor_boundary(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

/// A message with a stand-in for every quotation that is not to be made.
fn without_quotations(message: &str, is_unsaid: impl Fn(&str) -> bool) -> String {
    let pieces = message.split('`').enumerate().map(|(index, piece)| {
        let is_quoted = index % 2 == 1;
        let says_something = piece.contains(char::is_alphanumeric);
        if is_quoted && says_something && is_unsaid(piece) {
            "…"
        } else {
            piece
        }
    });
    pieces.collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::Source;
    use crate::diagnostic::Diagnostic;

    #[test]
    fn what_is_withheld_is_not_named_either() {
        let text = "::: only mia # she cried, `%%`\n";
        let source = Source::of("a.md", text).withholding(std::iter::once(13..text.len()));
        let problem = |message: &str, word: &str| {
            let start = text.find(word).unwrap();
            let problem = Diagnostic::error(message).with_hint("not `cried`, but `manager`");
            problem.at(&source, start..start + word.len()).to_string()
        };
        let told = problem("unknown role `she`", "she");
        assert!(told.contains("unknown role `…`") && told.contains("not `…`, but `manager`"));
        // Marks say nothing, and what the line shows may be named.
        assert!(problem("`%%` hides nothing", "%%").contains("`%%` hides nothing"));
        assert!(problem("unknown role `mia`", "mia").contains("unknown role `mia`"));
    }
}
