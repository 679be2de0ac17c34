//! The pulse: a scale, and rounds of ratings by people who are known to the coach and to nobody else.
//!
//! The rule it guards: ratings are read by `progress` alone, which turns them into figures that give no one away. Comments have no
//! place here: they are dropped while the file is read.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

use crate::engagement::id::{GoalId, GroupId, StakeholderId};
use crate::engagement::lock::Lock;

/// The repeated mini-survey on the goals.
pub struct Pulse {
    /// What the scores mean.
    pub scale: Scale,
    /// What answers in words stand for on the scale, as forms offer them. Never on a page.
    pub words: BTreeMap<String, i32>,
    /// The mean to reach, on the scale.
    pub target: Option<f64>,
    /// How many raters stand behind any published figure, at least.
    pub minimum: u32,
    /// When raters are asked on pages of their own, and about what time.
    pub asking: Asking,
    /// The rounds in the order of their closing dates.
    pub rounds: Vec<Round>,
    /// What was published of them so far.
    pub lock: Option<Lock>,
    /// What `asking.pub` holds, to which asking pages seal answers, as it stands there.
    pub asking_key: Option<String>,
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

/// When raters are asked on pages of their own, and about what time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The closing days, in order.
    pub closings: Vec<Date>,
    /// How many days before it closes a round opens.
    pub open: u32,
    /// The time that the questions are about, in words.
    pub period: Option<String>,
}

impl Asking {
    /// How many days before it closes a round opens, where nothing is said.
    pub const OPEN: u32 = 10;

    /// The most days for which a round can be open.
    pub const LONGEST: u32 = 60;
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
    /// The answers, in no order that matters: either all of them name their rater, or none does.
    pub ratings: Vec<Rating>,
}

impl Round {
    /// Everyone who is known to have answered, once for each answer.
    pub fn raters(&self) -> impl Iterator<Item = &StakeholderId> {
        self.ratings.iter().filter_map(|rating| rating.rater.id())
    }

    /// The goals about which a person is known to have answered.
    pub fn goals_of<'a>(&'a self, person: &'a StakeholderId) -> impl Iterator<Item = &'a GoalId> {
        let own = self.ratings.iter().filter(|rating| rating.rater.is(person));
        own.map(|rating| &rating.goal)
    }
}

/// Who gave an answer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rater {
    /// A person of the engagement.
    Named(StakeholderId),
    /// Somebody of this group, or of none. Two such raters are never known to be the same person, nor to be two.
    Anonymous(Option<GroupId>),
}

impl Rater {
    /// Whose answer it is, where that is known.
    pub fn id(&self) -> Option<&StakeholderId> {
        match self {
            Self::Named(id) => Some(id),
            Self::Anonymous(_) => None,
        }
    }

    /// Whether it is known to be this person's.
    pub fn is(&self, id: &StakeholderId) -> bool {
        self.id() == Some(id)
    }
}

/// One rater's answer about one goal.
pub struct Rating {
    /// Who answered.
    pub rater: Rater,
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
