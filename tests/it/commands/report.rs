//! `loggia build --report FILE`: the record of a release.

use std::fs;

use data_encoding::HEXLOWER;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::project::Project;

#[track_caller]
fn report(project: &Project, arguments: &[&str]) -> (String, Value) {
    let mut all = vec!["build", "--report", "report.json"];
    all.extend(arguments);
    let ran = project.run(&all);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let text = fs::read_to_string(project.folder().join("report.json")).unwrap();
    let value = serde_json::from_str(&text).unwrap();
    (text, value)
}

#[test]
fn the_same_release_gives_the_same_report() {
    let project = Project::samples();
    let first = report(&project, &[]).0;
    fs::remove_dir_all(project.site()).unwrap();
    assert_eq!(report(&project, &[]).0, first);
}

#[test]
fn every_file_is_in_it_with_its_digest() {
    let project = Project::samples();
    let (_, report) = report(&project, &[]);
    let portals = report["engagements"].as_array().unwrap().iter();
    let portals = portals.flat_map(|engagement| {
        let pages = ["portals", "asking"].into_iter();
        pages.flat_map(move |key| engagement[key].as_array().unwrap())
    });
    let persons = report["persons"].as_array().unwrap();
    let files = portals
        .chain(persons)
        .chain(report["files"].as_array().unwrap());
    let mut count = 0;
    for file in files {
        let bytes = fs::read(project.site().join(file["path"].as_str().unwrap())).unwrap();
        assert_eq!(file["sha256"], HEXLOWER.encode(&Sha256::digest(bytes)));
        count += 1;
    }
    // The marker is the one file more.
    assert_eq!(count + 1, crate::project::tree(&project.site()).len());
}

#[test]
fn it_says_by_which_rule_and_how_much_was_withheld() {
    let project = Project::small();
    project.replace("loggia.toml", "[site]", "[site]\naccess = \"link\"");
    let (_, report) = report(&project, &[]);
    let engagement = &report["engagements"][0];
    assert_eq!(
        (&engagement["agreed"], &engagement["notes_withheld"]),
        (&"2026-02-02".into(), &1.into())
    );
    let portals = engagement["portals"].as_array().unwrap();
    let priya = portals
        .iter()
        .find(|portal| portal["reader"] == "priya")
        .unwrap();
    let wording = serde_json::json!({
        "item": "goals/1-clear.md", "part": "wording", "how": "seen", "rule": "`[share] goals` in engagement.toml"
    });
    let seen = priya["seen"].as_array().unwrap();
    assert!(
        seen.iter()
            .any(|line| line["item"] == wording["item"] && line["part"] == "wording"),
        "{seen:?}"
    );
    let withheld: u64 = priya["withheld"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["parts"].as_u64().unwrap())
        .sum();
    assert!(withheld > 0);
    // A path that opens a page by itself stands nowhere.
    assert_eq!(
        (&priya["access"], &priya["path"]),
        (&"link".into(), &Value::Null)
    );
}

#[test]
fn it_holds_no_text_no_title_and_no_code() {
    let project = Project::small();
    let (text, _) = report(&project, &[]);
    for word in [
        "canary",
        "Nyah",
        "Falcon",
        "Leading through",
        "session",
        "The first month",
        "Priya",
        "@",
    ] {
        assert!(!text.contains(word), "{word}: {text}");
    }
}

#[test]
fn it_is_not_published() {
    let project = Project::small();
    project.built();
    let ran = project.run(&["build", "--report", "site/report.json"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("would be published"), "{}", ran.stderr);
}

#[test]
fn a_build_that_fails_leaves_the_report_as_it_was() {
    let project = Project::small();
    let before = report(&project, &[]).0;
    project.write("nyah/goals/3-x.md", "no front matter");
    let ran = project.run(&["build", "--strict", "--report", "report.json"]);
    assert_eq!(ran.code, 3);
    assert_eq!(
        fs::read_to_string(project.folder().join("report.json")).unwrap(),
        before
    );
}
