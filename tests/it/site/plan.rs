//! What pages say of actions and goals as time goes by, and to whom.

use std::collections::BTreeMap;

use jiff::civil::Date;
use loggia::engagement::id::EngagementId;
use loggia::pipeline::reading;
use loggia::pipeline::workspace::Workspace;

use crate::project::{Project, reader_pages};

const GOAL: &str = "nyah/goals/1-clear.md";

/// The small engagement with one goal of this front matter and a manager who owns one of the actions.
fn project_with(settings: &str) -> Project {
    let project = Project::small();
    project.replace(GOAL, "done = 2026-03-12\n", "");
    project.replace(GOAL, "[[support]]", &format!("{settings}\n[[support]]"));
    project
}

/// The page of each reader on a day, by the reader's id.
#[track_caller]
fn pages(project: &Project, day: &str) -> BTreeMap<String, String> {
    let workspace = Workspace::open(&project.content()).unwrap();
    let id = EngagementId::parse("nyah").unwrap();
    let today: Date = day.parse().unwrap();
    let reading = reading::engagement(&workspace, &id, today).reading;
    let told: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
    let engagement = reading.value.unwrap_or_else(|| panic!("{told:?}"));
    let pages = reader_pages(&workspace, &engagement, today).unwrap();
    let page = |portal: &loggia::pipeline::pages::ReaderPage| {
        let body = portal
            .page
            .document()
            .split_once("<body")
            .unwrap()
            .1
            .to_owned();
        (portal.reader.id().to_string(), body)
    };
    pages.iter().map(page).collect()
}

/// Everyone reads the actions: one of the coachee's, one of the manager's, one of nobody's.
fn three_late_actions() -> Project {
    let project = project_with(
        "[[action]]\ntext = \"Put her on the agenda.\"\nowner = \"priya\"\ndue = 2026-03-30\n\n\
         [[action]]\ntext = \"Find a room.\"\ndue = 2026-03-29\n",
    );
    project.replace(
        "nyah/engagement.toml",
        "actions = [\"manager\"]",
        "actions = [\"everyone\"]",
    );
    project
}

#[test]
fn lateness_is_for_the_owner_the_coachee_and_the_coach() {
    let pages = pages(&three_late_actions(), "2026-04-10");
    for (reader, page) in &pages {
        // A next step of the calibration, which everyone reads here, is late as well.
        let expected = match reader.as_str() {
            "nyah" | "coach" => 4,
            "priya" => 1,
            _ => 0,
        };
        let late = page.matches("class=\"overdue\"").count();
        assert_eq!(late, expected, "{reader}");
        assert_eq!(page.contains("3 overdue"), expected == 4, "{reader}");
        // Whoever is not told reads the day itself, and nothing in red.
        assert_eq!(page.contains("was due"), expected > 0, "{reader}");
        let is_asked = matches!(reader.as_str(), "nyah" | "priya");
        assert_eq!(page.contains("class=\"late\""), is_asked, "{reader}");
        assert!(page.contains("2026-03-31"), "{reader} reads the day");
    }
}

#[test]
fn a_due_day_that_passes_changes_nothing_for_other_readers() {
    let project = three_late_actions();
    let (before, after) = (pages(&project, "2026-03-28"), pages(&project, "2026-04-02"));
    // The day of the build stands on the cover and in calendar entries.
    let rest = |page: &str, day: &str, words: &str| {
        let page = page.replace(day, "").replace(words, "");
        let lines = page
            .lines()
            .filter(|line| !line.contains("data:text/calendar"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    for (reader, page) in &before {
        let one = rest(page, "2026-03-28", "28 March 2026");
        let other = rest(&after[reader], "2026-04-02", "2 April 2026");
        let is_told = matches!(reader.as_str(), "nyah" | "coach" | "priya");
        assert_eq!(one != other, is_told, "{reader}");
    }
}
