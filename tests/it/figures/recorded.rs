//! A folder whose rounds version 0.1.0 published, when every manager stood alone, two of them as a mean: `tests/cases/recorded`, with the
//! record that it wrote. And what a page says of whose answers stand alone.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::project::Project;

const ENGAGEMENT: &str = "ada/engagement.toml";
const RECORD: &str = "ada/pulse/rounds.lock";

/// The key by which the record was made.
const KEY: &str = "0000000000000000000000000000000000000000000000000000n";

/// The folder with its key, and with a word of each of these managers.
fn project(words: &[(&str, &str)]) -> Project {
    let project = Project::recorded();
    // A record is not among what is copied, since a build of the samples leaves one there.
    let record = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases/recorded")
        .join(RECORD);
    project.write(RECORD, fs::read(record).unwrap());
    project.write("loggia.key", KEY);
    let key = project.path("loggia.key");
    fs::set_permissions(key, fs::Permissions::from_mode(0o600)).unwrap();
    for (id, day) in words {
        let line = format!("id = \"{id}\"\n");
        project.replace(ENGAGEMENT, &line, &format!("{line}apart = {day}\n"));
    }
    project
}

/// The page of a reader, found by the name on it.
#[track_caller]
fn page(project: &Project, name: &str) -> String {
    let site = project.built();
    let pages = site.values().map(|bytes| String::from_utf8_lossy(bytes));
    let mark = format!("For {name}, ");
    let mut pages = pages.filter(|page| page.contains(&mark));
    pages
        .next()
        .unwrap_or_else(|| panic!("no page {mark}"))
        .into_owned()
}

/// How many tables of figures have a column of this person.
fn columns(page: &str, name: &str) -> usize {
    page.matches(&format!("<th scope=\"col\"><bdi>{name}</bdi>"))
        .count()
}

#[test]
fn a_mean_of_two_managers_goes_until_both_have_said_so() {
    for (words, expected) in [
        (&[][..], [0, 0]),
        (&[("mona", "2026-01-10")], [0, 0]),
        (&[("olav", "2026-01-10")], [0, 0]),
        (&[("mona", "2026-01-10"), ("olav", "2026-01-10")], [2, 2]),
    ] {
        let project = project(words);
        let before = project.read(RECORD);
        let page = page(&project, "Ada Quist");
        let shown = ["Mona Lind", "Olav Moe"].map(|name| columns(&page, name));
        assert_eq!(shown, expected, "{words:?}");
        assert_eq!(project.read(RECORD), before, "what is recorded stays");
    }
}

#[test]
fn rounds_to_come_count_a_manager_with_the_others() {
    let project = project(&[]);
    let round = project.read("ada/pulse/2026-09-28.csv");
    project.write("ada/pulse/2026-11-02.csv", &round);
    let page = page(&project, "Ada Quist");
    let row = |day: &str| {
        let start = page.find(&format!("<th scope=\"row\">{day}"));
        let row = &page[start.unwrap()..];
        row.split_once("<tr>")
            .map_or(row, |(row, _)| row)
            .to_owned()
    };
    assert!(
        row("28 September 2026").contains("<td>5\n"),
        "{}",
        row("28 September 2026")
    );
    assert!(
        row("2 November 2026").contains("<td>7\n"),
        "{}",
        row("2 November 2026")
    );
    assert!(!page.contains("<th scope=\"col\"><bdi>Mona Lind</bdi>"));
}

#[test]
fn a_page_says_by_name_whose_answers_stand_alone() {
    let nobody = "What any one supporter answered, and any comment: the coach reads these";
    let mona = "Mona Lind’s own answers stand under their name, by their own word of";
    let own = "Your own answers stand under your name, by your own word of";
    let told = |project: &Project, name: &str| {
        let page = page(project, name);
        assert!(page.contains(nobody), "{name}");
        [page.contains(mona), page.contains(own)]
    };
    let without = project(&[]);
    without.remove(RECORD);
    for name in ["Ada Quist", "Mona Lind", "Sten Ek", "Per Dahl"] {
        assert_eq!(told(&without, name), [false, false], "{name}");
        assert_eq!(columns(&page(&without, name), "Mona Lind"), 0, "{name}");
    }
    let with = project(&[("mona", "2026-06-01")]);
    with.remove(RECORD);
    // Sten sees no groups, and Per no figures: they do not learn that anyone's answers stand alone.
    for (name, expected) in [
        ("Ada Quist", [true, false]),
        ("Olav Moe", [true, false]),
        ("Mona Lind", [false, true]),
        ("Sten Ek", [false, false]),
        ("Per Dahl", [false, false]),
    ] {
        assert_eq!(told(&with, name), expected, "{name}");
    }
    assert!(page(&with, "Ada Quist").contains("1 June 2026"));
}
