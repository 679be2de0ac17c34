//! What pages say of what the work rests on and of how the programme went, and to whom.

use crate::project::Project;
use crate::site::plan::pages;

const ENGAGEMENT: &str = "nyah/engagement.toml";

/// The small engagement with more lines at the end of engagement.toml, and lists of readers in `[share]`.
fn project_with(share: &[(&str, &str)], tables: &str) -> Project {
    let project = Project::small();
    for (part, list) in share {
        let text = project.read(ENGAGEMENT);
        let lines = text
            .lines()
            .filter(|line| !line.starts_with(&format!("{part} = [")));
        let text = lines.collect::<Vec<_>>().join("\n");
        let text = text.replace("[share]\n", &format!("[share]\n{part} = {list}\n"));
        project.write(ENGAGEMENT, text);
    }
    let text = project.read(ENGAGEMENT);
    project.write(ENGAGEMENT, format!("{text}\n{tables}"));
    project
}

const ASSESSMENTS: &str = "[[assessment]]\nkind = \"360\"\nname = \"spring feedback\"\ndate = 2026-01-20\n\
    themes = [\"Trusted with a plan.\", \"Waited for with a decision.\"]\n\
    [[assessment]]\nkind = \"style\"\ndate = 2026-05-20\nthemes = [\"Slow to warm up.\"]\n";

#[test]
fn that_an_assessment_is_held_is_a_fact_and_its_themes_are_shared_on_their_own() {
    let share = [
        ("facts", "[\"manager\", \"sponsor\"]"),
        ("assessments", "[\"manager\", \"lena\"]"),
    ];
    let project = project_with(&share, ASSESSMENTS);
    for (reader, page) in pages(&project, "2026-04-10") {
        let is_told = matches!(reader.as_str(), "nyah" | "coach" | "priya" | "lena");
        assert_eq!(
            page.contains("Waited for with a decision."),
            is_told,
            "{reader}"
        );
        // Whoever reads the themes reads of what they are.
        let is_known = is_told || reader == "anders";
        for words in ["spring feedback", "360-degree feedback", "20 January 2026"] {
            assert_eq!(page.contains(words), is_known, "{reader}: {words}");
        }
        assert_eq!(
            page.contains("planned for 20 May 2026"),
            is_known,
            "{reader}"
        );
        assert!(
            !page.contains("Slow to warm up."),
            "{reader} reads it too early"
        );
        let is_listed = matches!(reader.as_str(), "priya" | "lena");
        assert_eq!(
            page.contains("<li>What assessments showed, in themes"),
            is_listed,
            "{reader}"
        );
    }
    let pages = pages(&project, "2026-05-20");
    assert!(
        pages["priya"].contains("Slow to warm up."),
        "its day has come"
    );
    assert!(
        !pages["anders"].contains("Slow to warm up."),
        "the facts hold no theme"
    );
}

#[test]
fn a_part_that_share_does_not_name_is_shared_with_nobody() {
    let project = project_with(&[], ASSESSMENTS);
    for (reader, page) in pages(&project, "2026-04-10") {
        let is_told = matches!(reader.as_str(), "nyah" | "coach");
        assert_eq!(page.contains("Trusted with a plan."), is_told, "{reader}");
    }
}

#[test]
fn a_score_in_a_theme_is_refused_and_a_quotation_is_warned_of() {
    let told = |theme: &str| {
        let table =
            format!("[[assessment]]\nkind = \"360\"\ndate = 2026-01-20\nthemes = [\"{theme}\"]\n");
        let ran = project_with(&[], &table).run(&["check"]);
        (ran.code, ran.stderr.clone())
    };
    for theme in ["Delegation: 2.8", "Listening 4/5", "80 % would follow her"] {
        let (code, text) = told(theme);
        assert_eq!(code, 3, "{theme}: {text}");
        assert!(text.contains("this theme holds a score"), "{theme}: {text}");
    }
    let (code, text) = told("Known as “the one who never lets go”");
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("this theme looks like a quotation"), "{text}");
    let (code, text) = told("Trusted by all three depots since 2024");
    assert_eq!(code, 0, "{text}");
    assert!(!text.contains("this theme"), "{text}");
}

const PROGRAMME: &str = "[[outcome]]\ntext = \"Decisions are taken once.\"\ngoal = \"clear\"\nstart = \"Three of eight reopened.\"\n\
    midpoint = \"One of six.\"\nend = \"None since May.\"\n\
    [[outcome]]\ntext = \"The team leads plan alone.\"\nstart = \"They ask.\"\n\
    [[correction]]\ndate = 2026-03-20\ntext = \"The second half works on planning.\"\nwhy = \"the weekly meeting has become easy\"\n\
    [[correction]]\ndate = 2026-05-01\ntext = \"Fewer sessions.\"\n";

