//! What was published of a pulse: hashes alone, so that no figure is made twice from different answers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::engagement::id::GoalId;

/// The name of the file with the record, in the folder `pulse`.
pub const FILE_NAME: &str = "rounds.lock";

/// The record of everything published, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// The hash of everything below it.
    pub seal: String,
    /// Which key made the hashes.
    pub key: String,
    /// The scale, in words.
    pub scale: String,
    /// Every question that was published, in order of rounds and goals.
    pub published: BTreeMap<(Date, GoalId), Record>,
}

/// What the figures about one goal in one round were made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The hash of the question.
    pub question: String,
    /// The hash of who was counted with whom, whatever the groups are called.
    pub groups: String,
    /// The hashes of who answered, sorted.
    pub raters: BTreeSet<String>,
    /// The hashes of what each answered, sorted.
    pub answers: BTreeSet<String>,
    /// The hashes of those who stood alone. Absent in records of version 0.1.0, where every manager did.
    pub alone: Option<BTreeSet<String>>,
}
