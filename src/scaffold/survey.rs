//! What a round asks, and whom: plain values, made from an engagement.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

/// The questions of a round, and who may answer them.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// The goals, in their order.
    pub questions: Vec<Question>,
    /// Everyone who takes part.
    pub people: Vec<Respondent>,
    /// The lowest and the highest score.
    pub scale: (i32, i32),
    /// Whether the scores are of the scale of change, where 0 is no change.
    pub is_change: bool,
    /// Answers in words, with the score that each stands for.
    pub words: BTreeMap<String, i32>,
    /// The language of the engagement, as a BCP 47 tag.
    pub language: String,
    /// What the lowest score means, in the engagement's words.
    pub low: Option<String>,
    /// What the highest score means.
    pub high: Option<String>,
    /// The ids of the groups that an answer without a name may be of.
    pub groups: Vec<String>,
    /// The rounds that are in.
    pub earlier: Vec<EarlierRound>,
}

/// A round that is in, to be compared with a form.
#[derive(Clone)]
pub struct EarlierRound {
    /// The day on which it closed.
    pub day: Date,
    /// Who answered what about which goal, where that is known.
    pub answers: Vec<Answer>,
}

/// Who gave an answer, where that is known, about which goal, and the score.
pub type Answer = (Option<String>, String, i32);

impl fmt::Debug for EarlierRound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EarlierRound(…)")
    }
}

/// A goal as a form asks about it.
#[derive(Debug, Clone)]
pub struct Question {
    /// The goal's id.
    pub goal: String,
    /// Its title.
    pub title: String,
    /// What others observe: what raters are asked.
    pub behaviour: Option<String>,
    /// The ids of those who rate it; everyone when absent.
    pub raters: Option<Vec<String>>,
}

/// A person who may have answered.
#[derive(Debug, Clone)]
pub struct Respondent {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The mail address.
    pub email: Option<String>,
    /// Whether this person may rate every goal, listed or not: the coachee and the manager.
    pub rates_all: bool,
    /// Whether this person never rates: the coach.
    pub never_rates: bool,
}
