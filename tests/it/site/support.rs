//! What pages say of the support that is asked for, and of what coachee and coach settle between them after a meeting.

use std::collections::BTreeMap;

use crate::project::{Project, finish};
use crate::site::plan;

const GOAL: &str = "nyah/goals/1-clear.md";
const AGENDA: &str = "nyah/agendas/2026-02-03-calibration.md";

/// What the manager is asked for besides the support in one plain sentence.
const ASKED: &str = "[[support]]\nfrom = \"priya\"\nkind = \"practice\"\ntext = \"Let me chair the planning day.\"\ndue = 2026-03-10\n\
    [[support]]\nfrom = \"priya\"\nkind = \"time\"\ntext = \"A morning a week.\"\nagreed = 2026-02-10\ndue = 2026-04-30\n\
    [[support]]\nfrom = \"priya\"\nkind = \"budget\"\ntext = \"The fee of the course.\"\nagreed = 2026-02-10\ngiven = 2026-03-02\n\
    [[support]]\nfrom = \"priya\"\nkind = \"training\"\ntext = \"A course on short papers.\"\n\
    [[support]]\nfrom = \"priya\"\nkind = \"assessment\"\ntext = \"A second round of interviews.\"\n";

/// What each reader reads on a day, without markup.
#[track_caller]
fn pages(project: &Project, day: &str) -> BTreeMap<String, String> {
    let pages = plan::pages(project, day).into_iter();
    pages.map(|(reader, page)| (reader, words(&page))).collect()
}

/// The words of a page, without its tags.
pub(super) fn words(page: &str) -> String {
    let pieces = page
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    let text: String = pieces.collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of a page with its letters as they are read.
pub(super) fn read(text: &str) -> String {
    let mut text = text.to_owned();
    for (entity, letter) in [
        ("&#x27;", "'"),
        ("&#x2f;", "/"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, letter);
    }
    text
}

/// What stands under "Asked of you" at the head of a page, before what is new.
fn asked(page: &str) -> &str {
    let (_, rest) = page.split_once("Asked of you").unwrap();
    let ends = ["Latest", "Nothing from sessions"];
    let end = ends.iter().filter_map(|end| rest.find(end)).min();
    &rest[..end.unwrap()]
}

fn project_with_support() -> Project {
    let project = Project::small();
    project.replace(GOAL, "[[support]]", &format!("{ASKED}\n[[support]]"));
    project
}

#[test]
fn what_is_asked_of_the_manager_stands_together_on_her_page_until_it_is_given() {
    for (reader, page) in pages(&project_with_support(), "2026-03-20") {
        let sees = matches!(reader.as_str(), "nyah" | "coach" | "priya");
        for words in [
            "an opportunity to practise",
            "training",
            "an assessment",
            "agreed 10 February 2026",
            "given 2 March 2026",
            "due 30 April 2026",
            "Ask for the headline first.",
        ] {
            assert_eq!(page.contains(words), sees, "{reader}: {words}");
        }
        // That the day is over is for the person who is asked, the coachee and the coach.
        assert_eq!(page.contains("was due 10 March 2026"), sees, "{reader}");
        let asked = asked(&page);
        let is_asked = reader == "priya";
        for words in [
            "Let me chair the planning day.",
            "A morning a week.",
            "A course on short papers.",
            "A second round of interviews.",
            "Ask for the headline first.",
        ] {
            assert_eq!(asked.contains(words), is_asked, "{reader}: {words}");
        }
        assert!(!asked.contains("The fee of the course."), "{reader}");
    }
}

#[test]
fn support_that_is_late_is_no_news_for_others() {
    let project = project_with_support();
    let actions = "actions = [\"manager\"]";
    project.replace("nyah/engagement.toml", actions, "actions = [\"everyone\"]");
    let mut told = 0;
    for (reader, page) in pages(&project, "2026-03-20") {
        let sees_all = matches!(reader.as_str(), "nyah" | "coach" | "priya");
        assert_eq!(page.contains("was due 10 March 2026"), sees_all, "{reader}");
        told += usize::from(!sees_all && page.contains("due 10 March 2026"));
    }
    assert!(told > 0);
}

#[test]
fn what_was_agreed_or_given_was_so_on_a_day_that_has_come() {
    for (key, message) in [
        ("agreed", "this yes is still to come: today is 2026-03-20"),
        (
            "given",
            "this support is still to come: today is 2026-03-20",
        ),
    ] {
        let project = Project::small();
        project.replace(
            GOAL,
            "[[support]]",
            &format!("[[support]]\n{key} = 2026-03-21"),
        );
        let on = |day| finish(&mut project.command(&["build", "--today", day]));
        let ran = on("2026-03-20");
        assert_eq!(ran.code, 3, "{key}");
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
        let ran = on("2026-03-21");
        assert_eq!(ran.code, 0, "{key}: {}", ran.stderr);
    }
}

#[test]
fn an_unknown_kind_of_support_is_refused_with_the_one_that_is_meant() {
    let project = Project::small();
    project.replace(GOAL, "[[support]]", "[[support]]\nkind = \"practise\"");
    let ran = project.run(&["check"]);
    assert_eq!(ran.code, 3);
    let told = "unknown kind of support `practise`";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    assert!(ran.stderr.contains("`practice`"), "{}", ran.stderr);
}

#[test]
fn a_debrief_is_for_coachee_and_coach_alone() {
    let project = Project::small();
    let debrief = "[[debrief]]\ntext = \"Say the second goal over again.\"\nowner = \"nyah\"\ndue = 2026-03-30\n\n[[next]]";
    project.replace(AGENDA, "[[next]]", debrief);
    let mut others = 0;
    for (reader, page) in pages(&project, "2026-03-20") {
        let is_one_of_both = matches!(reader.as_str(), "nyah" | "coach");
        for words in [
            "Debrief, for coachee and coach alone",
            "Say the second goal over again.",
        ] {
            assert_eq!(page.contains(words), is_one_of_both, "{reader}: {words}");
        }
        others += usize::from(!is_one_of_both && page.contains("Manager calibration"));
        let asked = asked(&page);
        let is_asked = asked.contains("Say the second goal over again.");
        assert_eq!(is_asked, reader == "nyah", "{reader}");
    }
    assert!(others > 1, "{others}");
}

#[test]
fn a_step_of_a_debrief_is_nobodys_who_cannot_read_it() {
    let project = Project::small();
    let debrief = "[[debrief]]\ntext = \"Say it again.\"\nowner = \"priya\"\n\n[[next]]";
    project.replace(AGENDA, "[[next]]", debrief);
    let ran = project.run(&["check"]);
    assert_eq!(ran.code, 3);
    for told in [
        "`priya` cannot read a debrief",
        "give the step to the coachee or the coach, or make it a `[[next]]`",
    ] {
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
}
