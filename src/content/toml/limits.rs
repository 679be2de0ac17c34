//! How much a piece of TOML may hold: far more than anyone writes, and little enough to be read at once.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Tables and lists inside each other.
pub(in crate::content) const DEEPEST: usize = 50;

/// Entries of one list.
const LONGEST: usize = 10_000;

/// What is said of what is nested deeper.
pub(in crate::content) const TOO_DEEP: &str = "this is nested more than 50 levels deep";

/// The first place where a table holds more than it may, and what is said about it.
pub(in crate::content) fn excess(
    document: &Spanned<DeTable<'_>>,
) -> Option<(String, Range<usize>)> {
    let mut open: Vec<(usize, &Spanned<DeValue<'_>>)> = Vec::new();
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    open.extend(document.get_ref().values().map(|value| (1, value)));
    while let Some((depth, value)) = open.pop() {
        let inside: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
            DeValue::Array(list) if list.len() > LONGEST => {
                let message = format!(
                    "this list has {} entries, and 10,000 are the most",
                    list.len()
                );
                // Tables of one name have no place of their own.
                let first = list.iter().next().map_or(value.span(), Spanned::span);
                let span = if value.span().is_empty() {
                    first
                } else {
                    value.span()
                };
                found.push((message, span));
                continue;
            }
            DeValue::Array(list) => list.iter().collect(),
            DeValue::Table(table) => table.values().collect(),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => continue,
        };
        if depth > DEEPEST {
            found.push((TOO_DEEP.to_owned(), value.span()));
            continue;
        }
        open.extend(inside.into_iter().map(|value| (depth + 1, value)));
    }
    found.into_iter().min_by_key(|(_, span)| span.start)
}

/// The first line with a key of more parts than may stand inside each other, where the parser gives no place.
pub(in crate::content) fn longest_key(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.matches('.').count() >= DEEPEST {
            return Some(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::LONGEST;
    use crate::content::toml::document::Document;
    use crate::diagnostic::{Diagnostic, Source};

    #[derive(Deserialize)]
    struct Anything {}

    fn told(text: &str) -> String {
        let mut problems = Vec::new();
        let document = Document::whole(Source::of("x.toml", text));
        let _: Option<Anything> = document.read(&mut problems);
        let limits = problems.iter().filter(|problem| {
            problem.message().contains("nested") || problem.message().contains("entries")
        });
        limits.map(Diagnostic::to_string).collect()
    }

    #[test]
    fn what_is_nested_too_deeply_is_refused_at_its_place() {
        for depth in [51, 60, 79, 80, 81, 200, 100_000] {
            let lists = format!("a = 1\nb = {}1{}\n", "[".repeat(depth), "]".repeat(depth));
            let tables = format!(
                "a = 1\nb = {}1{}\n",
                "{ c = ".repeat(depth),
                " }".repeat(depth)
            );
            let dotted = format!("a = 1\nb{} = 1\n", ".c".repeat(depth));
            let headers = format!("a = 1\n[b{}]\nd = 1\n", ".c".repeat(depth));
            for text in [lists, tables, dotted, headers] {
                let told = told(&text);
                assert!(
                    told.contains("nested more than 50 levels"),
                    "{depth}: {told}"
                );
                assert!(told.contains("x.toml:2:"), "{depth}: {told}");
            }
        }
        for depth in [1, 20, 48] {
            assert_eq!(
                told(&format!(
                    "b = {}1{}\n",
                    "[".repeat(depth),
                    "]".repeat(depth)
                )),
                ""
            );
        }
    }

    #[test]
    fn lists_that_are_too_long_are_refused_at_their_place() {
        let list = |length| format!("a = 1\nb = [{}]\n", "1, ".repeat(length));
        assert_eq!(told(&list(LONGEST)), "");
        let told_of_list = told(&list(LONGEST + 1));
        assert!(
            told_of_list.contains("this list has 10001 entries"),
            "{told_of_list}"
        );
        assert!(told_of_list.contains("x.toml:2:"), "{told_of_list}");
        let tables = told(&format!("a = 1\n{}", "[[b]]\nc = 1\n".repeat(LONGEST + 1)));
        assert!(
            tables.contains("10001 entries") && tables.contains("x.toml:2:"),
            "{tables}"
        );
    }
}
