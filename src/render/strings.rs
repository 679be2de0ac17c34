//! The words of one language: a TOML file of sentences with gaps, some in several plural forms.
//!
//! The rule it guards: a language is complete or it is an error. The English file says which sentences there are and which gaps each
//! may have; every other file must say the same things.
//!
//! Gaps are filled here and not by the engine of the templates: a page says some two hundred sentences, and the engine takes about
//! three times as long for each. Nothing else in the program has gaps of this kind.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Source};
use crate::render::format::{CATEGORIES, Formats};

/// The words of one language.
#[derive(Debug)]
pub(super) struct Strings {
    /// The direction of its script: `ltr` or `rtl`.
    pub(super) direction: String,
    /// The locale that dates and figures are written in where a reader's language names no region.
    pub(super) locale: String,
    sentences: BTreeMap<String, Sentence>,
}

/// One sentence.
#[derive(Debug)]
pub(super) enum Sentence {
    /// The same for every count.
    One(Message),
    /// One form for each plural category that the language tells apart.
    Plural(BTreeMap<&'static str, Message>),
}

/// A text with gaps.
#[derive(Debug)]
pub(super) struct Message(pub(super) Vec<Piece>);

/// A part of a message.
#[derive(Debug)]
pub(super) enum Piece {
    /// Written as it is.
    Text(String),
    /// Filled by the caller.
    Gap(String),
}

/// The gap that chooses the plural form.
pub(super) const COUNT: &str = "count";

impl Strings {
    /// Reads a file.
    pub(super) fn parse(source: &Source) -> Result<Self, Vec<Diagnostic>> {
        let table = DeTable::parse(source.text()).map_err(|error| {
            let problem = Diagnostic::error(error.message().to_owned());
            vec![problem.at(source, error.span().unwrap_or(0..0))]
        })?;
        let mut reading = Reading {
            source,
            sentences: BTreeMap::new(),
            problems: Vec::new(),
        };
        reading.table("", table.get_ref());
        let Reading {
            mut sentences,
            mut problems,
            ..
        } = reading;
        let mut setting = |key: &str| match sentences.remove(key) {
            Some(Sentence::One(message)) if message.gaps().is_empty() => message.plain(),
            _ => {
                problems
                    .push(Diagnostic::error(format!("`{key}` is missing")).in_file(source.path()));
                String::new()
            }
        };
        let direction = setting("language.direction");
        let locale = setting("language.locale");
        if !matches!(direction.as_str(), "ltr" | "rtl") {
            let problem = Diagnostic::error("`language.direction` must be `ltr` or `rtl`");
            problems.push(problem.in_file(source.path()));
        }
        if problems.is_empty() {
            Ok(Self {
                direction,
                locale,
                sentences,
            })
        } else {
            Err(problems)
        }
    }

    /// Returns a sentence, if there is one of this key.
    pub(super) fn get(&self, key: &str) -> Option<&Sentence> {
        self.sentences.get(key)
    }

    /// The keys of all sentences.
    #[cfg(test)]
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.sentences.keys().map(String::as_str)
    }

    /// Reports the sentences of the `model` that this language lacks, or has with other gaps.
    pub(super) fn check(&self, model: &Self, formats: &Formats, file: &str) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let mut say = |message: String| problems.push(Diagnostic::error(message).in_file(file));
        let categories = formats.categories_of_counts();
        for (key, expected) in &model.sentences {
            let Some(sentence) = self.sentences.get(key) else {
                say(format!("no words for `{key}`"));
                continue;
            };
            let allowed = expected.gaps();
            for gap in sentence.gaps().difference(&allowed) {
                say(format!("`{key}` has a gap `{{{gap}}}` that nothing fills"));
            }
            for message in sentence.forms() {
                for gap in allowed.difference(&message.gaps()) {
                    // A plural form may say the number in words.
                    if *gap != COUNT || matches!(expected, Sentence::One(_)) {
                        say(format!("`{key}` leaves out `{{{gap}}}`"));
                    }
                }
            }
            match (expected, sentence) {
                (Sentence::One(_), Sentence::One(_)) => {}
                (Sentence::Plural(_), Sentence::Plural(forms)) => {
                    for category in &categories {
                        if !forms.contains_key(*category) {
                            say(format!("`{key}` has no form for `{category}`"));
                        }
                    }
                }
                (Sentence::Plural(_), Sentence::One(_)) => {
                    say(format!("`{key}` needs plural forms"));
                }
                (Sentence::One(_), Sentence::Plural(_)) => {
                    say(format!("`{key}` takes no plural forms"));
                }
            }
        }
        problems
    }
}

