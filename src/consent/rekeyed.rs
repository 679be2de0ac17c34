//! The record of what was agreed under another key.

use std::collections::{BTreeMap, BTreeSet};

use crate::consent;
use crate::consent::now::Now;
use crate::consent::problem::ConsentProblem;
use crate::consent::{KIND, people, text};
use crate::engagement::Engagement;
use crate::engagement::consent::Consent;
use crate::engagement::id::StakeholderId;
use crate::engagement::lock::{KeyedHash, RecordHash, Rekeying};
use crate::engagement::today::Today;

/// A record under a new key, and the items of which single passages could not be taken over.
pub struct Rekeyed {
    /// The record.
    pub record: Consent,
    /// Of these it is no longer known who could not read some passages.
    pub lost: BTreeSet<String>,
}

/// Returns a record, which must be sound under the old key, and to which what is shared today must fit, under the new one.
pub fn rekeyed(
    engagement: &Engagement,
    was: &Consent,
    today: Today<'_>,
    rekeying: &Rekeying<'_>,
) -> Result<Rekeyed, Vec<ConsentProblem>> {
    let old = |text: &[u8]| rekeying.met(text);
    consent::check(engagement, today, Some(&old))?;
    // Also where nobody has a portal today: the lines of all texts.
    let hashes = hashes(engagement, &old);
    Now::of(engagement, today, Some(&hashes));
    let new = |text: &[u8]| rekeying.renewed(text);
    Ok(translated(engagement, was, &new, &|line| rekeying.of(line)))
}

/// Returns a record whose key is lost under another one: who may read which part stays, single passages are no longer known.
pub fn adopted(engagement: &Engagement, was: &Consent, hash: KeyedHash<'_>) -> Rekeyed {
    translated(engagement, was, hash, &|_| None)
}

/// Returns a record, which must be sound and to which what is shared today must fit, with the id `new` in the place of the oldest id of
/// someone, who is called `name` then.
pub fn forgotten(
    engagement: &Engagement,
    today: Today<'_>,
    hash: KeyedHash<'_>,
    (old, new, name): (&StakeholderId, &StakeholderId, &str),
) -> Result<Option<Consent>, Vec<ConsentProblem>> {
    let Some(was) = &engagement.consent else {
        return Ok(None);
    };
    consent::check(engagement, today, Some(hash))?;
    let mut record = was.clone();
    for word in record.words.values_mut() {
        let parts = word.parts.values_mut();
        let parts = parts.chain(word.items.values_mut());
        let all = parts.chain(word.lines.values_mut());
        for readers in all.chain([&mut word.everything]) {
            if readers.remove(old) {
                readers.insert(new.clone());
            }
        }
    }
    let hashes = hashes(engagement, hash);
    if let Some(known) = record.people.remove(old) {
        let now = people::recorded((new, name), known.link, &hashes);
        record.people.insert(new.clone(), now);
    }
    record.seal = hashes.seal(&text::body(&record));
    Ok(Some(record))
}

fn translated(
    engagement: &Engagement,
    was: &Consent,
    hash: KeyedHash<'_>,
    line_of: &dyn Fn(&str) -> Option<String>,
) -> Rekeyed {
    let hashes = hashes(engagement, hash);
    let mut lost = BTreeSet::new();
    let mut words = was.words.clone();
    for word in words.values_mut() {
        let mut lines = BTreeMap::new();
        for ((item, line), readers) in std::mem::take(&mut word.lines) {
            match line_of(&line) {
                Some(line) => drop(lines.insert((item, line), readers)),
                None => drop(lost.insert(item)),
            }
        }
        word.lines = lines;
    }
    let mut record = Consent {
        seal: String::new(),
        key: hashes.key(),
        words,
        // Under another key all links are new: of those who stand in the file no longer nothing needs to be known.
        people: people::of_today(engagement, &hashes),
    };
    record.seal = hashes.seal(&text::body(&record));
    Rekeyed { record, lost }
}

/// Whether a record was made with another key, or under another name of the folder.
pub fn is_of_other_key(engagement: &Engagement, was: &Consent, hash: KeyedHash<'_>) -> bool {
    was.key != hashes(engagement, hash).key()
}

fn hashes<'a>(engagement: &'a Engagement, hash: KeyedHash<'a>) -> RecordHash<'a> {
    RecordHash {
        kind: KIND,
        engagement: engagement.first_id(),
        hash,
    }
}
