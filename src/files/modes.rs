//! Who on this machine may read and change a file. Windows keeps no modes: there a file is open to whoever may open the folder that it
//! lies in, which is its owner alone in a user's profile.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

use crate::files::system;

/// Who may read what is made. Only the owner may ever change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// The owner: keys and mails.
    Owner,
    /// Everyone, as web servers run as another user.
    Everyone,
}

impl Readers {
    const fn file_mode(self) -> u32 {
        match self {
            Self::Owner => 0o600,
            Self::Everyone => 0o644,
        }
    }

    const fn folder_mode(self) -> u32 {
        match self {
            Self::Owner => 0o700,
            Self::Everyone => 0o755,
        }
    }

    /// Options that write a file. If they make one, it is at no moment open to more than these readers.
    pub fn writing(self) -> OpenOptions {
        let mut options = OpenOptions::new();
        options.write(true);
        system::make_file_with(&mut options, self.file_mode());
        options
    }

    /// Makes folders that are at no moment open to more than these readers.
    pub fn folder(self) -> DirBuilder {
        let mut builder = DirBuilder::new();
        system::make_folder_with(&mut builder, self.folder_mode());
        builder
    }

    /// Opens a file to all of these readers, also where the umask would keep some of them out.
    pub fn let_into_file(self, file: &File) -> io::Result<()> {
        system::set_file_mode(file, self.file_mode())
    }

    /// Opens a folder to all of these readers, also where the umask would keep some of them out.
    pub fn let_into_folder(self, folder: &Path) -> io::Result<()> {
        system::set_folder_mode(folder, self.folder_mode())
    }

    /// Whether exactly these may read a file or a folder, and only the owner may change it. Yes where the system keeps no modes.
    pub fn are_of(self, metadata: &Metadata) -> bool {
        let mode = if metadata.is_dir() {
            self.folder_mode()
        } else {
            self.file_mode()
        };
        system::mode(metadata).is_none_or(|found| found == mode)
    }
}

/// The mode of a file or folder as its disk shows it, which on FAT, exFAT, NTFS or a network disk may be none that anybody gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownMode(Option<u32>);

impl From<&Metadata> for ShownMode {
    fn from(metadata: &Metadata) -> Self {
        Self(system::mode(metadata))
    }
}

/// Whether a mode was not given because the disk keeps none.
pub fn cannot_keep_modes(reason: &io::Error) -> bool {
    reason.kind() == io::ErrorKind::Unsupported || system::cannot_keep_modes(reason)
}

/// Whether anyone but the owner may read, change or run a file. No where the system keeps no modes.
pub fn is_open_to_others(metadata: &Metadata) -> bool {
    system::mode(metadata).is_some_and(|mode| mode & 0o077 != 0)
}

/// Whether anyone but the owner may change a file. No where the system keeps no modes.
pub fn can_be_changed_by_others(metadata: &Metadata) -> bool {
    system::mode(metadata).is_some_and(|mode| mode & 0o022 != 0)
}
