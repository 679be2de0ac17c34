//! `pulse/rounds.lock`: what every published figure was made from, so that none is made twice from different answers.
//!
//! The rule it guards: a figure that was published stays as it is, or goes. Two versions of it would be two sums over overlapping
//! people, and their difference a sum over the few who came, went or changed their minds: exactly what the cells withhold. This
//! holds for any number of them. Three late answers beside five that were published reveal their own sum to the point; if all
//! three are the highest, all three are known. Late answers are therefore a round of their own, which is published in cells like any
//! other. A round whose answers are all gone shows nothing, which reveals nothing; its record stays, so it cannot come back changed.
//!
//! The record also keeps who stood alone ([`past`]), so that such an answer is never counted with others later. Records of version 0.1.0
//! do not name them: there every manager stood alone, where the others were enough without, and several managers as one mean.
//!
//! The file holds no names and no answers, only hashes by a key that never leaves the coach. Without the file a first publish and
//! a deleted record look alike: rounds are then recorded as they are, and what was published before is not known.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::engagement::Engagement;
use crate::engagement::goal::Goal;
use crate::engagement::id::{GoalId, StakeholderId};
use crate::engagement::lock::{KeyedHash, Lock, Record, RecordHash, hex};
use crate::engagement::pulse::{Round, Scale};
use crate::engagement::stakeholder::Role;
use crate::progress::lock_answers::{AnswerHashes, named};
use crate::progress::lock_groups::FirstIds;
use crate::progress::past::{Past, Standing};
use crate::progress::plan::{Panel, Plan};
use crate::progress::problem::LockProblem;
use crate::progress::repeated::{Question, Withdrawn};
use crate::progress::{lock_text, repeated, reworded};

/// The kind of record and its version.
pub(super) const KIND: &str = "loggia rounds.lock 1";

