//! What a good coach would look at again, and what is said to be meant.

use crate::project::{Project, finish};

const NYAH: &str = "nyah/engagement.toml";
const CALIBRATION: &str = "nyah/agendas/2026-02-03-calibration.md";

/// The small engagement with nothing silenced but `silence`.
fn project(silence: &str) -> Project {
    let project = Project::small();
    let text = project.read(NYAH);
    let line = text
        .lines()
        .find(|line| line.starts_with("silence"))
        .unwrap();
    project.replace(NYAH, line, &format!("silence = [{silence}]"));
    project
}

/// The names of the warnings that `check` shows on a day.
#[track_caller]
fn told(project: &Project, today: &str) -> Vec<String> {
    let ran = finish(&mut project.command(&["check", "--today", today]));
    assert_eq!(ran.code, 0, "{ran:?}");
    let names = ran.stderr.split("`silence = [\"").skip(1);
    let mut names: Vec<String> = names
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn everything_is_said_once_and_can_be_silenced_by_name() {
    let all = [
        "agenda-minutes",
        "few-supporters",
        "no-behaviour",
        "no-closes",
        "no-exceptions",
        "no-final",
        "no-success-sign",
        "not-enrolled",
    ];
    assert_eq!(told(&project(""), "2026-03-20"), all);
    for name in all {
        let rest: Vec<&str> = all.into_iter().filter(|other| *other != name).collect();
        assert_eq!(told(&project(&format!("\"{name}\"")), "2026-03-20"), rest);
    }
}

#[test]
fn no_advice_reaches_a_page() {
    let project = project("");
    let loud = project.built();
    project.replace(
        NYAH,
        "silence = []",
        "silence = [\"few-supporters\", \"no-final\"]",
    );
    assert!(project.built() == loud);
}

/// What is said besides, after a change to the silent engagement.
#[track_caller]
fn besides(today: &str, change: impl Fn(&Project)) -> Vec<String> {
    let project = Project::small();
    change(&project);
    told(&project, today)
}

#[test]
fn bookings_are_missed_until_the_end() {
    let without = |project: &Project| {
        project.remove("nyah/reviews/2026-03-16-midpoint.md");
    };
    assert_eq!(besides("2026-03-20", without), ["no-midpoint"]);
    assert!(!besides("2026-10-20", without).contains(&"no-midpoint".to_owned()));
    let quarterly = |project: &Project| {
        without(project);
        project.replace(
            CALIBRATION,
            "kind = \"calibration\"",
            "kind = \"quarterly\"",
        );
    };
    assert!(besides("2026-03-20", quarterly).is_empty());
}

#[test]
fn a_round_is_late_after_the_longest_wait_so_far_and_some_patience() {
    let nothing = |_: &Project| {};
    assert!(besides("2026-06-16", nothing).is_empty());
    assert_eq!(besides("2026-06-17", nothing), ["round-overdue"]);
    let monthly = |project: &Project| {
        let round = project.read("nyah/pulse/2026-03-02.csv");
        project.write("nyah/pulse/2026-04-01.csv", round);
    };
    assert!(besides("2026-05-15", monthly).is_empty());
    assert_eq!(besides("2026-05-16", monthly), ["round-overdue"]);
    assert!(!besides("2026-10-20", monthly).contains(&"round-overdue".to_owned()));
}

#[test]
fn sessions_count_with_the_quarterly_meetings_among_them() {
    let full = |project: &Project| {
        project.replace(NYAH, "planned = 12", "planned = 2");
    };
    assert!(besides("2026-03-20", full).is_empty());
    let quarterly = |project: &Project| {
        full(project);
        project.replace(
            CALIBRATION,
            "kind = \"calibration\"",
            "kind = \"quarterly\"",
        );
    };
    assert_eq!(besides("2026-03-20", quarterly), ["sessions-over-plan"]);
}

#[test]
fn an_end_without_a_day_of_closing_is_noticed() {
    assert!(!besides("2026-09-30", |_| {}).contains(&"still-open".to_owned()));
    assert_eq!(besides("2026-10-01", |_| {}), ["still-open"]);
    let closed = |project: &Project| {
        project.replace(
            NYAH,
            "end = 2026-09-30",
            "end = 2026-09-30\ncloses = 2026-12-31",
        );
    };
    assert!(besides("2026-10-01", closed).is_empty());
}

#[test]
fn there_is_one_quarterly_meeting_a_quarter() {
    let second = |day: &'static str| {
        move |project: &Project| {
            let text = project
                .read(CALIBRATION)
                .replace("kind = \"calibration\"", "kind = \"quarterly\"");
            project.write(CALIBRATION, &text);
            let name = format!("nyah/agendas/{day}-again.md");
            project.write(&name, text.replace("2026-02-03", day));
        }
    };
    assert_eq!(
        besides("2026-03-20", second("2026-03-31")),
        ["quarterly-twice"]
    );
    assert!(besides("2026-03-20", second("2026-04-01")).is_empty());
}

