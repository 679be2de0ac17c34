//! Who on this machine may read and change a file.

use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::{fs, io};

use rustix::io::Errno;

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
        options.write(true).mode(self.file_mode());
        options
    }

    /// Makes folders that are at no moment open to more than these readers.
    pub fn folder(self) -> DirBuilder {
        let mut builder = DirBuilder::new();
        builder.mode(self.folder_mode());
        builder
    }

    /// Opens a file to all of these readers, also where the umask would keep some of them out.
    pub fn let_into_file(self, file: &File) -> io::Result<()> {
        file.set_permissions(Permissions::from_mode(self.file_mode()))
    }

    /// Opens a folder to all of these readers, also where the umask would keep some of them out.
    pub fn let_into_folder(self, folder: &Path) -> io::Result<()> {
        fs::set_permissions(folder, Permissions::from_mode(self.folder_mode()))
    }

    /// Whether exactly these may read a file or a folder, and only the owner may change it.
    pub fn are_of(self, metadata: &Metadata) -> bool {
        let mode = if metadata.is_dir() {
            self.folder_mode()
        } else {
            self.file_mode()
        };
        metadata.permissions().mode() & 0o7777 == mode
    }
}

/// The mode of a file or folder as its disk shows it, which on FAT, exFAT, NTFS or a network disk may be none that anybody gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownMode(u32);

impl From<&Metadata> for ShownMode {
    fn from(metadata: &Metadata) -> Self {
        Self(metadata.permissions().mode() & 0o7777)
    }
}

/// Whether a mode was not given because the disk keeps none.
pub fn cannot_keep_modes(reason: &io::Error) -> bool {
    let refusals = [Errno::PERM, Errno::OPNOTSUPP, Errno::NOTSUP, Errno::NOSYS];
    Errno::from_io_error(reason).is_some_and(|errno| refusals.contains(&errno))
}

/// Whether anyone but the owner may read, change or run a file.
pub fn is_open_to_others(metadata: &Metadata) -> bool {
    metadata.permissions().mode() & 0o077 != 0
}

/// Whether anyone but the owner may change a file.
pub fn can_be_changed_by_others(metadata: &Metadata) -> bool {
    metadata.permissions().mode() & 0o022 != 0
}
