//! Where in the files of an engagement a rule is written: file, line and column of a key, of a word in a list, of a passage.
//!
//! The rule it guards: it looks at keys, lists and fences only. It holds no text, and nothing of it reaches a page.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use toml::de::{DeTable, DeValue};

use crate::content::Book;
use crate::content::folder::listing;
use crate::content::folder::listing::FileRole;
use crate::content::folder::open::read_text;
use crate::content::kinds::site_file;
use crate::content::text::fence::Reach;
use crate::content::text::passages;
use crate::content::toml::document::Document;
use crate::content::toml::front_matter;
use crate::diagnostic::Diagnostic;
use crate::engagement::id::EngagementId;

/// The file of the firm.
const SITE_FILE: &str = "loggia.toml";

/// A place in a file of the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The path inside the content folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// The files of one engagement in which rules are written.
pub struct Origins {
    files: BTreeMap<String, RuledFile>,
}

/// A file with rules: its TOML, and where its text is.
struct RuledFile {
    document: Document,
    body: Option<Range<usize>>,
}

impl Book {
    /// Returns the files of an engagement in which rules are written; those that cannot be read are left out.
    pub fn origins(&self, id: &EngagementId) -> Origins {
        let listing = listing::list(
            &self.folder().join(id.as_str()),
            id.as_str(),
            &mut Vec::new(),
        );
        let mut files = BTreeMap::new();
        for file in listing.files {
            match &file.role {
                FileRole::Engagement
                | FileRole::Agreement
                | FileRole::Goal { .. }
                | FileRole::Agenda(..)
                | FileRole::Update(..)
                | FileRole::Review(..) => {}
                FileRole::Round(_)
                | FileRole::Themes(_)
                | FileRole::Record
                | FileRole::AskingKey
                | FileRole::Consent
                | FileRole::File(_) => continue,
            }
            let Ok(source) = read_text(&file.path, &file.shown) else {
                continue;
            };
            let read = match file.role {
                FileRole::Engagement => Some(RuledFile {
                    document: Document::whole(source),
                    body: None,
                }),
                _ => front_matter::split(source, &Rc::from([]))
                    .ok()
                    .map(|front| RuledFile {
                        document: front.document,
                        body: Some(front.body),
                    }),
            };
            files.extend(read.map(|read| (file.path_inside(), read)));
        }
        Origins { files }
    }
}

impl Book {
    /// Returns loggia.toml as the file in which rules are written; none where it cannot be read.
    pub fn site_origins(&self) -> Origins {
        let source = read_text(&self.folder().join(SITE_FILE), SITE_FILE);
        let file = source.ok().map(|source| {
            let terms = site_file::terms_in(source.text());
            RuledFile {
                document: Document::whole(source.withholding(terms)),
                body: None,
            }
        });
        Origins {
            files: file
                .map(|file| (SITE_FILE.to_owned(), file))
                .into_iter()
                .collect(),
        }
    }
}

impl Origins {
    /// Returns the problem at one of `keys` in the table with this id, of the list of tables called `list` in the file at `place`: at the
    /// first key that is there.
    pub fn mark_in_table(
        &self,
        problem: &Diagnostic,
        (place, list): (&str, &str),
        id: &str,
        keys: &[&str],
    ) -> Option<Diagnostic> {
        let file = self.files.get(place)?;
        let span = file.with(&[list], |_, value| {
            let tables = value
                .as_array()?
                .iter()
                .filter_map(|table| table.get_ref().as_table());
            let own = tables
                .rev()
                .find(|table| text_of(table, "id") == Some(id))?;
            keys.iter()
                .find_map(|key| entry(own, key).map(|(span, _)| span))
        });
        span.flatten()
            .map(|span| file.document.place(problem.clone(), span))
    }

    /// Where the key at the end of `path` stands in the file at `place`.
    pub fn key(&self, place: &str, path: &[&str]) -> Option<Origin> {
        let file = self.files.get(place)?;
        file.with(path, |key, _| key).map(|span| file.at(span))
    }

