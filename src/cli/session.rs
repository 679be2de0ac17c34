//! What the commands on a firm's folder have in common.

use jiff::civil::Date;

use crate::cli::Common;
use crate::pipeline::workspace::Workspace;

/// The folder, read, with what was asked for on the command line.
#[derive(Clone, Copy)]
pub(super) struct Session<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) common: &'a Common,
    /// The day to build for.
    pub(super) today: Date,
}
