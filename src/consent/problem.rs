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
