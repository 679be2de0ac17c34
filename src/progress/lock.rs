//! `pulse/rounds.lock`: what every published figure was made from, so that none is made twice from different answers.
//!
//! The rule it guards: a figure that was published stays as it is, or goes. Two versions of it would be two sums over overlapping
//! people, and their difference a sum over the few who came, went or changed their minds: exactly what the cells withhold. This
//! holds for any number of them. Three late answers beside five that were published reveal their own sum to the point; if all
//! three are the highest, all three are known. Late answers are therefore a round of their own, which is published in cells like any
//! other. A round whose answers are all gone shows nothing, which reveals nothing; its record stays, so it cannot come back changed.
//!
//! The file holds no names and no answers, only hashes by a key that never leaves the coach. Without the file a first publish and
//! a deleted record look alike: rounds are then recorded as they are, and what was published before is not known.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::engagement::Engagement;
use crate::engagement::id::GoalId;
use crate::engagement::lock::{Lock, Record};
use crate::engagement::pulse::{Rating, Scale};
use crate::progress::plan::{Panel, Plan};
use crate::progress::problem::LockProblem;
use crate::text::toml_string;

/// What the file begins with.
const HEADER: &str = "\
# Written by `loggia build`: what the published figures of each round were made from. A figure that changes after it was
# published can give away who answered what, so the build compares, and stops when something has changed.
# Keep this file with the ratings and do not edit it. It holds no names and no answers, only hashes that mean nothing
# without `loggia.key`.

";

/// A hash by a key that only the coach has.
pub type KeyedHash<'a> = &'a dyn Fn(&[u8]) -> [u8; 32];

/// Compares what would be published with the record of what was, and returns the record to be written.
pub fn check(
    engagement: &Engagement,
    lock: Option<&Lock>,
    hash: KeyedHash,
) -> Result<Lock, Vec<LockProblem>> {
    let scribe = Scribe { engagement, hash };
    let now = scribe.records();
    let Some(lock) = lock else {
        return Ok(scribe.lock(now, BTreeMap::new()));
    };
    if lock.key != scribe.key() {
        return Err(vec![LockProblem::OtherKey]);
    }
    if lock.seal != scribe.seal(lock) {
        return Err(vec![LockProblem::Edited]);
    }
    let scale = words(&engagement.pulse.scale);
    if lock.scale != scale && !lock.published.is_empty() {
        let was = lock.scale.clone();
        return Err(vec![LockProblem::Scale { was, is: scale }]);
    }
    let published = lock.published.iter();
    let problems = published.filter_map(|(place, was)| scribe.problem(place, was, now.get(place)));
    let problems: BTreeSet<LockProblem> = problems.collect();
    if problems.is_empty() {
        Ok(scribe.lock(now, lock.published.clone()))
    } else {
        Err(problems.into_iter().collect())
    }
}

/// The file's text.
pub fn text(lock: &Lock) -> String {
    format!("{HEADER}seal = \"{}\"\n{}", lock.seal, body(lock))
}

/// What the seal is the hash of.
fn body(lock: &Lock) -> String {
    let mut body = format!(
        "key = \"{}\"\nscale = {}\n",
        lock.key,
        toml_string(&lock.scale)
    );
    for ((round, goal), record) in &lock.published {
        let list = |hashes: &BTreeSet<String>| -> String {
            let lines = hashes.iter().map(|hash| format!("  \"{hash}\",\n"));
            lines.collect()
        };
        body.push_str(&format!(
            "\n[[published]]\nround = {round}\ngoal = \"{goal}\"\nquestion = \"{}\"\ngroups = \"{}\"\n\
             raters = [\n{}]\nanswers = [\n{}]\n",
            record.question,
            record.groups,
            list(&record.raters),
            list(&record.answers),
        ));
    }
    body
}

/// Everything that was published, by round and goal.
type Published = BTreeMap<(Date, GoalId), Record>;

/// Makes records of one engagement with one key.
struct Scribe<'a> {
    engagement: &'a Engagement,
    hash: KeyedHash<'a>,
}

/// The record of a question that has answers, and whether they are enough to be published.
struct Answered {
    record: Record,
    is_published: bool,
}

