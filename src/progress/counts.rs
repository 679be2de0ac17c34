//! How ratings on the change scale spread: how many saw better, the same, worse.
//!
//! The rule it guards: beside a mean, the counts are published only where the two together leave every rater enough answers, and are
//! withheld often enough that their absence does, too. Which counts are published depends on the published cell of the mean alone.

use std::collections::BTreeMap;

use crate::engagement::pulse::{Rating, Scale};
use crate::progress::cell::Interval;
use crate::progress::figures::Spread;

/// The answers of the change scale, the only one on which better and worse mean something.
const SCORES: std::ops::RangeInclusive<i32> = -3..=3;

/// How many of them must stay possible for a rater.
const KEPT: usize = 3;

/// How many raters saw better, the same, worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Counts {
    improved: i32,
    same: i32,
    worse: i32,
}

/// Which counts may be published beside which mean, worked out once for each cell.
pub(super) struct Spreads {
    is_change: bool,
    publishable: BTreeMap<Interval, Vec<Counts>>,
}

impl Spreads {
    /// The spreads on a scale: on any but the change scale, none.
    pub(super) fn on(scale: &Scale) -> Self {
        Self {
            is_change: *scale == Scale::Change,
            publishable: BTreeMap::new(),
        }
    }

    /// Returns the counts of these ratings if they may be published beside `cell`, which is what is published of their sum.
    pub(super) fn of(&mut self, cell: Interval, ratings: &[&Rating]) -> Option<Counts> {
        if !self.is_change {
            return None;
        }
        let counts = Counts::of(ratings);
        let publishable = self
            .publishable
            .entry(cell)
            .or_insert_with(|| publishable(cell));
        let is_publishable = publishable.contains(&counts);
        is_publishable.then_some(counts)
    }
}

impl Counts {
    /// Counts the ratings.
    pub(super) fn of(ratings: &[&Rating]) -> Self {
        let none = Self {
            improved: 0,
            same: 0,
            worse: 0,
        };
        let scores = ratings.iter().map(|rating| rating.score);
        scores.fold(none, |counts, score| counts.with(score, 1))
    }

    /// The counts of two groups together.
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            improved: self.improved + other.improved,
            same: self.same + other.same,
            worse: self.worse + other.worse,
        }
    }

    /// The shares that these counts make, in whole percent.
    pub(super) fn spread(self) -> Spread {
        let raters = self.improved + self.same + self.worse;
        let percent = |count: i32| {
            let percent = (200 * count + raters) / (2 * raters);
            u8::try_from(percent).expect("a share is at most 100")
        };
        Spread {
            improved: percent(self.improved),
            same: percent(self.same),
            worse: percent(self.worse),
        }
    }

    /// The counts with `change` more ratings of one score.
    fn with(mut self, score: i32, change: i32) -> Self {
        match score.signum() {
            1 => self.improved += change,
            0 => self.same += change,
            _ => self.worse += change,
        }
        self
    }

    /// The counts of the others, if one of them may have given `score`.
    fn without(self, score: i32) -> Option<Self> {
        let rest = self.with(score, -1);
        (rest.improved.min(rest.same).min(rest.worse) >= 0).then_some(rest)
    }

    /// Whether ratings with these counts can have a sum in an interval.
    fn can_sum_to(self, low: i32, high: i32) -> bool {
        let lowest = self.improved - 3 * self.worse;
        let highest = 3 * self.improved - self.worse;
        lowest <= high && low <= highest
    }

    /// How many raters the largest part holds.
    fn largest(self) -> i32 {
        self.improved.max(self.same).max(self.worse)
    }
}

/// The counts that may be published beside a cell.
fn publishable(cell: Interval) -> Vec<Counts> {
    let (mut publishable, mut withheld): (Vec<_>, Vec<_>) = possible(cell)
        .into_iter()
        .partition(|counts| keeps_enough(&[*counts], cell));
    // Where some must be left out so that their absence reveals less, the rarest go first: those with most raters on one side.
    publishable.sort_by_key(|counts| (-counts.largest(), *counts));
    while !publishable.is_empty() && !keeps_enough(&withheld, cell) {
        let is_cure = |counts: &Counts| keeps_enough(&[&withheld[..], &[*counts]].concat(), cell);
        let index = publishable.iter().position(is_cure).unwrap_or(0);
        withheld.push(publishable.remove(index));
    }
    publishable
}

/// All counts that ratings in a cell can have.
fn possible(cell: Interval) -> Vec<Counts> {
    let mut all = Vec::new();
    for improved in 0..=cell.raters() {
        for same in 0..=cell.raters() - improved {
            let worse = cell.raters() - improved - same;
            let counts = Counts {
                improved,
                same,
                worse,
            };
            if counts.can_sum_to(cell.low(), cell.high()) {
                all.push(counts);
            }
        }
    }
    all
}

/// Whether someone who learns that the counts are one of these, and the sum in the cell, and knows one rater's answer, leaves enough
/// answers possible for each of the others.
fn keeps_enough(counts: &[Counts], cell: Interval) -> bool {
    let is_possible = |own: i32, other: i32| {
        counts.iter().any(|counts| {
            let rest = counts.without(own).and_then(|rest| rest.without(other));
            let taken = own + other;
            rest.is_some_and(|rest| rest.can_sum_to(cell.low() - taken, cell.high() - taken))
        })
    };
    SCORES.clone().all(|own| {
        let others = SCORES.filter(|other| is_possible(own, *other));
        let count = others.count();
        count == 0 || count >= KEPT
    })
}

#[cfg(test)]
mod tests {
    use super::{Counts, keeps_enough, possible, publishable};
    use crate::engagement::pulse::Scale;
    use crate::progress::cell::{Answers, Interval};

    /// Every cell of a crowd on the change scale.
    fn cells(raters: i32) -> Vec<Interval> {
        let answers = Answers::on(&Scale::Change);
        let with_sum = |sum: i32| {
            Interval::of_scores((0..raters).map(|rater| if rater == 0 { sum } else { 0 }))
        };
        let sums = -3 * raters..=3 * raters;
        let mut cells: Vec<_> = sums.map(|sum| answers.cell(with_sum(sum))).collect();
        cells.dedup();
        cells
    }

    #[test]
    fn what_is_told_and_what_is_withheld_keep_enough_answers() {
        for raters in 5..=20 {
            for cell in cells(raters) {
                let publishable = publishable(cell);
                assert!(
                    publishable
                        .iter()
                        .all(|counts| keeps_enough(&[*counts], cell))
                );
                let withheld = possible(cell)
                    .into_iter()
                    .filter(|counts| !publishable.contains(counts));
                assert!(
                    keeps_enough(&withheld.collect::<Vec<_>>(), cell),
                    "{cell:?}"
                );
            }
        }
    }

    #[test]
    fn in_every_cell_some_spread_is_told() {
        for raters in 5..=20 {
            assert!(
                cells(raters)
                    .into_iter()
                    .all(|cell| !publishable(cell).is_empty())
            );
        }
    }

    #[test]
    fn shares_are_rounded_one_by_one() {
        let counts = Counts {
            improved: 79,
            same: 15,
            worse: 7,
        };
        let spread = counts.spread();
        assert_eq!((spread.improved, spread.same, spread.worse), (78, 15, 7));
        let thirds = Counts {
            improved: 2,
            same: 2,
            worse: 2,
        };
        let spread = thirds.spread();
        assert_eq!((spread.improved, spread.same, spread.worse), (33, 33, 33));
    }
}
