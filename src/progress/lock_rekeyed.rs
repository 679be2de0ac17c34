//! The record of published rounds under another key.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::engagement::Engagement;
use crate::engagement::id::GoalId;
use crate::engagement::lock::{KeyedHash, Lock, Record, RecordHash, Rekeying, hex};
use crate::progress::lock;
use crate::progress::lock_answers::AnswerHashes;
use crate::progress::lock_groups::FirstIds;
use crate::progress::lock_text;
use crate::progress::problem::LockProblem;

/// The scores that an answer may have on whatever scale.
const SCORES: std::ops::RangeInclusive<i32> = -100..=100;

/// A published question of a round.
pub type Place = (Date, GoalId);

/// A record under a new key, and the questions of which not all could be taken over.
pub struct Rekeyed {
    /// The record.
    pub lock: Lock,
    /// Of these no answer can be entered again.
    pub lost: Vec<Place>,
}

/// Returns a record, which must be sound under the old key and fit what is there, under the new one.
pub fn rekeyed(
    engagement: &Engagement,
    was: &Lock,
    rekeying: &Rekeying<'_>,
) -> Result<Rekeyed, Vec<LockProblem>> {
    let old = |text: &[u8]| rekeying.met(text);
    let now = lock::check(engagement, Some(was), &old)?;
    let (old, new) = (hashes(engagement, &old), |text: &[u8]| {
        rekeying.renewed(text)
    });
    let new = hashes(engagement, &new);
    // Answers that were withdrawn stand only in the record: whoever may have given them, and whatever.
    for ((round, goal), record) in &was.published {
        add_answers(engagement, (*round, goal), record, &old, rekeying);
    }
    // The hash of a question is made from another hash.
    for goal in &engagement.goals {
        let question = |hashes: &RecordHash<'_>| {
            let digest = hex(&goal.question_digest(hashes.hash));
            hashes.short(&["question", goal.first_id().as_str(), &digest])
        };
        rekeying.add(question(&old), question(&new));
    }
    let mut published = was.published.clone();
    let mut lost = Vec::new();
    for (place, record) in &mut published {
        // Words that were mended since the last build count as those that were asked.
        if let Some(now) = now.published.get(place) {
            record.question.clone_from(&now.question);
            record.corrected = now.corrected;
        }
        let mut is_whole = true;
        let mut translate = |hash: &String| match rekeying.of(hash) {
            Some(hash) => hash,
            None => {
                is_whole = false;
                hash.clone()
            }
        };
        let all = |hashes: &BTreeSet<String>, translate: &mut dyn FnMut(&String) -> String| {
            hashes.iter().map(translate).collect::<BTreeSet<String>>()
        };
        record.question = translate(&record.question);
        record.groups = translate(&record.groups);
        record.raters = all(&record.raters, &mut translate);
        record.answers = all(&record.answers, &mut translate);
        record.alone = record
            .alone
            .as_ref()
            .map(|alone| all(alone, &mut translate));
        if !is_whole {
            lost.push(place.clone());
        }
    }
    let scale = was.scale.clone();
    let lock = sealed(&new, scale, published);
    Ok(Rekeyed { lock, lost })
}

/// Returns a record whose key is lost under another one. What is there is taken for what was published where there are as many raters,
/// answers and people who stood alone; the other questions can no longer be published.
pub fn adopted(
    engagement: &Engagement,
    was: &Lock,
    hash: KeyedHash<'_>,
) -> Result<Rekeyed, Vec<LockProblem>> {
    let now = lock::check(engagement, None, hash)?;
    let mut published = was.published.clone();
    let mut lost = Vec::new();
    for (place, record) in &mut published {
        let is_alike = |now: &&Record| {
            let count = |alone: &Option<BTreeSet<String>>| alone.as_ref().map(BTreeSet::len);
            now.raters.len() == record.raters.len()
                && now.answers.len() == record.answers.len()
                && count(&now.alone) == count(&record.alone)
        };
        match now.published.get(place).filter(is_alike) {
            Some(now) => *record = now.clone(),
            None => lost.push(place.clone()),
        }
    }
    let lock = sealed(&hashes(engagement, hash), was.scale.clone(), published);
    Ok(Rekeyed { lock, lost })
}

fn add_answers(
    engagement: &Engagement,
    (round, goal): (Date, &GoalId),
    record: &Record,
    hashes: &RecordHash<'_>,
    rekeying: &Rekeying<'_>,
) {
    let round = round.to_string();
    let without_names = AnswerHashes {
        hashes: *hashes,
        ids: FirstIds(engagement),
        round: &round,
        goal: goal.as_str(),
    };
    // They are remembered as they are made.
    without_names.nobodys(record.raters.len()).for_each(drop);
    let is_known = |hash: &String| rekeying.of(hash).is_some();
    for person in &engagement.stakeholders {
        let person = person.first_id().as_str();
        let rater = hashes.short(&["rater", &round, goal.as_str(), person]);
        if !record.raters.contains(&rater) || record.answers.iter().all(is_known) {
            continue;
        }
        for score in SCORES {
            for seen in ["", "yes", "no"] {
                let score = score.to_string();
                hashes.short(&["answer", &round, goal.as_str(), person, &score, seen]);
            }
        }
    }
}

/// Whether a record was made with another key, or under another name of the folder.
pub fn is_of_other_key(engagement: &Engagement, was: &Lock, hash: KeyedHash<'_>) -> bool {
    was.key != hashes(engagement, hash).key()
}

fn hashes<'a>(engagement: &'a Engagement, hash: KeyedHash<'a>) -> RecordHash<'a> {
    RecordHash {
        kind: lock::KIND,
        engagement: engagement.first_id(),
        hash,
    }
}

fn sealed(
    hashes: &RecordHash<'_>,
    scale: String,
    published: std::collections::BTreeMap<Place, Record>,
) -> Lock {
    let mut lock = Lock {
        seal: String::new(),
        key: hashes.key(),
        scale,
        published,
    };
    lock.seal = hashes.seal(&lock_text::body(&lock));
    lock
}
