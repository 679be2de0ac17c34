//! One file of the content folder, replaced whole or not at all: the record of published rounds.

use std::fs;
use std::fs::OpenOptions;
use std::io;
use std::io::Write;
use std::path::Path;

use crate::diagnostic::Diagnostic;

/// Puts `bytes` in place of the file at `path`, or leaves it as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = path.with_file_name(format!(".{name}.new"));
    let written = write_synced(&draft, bytes).and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written.map_err(|reason| Diagnostic::cannot_write(path, &reason))
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
