//! Real processes: builders that compete, that have an odd umask, that fill the disk.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::Ordering::Relaxed;

use tempfile::TempDir;

use crate::access::Sealed;
use crate::publish::Publication;
use crate::publish::disk::Disk;
use crate::publish::target::Target;

use super::{CLEAN, Desk, Site, generation, identities, say, with_folders};

pub(super) const PORTALS: usize = 200;

/// A site of 200 portals, of which every second one is the same in all generations.
pub(super) fn portals(text: &str) -> Site {
    let page = |number: usize| {
        let text = if number.is_multiple_of(2) {
            text
        } else {
            "always"
        };
        (
            format!("p/{number}/index.html"),
            format!("{text} {number}\n").repeat(200).into_bytes(),
        )
    };
    let mut site = (0..PORTALS).map(page).collect::<Site>();
    site.insert("index.html".to_owned(), text.as_bytes().to_vec());
    site
}

/// Starts this test program again as a builder; `job` says what it does.
pub(super) fn builder(folder: &Path, job: &str, umask: &str) -> Child {
    // The shell sets what this process, with its other tests, must not.
    let script = format!("umask {umask}; exec \"$0\" \"$@\"");
    Command::new("sh")
        .args(["-c", &script])
        .arg(std::env::current_exe().unwrap())
        .args([
            "publish::tests::processes::builds_when_started_as_a_builder",
            "--exact",
            "--test-threads=1",
        ])
        .env("LOGGIA_BUILDER_FOLDER", folder)
        .env("LOGGIA_BUILDER_JOB", job)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

const PUBLISHED: i32 = 20;
const LOCKED_OUT: i32 = 21;

/// The builder's side; among the other tests it does nothing.
#[test]
fn builds_when_started_as_a_builder() {
    let (Ok(folder), Ok(job)) = (
        std::env::var("LOGGIA_BUILDER_FOLDER"),
        std::env::var("LOGGIA_BUILDER_JOB"),
    ) else {
        return;
    };
    let folder = Path::new(&folder);
    match job.split_once(' ').unwrap() {
        ("loop", abilities) => build_until_killed(folder, abilities == "no-exchange"),
        (_, text) => {
            fs::write(folder.join(format!("ready-{text}")), "").unwrap();
            while !folder.join("go").exists() {
                std::thread::yield_now();
            }
            let result = publish(folder, Disk::default(), &portals(text));
            std::process::exit(match result {
                Ok(()) => PUBLISHED,
                Err(problem) if problem.contains("another build is publishing to") => LOCKED_OUT,
                Err(problem) => panic!("{problem}"),
            });
        }
    }
}

fn build_until_killed(folder: &Path, has_no_exchange: bool) {
    let sites = [portals("A"), portals("B")];
    let stands = fs::read(folder.join("site/index.html")).is_ok_and(|text| text == b"A");
    fs::write(folder.join("started"), "").unwrap();
    for turn in usize::from(stands).. {
        let disk = Disk::default();
        disk.faults.has_no_exchange.store(has_no_exchange, Relaxed);
        publish(folder, disk, &sites[turn % 2]).unwrap();
    }
}

fn publish(folder: &Path, disk: Disk, site: &Site) -> Result<(), String> {
    let target = Target::of(&folder.join("site"), &[&folder.join("content")], None);
    let publication =
        target.and_then(|target| Publication::begin_on(disk, target, super::PRACTICE));
    let publication = publication.map_err(|problem| problem.to_string())?;
    for (path, bytes) in site {
        publication
            .put(&Sealed::for_test(path, bytes))
            .map_err(|problem| problem.to_string())?;
    }
    publication
        .publish()
        .map(drop)
        .map_err(|problem| problem.to_string())
}

#[test]
fn of_twenty_builders_one_publishes_at_a_time() {
    let desk = Desk::new();
    let names = (10..30)
        .map(|number| number.to_string())
        .collect::<Vec<_>>();
    let children = names
        .iter()
        .map(|name| builder(desk.0.path(), &format!("once {name}"), "022"))
        .collect::<Vec<_>>();
    while names
        .iter()
        .any(|name| !desk.0.path().join(format!("ready-{name}")).exists())
    {
        std::thread::yield_now();
    }
    fs::write(desk.0.path().join("go"), "").unwrap();
    let codes = children
        .into_iter()
        .map(|mut child| child.wait().unwrap().code())
        .collect::<Vec<_>>();
    let winners = names
        .iter()
        .zip(&codes)
        .filter(|(_, code)| **code == Some(PUBLISHED))
        .map(|(name, _)| name);
    let winners = winners.collect::<Vec<_>>();
    let locked_out = codes
        .iter()
        .filter(|code| **code == Some(LOCKED_OUT))
        .count();
    say(&format!(
        "20 builders: {} published, {locked_out} locked out",
        winners.len()
    ));
    assert!(
        !winners.is_empty() && winners.len() + locked_out == 20,
        "{codes:?}"
    );
    let stands = desk.stands();
    assert!(
        winners
            .iter()
            .any(|name| stands == with_folders(&portals(name))),
        "the site is none of theirs"
    );
    assert!(!desk.beside("new").exists() && !desk.beside("old").exists());
}

#[test]
fn no_umask_changes_the_modes() {
    for umask in ["000", "022", "077", "777"] {
        let desk = Desk::new();
        fs::write(desk.0.path().join("go"), "").unwrap();
        let code = builder(desk.0.path(), "once 10", umask)
            .wait()
            .unwrap()
            .code();
        assert_eq!(code, Some(PUBLISHED), "umask {umask}");
        for (path, identity) in identities(&desk.out()) {
            let expected = if path.is_dir() { 0o040_755 } else { 0o100_644 };
            assert_eq!(identity.mode, expected, "umask {umask}: {}", path.display());
        }
    }
}

/// A file system mounted for a test, taken away with it.
struct Mount(std::path::PathBuf);

impl Mount {
    /// None where tests may not mount, which is said.
    fn at(folder: &Path, arguments: &[&str]) -> Option<Self> {
        let output = Command::new("mount").args(arguments).arg(folder).output();
        if output.is_ok_and(|output| output.status.success()) {
            return Some(Self(folder.to_owned()));
        }
        say("not tested: this system lets no test mount anything");
        None
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn full_disk_leaves_the_old_site() {
    let folder = TempDir::new().unwrap();
    let small_disk = ["-t", "tmpfs", "-o", "size=1m", "tmpfs"];
    let Some(_mount) = Mount::at(folder.path(), &small_disk) else {
        return;
    };
    let desk = Desk::at(TempDir::new_in(folder.path()).unwrap());
    desk.publish(&generation("one"));
    let before = identities(&desk.out());
    let large = (0..100).map(|number| (format!("p/{number}"), vec![b'x'; 20_000]));
    let problem = desk
        .try_publish(Disk::default(), &large.collect())
        .unwrap_err();
    assert!(
        problem.to_string().contains("hint: make room on the disk"),
        "{problem}"
    );
    assert_eq!(identities(&desk.out()), before);
    desk.publish(&generation("two"));
    assert_eq!(desk.names(), CLEAN);
}

#[test]
fn mount_points_are_refused() {
    // A folder of the same file system: its device number does not give it away.
    let elsewhere = Desk::new();
    let bound = ["--bind", elsewhere.0.path().to_str().unwrap()];
    for arguments in [["-t", "tmpfs", "tmpfs"].as_slice(), &bound] {
        let desk = Desk::new();
        fs::create_dir(desk.out()).unwrap();
        let Some(mount) = Mount::at(&desk.out(), arguments) else {
            return;
        };
        let problem = desk.begin(Disk::default()).unwrap_err().to_string();
        assert!(problem.contains("it is a mount point"), "{problem}");
        drop(mount);
        desk.publish(&generation("one"));
        fs::create_dir(desk.out().join("p/mine")).unwrap();
        let Some(_mount) = Mount::at(&desk.out().join("p/mine"), &["-t", "tmpfs", "tmpfs"]) else {
            return;
        };
        let problem = desk
            .try_publish(Disk::default(), &generation("two"))
            .unwrap_err()
            .to_string();
        assert!(problem.contains("did not write: `p/mine`"), "{problem}");
    }
}
