//! Builders that are killed at random moments while readers read: the old site or the new one, whole.

use std::collections::BTreeMap;
use std::fs;
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Child;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use tempfile::TempDir;

use crate::publish::disk::Disk;

use super::processes::{PORTALS, builder, portals};
use super::{Desk, Dice, Site, generation, number_of, say, with_folders};

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
        // The builders need the processors too.
        std::thread::sleep(Duration::from_micros(100));
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
    let kills = number_of("LOGGIA_KILLS", 60);
    kill_while_read(&Desk::new(), kills);
    // Once more where files take their time; seldom, because there one publish takes up to a second.
    kill_while_read(&Desk::at(TempDir::new().unwrap()), kills / 6);
}

fn kill_while_read(desk: &Desk, kills: usize) {
    let sites = [portals("A"), portals("B")];
    desk.publish(&sites[0]);
    let (has_ended, reads) = (AtomicBool::new(false), Reads::default());
    let outcomes = std::thread::scope(|scope| {
        let _ending = Ending(&has_ended);
        for seed in 0..3 {
            let (out, sites, has_ended, reads) = (desk.out(), &sites, &has_ended, &reads);
            scope.spawn(move || read_on(&out, sites, seed, has_ended, reads));
        }
        kill(desk, &sites, kills, "all")
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
