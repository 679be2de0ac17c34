//! `loggia explain`: who sees what, and the line that decided.

use loggia::pipeline::explaining::explain;
use loggia::pipeline::workspace::Workspace;
use loggia::portal::sight::cell::Ground;
use serde_json::Value;

use crate::folder::TODAY;
use crate::folder::build::{place, write};
use crate::folder::write::ENGAGEMENT;
use crate::oracle::pages::run_on_folders;
use crate::project::Project;

/// How many grown folders are gone through unless `LOGGIA_CASES` says otherwise.
const CASES: u32 = 200;

#[test]
fn every_rule_that_names_a_file_has_a_line_in_it() {
    run_on_folders(CASES, |folder| {
        let place = place();
        let content = place.path().join("content");
        let files = folder.files();
        write(&content, &files);
        let workspace = Workspace::open(&content).ok().ok_or("refused")?;
        let id = &workspace.book().engagements[0];
        let explained = explain(&workspace, id, TODAY.parse().unwrap());
        let explained = explained.ok().ok_or("refused")?;
        for item in &explained.sight.items {
            for (part, cell) in item
                .parts
                .iter()
                .flat_map(|part| part.cells.iter().map(move |cell| (part, cell)))
            {
                let column = part
                    .cells
                    .iter()
                    .position(|other| std::ptr::eq(other, cell));
                let reader = &explained.sight.readers[column.unwrap()];
                let why = explained.why(reader, item, cell);
                let wrong = || format!("{} of {}: {why:?}", part.name, item.place);
                let own = [item.place.as_str()];
                let both = [item.place.as_str(), ENGAGEMENT_FILE];
                let (places, key) = match cell.ground {
                    // It is in whatever texts show the file.
                    Ground::Texts => continue,
                    // The file's own name says the day.
                    Ground::Day => {
                        let day = cell.rule.rsplit(' ').next().unwrap_or_default();
                        let text = &files[&format!("{ENGAGEMENT}/{}", item.place)];
                        let date = format!("date = {day}");
                        let is_inside = item.place == ENGAGEMENT_FILE
                            && String::from_utf8_lossy(text).contains(&date);
                        let waits = day > TODAY && (item.place.contains(day) || is_inside);
                        if waits { continue } else { return Err(wrong()) }
                    }
                    Ground::Supporters => (&own[..], "supporters"),
                    Ground::Share(_) if cell.rule.contains("in its own file") => (&own[..], ""),
                    Ground::Share(_) if cell.rule.contains("`[share]") => (&both[1..], ""),
                    Ground::Share(_) => (&both[..], ""),
                    Ground::Role => (&both[1..], "role"),
                    Ground::Roles => (&both[1..], reader.role),
                    Ground::Pulse => (&both[1..], ""),
                    Ground::Goal => (&own[..], "outcome"),
                    Ground::Passages | Ground::Competencies => return Err(wrong()),
                };
                let origin = why.origin.as_ref().ok_or_else(wrong)?;
                let place = origin.file.strip_prefix(&format!("{ENGAGEMENT}/"));
                let text = String::from_utf8_lossy(&files[&origin.file]);
                let line = text.lines().nth(origin.line - 1).unwrap_or_default();
                let rest: String = line.chars().skip(origin.column - 1).collect();
                let is_there = place.is_some_and(|place| places.contains(&place));
                if !is_there || !rest.starts_with(key) {
                    return Err(wrong());
                }
                if cell.limit.is_some() && why.limits.is_empty() {
                    return Err(wrong());
                }
            }
        }
        Ok(())
    });
}

/// Where the rules of an engagement are that are no item's own.
const ENGAGEMENT_FILE: &str = "engagement.toml";

