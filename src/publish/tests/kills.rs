//! Processes that are killed, that compete, that run out of disk, or that have an odd umask: the real thing, not a seam.

use std::collections::BTreeMap;
use std::fs;
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;
use std::time::Instant;

use rustix::fs::Mode;
use rustix::fs::OFlags;
use rustix::io::Errno;
use tempfile::TempDir;

use crate::publish::Publication;
use crate::publish::disk::Disk;

use super::CLEAN;
use super::Desk;
use super::Dice;
use super::Site;
use super::generation;
use super::identities;
use super::number_of;
use super::say;
use super::with_folders;

const PORTALS: usize = 200;

/// A site of 200 portals, of which every second one is the same in all generations.
fn portals(text: &str) -> Site {
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
fn builder(folder: &Path, job: &str, umask: &str) -> Child {
    // The shell sets what this process, with its other tests, must not.
    let script = format!("umask {umask}; exec \"$0\" \"$@\"");
    Command::new("sh")
        .args(["-c", &script])
        .arg(std::env::current_exe().unwrap())
        .args([
            "publish::tests::kills::builds_when_started_as_a_builder",
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
    let target = super::Target::of(&folder.join("site"), &folder.join("content"), None);
    let publication = target.and_then(|target| Publication::begin_on(disk, target, "practice"));
    let publication = publication.map_err(|problem| problem.to_string())?;
    for (path, bytes) in site {
        publication
            .put(&super::Sealed::for_test(path, bytes))
            .map_err(|problem| problem.to_string())?;
    }
    publication
        .publish()
        .map(drop)
        .map_err(|problem| problem.to_string())
}

/// What the readers met.
#[derive(Debug, Default)]
struct Reads {
    by_path: AtomicUsize,
    by_root: AtomicUsize,
    gone_with_their_root: AtomicUsize,
    missing: AtomicUsize,
}

/// Reads pages until told to stop: by path, where none may ever be missing, and through an opened site, where all are of one
/// generation and only a replaced site may lose pages.
fn read_on(out: &Path, sites: &[Site; 2], seed: u64, has_ended: &AtomicBool, reads: &Reads) {
    let mut dice = Dice(seed);
    while !has_ended.load(Relaxed) {
        for _ in 0..20 {
            let path = format!("p/{}/index.html", dice.below(PORTALS));
            match fs::read(out.join(&path)) {
                Ok(bytes) => assert!(
                    sites.iter().any(|site| site[&path] == bytes),
                    "{path} is of no generation"
                ),
                Err(_) => _ = reads.missing.fetch_add(1, Relaxed),
            }
            reads.by_path.fetch_add(1, Relaxed);
        }
        let Ok(root) = File::open(out) else { continue };
        let read = |path: &str| -> Result<Vec<u8>, Errno> {
            let handle =
                rustix::fs::openat(&root, path, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
            let mut bytes = Vec::new();
            File::from(handle).read_to_end(&mut bytes).unwrap();
            Ok(bytes)
        };
        let Ok(text) = read("index.html") else {
            continue;
        };
        let site = &sites[usize::from(text == b"B")];
        for _ in 0..20 {
            let path = format!("p/{}/index.html", dice.below(PORTALS));
            if let Ok(bytes) = read(&path) {
                assert!(
                    site[&path] == bytes,
                    "{path} is of another generation than its site"
                );
                reads.by_root.fetch_add(1, Relaxed);
            } else {
                let is_replaced = fs::metadata(out)
                    .map_or(true, |now| now.ino() != root.metadata().unwrap().ino());
                assert!(is_replaced, "{path} is missing from the site that stands");
                reads.gone_with_their_root.fetch_add(1, Relaxed);
            }
        }
    }
}

/// Starts a builder of A and B in turn, and returns when it is about to publish.
#[track_caller]
fn started(desk: &Desk, abilities: &str) -> Child {
    let _ = fs::remove_file(desk.0.path().join("started"));
    let mut child = builder(desk.0.path(), &format!("loop {abilities}"), "022");
    while !desk.0.path().join("started").exists() {
        assert!(child.try_wait().unwrap().is_none(), "the builder failed");
        std::thread::yield_now();
    }
    child
}

/// How long such a builder needs for one publish, here and now.
fn measured_cycle(desk: &Desk, abilities: &str) -> Duration {
    const CYCLES: u32 = 4;
    let inode = || fs::metadata(desk.out()).map(|metadata| metadata.ino()).ok();
    let mut child = started(desk, abilities);
    let start = Instant::now();
    for _ in 0..CYCLES {
        let before = inode();
        while inode() == before {
            std::thread::yield_now();
        }
    }
    let cycle = start.elapsed() / CYCLES;
    child.kill().unwrap();
    child.wait().unwrap();
    cycle
}

/// Kills builders at random moments of up to 1.1 times two publishes; returns the outcomes by what was found.
fn kill(desk: &Desk, sites: &[Site; 2], kills: usize, abilities: &str) -> BTreeMap<String, usize> {
    let cycle = measured_cycle(desk, abilities);
    say(&format!(
        "one publish takes the builder {} ms",
        cycle.as_millis()
    ));
    let window = usize::try_from(cycle.as_micros()).unwrap() * 22 / 10;
    let mut dice = Dice(u64::from(std::process::id()));
    let mut outcomes = BTreeMap::new();
    for _ in 0..kills {
        let mut child = started(desk, abilities);
        // The moment is the point of this test: any, within a publish and a little more.
        std::thread::sleep(Duration::from_micros(dice.below(window) as u64));
        assert!(child.try_wait().unwrap().is_none(), "the builder failed");
        child.kill().unwrap();
        child.wait().unwrap();
        let found = found(desk, sites);
        *outcomes.entry(found).or_default() += 1;
    }
    outcomes
}

/// Names what a killed builder left; anything but a whole generation is a failure.
fn found(desk: &Desk, sites: &[Site; 2]) -> String {
    let name = if desk.out().exists() {
        let stands = desk.stands();
        let generation = sites.iter().position(|site| stands == with_folders(site));
        ["A", "B"][generation.expect("a whole generation stands")]
    } else {
        assert!(
            desk.beside("journal").exists() && desk.beside("old").exists(),
            "no site, and none to come back"
        );
        "none, old site aside"
    };
    let marker = fs::metadata(desk.beside("new").join(".loggia-site"));
    let beside = match marker.map(|marker| marker.len()) {
        _ if desk.beside("journal").exists() => "journal",
        _ if desk.beside("old").exists() => "old tree",
        Ok(0) => "unfinished tree",
        Ok(_) => "finished or old tree",
        Err(_) if desk.beside("new").exists() => "empty tree",
        Err(_) => "nothing",
    };
    format!("{name}, {beside} beside")
}

#[test]
fn killed_build_leaves_the_old_site_or_the_new_one() {
    // On the disk, not in memory: here the syncs are to take their time.
    let desk = Desk::at(TempDir::new().unwrap());
    let sites = [portals("A"), portals("B")];
    desk.publish(&sites[0]);
    let (has_ended, reads) = (AtomicBool::new(false), Reads::default());
    let kills = number_of("LOGGIA_KILLS", 60);
    let outcomes = std::thread::scope(|scope| {
        for seed in 0..3 {
            let (out, sites, has_ended, reads) = (desk.out(), &sites, &has_ended, &reads);
            scope.spawn(move || read_on(&out, sites, seed, has_ended, reads));
        }
        let ending = Ending(&has_ended);
        let outcomes = kill(&desk, &sites, kills, "all");
        drop(ending);
        outcomes
    });
    say(&format!("{kills} kills: {outcomes:#?}\n{reads:?}"));
    assert_eq!(reads.missing.load(Relaxed), 0, "{reads:?}");
    desk.publish(&generation("one"));
    assert_eq!(desk.stands(), with_folders(&generation("one")));
    assert_eq!(
        desk.names(),
        [".site.loggia-lock", "content", "site", "started"]
    );
}

/// Lets the readers end, also when the test fails.
struct Ending<'a>(&'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Relaxed);
    }
}

#[test]
fn killed_build_without_exchange_is_settled_by_the_next() {
    let desk = Desk::new();
    let sites = [portals("A"), portals("B")];
    desk.publish(&sites[0]);
    let kills = number_of("LOGGIA_KILLS", 60) / 3;
    let outcomes = kill(&desk, &sites, kills, "no-exchange");
    say(&format!("{kills} kills without exchange: {outcomes:#?}"));
    drop(desk.begin(Disk::default()).unwrap());
    assert!(found(&desk, &sites).ends_with("nothing beside"));
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
            assert_eq!(identity.6, expected, "umask {umask}: {}", path.display());
        }
    }
}

#[test]
fn full_disk_leaves_the_old_site() {
    let folder = TempDir::new().unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
        .arg(folder.path())
        .output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        return say("a really full disk was not tested: this system lets no test mount one");
    }
    let mount = folder.path().to_owned();
    let desk = Desk::at(folder);
    let small = generation("one");
    desk.publish(&small);
    let before = identities(&desk.out());
    let large = (0..100)
        .map(|number| (format!("p/{number}"), vec![b'x'; 20_000]))
        .collect::<Site>();
    let problem = desk
        .try_publish(Disk::default(), &large)
        .map(|_| ())
        .unwrap_err()
        .to_string();
    let after = identities(&desk.out());
    let fits = desk
        .try_publish(Disk::default(), &generation("two"))
        .map(|_| ());
    let names = desk.names();
    assert!(
        Command::new("umount")
            .arg(&mount)
            .status()
            .unwrap()
            .success()
    );
    assert!(problem.contains("make room on the disk"), "{problem}");
    assert_eq!(after, before);
    fits.unwrap();
    assert_eq!(names, CLEAN);
}
