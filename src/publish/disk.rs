//! Every file operation of publishing, in one place, so that tests can make any one of them fail.

use std::ffi::OsString;
use std::fs::{File, FileTimes, FileType, Metadata, Permissions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::OnceLock;
use std::{fs, io};

use crate::diagnostic::Diagnostic;
use crate::files::below::open_no_link;
use crate::files::exchange;
use crate::files::exchange::{cannot_exchange, cannot_link};
use crate::files::modes::{Readers, ShownMode, cannot_keep_modes};
use crate::files::sync::OpenFolder;

/// So many bytes of a file are read at once.
const PIECE: usize = 64 << 10;

/// Web servers run as someone else: they must be able to read, whatever the coach's umask says.
pub(super) const READERS: Readers = Readers::Everyone;

/// The file system, as publishing uses it. Nothing here follows a link at the end of a path.
#[derive(Debug, Default)]
pub(super) struct Disk {
    /// The modes that the disk shows of a file and of a folder that were just made, once they are known.
    made: OnceLock<(ShownMode, ShownMode)>,
    /// Which operation is to fail.
    #[cfg(test)]
    pub(super) faults: std::sync::Arc<super::tests::Faults>,
}

/// What came of an exchange of two folders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exchange {
    /// Each has the other's name.
    Done,
    /// The system or file system cannot do it; nothing happened.
    Unsupported,
}

/// Keeps other builders out until it is dropped.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a process that is just being started may hold a copy of the handle for a moment.
        let _ = self.0.unlock();
    }
}

impl Disk {
    /// Takes the lock at `path`, or says who has it.
    pub(super) fn lock(&self, path: &Path, out: &Path) -> Result<Lock, Diagnostic> {
        let found = self.metadata(path)?;
        // A link is refused where it is opened.
        if found.is_some_and(|found| !found.is_file() && !found.is_symlink()) {
            let message = format!(
                "`{}` is not a plain file, and a build locks a file of this name",
                path.display()
            );
            let problem = Diagnostic::error(message);
            return Err(problem.with_hint("take it away, and build again"));
        }
        let file = self.write(path, || {
            let mut options = READERS.writing();
            open_no_link(options.create(true).truncate(false), path)
        })?;
        self.write(path, || Ok(file.try_lock()))?
            .map_err(|reason| lock_refusal(path, out, &reason))?;
        Ok(Lock(file))
    }

    /// What stands at `path`, if anything.
    pub(super) fn metadata(&self, path: &Path) -> Result<Option<Metadata>, Diagnostic> {
        self.read_with(path, || match fs::symlink_metadata(path) {
            Ok(metadata) => Ok(Some(metadata)),
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(reason) => Err(reason),
        })
    }

