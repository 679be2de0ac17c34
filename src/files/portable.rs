//! What every system can be asked, Windows too: the standard library and cap-std. Each function keeps the promise of the one that calls
//! it; where a system has no such call, that promise says what holds instead.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};
use std::{fs, io, thread};

use cap_fs_ext::{
    DirExt, FollowSymlinks, MetadataExt, OpenOptionsFollowExt, OpenOptionsMaybeDirExt,
};
use cap_std::ambient_authority;
use cap_std::fs::Dir;

use crate::files::not_opened::NotOpened;

pub(super) fn open_below<'a>(
    folder: &Path,
    folders: impl Iterator<Item = &'a str>,
    name: &str,
) -> Result<File, NotOpened> {
    let mut here = Dir::open_ambient_dir(folder, ambient_authority()).map_err(NotOpened::Failed)?;
    for name in folders {
        here = here
            .open_dir_nofollow(name)
            .map_err(|reason| not_opened(&here, name, reason))?;
    }
    read_in(&here, name)
}

pub(super) fn open(path: &Path) -> Result<File, NotOpened> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    };
    let Some(name) = path.file_name() else {
        return Err(NotOpened::Failed(io::ErrorKind::InvalidInput.into()));
    };
    let folder = Dir::open_ambient_dir(folder, ambient_authority()).map_err(NotOpened::Failed)?;
    read_in(&folder, name)
}

/// Opens what stands in a folder under one name, for reading.
fn read_in(folder: &Dir, name: impl AsRef<Path>) -> Result<File, NotOpened> {
    let name = name.as_ref();
    // A pipe would be waited for. Only Unix has pipes with names in folders, and Unix has calls of its own.
    let found = folder.symlink_metadata(name).map_err(NotOpened::Failed)?;
    if found.is_symlink() {
        return Err(NotOpened::Linked);
    }
    if !found.is_file() && !found.is_dir() {
        return Err(NotOpened::Failed(io::ErrorKind::InvalidInput.into()));
    }
    let mut options = cap_std::fs::OpenOptions::new();
    options
        .read(true)
        .follow(FollowSymlinks::No)
        .maybe_dir(true);
    match folder.open_with(name, &options) {
        Ok(file) => Ok(file.into_std()),
        Err(reason) => Err(not_opened(folder, name, reason)),
    }
}

/// Tells a link, or what is no folder, from other reasons.
fn not_opened(folder: &Dir, name: impl AsRef<Path>, reason: io::Error) -> NotOpened {
    let found = folder.symlink_metadata(name);
    let is_link = found.is_ok_and(|found| found.is_symlink());
    if is_link || reason.kind() == io::ErrorKind::NotADirectory {
        return NotOpened::Linked;
    }
    NotOpened::Failed(reason)
}

pub(super) fn open_no_link(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let is_link = || fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    let refused = || io::Error::new(io::ErrorKind::InvalidInput, "it is a symbolic link");
    if is_link() {
        return Err(refused());
    }
    let file = options.open(path)?;
    // Nothing was written yet, and nothing will be if a link took its place meanwhile.
    if is_link() {
        return Err(refused());
    }
    Ok(file)
}

pub(super) fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(super) fn rename_new(_from: &Path, _to: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// How long a name that somebody has open is waited for: scanners and previews hold new files for moments.
const LONGEST: Duration = Duration::from_secs(1);

pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    let begun = Instant::now();
    loop {
        match fs::rename(from, to) {
            Err(reason) if is_in_use(&reason) && begun.elapsed() < LONGEST => {
                thread::sleep(Duration::from_millis(20));
            }
            renamed => return renamed,
        }
    }
}

/// Whether Windows says that somebody has the file open: access denied, or a sharing violation. On other systems waiting helps nobody.
fn is_in_use(reason: &io::Error) -> bool {
    cfg!(windows) && matches!(reason.raw_os_error(), Some(5 | 32))
}

/// Windows says of a disk that knows no such call that the function is incorrect, or the request not supported.
const NOT_SUPPORTED: [i32; 2] = [1, 50];

pub(super) fn cannot_exchange(_reason: &io::Error) -> bool {
    false
}

pub(super) fn cannot_link(reason: &io::Error) -> bool {
    is_not_supported(reason)
}

pub(super) fn cannot_keep_modes(_reason: &io::Error) -> bool {
    false
}

fn is_not_supported(reason: &io::Error) -> bool {
    let number = reason.raw_os_error();
    cfg!(windows) && number.is_some_and(|number| NOT_SUPPORTED.contains(&number))
}

pub(super) fn identity(path: &Path) -> Option<(u64, u64)> {
    let metadata = match fs::metadata(path).ok()?.is_dir() {
        true => Dir::open_ambient_dir(path, ambient_authority())
            .and_then(|folder| folder.dir_metadata())
            .ok()?,
        false => cap_std::fs::Metadata::from_file(&File::open(path).ok()?).ok()?,
    };
    Some((metadata.dev(), metadata.ino()))
}

/// When the file was written, and when it was made.
pub(super) type Stamp = (Option<SystemTime>, Option<SystemTime>);

pub(super) fn stamp(metadata: &Metadata) -> Stamp {
    (metadata.modified().ok(), metadata.created().ok())
}

pub(super) fn stamp_settled_before(_stamp: &Stamp, _moment: SystemTime) -> Option<Vec<u8>> {
    // Nothing here tells that another file has taken the place of one.
    None
}

pub(super) fn share_file_system(_one: &Metadata, _other: &Metadata) -> bool {
    true
}

pub(super) fn is_mount_root(_folder: &Path) -> bool {
    false
}

pub(super) fn network_file_system(_folder: &Path) -> Option<&'static str> {
    None
}

pub(super) fn make_file_with(_options: &mut OpenOptions, _mode: u32) {}

pub(super) fn make_folder_with(_builder: &mut DirBuilder, _mode: u32) {}

pub(super) fn set_file_mode(_file: &File, _mode: u32) -> io::Result<()> {
    Ok(())
}

pub(super) fn set_folder_mode(_folder: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

pub(super) fn mode(_metadata: &Metadata) -> Option<u32> {
    None
}

/// Nothing is needed: each file is opened by itself.
pub(super) type OpenFolder = ();

pub(super) fn open_folder(folder: &Path) -> io::Result<OpenFolder> {
    fs::read_dir(folder).map(drop)
}

pub(super) fn sync_names((): &OpenFolder) -> io::Result<()> {
    Ok(())
}

pub(super) fn sync_below((): &OpenFolder, folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_below(&(), &entry.path())?;
        } else {
            // Windows syncs only what is open for writing.
            OpenOptions::new()
                .write(true)
                .open(entry.path())?
                .sync_all()?;
        }
    }
    Ok(())
}
