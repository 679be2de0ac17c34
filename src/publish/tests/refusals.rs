//! What publishing refuses, and in which words.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::{fs, io};

use crate::access::Sealed;
use crate::diagnostic::Diagnostic;
use crate::publish::disk::{Disk, lock_refusal};
use crate::publish::target::Target;

use super::{CLEAN, Desk, generation, identities};

/// Puts something where a site is to be published.
type LayOut = fn(&Path);

/// Lays something out on a desk and returns what is wrong with publishing to `out`, seen from the desk.
#[track_caller]
fn check(out: &str, lay_out: LayOut, reason: &str) {
    let desk = Desk::new();
    let root = desk.0.path().canonicalize().unwrap();
    lay_out(&root);
    let before = identities(&root);
    let target = Target::of(
        &root.join(out),
        &[&root.join("content")],
        Some(&root.join("home/coach")),
    );
    let result = target
        .and_then(|target| super::Publication::begin_on(Disk::default(), target, super::PRACTICE));
    let problem = result.expect_err(out).to_string();
    assert!(problem.contains(reason), "{problem}\nshould say: {reason}");
    assert!(problem.contains("hint: "), "{problem}");
    let mut after = identities(&root);
    after.retain(|path, _| path != &root && !path.to_string_lossy().ends_with(".loggia-lock"));
    for (path, identity) in after {
        assert_eq!(
            before.get(&path),
            Some(&identity),
            "{} was touched",
            path.display()
        );
    }
}

fn folder(path: &Path) {
    fs::create_dir_all(path).unwrap();
}

fn file(path: &Path, text: &str) {
    folder(path.parent().unwrap());
    fs::write(path, text).unwrap();
}

const NOTHING: LayOut = |_| ();

const HOLDS: &str = "it is, or holds, `content`, from which the site is made";
const INSIDE: &str = "it is inside `content`, from which the site is made";

#[test]
fn folders_that_could_hold_anything_but_a_site_are_refused() {
    check("/", NOTHING, "it is the root of the file system");
    check("content", NOTHING, HOLDS);
    check("../.", NOTHING, HOLDS);
    check(".", NOTHING, HOLDS);
    check("content/site", NOTHING, INSIDE);
    check(
        "content/a/site",
        |root| folder(&root.join("content/a")),
        INSIDE,
    );
    check(
        "home/coach",
        |root| folder(&root.join("home/coach")),
        "it is, or holds, your home folder",
    );
    check(
        "home",
        |root| folder(&root.join("home/coach")),
        "it is, or holds, your home folder",
    );
    check(
        "site",
        |root| folder(&root.join("site/.git")),
        "it holds a git repository",
    );
    check(
        "site",
        |root| file(&root.join("site/.git"), "gitdir: x"),
        "it holds a git repository",
    );
    check(
        "site",
        |root| symlink("elsewhere", root.join("site")).unwrap(),
        "it is a symbolic link",
    );
    check(
        "site/",
        |root| symlink("content", root.join("site")).unwrap(),
        "it is a symbolic link",
    );
    check(
        "site",
        |root| file(&root.join("site"), ""),
        "it is not a folder",
    );
    check("away/site", NOTHING, "the folder around it does not exist");
    check("away/..", NOTHING, "there is no such folder");
    check(".site.loggia-new", NOTHING, "Loggia uses this name itself");
    check("/proc", NOTHING, "it is a mount point");
    let through = |root: &Path| symlink("content", root.join("way")).unwrap();
    check("way/site", through, INSIDE);
}

#[test]
fn nothing_is_published_inside_a_site_and_nothing_is_left_there() {
    let inside = "it is inside `site`, which is a site";
    let site = |root: &Path| file(&root.join("site/.loggia-site"), "whosever");
    let below = |root: &Path| {
        file(&root.join("site/.loggia-site"), "whosever");
        folder(&root.join("site/p/a"));
        symlink("site/p", root.join("way")).unwrap();
    };
    check("site/new", site, inside);
    for out in ["site/p", "site/p/new", "site/p/a", "way/new"] {
        check(out, below, inside);
        let desk = Desk::new();
        let root = desk.0.path().canonicalize().unwrap();
        below(&root);
        let sources = [root.join("content")];
        let target = Target::of(&root.join(out), &[&sources[0]], None);
        assert!(target.is_err(), "{out}");
        let names = |folder: &str| fs::read_dir(root.join(folder)).unwrap().count();
        assert_eq!(
            (names("site"), names("site/p"), names("site/p/a")),
            (2, 1, 0)
        );
    }
}

#[test]
fn folders_without_our_marker_are_refused() {
    let not_ours = "it is not empty, and Loggia did not make it";
    check(
        "site",
        |root| file(&root.join("site/letter.txt"), "dear"),
        not_ours,
    );
    check("site", |root| folder(&root.join("site/empty")), not_ours);
    check(
        "site",
        |root| folder(&root.join("site/.loggia-site")),
        not_ours,
    );
    let linked = |root: &Path| {
        file(
            &root.join("marker"),
            &super::super::marker::Marker::of(&super::SiteId::of("practice", "secret"), [].iter())
                .to_string(),
        );
        folder(&root.join("site"));
        symlink("../marker", root.join("site/.loggia-site")).unwrap();
    };
    check("site", linked, not_ours);
    check(
        "site",
        |root| file(&root.join("site/.loggia-site"), ""),
        "not one that this Loggia wrote",
    );
    check(
        "site",
        |root| file(&root.join("site/.loggia-site"), "loggia site 2\n"),
        "of another version of Loggia",
    );
    check(
        "site",
        |root| folder(&root.join(".site.loggia-new/mine")),
        "is in the way",
    );
    check(
        "site",
        |root| file(&root.join(".site.loggia-old"), "mine"),
        "is in the way",
    );
    check(
        "site",
        |root| symlink("content", root.join(".site.loggia-new")).unwrap(),
        "is in the way",
    );
}

