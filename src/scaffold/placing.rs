//! New files put in place, all of them or none: they are written and synced beside their places, and moved there once the last one is on
//! the disk. What is not there yet as a whole, such as the folder of a new engagement, comes in one step.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::diagnostic::Diagnostic;
use crate::files::exchange::rename_new;
use crate::files::modes::Readers;

/// A file that is not written yet.
#[derive(Debug)]
pub struct NewFile {
    /// Its path inside the folder, with `/` between names.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl NewFile {
    /// Whether the file is for its owner's eyes alone: a note.
    fn is_private(&self) -> bool {
        self.path.split('/').any(|folder| folder == "notes")
    }
}

/// Puts files into a folder that may not be there yet. On an error nothing is there that was not there before.
pub(super) fn place(folder: &Path, files: &[NewFile]) -> Result<(), Diagnostic> {
    let mut staging = Staging::begin(folder)?;
    for file in files {
        staging.write(file)?;
    }
    staging.put()
}

/// Files on their way. Dropped, they are taken away again, and so is what was put in place of them.
struct Staging {
    /// The nearest folder that is there.
    base: PathBuf,
    /// The way from there to the folder of the files.
    inside: PathBuf,
    /// Where the files are until they are put in place.
    staged: PathBuf,
    /// What is put in place in one step each: files, and folders that are new as a whole.
    units: Vec<PathBuf>,
    /// How many of them are in place.
    placed: usize,
}

impl Staging {
    fn begin(folder: &Path) -> Result<Self, Diagnostic> {
        let mut base = folder.to_owned();
        while fs::symlink_metadata(shown(&base)).is_err() && base.pop() {}
        let inside = folder.strip_prefix(&base).unwrap_or(folder).to_owned();
        let base = shown(&base).to_owned();
        let staged = base.join(format!(".loggia-new-{}", std::process::id()));
        // What a run of the same number left behind, which was killed.
        let _ = fs::remove_dir_all(&staged);
        fs::create_dir(&staged).map_err(|reason| cannot_write(folder, &reason))?;
        Ok(Self {
            base,
            inside,
            staged,
            units: Vec::new(),
            placed: 0,
        })
    }

    /// Writes a file to the disk, not yet in its place.
    fn write(&mut self, file: &NewFile) -> Result<(), Diagnostic> {
        let inside = self.inside.join(&file.path);
        let failed = |reason: io::Error| cannot_write(&self.base.join(&inside), &reason);
        let path = self.staged.join(&inside);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        write_synced(&path, file).map_err(failed)?;
        let unit = self.unit(&inside);
        if !self.units.contains(&unit) {
            self.units.push(unit);
        }
        Ok(())
    }

    /// The first part of a path that is not there yet.
    fn unit(&self, inside: &Path) -> PathBuf {
        let mut unit = PathBuf::new();
        for part in inside {
            unit.push(part);
            if fs::symlink_metadata(self.base.join(&unit)).is_err() {
                break;
            }
        }
        unit
    }

    fn put(mut self) -> Result<(), Diagnostic> {
        for unit in &self.units {
            let place = self.base.join(unit);
            // Whatever has come there meanwhile is not replaced.
            rename_new(&self.staged.join(unit), &place)
                .map_err(|reason| cannot_write(&place, &reason))?;
            self.placed += 1;
        }
        self.units.clear();
        self.placed = 0;
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        for unit in self.units.iter().take(self.placed) {
            let _ = fs::rename(self.base.join(unit), self.staged.join(unit));
        }
        let _ = fs::remove_dir_all(&self.staged);
    }
}

fn write_synced(path: &Path, file: &NewFile) -> io::Result<()> {
    let mut options = match file.is_private() {
        true => Readers::Owner.writing(),
        false => OpenOptions::new(),
    };
    let mut open = options.write(true).create_new(true).open(path)?;
    open.write_all(file.text.as_bytes())?;
    open.sync_all()
}

/// An empty path is the folder in which the program runs.
fn shown(folder: &Path) -> &Path {
    match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    }
}

fn cannot_write(path: &Path, reason: &io::Error) -> Diagnostic {
    let is_full = matches!(
        reason.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded
    );
    let hint = "make room on the disk and run the command again; nothing was written".to_owned();
    Diagnostic::cannot_write(path, reason).with_hint_if(is_full.then_some(hint))
}
