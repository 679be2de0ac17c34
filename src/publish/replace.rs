//! One file outside the site, replaced whole or not at all, as the record of published rounds.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use crate::diagnostic::Diagnostic;
use crate::files::exchange::rename;
use crate::files::modes::Readers;

/// A draft as old as this belongs to a build that was killed.
const LEFT: Duration = Duration::from_secs(24 * 60 * 60);

/// New bytes for a file, written beside it and not yet in its place. Dropped, they are taken away again.
#[derive(Debug)]
pub struct Replacement {
    path: PathBuf,
    draft: PathBuf,
}

impl Replacement {
    /// Writes `bytes` to the disk beside the file at `path`, which stays as it is.
    pub fn of(path: PathBuf, bytes: &[u8]) -> Result<Self, Diagnostic> {
        Self::with(path, bytes, OpenOptions::new().write(true))
    }

    /// Does the same for a file that its owner alone may read.
    pub fn private(path: PathBuf, bytes: &[u8]) -> Result<Self, Diagnostic> {
        Self::with(path, bytes, &Readers::Owner.writing())
    }

    fn with(path: PathBuf, bytes: &[u8], options: &OpenOptions) -> Result<Self, Diagnostic> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Two builds may be on their way at once.
        let own = format!(".{name}.{}.new", std::process::id());
        let draft = path.with_file_name(own);
        remove_leavings(&path, &name);
        let replacement = Self { path, draft };
        write_synced(&replacement.draft, bytes, options)
            .map_err(|reason| Diagnostic::cannot_write(&replacement.path, &reason))?;
        Ok(replacement)
    }

    /// Puts the new file in the place of the old one, in one step.
    pub fn put(self) -> Result<(), Diagnostic> {
        let put = rename(&self.draft, &self.path);
        put.map_err(|reason| Diagnostic::cannot_write(&self.path, &reason))
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        // Once it is put there is nothing left to remove; what cannot be removed now is in nobody's way.
        let _ = fs::remove_file(&self.draft);
    }
}

/// Puts `bytes` in place of the file at `path`, or leaves it as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    Replacement::of(path.to_owned(), bytes)?.put()
}

/// Removes what builds that were killed left beside a file: nobody writes for so long.
fn remove_leavings(path: &Path, name: &str) {
    let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok());
    for entry in entries.into_iter().flatten().flatten() {
        let found = entry.file_name();
        let found = found.to_string_lossy();
        let is_draft = found
            .strip_prefix(&format!(".{name}."))
            .and_then(|rest| rest.strip_suffix(".new"))
            .is_some_and(|number| number.parse::<u32>().is_ok());
        let age = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
        if is_draft && age().is_some_and(|age| age > LEFT) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn write_synced(draft: &Path, bytes: &[u8], options: &OpenOptions) -> io::Result<()> {
    // What a build of the same number left behind is in the way of `create_new`, which follows no link.
    let _ = fs::remove_file(draft);
    let mut file = options.clone().create_new(true).open(draft)?;
    file.write_all(bytes)?;
    file.sync_all()
}
