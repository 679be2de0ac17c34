//! Publishing, tested from outside: files in, folder out, with every operation failing once and every moment a last one.

#![cfg(unix)]

mod edits;

mod faults;

mod kills;

mod processes;

mod refusals;

use std::collections::BTreeMap;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicUsize};
use std::{fs, io};

use rustix::io::Errno;
use tempfile::TempDir;

use crate::access::Sealed;
use crate::diagnostic::Diagnostic;

use super::disk::Disk;
use super::marker::SiteId;
use super::target::Target;
use super::{Publication, Published};

/// What a test wants to go wrong on a [`Disk`].
#[derive(Debug, Default)]
pub(super) struct Faults {
    reached: AtomicUsize,
    /// Counts from 1; 0 is never.
    first: AtomicUsize,
    errno: AtomicI32,
    /// Whether all operations after the first fail too, as if the process had been killed there.
    is_crash: AtomicBool,
    has_no_exchange: AtomicBool,
    has_no_links: AtomicBool,
    modes: AtomicI32,
}

/// The disk shows one mode of everything, and refuses another.
const REFUSES_MODES: i32 = 1;

/// The disk shows one mode of everything, and passes over another.
const IGNORES_MODES: i32 = 2;

impl Faults {
    /// Counts an operation, and fails it if its turn has come.
    pub(super) fn reach(&self) -> io::Result<()> {
        let reached = self.reached.fetch_add(1, Relaxed) + 1;
        let first = self.first.load(Relaxed);
        let fails =
            first == reached || (first != 0 && reached > first && self.is_crash.load(Relaxed));
        if fails {
            Err(io::Error::from_raw_os_error(self.errno.load(Relaxed)))
        } else {
            Ok(())
        }
    }

    pub(super) fn allow_exchange(&self) -> io::Result<()> {
        if self.has_no_exchange.load(Relaxed) {
            Err(Errno::INVAL.into())
        } else {
            Ok(())
        }
    }

    /// Gives a mode by `give`; on a disk that keeps none, `show` makes it look as it does there.
    pub(super) fn give_mode(
        &self,
        give: impl FnOnce() -> io::Result<()>,
        show: impl FnOnce(fs::Permissions) -> io::Result<()>,
    ) -> io::Result<()> {
        let modes = self.modes.load(Relaxed);
        if modes == 0 {
            return give();
        }
        show(fs::Permissions::from_mode(0o777))?;
        match modes {
            REFUSES_MODES => Err(Errno::PERM.into()),
            _ => Ok(()),
        }
    }

    pub(super) fn allow_links(&self) -> io::Result<()> {
        if self.has_no_links.load(Relaxed) {
            Err(Errno::PERM.into())
        } else {
            Ok(())
        }
    }
}

/// The site of these tests.
const PRACTICE: super::Site<'_> = super::Site {
    name: "practice",
    secret: "secret",
};

/// The files of a site by path.
type Site = BTreeMap<String, Vec<u8>>;

/// The names on a desk when no build left anything behind.
const CLEAN: [&str; 3] = [".site.loggia-lock", "content", "site"];

/// A folder with `content` and room for `site` in it.
struct Desk(TempDir);

impl Desk {
    #[track_caller]
    fn new() -> Self {
        // In memory where there is such a place: most tests here publish hundreds of times, and a sync waits for the disk.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() {
            TempDir::new_in(memory)
        } else {
            TempDir::new()
        };
        Self::at(folder.unwrap())
    }

    #[track_caller]
    fn at(folder: TempDir) -> Self {
        fs::create_dir(folder.path().join("content")).unwrap();
        Self(folder)
    }

    fn out(&self) -> PathBuf {
        self.0.path().join("site")
    }

    fn beside(&self, role: &str) -> PathBuf {
        self.0.path().join(format!(".site.loggia-{role}"))
    }

    fn target(&self) -> Result<Target, Diagnostic> {
        Target::of(&self.out(), &[&self.0.path().join("content")], None)
    }

    fn begin(&self, disk: Disk) -> Result<Publication, Diagnostic> {
        Publication::begin_on(disk, self.target()?, PRACTICE)
    }

    fn try_publish(&self, disk: Disk, site: &Site) -> Result<Published, Diagnostic> {
        let publication = self.begin(disk)?;
        for (path, bytes) in site {
            publication.put(&Sealed::for_test(path, bytes))?;
        }
        publication.publish()
    }

    #[track_caller]
    fn publish(&self, site: &Site) -> Published {
        self.try_publish(Disk::default(), site).unwrap()
    }

    /// What stands beside the content: names only.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect::<Vec<_>>();
        names.sort();
        names
    }

    /// The site that stands at `out`, without the marker; folders as paths that end in a slash.
    fn stands(&self) -> Site {
        let mut site = read_tree(&self.out());
        site.remove(super::marker::NAME);
        site
    }
}

