//! The same content, day and key give the same bytes, wherever, whenever and by whomever they are built.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::project::{Project, Tree, finish, tree};

/// A day on which the samples are on their way.
const TODAY: &str = "2026-11-22";

/// A key that is no secret.
fn key() -> &'static str {
    // The first build of the first project makes it, and all others are given it.
    static KEY: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    KEY.get_or_init(|| {
        let project = Project::small();
        project.built();
        project.read("loggia.key").trim().to_owned()
    })
}

/// The site of a project, built by a command that may be changed.
#[track_caller]
fn site(project: &Project, change: impl FnOnce(&mut Command)) -> Tree {
    let mut command = project.command(&["build", "--today", TODAY]);
    command.env("LOGGIA_KEY", key());
    change(&mut command);
    let ran = finish(&mut command);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    tree(&project.site())
}

#[track_caller]
fn assert_same(one: &Tree, other: &Tree) {
    assert!(one.len() > 20, "{} files", one.len());
    assert!(one.keys().eq(other.keys()), "other files");
    for (name, bytes) in one {
        assert!(bytes == &other[name], "{name} differs");
    }
}

#[test]
fn place_clock_language_and_user_change_nothing() {
    let expected = site(&Project::samples(), |_| {});
    for (name, value) in [
        ("TZ", "Pacific/Kiritimati"),
        ("TZ", "America/Los_Angeles"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "ar_EG.UTF-8"),
        ("LANGUAGE", "de:fr"),
        ("HOME", "/nonexistent"),
        ("USER", "somebody"),
        ("HOSTNAME", "elsewhere"),
        ("SOURCE_DATE_EPOCH", "1"),
        ("RUST_BACKTRACE", "full"),
        ("RAYON_NUM_THREADS", "7"),
        ("NO_COLOR", "1"),
        ("CLICOLOR_FORCE", "1"),
        ("COLUMNS", "20"),
        ("TERM", "dumb"),
    ] {
        assert_same(
            &expected,
            &site(&Project::samples(), |command| {
                command.env(name, value);
            }),
        );
    }
    assert_same(
        &expected,
        &site(&Project::samples(), |command| {
            command.env_clear().env("LOGGIA_KEY", key());
        }),
    );
}

#[test]
fn folder_and_way_of_naming_it_change_nothing() {
    let expected = site(&Project::samples(), |_| {});
    let project = Project::samples();
    let (content, out) = (project.content(), project.site());
    let whole = site(&project, |command| {
        command
            .current_dir("/")
            .arg("--content")
            .arg(&content)
            .arg("--out")
            .arg(&out);
    });
    assert_same(&expected, &whole);
    let roundabout = site(&Project::samples(), |command| {
        command.args(["--content", "./content/../content/", "--out", "./site/"]);
    });
    assert_same(&expected, &roundabout);
}

#[test]
fn umask_changes_neither_bytes_nor_who_can_read_them() {
    let mut modes = Vec::new();
    let mut sites = Vec::new();
    for mask in ["000", "022", "027", "077"] {
        let project = Project::samples();
        let run = format!("umask {mask}; exec \"$@\"");
        let program = project.command(&["build", "--today", TODAY]);
        let mut command = Command::new("sh");
        command
            .args(["-c", &run, "sh"])
            .arg(program.get_program())
            .args(program.get_args());
        command
            .current_dir(project.folder())
            .env("LOGGIA_KEY", key());
        let ran = finish(&mut command);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        sites.push(tree(&project.site()));
        modes.push(all_modes(&project.site()));
    }
    for (site, modes_of_site) in sites.iter().zip(&modes) {
        assert_same(&sites[0], site);
        assert_eq!(modes_of_site, &modes[0]);
    }
}

fn all_modes(folder: &Path) -> Vec<(String, u32)> {
    let entries = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap);
    let mode = |entry: walkdir::DirEntry| {
        let inside = entry
            .path()
            .strip_prefix(folder)
            .unwrap()
            .display()
            .to_string();
        (inside, entry.metadata().unwrap().permissions().mode())
    };
    entries.map(mode).collect()
}

#[test]
fn order_and_times_of_files_change_nothing() {
    let expected = site(&Project::samples(), |_| {});
    let samples = Project::samples();
    let files = tree(&samples.content());
    let project = Project::samples();
    fs::remove_dir_all(project.content()).unwrap();
    for (index, (name, bytes)) in files.iter().rev().enumerate() {
        project.write(name, bytes);
        let file = fs::File::options()
            .write(true)
            .open(project.path(name))
            .unwrap();
        let moment =
            SystemTime::UNIX_EPOCH + Duration::from_secs(86_400 * 365 * (index as u64 % 60));
        file.set_modified(moment).unwrap();
    }
    assert_same(&expected, &site(&project, |_| {}));
}

#[test]
fn a_checkout_of_git_is_the_same_content() {
    let expected = site(&Project::samples(), |_| {});
    let project = Project::samples();
    let elsewhere = project.folder().join("origin");
    fs::rename(project.content(), &elsewhere).unwrap();
    let git = |folder: &Path, arguments: &[&str]| {
        let mut git = Command::new("git");
        git.arg("-C")
            .arg(folder)
            .args(["-c", "user.name=x", "-c", "user.email=x@example.org"])
            .args(arguments);
        let ran = finish(&mut git);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    };
    git(&elsewhere, &["init", "--quiet"]);
    git(&elsewhere, &["add", "."]);
    git(&elsewhere, &["commit", "--quiet", "-m", "x"]);
    git(project.folder(), &["clone", "--quiet", "origin", "content"]);
    assert_same(&expected, &site(&project, |_| {}));
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let expected = site(&Project::samples(), |_| {});
    for (mark, end) in [("", "\r\n"), ("\u{feff}", "\n"), ("\u{feff}", "\r\n")] {
        let project = Project::samples();
        for (name, bytes) in tree(&project.content()) {
            if let Ok(text) = String::from_utf8(bytes) {
                project.write(&name, format!("{mark}{}", text.replace('\n', end)));
            }
        }
        assert_same(&expected, &site(&project, |_| {}));
    }
}

#[test]
fn one_processor_or_many_and_one_build_or_two_are_the_same() {
    let project = Project::samples();
    let expected = site(&project, |_| {});
    assert_same(&expected, &site(&project, |_| {}));
    let other = Project::samples();
    let program = other.command(&["build", "--today", TODAY]);
    let mut command = Command::new("taskset");
    command
        .args(["-c", "0"])
        .arg(program.get_program())
        .args(program.get_args());
    let ran = finish(command.current_dir(other.folder()).env("LOGGIA_KEY", key()));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_same(&expected, &tree(&other.site()));
}
