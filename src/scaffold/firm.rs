//! A firm's folder to start from: one small engagement that shows what each file is for.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::scaffold::NewFile;
use crate::scaffold::NewFiles;
use crate::scaffold::agenda::AgendaKind;
use crate::scaffold::agenda::agenda;
use crate::scaffold::cast::Cast;
use crate::scaffold::text::fill;
use crate::scaffold::text::workday;

/// The files that are the same on any day, and those with days in them; each with its path.
const FILES: [(&str, &str); 10] = [
    (".gitignore", include_str!("templates/gitignore")),
    ("content/loggia.toml", include_str!("templates/loggia.toml")),
    (
        "content/robin-ashdown/engagement.toml",
        include_str!("templates/example/engagement.toml"),
    ),
    (
        "content/robin-ashdown/goals/1-short-meetings.md",
        include_str!("templates/example/goal.md"),
    ),
    (
        "content/robin-ashdown/agendas/{{calibration}}-calibration.md",
        include_str!("templates/example/calibration.md"),
    ),
    (
        "content/robin-ashdown/agendas/{{enrolment}}-enrolment.md",
        include_str!("templates/example/enrolment.md"),
    ),
    (
        "content/robin-ashdown/pulse/{{round}}.csv",
        include_str!("templates/example/round.csv"),
    ),
    (
        "content/robin-ashdown/pulse/{{round}}.md",
        include_str!("templates/example/themes.md"),
    ),
    (
        "content/robin-ashdown/updates/{{update}}-first-month.md",
        include_str!("templates/example/update.md"),
    ),
    (
        "content/robin-ashdown/notes/{{session_two}}-session.md",
        include_str!("templates/example/note.md"),
    ),
];

/// Everything that a firm needs to build its first site on `today`.
pub fn firm(today: Date) -> NewFiles {
    let days = days(today);
    let gaps: Vec<(&str, &str)> = days
        .iter()
        .map(|(name, day)| (*name, day.as_str()))
        .collect();
    let mut files: Vec<NewFile> = FILES
        .iter()
        .map(|(path, text)| NewFile {
            path: fill(path, &gaps),
            text: fill(text, &gaps),
        })
        .collect();
    let cast = cast();
    for (kind, day) in [
        (AgendaKind::Midpoint, midpoint(today)),
        (AgendaKind::Final, last(today)),
    ] {
        let new_files = agenda("content/robin-ashdown", kind, None, day, &cast);
        files.extend(new_files.files);
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

fn midpoint(today: Date) -> Date {
    workday(today, 90)
}

fn last(today: Date) -> Date {
    workday(today, 190)
}

/// The days of the example, which began six weeks ago.
fn days(today: Date) -> Vec<(&'static str, String)> {
    let past = |days: i32| workday(today.saturating_sub(days.days()), 0).min(today);
    let coming = |days: i32| workday(today, days);
    let days = [
        ("start", past(42)),
        ("session_one", past(40)),
        ("calibration", past(33)),
        ("agreed", past(31)),
        ("enrolment", past(25)),
        ("session_two", past(20)),
        ("first_done", past(17)),
        ("first_due", past(15)),
        ("round", past(8)),
        ("update", past(5)),
        ("second_due", coming(30)),
        ("midpoint", midpoint(today)),
        ("final", last(today)),
        ("end", coming(200)),
        ("closes", coming(290)),
    ];
    days.map(|(name, day)| (name, day.to_string())).to_vec()
}

fn cast() -> Cast {
    Cast {
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
