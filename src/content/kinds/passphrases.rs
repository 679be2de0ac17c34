//! passphrases.toml, or the same text in the environment: words that some readers type besides having their link.
//!
//! The rules it guards: nothing of this text is ever quoted, others must not be able to read the file, and every passphrase is for someone
//! who is known to expect one.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::iter::once;
use std::path::Path;

use zeroize::Zeroizing;

use crate::content::folder::open::read_text;
use crate::content::toml::document::Document;
use crate::content::toml::value::Spanned;
use crate::diagnostic::{Diagnostic, Source, without_byte_order_mark};
use crate::engagement::Engagement;
use crate::engagement::firm::{AccessMode, Firm};
use crate::engagement::id::EngagementId;
use crate::engagement::person::Person;
use crate::engagement::stakeholder::Stakeholder;
use crate::files::git;
use crate::files::modes::is_open_to_others;

/// The file's name, beside loggia.toml.
pub(in crate::content) const FILE: &str = "passphrases.toml";

/// The environment variable that holds the text of the file where no file can be kept.
pub(in crate::content) const VARIABLE: &str = "LOGGIA_PASSPHRASES";

/// The table of the persons of loggia.toml.
pub(in crate::content) const PERSONS: &str = "person";

/// passphrases.toml: a table for each engagement, and in it the words of each reader; and the table `person`.
pub(in crate::content) type PassphrasesFile = BTreeMap<Spanned<String>, BTreeMap<String, String>>;

/// Passphrases by engagement and stakeholder.
#[derive(Default)]
pub struct Passphrases {
    words: BTreeMap<(String, String), Zeroizing<String>>,
}

impl Passphrases {
    /// Returns the words of one reader, if there are any, under any name that the engagement and the reader have or had.
    pub fn of(
        &self,
        (engagement, was): (&EngagementId, &[EngagementId]),
        stakeholder: &Stakeholder,
    ) -> Option<&str> {
        let is_meant = |(id, reader): &(String, String)| {
            let is_engagement = once(engagement)
                .chain(was)
                .any(|known| known.as_str() == id);
            is_engagement && stakeholder.is_called(reader)
        };
        let mut words = self.words.iter();
        let found = words.find(|(place, _)| is_meant(place));
        found.map(|(_, words)| words.as_str())
    }

    /// Whose words are which: the engagement or the table of persons, the reader, the words.
    pub fn all(&self) -> impl Iterator<Item = [&str; 3]> {
        let words = self.words.iter();
        words.map(|((table, reader), words)| [table.as_str(), reader.as_str(), words.as_str()])
    }

    /// Returns the words of a person who reads several portals, if there are any.
    pub fn of_person(&self, person: &str) -> Option<&str> {
        let place = (PERSONS.to_owned(), person.to_owned());
        self.words.get(&place).map(|words| words.as_str())
    }

    /// The readers of a table who have one.
    fn readers(&self, table: &str) -> impl Iterator<Item = &str> {
        let keys = self.words.keys().filter(move |(id, _)| id == table);
        keys.map(|(_, stakeholder)| stakeholder.as_str())
    }

    /// The problem with every passphrase of an engagement that nobody expects, and with everyone whose page could not ask for the one
    /// that is expected.
    pub(in crate::content) fn check_engagement(
        &self,
        firm: &Firm,
        engagement: &Engagement,
        problems: &mut Vec<Diagnostic>,
    ) {
        let id = &engagement.id;
        let people = &engagement.stakeholders;
        let names = once(id).chain(&engagement.was);
        for reader in names.flat_map(|name| self.readers(name.as_str())) {
            match people.iter().find(|person| person.is_called(reader)) {
                Some(person) if person.passphrase => {}
                Some(person) => {
                    let message = format!(
                        "`{}` of `{id}` has a passphrase and expects none",
                        person.id
                    );
                    let hint = "add `passphrase = true` to that `[[stakeholder]]`, or take the passphrase out";
                    problems.push(Diagnostic::error(message).in_file(FILE).with_hint(hint));
                }
                None => {
                    let message = format!("a passphrase is for someone who has no part in `{id}`");
                    problems.push(Diagnostic::error(message).in_file(FILE));
                }
            }
        }
        let is_open = engagement.access.unwrap_or(firm.access) == AccessMode::Link;
        for person in people.iter().filter(|person| person.passphrase && is_open) {
            let message = format!(
                "`{}` expects a passphrase, and a page that is not sealed asks for none",
                person.id
            );
            let problem = Diagnostic::error(message).in_file(format!("{id}/engagement.toml"));
            problems
                .push(problem.with_hint("take out `access = \"link\"`, or `passphrase = true`"));
        }
        for person in &firm.persons {
            let tied = person.stakeholder_in(id, &engagement.was);
            let tied = tied.and_then(|tied| engagement.stakeholder(tied));
            let mut asked = tied.into_iter().filter(|known| known.passphrase);
            if let Some(asked) = asked.next().filter(|_| !person.passphrase) {
                let message = format!(
                    "the page of person `{}` would open without a passphrase, and the portal of `{}` in `{id}` asks for one",
                    person.id, asked.id
                );
                let problem = Diagnostic::error(message).in_file("loggia.toml");
                problems.push(problem.with_hint("add `passphrase = true` to that `[[person]]`"));
            }
        }
    }

