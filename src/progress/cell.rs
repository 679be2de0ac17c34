//! Cells: what is told of the sum of a group's scores.
//!
//! The rule it guards: the sums that a group could have are cut into cells by the size of the group and the scale alone. The cells at
//! the ends are wide, all others hold one sum; each leaves every rater enough answers, whoever else reads along.

use crate::engagement::pulse::Rating;
use crate::engagement::pulse::Scale;
use crate::progress::figures::Bound;
use crate::progress::figures::Mean;

/// The answers that a question allows: all whole numbers from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answers {
    from: i32,
    to: i32,
}

impl Answers {
    /// The answers of a pulse.
    pub(super) fn of(scale: &Scale) -> Self {
        Self {
            from: scale.from(),
            to: scale.to(),
        }
    }

    /// No and yes, as 0 and 1.
    pub(super) fn no_or_yes() -> Self {
        Self { from: 0, to: 1 }
    }

    /// How many answers must stay possible for a rater: three, or two where there are four or fewer.
    fn kept(self) -> i32 {
        if self.to - self.from < 4 { 2 } else { 3 }
    }

    /// How far the cell at an end of the sums reaches from that end.
    ///
    /// Of the raters in it, one may be the insider, whose own answer can be as far from the end as the scale is wide. What is left
    /// must still be enough for each of the others to have given any of the `kept` answers nearest to the end.
    fn reach(self) -> i32 {
        (self.to - self.from) + (self.kept() - 1)
    }

    /// Whether the sum of so many scores can be told in at least two cells.
    pub(super) fn can_tell_of(self, raters: usize) -> bool {
        let Ok(raters) = i32::try_from(raters) else {
            return false;
        };
        raters >= 3 && raters * (self.to - self.from) > 2 * self.reach()
    }

    /// Returns the cell in which an exactly known sum lies.
    pub(super) fn cell(self, exact: &Interval) -> Interval {
        let (lowest, highest) = (exact.raters * self.from, exact.raters * self.to);
        if exact.low <= lowest + self.reach() {
            Interval {
                low: lowest,
                high: lowest + self.reach(),
                clip: Clip::Low,
                ..*exact
            }
        } else if exact.high >= highest - self.reach() {
            Interval {
                low: highest - self.reach(),
                high: highest,
                clip: Clip::High,
                ..*exact
            }
        } else {
            *exact
        }
    }
}

/// What is known of the sum of some people's scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Interval {
    raters: i32,
    low: i32,
    high: i32,
    clip: Clip,
}

/// At which ends of the scale something is withheld.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Clip {
    None,
    Low,
    High,
    Both,
}

impl Clip {
    /// What is withheld by one or the other.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, clip) | (clip, Self::None) => clip,
            (Self::Low, Self::Low) => Self::Low,
            (Self::High, Self::High) => Self::High,
            (Self::Low | Self::Both, Self::High | Self::Both)
            | (Self::High | Self::Both, Self::Low | Self::Both) => Self::Both,
        }
    }
}

impl Interval {
    /// The sum of these scores.
    pub(super) fn exactly(ratings: &[&Rating]) -> Self {
        Self::of_scores(ratings.iter().map(|rating| rating.score))
    }

    /// The sum of these scores.
    pub(super) fn of_scores(scores: impl Iterator<Item = i32>) -> Self {
        let (raters, sum) = scores.fold((0, 0), |(raters, sum), score| (raters + 1, sum + score));
        Self {
            raters,
            low: sum,
            high: sum,
            clip: Clip::None,
        }
    }

    /// What is known of both together.
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            raters: self.raters + other.raters,
            low: self.low + other.low,
            high: self.high + other.high,
            clip: self.clip.or(other.clip),
        }
    }

    /// The mean as a reader sees it, in tenths of a point.
    pub(super) fn mean(&self) -> Mean {
        let (raters, low, high) = (self.raters, 10 * self.low, 10 * self.high);
        let tenths = |tenths: i32| f64::from(tenths) / 10.0;
        let (value, bound) = match self.clip {
            Clip::None => (tenths(nearest(low, raters)), Bound::About),
            Clip::Low => (tenths(at_least(high, raters)), Bound::OrLess),
            Clip::High => (tenths(low.div_euclid(raters)), Bound::OrMore),
            Clip::Both => {
                let end = tenths(at_least(high, raters));
                (tenths(low.div_euclid(raters)), Bound::UpTo(end))
            }
        };
        Mean {
            value,
            bound,
            decimals: if raters == 1 { 0 } else { 1 },
            raters: raters.unsigned_abs(),
        }
    }
}

/// The whole number nearest to a fraction; halves go away from zero.
fn nearest(numerator: i32, denominator: i32) -> i32 {
    let rounded = (2 * numerator.abs() + denominator) / (2 * denominator);
    numerator.signum() * rounded
}

/// The smallest whole number that is not below a fraction.
fn at_least(numerator: i32, denominator: i32) -> i32 {
    -(-numerator).div_euclid(denominator)
}
