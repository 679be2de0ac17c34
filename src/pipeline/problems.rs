//! What was said on the way through a book, and whether it stops what was to be done.

use crate::audit::Findings;
use crate::content::Reading;
use crate::diagnostic::Diagnostic;

/// Why there is nothing to show for it, and what was said on the way.
#[derive(Debug)]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: FailureKind,
    /// Everything to tell, warnings included.
    pub problems: Vec<Diagnostic>,
}

/// What kind of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// Something outside the content, such as the disk.
    Outside,
    /// Something in the content.
    Content,
    /// Something that must not leave was about to.
    Leak,
}

impl Failure {
    pub(super) fn of(kind: FailureKind, problems: Vec<Diagnostic>) -> Self {
        Self { kind, problems }
    }

    pub(super) fn outside(problem: Diagnostic) -> Self {
        Self::of(FailureKind::Outside, vec![problem])
    }
}

/// What was said on the way through a book.
#[derive(Default)]
pub(super) struct Problems {
    pub(super) general: Vec<Diagnostic>,
    pub(super) leaks: Vec<Diagnostic>,
}

impl Problems {
    /// Starts with what was said before.
    pub(super) fn of(problems: impl Iterator<Item = Diagnostic>) -> Self {
        Self {
            general: problems.collect(),
            leaks: Vec::new(),
        }
    }

    /// Keeps what a reading says, and returns what it read.
    pub(super) fn value_of<T>(&mut self, reading: Reading<T>) -> Option<T> {
        self.general.extend(reading.problems);
        reading.value
    }

    /// Keeps what was said elsewhere.
    pub(super) fn extend(&mut self, other: Self) {
        self.general.extend(other.general);
        self.leaks.extend(other.leaks);
    }

    /// Keeps what an audit found.
    pub(super) fn add_findings(&mut self, findings: Findings) {
        self.general.extend(findings.warnings);
        self.leaks.extend(findings.leaks);
    }

    /// Keeps what went wrong, and returns what did not.
    pub(super) fn list_of<T>(&mut self, result: Result<Vec<T>, Vec<Diagnostic>>) -> Vec<T> {
        result.unwrap_or_else(|problems| {
            self.general.extend(problems);
            Vec::new()
        })
    }

    /// The warnings, if nothing worse was said.
    pub(super) fn into_result(mut self) -> Result<Vec<Diagnostic>, Failure> {
        let has_errors = self.general.iter().any(Diagnostic::is_error);
        let has_leaks = !self.leaks.is_empty();
        self.general.append(&mut self.leaks);
        crate::diagnostic::sort(&mut self.general);
        match (has_errors, has_leaks) {
            (true, _) => Err(Failure::of(FailureKind::Content, self.general)),
            (false, true) => Err(Failure::of(FailureKind::Leak, self.general)),
            (false, false) => Ok(self.general),
        }
    }
}
