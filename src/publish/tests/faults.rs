//! Every operation fails once, and every operation is once the last: the old site or the new one stands, whole.

use std::fs;
use std::sync::atomic::Ordering::Relaxed;

use rustix::io::Errno;

use crate::publish::disk::Disk;

use super::{
    CLEAN, Desk, IGNORES_MODES, REFUSES_MODES, Site, generation, identities, read_tree, say,
    with_folders,
};

/// What the file system of a run can do.
#[derive(Debug, Clone, Copy)]
enum Abilities {
    All,
    NoExchange,
    NoLinks,
}

const ABILITIES: [Abilities; 3] = [Abilities::All, Abilities::NoExchange, Abilities::NoLinks];

fn disk(abilities: Abilities) -> Disk {
    let disk = Disk::default();
    disk.faults
        .has_no_exchange
        .store(matches!(abilities, Abilities::NoExchange), Relaxed);
    disk.faults
        .has_no_links
        .store(matches!(abilities, Abilities::NoLinks), Relaxed);
    disk
}

fn failing_once(abilities: Abilities, turn: usize, errno: Errno) -> Disk {
    let disk = disk(abilities);
    disk.faults.first.store(turn, Relaxed);
    disk.faults.errno.store(errno.raw_os_error(), Relaxed);
    disk
}

fn dying(abilities: Abilities, turn: usize) -> Disk {
    let disk = failing_once(abilities, turn, Errno::IO);
    disk.faults.is_crash.store(true, Relaxed);
    disk
}

/// Publishes to a desk that holds `old`, or nothing, failing operation 1, 2, 3 … until none is left to fail.
fn fail_each_operation(old: Option<&Site>, abilities: Abilities, errno: Errno) -> usize {
    let new = generation("two");
    for turn in 1.. {
        let desk = Desk::new();
        if let Some(old) = old {
            desk.publish(old);
        }
        let before = old.map(|_| read_tree(&desk.out()));
        let disk = failing_once(abilities, turn, errno);
        let faults = disk.faults.clone();
        match desk.try_publish(disk, &new) {
            Err(problem) => {
                let after = desk.out().exists().then(|| read_tree(&desk.out()));
                assert_eq!(after, before, "{abilities:?} {errno:?} {turn}: {problem}");
                assert!(problem.message().contains("cannot "), "{problem}");
            }
            Ok(published) => {
                assert_eq!(
                    desk.stands(),
                    with_folders(&new),
                    "{abilities:?} {errno:?} {turn}"
                );
                // A fault after the exchange may leave the old tree to the next build; then the coach is told.
                let is_clean = desk.names() == CLEAN;
                assert!(
                    is_clean || published.leftover.is_some(),
                    "{abilities:?} {errno:?} {turn}"
                );
            }
        }
        desk.publish(&generation("three"));
        assert_eq!(desk.stands(), with_folders(&generation("three")));
        assert_eq!(desk.names(), CLEAN);
        if faults.reached.load(Relaxed) < turn {
            return turn - 1;
        }
    }
    unreachable!("some turn is past the last operation")
}

#[test]
fn failed_operation_leaves_the_old_site() {
    let mut counts = Vec::new();
    for errno in [Errno::IO, Errno::NOSPC, Errno::ACCESS] {
        for abilities in ABILITIES {
            counts.push(fail_each_operation(
                Some(&generation("one")),
                abilities,
                errno,
            ));
        }
        counts.push(fail_each_operation(None, Abilities::All, errno));
    }
    say(&format!(
        "failed operations, each run once per operation: {counts:?}"
    ));
}

#[test]
fn full_disk_says_what_to_do() {
    let desk = Desk::new();
    desk.publish(&generation("one"));
    let texts = (1..40).filter_map(|turn| {
        let result = desk.try_publish(
            failing_once(Abilities::All, turn, Errno::NOSPC),
            &generation("two"),
        );
        desk.publish(&generation("one"));
        result.err().map(|problem| problem.to_string())
    });
    let texts = texts.collect::<Vec<_>>();
    assert!(texts.len() > 20);
    assert!(
        texts
            .iter()
            .all(|text| text.contains("hint: make room on the disk and build again")),
        "{texts:#?}"
    );
}

/// Whether a desk holds the old site, the new one or none; anything else is a failure.
#[track_caller]
fn generation_of(desk: &Desk) -> Option<&'static str> {
    if !desk.out().exists() {
        return None;
    }
    let stands = desk.stands();
    let found = ["one", "two"]
        .into_iter()
        .find(|text| stands == with_folders(&generation(text)));
    assert!(
        found.is_some(),
        "neither the old site nor the new one: {stands:#?}"
    );
    found
}

