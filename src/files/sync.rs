//! Making what was written outlast a power cut.

use std::io;
use std::path::Path;

use crate::files::system;

/// An open folder, by which what is in it can be brought to the disk.
#[derive(Debug)]
pub struct OpenFolder(system::OpenFolder);

impl OpenFolder {
    /// Opens a folder.
    pub fn of(folder: &Path) -> io::Result<Self> {
        system::open_folder(folder).map(Self)
    }

    /// Waits until the names in it are on the disk. A system without such a call brings them there in its own time.
    pub fn sync_names(&self) -> io::Result<()> {
        system::sync_names(&self.0)
    }

    /// Waits until everything written below `folder`, which lies on the same file system, is on the disk. Where it was opened before
    /// anything was written it may also report what failed since.
    pub fn sync_below(&self, folder: &Path) -> io::Result<()> {
        system::sync_below(&self.0, folder)
    }
}
