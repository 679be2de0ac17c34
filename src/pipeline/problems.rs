//! The problems that a command collects, and the failure they make if one is an error.

use crate::audit::Findings;
use crate::content::Reading;
use crate::diagnostic::{Diagnostic, sort};

/// Why a command came to no result, with all problems that were found.
#[derive(Debug)]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: FailureKind,
    /// The problems, warnings included.
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

    /// A failure of the disk, the key, or whatever else is no content.
    pub(super) fn outside(problem: Diagnostic) -> Self {
        Self::of(FailureKind::Outside, vec![problem])
    }
}

/// An error that ends a command at once is no problem of the content, whose problems are collected in [`Problems`].
impl From<Diagnostic> for Failure {
    fn from(problem: Diagnostic) -> Self {
        Self::outside(problem)
    }
}

/// The problems found so far.
#[derive(Default)]
pub(super) struct Problems {
    /// Errors and warnings that are no leaks.
    pub(super) general: Vec<Diagnostic>,
    /// What must not leave and was about to.
    pub(super) leaks: Vec<Diagnostic>,
    /// Secrets that are needed and not at hand.
    pub(super) secrets: Vec<Diagnostic>,
}

impl Problems {
    /// Begins with problems that are no leaks.
    pub(super) fn of(problems: impl Iterator<Item = Diagnostic>) -> Self {
        Self {
            general: problems.collect(),
            ..Self::default()
        }
    }

    /// Adds the problems of a reading, and returns its value.
    pub(super) fn value_of<T>(&mut self, reading: Reading<T>) -> Option<T> {
        self.general.extend(reading.problems);
        reading.value
    }

    /// Returns the value of a result; adds its problems and returns nothing or none if it has no value.
    pub(super) fn value_or_default<T: Default>(&mut self, result: Result<T, Vec<Diagnostic>>) -> T {
        result.unwrap_or_else(|problems| {
            self.general.extend(problems);
            T::default()
        })
    }

    /// Adds the findings of an audit.
    pub(super) fn add_findings(&mut self, findings: Findings) {
        self.general.extend(findings.warnings);
        self.leaks.extend(findings.leaks);
    }

    /// Adds other problems.
    pub(super) fn extend(&mut self, other: Self) {
        self.general.extend(other.general);
        self.leaks.extend(other.leaks);
        self.secrets.extend(other.secrets);
    }

    /// Returns the warnings if there is no error, and otherwise a failure with all problems.
    pub(super) fn into_result(mut self) -> Result<Vec<Diagnostic>, Failure> {
        let has_errors = self.general.iter().any(Diagnostic::is_error);
        let has_leaks = !self.leaks.is_empty();
        let lacks_secrets = !self.secrets.is_empty();
        self.general.append(&mut self.leaks);
        self.general.append(&mut self.secrets);
        sort(&mut self.general);
        let kind = match (has_errors, has_leaks, lacks_secrets) {
            (true, _, _) => FailureKind::Content,
            (false, true, _) => FailureKind::Leak,
            (false, false, true) => FailureKind::Outside,
            (false, false, false) => return Ok(self.general),
        };
        Err(Failure::of(kind, self.general))
    }
}
