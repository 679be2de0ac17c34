//! The problems that a command collects, and the failure they make if one is an error.

use crate::audit::Findings;
use crate::content::Reading;
use crate::diagnostic::{Diagnostic, sort};

/// Why a command came to no result, with all problems that were found.
#[derive(Debug, Clone)]
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

    /// The same with the problems of another.
    pub(super) fn and(mut self, other: Option<Self>) -> Self {
        self.problems
            .extend(other.into_iter().flat_map(|other| other.problems));
        sort(&mut self.problems);
        self
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
    /// Whether something is asked that concerns all engagements, as after an upgrade: then no page is taken from anyone.
    pub(super) stop_all: bool,
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
        self.stop_all |= other.stop_all;
    }

    /// Whether they keep an engagement from being built and nothing else. What is wrong with the firm's own files concerns all of them,
    /// and a secret that is not at hand is no fault of the engagement.
    pub(super) fn hold_back(&self) -> bool {
        let mut errors = self.general.iter().filter(|problem| problem.is_error());
        let is_firms = |problem: &Diagnostic| problem.file() == Some("loggia.toml");
        let has_errors = errors.clone().next().is_some() || !self.leaks.is_empty();
        has_errors && !self.stop_all && self.secrets.is_empty() && !errors.any(is_firms)
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