    /// Where a list stands the first word that is one of `words`.
    pub fn word(&self, place: &str, path: &[&str], words: &[&str]) -> Option<Origin> {
        let file = self.files.get(place)?;
        let span = file.with(path, |_, value| {
            let list = value.as_array()?.iter();
            let mut spans = list.filter(|word| {
                word.get_ref()
                    .as_str()
                    .is_some_and(|word| words.contains(&word))
            });
            spans.next().map(toml::Spanned::span)
        });
        span.flatten().map(|span| file.at(span))
    }

    /// Returns the problem at the first word in the list at `path` that is one of `words`, or else at the list's key.
    pub fn mark(
        &self,
        problem: &Diagnostic,
        place: &str,
        path: &[&str],
        words: &[&str],
    ) -> Option<Diagnostic> {
        let file = self.files.get(place)?;
        let span = file.with(path, |key, value| {
            let list = value.as_array().into_iter().flat_map(|list| list.iter());
            let is_meant = |word: &str| words.contains(&word);
            let mut found = list.filter(|word| word.get_ref().as_str().is_some_and(is_meant));
            found.next().map_or(key, toml::Spanned::span)
        });
        span.map(|span| file.document.place(problem.clone(), span))
    }

    /// The words of a list, as they are written.
    pub fn words(&self, place: &str, path: &[&str]) -> Option<Vec<String>> {
        let words = self.files.get(place)?.with(path, |_, value| {
            let words = value.as_array()?.iter();
            let words = words.filter_map(|word| word.get_ref().as_str().map(str::to_owned));
            Some(words.collect())
        });
        words.flatten()
    }

    /// Where the key of a stakeholder's table stands in engagement.toml.
    pub fn stakeholder(&self, id: &str, key: &str) -> Option<Origin> {
        let file = self.files.get("engagement.toml")?;
        let span = file.with(&["stakeholder"], |_, value| {
            let tables = value
                .as_array()?
                .iter()
                .filter_map(|table| table.get_ref().as_table());
            let mut own = tables.filter(|table| text_of(table, "id") == Some(id));
            entry(own.next()?, key).map(|(span, _)| span)
        });
        span.flatten().map(|span| file.at(span))
    }

    /// Where passages are opened in the text of a file that are for none of `words`.
    pub fn passages_for_others(&self, place: &str, words: &[&str]) -> Vec<Origin> {
        let Some(file) = self.files.get(place) else {
            return Vec::new();
        };
        let Some(body) = file.body.clone() else {
            return Vec::new();
        };
        let source = file.document.source();
        let mut origins = Vec::new();
        for passage in passages::split(source, body, &[], &mut Vec::new()).passages {
            if let Reach::Only(named) = &passage.reach
                && !named.iter().any(|(word, _)| words.contains(&word.as_str()))
                && let Some((_, span)) = named.first()
            {
                // A document's places count from its start.
                let start = file.document.start();
                origins.push(file.at(span.start - start..span.end - start));
            }
        }
        origins
    }
}

impl RuledFile {
    /// Hands over the key and the value at `path`.
    fn with<T>(
        &self,
        path: &[&str],
        take: impl FnOnce(Range<usize>, &DeValue<'_>) -> T,
    ) -> Option<T> {
        let (table, _) = DeTable::parse_recoverable(self.document.text());
        let (last, first) = path.split_last()?;
        let mut table = table.get_ref();
        for key in first {
            table = entry(table, key)?.1.as_table()?;
        }
        entry(table, last).map(|(key, value)| take(key, value))
    }

    fn at(&self, span: Range<usize>) -> Origin {
        let place = self.document.place(Diagnostic::warning(""), span);
        let (line, column) = place.position().unwrap_or((1, 1));
        Origin {
            file: self.document.source().path().to_owned(),
            line,
            column,
        }
    }
}

/// The key with its place, and the value, of an entry.
fn entry<'a, 'b>(table: &'a DeTable<'b>, key: &str) -> Option<(Range<usize>, &'a DeValue<'b>)> {
    let found = table
        .iter()
        .find(|(known, _)| known.get_ref().as_ref() == key);
    found.map(|(key, value)| (key.span(), value.get_ref()))
}

fn text_of<'a>(table: &'a DeTable<'_>, key: &str) -> Option<&'a str> {
    entry(table, key).and_then(|(_, value)| value.as_str())
}