/// All that is below a folder; links count as files that hold their target.
fn read_tree(root: &Path) -> Site {
    let mut tree = Site::new();
    for entry in walkdir::WalkDir::new(root).min_depth(1) {
        let entry = entry.unwrap();
        let path = entry
            .path()
            .strip_prefix(root)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        if entry.file_type().is_dir() {
            tree.insert(path + "/", Vec::new());
        } else if entry.file_type().is_symlink() {
            tree.insert(
                path,
                fs::read_link(entry.path())
                    .unwrap()
                    .into_os_string()
                    .into_encoded_bytes(),
            );
        } else {
            tree.insert(path, fs::read(entry.path()).unwrap());
        }
    }
    tree
}

/// Says something even when the test passes: a count of outcomes shows that the test met what it is for.
fn say(text: &str) {
    let _ = writeln!(io::stderr(), "publish: {text}");
}

/// A number from the environment, for runs longer than the usual one.
fn number_of(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap())
}

/// Numbers that look random and can be had again (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }
}

/// A site of two pages and what stands around them, all naming their generation, and one page that never changes.
fn generation(text: &str) -> Site {
    let page = |name: &str| format!("{name} {text}\n").into_bytes();
    Site::from([
        ("index.html".to_owned(), page("index")),
        ("p/a/index.html".to_owned(), page("a")),
        (format!("p/{text}/index.html"), page("own")),
        ("p/same/index.html".to_owned(), b"same\n".to_vec()),
    ])
}

/// The site as [`Desk::stands`] returns it.
fn with_folders(site: &Site) -> Site {
    let folders = site
        .keys()
        .flat_map(|path| super::plan::folders_of(path))
        .map(|folder| (format!("{folder}/"), Vec::new()));
    site.clone().into_iter().chain(folders).collect()
}

/// By what a file shows that it was touched. Times are in seconds and nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity {
    inode: u64,
    modified: (i64, i64),
    changed: (i64, i64),
    size: u64,
    mode: u32,
}

/// The identities of all that is below a folder, and its own.
fn identities(root: &Path) -> BTreeMap<PathBuf, Identity> {
    let mut identities = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root) {
        let entry = entry.unwrap();
        let found = fs::symlink_metadata(entry.path()).unwrap();
        let identity = Identity {
            inode: found.ino(),
            modified: (found.mtime(), found.mtime_nsec()),
            changed: (found.ctime(), found.ctime_nsec()),
            size: found.size(),
            mode: found.mode(),
        };
        identities.insert(entry.into_path(), identity);
    }
    identities
}

#[test]
fn site_is_published_whole_and_then_exchanged() {
    let desk = Desk::new();
    let first = desk.publish(&generation("one"));
    assert_eq!((first.written, first.unchanged, first.removed), (4, 0, 0));
    assert_eq!(desk.stands(), with_folders(&generation("one")));
    let same = desk.out().join("p/same/index.html");
    let inode = fs::metadata(&same).unwrap().ino();
    let second = desk.publish(&generation("two"));
    assert_eq!(
        (second.written, second.unchanged, second.removed),
        (3, 1, 1)
    );
    assert!(second.leftover.is_none());
    assert_eq!(desk.stands(), with_folders(&generation("two")));
    assert_eq!(fs::metadata(&same).unwrap().ino(), inode);
    assert_eq!(desk.names(), CLEAN);
}
