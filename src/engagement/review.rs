//! Reviews: intended outcomes beside actual ones.

use jiff::civil::Date;

use crate::engagement::id::{GoalId, ItemId, StakeholderId};
use crate::engagement::prose::Prose;

/// One comparison of intended and actual outcomes.
pub struct Review {
    /// The file's name.
    pub id: ItemId,
    /// The day of the review, from the file's name.
    pub date: Date,
    /// Whether it stands in the middle or at the end.
    pub kind: ReviewKind,
    /// Its headline.
    pub title: Option<String>,
    /// The comparison, goal by goal.
    pub outcomes: Vec<Comparison>,
    /// What was celebrated.
    pub celebrated: Vec<String>,
    /// What goes on afterwards.
    pub continues: Vec<Continuation>,
    /// The day to look back together.
    pub follow_up: Option<Date>,
    /// What was found on that day.
    pub found: Vec<String>,
    /// What else there is to say.
    pub prose: Prose,
}

/// Whether a review stands in the middle or at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReviewKind {
    /// In the middle.
    Midpoint,
    /// At the end.
    Final,
}

impl ReviewKind {
    /// The word that stands for it in a review.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Midpoint => "midpoint",
            Self::Final => "final",
        }
    }
}

/// Something that goes on afterwards.
pub struct Continuation {
    /// What it is.
    pub text: String,
    /// With whom.
    pub with: Vec<StakeholderId>,
}

/// What was intended and what came of it.
pub struct Comparison {
    /// The goal it belongs to, whose audience it then follows.
    pub goal: Option<GoalId>,
    /// What was intended.
    pub intended: String,
    /// What came of it.
    pub actual: String,
}
