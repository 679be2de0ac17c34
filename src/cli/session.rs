//! What the commands have in common: options, and the folder they work on.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use crate::pipeline::workspace::Workspace;

// The options that all commands have. A doc comment would become the program's own description.
#[derive(Args)]
pub(super) struct Common {
    /// The content folder, which holds loggia.toml
    #[arg(long, global = true, value_name = "DIR", default_value = "content")]
    pub(super) content: PathBuf,
    /// The folder of the site
    #[arg(long, global = true, value_name = "DIR", default_value = "site")]
    pub(super) out: PathBuf,
    /// The day to build for, as 2026-02-03; today when absent
    #[arg(long, global = true, value_name = "DATE", value_parser = day)]
    pub(super) today: Option<Date>,
    /// Say nothing but problems and results
    #[arg(long, global = true)]
    pub(super) quiet: bool,
}

/// The folder, read, with what was asked for on the command line.
#[derive(Clone, Copy)]
pub(super) struct Session<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) common: &'a Common,
    /// The day to build for.
    pub(super) today: Date,
}

fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "write the day as 2026-02-03")
}
