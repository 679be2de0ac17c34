//! Exchanging two folders, and second names for a file; and whether a failure means that the file system supports neither.

use std::io;
use std::path::Path;

use rustix::io::Errno;

/// Lets two files or folders change names. Promises that no moment shows one of the names absent, and that on an error nothing happened.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
pub fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags};
    Ok(rustix::fs::renameat_with(
        CWD,
        one,
        CWD,
        other,
        RenameFlags::EXCHANGE,
    )?)
}

/// This system cannot exchange: always an error of which [`cannot_exchange`] is true.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
pub fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Gives a file or folder another name, which nothing has yet.
pub fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    match rename_no_replace(from, to) {
        Err(reason) if cannot_exchange(&reason) => {}
        renamed => return renamed,
    }
    match std::fs::symlink_metadata(to) {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => std::fs::rename(from, to),
    }
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn rename_no_replace(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags};
    Ok(rustix::fs::renameat_with(
        CWD,
        from,
        CWD,
        to,
        RenameFlags::NOREPLACE,
    )?)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn rename_no_replace(_from: &Path, _to: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether an exchange failed because the system or the file system knows none.
pub fn cannot_exchange(reason: &io::Error) -> bool {
    // Linux has one number for the last two, macOS has two.
    is_one_of(
        reason,
        &[Errno::INVAL, Errno::NOSYS, Errno::OPNOTSUPP, Errno::NOTSUP],
    )
}

/// Whether a hard link failed because this file can have no second name there.
pub fn cannot_link(reason: &io::Error) -> bool {
    let unsupported = [
        Errno::PERM,
        Errno::OPNOTSUPP,
        Errno::NOTSUP,
        Errno::NOSYS,
        Errno::MLINK,
        Errno::XDEV,
    ];
    is_one_of(reason, &unsupported)
}

fn is_one_of(reason: &io::Error, unsupported: &[Errno]) -> bool {
    match Errno::from_io_error(reason) {
        Some(errno) => unsupported.contains(&errno),
        None => reason.kind() == io::ErrorKind::Unsupported,
    }
}
