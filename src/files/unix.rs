//! What Unix is asked. Each function keeps the promise of the one that calls it.

use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::time::SystemTime;
use std::{fs, io};

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;

use crate::files::not_opened::NotOpened;

impl From<Errno> for NotOpened {
    fn from(error: Errno) -> Self {
        match error {
            Errno::LOOP | Errno::NOTDIR => Self::Linked,
            error => Self::Failed(error.into()),
        }
    }
}

const READ: OFlags = OFlags::RDONLY
    .union(OFlags::CLOEXEC)
    .union(OFlags::NOFOLLOW)
    .union(OFlags::NONBLOCK);

pub(super) fn open_below<'a>(
    folder: &Path,
    folders: impl Iterator<Item = &'a str>,
    name: &str,
) -> Result<File, NotOpened> {
    let anywhere = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::DIRECTORY;
    let mut here = rustix::fs::open(folder, anywhere, Mode::empty())?;
    for name in folders {
        here = rustix::fs::openat(&here, name, READ | OFlags::DIRECTORY, Mode::empty())?;
    }
    Ok(rustix::fs::openat(&here, name, READ, Mode::empty())?.into())
}

pub(super) fn open(path: &Path) -> Result<File, NotOpened> {
    Ok(rustix::fs::open(path, READ, Mode::empty())?.into())
}

pub(super) fn open_no_link(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    options.custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
mod flags {
    use std::io;
    use std::path::Path;

    use rustix::fs::{CWD, RenameFlags};

    pub(in crate::files) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
        let exchanged = rustix::fs::renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE);
        exchanged.map_err(io::Error::from)
    }

    pub(in crate::files) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
        let renamed = rustix::fs::renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE);
        renamed.map_err(io::Error::from)
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
mod flags {
    use std::io;
    use std::path::Path;

    pub(in crate::files) fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(in crate::files) fn rename_new(_from: &Path, _to: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

pub(super) use self::flags::{exchange, rename_new};

pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

pub(super) fn cannot_exchange(reason: &io::Error) -> bool {
    // Linux has one number for the last two, macOS has two.
    is_one_of(
        reason,
        &[Errno::INVAL, Errno::NOSYS, Errno::OPNOTSUPP, Errno::NOTSUP],
    )
}

pub(super) fn cannot_link(reason: &io::Error) -> bool {
    is_one_of(
        reason,
        &[Errno::PERM, Errno::OPNOTSUPP, Errno::NOTSUP, Errno::NOSYS],
    )
}

pub(super) fn cannot_keep_modes(reason: &io::Error) -> bool {
    is_one_of(
        reason,
        &[Errno::PERM, Errno::OPNOTSUPP, Errno::NOTSUP, Errno::NOSYS],
    )
}

fn is_one_of(reason: &io::Error, errors: &[Errno]) -> bool {
    Errno::from_io_error(reason).is_some_and(|error| errors.contains(&error))
}

pub(super) fn identity(path: &Path) -> Option<(u64, u64)> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

/// Device and number of the file, when it was written, and when anything about it was changed: in seconds and nanoseconds.
pub(super) type Stamp = (u64, u64, (i64, i64), (i64, i64));

pub(super) fn stamp(metadata: &Metadata) -> Stamp {
    let written = (metadata.mtime(), metadata.mtime_nsec());
    let changed = (metadata.ctime(), metadata.ctime_nsec());
    (metadata.dev(), metadata.ino(), written, changed)
}

pub(super) fn stamp_settled_before(stamp: &Stamp, moment: SystemTime) -> Option<Vec<u8>> {
    let (device, inode, written, changed) = stamp;
    let since = moment.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let moment = (i64::try_from(since.as_secs()).ok()?, 0);
    let is_settled = *written < moment && *changed < moment;
    let times = [written.0, written.1, changed.0, changed.1];
    let ids = [device.to_be_bytes(), inode.to_be_bytes()];
    let bytes = ids.into_iter().chain(times.map(i64::to_be_bytes));
    is_settled.then(|| bytes.flatten().collect())
}

pub(super) fn share_file_system(one: &Metadata, other: &Metadata) -> bool {
    one.dev() == other.dev()
}

#[cfg(target_os = "linux")]
pub(super) fn is_mount_root(folder: &Path) -> bool {
    // A bind mount within one file system shows in no device number.
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags};
    rustix::fs::statx(CWD, folder, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::TYPE)
        .is_ok_and(|status| status.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn is_mount_root(_folder: &Path) -> bool {
    false
}

#[cfg(target_os = "linux")]
pub(super) fn network_file_system(folder: &Path) -> Option<&'static str> {
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

#[cfg(not(target_os = "linux"))]
pub(super) fn network_file_system(_folder: &Path) -> Option<&'static str> {
    None
}

pub(super) fn make_file_with(options: &mut OpenOptions, mode: u32) {
    options.mode(mode);
}

pub(super) fn make_folder_with(builder: &mut DirBuilder, mode: u32) {
    builder.mode(mode);
}

pub(super) fn set_file_mode(file: &File, mode: u32) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(mode))
}

pub(super) fn set_folder_mode(folder: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(folder, Permissions::from_mode(mode))
}

pub(super) fn mode(metadata: &Metadata) -> Option<u32> {
    Some(metadata.permissions().mode() & 0o7777)
}

pub(super) type OpenFolder = File;

pub(super) fn open_folder(folder: &Path) -> io::Result<OpenFolder> {
    File::open(folder)
}

pub(super) fn sync_names(folder: &OpenFolder) -> io::Result<()> {
    folder.sync_all()
}

/// One `syncfs` instead of a sync for every file and folder: each of those waits for the disk (ext4 commits its journal
/// every time), and links and folders of unchanged files would need them too. The price is that it also waits for what
/// other programs have written to the same file system.
#[cfg(target_os = "linux")]
pub(super) fn sync_below(handle: &OpenFolder, _folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(handle)?)
}

/// One by one, as only Linux can be asked for all at once.
#[cfg(not(target_os = "linux"))]
pub(super) fn sync_below(handle: &OpenFolder, folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_below(handle, &entry.path())?;
        } else {
            File::open(entry.path())?.sync_all()?;
        }
    }
    File::open(folder)?.sync_all()
}
