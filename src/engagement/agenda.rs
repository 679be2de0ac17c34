//! Meetings: timed items before, outcomes and next steps after.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use strum::VariantArray;

use crate::engagement::audience::Guarded;
use crate::engagement::goal::Action;
use crate::engagement::id::{GoalId, ItemId, StakeholderId};
use crate::engagement::prose::Prose;

/// One meeting.
pub struct Agenda {
    /// The file's name.
    pub id: ItemId,
    /// What the meeting is called.
    pub title: String,
    /// What kind of meeting it is.
    pub kind: Kind,
    /// When it begins, on the clocks of its zone.
    pub start: DateTime,
    /// Its time zone.
    pub zone: TimeZone,
    /// How long it is.
    pub minutes: u32,
    /// Who comes.
    pub attendees: Vec<StakeholderId>,
    /// Where.
    pub place: Option<String>,
    /// What the coachee has asked the coach to do in it; for quarterly meetings.
    pub coach_part: Option<CoachPart>,
    /// What is talked about.
    pub items: Vec<Item>,
    /// What came of it.
    pub outcomes: Vec<Outcome>,
    /// What happens next.
    pub next: Vec<Action>,
    /// What coachee and coach settle between them after the meeting; for the two alone.
    pub debrief: Guarded<Vec<Action>>,
    /// Preparation and the like.
    pub prose: Prose,
}

/// The kind of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum Kind {
    /// Manager calibration.
    Calibration,
    /// Stakeholder alignment.
    Alignment,
    /// Quarterly alignment of coach, coachee and manager.
    Quarterly,
    /// Enrolling a supporter.
    Enrolment,
    /// A short monthly check-in.
    CheckIn,
    /// The mid-point review.
    Midpoint,
    /// The final review.
    Final,
    /// Some weeks after the end.
    FollowUp,
    /// Any other.
    Other,
}

impl Kind {
    /// Every kind, in the order of an engagement.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS
        .first_chunk()
        .expect("it is as long as itself");

    /// The word that stands for it in an agenda.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Calibration => "calibration",
            Self::Alignment => "alignment",
            Self::Quarterly => "quarterly",
            Self::Enrolment => "enrolment",
            Self::CheckIn => "check-in",
            Self::Midpoint => "midpoint",
            Self::Final => "final",
            Self::FollowUp => "follow-up",
            Self::Other => "other",
        }
    }
}

/// What the coach does in a meeting that the coachee leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum CoachPart {
    /// Listens.
    Observe,
    /// Guides the conversation.
    Facilitate,
    /// Asks what would make something clearer.
    Clarify,
}

impl CoachPart {
    /// Every part.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS
        .first_chunk()
        .expect("it is as long as itself");

    /// The word that stands for it in an agenda.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Observe => "observe",
            Self::Facilitate => "facilitate",
            Self::Clarify => "clarify",
        }
    }
}

/// One timed item.
pub struct Item {
    /// How long it takes.
    pub minutes: Option<u32>,
    /// Who leads it.
    pub lead: Option<StakeholderId>,
    /// What it is.
    pub text: String,
}

/// Something that came of a meeting.
pub struct Outcome {
    /// The goal it belongs to, whose audience it then follows.
    pub goal: Option<GoalId>,
    /// What it is.
    pub text: String,
}
