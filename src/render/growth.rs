//! Templates in which a text could double again and again: thirty lines of `{% set s = s ~ s %}` would take all memory there is.
//!
//! The rule it guards: a text that is kept under a name, or handed to a macro, is joined from no more than one value. What is printed is
//! bounded by its length, in [`crate::text::template`].

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Source};

/// Tags that keep values under a name.
const KEEPING: [&str; 5] = ["set", "with", "for", "call", "macro"];

/// Filters that make one text of several.
const JOINING: [&str; 5] = ["join", "replace", "format", "indent", "sum"];

/// A piece of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    Name(&'a str),
    Literal,
    Sign(char),
}

/// The problems with templates in which a text could grow so.
pub(super) fn problems(sources: &BTreeMap<String, Source>) -> Vec<Diagnostic> {
    let tags: Vec<(&Source, Vec<Tag<'_>>)> = sources
        .values()
        .map(|source| (source, tags(source.text())))
        .collect();
    let all = tags.iter().flat_map(|(_, tags)| tags);
    let macros: Vec<&str> = all.filter_map(Tag::macro_name).chain(["caller"]).collect();
    let mut problems = Vec::new();
    for (source, tags) in &tags {
        for tag in tags {
            if let Some(span) = tag.growth(&macros) {
                let problem = Diagnostic::error(
                    "in the theme: a text that is kept under a name, or handed to a macro, is joined from one value at most",
                );
                let problem = problem.at(source, span);
                problems.push(
                    problem
                        .with_hint("print the parts one after the other where the text is needed"),
                );
            }
        }
    }
    problems
}

/// A tag of a template, cut into its pieces.
struct Tag<'a> {
    is_statement: bool,
    tokens: Vec<(Token<'a>, Range<usize>)>,
}

impl<'a> Tag<'a> {
    /// The macro that it begins.
    fn macro_name(&self) -> Option<&'a str> {
        match self.tokens.get(..2)? {
            [(Token::Name("macro"), _), (Token::Name(name), _)] if self.is_statement => Some(name),
            _ => None,
        }
    }

    /// Where texts are joined that are kept or handed to one of the `macros`.
    fn growth(&self, macros: &[&str]) -> Option<Range<usize>> {
        let mut tokens = self.tokens.iter();
        let keeps = self.is_statement
            && matches!(self.tokens.first(), Some((Token::Name(name), _)) if KEEPING.contains(name));
        let hands_over =
            tokens.any(|(token, _)| matches!(token, Token::Name(name) if macros.contains(name)));
        if !keeps && !hands_over {
            return None;
        }
        // For each pair of brackets around: how many values are joined so far.
        let mut values = vec![0];
        for (index, (token, span)) in self.tokens.iter().enumerate() {
            let next = self.tokens.get(index + 1).map(|(token, _)| *token);
            let before = index.checked_sub(1).map(|index| self.tokens[index].0);
            match token {
                Token::Sign('(' | '[' | '{') => values.push(0),
                Token::Sign(')' | ']' | '}') => drop(values.pop()),
                Token::Sign(',' | '=' | ':') => {
                    values.last_mut().into_iter().for_each(|count| *count = 0);
                }
                Token::Name("if" | "else" | "and" | "or" | "in" | "not" | "is") => {
                    values.last_mut().into_iter().for_each(|count| *count = 0);
                }
                Token::Sign('|') if matches!(next, Some(Token::Name(name)) if JOINING.contains(&name)) =>
                {
                    return Some(span.clone());
                }
                Token::Sign('~' | '+' | '*') => {
                    let is_value =
                        |token: Option<Token<'_>>| usize::from(token != Some(Token::Literal));
                    let count = values.last_mut()?;
                    *count = if *count == 0 {
                        is_value(before)
                    } else {
                        *count
                    } + is_value(next);
                    if *count > 1 {
                        return Some(span.clone());
                    }
                }
                Token::Sign(_) | Token::Name(_) | Token::Literal => {}
            }
        }
        None
    }
}

/// The tags of a template, comments apart.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut place = 0;
    while let Some(start) = text[place..].find('{').map(|at| place + at) {
        let rest = &text[start..];
        place = match rest.as_bytes().get(1) {
            Some(b'#') => start + rest.find("#}").map_or(rest.len(), |end| end + 2),
            Some(kind @ (b'%' | b'{')) => {
                let (tokens, end) =
                    tokens(text, start + 2, if *kind == b'%' { "%}" } else { "}}" });
                let is_statement = *kind == b'%';
                tags.push(Tag {
                    is_statement,
                    tokens,
                });
                end
            }
            _ => start + 1,
        };
    }
    tags
}