#[test]
fn build_that_dies_at_any_operation_is_settled_by_the_next() {
    for abilities in ABILITIES {
        let mut outcomes = std::collections::BTreeMap::<_, usize>::new();
        for turn in 1.. {
            let desk = Desk::new();
            desk.publish(&generation("one"));
            let disk = dying(abilities, turn);
            let faults = disk.faults.clone();
            let result = desk.try_publish(disk, &generation("two"));
            let left = generation_of(&desk);
            assert!(
                left.is_some() || matches!(abilities, Abilities::NoExchange),
                "{abilities:?} {turn}: no site"
            );
            drop(desk.begin(Disk::default()).unwrap());
            let settled = generation_of(&desk).expect("a site stands again");
            assert!(left.is_none_or(|left| left == settled));
            assert_eq!(desk.names(), CLEAN);
            *outcomes.entry((left, settled)).or_default() += 1;
            if faults.reached.load(Relaxed) < turn {
                assert_eq!((result.unwrap().written, settled), (3, "two"));
                break;
            }
        }
        assert_eq!(
            outcomes.contains_key(&(None, "one")),
            matches!(abilities, Abilities::NoExchange)
        );
        say(&format!(
            "died at every operation, {abilities:?}: (found, settled) {outcomes:?}"
        ));
    }
}

#[test]
fn settling_that_dies_too_is_settled_by_the_one_after() {
    let mut deaths = 0;
    for abilities in [Abilities::All, Abilities::NoExchange] {
        let mut has_died = true;
        let mut turn = 0;
        while has_died {
            turn += 1;
            has_died = die_and_die_again(abilities, turn, &mut deaths);
        }
    }
    say(&format!(
        "died, and died again while settling: {deaths} pairs of moments"
    ));
}

/// Dies at one operation of a build, then at every one of the next `begin`; returns whether the build got that far.
fn die_and_die_again(abilities: Abilities, turn: usize, deaths: &mut usize) -> bool {
    for again in 1.. {
        let desk = Desk::new();
        desk.publish(&generation("one"));
        let disk = dying(abilities, turn);
        let faults = disk.faults.clone();
        let _ = desk.try_publish(disk, &generation("two"));
        let left = generation_of(&desk);
        let settling = dying(abilities, again);
        let settling_faults = settling.faults.clone();
        drop(desk.begin(settling));
        assert!(left.is_none() || generation_of(&desk) == left);
        drop(desk.begin(Disk::default()).unwrap());
        assert_eq!(generation_of(&desk), left.or(Some("one")));
        assert_eq!(desk.names(), CLEAN);
        if faults.reached.load(Relaxed) < turn {
            return false;
        }
        if settling_faults.reached.load(Relaxed) < again {
            return true;
        }
        *deaths += 1;
    }
    unreachable!("some turn is past the last operation")
}

#[test]
fn first_publish_that_dies_leaves_nothing_or_all() {
    for turn in 1.. {
        let desk = Desk::new();
        let disk = dying(Abilities::All, turn);
        let faults = disk.faults.clone();
        let _ = desk.try_publish(disk, &generation("two"));
        assert!(matches!(generation_of(&desk), None | Some("two")));
        desk.publish(&generation("one"));
        assert_eq!(desk.names(), CLEAN);
        if faults.reached.load(Relaxed) < turn {
            break;
        }
    }
}

#[test]
fn journal_without_a_site_brings_the_old_one_back() {
    let desk = Desk::new();
    desk.publish(&generation("one"));
    fs::rename(desk.out(), desk.beside("old")).unwrap();
    fs::write(desk.beside("journal"), "").unwrap();
    drop(desk.begin(Disk::default()).unwrap());
    assert_eq!(generation_of(&desk), Some("one"));
    // Without a journal the old site may be half deleted: it does not come back.
    fs::rename(desk.out(), desk.beside("old")).unwrap();
    drop(desk.begin(Disk::default()).unwrap());
    assert_eq!(generation_of(&desk), None);
    assert_eq!(desk.names(), [".site.loggia-lock", "content"]);
}

/// FAT, exFAT, NTFS and network disks: no modes, no exchange and no second names. An unchanged site stays untouched there too.
#[test]
fn a_disk_that_keeps_no_modes_gets_a_site_and_keeps_it() {
    for modes in [REFUSES_MODES, IGNORES_MODES] {
        let plain_disk = || {
            let disk = disk(Abilities::NoExchange);
            disk.faults.has_no_links.store(true, Relaxed);
            disk.faults.modes.store(modes, Relaxed);
            disk
        };
        let desk = Desk::new();
        desk.try_publish(plain_disk(), &generation("one")).unwrap();
        assert_eq!(desk.stands(), with_folders(&generation("one")));
        let before = identities(&desk.out());
        let again = desk.try_publish(plain_disk(), &generation("one")).unwrap();
        assert_eq!((again.written, again.unchanged), (0, 4), "{modes}");
        assert_eq!(identities(&desk.out()), before);
        let other = desk.try_publish(plain_disk(), &generation("two")).unwrap();
        assert_eq!((other.written, other.unchanged), (3, 1));
        assert_eq!(desk.stands(), with_folders(&generation("two")));
        assert_eq!(desk.names(), CLEAN);
    }
}
