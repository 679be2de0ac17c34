//! What a build opens, as the system sees it: files with a role that pages are made of, and nothing of `notes/`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use crate::project::{Project, Ran, finish, tree};

/// A day on which the samples are on their way.
const TODAY: &str = "2026-11-22";

/// Every call that opens a file, looks at one, or lists a folder.
const CALLS: &str = "trace=open,openat,openat2,creat,stat,lstat,fstatat64,newfstatat,statx,readlink,readlinkat,access,faccessat,faccessat2,\
    name_to_handle_at,inotify_add_watch,execve";

#[test]
fn a_build_opens_nothing_of_the_notes_and_nothing_without_a_role() {
    let project = Project::samples();
    project.write("nyah-adeyemi/files/not-mentioned.png", "never looked into");
    project.write(
        "nyah-adeyemi/goals/.1-concise-in-the-room.md.swp",
        "never looked into",
    );
    project.write(
        "nyah-adeyemi/goals/1-concise-in-the-room.md~",
        "never looked into",
    );
    for command in [&["build", "--no-audit"][..], &["links"]] {
        let touched = touched(&project, command);
        assert!(
            touched.contains("nyah-adeyemi/goals/1-concise-in-the-room.md"),
            "{touched:?}"
        );
        for path in &touched {
            let notes = path.split('/').any(|name| name == "notes");
            assert!(!notes, "{command:?} touched {path}");
            assert!(has_a_role(path), "{command:?} touched {path}");
        }
    }
}

#[test]
fn an_audit_opens_the_notes_besides_and_nothing_else() {
    let project = Project::samples();
    project.write("nyah-adeyemi/files/not-mentioned.png", "never looked into");
    project.write(
        "nyah-adeyemi/goals/1-concise-in-the-room.md~",
        "never looked into",
    );
    let touched = touched(&project, &["build"]);
    let is_note = |path: &str| path.split('/').nth(1) == Some("notes");
    assert!(touched.iter().any(|path| is_note(path)), "{touched:?}");
    for path in &touched {
        assert!(is_note(path) || has_a_role(path), "touched {path}");
    }
}

/// Whether a build has to look at a path of the content folder.
fn has_a_role(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let ends = |name: &str, endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    match parts[..] {
        // The folder itself, and the folder of an engagement.
        [""]
        | [
            _,
            "engagement.toml" | "agreement.md" | "goals" | "agendas" | "pulse" | "updates"
            | "reviews" | "files",
        ] => true,
        ["loggia.toml" | "loggia.key" | "passphrases.toml"] => true,
        // What answers are sealed to.
        [_, "pulse", "asking.pub"] => true,
        // The private record of releases.
        [".loggia", ..] => true,
        // Whether the key would end up in git.
        [".git" | ".gitignore"] => true,
        // Whether a change of several files was cut short.
        [".loggia-change"] => true,
        [name] if name.contains("links.lock") => true,
        [engagement] => !engagement.contains('.'),
        [_, "goals" | "agendas" | "updates" | "reviews", name] => {
            ends(name, &[".md"]) && !name.starts_with('.')
        }
        // A record of what was published is written beside itself and moved into place.
        [_, "pulse", name] => ends(name, &[".md", ".csv"]) || name.contains("rounds.lock"),
        [_, name] if name.contains("share.lock") => true,
        [_, "files", name] => {
            matches!(name, "before-the-meeting.png" | "whiteboard-12-october.png")
        }
        _ => false,
    }
}

/// The paths inside the content folder that a run of the program, which must succeed, opens or looks at.
fn touched(project: &Project, command: &[&str]) -> BTreeSet<String> {
    let (ran, paths) = traced(project, command);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let content = project.content().canonicalize().unwrap();
    let inside = |path: &PathBuf| Some(path.strip_prefix(&content).ok()?.to_str()?.to_owned());
    paths.iter().filter_map(inside).collect()
}

/// Runs the program, and returns every path that it opens or looks at.
fn traced(project: &Project, command: &[&str]) -> (Ran, Vec<PathBuf>) {
    let trace = project.folder().join("trace");
    let mut program = project.command(command);
    program.args(["--today", TODAY]);
    let mut traced = Command::new("strace");
    traced
        .args(["-ff", "-y", "-s", "4096", "-e", CALLS, "-o"])
        .arg(&trace);
    traced
        .arg(program.get_program())
        .args(program.get_args())
        .current_dir(project.folder());
    let found = Command::new("strace").arg("-V").output();
    assert!(
        found.is_ok(),
        "this test needs strace: `apt-get install strace`, or run tests/run"
    );
    let ran = finish(&mut traced);
    // One file a thread: in one for all, the calls of two threads would stand in each other.
    let traces = fs::read_dir(project.folder()).unwrap();
    let traces = traces.map(|entry| entry.unwrap().path());
    let is_trace = |path: &PathBuf| path.to_string_lossy().contains("/trace.");
    let mut text = String::new();
    for path in traces.filter(is_trace) {
        text += &fs::read_to_string(&path).unwrap();
        fs::remove_file(path).unwrap();
    }
    assert!(text.contains("execve("), "{text}");
    let paths = text.lines().flat_map(|line| paths(line, project.folder()));
    (ran, paths.collect())
}

