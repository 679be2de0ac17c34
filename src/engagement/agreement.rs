//! The agreement on the engagement: what the parties agreed, in the coach's words, and who has said yes to it.
//!
//! It is not the coachee's word for sharing, which is [`Engagement::agreed`](crate::engagement::Engagement::agreed).

use jiff::civil::Date;

use crate::engagement::id::StakeholderId;
use crate::engagement::prose::Prose;

/// What was agreed about roles, confidentiality, communication and the like.
pub struct Agreement {
    /// What it is called.
    pub title: Option<String>,
    /// The last day on which its text changed.
    pub changed: Option<Date>,
    /// Those who agree to it, in the order of the file.
    pub parties: Vec<Party>,
    /// What was agreed.
    pub prose: Prose,
}

/// Someone who agrees to it.
pub struct Party {
    /// Who.
    pub person: StakeholderId,
    /// The day on which that person said yes.
    pub agreed: Option<Date>,
}

/// What a party has said to the text as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Yes, on this day.
    Yes(Date),
    /// Yes to the text as it was before, on this day.
    YesToEarlierText(Date),
    /// Nothing yet.
    None,
}

impl Agreement {
    /// What a party has said. A yes of the day of the change is for the text that changed on it.
    pub fn answer(&self, party: &Party) -> Answer {
        match (party.agreed, self.changed) {
            (None, _) => Answer::None,
            (Some(agreed), Some(changed)) if agreed < changed => Answer::YesToEarlierText(agreed),
            (Some(agreed), _) => Answer::Yes(agreed),
        }
    }
}
