//! Updates: what the coachee, or the coach with the coachee's consent, tells readers.

use jiff::civil::Date;

use crate::engagement::id::ItemId;
use crate::engagement::prose::Prose;

/// One update.
pub struct Update {
    /// The file's name.
    pub id: ItemId,
    /// The day it was written, from the file's name.
    pub date: Date,
    /// Its headline.
    pub title: String,
    /// What it says.
    pub prose: Prose,
}
