//! Which folder a path leads to, and on which disk it lies: one folder can have two names, and one name two folders in turn.

use std::fs::Metadata;
use std::path::Path;
use std::time::SystemTime;

use crate::files::system;

/// What tells a file or folder from every other that exists at the same time on this machine, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    device: u64,
    inode: u64,
}

impl Identity {
    /// The identity of what a path leads to, over links; none where it leads nowhere.
    pub fn of(path: &Path) -> Option<Self> {
        let (device, inode) = system::identity(path)?;
        Some(Self { device, inode })
    }
}

/// What changes when somebody writes to a file or puts another in its place: its size, its times, and its identity where the system
/// tells that of an open file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    more: system::Stamp,
}

impl From<&Metadata> for Stamp {
    fn from(metadata: &Metadata) -> Self {
        Self {
            size: metadata.len(),
            more: system::stamp(metadata),
        }
    }
}

impl Stamp {
    /// The stamp as bytes, where it tells for good whether the file has changed: if the system tells which file it is and when it
    /// last changed, and that was before `moment`. A file that changes twice within one tick of the clock has one stamp for both.
    pub fn settled_before(&self, moment: SystemTime) -> Option<Vec<u8>> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        bytes.extend(system::stamp_settled_before(&self.more, moment)?);
        Some(bytes)
    }
}

/// Whether two files or folders lie on the same file system. Yes where the system does not tell.
pub fn share_file_system(one: &Metadata, other: &Metadata) -> bool {
    system::share_file_system(one, other)
}

/// Whether the system says that something is mounted at `folder`; does not follow a link there.
///
/// May say no of a place that is one: compare with the folder above by [`share_file_system`] too.
pub fn is_mount_root(folder: &Path) -> bool {
    system::is_mount_root(folder)
}

/// The name of the network file system that a folder lies on, if it is known to be one whose changes the system does not report.
pub fn network_file_system(folder: &Path) -> Option<&'static str> {
    system::network_file_system(folder)
}
