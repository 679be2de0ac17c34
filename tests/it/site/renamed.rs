//! Names can be mended: with `was`, links, records and answers go on under the new name; without it, a build says which links end.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::project::{Project, Ran};

const ENGAGEMENT: &str = "nyah/engagement.toml";
const AGENDA: &str = "nyah/agendas/2026-02-03-calibration.md";
const PRIYA: &str = "id = \"priya\"\nname = \"Priya Raman\"";

/// Every link: whose it is and where it leads, by the name.
fn links(project: &Project) -> Vec<(String, String)> {
    let ran = project.run(&["links", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let links: Vec<serde_json::Value> = serde_json::from_str(&ran.stdout).unwrap();
    let text = |link: &serde_json::Value, key: &str| link[key].to_string();
    let link =
        |link: &serde_json::Value| (text(link, "name"), text(link, "path") + &text(link, "code"));
    let mut links: Vec<(String, String)> = links.iter().map(link).collect();
    links.sort();
    links
}

/// What a build keeps beside the content.
fn records(project: &Project, folder: &str) -> [String; 2] {
    ["pulse/rounds.lock", "share.lock"].map(|file| project.read(&format!("{folder}/{file}")))
}

fn rename_priya(project: &Project, to: &str) {
    project.replace(ENGAGEMENT, PRIYA, &format!("{to}\nname = \"Priya Raman\""));
}

#[track_caller]
fn failed(ran: &Ran, code: i32, words: &[&str]) {
    assert_eq!(ran.code, code, "{}", ran.stderr);
    for word in words {
        assert!(ran.stderr.contains(word), "`{word}` in {}", ran.stderr);
    }
}

#[test]
fn a_person_keeps_link_and_answers_through_a_chain_of_names() {
    let project = Project::small();
    project.built();
    let before = (links(&project), records(&project, "nyah"));
    for to in [
        "id = \"priya-r\"\nwas = [\"priya\"]",
        "id = \"priya-raman\"\nwas = [\"priya\", \"priya-r\"]",
    ] {
        let project = Project::small();
        let key = project.folder().join("key");
        drop(key);
        project.built();
        let before = (links(&project), records(&project, "nyah"));
        rename_priya(&project, to);
        project.built();
        assert_eq!(before, (links(&project), records(&project, "nyah")));
    }
    // One after the other, in the same folder.
    rename_priya(&project, "id = \"priya-r\"\nwas = [\"priya\"]");
    project.built();
    project.replace(
        ENGAGEMENT,
        "id = \"priya-r\"\nwas = [\"priya\"]",
        "id = \"priya-raman\"\nwas = [\"priya\", \"priya-r\"]",
    );
    project.replace(AGENDA, "\"priya\"]", "\"priya-r\"]");
    let site = project.built();
    assert_eq!(before, (links(&project), records(&project, "nyah")));
    let ran = project.run(&["build"]);
    assert!(!ran.stderr.contains("a link"), "{}", ran.stderr);
    assert_eq!(site, crate::project::tree(&project.site()));
    let ran = project.run(&["explain", "nyah", "priya"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn a_goal_keeps_its_figures_under_another_name() {
    let project = Project::small();
    project.built();
    let before = (links(&project), records(&project, "nyah"));
    let (old, new) = ("nyah/goals/1-clear.md", "nyah/goals/1-clear-in-the-room.md");
    project.rename(old, new);
    failed(&project.run(&["build"]), 3, &["unknown goal `clear`"]);
    project.replace(new, "+++\ntitle", "+++\nwas = [\"clear\"]\ntitle");
    let site = project.built();
    assert_eq!(before, (links(&project), records(&project, "nyah")));

    let rounds = project.read("nyah/pulse/2026-03-02.csv");
    project.write(
        "nyah/pulse/2026-03-02.csv",
        rounds.replace(",clear,", ",clear-in-the-room,"),
    );
    assert_eq!(site, project.built());
}

#[test]
fn an_engagement_keeps_links_and_records_in_a_folder_of_another_name() {
    let project = Project::small();
    project.built();
    let before = (links(&project), records(&project, "nyah"));
    let tied = "\n[[person]]\nid = \"anders-holm\"\nname = \"Anders Holm\"\nengagements = { nyah = \"anders\" }\n";
    project.rename("nyah", "nyah-adeyemi");
    let ran = project.run(&["build"]);
    failed(&ran, 3, &["`was = [", "under another name of this folder"]);

    let new = "nyah-adeyemi/engagement.toml";
    project.replace(
        new,
        "title = \"Leading",
        "was = [\"nyah\"]\ntitle = \"Leading",
    );
    project.built();
    assert_eq!(before, (links(&project), records(&project, "nyah-adeyemi")));
    assert_eq!(project.run(&["explain", "nyah", "priya"]).code, 0);

    // What loggia.toml and passphrases.toml call it still means it.
    let site = project.read("loggia.toml");
    project.write("loggia.toml", site + tied);
    project.replace(new, "link = 1", "link = 1\npassphrase = true");
    project.write(
        "passphrases.toml",
        "[nyah]\npriya = \"seven quiet harbours\"\n",
    );
    let path = project.path("passphrases.toml");
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    project.built();
    let same: Vec<_> = links(&project);
    let is_there = |link: &(String, String)| same.contains(link);
    assert!(before.0.iter().all(is_there), "{same:?}");
    assert_eq!(same.len(), before.0.len() + 1);
}

/// An id that was given once stays taken.
#[test]
fn a_folder_that_had_its_name_is_no_other_folder() {
    let project = Project::small();
    project.built();
    project.rename("nyah", "nyah-adeyemi");
    let new = "nyah-adeyemi/engagement.toml";
    let text = project.read(new);
    project.write(new, format!("was = [\"nyah\"]\n{text}"));
    project.write(ENGAGEMENT, text);
    let words = ["`nyah` in `was` is also the name of another engagement, now or before"];
    failed(&project.run(&["build"]), 3, &words);
}

#[test]
fn links_that_begin_and_end_are_named() {
    let project = Project::small();
    let first = project.run(&["build"]);
    assert!(!first.stderr.contains("a link"), "{}", first.stderr);
    rename_priya(&project, "id = \"priya-raman\"");
    project.replace(AGENDA, "\"priya\"]", "\"priya-raman\"]");
    project.replace(
        "nyah/goals/1-clear.md",
        "from = \"priya\"",
        "from = \"priya-raman\"",
    );
    let rounds = project.read("nyah/pulse/2026-03-02.csv");
    project.write(
        "nyah/pulse/2026-03-02.csv",
        rounds.replace("priya,", "priya-raman,"),
    );
    project
        .remove("nyah/pulse/rounds.lock")
        .remove("nyah/share.lock");
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("nyah: new for priya-raman; ended for priya"),
        "{}",
        ran.stderr
    );
    // A raised link, and someone who leaves, are known by name.
    project.replace(ENGAGEMENT, "link = 1", "link = 2");
    let ran = project.run(&["build"]);
    assert!(
        ran.stderr.contains("nyah: new for priya-raman"),
        "{}",
        ran.stderr
    );
}

#[test]
fn many_links_end_only_when_told() {
    let project = Project::small();
    let site = project.built();
    project.rename("nyah", "nyah-adeyemi");
    project
        .remove("nyah-adeyemi/pulse/rounds.lock")
        .remove("nyah-adeyemi/share.lock");
    let words = [
        "6 links of 6 would end",
        "say so with `--ends 6`",
        "`was = [",
    ];
    failed(&project.run(&["build"]), 3, &words);
    failed(&project.run(&["build", "--ends", "5"]), 3, &words);
    assert_eq!(site, crate::project::tree(&project.site()));
    assert!(!project.path("nyah-adeyemi/share.lock").exists());
    let ran = project.run(&["build", "--ends", "6"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);

    // A day that the folder names needs no number.
    let project = Project::small();
    project.built();
    project.replace(
        ENGAGEMENT,
        "end = 2026-09-30",
        "end = 2026-09-30\ncloses = 2026-03-20",
    );
    project.replace(ENGAGEMENT, "end = 2026-09-30", "end = 2026-03-01");
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}