impl Scribe<'_> {
    /// The record to be written: what is published now, and what ever was. What is recorded once stays.
    fn lock(&self, now: BTreeMap<(Date, GoalId), Answered>, recorded: Published) -> Lock {
        let mut published = recorded;
        for (place, answered) in now {
            if answered.is_published {
                published.entry(place).or_insert(answered.record);
            }
        }
        let mut lock = Lock {
            seal: String::new(),
            key: self.key(),
            scale: words(&self.engagement.pulse.scale),
            published,
        };
        lock.seal = self.seal(&lock);
        lock
    }

    /// How what is there now differs from a record.
    fn problem(
        &self,
        place: &(Date, GoalId),
        was: &Record,
        now: Option<&Answered>,
    ) -> Option<LockProblem> {
        let (round, goal) = place.clone();
        if !self
            .engagement
            .pulse
            .rounds
            .iter()
            .any(|file| file.date == round)
        {
            return Some(LockProblem::RoundGone { round });
        }
        if self.engagement.goal(&goal).is_none() {
            return Some(LockProblem::GoalGone { goal });
        }
        // Without any answers the figure goes, and that reveals nothing.
        let Answered {
            record: is,
            is_published,
        } = now?;
        let place = (round, goal);
        if is.question != was.question {
            Some(LockProblem::Question { goal: place.1 })
        } else if is.raters != was.raters {
            let come = is.raters.difference(&was.raters).count();
            let gone = was.raters.difference(&is.raters).count();
            Some(LockProblem::Raters { place, come, gone })
        } else if is.answers != was.answers {
            let changed = was.answers.difference(&is.answers).count();
            Some(LockProblem::Answers { place, changed })
        } else if *is_published && is.groups != was.groups {
            // A raised minimum may also make a figure go.
            Some(LockProblem::Groups { place })
        } else {
            None
        }
    }

    /// The records of all questions that have answers.
    fn records(&self) -> BTreeMap<(Date, GoalId), Answered> {
        let panel = Panel::of(self.engagement);
        let mut records = BTreeMap::new();
        for goal in &self.engagement.goals {
            let question = hex(&goal.question_digest(self.hash));
            let question = self.short(&["question", goal.id.as_str(), &question]);
            for round in &self.engagement.pulse.rounds {
                let ratings = panel.raters(round, goal);
                if ratings.is_empty() {
                    continue;
                }
                let plan = panel.plan(round, goal);
                let date = round.date.to_string();
                let place = (date.as_str(), goal.id.as_str());
                let (raters, answers) = self.hashes(place, &ratings);
                let record = Record {
                    question: question.clone(),
                    groups: self.short(&["groups", place.0, place.1, &groups(&plan)]),
                    raters,
                    answers,
                };
                let answered = Answered {
                    record,
                    is_published: !matches!(plan, Plan::TooFew),
                };
                records.insert((round.date, goal.id.clone()), answered);
            }
        }
        records
    }

    /// The hashes of who answered one question, and of what they answered.
    fn hashes(
        &self,
        place: (&str, &str),
        ratings: &[&Rating],
    ) -> (BTreeSet<String>, BTreeSet<String>) {
        let (round, goal) = place;
        let hashes = ratings.iter().map(|rating| {
            let rater = rating.rater.as_str();
            let score = rating.score.to_string();
            let seen = match rating.followed_up {
                None => "",
                Some(true) => "yes",
                Some(false) => "no",
            };
            let who = self.short(&["rater", round, goal, rater]);
            let what = self.short(&["answer", round, goal, rater, &score, seen]);
            (who, what)
        });
        hashes.unzip()
    }

    /// Which key makes the hashes.
    fn key(&self) -> String {
        self.short(&["key"])
    }

    /// The hash of all that a lock says.
    fn seal(&self, lock: &Lock) -> String {
        hex(&self.hash_of(&["seal", &body(lock)]))
    }

    /// A short hash: enough that no two of one engagement are alike.
    fn short(&self, words: &[&str]) -> String {
        hex(&self.hash_of(words)[..8])
    }

    /// The hash of some words of this engagement and of nothing else. No word holds the byte that ends it.
    fn hash_of(&self, words: &[&str]) -> [u8; 32] {
        let mut bytes = Vec::new();
        for word in ["loggia rounds.lock 1", self.engagement.id.as_str()]
            .iter()
            .chain(words)
        {
            bytes.extend(word.as_bytes());
            bytes.push(0);
        }
        (self.hash)(&bytes)
    }
}

/// Who is counted with whom, in ids.
fn groups(plan: &Plan) -> String {
    let ids = |ratings: &Vec<&Rating>| {
        let mut ids: Vec<_> = ratings.iter().map(|rating| rating.rater.as_str()).collect();
        ids.sort_unstable();
        ids.join(" ")
    };
    let mut groups: Vec<String> = match plan {
        Plan::TooFew => Vec::new(),
        Plan::Whole(everyone) => vec![ids(everyone)],
        Plan::Split { managers, groups } => {
            let alone = format!("alone {}", ids(managers));
            groups.values().map(ids).chain([alone]).collect()
        }
    };
    groups.sort_unstable();
    groups.join("\n")
}

/// Bytes as lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// A scale in words.
fn words(scale: &Scale) -> String {
    let end = |score: i32, word: &Option<String>| match word {
        Some(word) => format!("{score} ({word})"),
        None => score.to_string(),
    };
    match scale {
        Scale::Change => "change".to_owned(),
        Scale::Level {
            from,
            to,
            low,
            high,
        } => format!("{} to {}", end(*from, low), end(*to, high)),
    }
}
