//! Disks that are full, pipes in the place of files, and files of another version: each is said for what it is, and nothing is left half done.

use std::fs;
use std::fs::File;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::project::{Project, Ran, TODAY, finish, tree};

/// A file system with room for so many files and folders, taken away with it.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// None where tests may not mount.
    fn with_room_for(files: u32) -> Option<Self> {
        let disk = Self(TempDir::new().unwrap());
        let size = format!("size=1m,nr_inodes={files}");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]);
        let mounted = mount.arg(disk.path()).output();
        mounted
            .is_ok_and(|ran| ran.status.success())
            .then_some(disk)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn enlarge(&self) {
        let mut mount = Command::new("mount");
        mount
            .args(["-o", "remount,nr_inodes=1000"])
            .arg(self.path());
        assert!(mount.status().unwrap().success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path()).status();
    }
}

fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    let project = Project::small();
    let mut command = project.command(arguments);
    finish(command.args(["--today", TODAY]).current_dir(folder))
}

/// Everything in a folder, folders among them.
fn names(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name();
    entries
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .collect()
}

#[test]
fn on_a_full_disk_new_files_come_whole_or_not_at_all() {
    let commands: [&[&str]; 4] = [
        &["init", "firm"],
        &["init", "."],
        &["theme", "export", "themes/own"],
        &["new", "engagement", "ida-berg"],
    ];
    for command in commands {
        let mut failures = 0;
        for room in 2.. {
            let Some(disk) = SmallDisk::with_room_for(room) else {
                eprintln!("not tested: this system lets no test mount anything");
                return;
            };
            if command[0] == "new" {
                let content = disk.path().join("content");
                let made = fs::create_dir(&content).and_then(|()| {
                    fs::write(content.join("loggia.toml"), "[firm]\nname = \"x\"\n")
                });
                if made.is_err() {
                    continue;
                }
            }
            let before = names(disk.path());
            let ran = run_in(disk.path(), command);
            if ran.code == 0 {
                break;
            }
            failures += 1;
            assert_eq!(ran.code, 1, "{command:?}: {}", ran.stderr);
            assert!(
                ran.stderr.contains("hint: make room on the disk"),
                "{}",
                ran.stderr
            );
            assert!(!ran.stderr.contains("loggia-new"), "{}", ran.stderr);
            assert_eq!(
                names(disk.path()),
                before,
                "{command:?} with room for {room}"
            );
            disk.enlarge();
            let ran = run_in(disk.path(), command);
            assert_eq!(ran.code, 0, "{command:?} again: {}", ran.stderr);
        }
        assert!(failures > 3, "{command:?}: {failures}");
    }
}

