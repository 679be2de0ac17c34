//! A link that was ended stays dead: the numbers of site, engagement, stakeholder and person, and the record of the highest of them.

use std::collections::BTreeSet;
use std::fs;

use crate::project::{Project, Ran, tree};

const RECORD: &str = "links.lock";
const NYAH: &str = "nyah/engagement.toml";
const MATEO: &str = "mateo/engagement.toml";

/// Two engagements, in both of which Anders Holm is one person of loggia.toml.
fn project() -> Project {
    let project = super::persons::project("");
    project.built();
    project
}

/// The paths of all pages that are out.
fn pages(project: &Project) -> BTreeSet<String> {
    let site = tree(&project.site());
    site.into_keys()
        .filter(|path| path.starts_with("p/"))
        .collect()
}

/// The whole link of everyone, by engagement and id.
fn links(project: &Project) -> Vec<(String, String, String)> {
    let ran = project.run(&["links", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let lines: Vec<serde_json::Value> = serde_json::from_str(&ran.stdout).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("person").to_owned();
    let line = |line: &serde_json::Value| {
        (
            text(&line["engagement"]),
            text(&line["stakeholder"]),
            text(&line["url"]),
        )
    };
    lines.iter().map(line).collect()
}

/// Sets a number: of the site, an engagement, a stakeholder or the person.
fn set(project: &Project, what: &str, number: &str) {
    let (file, after) = match what {
        "site" => ("loggia.toml", "[site]"),
        "engagement" => (NYAH, "start = 2026-01-12"),
        "stakeholder" => (NYAH, "id = \"anders\""),
        _ => ("loggia.toml", "id = \"anders-holm\""),
    };
    let text = project.read(file);
    let mut lines: Vec<&str> = text.lines().collect();
    let place = lines.iter().position(|line| *line == after).unwrap() + 1;
    if lines[place].starts_with("link = ") {
        lines.remove(place);
    }
    let line = format!("link = {number}");
    if !number.is_empty() {
        lines.insert(place, &line);
    }
    project.write(file, lines.join("\n") + "\n");
}

/// Every command that derives links refuses what is there now, and nothing changes.
#[track_caller]
fn refused(project: &Project, said: &[&str]) -> Ran {
    let (site, content) = (tree(&project.site()), tree(&project.content()));
    let mut last = None;
    for arguments in [
        &["check"][..],
        &["links"],
        &["links", "--json"],
        &["build", "--locked"],
        &["build", "--shard", "1/2", "--out", "part"],
        &["build"],
    ] {
        let ran = project.run(arguments);
        assert_eq!(ran.code, 3, "{arguments:?}: {}", ran.stderr);
        for said in said {
            assert!(
                ran.stderr.contains(said),
                "{arguments:?}: {said}: {}",
                ran.stderr
            );
        }
        assert!(tree(&project.site()) == site && tree(&project.content()) == content);
        last = Some(ran);
    }
    last.unwrap()
}

#[test]
fn each_number_ends_what_it_is_the_number_of() {
    for (what, is_ended) in [
        ("site", (|_, _| true) as fn(&str, &str) -> bool),
        ("engagement", |engagement, _| engagement == "nyah"),
        ("stakeholder", |engagement, id| {
            engagement == "nyah" && id == "anders"
        }),
        ("person", |_, id| id.starts_with("anders")),
    ] {
        let project = project();
        let (before, old) = (pages(&project), links(&project));
        set(&project, what, "2");
        project.built();
        let (after, new) = (pages(&project), links(&project));
        assert_eq!(old.len(), new.len());
        let mut ended = 0;
        for (was, is) in old.iter().zip(&new) {
            assert_eq!((&was.0, &was.1), (&is.0, &is.1));
            let is_other = is_ended(&was.0, &was.1);
            assert_eq!(was.2 != is.2, is_other, "{what}: {} in {}", was.1, was.0);
            ended += usize::from(is_other);
        }
        assert_eq!(before.difference(&after).count(), ended, "{what}");
        assert_eq!(project.run(&["audit", "site"]).code, 0, "{what}");
        assert_eq!(project.run(&["build", "--locked"]).code, 0, "{what}");
    }
}

#[test]
fn no_number_can_be_lowered() {
    for (what, place, whose) in [
        ("site", "loggia.toml:", "`link` of the site"),
        ("engagement", NYAH, "`link` of engagement `nyah`"),
        ("stakeholder", NYAH, "`link` of `anders` in `nyah`"),
        ("person", "loggia.toml:", "`link` of person `anders-holm`"),
    ] {
        let project = project();
        set(&project, what, "3");
        project.built();
        for lower in ["2", "1", ""] {
            set(&project, what, lower);
            let ran = refused(
                &project,
                &[whose, "was 3 when it was published", "link = 3", "link = 4"],
            );
            assert!(
                ran.stderr.contains(&format!("--> {place}")),
                "{what}: {}",
                ran.stderr
            );
            if !lower.is_empty() {
                let line = format!("link = {lower}");
                assert!(
                    ran.stderr.contains(&line),
                    "{what}: the line itself: {}",
                    ran.stderr
                );
            }
        }
        for fine in ["3", "4"] {
            set(&project, what, fine);
            project.built();
        }
    }
}

#[test]
fn who_comes_back_comes_back_with_no_lower_number() {
    let project = project();
    set(&project, "stakeholder", "2");
    project.built();
    // Taken out for two builds, with the tie to the person.
    let (engagement, firm) = (project.read(NYAH), project.read("loggia.toml"));
    let (before, rest) = engagement
        .split_once("[[stakeholder]]\nid = \"anders\"")
        .unwrap();
    let (_, after) = rest.split_once("[[stakeholder]]").unwrap();
    project.write(NYAH, format!("{before}[[stakeholder]]{after}"));
    project.write("loggia.toml", firm.replace("\"nyah\" = \"anders\", ", ""));
    project.built();
    project.built();
    project.write(NYAH, &engagement).write("loggia.toml", firm);
    set(&project, "stakeholder", "");
    refused(&project, &["`link` of `anders` in `nyah` was 2"]);
    set(&project, "stakeholder", "3");
    // To let someone read again is a new word of the coachee's.
    project.replace(NYAH, "agreed = 2026-02-02", "agreed = 2026-03-01");
    project.built();
    // The same for a whole engagement.
    set(&project, "engagement", "5");
    project.built();
    let away = project.folder().join("away");
    fs::rename(project.path("nyah"), &away).unwrap();
    let firm = project.read("loggia.toml");
    project.write("loggia.toml", firm.replace("\"nyah\" = \"anders\", ", ""));
    assert_eq!(project.run(&["build", "--ends", "6"]).code, 0);
    fs::rename(&away, project.path("nyah")).unwrap();
    project.write("loggia.toml", firm);
    set(&project, "engagement", "4");
    refused(&project, &["`link` of engagement `nyah` was 5"]);
}

#[test]
fn links_ended_with_a_persons_stay_dead_when_the_person_goes() {
    let project = project();
    let first = pages(&project);
    set(&project, "person", "3");
    project.built();
    let firm = project.read("loggia.toml");
    let (without, _) = firm.split_once("[[person]]").unwrap();
    let other = "[[person]]\nid = \"another\"\nname = \"Anders Holm\"\n\n[person.engagements]\nnyah = \"anders\"\nmateo = \"anders\"\n";
    for change in [without.to_owned(), format!("{without}{other}")] {
        project.write("loggia.toml", change);
        let said = "were ended by the number of a person in loggia.toml, which no longer counts";
        refused(
            &project,
            &[
                "`anders` in `nyah`",
                "`anders` in `mateo`",
                said,
                "link = 4",
            ],
        );
    }
    project.write("loggia.toml", without);
    for lower in ["2", "3"] {
        set(&project, "stakeholder", lower);
        refused(&project, &["`anders` in `nyah`", "link = 4"]);
    }
    for file in [NYAH, MATEO] {
        let text = project
            .read(file)
            .replace("id = \"anders\"\nlink = 3\n", "id = \"anders\"\n");
        project.write(
            file,
            text.replace("id = \"anders\"\n", "id = \"anders\"\nlink = 4\n"),
        );
    }
    let last = project.built();
    let ended = first
        .iter()
        .filter(|path| !last.contains_key(*path))
        .count();
    assert_eq!(ended, 3, "two portals and the page that listed them");
    project.built();
    assert_eq!(project.run(&["build", "--locked"]).code, 0);
}

#[test]
fn the_record_names_nobody_and_holds_only_what_was_raised() {
    let project = project();
    let empty = project.read(RECORD);
    assert!(!empty.contains("raised"), "{empty}");
    for what in ["site", "engagement", "stakeholder", "person"] {
        set(&project, what, "7");
    }
    project.built();
    let record = project.read(RECORD);
    for name in [
        "nyah",
        "mateo",
        "anders",
        "person",
        "stakeholder",
        "engagement",
    ] {
        assert!(!record.contains(name), "{name}: {record}");
    }
    // The two stakeholders have the person's number, too.
    assert_eq!(record.matches(" = 7\n").count(), 6, "{record}");
    assert!(!record.contains(project.read("loggia.key").trim_end()));
    // Whatever else changes, the record stays as it is.
    project.write("nyah/notes/2026-03-16-hush.md", "Hush.\n");
    project.built();
    assert_eq!(project.read(RECORD), record);
}

#[test]
fn a_record_that_is_edited_gone_or_no_record_is_noticed() {
    let project = project();
    set(&project, "stakeholder", "3");
    project.built();
    let record = project.read(RECORD);
    for (text, said) in [
        (
            record.replace(" = 3\n", " = 2\n"),
            "is not as it was written",
        ),
        (
            record.replace(" = 3\n", " = 1\n"),
            "cannot be read: a number in it was never raised",
        ),
        (
            "seal = 1\n".to_owned(),
            "the record of link numbers cannot be read",
        ),
        (
            format!("<<<<<<< HEAD\n{record}"),
            "holds two versions, which git could not merge",
        ),
        (
            format!("odd = 1\n{record}"),
            "was written by a newer version of Loggia",
        ),
    ] {
        project.write(RECORD, text);
        let ran = refused(&project, &[said, "links.lock"]);
        assert!(!ran.stderr.contains("delete"), "{}", ran.stderr);
    }
    project.remove(RECORD).pipe(RECORD);
    for command in ["check", "links", "build"] {
        let ran = project.run(&[command]);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        assert!(ran.stderr.contains("links.lock"), "{}", ran.stderr);
    }
    project.remove(RECORD);
    let ran = project.run(&["build", "--locked"]);
    assert_eq!(ran.code, 3);
    let said = "this record of link numbers is not up to date";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
    project.built();
    assert_eq!(
        project.read(RECORD),
        record,
        "the same again gives the same record"
    );
}

#[test]
fn a_record_of_another_key_is_told_once() {
    let project = project();
    let other = Project::small();
    other.built();
    let names = [&project, &other].map(|project| project.run(&["key"]).stdout);
    project.write("loggia.key", other.read("loggia.key"));
    let said = [
        "the links of this site were made with another key",
        names[0].trim_end(),
        names[1].trim_end(),
        "loggia key adopt",
    ];
    let ran = refused(&project, &said);
    assert_eq!(ran.stderr.matches("error:").count(), 1, "{}", ran.stderr);
}

#[test]
fn parts_of_which_one_is_older_than_an_ended_link_are_not_joined() {
    let project = project();
    let part = |number: u32| {
        let (shard, out) = (format!("{number}/2"), format!("part-{number}"));
        let ran = project.run(&["build", "--shard", &shard, "--out", &out]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    };
    let merge = || project.run(&["merge", "part-1", "part-2", "--out", "joined"]);
    set(&project, "engagement", "2");
    part(1);
    let record = project.read(RECORD);
    assert!(record.contains(" = 2\n"));
    part(2);
    assert_eq!(
        project.read(RECORD),
        record,
        "each part writes the whole record"
    );
    assert_eq!(merge().code, 0);
    let whole = project.built();
    assert!(tree(&project.folder().join("joined")) == whole);
    set(&project, "stakeholder", "2");
    for (newer, older) in [(1, 2), (2, 1)] {
        part(newer);
        let ran = merge();
        assert_eq!(ran.code, 1, "part {older} is older: {}", ran.stderr);
        assert!(ran.stderr.contains("the links of `part-"), "{}", ran.stderr);
        part(older);
        assert_eq!(merge().code, 0);
        let number = if newer == 1 { "3" } else { "4" };
        set(&project, "stakeholder", number);
    }
}

#[test]
fn a_number_counts_from_1_everywhere() {
    for what in ["site", "engagement", "stakeholder", "person"] {
        let project = project();
        for wrong in ["0", "-1", "1.5", "\"2\"", "4294967296"] {
            set(&project, what, wrong);
            let ran = project.run(&["build"]);
            assert_eq!(ran.code, 3, "{what} {wrong}: {}", ran.stderr);
            assert!(
                ran.stderr.contains("toml:"),
                "{what} {wrong}: {}",
                ran.stderr
            );
        }
    }
}
