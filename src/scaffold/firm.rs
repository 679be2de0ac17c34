//! A firm's folder to start from: one small engagement that shows what each file is for.

use jiff::ToSpan;
use jiff::civil::Date;
use minijinja::{Value, context};

use crate::scaffold::agenda::{AgendaKind, agenda};
use crate::scaffold::days::workday;
use crate::scaffold::engagement::free_id;
use crate::scaffold::new_files::NewFiles;
use crate::scaffold::participants::Participants;
use crate::scaffold::placing::NewFile;
use crate::scaffold::templates::{filled, filled_path};

/// The example's coach where nobody is named: invented, as everyone in it.
const COACH: &str = "Ines Marlow";

/// The template of each file, and its path, which may name a day.
const FILES: [(&str, &str); 12] = [
    ("gitignore", ".gitignore"),
    ("vscode/extensions.json", ".vscode/extensions.json"),
    ("vscode/tasks.json", ".vscode/tasks.json"),
    ("loggia.toml", "content/loggia.toml"),
    (
        "example/engagement.toml",
        "content/robin-ashdown/engagement.toml",
    ),
    (
        "example/goal.md",
        "content/robin-ashdown/goals/1-short-meetings.md",
    ),
    (
        "example/calibration.md",
        "content/robin-ashdown/agendas/{{ calibration }}-calibration.md",
    ),
    (
        "example/enrolment.md",
        "content/robin-ashdown/agendas/{{ enrolment }}-enrolment.md",
    ),
    (
        "example/round.csv",
        "content/robin-ashdown/pulse/{{ round }}.csv",
    ),
    (
        "example/themes.md",
        "content/robin-ashdown/pulse/{{ round }}.md",
    ),
    (
        "example/update.md",
        "content/robin-ashdown/updates/{{ update }}-first-month.md",
    ),
    (
        "example/note.md",
        "content/robin-ashdown/notes/{{ session_two }}-session.md",
    ),
];

/// Everything that a firm needs to build its first site on `today`; `name` is what it is called. The example's coach is `coach`, or
/// somebody invented as all the others.
pub fn firm(name: &str, coach: Option<&str>, today: Date) -> NewFiles {
    let (midpoint, last) = (workday(today, 90), workday(today, 190));
    let days = days(today, midpoint, last);
    let coach = coach.unwrap_or(COACH);
    let participants = participants(coach);
    let values = context! {
        firm => name,
        coach => participants.coach.as_deref(),
        coach_name => coach,
        ..days.clone()
    };
    let file = |(template, path)| NewFile {
        path: filled_path(path, days.clone()),
        text: filled(template, values.clone()),
    };
    let mut files: Vec<NewFile> = FILES.into_iter().map(file).collect();
    for (kind, day) in [(AgendaKind::Midpoint, midpoint), (AgendaKind::Final, last)] {
        files.extend(agenda(kind, None, day, &participants).files);
    }
    NewFiles {
        files,
        next: vec![
            "look at your firm's name in content/loggia.toml, and say there where readers turn with questions".to_owned(),
            "`loggia` builds the example into site/ and prints everyone's link; `loggia serve` shows the pages while you write".to_owned(),
            "`loggia new engagement nyah-adeyemi` begins a real one".to_owned(),
        ],
    }
}

/// The days of the example, which began six weeks before `today`.
fn days(today: Date, midpoint: Date, last: Date) -> Value {
    let past = |days: i32| {
        let day = workday(today.saturating_sub(days.days()), 0);
        day.min(today).to_string()
    };
    let coming = |days: i32| workday(today, days).to_string();
    context! {
        start => past(42),
        session_one => past(40),
        calibration => past(33),
        agreed => past(31),
        enrolment => past(25),
        session_two => past(20),
        first_done => past(17),
        first_due => past(15),
        round => past(8),
        update => past(5),
        second_due => coming(30),
        midpoint => midpoint.to_string(),
        last => last.to_string(),
        end => coming(200),
        closes => coming(290),
    }
}

fn participants(coach: &str) -> Participants {
    let others = [
        "robin", "maren", "osei", "dina", "lukas", "mei", "sol", "wren",
    ];
    let taken = others.map(str::to_owned);
    Participants {
        folder: "content/robin-ashdown".to_owned(),
        coachee: "robin".to_owned(),
        name: "Robin Ashdown".to_owned(),
        coach: Some(free_id(Some(coach), "coach", &taken)),
        manager: Some("maren".to_owned()),
        sponsor: Some("osei".to_owned()),
        hr: None,
        supporters: ["dina", "lukas", "mei", "sol", "wren"]
            .map(str::to_owned)
            .to_vec(),
    }
}
