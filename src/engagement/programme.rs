//! The programme: what it is to bring about, with what was the case along the way, and what was changed in it.

use jiff::civil::Date;

use crate::engagement::audience::Dated;
use crate::engagement::id::GoalId;

/// Something that the programme is to bring about, and how it stood, in words or figures.
pub struct ProgrammeOutcome {
    /// The goal it belongs to, whose audience it then follows.
    pub goal: Option<GoalId>,
    /// What it is.
    pub text: String,
    /// What was the case at the start: the benchmark.
    pub start: Option<String>,
    /// What was the case in the middle.
    pub midpoint: Option<String>,
    /// What was the case at the end.
    pub end: Option<String>,
}

/// Something that was changed in the programme.
pub struct Correction {
    /// The day from which it holds.
    pub date: Date,
    /// What was changed.
    pub text: String,
    /// Why.
    pub why: Option<String>,
}

impl Dated for Correction {
    fn date(&self) -> Date {
        self.date
    }

    fn file(&self) -> String {
        "engagement.toml".to_owned()
    }
}
