//! What the final report says, and that it says to each reader no more than the rest of their page does.

use crate::project::{Project, finish};
use crate::site::plan::pages;
use crate::site::support::words;

const REPORT: &str = "nyah/reviews/2026-03-18-final.md";
const GOAL: &str = "nyah/goals/1-clear.md";

/// A final review that compares nothing: what it says of goals comes from elsewhere.
const REVIEW: &str = "+++\nkind = \"final\"\nshare = [\"manager\", \"sponsor\", \"supporter\"]\n\
    celebrated = [\"The planning day took one sitting.\"]\n\
    continues = [\"The one sentence.\", { text = \"A talk each month.\", with = [\"priya\", \"coach\"] }]\n\
    follow_up = 2026-03-19\nfound = [\"It has lasted.\"]\n+++\nThe end.\n";

fn project_with_report() -> Project {
    let project = Project::small();
    project.write(REPORT, REVIEW);
    let reached = "title = \"Clear in the room\"\nreached = 2026-03-14";
    project.replace(GOAL, "title = \"Clear in the room\"", reached);
    project
}

/// The final report on a page, and what stands before it.
fn report(page: &str) -> (&str, &str) {
    let (before, rest) = page.split_once("Final review, 18 March 2026").unwrap();
    let (report, _) = rest.split_once("The end.").unwrap();
    (before, report)
}

#[test]
fn it_says_what_was_celebrated_what_continues_with_whom_and_what_was_found() {
    let mut readers = 0;
    for (reader, page) in pages(&project_with_report(), "2026-03-20") {
        let page = words(&page);
        let (_, report) = report(&page);
        for told in [
            "What was celebrated The planning day took one sitting.",
            "The one sentence.",
            "A talk each month. with Priya Raman and Elspeth Rowan",
            "We looked back together on 19 March 2026 It has lasted.",
        ] {
            assert!(report.contains(told), "{reader}: {told} in {report}");
        }
        readers += 1;
    }
    assert!(readers > 4, "{readers}");
}

#[test]
fn it_speaks_of_the_goals_that_its_reader_sees_and_of_no_others() {
    let project = project_with_report();
    let mut told = [0, 0];
    for (reader, page) in pages(&project, "2026-03-20") {
        let page = words(&page);
        let (before, report) = report(&page);
        // What was intended is the goal's own statement: nobody wrote it twice.
        let statement = "Bring decisions in a form that the group can settle.";
        for fact in [statement, "Reached on 14 March 2026"] {
            assert_eq!(
                report.contains(fact),
                before.contains(fact),
                "{reader}: {fact}"
            );
            told[usize::from(report.contains(fact))] += 1;
        }
    }
    assert!(told.iter().all(|count| *count > 1), "{told:?}");
}

#[test]
fn what_was_found_waits_for_a_follow_up_that_has_come() {
    for (from, to, message) in [
        (
            "follow_up = 2026-03-19",
            "follow_up = 2026-03-21",
            "this follow-up is still to come: today is 2026-03-20",
        ),
        (
            "follow_up = 2026-03-19\n",
            "",
            "what was found at a follow-up that has no day",
        ),
        (
            "with = [\"priya\", \"coach\"]",
            "with = [\"pria\"]",
            "unknown stakeholder `pria`",
        ),
    ] {
        let project = project_with_report();
        project.replace(REPORT, from, to);
        let ran = finish(&mut project.command(&["check", "--today", "2026-03-20"]));
        assert_eq!(ran.code, 3, "{to}");
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
    }
}
