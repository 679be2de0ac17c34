//! After any edit the tree is that of a clean publish, and what did not change is not touched.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::sync::atomic::Ordering::Relaxed;

use crate::publish::disk::Disk;

use super::{
    CLEAN, Desk, Dice, Site, generation, identities, number_of, read_tree, say, with_folders,
};

/// One to three edits: a file is added, changed or removed, moved, or turned into a folder or back.
fn edit(site: &mut Site, dice: &mut Dice) {
    let names = [
        "index.html",
        "p",
        "p/a",
        "p/a/index.html",
        "p/b/index.html",
        "p/b/c/d",
        "q/x.ics",
        "404.html",
        ".nojekyll",
    ];
    for _ in 0..=dice.below(3) {
        let name = names[dice.below(names.len())];
        let bytes = match dice.below(5) {
            0 => None,
            1 => site.pop_first().map(|(_, bytes)| bytes),
            length => Some(vec![
                b'a' + u8::try_from(dice.below(3)).unwrap();
                length * 1000
            ]),
        };
        site.remove(name);
        let Some(bytes) = bytes else { continue };
        // A file cannot stand where a folder is needed.
        site.retain(|path, _| {
            !path.starts_with(&format!("{name}/")) && !name.starts_with(&format!("{path}/"))
        });
        site.insert(name.to_owned(), bytes);
    }
}

#[test]
fn tree_equals_a_clean_publish_after_any_edits() {
    let sequences = number_of("LOGGIA_EDITS", 200);
    let mut publishes = [0; 2];
    for seed in 0..sequences {
        let mut dice = Dice(seed as u64);
        let desk = Desk::new();
        let mut site = Site::new();
        for step in 0..1 + dice.below(6) {
            edit(&mut site, &mut dice);
            let before = desk.out().exists().then(|| read_tree(&desk.out()));
            let published = desk.publish(&site);
            let clean = Desk::new();
            clean.publish(&site);
            assert_eq!(
                read_tree(&desk.out()),
                read_tree(&clean.out()),
                "seed {seed}, step {step}"
            );
            assert_eq!(
                modes(&desk),
                BTreeSet::from([0o100_644, 0o040_755]),
                "seed {seed}, step {step}"
            );
            let is_same = before.is_some_and(|before| before == read_tree(&desk.out()));
            assert!(
                !is_same || (published.written, published.removed) == (0, 0),
                "seed {seed}, step {step}"
            );
            assert_eq!(published.written + published.unchanged, site.len());
            publishes[usize::from(is_same)] += 1;
        }
    }
    say(&format!(
        "{sequences} edit sequences, [changed, unchanged] publishes: {publishes:?}"
    ));
}

fn modes(desk: &Desk) -> BTreeSet<u32> {
    identities(&desk.out())
        .values()
        .map(|identity| identity.mode)
        .collect()
}

#[test]
fn unchanged_site_is_not_touched() {
    let desk = Desk::new();
    desk.publish(&generation("one"));
    let before = identities(&desk.out());
    let published = desk.publish(&generation("one"));
    assert_eq!(
        (published.written, published.unchanged, published.removed),
        (0, 4, 0)
    );
    assert_eq!(identities(&desk.out()), before);
    assert_eq!(desk.names(), CLEAN);
}

#[test]
fn damaged_site_is_made_whole_again() {
    let damages: [fn(&Desk); 7] = [
        |desk| fs::remove_file(desk.out().join("index.html")).unwrap(),
        |desk| fs::write(desk.out().join("index.html"), "index two\n").unwrap(),
        |desk| fs::create_dir_all(desk.out().join("p/empty/folder")).unwrap(),
        |desk| {
            fs::set_permissions(
                desk.out().join("index.html"),
                fs::Permissions::from_mode(0o600),
            )
            .unwrap();
        },
        |desk| {
            fs::set_permissions(desk.out().join("p"), fs::Permissions::from_mode(0o700)).unwrap();
        },
        |desk| fs::set_permissions(desk.out(), fs::Permissions::from_mode(0o700)).unwrap(),
        |desk| fs::remove_dir_all(desk.out()).unwrap(),
    ];
    for damage in damages {
        let desk = Desk::new();
        desk.publish(&generation("one"));
        damage(&desk);
        desk.publish(&generation("one"));
        assert_eq!(desk.stands(), with_folders(&generation("one")));
        assert_eq!(modes(&desk), BTreeSet::from([0o100_644, 0o040_755]));
    }
}

