//! Who answered a question and what, as the record of published rounds hashes it.
//!
//! The rule it guards: where no answer names its rater, all of them have one hash, since nobody can say which of two answers alike has
//! changed. How many there were is known by as many hashes that stand for nobody.

use std::collections::BTreeSet;

use crate::engagement::id::StakeholderId;
use crate::engagement::lock::{Record, RecordHash};
use crate::engagement::pulse::Rating;
use crate::progress::lock_groups::FirstIds;

/// Hashes the answers to one question of a round.
pub(super) struct AnswerHashes<'a> {
    pub(super) hashes: RecordHash<'a>,
    pub(super) ids: FirstIds<'a>,
    pub(super) round: &'a str,
    pub(super) goal: &'a str,
}

impl AnswerHashes<'_> {
    /// The hashes of who answered, and of what they answered.
    pub(super) fn hashes(&self, ratings: &[&Rating]) -> (BTreeSet<String>, BTreeSet<String>) {
        if named(ratings).is_none() {
            let who = self.nobodys(ratings.len()).collect();
            return (who, [self.of_all(ratings)].into());
        }
        let (round, goal) = (self.round, self.goal);
        let hashes = ratings.iter().map(|rating| {
            let rater = self.ids.rater(&rating.rater);
            let score = rating.score.to_string();
            let who = self.hashes.short(&["rater", round, goal, &rater]);
            let what = ["answer", round, goal, &rater, &score, seen(rating)];
            (who, self.hashes.short(&what))
        });
        hashes.unzip()
    }

    /// Whether nobody is named among those who answered by a record.
    pub(super) fn are_nobodys(&self, record: &Record) -> bool {
        let mut first = self.nobodys(1);
        first.any(|hash| record.raters.contains(&hash))
    }

    /// The hashes that stand for so many answers without a name.
    pub(super) fn nobodys(&self, answers: usize) -> impl Iterator<Item = String> {
        (1..=answers).map(|number| {
            let number = number.to_string();
            self.hashes
                .short(&["anonymous", self.round, self.goal, &number])
        })
    }

    /// One hash of answers without names, in whatever order they stand.
    fn of_all(&self, ratings: &[&Rating]) -> String {
        let line = |rating: &&Rating| {
            let rater = self.ids.rater(&rating.rater);
            format!("{rater} {} {}", rating.score, seen(rating))
        };
        let mut lines: Vec<String> = ratings.iter().map(line).collect();
        lines.sort_unstable();
        self.hashes
            .short(&["answers", self.round, self.goal, &lines.join("\n")])
    }
}

/// Who answered, where every answer names its rater.
pub(super) fn named<'a>(ratings: &[&'a Rating]) -> Option<Vec<&'a StakeholderId>> {
    ratings.iter().map(|rating| rating.rater.id()).collect()
}

fn seen(rating: &Rating) -> &'static str {
    match rating.followed_up {
        None => "",
        Some(true) => "yes",
        Some(false) => "no",
    }
}