/// The pieces of a tag from `start` on, and where it ends.
fn tokens<'a>(text: &'a str, start: usize, end: &str) -> (Vec<(Token<'a>, Range<usize>)>, usize) {
    let mut found = Vec::new();
    let mut place = start;
    // Braces of a map stand in a tag as well.
    let mut braces = 0_usize;
    while let Some(letter) = text[place..].chars().next() {
        let rest = &text[place..];
        if braces == 0 && rest.starts_with(end) {
            return (found, place + end.len());
        }
        let is_inside = |letter: char| letter.is_alphanumeric() || letter == '_';
        let (token, length) = match letter {
            '"' | '\'' => (Some(Token::Literal), quoted(rest)),
            letter if letter.is_ascii_digit() => {
                let length = rest.find(|letter| !is_inside(letter) && letter != '.');
                (Some(Token::Literal), length.unwrap_or(rest.len()))
            }
            letter if is_inside(letter) => {
                let length = rest.find(|letter| !is_inside(letter)).unwrap_or(rest.len());
                (Some(Token::Name(&rest[..length])), length)
            }
            letter if letter.is_whitespace() => (None, letter.len_utf8()),
            // `{%-` and `-%}` take blanks away.
            '-' | '+' if place == start || rest[1..].starts_with(end) => (None, 1),
            letter => {
                braces = match letter {
                    '{' => braces + 1,
                    '}' => braces.saturating_sub(1),
                    _ => braces,
                };
                (Some(Token::Sign(letter)), letter.len_utf8())
            }
        };
        found.extend(token.map(|token| (token, place..place + length)));
        place += length;
    }
    (found, place)
}

/// How long the text in quotes is that begins here.
fn quoted(rest: &str) -> usize {
    let mut letters = rest.char_indices();
    let quote = letters.next().map(|(_, quote)| quote);
    while let Some((place, letter)) = letters.next() {
        if letter == '\\' {
            letters.next();
        } else if Some(letter) == quote {
            return place + letter.len_utf8();
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::problems;
    use crate::diagnostic::Source;

    fn told(text: &str) -> Vec<String> {
        let sources = BTreeMap::from([("x.html".to_owned(), Source::of("templates/x.html", text))]);
        problems(&sources).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_text_that_could_double_is_told_with_its_line() {
        for text in [
            "{% set s = s ~ s %}",
            "{%- set s = s~s -%}",
            "{% set s = s + s %}",
            "{% set s = s * n %}",
            "{% set s = s ~ \"\" ~ s %}",
            "{% set t = (s ~ \"a\") ~ (s) %}",
            "{% set s = [s, s]|join %}",
            "{% set s = s|replace(\"a\", s) %}",
            "{% set s = \"%s%s\"|format(s, s) %}",
            "{% with s = s ~ t %}",
            "{% for s in [s ~ s] %}",
            "{% macro m(s) %}{% endmacro %}{{ m(s ~ s) }}",
            "{% macro m(s) %}{{ m(s + s) }}{% endmacro %}",
            "{% set ns.s = ns.s ~ ns.s %}",
        ] {
            let told = told(&format!("one\n{text}"));
            assert_eq!(told.len(), 1, "{text}: {told:?}");
            assert!(told[0].contains("templates/x.html:2:"), "{text}: {told:?}");
        }
    }

    #[test]
    fn what_cannot_grow_is_free() {
        for text in [
            "{% set n = n + 1 %}",
            "{% with place = \"milestone-\" ~ loop.index, other = x ~ \"a\" %}",
            "{{ a ~ b ~ c }} {{ t(\"a.\" ~ b ~ \".\" ~ c) }}",
            "{# {% set s = s ~ s %} #}",
            "{% set s = \"a ~ b\" %}",
            "{% set s = a if b ~ \"x\" else c ~ \"y\" %}",
            "{% if a ~ b == c %}x{% endif %}",
            "{% for x in [{\"a\": 1}] %}{{ x }}{% endfor %}",
            "a ~ b + c { } {",
        ] {
            assert_eq!(told(text), Vec::<String>::new(), "{text}");
        }
    }
}
