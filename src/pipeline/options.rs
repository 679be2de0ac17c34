//! The options of a build: what it may write, what it compares, what it reports, which part of the site it builds.

use std::path::Path;

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

/// Whether a build makes again what did not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remaking {
    /// Only what is made from anything that changed.
    Changed,
    /// Everything.
    Everything,
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
    /// Whether it makes again what did not change.
    pub remaking: Remaking,
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
            remaking: Remaking::Changed,
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

    /// The same, but everything is made again.
    #[must_use]
    pub fn fresh(self) -> Self {
        Self {
            remaking: Remaking::Everything,
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
        remaking: Remaking::Changed,
    };
}

/// What becomes of an engagement in which something is wrong.
#[derive(Debug, Clone, Copy)]
pub enum IfBroken<'a> {
    /// Nothing goes out, of no engagement.
    Stop,
    /// The rest goes out; of its own pages those stay that may, as they are in the folder of the site.
    KeepPages,
    /// The same; the site as published is in this folder.
    KeepPagesOf(&'a Path),
}
