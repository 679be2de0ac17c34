//! How a run of the program ended: what is printed to standard error, and the exit code.

use crate::diagnostic::Diagnostic;
use crate::pipeline::problems::{Failure, FailureKind};
use crate::scaffold::NotWritten;

/// How a run ended.
pub struct Outcome {
    /// Errors and warnings, for standard error.
    pub problems: Vec<Diagnostic>,
    /// What is good to know and no warning, for standard error.
    pub notes: Vec<String>,
    /// A line about what was done, for standard error.
    pub done: Option<String>,
    /// Where the time went, if that was asked for, for standard error.
    pub times: Option<String>,
    /// The exit code.
    pub code: u8,
}

impl Outcome {
    /// All was said on standard output.
    pub(super) fn silent() -> Self {
        Self::failed(Vec::new(), 0)
    }

    pub(super) fn done(line: String, warnings: Vec<Diagnostic>, quiet: bool) -> Self {
        Self {
            problems: warnings,
            notes: Vec::new(),
            done: (!quiet).then_some(line),
            times: None,
            code: 0,
        }
    }

    pub(super) fn failed(problems: Vec<Diagnostic>, code: u8) -> Self {
        Self {
            problems,
            notes: Vec::new(),
            done: None,
            times: None,
            code,
        }
    }
}

impl From<NotWritten> for Outcome {
    fn from(reason: NotWritten) -> Self {
        match reason {
            NotWritten::Taken(problems) => Self::failed(problems, 2),
            NotWritten::Failed(problem) => Self::failed(vec![problem], 1),
        }
    }
}

impl From<Failure> for Outcome {
    fn from(failure: Failure) -> Self {
        let code = match failure.kind {
            FailureKind::Outside => 1,
            FailureKind::Content => 3,
            FailureKind::Leak => 4,
        };
        Self::failed(failure.problems, code)
    }
}
