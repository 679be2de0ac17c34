//! TOML to a typed value, with every problem of the text at once and the place of each.

use std::iter::once;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};

use crate::content::text::fence::hides_nothing;
use crate::content::toml::fault::{Fault, Problem};
use crate::content::toml::value::HIDES_NOTHING;
use crate::content::toml::{limits, messages, reader};
use crate::diagnostic::{Diagnostic, Source};

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

    /// The bytes `range` of a file. Comments in them are never quoted, and no passphrase that was written where it does not belong.
    pub(in crate::content) fn part(source: Source, range: Range<usize>) -> Self {
        let comments = comments(source.text(), range.clone());
        let passphrases = passphrases(source.text(), range.clone());
        let believed_hidden = believed_hidden(source.text(), range.clone());
        let source = source.withholding(comments).withholding(passphrases);
        let (spans, texts): (Vec<_>, Vec<_>) = believed_hidden.into_iter().unzip();
        Self {
            source: source.withholding(spans).not_naming(texts),
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
        let (table, errors) = DeTable::parse_recoverable(text);
        // What follows the first error of the syntax is mostly its consequence.
        if let Some(error) = errors
            .iter()
            .min_by_key(|error| error.span().map(|span| span.start))
        {
            let span = error.span().or_else(|| limits::longest_key(text));
            let span = span.unwrap_or(0..0);
            let written = text.get(span.clone()).unwrap_or_default();
            let (before, after) = text.split_at_checked(span.start).unwrap_or_default();
            let start = before.rfind('\n').map_or(0, |place| place + 1);
            let end = before.len() + after.find('\n').unwrap_or(after.len());
            let told = messages::syntax(error.message(), written, &text[start..end]);
            let remarks = remarks(self.source.text(), self.range.clone());
            let source = self.source.clone().withholding(remarks);
            let span = self.range.start + span.start..self.range.start + span.end;
            let problem = Diagnostic::error(told.message).at(&source, span);
            problems.push(problem.with_hint(told.hint));
            return None;
        }
        if let Some((message, span)) = limits::excess(&table) {
            problems.push(self.error(message, span));
            return None;
        }
        let (value, faults) = reader::read(table);
        problems.extend(faults.iter().map(|fault| self.problem(fault)));
        value
    }

    fn problem(&self, fault: &Fault) -> Diagnostic {
        let (message, hint) = messages::of(fault);
        let span = fault.span.clone();
        let problem = match &fault.problem {
            // What is missing in the file as a whole has no place in it.
            Problem::MissingKey(_) if fault.key.is_none() => {
                Diagnostic::error(message).in_file(self.source.path())
            }
            Problem::Refused(text) if text == HIDES_NOTHING => {
                let span = self.range.start + span.start..self.range.start + span.end;
                let source = self.source.clone().withholding(once(span.clone()));
                Diagnostic::error(message).at(&source, span)
            }
            _ => self.error(message, span),
        };
        problem.with_hint_if(hint)
    }
}

/// The comments of a piece of TOML: whatever follows a `#` in a line, also inside quotes, since a quote may be what is missing. Only a
/// value that is a colour and nothing else is none. A line that begins as a comment does in other languages is one as a whole, also where
/// TOML takes it for a key.
fn comments(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut line_start = range.start;
    for line in text[range].split_inclusive('\n') {
        let line_end = line_start + line.len();
        let is_comment = |index: &usize| !is_colour(&line[..*index], &line[*index..]);
        let begun = line.trim_start();
        let is_remark = begun.starts_with("--") || begun.starts_with("//");
        let first = line
            .match_indices('#')
            .map(|(index, _)| index)
            .find(is_comment);
        let first = if is_remark { Some(0) } else { first };
        found.extend(first.map(|index| line_start + index..line_end));
        line_start = line_end;
    }
    found
}

