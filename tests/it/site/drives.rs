//! What cloud drives do to a folder: files that are elsewhere, files of which there are two, files that change under a build.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::civil::Date;
use loggia::pipeline;
use loggia::pipeline::BuildRequest;
use loggia::pipeline::options::{BuildOptions, IfBroken};
use loggia::pipeline::workspace::Workspace;

use crate::project::{Project, TODAY, identity, tree};

/// A file of every role, by its folder and its name.
const FILES: [(&str, &str); 12] = [
    ("", "loggia.toml"),
    ("", "passphrases.toml"),
    ("", "loggia.key"),
    ("nyah/", "engagement.toml"),
    ("nyah/", "share.lock"),
    ("nyah/goals/", "1-clear.md"),
    ("nyah/agendas/", "2026-02-03-calibration.md"),
    ("nyah/pulse/", "2026-03-02.csv"),
    ("nyah/pulse/", "2026-03-02.md"),
    ("nyah/pulse/", "rounds.lock"),
    ("nyah/updates/", "2026-03-15-first-month.md"),
    ("nyah/files/", "room.png"),
];

/// A build on the day of these tests.
fn request(out: &Path) -> BuildRequest<'_> {
    let today: Date = TODAY.parse().unwrap();
    BuildRequest {
        report: None,
        out,
        today,
        options: BuildOptions::USUAL,
        if_broken: IfBroken::Stop,
    }
}

/// The names under which a drive puts something in the place of a file or beside it.
fn names(name: &str) -> Vec<String> {
    let (stem, ending) = name.rsplit_once('.').unwrap();
    vec![
        format!(".{name}.icloud"),
        format!("{name}.nextcloud"),
        format!("{name}.onedrive"),
        format!(".syncthing.{name}.tmp"),
        format!("{stem} (Tom's conflicted copy 2026-11-01).{ending}"),
        format!("{stem} (Toms in Konflikt stehende Kopie).{ending}"),
        format!("{stem}.sync-conflict-20261101-101010-ABCDEFG.{ending}"),
    ]
}

/// The names of copies, which are somebody's own in `files/`.
fn names_of_copies(name: &str) -> Vec<String> {
    let (stem, ending) = name.rsplit_once('.').unwrap();
    vec![
        format!("{stem} (1).{ending}"),
        format!("{stem} - Copy.{ending}"),
        format!("{stem} 2.{ending}"),
        format!("{stem}-PC.{ending}"),
        format!("{stem} - Kopie (2).{ending}"),
    ]
}

#[test]
fn what_stands_for_a_file_or_is_a_copy_of_it_stops_a_build() {
    let project = Project::small();
    let site = project.built();
    let folder = identity(&project.site());
    let mut wrong = Vec::new();
    for (index, (place, name)) in FILES.into_iter().enumerate() {
        let mut names = names(name);
        if name != "room.png" && project.path(&format!("{place}{name}")).exists() {
            names.extend(names_of_copies(name));
        }
        for other in names {
            let path = project.path(&format!("{place}{other}"));
            fs::write(&path, "Whatever it holds.").unwrap();
            let arguments: &[&str] = match index % 3 {
                0 => &["build", "--strict"],
                1 => &["build", "--strict", "--quiet"],
                _ => &["check", "--json"],
            };
            let ran = project.run(arguments);
            let told = ran.stdout.clone() + &ran.stderr;
            let is_told = told.contains(&format!("`{name}`")) && told.contains("error");
            if ran.code != 3 || !is_told || told.contains("Whatever") {
                wrong.push(format!("{place}{other}: exit {}: {told}", ran.code));
            }
            fs::remove_file(path).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(identity(&project.site()), folder);
    assert!(tree(&project.site()) == site);
    assert_eq!(project.run(&["build"]).code, 0);
}

#[test]
fn files_that_only_look_like_copies_are_files() {
    let project = Project::small();
    let picture = fs::read(project.path("nyah/files/room.png")).unwrap();
    for name in [
        "room (1).png",
        "room 2.png",
        "Plan (Konflikt).png",
        "room-PC.png",
    ] {
        project.write(&format!("nyah/files/{name}"), &picture);
    }
    project.write("nyah/goals/.DS_Store", "x");
    project.write("nyah/goals/..DS_Store.icloud", "x");
    project.write("nyah/notes/.2026-01-21-x.md.icloud", "x");
    project.write("nyah/notes/2026-01-20-session (1).md", "Again.");
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn what_changes_while_a_site_is_built_keeps_it_from_going_out() {
    let changes: BTreeMap<&str, fn(&Project)> = BTreeMap::from([
        (
            "written",
            (|project| {
                project.replace("nyah/goals/2-calm.md", "title", "title ");
            }) as fn(&Project),
        ),
        ("exchanged", |project| {
            let text = project.read("nyah/goals/2-calm.md");
            project.write("other.tmp", text);
            project.rename("other.tmp", "nyah/goals/2-calm.md");
        }),
        ("gone", |project| {
            project.remove("nyah/updates/2026-03-15-first-month.md");
        }),
        ("new", |project| {
            project.write("nyah/goals/3-new.md", "+++\n");
        }),
        ("the firm's", |project| {
            project.replace("loggia.toml", "[firm]", "[firm] # ");
        }),
    ]);
    for (what, change) in changes {
        let project = Project::small();
        let site = project.built();
        let files = tree(&project.content());
        let workspace = Workspace::open(&project.content()).unwrap();
        let out = project.site();
        let request = request(&out);
        std::thread::sleep(std::time::Duration::from_millis(20));
        let built = std::thread::scope(|_| {
            let project = std::sync::Mutex::new(&project);
            pipeline::build(&workspace, &request, &|| change(&project.lock().unwrap()))
        });
        let failure = built.err().unwrap_or_else(|| panic!("{what}: it went out"));
        let told: String = failure.problems.iter().map(ToString::to_string).collect();
        assert!(
            told.contains("changed while the site was built"),
            "{what}: {told}"
        );
        assert!(tree(&project.site()) == site, "{what}");
        let records = |tree: &crate::project::Tree| {
            let records = tree.iter().filter(|(name, _)| name.ends_with(".lock"));
            records
                .map(|(name, bytes)| (name.clone(), bytes.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            records(&tree(&project.content())),
            records(&files),
            "{what}"
        );
    }
    // What is no input may change.
    let project = Project::small();
    project.built();
    let workspace = Workspace::open(&project.content()).unwrap();
    let out = project.site();
    let request = request(&out);
    let place = project.content();
    let built = pipeline::build(&workspace, &request, &|| {
        fs::write(place.join("nyah/notes/2026-03-19-new.md"), "A note.").unwrap();
        fs::write(place.join("nyah/goals/.1-clear.md.swp"), "x").unwrap();
    });
    assert!(built.is_ok());
}
