//! Consent is bound to what was agreed: `share.lock` records, for each day of `[share] agreed`, who may read what.
//!
//! The rules it guards:
//!
//! - More people or more parts under the same day is an error. Less is free, and is recorded: what was taken back comes back only with
//!   a word of a later day.
//! - Every reader counts who may in fact read something, whichever way: by `[share]`, by an item's own `share`, by being listed in a
//!   goal's `supporters`, by a passage that opens, by having a portal at last, and by joining a meeting that is over. A new person under
//!   a role that is listed is more.
//! - A new goal or item under an unchanged audience is not more; nor is attending a meeting that is still to come.
//! - A later day of `agreed` is a new word: whatever it says is recorded beside the earlier ones. The page then tells each reader since
//!   when they may read what, and nothing of what others read ([`Agreed::since`]).
//! - A name or an address that was changed behind an id is not silently another person's: the coach is asked who it is
//!   (`consent/people.rs` holds when).
//! - A folder of version 0.1.0 has no record, and neither `people` nor `follow_up` in `[share]`. Nobody has said then who may read
//!   these two, which were parts of others: the build stops and says what to write.
//!
//! The record is readable. It is sealed with the key of the site, so that a change by hand is found out.

mod now;
mod people;
pub mod problem;
pub mod rekeyed;
mod text;

use std::collections::BTreeMap;

use crate::consent::now::Now;
use crate::consent::problem::{ConsentProblem, OtherPerson};
pub use crate::consent::text::text;
use crate::engagement::Engagement;
use crate::engagement::consent::{Consent, KnownPerson, Since};
use crate::engagement::id::StakeholderId;
use crate::engagement::lock::{KeyedHash, RecordHash};
use crate::engagement::today::Today;

/// The kind of record and its version.
const KIND: &str = "loggia share.lock 1";

/// What was agreed up to today.
#[derive(Debug)]
pub struct Agreed {
    /// The record to be written; sealed only where there is a key.
    pub record: Consent,
    /// Since when each reader may read what.
    pub since: Since,
}

/// Compares who may read what with the record of what was agreed. Returns nothing where nobody but the coachee reads anything.
///
/// Without a key the seal and single passages are not compared.
pub fn check(
    engagement: &Engagement,
    today: Today<'_>,
    hash: Option<KeyedHash<'_>>,
) -> Result<Option<Agreed>, Vec<ConsentProblem>> {
    let hash = hash.map(|hash| RecordHash {
        kind: KIND,
        engagement: engagement.first_id(),
        hash,
    });
    let lock = engagement.consent.as_ref();
    if let (Some(lock), Some(hash)) = (lock, &hash) {
        if lock.key != hash.key() {
            return Err(vec![ConsentProblem::OtherKey]);
        }
        if lock.seal != hash.seal(&text::body(lock)) {
            return Err(vec![ConsentProblem::Edited]);
        }
    }
    let is_closed = engagement.closes.is_some_and(|closes| closes <= today);
    let Some(day) = engagement.agreed_by(today).filter(|_| !is_closed) else {
        return Ok(None);
    };
    if lock.is_none() && !engagement.unsaid.is_empty() {
        let unsaid = engagement.unsaid.iter();
        return Err(unsaid
            .map(|part| ConsentProblem::Unsaid { part: *part })
            .collect());
    }
    let people = match &hash {
        Some(hash) => people_now(engagement, today, hash)?,
        None => lock.map(|lock| lock.people.clone()).unwrap_or_default(),
    };
    let now = Now::of(engagement, today, hash.as_ref());
    let latest = lock.and_then(|lock| lock.words.last_key_value());
    // A day before the latest word is no later word: what counts is what was agreed last.
    let bound = latest.filter(|(latest, _)| day <= **latest);
    if let Some((agreed, was)) = bound {
        let more = now.more_than(was, *agreed);
        if !more.is_empty() {
            return Err(more);
        }
    }
    let mut words = lock.map(|lock| lock.words.clone()).unwrap_or_default();
    words.retain(|earlier, _| *earlier < day);
    words.insert(day, now.word(bound.map(|(_, was)| was)));
    let since = now.since(&words);
    let mut record = Consent {
        seal: String::new(),
        key: String::new(),
        words,
        people,
    };
    if let Some(hash) = hash {
        record.key = hash.key();
        record.seal = hash.seal(&text::body(&record));
    }
    Ok(Some(Agreed { record, since }))
}

/// Who is behind each id, held against the record.
fn people_now(
    engagement: &Engagement,
    today: Today<'_>,
    hash: &RecordHash<'_>,
) -> Result<BTreeMap<StakeholderId, KnownPerson>, Vec<ConsentProblem>> {
    let was = engagement.consent.as_ref().map(|lock| &lock.people);
    let told = |others: Vec<OtherPerson>| {
        let others = others.into_iter();
        others.map(ConsentProblem::OtherPerson).collect()
    };
    people::compared(engagement, was, today, hash).map_err(told)
}

/// Whoever may be another person than the one who had the link or answered before. Without a record of this key nobody can tell.
pub fn other_people(
    engagement: &Engagement,
    today: Today<'_>,
    hash: KeyedHash<'_>,
) -> Vec<ConsentProblem> {
    let hash = RecordHash {
        kind: KIND,
        engagement: engagement.first_id(),
        hash,
    };
    let is_known = engagement.consent.as_ref();
    match is_known.is_some_and(|lock| lock.key == hash.key()) {
        true => people_now(engagement, today, &hash)
            .err()
            .unwrap_or_default(),
        false => Vec::new(),
    }
}