#[test]
fn outcomes_and_corrections_are_read_with_the_reviews_and_by_whoever_sees_the_goal() {
    let project = project_with(&[("facts", "[\"everyone\"]")], PROGRAMME);
    for (reader, page) in pages(&project, "2026-04-10") {
        let is_told = matches!(reader.as_str(), "nyah" | "coach" | "priya" | "anders");
        for words in [
            "The team leads plan alone.",
            "The second half works on planning.",
            "the weekly meeting has become easy",
            "Changed on 20 March 2026",
            "Decisions are taken once.",
        ] {
            assert_eq!(page.contains(words), is_told, "{reader}: {words}");
        }
        assert!(!page.contains("Fewer sessions."), "{reader}: it waits");
    }
    assert!(pages(&project, "2026-05-01")["priya"].contains("Fewer sessions."));
    // Whoever sees neither the wording nor the figures of a goal reads no outcome of it.
    let goal = "nyah/goals/1-clear.md";
    let text = project.read(goal);
    let closed = "share = { goals = [\"manager\"], progress = [\"manager\"] }";
    let lines = text.lines().map(|line| {
        if line.starts_with("share = ") {
            closed
        } else {
            line
        }
    });
    project.write(goal, lines.collect::<Vec<_>>().join("\n"));
    let pages = pages(&project, "2026-04-10");
    assert!(pages["priya"].contains("Decisions are taken once."));
    assert!(!pages["anders"].contains("Decisions are taken once."));
    assert!(pages["anders"].contains("The team leads plan alone."));
}

#[test]
fn each_review_shows_what_was_the_case_up_to_it() {
    let project = project_with(&[], PROGRAMME);
    let whole = pages(&project, "2026-03-10");
    let page = &whole["priya"];
    for words in ["Three of eight reopened.", "One of six.", "None since May."] {
        assert_eq!(page.matches(words).count(), 1, "before any review: {words}");
    }
    // The mid-point review holds no end, which is said beside it until there is a final one.
    let pages_then = pages(&project, "2026-04-10");
    let page = &pages_then["priya"];
    let review = page.split("class=\"review\"").nth(1).unwrap();
    let review = review.split("</article>").next().unwrap();
    assert!(review.contains("At mid-point") && review.contains("One of six."));
    assert!(!review.contains("None since May."));
    assert!(page.contains("None since May."));
    project.write(
        "nyah/reviews/2026-04-08-final.md",
        "+++\nkind = \"final\"\n+++\n\nDone.\n",
    );
    let pages = pages(&project, "2026-04-10");
    let page = &pages["priya"];
    assert_eq!(
        page.matches("None since May.").count(),
        1,
        "in the final review"
    );
    assert_eq!(
        page.matches("One of six.").count(),
        2,
        "in each of the reviews"
    );
}

#[test]
fn a_step_says_what_is_done_in_it_and_whether_it_was() {
    let project = project_with(
        &[("facts", "[\"manager\"]")],
        "[[activity]]\nstep = 1\ndone = 2026-02-01\n\
         [[activity]]\nstep = 3\ntext = \"Eleven conversations.\"\ndone = 2026-02-20\noutcome = \"Four themes.\"\n\
         [[activity]]\nstep = 3\ntext = \"One with the board.\"\n",
    );
    for (reader, page) in pages(&project, "2026-04-10") {
        let is_told = matches!(reader.as_str(), "nyah" | "coach" | "priya");
        for words in [
            "Coach, coachee and sponsor agree on outcomes",
            "done 1 February 2026",
            "Eleven conversations.",
            "done 20 February 2026",
            "Four themes.",
            "not done yet",
        ] {
            assert_eq!(page.contains(words), is_told, "{reader}: {words}");
        }
        // What the method says of the step gives way to what the coach says.
        assert!(!page.contains("Interviews with team, manager"), "{reader}");
    }
}

#[test]
fn an_activity_needs_its_step_its_words_and_a_day_that_has_come() {
    let told = |tables: &str, journey: &str| {
        let project = project_with(&[], tables);
        project.replace(ENGAGEMENT, "journey = \"eight-steps\"\n", journey);
        let ran = project.run(&["check"]);
        (ran.code, ran.stderr)
    };
    let eight = "journey = \"eight-steps\"\n";
    let four = "journey = \"four-stages\"\n";
    for (tables, journey, words) in [
        (
            "[[activity]]\nstep = 9\n",
            eight,
            "`step` is between 1 and 8",
        ),
        ("[[activity]]\nstep = 1\n", "", "there is no journey"),
        (
            "[[activity]]\nstep = 1\n",
            four,
            "this activity has no `text`",
        ),
        (
            "[[activity]]\nstep = 1\ndone = 2099-01-01\n",
            eight,
            "this activity is still to come",
        ),
    ] {
        let (code, text) = told(tables, journey);
        assert_eq!(code, 3, "{tables}: {text}");
        assert!(text.contains(words), "{tables}: {text}");
    }
    let (code, text) = told("[[activity]]\nstep = 1\ntext = \"We agree.\"\n", four);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn a_competency_that_is_tied_to_a_goal_is_read_by_whoever_sees_that_goal() {
    let project = project_with(&[("facts", "[\"everyone\"]")], "");
    project.replace(
        ENGAGEMENT,
        "end = 2026-09-30\n",
        "end = 2026-09-30\ncompetencies = [\"Says what she needs.\", { text = \"Decides in the room.\", goal = \"clear\" }]\n",
    );
    for (reader, page) in pages(&project, "2026-04-10") {
        assert!(page.contains("Says what she needs."), "{reader}");
        let sees_goal = matches!(reader.as_str(), "nyah" | "coach" | "priya" | "anders");
        assert_eq!(page.contains("Decides in the room."), sees_goal, "{reader}");
    }
    project.replace(ENGAGEMENT, "goal = \"clear\" }]", "goal = \"cleer\" }]");
    let ran = project.run(&["check"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("did you mean `clear`?"),
        "{}",
        ran.stderr
    );
}
