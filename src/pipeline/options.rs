//! The options of a build: what it may write, what it compares, what it reports, which part of the site it builds.

use crate::pipeline::shard::Shard;

/// Whether a build may record what it publishes of the pulse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recording {
    /// It may.
    Open,
    /// It fails where it would have to.
    Locked,
}

/// Whether a build compares its pages with what nobody may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auditing {
    /// It does; for that, the audit opens the notes.
    Full,
    /// It does not, and opens no note.
    Off,
}

/// How a build is done.
#[derive(Debug, Clone, Copy)]
pub struct BuildOptions {
    /// Whether it may record what it publishes of the pulse.
    pub recording: Recording,
    /// Whether it compares its pages with what nobody may read.
    pub auditing: Auditing,
    /// Whether it keeps a record of what went to whom.
    pub reporting: Reporting,
    /// Which part of the site it builds.
    pub shard: Shard,
    /// How many links may end at once without anything that says why, where that is more than a few.
    pub ends: Option<usize>,
    /// Whether anything is written.
    pub writing: Writing,
}

/// Whether a build writes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// It does.
    On,
    /// It only says what it would do.
    Off,
}

/// Whether a build keeps a record of what went to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reporting {
    /// It does.
    On,
    /// It does not.
    Off,
}

impl BuildOptions {
    /// As the command line asks for it.
    pub fn of(locked: bool, no_audit: bool) -> Self {
        Self {
            shard: Shard::WHOLE,
            ends: None,
            writing: Writing::On,
            reporting: Reporting::Off,
            recording: if locked {
                Recording::Locked
            } else {
                Recording::Open
            },
            auditing: if no_audit {
                Auditing::Off
            } else {
                Auditing::Full
            },
        }
    }

    /// The same, with a record of what went to whom.
    #[must_use]
    pub fn reporting(self) -> Self {
        Self {
            reporting: Reporting::On,
            ..self
        }
    }

    /// The same, but nothing is written.
    #[must_use]
    pub fn dry(self) -> Self {
        Self {
            writing: Writing::Off,
            ..self
        }
    }

    /// The same, for one part of the site.
    #[must_use]
    pub fn of_part(self, shard: Shard) -> Self {
        Self { shard, ..self }
    }

    /// The same, where so many links may end at once.
    #[must_use]
    pub fn ending(self, ends: Option<usize>) -> Self {
        Self { ends, ..self }
    }

    /// As a build is done when nothing else is asked for.
    pub const USUAL: Self = Self {
        recording: Recording::Open,
        auditing: Auditing::Full,
        reporting: Reporting::Off,
        shard: Shard::WHOLE,
        ends: None,
        writing: Writing::On,
    };
}
