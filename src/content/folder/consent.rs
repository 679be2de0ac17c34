//! Reads `share.lock`, the record of what was agreed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Deserialize;

use crate::content::folder::record::{damaged, unreadable};
use crate::diagnostic::{Diagnostic, Source};
use crate::engagement::audience::Part;
use crate::engagement::consent::{Consent, KnownPerson, Readers, Word};
use crate::engagement::id::StakeholderId;

/// What it is a record of.
const WHAT: &str = "what was agreed";

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConsent {
    seal: String,
    key: String,
    #[serde(default)]
    word: Vec<RawWord>,
    #[serde(default)]
    person: Vec<RawPerson>,
}

/// One `[[person]]` table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPerson {
    id: String,
    name: String,
    near: BTreeSet<String>,
    email: Option<String>,
    link: u32,
    same_person: Option<toml::value::Datetime>,
}

/// One `[[word]]` table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWord {
    agreed: toml::value::Datetime,
    everything: BTreeSet<String>,
    attendees: bool,
    share: BTreeMap<String, BTreeSet<String>>,
    #[serde(default)]
    item: Vec<RawItem>,
    #[serde(default)]
    passage: Vec<RawPassage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    item: String,
    part: String,
    readers: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPassage {
    item: String,
    readers: BTreeSet<String>,
    lines: BTreeSet<String>,
}

/// Returns the record that a file holds. Whether it is as it was written, only its seal can tell.
pub fn parse(source: &Source) -> Result<Consent, Box<Diagnostic>> {
    let raw: RawConsent = toml::from_str(source.text())
        .map_err(|error| Box::new(unreadable(WHAT, source, &error)))?;
    let mut words = BTreeMap::new();
    for word in raw.word {
        let (day, word) = word
            .resolve()
            .map_err(|reason| Box::new(damaged(WHAT, &reason).in_file(source.path())))?;
        words.insert(day, word);
    }
    let people = raw.person.into_iter().map(RawPerson::resolve);
    let people = people
        .collect::<Result<_, _>>()
        .map_err(|reason| Box::new(damaged(WHAT, &reason).in_file(source.path())))?;
    Ok(Consent {
        seal: raw.seal,
        key: raw.key,
        words,
        people,
    })
}

impl RawPerson {
    /// The person by the oldest id, or what is wrong.
    fn resolve(self) -> Result<(StakeholderId, KnownPerson), String> {
        let same_person = self.same_person.map(|day| date(&day)).transpose()?;
        let known = KnownPerson {
            name: self.name,
            near: self.near,
            email: self.email,
            link: self.link,
            same_person,
        };
        Ok((id(&self.id)?, known))
    }
}

impl RawWord {
    /// The word and its day, or what is wrong with them.
    fn resolve(self) -> Result<(Date, Word), String> {
        let day = date(&self.agreed)?;
        let mut word = Word {
            everything: readers(self.everything)?,
            attendees: self.attendees,
            ..Word::default()
        };
        for (key, list) in self.share {
            word.parts.insert(part(&key)?, readers(list)?);
        }
        for item in self.item {
            let place = (item.item, part(&item.part)?);
            word.items.insert(place, readers(item.readers)?);
        }
        for passage in self.passage {
            let readers = readers(passage.readers)?;
            for line in passage.lines {
                let place = (passage.item.clone(), line);
                word.lines.insert(place, readers.clone());
            }
        }
        Ok((day, word))
    }
}

fn part(key: &str) -> Result<Part, String> {
    let found = Part::ALL.into_iter().find(|part| part.key() == key);
    found.ok_or_else(|| format!("`{key}` is no part of `[share]`"))
}

fn readers(ids: BTreeSet<String>) -> Result<Readers, String> {
    ids.iter().map(|word| id(word)).collect()
}

fn id(word: &str) -> Result<StakeholderId, String> {
    StakeholderId::parse(word).ok_or_else(|| format!("`{word}` is no id"))
}

fn date(day: &toml::value::Datetime) -> Result<Date, String> {
    let written = day.to_string();
    let day = written.parse::<Date>().ok();
    let day = day.filter(|day| day.to_string() == written);
    day.ok_or_else(|| format!("`{written}` is not a date"))
}
