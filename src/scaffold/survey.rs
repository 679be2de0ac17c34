//! What a round asks, and whom: plain values, made from an engagement.

/// The questions of a round, and who may answer them.
#[derive(Debug, Clone)]
pub struct Survey {
    /// The goals, in their order.
    pub questions: Vec<Question>,
    /// Everyone who takes part.
    pub people: Vec<Respondent>,
    /// The lowest and the highest score.
    pub scale: (i32, i32),
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
