//! Updates: what the coachee, or the coach with the coachee's word, tells readers.

use jiff::civil::Date;

use crate::engagement::id::ItemId;
use crate::engagement::prose::Prose;

/// One piece of news.
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
