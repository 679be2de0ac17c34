//! What a chart shows, as numbers of its scale, before anything is laid out, drawn or worded: that is `render/svg`.
//!
//! The rule it guards: an axis comes from the declared scale and never from the data; a figure that is not shown has a slot of the
//! same size whatever is behind it.

use jiff::civil::Date;

use crate::progress::figures::Bound;

/// What a drawing shows.
#[derive(Debug, PartialEq)]
pub enum Chart {
    /// Means over rounds on the whole declared scale.
    Line(LineChart),
    /// A line without axes, as small as a word.
    Trend(LineChart),
    /// Improved, same and worse as one bar on both sides of a middle.
    Spread(SpreadChart),
    /// How many of how many are done.
    Tally(TallyChart),
}

/// Means over rounds.
#[derive(Debug, Clone, PartialEq)]
pub struct LineChart {
    /// The lowest score of the scale.
    pub from: i32,
    /// The highest score of the scale.
    pub to: i32,
    /// The level that the line is read against: zero, or the baseline.
    pub reference: Option<Reference>,
    /// The mean to reach.
    pub target: Option<f64>,
    /// The rounds, from the start side on.
    pub rounds: Vec<Date>,
    /// The lines, the most important first.
    pub series: Vec<Series>,
    /// Whether values are written with their sign.
    pub is_signed: bool,
}

/// What a line is read against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reference {
    /// No change, on a change scale.
    Zero,
    /// The first mean, on a level scale.
    Baseline(f64),
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Whose it is.
    pub name: SeriesName,
    /// A value for each round; none where nothing is shown.
    pub points: Vec<Option<Point>>,
}

/// Whose line it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeriesName {
    /// Everyone but the coachee.
    Total,
    /// The coachee's own rating.
    Own,
    /// A group: `colleagues` or its own word.
    Group(String),
    /// Someone who stands apart, by name.
    Person(String),
}

/// A value of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// In points of the scale.
    pub value: f64,
    /// How many decimals it is read with.
    pub decimals: u8,
    /// Whether the true value lies beyond.
    pub bound: Bound,
}

impl Point {
    /// The two ends between which the true value lies, where only they are known; the point is drawn halfway.
    pub fn ends(&self) -> Option<(f64, f64)> {
        match self.bound {
            Bound::UpTo(upper) => Some((2.0 * self.value - upper, upper)),
            Bound::About | Bound::OrLess | Bound::OrMore => None,
        }
    }

    /// Whether the value itself is known, and not only a bound.
    pub fn is_whole(&self) -> bool {
        self.bound == Bound::About
    }
}

/// Improved, same and worse, in whole percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpreadChart {
    /// Ratings of +1 or more.
    pub improved: u8,
    /// Ratings of 0.
    pub same: u8,
    /// Ratings of -1 or less.
    pub worse: u8,
    /// How many ratings there are.
    pub raters: u32,
}

impl SpreadChart {
    /// Whether all ratings are on one side: then nothing of the others is left to be rounded away.
    pub fn is_of_one_mind(&self) -> bool {
        let shares = [self.improved, self.same, self.worse];
        shares.iter().filter(|share| **share > 0).count() == 1
    }
}

/// How many of how many are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TallyChart {
    /// How many there are.
    pub all: u32,
    /// How many are done.
    pub done: u32,
}
