//! A record is read as it was written, or not at all.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::record::contents::{
    Invited, Record, RecordedFile, RecordedPage, RecordedPerson, Release,
};
use crate::record::store::Store;
use crate::record::told::{Gathered, TextDigest, Told};

fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest([b"key", bytes].concat()).into()
}

fn other_hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest([b"other", bytes].concat()).into()
}

fn file(name: &str) -> RecordedFile {
    RecordedFile {
        path: format!("p/{name}/index.html"),
        sha256: "ab".repeat(32),
        is_sealed: name != "open",
        waits_for_click: name == "click",
    }
}

fn told(digests: &[(&str, &str)]) -> Told {
    gathered(digests).told()
}

fn gathered(digests: &[(&str, &str)]) -> Gathered {
    let mut told = Gathered::default();
    for (part, digest) in digests {
        let mut bytes = [0; 8];
        bytes[..digest.len()].copy_from_slice(digest.as_bytes());
        told.add(part, TextDigest::of(bytes));
    }
    told
}

fn record() -> Record {
    let page = |reader: &str, name: &str, digests: &[(&str, &str)]| RecordedPage {
        engagement: "nyah".to_owned(),
        reader: reader.to_owned(),
        file: file(name),
        told: told(digests),
    };
    let pages = vec![
        page(
            "nyah",
            "click",
            &[("goals", "a1"), ("goals", "a1"), ("facts~", "b2")],
        ),
        page("priya", "open", &[]),
    ];
    let persons = vec![RecordedPerson {
        id: "ingrid".to_owned(),
        file: file("person"),
        lines: [("nyah".to_owned(), "c3".to_owned())].into(),
    }];
    let first = Release {
        pages,
        persons,
        warnings: vec!["d4".to_owned()],
    };
    let second = Release {
        warnings: vec!["e5".to_owned()],
        ..Release::default()
    };
    let invited = Invited {
        engagement: "nyah".to_owned(),
        reader: "priya".to_owned(),
        path: "p/open/index.html".to_owned(),
        told: told(&[("goals", "a1"), ("facts~", "b2")]),
    };
    Record {
        releases: vec![first, second],
        invited: vec![invited],
    }
}

/// A practice, with `content` and a place for a site.
fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("content")).unwrap();
    place
}

fn store(place: &Path) -> Store<'static> {
    Store::of(&place.join("content"), &place.join("site"), &hash)
}

/// The one record of a practice.
fn only(place: &Path) -> std::path::PathBuf {
    let entries = fs::read_dir(place.join("content/.loggia")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(names.len(), 1, "{names:?}");
    names.remove(0)
}

#[test]
fn a_record_comes_back_as_it_was_and_is_for_its_owner_alone() {
    let place = place();
    let record = record();
    store(place.path()).staged(&record).unwrap().put().unwrap();
    assert_eq!(store(place.path()).read().record, Some(record));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&only(place.path())), 0o600);
    assert_eq!(mode(&place.path().join("content/.loggia")), 0o700);
}

#[test]
fn a_practice_that_is_moved_takes_its_records_along() {
    let (place, other) = (place(), place());
    store(place.path())
        .staged(&record())
        .unwrap()
        .put()
        .unwrap();
    fs::remove_dir(other.path().join("content")).unwrap();
    fs::rename(place.path().join("content"), other.path().join("content")).unwrap();
    assert_eq!(store(other.path()).read().record, Some(record()));
}

#[test]
fn each_folder_of_a_site_has_a_record_of_its_own() {
    let place = place();
    store(place.path())
        .staged(&record())
        .unwrap()
        .put()
        .unwrap();
    let content = place.path().join("content");
    let other = Store::of(&content, &place.path().join("public"), &hash);
    assert!(other.read().record.is_none());
    // Under another's name it is no record.
    let name = other.staged(&Record::default()).unwrap();
    name.put().unwrap();
    let text = fs::read(only_but(&content, &store(place.path()))).unwrap();
    assert!(!text.is_empty());
    assert_eq!(store(place.path()).read_all().len(), 2);
}