#[test]
fn no_command_looks_behind_a_folder_that_is_a_link() {
    let new: [(&str, &[&str]); 7] = [
        ("goals", &["new", "goal", "nyah"]),
        ("agendas", &["new", "agenda", "nyah"]),
        ("pulse", &["new", "round", "nyah"]),
        ("updates", &["new", "update", "nyah"]),
        ("reviews", &["new", "review", "nyah"]),
        ("notes", &["new", "note", "nyah"]),
        ("files", &["explain", "nyah"]),
    ];
    for (folder, command) in new {
        let project = Project::small();
        project.built();
        let outside = project.folder().join("outside");
        fs::create_dir_all(outside.join("below")).unwrap();
        for name in ["2026-01-01-x.md", "7-goal.md", "below/2026-01-01-x.md"] {
            fs::write(outside.join(name), "+++\nshare = []\n+++\noutside\n").unwrap();
        }
        let before = tree(&outside);
        let inside = format!("nyah/{folder}");
        if project.path(&inside).exists() {
            project.remove(&inside);
        }
        project.link(&inside, outside.to_str().unwrap());
        let behind = [outside.canonicalize().unwrap(), project.path(&inside)];
        let everywhere: [&[&str]; 5] = [
            &["check"],
            &["check", "--who-sees-what"],
            &["build"],
            &["links"],
            &["audit", "site"],
        ];
        for command in everywhere.into_iter().chain([command]) {
            let (ran, paths) = traced(&project, command);
            // The way to the link is looked at, and what it is; nothing below it.
            let is_behind = |path: &&PathBuf| {
                behind.iter().any(|place| path.starts_with(place)) && **path != behind[1]
            };
            let found = paths.iter().find(is_behind);
            assert!(
                found.is_none(),
                "{folder}, {command:?}: {found:?}\n{}",
                ran.stderr
            );
            let is_refused = ran.stderr.contains("this is a symbolic link");
            assert!(
                is_refused || command[0] == "audit",
                "{folder}, {command:?}: {}",
                ran.stderr
            );
        }
        assert_eq!(tree(&outside), before, "{folder}");
    }
}

/// The paths that a line of a trace names: in quotes, seen from the folder of the descriptor before them, and as results.
fn paths(line: &str, folder: &Path) -> Vec<PathBuf> {
    let folder = folder.canonicalize().unwrap();
    let mut found = Vec::new();
    let mut from = folder.clone();
    let mut rest = line;
    while let Some(at) = rest.find(['<', '"']) {
        let end = if rest[at..].starts_with('<') {
            '>'
        } else {
            '"'
        };
        let inner = &rest[at + 1..];
        let length = inner.find(end).unwrap_or(inner.len());
        let path = plain(&from.join(&inner[..length]));
        if end == '>' {
            from.clone_from(&path);
        }
        found.push(path);
        rest = inner.get(length + 1..).unwrap_or_default();
    }
    found
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

#[test]
fn paths_of_a_trace_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().canonicalize().unwrap();
    let line = format!(
        "7 openat(5<{0}/content/a>, \"../notes/x.md\", O_RDONLY) = 6<{0}/content/notes/x.md>",
        place.display()
    );
    let found = paths(&line, folder.path());
    assert_eq!(
        found
            .iter()
            .filter(|path| path.ends_with("content/notes/x.md"))
            .count(),
        2,
        "{found:?}"
    );
    let found = paths("7 statx(AT_FDCWD, \"content/notes\", 0)", folder.path());
    assert_eq!(found, [place.join("content/notes")]);
}

#[test]
fn a_build_does_not_wait_for_a_note() {
    let project = Project::samples();
    let mut pipes = 0;
    for engagement in ["nyah-adeyemi", "mateo-silva", "ingrid-solheim"] {
        let notes = project.path(&format!("{engagement}/notes"));
        for note in fs::read_dir(&notes).unwrap() {
            let name = note.unwrap().file_name().into_string().unwrap();
            let inside = format!("{engagement}/notes/{name}");
            project.remove(&inside).pipe(&inside);
            pipes += 1;
        }
    }
    assert_eq!(pipes, 9);
    for command in ["build", "links"] {
        let ran = finish(project.command(&[command, "--today", TODAY]).arg("--quiet"));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
    // The look at everything finds them, and does not wait either.
    let ran = finish(&mut project.command(&["check", "--today", TODAY]));
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert_eq!(
        ran.stderr
            .matches("this is no file that holds text")
            .count(),
        9,
        "{}",
        ran.stderr
    );
}

#[test]
fn a_build_does_not_wait_for_a_pipe_of_any_name() {
    for name in [
        "loggia.toml",
        "passphrases.toml",
        "nyah/engagement.toml",
        "nyah/goals/1-clear.md",
        "nyah/agendas/2026-02-03-calibration.md",
        "nyah/pulse/2026-03-02.csv",
        "nyah/pulse/2026-03-02.md",
        "nyah/pulse/rounds.lock",
        "nyah/share.lock",
        "nyah/updates/2026-03-15-first-month.md",
        "nyah/reviews/2026-03-16-midpoint.md",
        "nyah/files/room.png",
        "nyah/notes",
        "nyah/goals",
        "nyah",
    ] {
        let project = Project::small();
        if project.path(name).exists() {
            project.remove(name);
        }
        let ran = project.pipe(name).run(&["build"]);
        assert!(matches!(ran.code, 1 | 3), "{name}: {}", ran.stderr);
        assert!(!project.site().exists(), "{name}");
    }
}
