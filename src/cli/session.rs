//! What the commands have in common: options, and the folder they work on.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use crate::cli::place::Place;
use crate::pipeline::workspace::Workspace;

// The options that all commands have. A doc comment would become the program's own description.
#[derive(Args)]
pub(super) struct Common {
    /// The content folder, which holds loggia.toml; if absent, the nearest: here, in content/, or above
    #[arg(long = "content", global = true, value_name = "DIR")]
    said_content: Option<PathBuf>,
    /// The folder of the site; if absent, site/ beside the content folder
    #[arg(long = "out", global = true, value_name = "DIR")]
    said_out: Option<PathBuf>,
    // Both as they were found.
    #[arg(skip)]
    pub(super) content: PathBuf,
    #[arg(skip)]
    pub(super) out: PathBuf,
    /// The day to build for, as 2026-02-03; today when absent
    #[arg(long, global = true, value_name = "DATE", value_parser = day)]
    pub(super) today: Option<Date>,
    /// Say nothing but problems and results
    #[arg(long, global = true)]
    pub(super) quiet: bool,
}

impl Common {
    /// Looks for the folders that the command line does not name.
    pub(super) fn find(&mut self, here: &Path) {
        let place = Place::of(self.said_content.as_ref(), self.said_out.as_ref(), here);
        (self.content, self.out) = (place.content, place.out);
    }
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