#[test]
fn new_files_are_no_more_open_than_they_need_to_be_and_leave_nothing_beside_them() {
    let folder = TempDir::new().unwrap();
    assert_eq!(run_in(folder.path(), &["init", "."]).code, 0);
    let ran = run_in(
        folder.path(),
        &["new", "note", "robin-ashdown", "On listening"],
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut notes = 0;
    for path in names(folder.path()) {
        let shown = path.display().to_string();
        assert!(!shown.contains("loggia-new"), "{shown}");
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        if shown.ends_with(".md") && shown.contains("/notes/") {
            notes += 1;
            assert_eq!(mode, 0o600, "{shown}");
        } else {
            assert_ne!(mode & 0o044, 0, "{shown}");
        }
    }
    assert_eq!(notes, 2);
    // What is there is not replaced.
    let again = run_in(
        folder.path(),
        &["new", "note", "robin-ashdown", "On listening"],
    );
    assert_eq!(again.code, 2, "{}", again.stderr);
}

#[test]
fn a_report_that_cannot_be_written_leaves_the_old_site() {
    let project = Project::small();
    project.pipe("../pipe");
    for report in [
        "nowhere/report.json",
        "content",
        "pipe",
        "content/loggia.toml/x",
    ] {
        let ran = project.run(&["build", "--report", report]);
        assert_eq!(ran.code, 1, "{report}: {}", ran.stderr);
        assert!(!project.site().exists(), "{report}");
    }
    let before = project.built();
    project.replace(
        "nyah/engagement.toml",
        "title = \"Leading",
        "title = \"Also leading",
    );
    let ran = project.run(&["build", "--report", "nowhere/report.json"]);
    assert_eq!(ran.code, 1);
    assert_eq!(tree(&project.site()), before);
    let ran = project.run(&["build", "--report", "report.json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_ne!(tree(&project.site()), before);
}

#[test]
fn a_build_does_not_wait_for_what_stands_where_its_lock_belongs() {
    for kind in ["pipe", "folder"] {
        let project = Project::small();
        match kind {
            "pipe" => project.pipe("../.site.loggia-lock"),
            _ => {
                fs::create_dir(project.path("../.site.loggia-lock")).unwrap();
                &project
            }
        };
        let ran = project.run(&["build"]);
        assert_eq!(ran.code, 1, "{kind}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("is not a plain file"),
            "{kind}: {}",
            ran.stderr
        );
        assert!(!project.site().exists());
    }
}

#[test]
fn output_that_finds_no_room_is_said_to_be_output() {
    let project = Project::small();
    project.built();
    for arguments in [
        &["links"][..],
        &["links", "--json"],
        &["check", "--json"],
        &["man"],
        &["schema", "goal"],
    ] {
        let error = project.folder().join("error");
        let mut command = project.command(arguments);
        let status = command
            .stdout(File::options().write(true).open("/dev/full").unwrap())
            .stderr(File::create(&error).unwrap())
            .status();
        assert_eq!(status.unwrap().code(), Some(1), "{arguments:?}");
        let told = fs::read_to_string(error).unwrap();
        for words in [
            "cannot write to standard output",
            "hint: make room on the disk",
        ] {
            assert!(told.contains(words), "{arguments:?}: {told}");
        }
    }
}

#[test]
fn a_record_of_a_newer_version_or_with_marks_of_git_is_said_to_be_one() {
    for record in ["nyah/pulse/rounds.lock", "nyah/share.lock"] {
        let project = Project::small();
        project.built();
        let site = tree(&project.site());
        let text = project.read(record);
        let (first, rest) = text.split_at(text.find("key = ").unwrap());
        let cases = [
            (
                format!("{first}<<<<<<< HEAD\n{rest}=======\n{rest}>>>>>>> branch\n"),
                "holds two versions, which git could not merge",
            ),
            (
                format!("{first}form = 2\n{rest}"),
                "was written by a newer version of Loggia",
            ),
            (format!("{text}[[[\n"), "cannot be read"),
        ];
        for (spoilt, told) in cases {
            project.write(record, &spoilt);
            for command in [&["check"][..], &["build", "--strict"]] {
                let ran = project.run(command);
                assert_eq!(ran.code, 3, "{record} {command:?}: {}", ran.stderr);
                assert!(
                    ran.stderr.contains(told),
                    "{record} {command:?}: {}",
                    ran.stderr
                );
            }
            assert_eq!(project.read(record), spoilt);
            assert_eq!(tree(&project.site()), site);
        }
    }
}

#[test]
fn a_marker_of_another_version_is_said_to_be_one() {
    let project = Project::small();
    project.built();
    let marker = project.site().join(".loggia-site");
    let text = fs::read_to_string(&marker).unwrap();
    fs::write(&marker, text.replacen("loggia site 1", "loggia site 2", 1)).unwrap();
    let audit = |arguments: &[&str]| {
        let mut command = project.command(arguments);
        finish(command.args(["--today", TODAY]))
    };
    let elsewhere: &[&str] = &["audit", "site", "--content", "nowhere"];
    for arguments in [&["audit", "site"][..], elsewhere] {
        let told = audit(arguments).stderr;
        assert!(
            told.contains("was written by another version of Loggia"),
            "{told}"
        );
        assert!(!told.contains("there is no marker"), "{told}");
    }
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("is of another version of Loggia"),
        "{}",
        ran.stderr
    );
    fs::write(&marker, "x").unwrap();
    assert!(audit(&["audit", "site"]).stderr.contains("is damaged"));
}