#[test]
fn supporters_enrolled_in_time_and_in_number_are_no_news() {
    let project = project(
        "\"no-final\", \"agenda-minutes\", \"no-behaviour\", \"no-success-sign\", \"no-closes\", \"no-exceptions\"",
    );
    assert_eq!(
        told(&project, "2026-03-20"),
        ["few-supporters", "not-enrolled"]
    );
    project.replace(
        CALIBRATION,
        "kind = \"calibration\"",
        "kind = \"enrolment\"",
    );
    assert_eq!(told(&project, "2026-03-20"), ["few-supporters"]);
    let text = project.read(NYAH);
    let more = "[[stakeholder]]\nid = \"one-more\"\nname = \"One More\"\nrole = \"supporter\"\nportal = false\n";
    project.write(
        NYAH,
        text.replacen("[[stakeholder]]", &format!("{more}\n[[stakeholder]]"), 1),
    );
    assert!(told(&project, "2026-03-20").is_empty());
}

#[test]
fn the_samples_need_no_advice() {
    let project = Project::samples();
    let ran = finish(&mut project.command(&["check", "--today", "2026-11-18"]));
    assert_eq!((ran.code, ran.stderr.trim()), (0, "no problems"));
}

#[test]
fn a_missing_word_of_the_coachee_is_noticed_after_some_weeks() {
    let unagreed = |project: &Project| {
        project.replace(NYAH, "agreed = 2026-02-02\n", "");
    };
    assert!(besides("2026-02-23", unagreed).is_empty());
    assert_eq!(besides("2026-02-24", unagreed), ["not-agreed"]);
}

#[test]
fn five_raters_are_recommended_where_every_goal_has_more() {
    let person = |id: &str, role: &str| {
        format!("[[stakeholder]]\nid = \"{id}\"\nname = \"{id}\"\nrole = \"{role}\"\n\n")
    };
    let with = |more: usize, minimum: &'static str, apart: &'static str| {
        move |project: &Project| {
            let names = ["uma", "vito", "wale", "xenia"];
            let people: String = names
                .iter()
                .take(more)
                .map(|id| person(id, "supporter"))
                .collect();
            project.replace(NYAH, "minimum = 3", &format!("minimum = {minimum}"));
            project.replace(NYAH, "[pulse]", &format!("{people}[pulse]"));
            let role = "role = \"manager\"\n";
            project.replace(NYAH, role, &format!("{role}{apart}"));
            project.write("nyah/pulse/2026-03-02.csv", "rater,goal,score\n");
            project.remove("nyah/pulse/2026-03-02.md");
        }
    };
    let is_said = |change: &dyn Fn(&Project)| {
        besides("2026-03-20", change).contains(&"low-minimum".to_owned())
    };
    // Three supporters and the manager; then two and three more.
    assert!(!is_said(&with(0, "3", "")));
    assert!(!is_said(&with(1, "3", "")));
    assert!(is_said(&with(2, "3", "")));
    assert!(!is_said(&with(2, "5", "")));
    assert!(!is_said(&with(2, "3", "apart = 2026-02-02\n")));
    assert!(is_said(&with(3, "3", "apart = 2026-02-02\n")));
    // A round that three answered would go.
    let answered = |project: &Project| {
        with(3, "3", "")(project);
        let rows = "rater,goal,score\ntom,clear,1\nlena,clear,1\nidris,clear,1\n";
        project.write("nyah/pulse/2026-03-02.csv", rows);
    };
    assert!(!is_said(&answered));
}

