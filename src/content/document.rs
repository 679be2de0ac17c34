//! TOML to a typed value, with every problem of the text at once and the place of each.
//!
//! serde stops at the first problem. So the table is parsed first, and whatever a try stumbles over is noted and taken out of the
//! table before the next try, until the rest fits or nothing can be taken out any more.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::DeArray;
use toml::de::DeTable;
use toml::de::DeValue;
use toml::de::Deserializer;
use toml::de::Error;

use crate::content::suggest;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Source;

/// No file is tried more often than this; one with more problems has told enough.
const MOST_TRIES: usize = 200;

/// The part of a file that is TOML, and the file it stands in.
#[derive(Debug, Clone)]
pub(super) struct Document {
    source: Source,
    range: Range<usize>,
}

impl Document {
    /// A file that is TOML as a whole.
    pub(super) fn whole(source: Source) -> Self {
        let start = if source.text().starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        let range = start..source.text().len();
        Self::part(source, range)
    }

    /// The bytes `range` of a file. Comments in them are never quoted.
    pub(super) fn part(source: Source, range: Range<usize>) -> Self {
        let comments = comments(source.text(), range.clone());
        Self {
            source: source.withholding(comments),
            range,
        }
    }

    /// Places a problem at `span`, which counts from the start of the TOML.
    pub(super) fn place(&self, diagnostic: Diagnostic, span: Range<usize>) -> Diagnostic {
        diagnostic.at(
            &self.source,
            self.range.start + span.start..self.range.start + span.end,
        )
    }

    /// An error at `span`, which counts from the start of the TOML.
    pub(super) fn error(&self, message: impl Into<String>, span: Range<usize>) -> Diagnostic {
        self.place(Diagnostic::error(message), span)
    }

    /// A warning at `span`, which counts from the start of the TOML.
    pub(super) fn warning(&self, message: impl Into<String>, span: Range<usize>) -> Diagnostic {
        self.place(Diagnostic::warning(message), span)
    }

    /// Where it begins in the file.
    pub(super) fn start(&self) -> usize {
        self.range.start
    }

    /// The file.
    pub(super) fn source(&self) -> &Source {
        &self.source
    }

    /// Reads the text as a `T`, or says everything that is wrong with it.
    pub(super) fn read<T: DeserializeOwned>(&self, problems: &mut Vec<Diagnostic>) -> Option<T> {
        let text = &self.source.text()[self.range.clone()];
        let (mut table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            problems.extend(errors.iter().map(|error| self.syntax_problem(error)));
            return None;
        }
        let mut removed = BTreeSet::new();
        let mut is_sound = true;
        for _ in 0..MOST_TRIES {
            let error = match T::deserialize(Deserializer::from(table.clone())) {
                Ok(value) => return is_sound.then_some(value),
                Err(error) => error,
            };
            is_sound = false;
            let is_consequence =
                missing_field(error.message()).is_some_and(|field| removed.contains(field));
            if !is_consequence {
                problems.push(self.problem(&error));
            }
            let Some(span) = error.span() else {
                return None;
            };
            if !take_out(table.get_mut(), &span, &mut removed) {
                return None;
            }
        }
        None
    }

    fn syntax_problem(&self, error: &Error) -> Diagnostic {
        let message = error
            .message()
            .lines()
            .next()
            .unwrap_or("unreadable")
            .to_owned();
        let hint = if message.contains("duplicate key") {
            "keep one of them"
        } else {
            "this is not TOML 1.1; see https://toml.io"
        };
        self.error(message, error.span().unwrap_or(0..0))
            .with_hint(hint)
    }

    fn problem(&self, error: &Error) -> Diagnostic {
        let message = error.message();
        let span = error.span().unwrap_or(0..0);
        if let Some((field, known)) = unknown_field(message) {
            let hint = suggest::hint(field, known.iter().copied());
            return self
                .error(format!("unknown key `{field}`"), span)
                .with_hint_if(hint);
        }
        if let Some(field) = missing_field(message) {
            return self
                .error(format!("`{field}` is missing"), span)
                .with_hint(format!("add `{field} = …`"));
        }
        let known = names_in_backticks(message.split("expected").nth(1).unwrap_or_default());
        let hint = message.starts_with("unknown variant").then(|| {
            let written = names_in_backticks(message)
                .first()
                .copied()
                .unwrap_or_default();
            suggest::hint(written, known.iter().copied())
        });
        self.error(message.to_owned(), span)
            .with_hint_if(hint.flatten())
    }
}

/// The key and the known keys of serde's "unknown field `x`, expected one of `a`, `b`".
fn unknown_field(message: &str) -> Option<(&str, Vec<&str>)> {
    let names = names_in_backticks(message.strip_prefix("unknown field ")?);
    let (field, known) = names.split_first()?;
    Some((field, known.to_vec()))
}

/// The key of serde's "missing field `x`".
fn missing_field(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.split('`').next()
}

