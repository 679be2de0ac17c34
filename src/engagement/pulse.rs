//! The pulse: a scale, and rounds of ratings by people who are known to the coach and to nobody else.
//!
//! The rule it guards: ratings are read by `progress` alone, which turns them into figures that give no one away. Comments have no
//! place here: they are dropped while the file is read.

use std::fmt;

use jiff::civil::Date;

use crate::engagement::id::{GoalId, StakeholderId};
use crate::engagement::lock::Lock;

/// The repeated mini-survey on the goals.
pub struct Pulse {
    /// What the scores mean.
    pub scale: Scale,
    /// The mean to reach, on the scale.
    pub target: Option<f64>,
    /// How many raters stand behind any published figure, at least.
    pub minimum: u32,
    /// The rounds in the order of their closing dates.
    pub rounds: Vec<Round>,
    /// What was published of them so far.
    pub lock: Option<Lock>,
}

impl Pulse {
    /// No figure is ever published of fewer raters than this: the floor that providers of multi-rater feedback agree on.
    pub const FLOOR: u32 = 3;

    /// Anything finer than one figure for all needs at least so many raters behind it: a group of its own, how ratings spread, who saw
    /// a follow-up, themes. With fewer, the clips would take most of a group's scale, and those of the total with it.
    pub const FINER: u32 = 5;

    /// How many raters stand behind one figure for all, at the least.
    pub fn fewest(&self) -> u32 {
        self.minimum.max(Self::FLOOR)
    }

    /// How many raters stand behind anything finer than one figure for all, at the least.
    pub fn fewest_for_finer(&self) -> u32 {
        self.minimum.max(Self::FINER)
    }
}

/// What the scores of a pulse mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scale {
    /// From -3 to +3, where 0 is no change: there is no baseline.
    Change,
    /// A declared range with words at its ends; the first round is the baseline.
    Level {
        /// The lowest score.
        from: i32,
        /// The highest score.
        to: i32,
        /// What the lowest score means.
        low: Option<String>,
        /// What the highest score means.
        high: Option<String>,
    },
}

impl Scale {
    /// The lowest score.
    pub fn from(&self) -> i32 {
        match self {
            Self::Change => -3,
            Self::Level { from, .. } => *from,
        }
    }

    /// The highest score.
    pub fn to(&self) -> i32 {
        match self {
            Self::Change => 3,
            Self::Level { to, .. } => *to,
        }
    }
}

/// One launch of the pulse.
pub struct Round {
    /// The closing date, from the file's name.
    pub date: Date,
    /// The answers, in no order that matters.
    pub ratings: Vec<Rating>,
}

/// One rater's answer about one goal.
pub struct Rating {
    /// Who answered.
    pub rater: StakeholderId,
    /// About which goal.
    pub goal: GoalId,
    /// The answer, on the scale.
    pub score: i32,
    /// Whether the rater saw the coachee follow up, if asked.
    pub followed_up: Option<bool>,
}

impl fmt::Debug for Rating {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Rating(…)")
    }
}
