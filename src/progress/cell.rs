//! Cells: what is published of the sum of a group's scores.
//!
//! The rule it guards: the sums that a group could have are cut into cells by the size of the group and the scale alone. The cells at
//! the ends are wide, all others hold one sum; each leaves every rater enough answers, whoever else reads along.

use crate::engagement::pulse::{Rating, Scale};
use crate::progress::figures::{Bound, Mean, Share};

/// The answers that a question allows: all whole numbers from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answers {
    from: i32,
    to: i32,
}

impl Answers {
    /// The answers of a pulse.
    pub(super) fn on(scale: &Scale) -> Self {
        Self {
            from: scale.from(),
            to: scale.to(),
        }
    }

    /// No and yes, as 0 and 1.
    pub(super) fn no_or_yes() -> Self {
        Self { from: 0, to: 1 }
    }

    /// Returns the cell in which an exactly known sum lies.
    ///
    /// Count sums from the lowest possible one, and let the scale be `w` wide, so that `n` raters can reach `n * w`. Let `k` answers
    /// have to stay possible for everyone. The cell at the lower end is `0 ..= w + k - 1`, the one at the upper end its
    /// mirror image, and each sum between them is a cell. An insider whose own answer is `v` leaves for the others:
    ///
    /// - At the lower end, sums up to `w + k - 1 - v`, which is at least `k - 1`. So anyone may have given any of the lowest `k`
    ///   answers while the rest gave the lowest. The upper end is the same in a mirror.
    /// - Between them, a sum `s - v` of at least `k` and, by the mirror, at least `k` below the highest sum of the others. Anyone
    ///   may have given all answers from `max(0, s - v - (n - 2) * w)` to `min(w, s - v)`. If only one of these bounds bites,
    ///   `k + 1` answers are left, because of the two distances above; both bite only where `(n - 2) * w < s - v < w`, which
    ///   three raters or more rule out.
    ///
    /// No cells that hold neighbouring sums are finer. A shorter cell at the end would let the insider with the answer `w` or, if
    /// the cell is shorter than that, with its highest sum leave fewer than `k` answers to the others.
    pub(super) fn cell(self, exact: Interval) -> Interval {
        let (lowest, highest) = (exact.raters * self.from, exact.raters * self.to);
        if exact.low <= lowest + self.reach() {
            Interval {
                low: lowest,
                high: lowest + self.reach(),
                clip: Clip::Low,
                ..exact
            }
        } else if exact.high >= highest - self.reach() {
            Interval {
                low: highest - self.reach(),
                high: highest,
                clip: Clip::High,
                ..exact
            }
        } else {
            exact
        }
    }

    /// Whether the sum of so many scores has at least two cells, and so says anything. Fewer than three raters never have.
    pub(super) fn can_tell_of(self, raters: i32) -> bool {
        raters >= 3 && raters * (self.to - self.from) > 2 * self.reach()
    }

    /// How far the cell at an end of the sums reaches from that end.
    fn reach(self) -> i32 {
        (self.to - self.from) + (self.kept() - 1)
    }

