//! Reads `pulse/rounds.lock`, the record of what was published.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Deserialize;

use crate::content::folder::record::{damaged, unreadable};
use crate::diagnostic::{Diagnostic, Source};
use crate::engagement::id::GoalId;
use crate::engagement::lock::{Lock, Record};

/// What it is a record of.
const WHAT: &str = "published rounds";

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLock {
    seal: String,
    key: String,
    scale: String,
    #[serde(default)]
    published: Vec<RawRecord>,
}

/// One `[[published]]` table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRecord {
    round: toml::value::Datetime,
    goal: String,
    question: String,
    corrected: Option<toml::value::Datetime>,
    groups: String,
    raters: BTreeSet<String>,
    answers: BTreeSet<String>,
    alone: Option<BTreeSet<String>>,
}

/// Returns the record that a file holds. Whether it is as it was written, only its seal can tell.
pub fn parse(source: &Source) -> Result<Lock, Box<Diagnostic>> {
    let raw: RawLock = toml::from_str(source.text())
        .map_err(|error| Box::new(unreadable(WHAT, source, &error)))?;
    let mut published = BTreeMap::new();
    for record in raw.published {
        let (place, record) = record
            .resolve()
            .map_err(|reason| Box::new(damaged(WHAT, &reason).in_file(source.path())))?;
        published.insert(place, record);
    }
    Ok(Lock {
        seal: raw.seal,
        key: raw.key,
        scale: raw.scale,
        published,
    })
}

impl RawRecord {
    /// The record and its place, or what is wrong with them.
    fn resolve(self) -> Result<((Date, GoalId), Record), String> {
        let date = day(&self.round)?;
        let corrected = self.corrected.as_ref().map(day).transpose()?;
        let goal =
            GoalId::parse(&self.goal).ok_or_else(|| format!("`{}` is not a goal", self.goal))?;
        let record = Record {
            question: self.question,
            corrected,
            groups: self.groups,
            raters: self.raters,
            answers: self.answers,
            alone: self.alone,
        };
        Ok(((date, goal), record))
    }
}

/// A day, or that it is none.
fn day(written: &toml::value::Datetime) -> Result<Date, String> {
    let text = written.to_string();
    let date = text.parse::<Date>().ok();
    let date = date.filter(|date| date.to_string() == text);
    date.ok_or_else(|| format!("`{text}` is not a date"))
}
