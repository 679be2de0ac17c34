//! One file outside the site, replaced whole or not at all, as the record of published rounds.

use std::fs;
use std::fs::OpenOptions;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use crate::diagnostic::Diagnostic;

/// New bytes for a file, written beside it and not yet in its place. Dropped, they are taken away again.
#[derive(Debug)]
pub struct Replacement {
    path: PathBuf,
    draft: PathBuf,
}

impl Replacement {
    /// Writes `bytes` to the disk beside the file at `path`, which stays as it is.
    pub fn of(path: PathBuf, bytes: &[u8]) -> Result<Self, Diagnostic> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let draft = path.with_file_name(format!(".{name}.new"));
        let replacement = Self { path, draft };
        write_synced(&replacement.draft, bytes)
            .map_err(|reason| Diagnostic::cannot_write(&replacement.path, &reason))?;
        Ok(replacement)
    }

    /// Puts the new file in the place of the old one, in one step.
    pub fn put(self) -> Result<(), Diagnostic> {
        let put = fs::rename(&self.draft, &self.path);
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

fn write_synced(draft: &Path, bytes: &[u8]) -> io::Result<()> {
    // What a build that was killed left behind is in the way of `create_new`, which follows no link.
    let _ = fs::remove_file(draft);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(draft)?;
    file.write_all(bytes)?;
    file.sync_all()
}
