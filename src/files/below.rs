//! Opening a file without being led elsewhere by a symbolic link, and without waiting for a pipe.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

pub use crate::files::not_opened::NotOpened;
use crate::files::system;

/// Opens the file `inside`, whose names are joined by `/`, below a folder.
///
/// Promises that no link is followed below `folder`, not even one that takes the place of a file or folder during the call, and
/// that the call does not wait for a pipe. The way to `folder` itself may lead over links. What is opened may still be a pipe, a
/// device or a folder: ask the metadata of the open file.
pub fn open_below(folder: &Path, inside: &str) -> Result<File, NotOpened> {
    let (folders, name) = match inside.rsplit_once('/') {
        Some((folders, name)) => (Some(folders), name),
        None => (None, inside),
    };
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let folders = folders.into_iter().flat_map(|folders| folders.split('/'));
    system::open_below(folder, folders, name)
}

/// Opens the file at `path`; as [`open_below`], but only the last name may not be a link.
pub fn open(path: &Path) -> Result<File, NotOpened> {
    system::open(path)
}

/// Opens a file by these options, which write. Promises to fail where the last name is a link, and to wait for nobody at a pipe.
pub fn open_no_link(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    system::open_no_link(options, path)
}

/// Whether `inside`, whose names are joined by `/`, is a folder below a folder, and no link leads there.
pub fn is_folder_below(folder: &Path, inside: &str) -> bool {
    let mut here = folder.to_owned();
    inside.split('/').all(|name| {
        here.push(name);
        here.symlink_metadata().is_ok_and(|found| found.is_dir())
    })
}

/// The first link on the way to `inside` below a folder, whose names are joined by `/`: its path inside the folder.
pub fn link_on_the_way(folder: &Path, inside: &str) -> Option<String> {
    let ends = inside.match_indices('/').map(|(end, _)| end);
    let mut ways = ends.chain([inside.len()]).map(|end| &inside[..end]);
    let link = ways.find(|way| {
        let found = folder.join(way).symlink_metadata();
        found.is_ok_and(|found| found.is_symlink())
    });
    link.map(str::to_owned)
}
