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
//! - A folder of version 0.1.0 has no record, and neither `people` nor `follow_up` in `[share]`. Nobody has said then who may read
//!   these two, which were parts of others: the build stops and says what to write.
//!
//! The record is readable. It is sealed with the key of the site, so that a change by hand is found out.

mod now;
pub mod problem;
pub mod rekeyed;
mod text;

use jiff::civil::Date;

use crate::consent::now::Now;
use crate::consent::problem::ConsentProblem;
pub use crate::consent::text::text;
use crate::engagement::Engagement;
use crate::engagement::consent::{Consent, Since};
use crate::engagement::lock::{KeyedHash, RecordHash};

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
    today: Date,
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
    };
    if let Some(hash) = hash {
        record.key = hash.key();
        record.seal = hash.seal(&text::body(&record));
    }
    Ok(Some(Agreed { record, since }))
}
