//! Which folder a path leads to, and on which disk it lies: one folder can have two names, and one name two folders in turn.

use std::fs;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// What tells a file or folder from every other that exists at the same time on this machine, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    device: u64,
    inode: u64,
}

impl Identity {
    /// The identity of what a path leads to, over links; none where it leads nowhere.
    pub fn of(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().as_ref().map(Self::from)
    }
}

impl From<&Metadata> for Identity {
    fn from(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
        }
    }
}

/// What changes when somebody writes to a file or puts another in its place: its identity, its size and its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    identity: Identity,
    size: u64,
    /// When it was written, in seconds and nanoseconds.
    written: (i64, i64),
    /// When anything about it was changed.
    changed: (i64, i64),
}

impl From<&Metadata> for Stamp {
    fn from(metadata: &Metadata) -> Self {
        Self {
            identity: Identity::from(metadata),
            size: metadata.size(),
            written: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }
}

/// Whether two files or folders lie on the same file system.
pub fn share_file_system(one: &Metadata, other: &Metadata) -> bool {
    one.dev() == other.dev()
}

/// Whether the system says that something is mounted at `folder`; does not follow a link there.
///
/// May say no of a place that is one: compare with the folder above by [`share_file_system`] too.
#[cfg(target_os = "linux")]
pub fn is_mount_root(folder: &Path) -> bool {
    // A bind mount within one file system shows in no device number.
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags};
    rustix::fs::statx(CWD, folder, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::TYPE)
        .is_ok_and(|status| status.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// Not known on this system.
#[cfg(not(target_os = "linux"))]
pub fn is_mount_root(_folder: &Path) -> bool {
    false
}

/// The name of the network file system that a folder lies on, if it is known to be one whose changes the system does not report.
#[cfg(target_os = "linux")]
pub fn network_file_system(folder: &Path) -> Option<&'static str> {
    // The numbers stand in statfs(2).
    const REMOTE: [(u64, &str); 8] = [
        (0x6969, "NFS"),
        (0x517b, "SMB"),
        (0xff53_4d42, "CIFS"),
        (0xfe53_4d42, "SMB"),
        (0x0102_1997, "9P"),
        (0x6573_5546, "FUSE"),
        (0x786f_4256, "VirtualBox"),
        (0x5346_414f, "AFS"),
    ];
    let kind = rustix::fs::statfs(folder).ok()?.f_type;
    let kind = u64::try_from(kind).ok()? & 0xffff_ffff;
    let found = REMOTE.iter().find(|(number, _)| *number == kind);
    found.map(|(_, name)| *name)
}

/// Not known on this system.
#[cfg(not(target_os = "linux"))]
pub fn network_file_system(_folder: &Path) -> Option<&'static str> {
    None
}
