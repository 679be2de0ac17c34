//! TOML to a typed value, with every problem of the text at once and the place of each.
//!
//! serde stops at the first problem. So the table is parsed first, and whatever a try stumbles over is noted and taken out of the
//! table before the next try, until the rest fits or nothing can be taken out any more.

use std::collections::BTreeSet;
use std::iter::once;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer, Error};

use crate::content::suggest;
use crate::content::toml::messages;
use crate::content::toml::value::HIDES_NOTHING;
use crate::diagnostic::{Diagnostic, Source};

/// No file is tried more often than this; one with more problems has told enough.
const MOST_TRIES: usize = 200;

/// The part of a file that is TOML, and the file it stands in.
#[derive(Debug, Clone)]
pub(in crate::content) struct Document {
    source: Source,
    range: Range<usize>,
}

impl Document {
    /// A file that is TOML as a whole.
    pub(in crate::content) fn whole(source: Source) -> Self {
        let range = 0..source.text().len();
        Self::part(source, range)
    }

    /// The bytes `range` of a file. Comments in them are never quoted.
    pub(in crate::content) fn part(source: Source, range: Range<usize>) -> Self {
        let comments = comments(source.text(), range.clone());
        Self {
            source: source.withholding(comments),
            range,
        }
    }

    /// Places a problem at `span`, which counts from the start of the TOML.
    pub(in crate::content) fn place(
        &self,
        diagnostic: Diagnostic,
        span: Range<usize>,
    ) -> Diagnostic {
        diagnostic.at(
            &self.source,
            self.range.start + span.start..self.range.start + span.end,
        )
    }

    /// An error at `span`, which counts from the start of the TOML.
    pub(in crate::content) fn error(
        &self,
        message: impl Into<String>,
        span: Range<usize>,
    ) -> Diagnostic {
        self.place(Diagnostic::error(message), span)
    }

    /// A warning at `span`, which counts from the start of the TOML.
    pub(in crate::content) fn warning(
        &self,
        message: impl Into<String>,
        span: Range<usize>,
    ) -> Diagnostic {
        self.place(Diagnostic::warning(message), span)
    }

    /// Where it begins in the file.
    pub(in crate::content) fn start(&self) -> usize {
        self.range.start
    }

    /// The TOML.
    pub(in crate::content) fn text(&self) -> &str {
        &self.source.text()[self.range.clone()]
    }

    /// The file.
    pub(in crate::content) fn source(&self) -> &Source {
        &self.source
    }

    /// Reads the text as a `T`, and says everything that is wrong with it. Whatever is wrong is left out of the value, so that the
    /// rest can be held against other files; a value that comes with an error is published by nobody.
    pub(in crate::content) fn read<T: DeserializeOwned>(
        &self,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let text = &self.source.text()[self.range.clone()];
        let (mut table, errors) = DeTable::parse_recoverable(text);
        // What follows the first error of the syntax is mostly its consequence.
        if let Some(error) = errors
            .iter()
            .min_by_key(|error| error.span().map(|span| span.start))
        {
            let span = error.span().unwrap_or(0..0);
            let (message, hint) =
                messages::syntax(error.message(), text.get(span.clone()).unwrap_or_default());
            problems.push(self.error(message, span).with_hint(hint));
            return None;
        }
        let mut excused = BTreeSet::new();
        for _ in 0..MOST_TRIES {
            let error = match T::deserialize(Deserializer::from(table.clone())) {
                Ok(value) => return Some(value),
                Err(error) => error,
            };
            let Some(span) = error.span() else {
                problems.push(self.problem(&error, None));
                return None;
            };
            let is_consequence =
                missing_field(error.message()).is_some_and(|field| excused.contains(field));
            if !is_consequence {
                let entry = entry_at(table.get_ref(), &span);
                problems.push(self.problem(&error, entry.as_ref()));
            }
            excused.extend(meant_field(error.message()));
            if !take_out(table.get_mut(), &span, &mut excused) {
                return None;
            }
        }
        None
    }

    fn problem(&self, error: &Error, entry: Option<&Entry>) -> Diagnostic {
        let message = error.message();
        let span = error.span().unwrap_or(0..0);
        if let Some((field, known)) = unknown_field(message) {
            let hint = match field {
                "share" => Some("`share` is said of a whole file: put it above every `[[…]]`, and in engagement.toml under `[share]`".to_owned()),
                _ => suggest::hint(field, known.iter().copied()),
            };
            return self
                .error(format!("unknown key `{field}`"), span)
                .with_hint_if(hint);
        }
        if let Some(field) = missing_field(message) {
            let problem = Diagnostic::error(format!("`{field}` is missing"));
            let problem = if span.start == 0 {
                problem.in_file(self.source.path())
            } else {
                self.place(problem, span)
            };
            return problem.with_hint(format!("add `{field} = …`"));
        }
        let name = entry.map_or("this", |entry| &*entry.name);
        let (message, hint) =
            messages::value(message, name, entry.is_some_and(|entry| entry.is_of_list));
        if error.message() == HIDES_NOTHING {
            let span = self.range.start + span.start..self.range.start + span.end;
            let source = self.source.clone().withholding(once(span.clone()));
            return Diagnostic::error(message).at(&source, span);
        }
        self.error(message, span).with_hint_if(hint)
    }
}

