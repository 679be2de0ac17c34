//! What pages say of actions and goals as time goes by, and to whom.

use std::collections::BTreeMap;

use jiff::civil::Date;
use loggia::engagement::id::EngagementId;
use loggia::pipeline::reading;
use loggia::pipeline::workspace::Workspace;

use crate::project::{Project, reader_pages};

const ENGAGEMENT: &str = "nyah/engagement.toml";
const GOAL: &str = "nyah/goals/1-clear.md";

/// The small engagement with one goal of this front matter and a manager who owns one of the actions.
fn project_with(settings: &str) -> Project {
    let project = Project::small();
    project.replace(GOAL, "done = 2026-03-12\n", "");
    project.replace(GOAL, "[[support]]", &format!("{settings}\n[[support]]"));
    project
}

/// The page of each reader of the small engagement on a day, by the reader's id.
#[track_caller]
pub(crate) fn pages(project: &Project, day: &str) -> BTreeMap<String, String> {
    pages_of(project, "nyah", day.parse().unwrap())
}

/// The page of each reader of an engagement on a day, by the reader's id.
#[track_caller]
pub(super) fn pages_of(project: &Project, id: &str, today: Date) -> BTreeMap<String, String> {
    let workspace = Workspace::open(&project.content()).unwrap();
    let id = EngagementId::parse(id).unwrap();
    let reading = reading::engagement(&workspace, &id, today.into()).reading;
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
        assert!(page.contains("31 March 2026"), "{reader} reads the day");
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

#[test]
fn what_was_dropped_is_neither_open_nor_done_nor_late() {
    let project = project_with(
        "[[action]]\ntext = \"Keep a diary.\"\nowner = \"nyah\"\ndue = 2026-03-20\n\
         dropped = 2026-04-05\nwhy = \"It told nobody anything.\"\n",
    );
    let (before, after) = (pages(&project, "2026-04-04"), pages(&project, "2026-04-05"));
    for reader in ["nyah", "coach", "priya"] {
        let (before, after) = (&before[reader], &after[reader]);
        assert!(
            before.contains("of 2 actions done"),
            "{reader}: still to do"
        );
        assert!(!before.contains("It told nobody anything."), "{reader}");
        assert!(after.contains("of 1 action done"), "{reader}: not counted");
        assert_eq!(
            after.matches("<li class=\"dropped\">").count(),
            1,
            "{reader}"
        );
        assert!(after.contains("It told nobody anything."), "{reader}");
        let asked = after.split("Asked of you").nth(1).unwrap();
        let asked = asked.split("</dl>").next().unwrap();
        assert!(
            !asked.contains("Keep a diary."),
            "{reader}: nobody is asked for it"
        );
    }
    // Whoever sees no action does not read why one was dropped.
    for reader in ["anders", "tom"] {
        assert!(!after[reader].contains("It told nobody"), "{reader}");
    }
}

#[test]
fn a_goal_keeps_its_old_words_and_its_standing_for_those_who_see_each() {
    let project = project_with(
        "[[before]]\nuntil = 2026-02-01\nstatement = \"Bring decisions.\"\nbehaviour = \"Nyah speaks up.\"\n",
    );
    project.replace(
        GOAL,
        "good = [",
        "reached = 2026-03-18\nin_my_words = \"It has become a habit.\"\ngood = [",
    );
    let pages = pages(&project, "2026-03-20");
    for (reader, page) in &pages {
        let sees_words = matches!(reader.as_str(), "nyah" | "coach" | "priya");
        let sees_figures = sees_words || reader == "anders";
        assert_eq!(page.contains("Bring decisions."), sees_words, "{reader}");
        assert_eq!(page.contains("Nyah speaks up."), sees_words, "{reader}");
        assert_eq!(
            page.matches("It has become a habit.").count(),
            usize::from(sees_figures),
            "{reader}"
        );
        assert_eq!(
            page.matches("a reason to celebrate").count(),
            usize::from(sees_figures),
            "{reader}"
        );
    }
    assert!(pages["nyah"].contains("In your own words"));
    assert!(pages["anders"].contains("In the coachee’s own words"));
}

#[test]
fn words_that_contradict_each_other_are_refused() {
    let told = |settings: &str| {
        let project = project_with(settings);
        let ran = project.run(&["check"]);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        ran.stderr
    };
    let action = "[[action]]\ntext = \"One\"\n";
    for (settings, message) in [
        (format!("{action}done = 2026-03-01\ndropped = 2026-03-02"), "this action is both done and dropped"),
        (format!("{action}why = \"Too much.\""), "`why` says why an action was dropped"),
        ("[[before]]\nuntil = 2026-02-01".to_owned(), "this `[[before]]` holds no words"),
        (
            "[[before]]\nuntil = 2026-02-01\nstatement = \"A\"\n[[before]]\nuntil = 2026-02-01\nstatement = \"B\"".to_owned(),
            "two `[[before]]` of this goal end on 2026-02-01",
        ),
    ] {
        let told = told(&settings);
        assert!(told.contains(message), "{told}");
        assert!(told.contains("1-clear.md:"), "{told}");
    }
}

/// The small engagement with a journey and these milestones.
fn project_on_the_way(journey: &str, milestones: &str) -> Project {
    let project = Project::small();
    project.replace(ENGAGEMENT, "journey = \"eight-steps\"", journey);
    let text = project.read(ENGAGEMENT);
    project.write(ENGAGEMENT, text + milestones);
    project
}

#[test]
fn without_a_word_of_the_coach_no_page_claims_a_step() {
    let ways = [
        "journey = \"eight-steps\"",
        "journey = \"stakeholder-centred\"",
        "journey = \"four-stages\"",
        "[[step]]\ntitle = \"One\"\n[[step]]\ntitle = \"Two\"\n",
    ];
    for journey in &ways[..3] {
        let project = project_on_the_way(journey, "");
        for day in [
            "2026-02-12",
            "2026-03-20",
            "2026-09-29",
            "2026-10-01",
            "2026-11-30",
        ] {
            for (reader, page) in pages(&project, day) {
                assert!(!page.contains("we are here"), "{journey} {day} {reader}");
                assert!(
                    !page.contains("aria-current=\"step\""),
                    "{journey} {day} {reader}"
                );
                assert!(
                    !page.contains("All steps are behind us"),
                    "{journey} {day} {reader}"
                );
                assert!(
                    !page.contains("<li class=\"past\">\n<bdi"),
                    "{journey} {day} {reader}"
                );
                let ends = if day <= "2026-09-30" {
                    "ends 30 September 2026"
                } else {
                    "Completed 30 September 2026"
                };
                assert!(page.contains(ends), "{journey} {day} {reader}");
                assert!(
                    page.contains("2 of 12 sessions held") || day < "2026-02-10",
                    "{day}"
                );
                let next = page.contains("Mid-point review on 30 June 2026");
                assert_eq!(next, day <= "2026-06-30", "{journey} {day} {reader}");
            }
        }
    }
    // Only what this reader sees: without the facts there is neither.
    let project = project_on_the_way(ways[0], "");
    project.replace(
        ENGAGEMENT,
        "facts = [\"everyone\"]",
        "facts = [\"manager\"]",
    );
    let tom = &pages(&project, "2026-03-20")["tom"];
    assert!(!tom.contains("sessions held") && !tom.contains("ends 30 September"));
}

#[test]
fn the_latest_milestone_that_has_come_says_the_step() {
    let milestones = "\n[[milestone]]\ntitle = \"Designed\"\ndate = 2026-03-02\nstep = 4\n\
        [[milestone]]\ntitle = \"Practice\"\ndate = 2026-04-01\nstep = 6\n";
    let project = project_on_the_way("journey = \"eight-steps\"", milestones);
    let here = |day: &str| {
        let page = pages(&project, day).remove("tom").unwrap();
        let glance = page.split("</dl>").next().unwrap().to_owned();
        let step = glance
            .split("step ")
            .nth(1)
            .map(|rest| rest[..1].to_owned());
        (step, page.matches("we are here").count())
    };
    assert_eq!(here("2026-03-01"), (None, 0));
    assert_eq!(here("2026-03-02"), (Some("4".to_owned()), 1));
    assert_eq!(here("2026-04-01"), (Some("6".to_owned()), 1));
    // A loop comes round: the step of the latest day counts, not the highest.
    let milestones = milestones
        .replace("step = 4", "step = 5")
        .replace("step = 6", "step = 1");
    let project = project_on_the_way("journey = \"stakeholder-centred\"", &milestones);
    let page = pages(&project, "2026-04-02").remove("tom").unwrap();
    assert!(
        page.contains("class=\"journey loop\"") && page.contains("come round with every pulse")
    );
    assert!(page.contains("step 1 of 6"));
    assert!(
        !page.contains("<li class=\"past\">\n<bdi"),
        "nothing of a loop is behind"
    );
}

#[test]
fn steps_tell_what_is_done_in_them_and_competencies_are_facts() {
    let project = Project::small();
    project.replace(
        ENGAGEMENT,
        "journey = ",
        "competencies = [\"Decides in one sitting.\"]\njourney = ",
    );
    project.replace(
        ENGAGEMENT,
        "facts = [\"everyone\"]",
        "facts = [\"manager\"]",
    );
    for (reader, page) in pages(&project, "2026-03-20") {
        let sees_facts = matches!(reader.as_str(), "nyah" | "coach" | "priya");
        assert_eq!(
            page.contains("Decides in one sitting."),
            sees_facts,
            "{reader}"
        );
        assert_eq!(
            page.matches("Outcome: ").count(),
            if sees_facts { 8 } else { 0 },
            "{reader}"
        );
    }
}

#[test]
fn what_raters_see_is_said_with_size_round_raters_and_target() {
    let project = Project::small();
    let text = |page: &str| {
        let mut text = String::new();
        for piece in page.split('<').skip(1) {
            text.push_str(piece.split_once('>').map_or("", |(_, text)| text));
        }
        text
    };
    let said = "Raters see more of it: +1.0 or more on 2 March 2026 (4 raters). Target +1 reached.";
    let glance = "2 March 2026, 4 raters, target +1 reached";
    for (reader, page) in pages(&project, "2026-03-20") {
        let page = text(&page);
        let sees_figures = matches!(reader.as_str(), "nyah" | "coach" | "priya" | "anders");
        // Above the chart, and shorter in the glance.
        for said in [said, glance] {
            let count = page.matches(said).count();
            assert_eq!(count, usize::from(sees_figures), "{reader}: {said}");
        }
        for word in ["better", "worse", "Is it working", "Improve"] {
            assert!(!page.contains(word), "{reader}: {word}");
        }
    }
    project.replace(ENGAGEMENT, "target = 1.0", "target = 1.5");
    let page = text(&pages(&project, "2026-03-20")["anders"]);
    assert!(page.contains("Target +1.5: these figures do not say whether it is reached."));
}

#[test]
fn nobody_is_asked_to_keep_their_own_page_to_themselves() {
    for (reader, page) in pages(&Project::small(), "2026-03-20") {
        assert_eq!(
            page.contains("do not pass it on"),
            reader != "nyah",
            "{reader}"
        );
    }
}

#[test]
fn sessions_are_told_by_day_and_a_meeting_among_them_only_to_whom_it_is_shown() {
    let project = Project::small();
    let sessions = "sessions = { planned = 12, hours = 18, rhythm = \"Ninety minutes, twice a month\", held = [2026-01-20, 2026-02-03], booked = [2026-03-10, 2026-03-20, 2026-04-14] }";
    let old = "sessions = { planned = 12, held = [2026-01-20, 2026-02-10] }";
    project.replace(ENGAGEMENT, old, sessions);
    let calibration = "nyah/agendas/2026-02-03-calibration.md";
    let counted = "Counted among them";
    let is_told = |page: &String| page.contains(counted) && page.contains("(3 February 2026)");
    let title = project.read(calibration);
    let title = title
        .lines()
        .find_map(|line| line.strip_prefix("title = "))
        .unwrap();
    let title = title.trim_matches('"');
    let mut see_it = Vec::new();
    // A calibration is no session, whatever else was on its day.
    for (reader, page) in pages(&project, "2026-03-20") {
        assert!(!page.contains(counted));
        if page.contains(title) {
            see_it.push(reader);
        }
    }
    project.replace(
        calibration,
        "kind = \"calibration\"",
        "kind = \"quarterly\"",
    );
    let mut readers_of_facts = 0;
    for (reader, page) in pages(&project, "2026-03-20") {
        let sees_facts = page.contains("2 of 12 sessions held");
        readers_of_facts += usize::from(sees_facts);
        assert_eq!(page.contains("Hours planned: 18."), sees_facts, "{reader}");
        assert_eq!(
            page.contains("Ninety minutes, twice a month"),
            sees_facts,
            "{reader}"
        );
        assert_eq!(
            is_told(&page),
            sees_facts && see_it.contains(&reader),
            "{reader}"
        );
        let booked = page
            .split("Booked:")
            .nth(1)
            .map(|rest| rest.split("</p>").next().unwrap());
        if let Some(booked) = booked {
            assert!(
                booked.contains("20 March") && booked.contains("14 April"),
                "{booked}"
            );
            assert!(!booked.contains("10 March"), "{booked}");
        }
        assert_eq!(booked.is_some(), sees_facts, "{reader}");
    }
    assert!(
        readers_of_facts > see_it.len() && see_it.len() > 2,
        "{see_it:?}"
    );
}

#[test]
fn ideas_are_read_by_whoever_reads_the_actions_and_what_came_of_them_follows_a_try() {
    let ideas = "[[idea]]\ntext = \"Say the number first.\"\ntried = 2026-03-01\ncame = \"It is heard.\"\n\n[[idea]]\ntext = \"Bring one page.\"\n";
    let project = project_with(ideas);
    let line = "title = \"";
    project.replace(
        GOAL,
        line,
        &format!("thanks = \"Nine ideas: thank you.\"\n{line}"),
    );
    let support = project.read(GOAL);
    let support = support.split("[[support]]").nth(1).unwrap();
    let support = support
        .lines()
        .find_map(|line| line.strip_prefix("text = "))
        .unwrap();
    let mut told = [0, 0];
    for (reader, page) in pages(&project, "2026-03-20") {
        let sees = page.contains(support.trim_matches('"'));
        for words in [
            "Ideas heard (feedforward)",
            "Say the number first.",
            "Tried since 1 March 2026",
            "What came of it: <bdi>It is heard.",
            "Bring one page.",
            "Nine ideas: thank you.",
        ] {
            assert_eq!(page.contains(words), sees, "{reader}: {words}");
        }
        told[usize::from(sees)] += 1;
    }
    assert!(told[0] > 0 && told[1] > 1, "{told:?}");
    project.replace(GOAL, "tried = 2026-03-01", "tried = 2026-03-21");
    let ran = project.run(&["check"]);
    assert!(
        ran.stderr.contains("this try is still to come"),
        "{}",
        ran.stderr
    );
    project.replace(GOAL, "tried = 2026-03-21\n", "");
    let ran = project.run(&["check"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.stderr.contains("write the day from which it was tried"),
        "{}",
        ran.stderr
    );
}

#[test]
fn why_a_goal_matters_is_read_with_its_wording() {
    let project = project_with("");
    project.replace(
        GOAL,
        "[[action]]",
        "serves = \"One plan for all depots.\"\nbusiness = \"Decisions are taken twice.\"\ncareer = \"I want to chair.\"\n\n[[action]]",
    );
    project.replace(
        ENGAGEMENT,
        "goals = [\"manager\", \"sponsor\", \"supporter\"]",
        "goals = [\"manager\"]",
    );
    for (reader, page) in pages(&project, "2026-04-10") {
        let is_told = matches!(reader.as_str(), "nyah" | "coach" | "priya");
        for words in [
            "One plan for all depots.",
            "Decisions are taken twice.",
            "I want to chair.",
            "Why it matters",
        ] {
            assert_eq!(page.contains(words), is_told, "{reader}: {words}");
        }
        // The coachee is spoken to.
        let is_coachee = reader == "nyah";
        assert_eq!(page.contains("To your career"), is_coachee, "{reader}");
    }
}

#[test]
fn the_coachees_own_motivation_is_a_fact() {
    let project = Project::small();
    project.replace(
        ENGAGEMENT,
        "start = ",
        "motivation = \"I want to be heard.\"\nstart = ",
    );
    project.replace(
        ENGAGEMENT,
        "facts = [\"everyone\"]",
        "facts = [\"sponsor\"]",
    );
    for (reader, page) in pages(&project, "2026-04-10") {
        let is_told = matches!(reader.as_str(), "nyah" | "coach" | "anders");
        assert_eq!(page.contains("I want to be heard."), is_told, "{reader}");
        assert_eq!(
            page.contains("What you want from it"),
            reader == "nyah",
            "{reader}"
        );
    }
}
