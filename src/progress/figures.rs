//! What may be published of a pulse, as plain values.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::engagement::id::{GoalId, GroupId, StakeholderId};

/// Everything of an engagement's pulse that may be published.
#[derive(Debug, Default, PartialEq)]
pub struct Figures {
    pub(crate) goals: BTreeMap<GoalId, GoalFigures>,
}

impl Figures {
    /// Returns what may be published about one goal, or nothing where no round shows any figure of it.
    pub fn of_goal(&self, goal: &GoalId) -> Option<&GoalFigures> {
        self.goals.get(goal)
    }
}

/// What may be published about one goal.
#[derive(Debug, PartialEq)]
pub struct GoalFigures {
    /// The rounds from the first that shows a figure to the last, in order of their dates.
    pub rounds: Vec<RoundFigures>,
}

/// What may be published about one goal in one round.
#[derive(Debug, PartialEq)]
pub struct RoundFigures {
    /// The closing date.
    pub date: Date,
    /// Everyone but the coachee.
    pub total: Figure,
    /// Disjoint groups of raters, and managers who stand apart by their own word.
    pub groups: Vec<GroupFigure>,
    /// The coachee's own rating.
    pub own: Option<i32>,
    /// How the ratings spread; on a change scale only.
    pub spread: Option<Spread>,
    /// The share of raters who saw the coachee follow up, of those who said.
    pub followed_up: Option<Share>,
    /// Whether enough raters stand behind the round for the coach's themes to be shown.
    pub carries_themes: bool,
}

impl RoundFigures {
    /// Whether the round shows a figure.
    pub fn is_shown(&self) -> bool {
        self.total != Figure::TooFew
    }
}

/// A mean, or the words that stand for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// Safe to show.
    Shown(Mean),
    /// Too few answers to show.
    TooFew,
}

/// A mean as coarse as it must be.
///
/// Where the bound is not [`Bound::About`], the value is the nearer end of what may be known, not a middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// The value, in points of the scale.
    pub value: f64,
    /// Whether the true mean is about this, or beyond it.
    pub bound: Bound,
    /// How many decimals the value is meant to be read with.
    pub decimals: u8,
    /// How many raters stand behind it.
    pub raters: u32,
}

/// What a value says about the true one. A bound never overstates: it is rounded away from what it claims.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// About this value.
    About,
    /// This value or less.
    OrLess,
    /// This value or more.
    OrMore,
    /// Between this value and the one given here: a total over groups that were clipped at opposite ends.
    UpTo(f64),
}

impl Bound {
    /// The word for it: `about`, `or_less`, `or_more` or `up_to`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::OrLess => "or_less",
            Self::OrMore => "or_more",
            Self::UpTo(_) => "up_to",
        }
    }
}

/// A group of raters and its mean.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupFigure {
    /// Which group.
    pub group: Group,
    /// Its mean.
    pub figure: Figure,
}

/// A group of raters as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// A manager alone, by that manager's own word.
    Apart(StakeholderId),
    /// A group under its own word.
    Named(GroupId),
    /// Small groups that were merged.
    Colleagues,
}

/// Shares of ratings in whole percent; rounded one by one, so they need not add up to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// Ratings of +1 or more.
    pub improved: u8,
    /// Ratings of 0.
    pub same: u8,
    /// Ratings of -1 or less.
    pub worse: u8,
}

/// A share in whole percent, as coarse as it must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The value, from 0 to 100.
    pub percent: u8,
    /// Whether the true share is about this, or beyond it.
    pub bound: Bound,
}