#[track_caller]
fn answers(project: &Project, words: &[&str]) -> Vec<Value> {
    let mut arguments = vec!["explain", "nyah"];
    arguments.extend(words);
    arguments.push("--json");
    let ran = project.run(&arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap()
}

/// Whether a part is seen, and the text of the line that decided from the decided column on.
#[track_caller]
fn decided(project: &Project, words: &[&str], part: &str) -> (String, String) {
    let answers = answers(project, words);
    let found: Vec<&Value> = answers
        .iter()
        .filter(|answer| answer["part"] == part)
        .collect();
    assert_eq!(found.len(), 1, "{part}: {answers:?}");
    let at = &found[0]["decided"];
    let text = project.read(at["file"].as_str().unwrap());
    let number = |key: &str| usize::try_from(at[key].as_u64().unwrap()).unwrap();
    let line = text.lines().nth(number("line") - 1).unwrap();
    let rest: String = line.chars().skip(number("column") - 1).collect();
    (found[0]["seen"].as_str().unwrap().to_owned(), rest)
}

#[track_caller]
fn decides(project: &Project, words: &[&str], part: &str, seen: &str, line: &str) {
    let (found, rest) = decided(project, words, part);
    assert!(
        found == seen && rest.starts_with(line),
        "{words:?} {part}: {found}, {rest}"
    );
}

#[test]
fn the_line_that_decided_is_named() {
    let project = Project::small();
    decides(
        &project,
        &["priya", "clear"],
        "wording",
        "seen",
        "\"manager\"",
    );
    decides(
        &project,
        &["anders", "goals/1-clear.md"],
        "actions",
        "not seen",
        "actions = [\"manager\"]",
    );
    decides(
        &project,
        &["nyah", "clear"],
        "wording",
        "seen",
        "role = \"coachee\"",
    );
    decides(
        &project,
        &["coachee", "clear"],
        "wording",
        "seen",
        "role = \"coachee\"",
    );
    decides(
        &project,
        &["priya", "calm"],
        "wording",
        "not seen",
        "goals = []",
    );
    decides(
        &project,
        &["priya", "2026-03-15-first-month"],
        "update",
        "seen",
        "\"manager\"]",
    );
    decides(
        &project,
        &["tom", "facts"],
        "facts",
        "seen",
        "\"everyone\"]",
    );
}

#[test]
fn the_nearer_list_counts_and_says_so() {
    let project = Project::small();
    let answers = answers(&project, &["priya", "updates/2026-03-15-first-month.md"]);
    assert_eq!(answers[0]["rule"], "`share` in its own file");
    assert_eq!(
        answers[0]["decided"]["file"],
        "nyah/updates/2026-03-15-first-month.md"
    );
}

#[test]
fn passages_that_are_left_out_are_named() {
    let project = Project::small();
    let goal = "nyah/updates/2026-03-15-first-month.md";
    let text = project.read(goal);
    project.write(goal, format!("{text}\n::: only coach\nx\n:::\n"));
    let answers = answers(
        &project,
        &["priya", "first-month"].map(|word| if word == "priya" { word } else { goal }),
    );
    assert_eq!(answers[0]["seen"], "seen in part");
    let lines = project.read(goal).lines().count();
    assert_eq!(answers[0]["without"][0]["line"], lines - 2);
}

#[test]
fn every_answer_of_the_samples_has_its_line() {
    let project = Project::samples();
    for engagement in ["nyah-adeyemi", "ingrid-solheim", "mateo-silva"] {
        let ran = project.run(&["explain", engagement, "--json"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let answers: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
        assert!(answers.len() > 50);
        for answer in answers {
            let has_none = answer["part"] == "file";
            assert!(has_none || answer["decided"]["line"].is_u64(), "{answer}");
        }
    }
}

#[test]
fn what_is_unknown_or_for_nobody_is_said() {
    let project = Project::small();
    for (words, told) in [
        (
            ["explain", "nyah", "bob"],
            "is neither a reader nor an item",
        ),
        (
            ["explain", "nyah", "notes/2026-01-20-session.md"],
            "a note is for nobody",
        ),
        (["explain", "nya", "priya"], "there is no engagement `nya`"),
    ] {
        let ran = project.run(&words);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
}

#[test]
fn an_explanation_opens_no_note_and_quotes_no_text() {
    let project = Project::small();
    project.remove("nyah/notes/2026-01-20-session.md");
    project.pipe("nyah/notes/2026-01-20-session.md");
    let ran = project.run(&["explain", "nyah"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!ran.stdout.contains("canary"), "{}", ran.stdout);
}

#[test]
fn of_two_lists_that_name_a_reader_the_nearer_one_is_told() {
    let project = Project::small();
    let name = "nyah/agendas/2026-02-03-calibration.md";
    // The sponsor does not attend: the word that lets them in is not the first of the list.
    decides(&project, &["anders", name], "agenda", "seen", "\"sponsor\"");
    decides(
        &project,
        &["priya", name],
        "agenda",
        "seen",
        "\"attendees\"",
    );
    let update = "nyah/updates/2026-03-15-first-month.md";
    decides(
        &project,
        &["priya", update],
        "update",
        "seen",
        "\"manager\"",
    );
    // Both commands tell it in the same words.
    let table = project.run(&["check", "--who-sees-what", "--json"]).stdout;
    let table: Value = serde_json::from_str(&table).unwrap();
    let items = table[0]["items"].as_array().unwrap();
    for (name, reader) in [(name, "anders"), (update, "priya")] {
        let place = name.strip_prefix("nyah/").unwrap();
        let item = items.iter().find(|item| item["place"] == place).unwrap();
        let cells = item["parts"][0]["readers"].as_array().unwrap();
        let cell = cells.iter().find(|cell| cell["reader"] == reader).unwrap();
        assert_eq!(cell["rule"], "`share` in its own file", "{place}");
        assert_eq!(answers(&project, &[reader, name])[0]["rule"], cell["rule"]);
    }
}
