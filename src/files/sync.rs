//! Making what was written outlast a power cut.

use std::fs::File;
use std::io;
use std::path::Path;

/// Waits until everything written below `folder` is on the disk. `handle` is any open folder of the same file system; one opened
/// before anything was written also reports what failed since.
///
/// One `syncfs` instead of a sync for every file and folder: each of those waits for the disk (ext4 commits its journal
/// every time), and links and folders of unchanged files would need them too. The price is that it also waits for what
/// other programs have written to the same file system.
#[cfg(target_os = "linux")]
pub fn sync_below(handle: &File, _folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(handle)?)
}

/// Waits until everything written below `folder` is on the disk: one by one, as only Linux can be asked for all at once.
#[cfg(not(target_os = "linux"))]
pub fn sync_below(handle: &File, folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_below(handle, &entry.path())?;
        } else {
            File::open(entry.path())?.sync_all()?;
        }
    }
    File::open(folder)?.sync_all()
}
