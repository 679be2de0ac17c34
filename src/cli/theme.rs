//! `loggia theme`: the default theme, written out to be changed.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::cli::outcome::Outcome;
use crate::pipeline::scaffolding::default_theme;
use crate::scaffold;
use crate::text::counted;

/// What can be done with a theme.
#[derive(Subcommand)]
pub(super) enum ThemeCommand {
    /// Write the default theme into a folder, to keep what is to be changed
    Export {
        /// A new or empty folder: `themes/NAME` beside the content folder
        dir: PathBuf,
    },
}

/// Writes the default theme into `folder`.
pub(super) fn export(folder: &Path, is_quiet: bool) -> Outcome {
    let hint = "nothing was written; give a new folder, such as `themes/harbour`";
    if let Err(problem) = scaffold::refuse_unless_empty(folder, hint) {
        return Outcome::failed(vec![problem], 2);
    }
    let new_files = default_theme();
    let line = format!(
        "{}: {} written; keep those that you change, and name the folder in loggia.toml: `theme = \"…\"` in `[site]`",
        folder.display(),
        counted(new_files.files.len(), "file", "files")
    );
    match new_files.write(folder) {
        Ok(()) => Outcome::done(line, Vec::new(), is_quiet),
        Err(reason) => reason.into(),
    }
}
