//! How far a goal has come, computed from published means alone.

use jiff::civil::Date;

use crate::engagement::pulse::Scale;
use crate::progress::figures::{Bound, Figure, GoalFigures, Mean};

/// How far a goal has come: on the change scale the latest mean, where 0 is no change; on a level scale the points moved since the
/// first round that shows a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Which way.
    pub direction: Direction,
    /// How far, in points of the scale.
    pub points: f64,
    /// Whether the true change is about this, or beyond it.
    pub bound: Bound,
    /// The least change that is called one, in points of the scale.
    pub band: f64,
    /// The first round that shows a figure.
    pub since: Date,
    /// The latest round that shows a figure.
    pub until: Date,
    /// How many rounds show a figure.
    pub rounds: usize,
}

/// Which way a goal has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Up, by the band at least.
    Better,
    /// Down, by the band at least.
    Worse,
    /// Less than the band: "no clear change". With [`Bound::UpTo`], the means are too coarse to say even that.
    NoClear,
}

impl Direction {
    /// The word for it: `better`, `worse` or `unclear`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::NoClear => "unclear",
        }
    }
}

impl GoalFigures {
    /// Returns how far the goal has come; nothing on a level scale as long as only one round shows a figure.
    pub fn change(&self, scale: &Scale) -> Option<Change> {
        let shown: Vec<(Date, Mean)> = self
            .rounds
            .iter()
            .filter_map(|round| match round.total {
                Figure::Shown(mean) => Some((round.date, mean)),
                Figure::TooFew => None,
            })
            .collect();
        let (since, first) = *shown.first()?;
        let (until, latest) = *shown.last()?;
        let latest = Range::of(latest, scale);
        let moved = match scale {
            Scale::Change => latest,
            Scale::Level { .. } if shown.len() < 2 => return None,
            Scale::Level { .. } => latest.minus(Range::of(first, scale)),
        };
        let band = band(scale);
        let direction = moved.direction(band);
        let (points, bound) = moved.bounded(direction);
        Some(Change {
            direction,
            points: points_of(points),
            bound,
            band: points_of(band),
            since,
            until,
            rounds: shown.len(),
        })
    }
}

/// The least change that is called one, in tenths of a point.
///
/// Zenger and Folkman called a leader changed from 0.3 points on a five-point scale; this is that share of the
/// scale, and never less than the tenth in which means are published.
fn band(scale: &Scale) -> i32 {
    let width = scale.to() - scale.from();
    (3 * width + 3) / 4
}

/// Where a mean or a difference of two may lie, in tenths of a point.
#[derive(Clone, Copy)]
struct Range {
    low: i32,
    high: i32,
}

impl Range {
    /// Where a published mean may lie.
    fn of(mean: Mean, scale: &Scale) -> Self {
        let value = tenths_of(mean.value);
        let (low, high) = match mean.bound {
            Bound::About => (value, value),
            Bound::OrLess => (10 * scale.from(), value),
            Bound::OrMore => (value, 10 * scale.to()),
            Bound::UpTo(end) => (value, tenths_of(end)),
        };
        Self { low, high }
    }

    /// Where the difference may lie.
    fn minus(self, earlier: Self) -> Self {
        Self {
            low: self.low - earlier.high,
            high: self.high - earlier.low,
        }
    }

    /// Which way it certainly is, if any.
    fn direction(self, band: i32) -> Direction {
        if self.low >= band {
            Direction::Better
        } else if self.high <= -band {
            Direction::Worse
        } else {
            Direction::NoClear
        }
    }

    /// What is said of it: never more than is certain.
    fn bounded(self, direction: Direction) -> (i32, Bound) {
        match direction {
            _ if self.low == self.high => (self.low, Bound::About),
            Direction::Better => (self.low, Bound::OrMore),
            Direction::Worse => (self.high, Bound::OrLess),
            Direction::NoClear => (self.low, Bound::UpTo(points_of(self.high))),
        }
    }
}

/// A number of points in tenths; published means have no more decimals.
#[expect(
    clippy::cast_possible_truncation,
    reason = "means lie on a scale of a few points"
)]
fn tenths_of(points: f64) -> i32 {
    (10.0 * points).round() as i32
}

/// Tenths as points.
fn points_of(tenths: i32) -> f64 {
    f64::from(tenths) / 10.0
}