/// An agreement of these settings, which the manager may read.
fn agreement(settings: &str) -> impl Fn(&Project) + use<'_> {
    move |project: &Project| {
        project.write("nyah/agreement.md", format!("+++\n{settings}+++\nText.\n"));
        let share = "[share]\nagreement = [\"manager\"]\n";
        project.replace(NYAH, "[share]\n", share);
    }
}

#[test]
fn a_yes_that_is_missing_after_some_weeks_is_told_until_the_end() {
    let open = "[[party]]\nperson = \"nyah\"\nagreed = 2026-02-02\n[[party]]\nperson = \"priya\"\n";
    let is_told = |settings: &str, day: &str| {
        let told = besides(day, agreement(settings));
        told.contains(&"agreement-open".to_owned())
    };
    // The engagement begins on 12 January.
    assert!(!is_told(open, "2026-02-23"));
    assert!(is_told(open, "2026-02-24"));
    assert!(!is_told(open, "2026-10-01"), "it is over");
    let yes = "[[party]]\nperson = \"priya\"\nagreed = 2026-02-02\n";
    assert!(!is_told(yes, "2026-03-20"));
    let changed = format!("changed = 2026-02-09\n{yes}");
    assert!(!is_told(&changed, "2026-03-23"));
    assert!(is_told(&changed, "2026-03-24"));
    assert!(!is_told("", "2026-03-20"), "nobody is to agree");
    let silent = |project: &Project| {
        agreement(open)(project);
        project.replace(NYAH, "silence = [", "silence = [\"agreement-open\", ");
    };
    assert!(besides("2026-03-20", silent).is_empty());
}

#[test]
fn whoever_is_to_agree_can_read_what() {
    let told = |person: &str| {
        let settings = format!("[[party]]\nperson = \"{person}\"\nagreed = 2026-02-02\n");
        besides("2026-02-20", agreement(&settings))
    };
    assert_eq!(told("anders"), ["agreement-unread"]);
    for reads in ["nyah", "coach", "priya"] {
        assert!(told(reads).is_empty(), "{reads}");
    }
    assert!(told("idris").is_empty(), "he has no portal");
    let silent = |project: &Project| {
        agreement("[[party]]\nperson = \"anders\"\n")(project);
        project.replace(NYAH, "silence = [", "silence = [\"agreement-unread\", ");
    };
    assert!(besides("2026-02-20", silent).is_empty());
}

