//! What the drafts of all mails have in common.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::diagnostic::Diagnostic;
use crate::pipeline::problems::{Failure, FailureKind};
use crate::pipeline::workspace::Workspace;

/// What came of writing mails.
pub struct Written {
    /// How many there are.
    pub count: usize,
    /// How many readers were left out, because they were written to before.
    pub left_out: usize,
    /// What the coach should know.
    pub warnings: Vec<Diagnostic>,
}

/// Refuses to write mails for a site whose address nobody knows.
pub(super) fn base_url(workspace: &Workspace) -> Result<(), Failure> {
    if workspace.book.firm.base_url.is_some() {
        return Ok(());
    }
    let problem =
        Diagnostic::error("invitations need the address of the site").in_file("loggia.toml");
    let problem = problem.with_hint("add `base_url = \"https://…/\"` to `[site]`");
    Err(Failure::of(FailureKind::Content, vec![problem]))
}

/// The first second of a day in universal time, counted from 1970.
pub(super) fn midnight(day: Date) -> i64 {
    day.to_zoned(TimeZone::UTC)
        .map_or(0, |moment| moment.timestamp().as_second())
}