/// The record that is not this one's.
fn only_but(content: &Path, store: &Store<'_>) -> std::path::PathBuf {
    let entries = fs::read_dir(content.join(".loggia")).unwrap();
    let mut paths = entries.map(|entry| entry.unwrap().path());
    paths.find(|path| !path.ends_with(store.name())).unwrap()
}

#[test]
fn what_a_build_did_not_write_is_no_record_and_is_said_once() {
    let place = place();
    store(place.path())
        .staged(&record())
        .unwrap()
        .put()
        .unwrap();
    let path = only(place.path());
    let whole = fs::read(&path).unwrap();
    let check = |bytes: &[u8], said: &str| {
        fs::write(&path, bytes).unwrap();
        let found = store(place.path()).read();
        assert_eq!(found.record, None, "{said}");
        let notice = found.notice.unwrap();
        assert!(!notice.is_error());
        assert!(notice.message().contains(said), "{notice}");
        assert_eq!(notice.message().lines().count(), 1);
    };
    for cut in 0..whole.len() {
        check(&whole[..cut], "");
    }
    for place in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        check(&bytes, "");
    }
    let text = String::from_utf8(whole.clone()).unwrap();
    check(
        text.replacen("record 1", "record 2", 1).as_bytes(),
        "another version",
    );
    check(&[&whole[..], b" x y\n"].concat(), "damaged");
    check(b"\xff\xfe", "damaged");
    fs::write(&path, &whole).unwrap();
    let content = place.path().join("content");
    let other = Store::of(&content, &place.path().join("site"), &other_hash);
    assert!(
        other
            .read()
            .notice
            .unwrap()
            .message()
            .contains("another key")
    );
    let public = Store::of(&content, &place.path().join("public"), &hash);
    fs::rename(&path, content.join(".loggia").join(public.name())).unwrap();
    assert!(
        public
            .read()
            .notice
            .unwrap()
            .message()
            .contains("another folder")
    );
}

#[test]
fn links_and_folders_in_its_place_are_no_record() {
    let place = place();
    store(place.path())
        .staged(&record())
        .unwrap()
        .put()
        .unwrap();
    let path = only(place.path());
    let aside = place.path().join("aside");
    fs::rename(&path, &aside).unwrap();
    std::os::unix::fs::symlink(&aside, &path).unwrap();
    let found = store(place.path()).read();
    assert!(found.record.is_none() && found.notice.is_some());
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    let found = store(place.path()).read();
    assert!(found.record.is_none() && found.notice.is_some());
}

#[test]
fn a_draft_that_is_not_put_changes_nothing_and_is_taken_away() {
    let place = place();
    store(place.path())
        .staged(&record())
        .unwrap()
        .put()
        .unwrap();
    drop(store(place.path()).staged(&Record::default()).unwrap());
    assert_eq!(store(place.path()).read().record, Some(record()));
    only(place.path());
}

#[test]
fn what_is_shown_no_more_is_told_by_its_part() {
    let was = told(&[
        ("goals", "a"),
        ("goals", "a"),
        ("facts", "b"),
        ("facts~", "c"),
    ]);
    assert_eq!(was.beyond(&was), None);
    const MORE: &[(&str, &str)] = &[
        ("goals", "a"),
        ("goals", "a"),
        ("goals", "x"),
        ("facts", "b"),
        ("updates", "y"),
    ];
    let more = told(MORE);
    assert_eq!(
        was.beyond(&more),
        None,
        "more is not less, and news is nobody's loss"
    );
    assert_eq!(was.changed(&more), ["facts", "goals", "updates"]);
    let mut right = gathered(MORE);
    right.add_right("groups", TextDigest::of([7; 8]));
    let right = right.told();
    assert_eq!(
        right.beyond(&more),
        Some("groups"),
        "what may be read no more"
    );
    assert_eq!(right.changed(&more), Vec::<String>::new());
    let once = told(&[("goals", "a"), ("facts", "b")]);
    assert_eq!(was.beyond(&once), Some("goals"), "as often as before");
    let elsewhere = told(&[("goals", "a"), ("goals", "a"), ("goals", "b")]);
    assert_eq!(was.beyond(&elsewhere), Some("facts"));
}