#[test]
fn a_day_far_outside_the_engagement_is_told() {
    let update = |day: &'static str| {
        move |project: &Project| {
            let text = "+++\ntitle = \"News\"\n+++\nText.\n";
            project.write(&format!("nyah/updates/{day}-news.md"), text);
        }
    };
    let review = |day: &'static str| {
        move |project: &Project| {
            let text =
                "+++\nkind = \"midpoint\"\n[[outcome]]\nintended = \"A\"\nactual = \"B\"\n+++\n";
            project.write(&format!("nyah/reviews/{day}-look.md"), text);
        }
    };
    let round = |day: &'static str| {
        move |project: &Project| {
            project.write(&format!("nyah/pulse/{day}.csv"), "rater,goal,score\n");
        }
    };
    let meeting = |day: &'static str| {
        move |project: &Project| {
            let text = project.read(CALIBRATION).replace("2026-02-03", day);
            project.write(&format!("nyah/agendas/{day}-talk.md"), text);
        }
    };
    let due = |day: &'static str| {
        move |project: &Project| {
            let action = format!("[[action]]\ntext = \"Ask\"\nowner = \"nyah\"\ndue = {day}\n\n");
            let text = project.read("nyah/goals/1-clear.md");
            let text = text.replacen("[[action]]", &format!("{action}[[action]]"), 1);
            project.write("nyah/goals/1-clear.md", text);
        }
    };
    let milestone = |day: &'static str| {
        move |project: &Project| {
            let text = project.read(NYAH);
            let milestone = format!("\n[[milestone]]\ntitle = \"A day\"\ndate = {day}\n");
            project.write(NYAH, text + &milestone);
        }
    };
    let is_far = |change: &dyn Fn(&Project)| {
        let told = besides("2026-03-20", change);
        told.iter().filter(|name| *name == "far-outside").count() == 1
    };
    let yes = agreement("[[party]]\nperson = \"priya\"\nagreed = 2025-02-02\n");
    let changed = agreement("changed = 2025-02-02\n");
    assert!(is_far(&yes) && is_far(&changed));
    // The engagement goes from 12 January to 30 September 2026.
    for day in ["2025-07-11", "2027-03-31", "2062-03-02"] {
        let changes: [&dyn Fn(&Project); 6] = [
            &update(day),
            &review(day),
            &round(day),
            &meeting(day),
            &due(day),
            &milestone(day),
        ];
        for (index, change) in changes.into_iter().enumerate() {
            assert!(is_far(change), "{day}: {index}");
        }
    }
    for day in ["2025-07-12", "2026-03-18", "2027-03-30"] {
        let changes: [&dyn Fn(&Project); 4] =
            [&update(day), &meeting(day), &due(day), &milestone(day)];
        for (index, change) in changes.into_iter().enumerate() {
            assert!(!is_far(change), "{day}: {index}");
        }
    }
    let later = |project: &Project| {
        update("2027-03-31")(project);
        project.replace(
            NYAH,
            "end = 2026-09-30",
            "end = 2026-09-30\ncloses = 2026-12-01",
        );
    };
    assert!(!is_far(&later));
}

#[test]
fn an_idea_names_nobody_who_may_have_given_it() {
    let with = |words: &'static str| {
        move |project: &Project| {
            let text = project.read("nyah/goals/1-clear.md");
            let idea = format!("[[idea]]\ntext = \"{words}\"\n\n[[support]]");
            project.write(
                "nyah/goals/1-clear.md",
                text.replacen("[[support]]", &idea, 1),
            );
        }
    };
    assert!(
        besides(
            "2026-03-20",
            with("Say the number first, as in tomorrow's plan.")
        )
        .is_empty()
    );
    for words in [
        "Tom's: say the number first.",
        "Ask (Priya) for the question.",
        "Like Anders Holm does it.",
    ] {
        assert_eq!(
            besides("2026-03-20", with(words)),
            ["idea-names"],
            "{words}"
        );
    }
}

#[test]
fn whoever_has_left_is_not_waited_for_in_a_meeting_to_come() {
    let leaves = |until: &'static str| {
        move |project: &Project| {
            project.replace(
                NYAH,
                "id = \"priya\"\n",
                &format!("id = \"priya\"\nuntil = {until}\n"),
            );
            let text = project.read(CALIBRATION);
            let line = text.lines().find(|line| line.starts_with("start = "));
            let later = text.replace(line.unwrap(), "start = 2026-04-03T10:00:00");
            project.write("nyah/agendas/2026-04-03-calibration.md", later);
        }
    };
    // Whoever leaves on the day of the meeting is not there any more; on the day after, still.
    assert_eq!(
        besides("2026-03-20", leaves("2026-04-03")),
        ["attendee-left"]
    );
    assert_eq!(
        besides("2026-04-03", leaves("2026-04-03")),
        ["attendee-left"]
    );
    assert!(besides("2026-03-20", leaves("2026-04-04")).is_empty());
    // A meeting that is over was attended by whoever was there.
    assert!(besides("2026-04-04", leaves("2026-04-03")).is_empty());
}
