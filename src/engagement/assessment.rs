//! Assessments: what the work rests on. What they found in figures or in quotations is no part of an engagement.

use jiff::civil::Date;

use crate::engagement::audience::Guarded;

/// One assessment of the coachee.
pub struct Assessment {
    /// The day, which need not be kept from anyone who handles it.
    pub date: Date,
    /// That it is held; for whoever sees the facts or the assessments.
    pub held: Guarded<Held>,
    /// The high-level themes that the coachee chose to share, if there are any; for whoever sees the assessments.
    pub themes: Option<Guarded<Vec<String>>>,
}

/// What is known of an assessment besides its themes.
pub struct Held {
    /// What kind of assessment it is.
    pub kind: AssessmentKind,
    /// Its name or source, in a word.
    pub name: Option<String>,
}

/// A kind of assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AssessmentKind {
    /// Feedback from all around.
    AllRound,
    /// A profile of personality or style.
    Style,
    /// Confidential interviews.
    Interviews,
    /// Any other evaluation.
    Evaluation,
}

impl AssessmentKind {
    /// The word that stands for it in engagement.toml.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AllRound => "360",
            Self::Style => "style",
            Self::Interviews => "interviews",
            Self::Evaluation => "evaluation",
        }
    }
}