#[test]
fn folder_of_another_site_is_refused() {
    let desk = Desk::new();
    desk.publish(&generation("one"));
    let other = super::super::Site {
        name: "other practice",
        ..super::PRACTICE
    };
    let other = super::Publication::begin_on(Disk::default(), desk.target().unwrap(), other);
    assert!(
        other
            .expect_err("other")
            .to_string()
            .contains("it holds a site that was made with another key")
    );
}

#[track_caller]
fn must_name(result: Result<super::Published, Diagnostic>, named: &str) {
    let problem = result.expect_err(named).to_string();
    let expected = format!("publishing would delete what Loggia did not write: {named}");
    assert!(
        problem.contains(&expected),
        "{problem}\nshould say: {expected}"
    );
}

#[test]
fn files_that_no_build_wrote_are_named_and_kept() {
    let cases: [(LayOut, &str); 7] = [
        (
            |out| file(&out.join("\u{1b}[2J\u{202e}"), ""),
            "`\\u{1b}[2J\\u{202e}`",
        ),
        (|out| file(&out.join("letter.txt"), "dear"), "`letter.txt`"),
        (
            |out| file(&out.join("p/a/b/letter.txt"), "dear"),
            "`p/a/b/letter.txt`",
        ),
        (|out| symlink("/etc", out.join("p/etc")).unwrap(), "`p/etc`"),
        (
            |out| {
                fs::remove_file(out.join("index.html")).unwrap();
                symlink("p/a/index.html", out.join("index.html")).unwrap();
            },
            "`index.html`",
        ),
        (
            |out| {
                fs::remove_file(out.join("index.html")).unwrap();
                file(&out.join("index.html/mine"), "");
            },
            "`index.html/mine`",
        ),
        (
            |out| (10..30).for_each(|number| file(&out.join(format!("{number}")), "")),
            "`10`, `11`, `12`, `13`, `14`, `15`, `16`, `17`, `18`, `19` and 10 more",
        ),
    ];
    for (lay_out, named) in cases {
        let desk = Desk::new();
        desk.publish(&generation("one"));
        lay_out(&desk.out());
        let before = identities(&desk.out());
        must_name(desk.try_publish(Disk::default(), &generation("two")), named);
        must_name(desk.try_publish(Disk::default(), &generation("one")), named);
        assert_eq!(identities(&desk.out()), before);
    }
}

#[test]
fn file_laid_into_the_site_during_a_build_is_named_and_kept() {
    let desk = Desk::new();
    desk.publish(&generation("one"));
    let publication = desk.begin(Disk::default()).unwrap();
    for (path, bytes) in generation("two") {
        publication.put(&Sealed::for_test(&path, &bytes)).unwrap();
    }
    fs::write(desk.out().join("letter.txt"), "dear").unwrap();
    must_name(publication.publish(), "`letter.txt`");
    assert_eq!(fs::read(desk.out().join("letter.txt")).unwrap(), b"dear");
    assert_eq!(desk.names(), CLEAN);
}

#[test]
fn one_path_is_taken_once() {
    let desk = Desk::new();
    let publication = desk.begin(Disk::default()).unwrap();
    publication
        .put(&Sealed::for_test("index.html", b"one"))
        .unwrap();
    for path in ["index.html", ".loggia-site"] {
        let problem = publication
            .put(&Sealed::for_test(path, b"two"))
            .unwrap_err();
        assert_eq!(
            problem.message(),
            format!("two files of the site would be `{path}`")
        );
    }
    // A path below a file, and a file where a folder is.
    publication
        .put(&Sealed::for_test("p/a/index.html", b""))
        .unwrap();
    for path in ["index.html/a", "p/a"] {
        let problem = publication
            .put(&Sealed::for_test(path, b""))
            .unwrap_err()
            .to_string();
        assert!(problem.contains("cannot write"), "{path}: {problem}");
    }
    let problem = publication.publish().unwrap_err();
    assert_eq!(
        problem.message(),
        "`index.html/a` was not written, so the site is not published"
    );
    assert!(!desk.out().exists());
}

#[test]
fn second_builder_is_told_of_the_first() {
    let desk = Desk::new();
    let first = desk.begin(Disk::default()).unwrap();
    let problem = desk.begin(Disk::default()).unwrap_err().to_string();
    assert!(
        problem.contains("another build is publishing to"),
        "{problem}"
    );
    assert!(
        desk.beside("new").is_dir(),
        "the second must not clear away the first one's files"
    );
    drop(first);
    desk.begin(Disk::default()).unwrap();
}

#[test]
fn lock_is_not_made_through_a_link() {
    let desk = Desk::new();
    symlink("content/taken", desk.beside("lock")).unwrap();
    let problem = desk.begin(Disk::default()).unwrap_err().to_string();
    assert!(problem.contains("symbolic links"), "{problem}");
    assert!(!desk.0.path().join("content/taken").exists());
}

#[test]
fn disk_without_locks_is_refused() {
    let reason = fs::TryLockError::Error(io::Error::from(io::ErrorKind::Unsupported));
    let problem = lock_refusal(
        Path::new("x/.site.loggia-lock"),
        Path::new("x/site"),
        &reason,
    )
    .to_string();
    assert!(
        problem.contains("publish to a folder on a disk that can lock files"),
        "{problem}"
    );
}
