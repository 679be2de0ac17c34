//! The people of an engagement.

use crate::engagement::firm::OpeningMode;
use crate::engagement::id::{GroupId, StakeholderId};
use jiff::civil::Date;
use strum::VariantArray;

/// A person of the engagement.
pub struct Stakeholder {
    /// What this engagement's files call the person.
    pub id: StakeholderId,
    /// The name as people say it.
    pub name: String,
    /// The part this person plays.
    pub role: Role,
    /// The job title.
    pub title: Option<String>,
    /// The rater group, for people who rate.
    pub group: Option<GroupId>,
    /// The day of this manager's own word: in rounds that close on it or later, the manager's answers stand alone under the name.
    pub apart: Option<Date>,
    /// The language of this person's portal, as a BCP 47 tag.
    pub language: Option<String>,
    /// Where an invitation goes; never on a page.
    pub email: Option<String>,
    /// The number of this person's link; raising it ends the old link.
    pub link: u32,
    /// How this person's sealed page opens, where the site does not say it for all.
    pub opening: Option<OpeningMode>,
    /// Whether this person's sealed page asks for a passphrase besides the link.
    pub passphrase: bool,
    /// Whether this person has a portal.
    pub portal: bool,
}

/// The part that a person plays in an engagement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum Role {
    /// The person who is coached, and whose engagement it is.
    Coachee,
    /// The person who coaches.
    Coach,
    /// The coachee's boss.
    Manager,
    /// Who pays for or arranges the coaching.
    Sponsor,
    /// The partner from human resources.
    Hr,
    /// A person who rates the coachee in the pulse.
    Supporter,
}

impl Role {
    /// Every role, in the order in which people are listed.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS
        .first_chunk()
        .expect("it is as long as itself");

    /// Returns the role that the coach's files call `word`.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// The role as the coach's files write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Coachee => "coachee",
            Self::Coach => "coach",
            Self::Manager => "manager",
            Self::Sponsor => "sponsor",
            Self::Hr => "hr",
            Self::Supporter => "supporter",
        }
    }

    /// Whether this person sees whatever anyone else sees.
    pub fn sees_all_that_is_shared(self) -> bool {
        matches!(self, Self::Coachee | Self::Coach)
    }
}
