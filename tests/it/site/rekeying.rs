//! Another key: a rotation takes all records over or none, and a lost key leaves records that say what can no longer be checked.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::time::Duration;

use crate::project::{Project, TODAY, Tree, finish, tree};

const RECORDS: [&str; 3] = ["nyah/pulse/rounds.lock", "nyah/share.lock", "links.lock"];

fn records(project: &Project) -> [String; 3] {
    RECORDS.map(|path| project.read(path))
}

fn key(project: &Project) -> String {
    let ran = project.run(&["key"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout.trim_end().to_owned()
}

fn pages(site: &Tree) -> Vec<&String> {
    site.keys().filter(|path| path.starts_with("p/")).collect()
}

/// A change to a folder.
type Change = fn(&Project);

#[test]
fn a_rotation_takes_every_record_over_and_keeps_the_old_key() {
    let project = Project::small();
    let site = project.built();
    let (old, secret, before) = (key(&project), project.read("loggia.key"), records(&project));
    let ran = project.run(&["key", "rotate"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let new = key(&project);
    assert_ne!(old, new);
    let kept = format!("loggia.key.old-{old}");
    assert!(
        ran.stderr.contains(&new) && ran.stderr.contains(&kept),
        "{}",
        ran.stderr
    );
    for name in [
        "Priya Raman <priya@ostrey.example>: nyah",
        "Anders Holm: nyah",
        "Nyah Adeyemi: nyah",
    ] {
        assert!(ran.stdout.contains(name), "{}", ran.stdout);
    }
    assert!(
        !ran.stdout.contains("Idris"),
        "who has no portal needs no mail: {}",
        ran.stdout
    );
    assert_eq!(project.read(&kept), secret);
    let mode = fs::metadata(project.path(&kept))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    for (was, is) in before.iter().zip(&records(&project)).take(2) {
        assert_eq!(was.lines().count(), is.lines().count());
        let same = was
            .lines()
            .filter(|line| line.contains("= [\"") || !line.contains('"'));
        let lost: Vec<&str> = same
            .filter(|line| !is.contains(*line))
            .filter(|line| !line.contains("lines") && !line.starts_with("near"))
            .collect();
        assert!(
            lost.is_empty() || lost.iter().all(|line| line.contains("earlier")),
            "{lost:?}"
        );
    }
    // Nothing is left of the old hashes, nothing has to be written anew, and the present site is replaced whole.
    let ran = project.run(&["build", "--locked"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let after = tree(&project.site());
    assert!(pages(&site).iter().all(|path| !after.contains_key(*path)));
    assert_eq!(pages(&site).len(), pages(&after).len());
    assert_eq!(project.run(&["audit", "site"]).code, 0);
    // What was guarded before is guarded still.
    project.replace("nyah/pulse/2026-03-02.csv", "tom,clear,2", "tom,clear,1");
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
}

#[test]
fn a_rotation_is_refused_whole_where_anything_is_wrong() {
    let wrong: [(&str, Change); 4] = [
        ("is not as it was written", |project| {
            let record = project.read(RECORDS[0]).replace("raters", "raters ");
            project.write(RECORDS[0], record.replace("change", "changes"));
        }),
        ("is not as it was written", |project| {
            let record = project.read(RECORDS[1]);
            project.write(
                RECORDS[1],
                record.replacen("\"priya\"", "\"priya\", \"idris\"", 1),
            );
        }),
        ("is not as it was written", |project| {
            let record = project.read(RECORDS[2]);
            project.write(RECORDS[2], format!("{record}\n[raised]\n\"00\" = 2\n"));
        }),
        ("made with another key", |project| {
            let other = Project::small();
            other.built();
            project.write("loggia.key", other.read("loggia.key"));
        }),
    ];
    for (said, change) in wrong {
        let project = Project::small();
        project.built();
        change(&project);
        let before = tree(&project.content());
        let ran = project.run(&["key", "rotate"]);
        assert_eq!(ran.code, 3, "{said}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
        assert!(tree(&project.content()) == before, "{said}");
    }
    // A key that is elsewhere is not replaced here, and the old one never goes to git.
    let project = Project::small();
    project.built();
    let mut command = project.command(&["key", "rotate", "--today", TODAY]);
    let ran = finish(command.env("LOGGIA_KEY", project.read("loggia.key").trim_end()));
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let git = Command::new("git")
        .args(["init", "-q"])
        .current_dir(project.folder())
        .status();
    assert!(git.unwrap().success());
    project.write("../.gitignore", "loggia.key\n");
    let before = tree(&project.content());
    let ran = project.run(&["key", "rotate"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("`loggia.key*`"), "{}", ran.stderr);
    assert!(tree(&project.content()) == before);
    project.write("../.gitignore", "loggia.key*\n");
    assert_eq!(project.run(&["key", "rotate"]).code, 0);
}

#[test]
fn a_rotation_that_is_killed_is_done_or_not_and_can_be_finished() {
    let project = Project::small();
    project.built();
    for wait in (0..40).map(|turn| Duration::from_millis(turn * 5)) {
        let old = project.read("loggia.key");
        let mut child = project
            .command(&["key", "rotate", "--today", TODAY])
            .spawn()
            .unwrap();
        std::thread::sleep(wait);
        child.kill().unwrap();
        child.wait().unwrap();
        if project.path(".loggia-change").exists() {
            for command in [&["build"][..], &["links"], &["check"], &["key"]] {
                let ran = project.run(command);
                assert_ne!(ran.code, 0);
                assert!(ran.stderr.contains("`loggia key rotate`"), "{}", ran.stderr);
            }
            assert_eq!(project.run(&["key", "rotate"]).code, 0);
            assert_ne!(project.read("loggia.key"), old);
        }
        let ran = project.run(&["build", "--locked"]);
        assert_eq!(ran.code, 0, "{wait:?}: {}", ran.stderr);
    }
}

#[test]
fn with_a_lost_key_the_records_are_taken_over_and_what_is_not_known_is_said() {
    let project = Project::small();
    project.built();
    let (old, before) = (key(&project), records(&project));
    project.remove("loggia.key");
    let ran = project.run(&["key", "adopt"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for path in &RECORDS[..2] {
        let told = ran.stderr.contains(path);
        assert!(
            told && ran.stderr.contains("can no longer be checked"),
            "{}",
            ran.stderr
        );
    }
    assert!(
        !ran.stderr.to_lowercase().contains("delete"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stdout
            .contains("Priya Raman <priya@ostrey.example>: nyah"),
        "{}",
        ran.stdout
    );
    assert!(
        project
            .read("links.lock")
            .contains(&format!("earlier = [\"{old}\"]"))
    );
    assert_eq!(
        project.read("nyah/share.lock").matches("[[word]]").count(),
        before[1].matches("[[word]]").count()
    );
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(project.run(&["audit", "site"]).code, 0);
    // A second time there is nothing to do.
    let now = tree(&project.content());
    let ran = project.run(&["key", "adopt"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    assert!(tree(&project.content()) == now);
}

#[test]
fn with_a_lost_key_no_figure_is_made_of_other_answers() {
    let project = Project::small();
    project.built();
    project.remove("loggia.key");
    let rounds = project.read("nyah/pulse/2026-03-02.csv");
    // One answer fewer than were published.
    let (kept, _) = rounds.trim_end().rsplit_once('\n').unwrap();
    project.write("nyah/pulse/2026-03-02.csv", format!("{kept}\n"));
    let ran = project.run(&["key", "adopt"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("is not what is there now"),
        "{}",
        ran.stderr
    );
    assert_eq!(project.run(&["build"]).code, 3, "neither is it published");
}

#[test]
fn adopting_is_for_a_lost_key_alone() {
    let project = Project::small();
    let before = tree(&project.content());
    let ran = project.run(&["key", "adopt"]);
    assert_eq!(ran.code, 1, "nothing was published: {}", ran.stderr);
    assert!(tree(&project.content()) == before);
    project.built();
    let record = project.read("links.lock");
    project.write("links.lock", format!("{record}\n[raised]\n\"00\" = 2\n"));
    let before = tree(&project.content());
    let ran = project.run(&["key", "adopt"]);
    assert_eq!(
        ran.code, 3,
        "an edited record is not taken over: {}",
        ran.stderr
    );
    assert!(tree(&project.content()) == before);
}