/// Compares what would be published with the record of what was, and returns the record to be written.
pub fn check(
    engagement: &Engagement,
    lock: Option<&Lock>,
    hash: KeyedHash,
) -> Result<Lock, Vec<LockProblem>> {
    let scribe = Scribe { engagement, hash };
    let now = scribe.records(&past(engagement, hash));
    let Some(lock) = lock else {
        let repeated = scribe.repeated(&now, &BTreeMap::new());
        return match repeated.is_empty() {
            true => Ok(scribe.lock(now, BTreeMap::new())),
            false => Err(repeated),
        };
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
    let problems = published.filter_map(|(place, was)| scribe.problem(place, was, &now));
    let mut problems: BTreeSet<LockProblem> = problems.collect();
    problems.extend(scribe.repeated(&now, &lock.published));
    if problems.is_empty() {
        Ok(scribe.lock(now, lock.published.clone()))
    } else {
        Err(problems.into_iter().collect())
    }
}

/// Returns who stood alone in the rounds that were published. A record that another key made tells nothing of it, and [`check`] refuses it.
pub fn past(engagement: &Engagement, hash: KeyedHash) -> Past {
    let scribe = Scribe { engagement, hash };
    let lock = engagement.pulse.lock.as_ref();
    let lock = lock.filter(|lock| lock.key == scribe.key());
    let records = lock.into_iter().flat_map(|lock| &lock.published);
    let standings = records.filter_map(|((day, goal), record)| {
        let rounds = &engagement.pulse.rounds;
        let round = rounds.iter().find(|round| round.date == *day)?;
        let goal = engagement.goal(goal)?;
        let standing = scribe.standing(round, goal, record);
        Some(((*day, goal.id.clone()), standing))
    });
    Past::of(standings.collect())
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
    /// Who answered; nothing where no answer names its rater.
    people: Option<BTreeSet<StakeholderId>>,
    /// The hash of the groups as version 0.1.0 made it.
    old_groups: String,
    is_published: bool,
}

impl Scribe<'_> {
    /// The record to be written: what is published now, and what ever was. What is recorded once stays.
    fn lock(&self, now: BTreeMap<(Date, GoalId), Answered>, recorded: Published) -> Lock {
        let mut published = recorded;
        for (place, answered) in now {
            let goal = self.engagement.goal(&place.1);
            if let (Some(goal), Some(record)) = (goal, published.get_mut(&place)) {
                reworded::note(goal, record, answered.record.question.clone());
            }
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
        now: &BTreeMap<(Date, GoalId), Answered>,
    ) -> Option<LockProblem> {
        let (round, goal) = place.clone();
        let answered = now.get(place);
        if !self
            .engagement
            .pulse
            .rounds
            .iter()
            .any(|file| file.date == round)
        {
            return Some(LockProblem::RoundGone { round });
        }
        let Some(known) = self.engagement.goal(&goal) else {
            return Some(LockProblem::GoalGone { goal });
        };
        let day = round.to_string();
        let is_without_names = self.answers((&day, goal.as_str())).are_nobodys(was);
        if is_without_names && answered.is_none() && now.keys().any(|(day, _)| *day == round) {
            return Some(LockProblem::WithoutNames { round });
        }
        // Without any answers the figure goes, and that reveals nothing.
        let Answered {
            record: is,
            old_groups,
            is_published,
            ..
        } = answered?;
        let groups = match was.alone {
            Some(_) => &is.groups,
            None => old_groups,
        };
        let place = (round, known.id.clone());
        let question = reworded::problem(known, round, was, &is.question);
        if question.is_some() {
            question
        } else if is_without_names && (&is.raters, &is.answers) != (&was.raters, &was.answers) {
            Some(LockProblem::WithoutNames { round })
        } else if is.raters != was.raters {
            let come = is.raters.difference(&was.raters).count();
            let gone = was.raters.difference(&is.raters).count();
            Some(LockProblem::Raters { place, come, gone })
        } else if is.answers != was.answers {
            let changed = was.answers.difference(&is.answers).count();
            Some(LockProblem::Answers { place, changed })
        } else if *is_published && *groups != was.groups {
            // A raised minimum may also make a figure go.
            Some(LockProblem::Groups { place })
        } else {
            None
        }
    }

    /// The records of all questions that have answers.
    fn records(&self, past: &Past) -> BTreeMap<(Date, GoalId), Answered> {
        let panel = Panel::of(self.engagement, past);
        let mut records = BTreeMap::new();
        for goal in &self.engagement.goals {
            let question = hex(&goal.question_digest(self.hash));
            let question = self.short(&["question", goal.first_id().as_str(), &question]);
            for round in &self.engagement.pulse.rounds {
                let ratings = panel.raters(round, goal);
                if ratings.is_empty() {
                    continue;
                }
                let plan = panel.plan(round, goal);
                let date = round.date.to_string();
                let place = (date.as_str(), goal.first_id().as_str());
                let (raters, answers) = self.answers(place).hashes(&ratings);
                let ids = FirstIds(self.engagement);
                let (groups, alone) = ids.groups(&plan);
                let hash_of = |alone: Option<&[&StakeholderId]>| {
                    self.short(&["groups", place.0, place.1, &ids.lines(&groups, alone)])
                };
                let was_as_one = past.standing(round.date, &goal.id) == Some(&Standing::AsOne);
                let old_groups = hash_of((!was_as_one).then_some(&alone));
                let record = Record {
                    question: question.clone(),
                    corrected: None,
                    groups: hash_of((!alone.is_empty()).then_some(&alone)),
                    raters,
                    answers,
                    alone: Some(self.raters(place, &alone)),
                };
                let answered = Answered {
                    record,
                    people: named(&ratings).map(|people| people.into_iter().cloned().collect()),
                    old_groups,
                    is_published: !matches!(plan, Plan::TooFew),
                };
                records.insert((round.date, goal.first_id().clone()), answered);
            }
        }
        records
    }

    /// What is asked again of the same people too soon.
    fn repeated(
        &self,
        now: &BTreeMap<(Date, GoalId), Answered>,
        recorded: &Published,
    ) -> Vec<LockProblem> {
        let published = now.iter().filter(|(_, answered)| answered.is_published);
        let questions = published.map(|(place, answered)| Question {
            round: place.0,
            goal: &place.1,
            people: answered.people.as_ref(),
            is_recorded: recorded.contains_key(place),
        });
        let gone = recorded.keys().filter(|place| !now.contains_key(*place));
        let withdrawn = gone.map(|(round, goal)| Withdrawn {
            round: *round,
            goal,
        });
        let answered = |old: &Withdrawn<'_>, people: Option<&BTreeSet<StakeholderId>>| {
            let date = old.round.to_string();
            let place = (date.as_str(), old.goal.as_str());
            let Some(record) = recorded.get(&(old.round, old.goal.clone())) else {
                return false;
            };
            // Where names are missing on one side, anybody may be meant.
            let Some(people) = people else {
                return true;
            };
            let mut people = people.iter();
            self.answers(place).are_nobodys(record)
                || people.any(|person| self.raters(place, &[person]).is_subset(&record.raters))
        };
        let (questions, withdrawn): (Vec<_>, Vec<_>) = (questions.collect(), withdrawn.collect());
        repeated::problems(&questions, &withdrawn, &answered)
    }

    /// What hashes the answers to one question of a round.
    fn answers<'a>(&'a self, (round, goal): (&'a str, &'a str)) -> AnswerHashes<'a> {
        AnswerHashes {
            hashes: self.hashes_of_record(),
            ids: FirstIds(self.engagement),
            round,
            goal,
        }
    }

    /// The hashes of some who answered one question.
    fn raters(&self, (round, goal): (&str, &str), raters: &[&StakeholderId]) -> BTreeSet<String> {
        let ids = FirstIds(self.engagement);
        let raters = raters.iter().map(|rater| ids.of(rater));
        raters
            .map(|rater| self.short(&["rater", round, goal, rater]))
            .collect()
    }

    /// Who stood alone by a record.
    fn standing(&self, round: &Round, goal: &Goal, record: &Record) -> Standing {
        let nothing = Past::none();
        let panel = Panel::of(self.engagement, &nothing);
        let ratings = panel.raters(round, goal);
        let date = round.date.to_string();
        let place = (date.as_str(), goal.first_id().as_str());
        let people = ratings.iter().filter_map(|rating| rating.rater.id());
        if let Some(alone) = &record.alone {
            if alone.is_empty() {
                return Standing::Each(BTreeSet::new());
            }
            let stood = |person: &&StakeholderId| {
                let hashes = self.raters(place, &[*person]);
                hashes.is_subset(alone)
            };
            return Standing::Each(people.filter(stood).cloned().collect());
        }
        let ids = FirstIds(self.engagement);
        let as_one = self.short(&["groups", place.0, place.1, &ids.list(people.clone())]);
        if as_one == record.groups {
            return Standing::AsOne;
        }
        let is_manager = |person: &&StakeholderId| {
            let person = self.engagement.stakeholder(person);
            person.is_some_and(|person| {
                person.time.capacity_on(round.date.into()).role == Role::Manager
            })
        };
        let managers: BTreeSet<_> = people.filter(is_manager).cloned().collect();
        if managers.len() > 1 {
            Standing::AsPair(managers)
        } else {
            Standing::Each(managers)
        }
    }

    /// Which key makes the hashes.
    fn key(&self) -> String {
        self.hashes_of_record().key()
    }

    /// The hash of all that a lock says.
    fn seal(&self, lock: &Lock) -> String {
        self.hashes_of_record().seal(&lock_text::body(lock))
    }

    /// A short hash.
    fn short(&self, words: &[&str]) -> String {
        self.hashes_of_record().short(words)
    }

    fn hashes_of_record(&self) -> RecordHash<'_> {
        RecordHash {
            kind: KIND,
            engagement: self.engagement.first_id(),
            hash: self.hash,
        }
    }
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