#[test]
fn empty_folder_is_taken_over() {
    let desk = Desk::new();
    fs::create_dir(desk.out()).unwrap();
    fs::set_permissions(desk.out(), fs::Permissions::from_mode(0o700)).unwrap();
    desk.publish(&generation("one"));
    assert_eq!(desk.stands(), with_folders(&generation("one")));
    assert_eq!(modes(&desk), BTreeSet::from([0o100_644, 0o040_755]));
}

#[test]
fn unchanged_file_is_linked_or_copied_with_its_time() {
    for has_no_links in [false, true] {
        let desk = Desk::new();
        desk.publish(&generation("one"));
        let same = desk.out().join("p/same/index.html");
        let time =
            std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_millis(1_234_567_890_123);
        fs::File::open(&same).unwrap().set_modified(time).unwrap();
        let before = fs::metadata(&same).unwrap();
        let disk = Disk::default();
        disk.faults.has_no_links.store(has_no_links, Relaxed);
        let published = desk.try_publish(disk, &generation("two")).unwrap();
        let after = fs::metadata(&same).unwrap();
        assert_eq!(published.unchanged, 1);
        assert_eq!(after.modified().unwrap(), time);
        assert_eq!(after.mode(), 0o100_644);
        assert_eq!(after.nlink(), 1);
        assert_eq!(after.ino() == before.ino(), !has_no_links);
        assert_eq!(desk.stands(), with_folders(&generation("two")));
    }
}

#[test]
fn dropped_publication_leaves_the_site_and_nothing_beside_it() {
    let desk = Desk::new();
    desk.publish(&generation("one"));
    let before = identities(&desk.out());
    let publication = desk.begin(Disk::default()).unwrap();
    for (path, bytes) in generation("two") {
        publication
            .put(&crate::access::Sealed::for_test(&path, &bytes))
            .unwrap();
    }
    drop(publication);
    assert_eq!(identities(&desk.out()), before);
    assert_eq!(desk.names(), CLEAN);
}

#[test]
fn marker_tells_no_path_and_no_name() {
    let desk = Desk::new();
    desk.publish(&generation("one"));
    let marker = fs::read_to_string(desk.out().join(".loggia-site")).unwrap();
    let mut lines = marker.lines();
    assert!(lines.next().unwrap().starts_with("loggia site 1: "));
    let is_digest =
        |text: &str| text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    assert!(is_digest(
        lines.next().unwrap().strip_prefix("site ").unwrap()
    ));
    let files = lines.collect::<Vec<_>>();
    assert_eq!(files.len(), 256, "the number of files is told");
    assert!(
        files.is_sorted() && files.iter().all(|line| is_digest(line)),
        "{marker}"
    );
}

#[test]
fn fillers_of_the_marker_stay_when_pages_come_and_go() {
    let desk = Desk::new();
    let with = |count: usize| {
        let files = (0..count).map(|number| (format!("p/{number}/index.html"), vec![b'x']));
        desk.publish(&files.collect());
        let marker = fs::read_to_string(desk.out().join(".loggia-site")).unwrap();
        let lines = marker.lines().skip(2).map(str::to_owned);
        lines.collect::<std::collections::BTreeSet<_>>()
    };
    // However many pages there are, as many lines change as pages: it is not told which lines are pages.
    let first = with(3);
    for (count, changed) in [(4, 1), (40, 37), (2, 1), (200, 197), (3, 0)] {
        let now = with(count);
        assert_eq!(now.len(), 256);
        assert_eq!(first.difference(&now).count(), changed, "{count}");
        assert_eq!(now.difference(&first).count(), changed, "{count}");
    }
}

#[test]
fn files_may_be_put_from_many_threads() {
    let desk = Desk::new();
    let site = (0..200)
        .map(|number| (format!("p/{}/{number}", number % 7), vec![b'x'; number]))
        .collect::<Site>();
    let publication = desk.begin(Disk::default()).unwrap();
    let files = site.iter().collect::<Vec<_>>();
    std::thread::scope(|scope| {
        for share in files.chunks(25) {
            let publication = &publication;
            scope.spawn(move || {
                for (path, bytes) in share {
                    publication
                        .put(&crate::access::Sealed::for_test(path, bytes))
                        .unwrap();
                }
            });
        }
    });
    assert_eq!(publication.publish().unwrap().written, 200);
    assert_eq!(desk.stands(), with_folders(&site));
}