/// The texts, keys among them, that hold what their writer may believe hidden, whatever is wrong with them; and of HTML's comments all, since
/// what holds one may be no TOML. Each with what it says.
fn believed_hidden(text: &str, range: Range<usize>) -> Vec<(Range<usize>, String)> {
    let toml = &text[range.clone()];
    let mut found = Vec::new();
    let mut note = |text: &str, span: Range<usize>| {
        if hides_nothing(text) {
            let span = range.start + span.start..range.start + span.end;
            found.push((span, text.to_owned()));
        }
    };
    let (document, _) = DeTable::parse_recoverable(toml);
    let mut tables = vec![document.get_ref()];
    let mut lists = Vec::new();
    while let Some(table) = tables.pop() {
        for (key, value) in table {
            note(key.get_ref(), key.span());
            lists.push(std::slice::from_ref(value));
        }
        while let Some(list) = lists.pop() {
            for value in list {
                match value.get_ref() {
                    DeValue::String(text) => note(text, value.span()),
                    DeValue::Array(list) => lists.push(list),
                    DeValue::Table(table) => tables.push(table),
                    DeValue::Integer(_)
                    | DeValue::Float(_)
                    | DeValue::Boolean(_)
                    | DeValue::Datetime(_) => {}
                }
            }
        }
    }
    let comments = toml.match_indices("<!--").map(|(start, _)| {
        let end = toml[start..].find("-->");
        start..end.map_or(toml.len(), |end| start + end + 3)
    });
    found.extend(comments.map(|span| {
        let text = toml[span.clone()].to_owned();
        (range.start + span.start..range.start + span.end, text)
    }));
    found
}

/// What other languages take for comments, in lines that are no TOML: whatever follows `//` or `--`, but for the `//` of an address.
fn remarks(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut line_start = range.start;
    for line in text[range].split_inclusive('\n') {
        let line_end = line_start + line.len();
        let slashes = line.match_indices("//").map(|(index, _)| index);
        let slashes = slashes.filter(|index| !line[..*index].ends_with(':'));
        let first = slashes.chain(line.find("--")).min();
        found.extend(first.map(|index| line_start + index..line_end));
        line_start = line_end;
    }
    found
}

/// What stands behind keys that sound like a passphrase, and is more than `true` or `false`: somebody wrote the words themselves there.
fn passphrases(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut line_start = range.start;
    for line in text[range].split_inclusive('\n') {
        let line_end = line_start + line.len();
        let value = line.to_ascii_lowercase().find("pass").and_then(|key| {
            let sign = line[key..].find('=')?;
            Some(key + sign + 1)
        });
        let words = value.filter(|value| {
            let written = line[*value..].trim();
            !["true", "false"]
                .iter()
                .any(|word| written.starts_with(word))
        });
        found.extend(words.map(|value| line_start + value..line_end));
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

    use super::Document;
    use crate::content::toml::value::Spanned;
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
                "9:1 `role` is missing",
            ],
            "`rol` stands for the `role` that is missing beside it, and for no other"
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
    fn words_behind_a_key_that_sounds_like_a_passphrase_are_not_quoted() {
        for key in [
            "passphrase",
            "Passphrse",
            "password",
            "person = [{ id = 3, passphrase",
        ] {
            let mut problems = Vec::new();
            let text = format!("title = \"x\"\n{key} = \"she cried\"\n");
            let document = Document::whole(Source::of("x.toml", &text));
            let _: Option<Sample> = document.read(&mut problems);
            assert!(!problems.is_empty());
            let told = problems
                .iter()
                .all(|problem| !problem.to_string().contains("cried"));
            assert!(told, "{text}");
        }
    }

    #[test]
    fn what_other_languages_take_for_comments_is_not_quoted() {
        for text in [
            "title = \"x\" // she cried\n",
            "title = \"x\" -- she cried\n",
            "// she cried\ntitle = \"x\"\n",
            "--she = \"cried\"\n",
            "title = \"https://x.example\" // she cried\n",
            "title = x // she cried\n",
            "title = \"x\"\n//cried = 1\n//cried = 1\n",
            "title = \"x -- she cried\n",
        ] {
            let mut problems = Vec::new();
            let document = Document::whole(Source::of("x.toml", text));
            let _: Option<Sample> = document.read(&mut problems);
            assert!(!problems.is_empty(), "{text}");
            let told = problems
                .iter()
                .all(|problem| !problem.to_string().contains("cried"));
            assert!(told, "{text}: {problems:?}");
        }
        // An address is none.
        let mut problems = Vec::new();
        let document = Document::whole(Source::of("x.toml", "title = https://x.example\n"));
        let _: Option<Sample> = document.read(&mut problems);
        assert!(problems[0].to_string().contains("x.example"));
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
