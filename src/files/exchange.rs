//! Names of files and folders: exchanging two, taking a new one, giving a second one; and whether a failure means that the file system
//! supports none of it.

use std::path::Path;
use std::{fs, io};

use crate::files::system;

/// Lets two files or folders change names. Promises that no moment shows one of the names absent, and that on an error nothing happened.
/// Where the system knows no such call it is always an error of which [`cannot_exchange`] is true.
pub fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    system::exchange(one, other)
}

/// Gives a file or folder another name; a file that has it is replaced in one step.
///
/// Where a system refuses that while somebody reads one of the two, it is tried for a second.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    system::rename(from, to)
}

/// Gives a file or folder another name, which nothing has yet.
pub fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    match system::rename_new(from, to) {
        Err(reason) if cannot_exchange(&reason) => {}
        renamed => return renamed,
    }
    match fs::symlink_metadata(to) {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => rename(from, to),
    }
}

/// Whether an exchange failed because the system or the file system knows none.
pub fn cannot_exchange(reason: &io::Error) -> bool {
    reason.kind() == io::ErrorKind::Unsupported || system::cannot_exchange(reason)
}

/// Whether a hard link failed because this file can have no second name there.
pub fn cannot_link(reason: &io::Error) -> bool {
    use io::ErrorKind::{CrossesDevices, TooManyLinks, Unsupported};
    matches!(reason.kind(), CrossesDevices | TooManyLinks | Unsupported)
        || system::cannot_link(reason)
}
