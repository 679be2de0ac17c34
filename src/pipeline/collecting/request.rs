//! What a coach asks `collect` for.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;

/// What is to be collected.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Files and folders; `-` is standard input.
    pub sources: &'a [PathBuf],
    /// What is counted although it would not be.
    pub accepted: Accepted,
    /// The day of the command.
    pub today: Date,
    /// Its moment.
    pub now: Timestamp,
    /// The folder of the site, in which no key may lie.
    pub out: &'a Path,
}

/// What is counted although it would not be, and what is not although it would.
#[derive(Debug, Clone, Copy, Default)]
pub struct Accepted {
    /// Answers to questions that were worded otherwise.
    pub older_words: bool,
    /// Answers that came after the close.
    pub late: bool,
    /// Answers over a link that was ended.
    pub ended_link: bool,
    /// Whether an old `loggia.key` was stolen: then nothing that came over its links is counted.
    pub stolen: bool,
}