/// An entry of a table, or of a list in one.
struct Entry {
    /// The key, as it is shown.
    name: String,
    /// Whether it is one of a list's.
    is_of_list: bool,
}

/// The entry whose value stands at `span`, the innermost.
fn entry_at(table: &DeTable<'_>, span: &Range<usize>) -> Option<Entry> {
    for (key, value) in table {
        let name = || format!("`{}`", key.get_ref());
        let inner = match value.get_ref() {
            DeValue::Table(table) => entry_at(table, span),
            DeValue::Array(array) => array.iter().find_map(|element| match element.get_ref() {
                DeValue::Table(table) => entry_at(table, span),
                _ => (element.span() == *span).then(|| Entry {
                    name: name(),
                    is_of_list: true,
                }),
            }),
            _ => None,
        };
        let own = || {
            (value.span() == *span).then(|| Entry {
                name: name(),
                is_of_list: false,
            })
        };
        if let Some(entry) = inner.or_else(own) {
            return Some(entry);
        }
    }
    None
}

/// The key and the known keys of serde's "unknown field `x`, expected one of `a`, `b`".
fn unknown_field(message: &str) -> Option<(&str, Vec<&str>)> {
    let names = messages::names(message.strip_prefix("unknown field ")?);
    let (field, known) = names.split_first()?;
    Some((field, known.to_vec()))
}

/// The key that an unknown one was most likely meant to be.
fn meant_field(message: &str) -> Option<String> {
    let (field, known) = unknown_field(message)?;
    suggest::closest(field, known).map(str::to_owned)
}

/// The key of serde's "missing field `x`".
fn missing_field(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.split('`').next()
}

/// Takes the entry whose key or value stands at `span` out of the table, or says that there is none. The innermost is meant: a
/// list of tables stands at the same place as its first table.
fn take_out<'i>(
    table: &mut DeTable<'i>,
    span: &Range<usize>,
    excused: &mut BTreeSet<String>,
) -> bool {
    if table
        .iter_mut()
        .any(|(_, value)| take_out_of_value(value.get_mut(), span, excused))
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
        excused.insert(key.get_ref().to_string());
        table.remove(key);
    }
    found.is_some()
}

fn take_out_of_value<'i>(
    value: &mut DeValue<'i>,
    span: &Range<usize>,
    excused: &mut BTreeSet<String>,
) -> bool {
    match value {
        DeValue::Table(table) => take_out(table, span, excused),
        DeValue::Array(array) => {
            if array
                .iter_mut()
                .any(|element| take_out_of_value(element.get_mut(), span, excused))
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

/// The comments of a piece of TOML: whatever follows a `#` in a line, also inside quotes, since a quote may be what is missing. Only a
/// value that is a colour and nothing else is none.
fn comments(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut line_start = range.start;
    for line in text[range].split_inclusive('\n') {
        let line_end = line_start + line.len();
        let is_comment = |index: &usize| !is_colour(&line[..*index], &line[*index..]);
        let first = line
            .match_indices('#')
            .map(|(index, _)| index)
            .find(is_comment);
        found.extend(first.map(|index| line_start + index..line_end));
        line_start = line_end;
    }
    found
}

/// Whether what begins with a `#` is the whole value of a key: `= "#rrggbb"`.
fn is_colour(before: &str, after: &str) -> bool {
    let is_value = before
        .strip_suffix('"')
        .is_some_and(|before| before.trim_end().ends_with('='));
    let digits = after.get(1..7).unwrap_or_default();
    let is_hex = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_value && is_hex && after[7..].starts_with('"')
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
        assert!(sample.is_some() || !problems.is_empty());
        let line = |problem: &crate::diagnostic::Diagnostic| {
            let (line, column) = problem.position().unwrap_or_default();
            format!("{line}:{column} {}", problem.message())
        };
        problems.iter().map(line).collect()
    }

    #[test]
    fn all_problems_of_a_file_are_told_at_once() {
        let text = "colour = 1\ncount = \"many\"\n[[person]]\nid = \"a\"\nrol = \"b\"\n[[person]]\nid = 3\nrole = \"c\"\n[[person]]\nid = \"d\"\n";
        let mut found = problems(text);
        found.sort();
        assert_eq!(
            found,
            [
                "0:0 `title` is missing",
                "1:1 unknown key `colour`",
                "2:9 `count` is a whole number, not a text",
                "5:1 unknown key `rol`",
                "7:6 `id` is a text, not a number",
            ],
            "`rol` stands for the `role` that is missing; whoever has mended it is told of the next one"
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
            "title = \"#facade\" # she cried\n=",
            "title = \"x\"#facade\" she cried\n=",
            "title = \"#facade # she cried\n",
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
