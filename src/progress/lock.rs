//! `pulse/rounds.lock`: what every published figure was made from, so that none is made twice from different answers.
//!
//! The rule it guards: a figure that was published stays as it is, or goes. Two versions of it would be two sums over overlapping
//! people, and their difference a sum over the few who came, went or changed their minds: exactly what the cells withhold. This
//! holds for any number of them. Three late answers beside five that were published tell their own sum to the point; if all
//! three are the highest, all three are known. Late answers are therefore a round of their own, which is told in cells like any
//! other. A round whose answers are all gone shows nothing, which tells nothing; its record stays, so it cannot come back changed.
//!
//! The file holds no names and no answers, only hashes by a key that never leaves the coach. Without the file a first publish and
//! a deleted record look alike: rounds are then recorded as they are, and what was published before is not known.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::engagement::Engagement;
use crate::engagement::goal::Goal;
use crate::engagement::id::GoalId;
use crate::engagement::pulse::Rating;
use crate::engagement::pulse::Round;
use crate::engagement::pulse::Scale;
use crate::progress::plan::Panel;
use crate::progress::plan::Plan;
use crate::progress::problem::LockProblem;

/// The file's name, in the folder `pulse`.
pub const FILE_NAME: &str = "rounds.lock";

/// What the file begins with.
const HEADER: &str = "\
# Written by `loggia build`: what the published figures of each round were made from. A figure that changes after it was
# published can give away who answered what, so the build compares, and stops when something has changed.
# Keep this file with the ratings and do not edit it. It holds no names and no answers, only hashes that mean nothing
# without `loggia.key`.

";

/// A hash by a key that only the coach has.
pub type KeyedHash<'a> = &'a dyn Fn(&[u8]) -> [u8; 32];

/// The record of everything published, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// The hash of everything below it.
    pub seal: String,
    /// Which key made the hashes.
    pub key: String,
    /// The scale, in words.
    pub scale: String,
    /// Every question that was published, in order of rounds and goals.
    pub published: BTreeMap<(Date, GoalId), Record>,
}

/// What the figures about one goal in one round were made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The hash of the question.
    pub question: String,
    /// The hash of who was counted with whom.
    pub groups: String,
    /// The hashes of who answered, sorted.
    pub raters: BTreeSet<String>,
    /// The hashes of what each answered, sorted.
    pub answers: BTreeSet<String>,
}

/// Compares what would be published with the record of what was, and returns the record to be written.
pub fn check(
    engagement: &Engagement,
    lock: Option<&Lock>,
    hash: KeyedHash,
) -> Result<Lock, Vec<LockProblem>> {
    let panel = Panel::of(engagement);
    let scribe = Scribe {
        engagement,
        panel: &panel,
        hash,
    };
    let Some(lock) = lock else {
        return Ok(scribe.lock(&BTreeMap::new()));
    };
    let now = scribe.lock(&lock.published);
    if lock.key != now.key {
        return Err(vec![LockProblem::OtherKey]);
    }
    if lock.seal != scribe.seal(lock) {
        return Err(vec![LockProblem::Edited]);
    }
    if lock.scale != now.scale && !lock.published.is_empty() {
        let (was, is) = (lock.scale.clone(), now.scale);
        return Err(vec![LockProblem::Scale { was, is }]);
    }
    let published = lock.published.iter();
    let problems = published.filter_map(|((round, goal), was)| scribe.problem(*round, goal, was));
    let mut problems: Vec<_> = problems.collect();
    problems.sort();
    problems.dedup();
    if problems.is_empty() {
        Ok(now)
    } else {
        Err(problems)
    }
}

impl Lock {
    /// The file's text.
    pub fn text(&self) -> String {
        format!("{HEADER}seal = \"{}\"\n{}", self.seal, self.body())
    }

    /// What the seal is the hash of.
    fn body(&self) -> String {
        let mut body = format!("key = \"{}\"\nscale = {}\n", self.key, quoted(&self.scale));
        for ((round, goal), record) in &self.published {
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
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(letter)));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Makes records of one engagement with one key.
struct Scribe<'a> {
    engagement: &'a Engagement,
    panel: &'a Panel<'a>,
    hash: KeyedHash<'a>,
}