fn names_in_backticks(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Takes the entry whose key or value stands at `span` out of the table, or says that there is none. The innermost is meant: a
/// list of tables stands at the same place as its first table.
fn take_out<'i>(
    table: &mut DeTable<'i>,
    span: &Range<usize>,
    removed: &mut BTreeSet<String>,
) -> bool {
    if table
        .iter_mut()
        .any(|(_, value)| take_out_of_value(value.get_mut(), span, removed))
    {
        return true;
    }
    let is_meant = |key: &Spanned<_>, value: &Spanned<DeValue<'_>>| {
        key.span() == *span || value.span() == *span
    };
    let found = table
        .iter()
        .find(|(key, value)| is_meant(key, value))
        .map(|(key, _)| key.clone());
    if let Some(key) = &found {
        removed.insert(key.get_ref().to_string());
        table.remove(key);
    }
    found.is_some()
}

fn take_out_of_value<'i>(
    value: &mut DeValue<'i>,
    span: &Range<usize>,
    removed: &mut BTreeSet<String>,
) -> bool {
    match value {
        DeValue::Table(table) => take_out(table, span, removed),
        DeValue::Array(array) => {
            if array
                .iter_mut()
                .any(|element| take_out_of_value(element.get_mut(), span, removed))
            {
                return true;
            }
            let Some(index) = array.iter().position(|element| element.span() == *span) else {
                return false;
            };
            let mut kept = DeArray::new();
            for (_, element) in array.iter().enumerate().filter(|(at, _)| *at != index) {
                kept.push(element.clone());
            }
            *array = kept;
            true
        }
        _ => false,
    }
}

/// The comments of a piece of TOML. A `#` inside quotes is none; a text over several lines may be cut a little early, never late.
fn comments(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut line_start = range.start;
    for line in text[range].split_inclusive('\n') {
        let mut quote = None;
        for (index, letter) in line.char_indices() {
            match (quote, letter) {
                (None, '"' | '\'') => quote = Some(letter),
                (Some(open), letter) if open == letter => quote = None,
                (None, '#') => {
                    found.push(line_start + index..line_start + line.len());
                    break;
                }
                _ => {}
            }
        }
        // Where a quote is missing nobody can say what is quoted, so every `#` may begin a comment.
        if let Some(index) = line.find('#').filter(|_| quote.is_some()) {
            found.push(line_start + index..line_start + line.len());
        }
        line_start += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use toml::Spanned;

    use super::Document;
    use crate::diagnostic::Source;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only the problems are looked at")]
    struct Sample {
        title: String,
        count: Option<u32>,
        #[serde(default)]
        person: Vec<Person>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only the problems are looked at")]
    struct Person {
        id: Spanned<String>,
        role: String,
    }

    fn problems(text: &str) -> Vec<String> {
        let mut problems = Vec::new();
        let document = Document::whole(Source::of("x.toml", text));
        let sample: Option<Sample> = document.read(&mut problems);
        assert_eq!(sample.is_some(), problems.is_empty());
        let line = |problem: &crate::diagnostic::Diagnostic| {
            let (line, column) = problem.position().unwrap_or_default();
            format!("{line}:{column} {}", problem.message())
        };
        problems.iter().map(line).collect()
    }

    #[test]
    fn all_problems_of_a_file_are_told_at_once() {
        let text = "titel = \"x\"\ncount = \"many\"\n[[person]]\nid = \"a\"\nrol = \"b\"\n[[person]]\nid = 3\nrole = \"c\"\n";
        let found = problems(text);
        assert!(
            found.contains(&"1:1 unknown key `titel`".to_owned()),
            "{found:?}"
        );
        assert!(
            found.iter().any(|line| line.starts_with("2:9 ")),
            "{found:?}"
        );
        assert!(
            found.contains(&"5:1 unknown key `rol`".to_owned()),
            "{found:?}"
        );
        assert!(
            found.iter().any(|line| line.starts_with("7:6 ")),
            "{found:?}"
        );
        assert!(
            found.iter().any(|line| line.contains("`title` is missing")),
            "{found:?}"
        );
        assert!(
            found.iter().any(|line| line.contains("`role` is missing")),
            "{found:?}"
        );
    }

    #[test]
    fn comments_are_not_quoted() {
        let mut problems = Vec::new();
        let document = Document::whole(Source::of("x.toml", "title = 3 # she cried\n"));
        let _: Option<Sample> = document.read(&mut problems);
        assert!(!problems.is_empty());
        assert!(!problems[0].to_string().contains("cried"));
    }

    #[test]
    fn comments_are_not_quoted_where_a_quote_is_missing() {
        for text in [
            "title = \"x # she cried\n",
            "\"title = \"x\" # she cried\n",
            "title = 'x # it's she cried\n",
        ] {
            let mut problems = Vec::new();
            let document = Document::whole(Source::of("x.toml", text));
            let _: Option<Sample> = document.read(&mut problems);
            assert!(!problems.is_empty());
            assert!(
                problems
                    .iter()
                    .all(|problem| !problem.to_string().contains("cried")),
                "{text}"
            );
        }
    }
}