impl Sentence {
    /// Its forms; one, if it is the same for every count.
    fn forms(&self) -> Vec<&Message> {
        match self {
            Self::One(message) => vec![message],
            Self::Plural(forms) => forms.values().collect(),
        }
    }

    /// The names of the gaps in any of its forms.
    fn gaps(&self) -> BTreeSet<&str> {
        self.forms().into_iter().flat_map(Message::gaps).collect()
    }
}

impl Message {
    /// Cuts a text at its `{gaps}`.
    fn parse(text: &str) -> Result<Self, &'static str> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let close = rest[open..].find('}').ok_or("a `{` is never closed")?;
            let name = &rest[open + 1..open + close];
            let is_name = !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            if !is_name {
                return Err("a gap is a lower-case word between `{` and `}`");
            }
            if open > 0 {
                pieces.push(Piece::Text(rest[..open].to_owned()));
            }
            pieces.push(Piece::Gap(name.to_owned()));
            rest = &rest[open + close + 1..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self(pieces))
    }

    fn gaps(&self) -> BTreeSet<&str> {
        let names = self.0.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Gap(name) => Some(name.as_str()),
        });
        names.collect()
    }

    fn plain(&self) -> String {
        let texts = self.0.iter().map(|piece| match piece {
            Piece::Text(text) | Piece::Gap(text) => text.as_str(),
        });
        texts.collect()
    }
}

/// A file being read.
struct Reading<'a> {
    source: &'a Source,
    sentences: BTreeMap<String, Sentence>,
    problems: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn table(&mut self, prefix: &str, table: &DeTable<'_>) {
        for (name, value) in table {
            let key = if prefix.is_empty() {
                name.get_ref().to_string()
            } else {
                format!("{prefix}.{}", name.get_ref())
            };
            match value.get_ref() {
                DeValue::String(_) => {
                    if let Some(message) = self.message(value) {
                        self.sentences.insert(key, Sentence::One(message));
                    }
                }
                DeValue::Table(inner) if is_plural(inner) => self.plural(key, inner),
                DeValue::Table(inner) => self.table(&key, inner),
                _ => self.refuse(value, format!("`{key}` must be a text")),
            }
        }
    }

    fn plural(&mut self, key: String, table: &DeTable<'_>) {
        let mut forms = BTreeMap::new();
        for (name, value) in table {
            let category = CATEGORIES.into_iter().find(|known| known == name.get_ref());
            match (category, self.message(value)) {
                (Some(category), Some(message)) => {
                    forms.insert(category, message);
                }
                (None, _) => self.refuse(value, format!("`{key}` has an unknown plural form")),
                (Some(_), None) => {}
            }
        }
        self.sentences.insert(key, Sentence::Plural(forms));
    }

    fn message(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Message> {
        let Some(text) = value.get_ref().as_str() else {
            self.refuse(value, "this must be a text".to_owned());
            return None;
        };
        match Message::parse(text) {
            Ok(message) => Some(message),
            Err(reason) => {
                self.refuse(value, reason.to_owned());
                None
            }
        }
    }

    fn refuse(&mut self, value: &Spanned<DeValue<'_>>, message: String) {
        let problem = Diagnostic::error(message).at(self.source, value.span());
        self.problems.push(problem);
    }
}

/// Whether a table holds the plural forms of one sentence: every language has the form `other`.
fn is_plural(table: &DeTable<'_>) -> bool {
    table.keys().any(|name| name.get_ref() == "other")
}
