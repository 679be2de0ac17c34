//! What can be wrong with what is shared, held against what was agreed.

use jiff::civil::Date;

use crate::engagement::audience::{Part, Reader};
use crate::engagement::id::StakeholderId;

/// A difference between what was agreed and what is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsentProblem {
    /// The record was made with another key.
    OtherKey,
    /// The record is not as it was written.
    Edited,
    /// The name or the address behind an id is another one, and nothing says who it is.
    OtherPerson(OtherPerson),
    /// `[share]` says nothing of a part that was in another one before, and there is no record.
    Unsaid {
        /// Which part.
        part: Part,
    },
    /// Someone reads all that is shared, and did not.
    Everything {
        /// The day of the word.
        agreed: Date,
        /// Who.
        reader: StakeholderId,
    },
    /// Someone reads more than was agreed.
    Part {
        /// The day of the word.
        agreed: Date,
        /// Who.
        reader: Reader,
        /// Which part.
        part: Part,
        /// Of which item alone, as its file is called without its ending.
        item: Option<String>,
    },
    /// A passage that was kept from someone is open to them.
    Passage {
        /// The day of the word.
        agreed: Date,
        /// Who.
        reader: Reader,
        /// In which item.
        item: String,
    },
}

/// Somebody whose name or address is another one than when the engagement was last published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPerson {
    /// The id of today.
    pub id: StakeholderId,
    /// What is another one.
    pub change: PersonChange,
    /// Whether it is the coachee, whose the whole engagement is.
    pub is_coachee: bool,
    /// Whether someone answered under this id: then a raised link is not enough for another person.
    pub has_answered: bool,
    /// The number that would end the link, where it was not raised.
    pub next_link: Option<u32>,
    /// The day of the build.
    pub today: Date,
}

/// What is another one about somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonChange {
    /// The name.
    Name,
    /// The mail address.
    Email,
    /// Both.
    Both,
}