    /// What is in a folder, in no order.
    pub(super) fn entries(&self, folder: &Path) -> Result<Vec<(OsString, FileType)>, Diagnostic> {
        self.read_with(folder, || {
            let mut entries = Vec::new();
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                entries.push((entry.file_name(), entry.file_type()?));
            }
            Ok(entries)
        })
    }

    /// The bytes of a file.
    pub(super) fn read(&self, path: &Path) -> Result<Vec<u8>, Diagnostic> {
        self.read_with(path, || fs::read(path))
    }

    /// Whether a file has these bytes and the mode that it would be written with.
    pub(super) fn holds(&self, path: &Path, bytes: &[u8]) -> Result<bool, Diagnostic> {
        let Some(metadata) = self.metadata(path)? else {
            return Ok(false);
        };
        let is_alike = metadata.is_file()
            && metadata.len() == bytes.len() as u64
            && self.is_as_made(&metadata);
        Ok(is_alike && self.read(path)? == bytes)
    }

    /// What the system says of a file, if it has the mode that it would be written with.
    pub(super) fn as_made(&self, path: &Path) -> Result<Option<Metadata>, Diagnostic> {
        let metadata = self.metadata(path)?;
        Ok(metadata.filter(|metadata| metadata.is_file() && self.is_as_made(metadata)))
    }

    /// Reads a file piece by piece.
    pub(super) fn read_through(
        &self,
        path: &Path,
        mut read: impl FnMut(&[u8]),
    ) -> Result<(), Diagnostic> {
        self.read_with(path, || {
            let mut file = File::open(path)?;
            // On the stack: thousands of files are read one after the other.
            let mut piece = [0; PIECE];
            loop {
                match file.read(&mut piece) {
                    Ok(0) => return Ok(()),
                    Ok(length) => read(&piece[..length]),
                    Err(reason) if reason.kind() == io::ErrorKind::Interrupted => {}
                    Err(reason) => return Err(reason),
                }
            }
        })
    }

    /// Takes the modes of a file and a folder that were just made for those of all that are made here: not every disk keeps the modes
    /// that it is given, and what it shows instead is no change.
    pub(super) fn learn_modes(&self, file: &Path, folder: &Path) -> Result<(), Diagnostic> {
        if let (Some(file), Some(folder)) = (self.metadata(file)?, self.metadata(folder)?) {
            let _ = self
                .made
                .set((ShownMode::from(&file), ShownMode::from(&folder)));
        }
        Ok(())
    }

    /// Whether a file or folder has the mode with which it would be made now.
    pub(super) fn is_as_made(&self, metadata: &Metadata) -> bool {
        match self.made.get() {
            Some((file, folder)) => {
                let made = if metadata.is_dir() { folder } else { file };
                ShownMode::from(metadata) == *made
            }
            None => READERS.are_of(metadata),
        }
    }

    /// A handle to sync by.
    pub(super) fn open_folder(&self, folder: &Path) -> Result<OpenFolder, Diagnostic> {
        self.read_with(folder, || OpenFolder::of(folder))
    }

    /// Makes a folder that is not there yet.
    pub(super) fn create_folder(&self, folder: &Path) -> Result<(), Diagnostic> {
        self.write(folder, || {
            READERS.folder().create(folder)?;
            self.reach()?;
            self.let_in(
                || READERS.let_into_folder(folder),
                |mode| fs::set_permissions(folder, mode),
            )
        })
    }

    /// Writes a file that is not there yet.
    pub(super) fn write_file(&self, path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.write(path, || {
            self.fill(READERS.writing().create_new(true).open(path)?, bytes)
        })
    }

    /// Writes the marker over an earlier one: without any, a killed build's folder would not be known as ours.
    pub(super) fn write_marker(&self, path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.write(path, || {
            let mut options = READERS.writing();
            self.fill(options.create(true).truncate(true).open(path)?, bytes)
        })
    }

    /// Gives a file of the present site a second name in the new one, or a copy with its time where that cannot be.
    pub(super) fn link(&self, from: &Path, to: &Path) -> Result<(), Diagnostic> {
        self.write(to, || match self.hard_link(from, to) {
            Err(reason) if cannot_link(&reason) => {
                let time = FileTimes::new().set_modified(fs::symlink_metadata(from)?.modified()?);
                let file = READERS.writing().create_new(true).open(to)?;
                self.fill(file.try_clone()?, &fs::read(from)?)?;
                file.set_times(time)
            }
            linked => linked,
        })
    }

    /// Gives a file or folder another name.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<(), Diagnostic> {
        self.write(to, || exchange::rename(from, to))
    }

    /// Lets two folders change names in one step.
    pub(super) fn exchange(&self, one: &Path, other: &Path) -> Result<Exchange, Diagnostic> {
        self.write(other, || match self.rename_exchange(one, other) {
            Ok(()) => Ok(Exchange::Done),
            Err(reason) if cannot_exchange(&reason) => Ok(Exchange::Unsupported),
            Err(reason) => Err(reason),
        })
    }

    /// Deletes a file, or the link itself.
    pub(super) fn remove_file(&self, path: &Path) -> Result<(), Diagnostic> {
        self.write(path, || fs::remove_file(path))
    }

    /// Deletes a folder with what is in it; std goes down by handles, so no link swapped in can lead it out.
    pub(super) fn remove_tree(&self, folder: &Path) -> Result<(), Diagnostic> {
        self.write(folder, || fs::remove_dir_all(folder))
    }

    /// Deletes an empty folder.
    pub(super) fn remove_folder(&self, folder: &Path) -> Result<(), Diagnostic> {
        self.write(folder, || fs::remove_dir(folder))
    }

    /// Makes a folder's names outlast a power cut.
    pub(super) fn sync_folder(&self, handle: &OpenFolder, folder: &Path) -> Result<(), Diagnostic> {
        self.write(folder, || handle.sync_names())
    }

    /// Makes all that was written below `folder`, on the file system of `handle`, outlast a power cut.
    pub(super) fn sync_all_below(
        &self,
        handle: &OpenFolder,
        folder: &Path,
    ) -> Result<(), Diagnostic> {
        self.write(folder, || handle.sync_below(folder))
    }

    /// Writes everything, with a mode that no umask narrows.
    fn fill(&self, mut file: File, bytes: &[u8]) -> io::Result<()> {
        self.let_in(
            || READERS.let_into_file(&file),
            |mode| file.set_permissions(mode),
        )?;
        self.reach()?;
        file.write_all(bytes)
    }

    /// Gives the mode that lets readers in, where the disk keeps modes. A test says of a disk that shows one mode of everything.
    fn let_in(
        &self,
        give: impl FnOnce() -> io::Result<()>,
        _show: impl FnOnce(Permissions) -> io::Result<()>,
    ) -> io::Result<()> {
        #[cfg(test)]
        let given = self.faults.give_mode(give, _show);
        #[cfg(not(test))]
        let given = give();
        match given {
            Err(reason) if cannot_keep_modes(&reason) => Ok(()),
            given => given,
        }
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        #[cfg(test)]
        self.faults.allow_links()?;
        fs::hard_link(from, to)
    }

    fn rename_exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        #[cfg(test)]
        self.faults.allow_exchange()?;
        exchange::exchange(one, other)
    }

    fn read_with<T>(
        &self,
        path: &Path,
        operation: impl FnOnce() -> io::Result<T>,
    ) -> Result<T, Diagnostic> {
        let result = self.reach().and_then(|()| operation());
        result.map_err(|reason| {
            Diagnostic::cannot_read(path, &reason).with_hint_if(hint_for(&reason))
        })
    }

    fn write<T>(
        &self,
        path: &Path,
        operation: impl FnOnce() -> io::Result<T>,
    ) -> Result<T, Diagnostic> {
        let result = self.reach().and_then(|()| operation());
        result.map_err(|reason| {
            Diagnostic::cannot_write(path, &reason).with_hint_if(hint_for(&reason))
        })
    }

    /// Stands before every operation; fails only where a test says so.
    fn reach(&self) -> io::Result<()> {
        #[cfg(test)]
        self.faults.reach()?;
        Ok(())
    }
}

fn hint_for(reason: &io::Error) -> Option<String> {
    match reason.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some(
            "make room on the disk and build again; the last site is still in place".to_owned(),
        ),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Some(
            "make sure that you may write there, or choose another folder with `--out`".to_owned(),
        ),
        _ => None,
    }
}

pub(super) fn lock_refusal(path: &Path, out: &Path, reason: &TryLockError) -> Diagnostic {
    match reason {
        TryLockError::WouldBlock => Diagnostic::error(format!(
            "another build is publishing to `{}`",
            out.display()
        ))
        .with_hint("wait until it has ended, or stop it, and build again"),
        // Building without a lock would let two builds mix; a network disk that has none must say so.
        TryLockError::Error(reason) => Diagnostic::cannot_write(path, reason).with_hint(
            "publish to a folder on a disk that can lock files, and copy the site from there",
        ),
    }
}