impl<'a> Scribe<'a> {
    /// The record of all that is published now and all that ever was: what is recorded once stays.
    fn lock(&self, recorded: &BTreeMap<(Date, GoalId), Record>) -> Lock {
        let mut published = BTreeMap::new();
        for round in &self.engagement.pulse.rounds {
            for goal in &self.engagement.goals {
                let ratings = self.panel.raters(round, goal);
                if let Some(groups) = self.groups(round, goal) {
                    let record = self.record(round, goal, groups, &ratings);
                    published.insert((round.date, goal.id.clone()), record);
                }
            }
        }
        published.extend(recorded.clone());
        let mut lock = Lock {
            seal: String::new(),
            key: self.short(&["key"]),
            scale: words(&self.engagement.pulse.scale),
            published,
        };
        lock.seal = self.seal(&lock);
        lock
    }

    /// What stands between a record and what would be published now.
    fn problem(&self, date: Date, goal: &GoalId, was: &Record) -> Option<LockProblem> {
        let rounds = &self.engagement.pulse.rounds;
        let Some(round) = rounds.iter().find(|round| round.date == date) else {
            return Some(LockProblem::RoundGone { round: date });
        };
        let Some(goal) = self.engagement.goal(goal) else {
            return Some(LockProblem::GoalGone { goal: goal.clone() });
        };
        let ratings = self.panel.raters(round, goal);
        if ratings.is_empty() {
            return None;
        }
        let groups = self.groups(round, goal);
        let is = self.record(round, goal, groups.clone().unwrap_or_default(), &ratings);
        if is.question != was.question {
            let goal = goal.id.clone();
            return Some(LockProblem::Question { goal });
        }
        let place = (date, goal.id.clone());
        if is.raters != was.raters {
            let come = is.raters.difference(&was.raters).count();
            let gone = was.raters.difference(&is.raters).count();
            return Some(LockProblem::Raters { place, come, gone });
        }
        if is.answers != was.answers {
            let changed = was.answers.difference(&is.answers).count();
            return Some(LockProblem::Answers { place, changed });
        }
        // With a raised minimum a figure may go, which tells nothing; it may not come back in other groups.
        (groups.is_some_and(|groups| groups != was.groups)).then_some(LockProblem::Groups { place })
    }

    /// The record of one question.
    fn record(&self, round: &Round, goal: &Goal, groups: String, ratings: &[&Rating]) -> Record {
        let date = round.date.to_string();
        let goal_id = goal.id.as_str();
        let rater =
            |rating: &&Rating| self.short(&["rater", &date, goal_id, rating.rater.as_str()]);
        let answer = |rating: &&Rating| {
            let score = rating.score.to_string();
            let seen = match rating.followed_up {
                None => "",
                Some(true) => "yes",
                Some(false) => "no",
            };
            let rater = rating.rater.as_str();
            self.short(&["answer", &date, goal_id, rater, &score, seen])
        };
        let question = goal.question_digest(self.hash);
        Record {
            question: self.short(&["question", goal_id, &hex(&question)]),
            groups,
            raters: ratings.iter().map(rater).collect(),
            answers: ratings.iter().map(answer).collect(),
        }
    }

    /// The hash of who is counted with whom about one goal in one round, whatever the groups are called; nothing if nobody is.
    fn groups(&self, round: &'a Round, goal: &Goal) -> Option<String> {
        let ids = |ratings: &Vec<&Rating>| {
            let mut ids: Vec<_> = ratings.iter().map(|rating| rating.rater.as_str()).collect();
            ids.sort_unstable();
            ids.join(" ")
        };
        let mut groups = match self.panel.plan(round, goal) {
            Plan::TooFew => return None,
            Plan::Whole(everyone) => vec![ids(&everyone)],
            Plan::Split { managers, groups } => {
                let groups = groups.values().map(ids);
                groups
                    .chain([format!("alone {}", ids(&managers))])
                    .collect()
            }
        };
        groups.sort_unstable();
        let date = round.date.to_string();
        Some(self.short(&["groups", &date, goal.id.as_str(), &groups.join("\n")]))
    }

    /// The hash of all that a lock says.
    fn seal(&self, lock: &Lock) -> String {
        hex(&self.hash_of(&["seal", &lock.body()]))
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

/// Bytes as lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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