    /// The problem with every passphrase of a person that nobody expects.
    fn check_persons(&self, persons: &[Person], problems: &mut Vec<Diagnostic>) {
        for reader in self.readers(PERSONS) {
            let problem = match persons.iter().find(|person| person.id.as_str() == reader) {
                Some(person) if person.passphrase => continue,
                Some(person) => {
                    let message =
                        format!("person `{}` has a passphrase and expects none", person.id);
                    let hint =
                        "add `passphrase = true` to that `[[person]]`, or take the passphrase out";
                    Diagnostic::error(message).with_hint(hint)
                }
                None => Diagnostic::error("a passphrase is for a person who is not in loggia.toml"),
            };
            problems.push(problem.in_file(FILE));
        }
    }
}

/// Where passphrases are for, as far as loggia.toml and the names of folders tell.
pub(in crate::content) struct Known<'a> {
    /// The ids of the engagements.
    pub(in crate::content) engagements: &'a [String],
    /// The persons who read several portals; none where loggia.toml could not be read.
    pub(in crate::content) persons: Option<&'a [Person]>,
}

/// Reads what the environment holds, or else the file, if there is one.
pub(in crate::content) fn read(
    folder: &Path,
    known: &Known<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Passphrases {
    match source(folder) {
        Ok(Some(source)) => {
            problems.extend(not_ignored(folder));
            of_source(source, known, problems)
        }
        Ok(None) => Passphrases::default(),
        Err(problem) => {
            problems.push(problem);
            Passphrases::default()
        }
    }
}

/// The text that holds the passphrases, if there is any.
fn source(folder: &Path) -> Result<Option<Source>, Diagnostic> {
    let path = folder.join(FILE);
    let is_there = fs::symlink_metadata(&path).is_ok();
    if is_there && git::tracks(folder, FILE) {
        return Err(tracked());
    }
    // A workflow sets a variable to nothing for a secret that a firm does not have.
    if let Some(value) = env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        let value = Zeroizing::new(value.into_encoded_bytes());
        let text = std::str::from_utf8(&value).map_err(|_| {
            Diagnostic::error(format!(
                "the environment variable `{VARIABLE}` holds no text"
            ))
        })?;
        return Ok(Some(Source::of(VARIABLE, without_byte_order_mark(text))));
    }
    if !is_there {
        return Ok(None);
    }
    if let Some(problem) = readable_by_others(&path) {
        return Err(problem);
    }
    read_text(&path, FILE).map(Some)
}

fn of_source(source: Source, known: &Known<'_>, problems: &mut Vec<Diagnostic>) -> Passphrases {
    let length = source.text().len();
    let document = Document::whole(source.withholding(once(0..length + 1)));
    let Some(tables): Option<PassphrasesFile> = document.read(problems) else {
        return Passphrases::default();
    };
    let mut all = Passphrases::default();
    for (engagement, readers) in tables {
        let is_known = known.engagements.contains(engagement.get_ref());
        if engagement.get_ref() == PERSONS && is_known {
            let message = format!(
                "`[{PERSONS}]` holds the passphrases of persons, and an engagement is called so too"
            );
            let problem = document.error(message, engagement.span());
            problems.push(problem.with_hint("give that engagement another name"));
        } else if engagement.get_ref() != PERSONS && !is_known {
            problems.push(document.error("there is no engagement of this name", engagement.span()));
        }
        for (reader, words) in readers {
            all.words.insert(
                (engagement.get_ref().clone(), reader),
                Zeroizing::new(words),
            );
        }
    }
    if let Some(persons) = known.persons {
        all.check_persons(persons, problems);
    }
    all
}

/// What the coach should know about a file that the next `git add` would take.
fn not_ignored(folder: &Path) -> Option<Diagnostic> {
    let is_exposed = folder.join(FILE).exists() && git::would_take(folder, FILE);
    let message = format!("git does not ignore `{FILE}`, so the next `git add` may take it");
    let problem = is_exposed.then(|| Diagnostic::warning(message).in_file(FILE))?;
    Some(problem.with_hint(format!("add the line `{FILE}` to `.gitignore`")))
}

/// The problem with a file that git tracks.
fn tracked() -> Diagnostic {
    let message =
        format!("`{FILE}` is tracked by git, so whoever has the repository has the passphrases");
    let problem = Diagnostic::error(message).in_file(FILE);
    problem.with_hint(format!(
        "run `git rm --cached {FILE}`, add the line `{FILE}` to `.gitignore`, and commit both; if others have the repository, agree on \
         other passphrases, since its history keeps these"
    ))
}

/// The problem with a file that others on this machine can read.
fn readable_by_others(path: &Path) -> Option<Diagnostic> {
    let data = fs::symlink_metadata(path).ok()?;
    is_open_to_others(&data).then(|| {
        let problem =
            Diagnostic::error("others on this machine can read the passphrases").in_file(FILE);
        problem.with_hint(format!(
            "run `chmod 600 {FILE}` in the content folder, and keep the file out of git"
        ))
    })
}
