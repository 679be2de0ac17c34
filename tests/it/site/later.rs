//! What is dated ahead is nowhere before its day: not on a page, not in what the audit takes for right, and the build says so.

use loggia::pipeline::explaining::sights;
use loggia::pipeline::reading;
use loggia::pipeline::workspace::Workspace;
use loggia::portal::sight::cell::Seen;

use crate::project::{Project, finish, reader_pages};

/// The day after those of these tests, and the one on which they are built.
const TOMORROW: &str = "2026-03-21";
const TODAY: &str = "2026-03-20";

/// A sentence that stands in what is dated ahead and nowhere else.
const AHEAD: &str = "Written ahead of the meeting with words that stand in no other file";

/// Files of the small engagement that wait for their day.
const FILES: [&str; 4] = [
    "nyah/updates/2026-03-21-news.md",
    "nyah/reviews/2026-03-21-end.md",
    "nyah/pulse/2026-03-21.md",
    "nyah/pulse/2026-03-21.csv",
];

/// The pages of all readers on the day of these tests.
fn pages(project: &Project) -> Vec<String> {
    let workspace = Workspace::open(&project.content()).ok().unwrap();
    let today = TODAY.parse::<jiff::civil::Date>().unwrap();
    let id = &workspace.book().engagements[0];
    let read = reading::engagement(&workspace, id, today.into()).reading;
    let engagement = read.value.unwrap_or_else(|| panic!("{:?}", read.problems));
    let pages = reader_pages(&workspace, &engagement, today).unwrap();
    pages
        .iter()
        .map(|page| page.page.document().to_owned())
        .collect()
}

/// The files that wait for `day`, each with [`AHEAD`] in a text that the manager sees.
fn dated(day: &str) -> Project {
    let project = Project::small();
    let update = format!("+++\ntitle = \"News\"\n+++\n{AHEAD}.\n\n![A room](files/ahead.png)\n");
    project.write(&format!("nyah/updates/{day}-news.md"), update);
    let picture = std::fs::read(project.path("nyah/files/room.png")).unwrap();
    project.write("nyah/files/ahead.png", picture);
    let review = format!(
        "+++\nkind = \"final\"\n[[outcome]]\nintended = \"{AHEAD}, intended.\"\nactual = \"It came.\"\n+++\n"
    );
    project.write(&format!("nyah/reviews/{day}-end.md"), review);
    let theme =
        format!("+++\n[[theme]]\ngoal = \"clear\"\ntext = \"{AHEAD}, said of a round.\"\n+++\n");
    project.write(&format!("nyah/pulse/{day}.md"), theme);
    let round = project.read("nyah/pulse/2026-03-02.csv");
    project.write(&format!("nyah/pulse/{day}.csv"), round);
    project
}

#[test]
fn nothing_of_it_is_on_a_page_before_its_day() {
    let project = dated(TOMORROW);
    let (with, ran) = (pages(&project), project.run(&["build"]));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for file in FILES {
        assert!(ran.stderr.contains(file), "{file}: {}", ran.stderr);
        project.remove(file);
    }
    let message = "this waits for its day, 2026-03-21: today is 2026-03-20";
    assert_eq!(ran.stderr.matches(message).count(), FILES.len());
    project.remove("nyah/files/ahead.png");
    assert_eq!(pages(&project), with, "a page knows of what is to come");
}

#[test]
fn all_of_it_is_there_on_its_day() {
    let pages = pages(&dated(TODAY)).join("\n");
    for text in [format!("{AHEAD}."), format!("{AHEAD}, intended")] {
        assert!(pages.contains(&text), "{text}");
    }
}

#[test]
fn audit_finds_it_in_a_site_that_went_out_too_early() {
    let project = dated(TOMORROW);
    let mut build = project.command(&["build", "--today", TOMORROW]);
    assert_eq!(finish(&mut build).code, 0);
    let ran = project.run(&["audit", "site"]);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    let noun = "stand in something that waits for its day";
    assert!(ran.stderr.contains(noun), "{}", ran.stderr);
    assert!(!ran.stderr.contains("Written ahead"), "{}", ran.stderr);
}

#[test]
fn table_names_what_waits_and_shows_it_to_nobody() {
    let project = dated(TOMORROW);
    let workspace = Workspace::open(&project.content()).ok().unwrap();
    let sights = sights(&workspace, TODAY.parse().unwrap()).ok().unwrap();
    for file in FILES {
        let items = &sights[0].items;
        let item = items
            .iter()
            .find(|item| format!("nyah/{}", item.place) == file);
        let cells = item.iter().flat_map(|item| &item.parts[0].cells);
        let waits = |rule: &str| rule == "it waits for its day, 2026-03-21";
        let is_not = cells
            .clone()
            .all(|cell| cell.seen == Seen::Not && waits(&cell.rule));
        assert!(is_not && cells.count() > 2, "{file}: {item:?}");
    }
}
