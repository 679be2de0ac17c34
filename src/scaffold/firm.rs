//! A firm's folder to start from: one small engagement that shows what each file is for.

use jiff::ToSpan;
use jiff::civil::Date;
use minijinja::context;

use crate::scaffold::agenda::{AgendaKind, agenda};
use crate::scaffold::days::workday;
use crate::scaffold::participants::Participants;
use crate::scaffold::templates::filled;
use crate::scaffold::{NewFile, NewFiles};

/// The folder of the example.
const FOLDER: &str = "content/robin-ashdown";

/// Everything that a firm needs to build its first site on `today`. The example began six weeks before.
pub fn firm(today: Date) -> NewFiles {
    let past = |days: i32| {
        let day = workday(today.saturating_sub(days.days()), 0);
        day.min(today).to_string()
    };
    let coming = |days: i32| workday(today, days).to_string();
    let (calibration, enrolment, session) = (past(33), past(25), past(20));
    let (round, update) = (past(8), past(5));
    let (midpoint, last) = (workday(today, 90), workday(today, 190));
    let days = context! {
        start => past(42),
        session_one => past(40),
        calibration => calibration.as_str(),
        agreed => past(31),
        enrolment => enrolment.as_str(),
        session_two => session.as_str(),
        first_done => past(17),
        first_due => past(15),
        round => round.as_str(),
        second_due => coming(30),
        midpoint => midpoint.to_string(),
        last => last.to_string(),
        end => coming(200),
        closes => coming(290),
    };
    let example = |inside: String| format!("{FOLDER}/{inside}");
    let files = [
        (".gitignore".to_owned(), "gitignore"),
        ("content/loggia.toml".to_owned(), "loggia.toml"),
        (
            example("engagement.toml".to_owned()),
            "example/engagement.toml",
        ),
        (
            example("goals/1-short-meetings.md".to_owned()),
            "example/goal.md",
        ),
        (
            example(format!("agendas/{calibration}-calibration.md")),
            "example/calibration.md",
        ),
        (
            example(format!("agendas/{enrolment}-enrolment.md")),
            "example/enrolment.md",
        ),
        (example(format!("pulse/{round}.csv")), "example/round.csv"),
        (example(format!("pulse/{round}.md")), "example/themes.md"),
        (
            example(format!("updates/{update}-first-month.md")),
            "example/update.md",
        ),
        (
            example(format!("notes/{session}-session.md")),
            "example/note.md",
        ),
    ];
    let file = |(path, template)| NewFile {
        path,
        text: filled(template, days.clone()),
    };
    let mut files: Vec<NewFile> = files.into_iter().map(file).collect();
    let participants = participants();
    for (kind, day) in [(AgendaKind::Midpoint, midpoint), (AgendaKind::Final, last)] {
        files.extend(agenda(kind, None, day, &participants).files);
    }
    NewFiles {
        files,
        next: vec![
            "put your firm's name into content/loggia.toml".to_owned(),
            "`loggia` builds the example into site/ and prints everyone's link; `loggia serve` shows the pages while you write".to_owned(),
            "`loggia new engagement nyah-adeyemi` begins a real one".to_owned(),
        ],
    }
}

fn participants() -> Participants {
    Participants {
        folder: FOLDER.to_owned(),
        coachee: "robin".to_owned(),
        name: "Robin Ashdown".to_owned(),
        coach: Some("coach".to_owned()),
        manager: Some("maren".to_owned()),
        sponsor: Some("osei".to_owned()),
        hr: None,
        supporters: ["dina", "lukas", "mei", "sol", "wren"]
            .map(str::to_owned)
            .to_vec(),
    }
}