    /// How many answers must stay possible for a rater: three, or two where there are four or fewer. Three would be all of a scale of three,
    /// and silence groups of three on a scale of four and of four on a scale of three. Rounds that were published are cut into these cells: a
    /// wider one would take their labels back, or change who is counted with whom.
    fn kept(self) -> i32 {
        if self.to - self.from < 4 { 2 } else { 3 }
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
    /// The sum of these ratings, exactly.
    pub(super) fn of(ratings: &[&Rating]) -> Self {
        Self::of_scores(ratings.iter().map(|rating| rating.score))
    }

    /// The sum of these scores, exactly.
    pub(super) fn of_scores(scores: impl Iterator<Item = i32>) -> Self {
        let (raters, sum) = scores.fold((0, 0), |(raters, sum), score| (raters + 1, sum + score));
        Self {
            raters,
            low: sum,
            high: sum,
            clip: Clip::None,
        }
    }

    /// How many people it is the sum of.
    pub(super) fn raters(&self) -> i32 {
        self.raters
    }

    /// The lowest sum that it may be.
    pub(super) fn low(&self) -> i32 {
        self.low
    }

    /// The highest sum that it may be.
    pub(super) fn high(&self) -> i32 {
        self.high
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

    /// The share of ones among zeros and ones, in percent.
    pub(super) fn share(&self) -> Share {
        let (raters, low, high) = (self.raters, 100 * self.low, 100 * self.high);
        let (percent, bound) = match self.clip {
            Clip::None | Clip::Both => (nearest(low, raters), Bound::About),
            Clip::Low => (at_least(high, raters), Bound::OrLess),
            Clip::High => (low.div_euclid(raters), Bound::OrMore),
        };
        Share {
            percent: u8::try_from(percent).expect("a share is between 0 and 100"),
            bound,
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

#[cfg(test)]
mod tests {
    use super::{Answers, Interval, nearest};
    use crate::progress::figures::Bound;

    /// The sum of a crowd whose answers count from 0.
    fn exactly(raters: i32, sum: i32) -> Interval {
        let scores = (0..raters).map(|rater| if rater == 0 { sum } else { 0 });
        Interval::of_scores(scores)
    }

    /// Every scale that a pulse may have, with every number of raters of which something may be published.
    fn all() -> impl Iterator<Item = (Answers, i32)> {
        let scales = (1..=10).map(|to| Answers { from: 0, to });
        scales.flat_map(|answers| {
            let raters = (1..=40).filter(move |raters| answers.can_tell_of(*raters));
            raters.map(move |raters| (answers, raters))
        })
    }

    #[test]
    fn as_many_answers_stay_possible_as_the_readme_says() {
        // By the number of values, from two to eleven.
        let kept: Vec<i32> = (1..=10).map(|to| Answers { from: 0, to }.kept()).collect();
        assert_eq!(kept, [2, 2, 2, 3, 3, 3, 3, 3, 3, 3]);
        // Nothing more is kept than is said: on a scale of four, whoever gave the highest answer and reads "2.4 or less" of three
        // raters knows two answers that the others may have given.
        let four = Answers { from: 1, to: 4 };
        let cell = four.cell(Interval::of_scores([4, 1, 2].into_iter()));
        let left = (1..=4).filter(|other| 4 + other < cell.high());
        assert_eq!((cell.mean().value, left.count()), (2.4, 2));
    }

    #[test]
    fn every_sum_lies_in_one_cell() {
        for (answers, raters) in all() {
            let mut next = 0;
            for sum in 0..=raters * answers.to {
                let cell = answers.cell(exactly(raters, sum));
                assert!(cell.low <= sum && sum <= cell.high, "{answers:?} {cell:?}");
                if cell.low == sum {
                    assert_eq!(sum, next, "{answers:?} {cell:?}");
                    next = cell.high + 1;
                }
            }
            assert_eq!(next, raters * answers.to + 1, "{answers:?}");
        }
    }

    #[test]
    fn every_cell_keeps_enough_answers_beside_any_known_one() {
        for (answers, raters) in all() {
            let kept = usize::try_from(answers.kept()).unwrap();
            for sum in 0..=raters * answers.to {
                let cell = answers.cell(exactly(raters, sum));
                let is_possible = |known: i32, people: i32| {
                    known <= cell.high && cell.low <= known + people * answers.to
                };
                for own in (0..=answers.to).filter(|own| is_possible(*own, raters - 1)) {
                    let others = 0..=answers.to;
                    let left = others.filter(|other| is_possible(own + other, raters - 2));
                    assert!(left.count() >= kept, "{answers:?} {cell:?} {own}");
                }
            }
        }
    }

    #[test]
    fn a_shorter_cell_at_the_end_would_tell() {
        for (answers, raters) in all() {
            let kept = usize::try_from(answers.kept()).unwrap();
            for high in 0..answers.reach() {
                let own = high.min(answers.to);
                let left = (0..=answers.to).filter(|other| own + other <= high);
                assert!(left.count() < kept, "{answers:?} {raters} {high}");
            }
        }
    }

    #[test]
    fn from_this_many_raters_on_something_is_told() {
        let least = |to| (1..).find(|raters| Answers { from: 0, to }.can_tell_of(*raters));
        let least: Vec<i32> = (1..=10).filter_map(least).collect();
        assert_eq!(least, [5, 4, 3, 4, 3, 3, 3, 3, 3, 3]);
    }

    #[test]
    fn means_are_rounded_and_bounds_never_overstate() {
        let change = Answers { from: -3, to: 3 };
        let mean = |raters, sum| {
            let mean = change.cell(exactly(raters, sum)).mean();
            (mean.value, mean.bound)
        };
        assert_eq!(mean(6, 1), (0.2, Bound::About));
        assert_eq!(mean(6, -1), (-0.2, Bound::About));
        assert_eq!(mean(4, 0), (0.0, Bound::About));
        assert_eq!(mean(6, 18), (1.6, Bound::OrMore));
        assert_eq!(mean(6, -18), (-1.6, Bound::OrLess));
        let (high, low) = (change.cell(exactly(6, 18)), change.cell(exactly(6, -18)));
        let both = high.plus(low).mean();
        assert_eq!((both.value, both.bound), (-0.7, Bound::UpTo(0.7)));
        assert_eq!([nearest(5, 2), nearest(-5, 2), nearest(7, 3)], [3, -3, 2]);
    }
}
