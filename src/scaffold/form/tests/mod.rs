//! Exports of forms, and the rounds that are made of them.

mod anonymous;
mod cells;
mod columns;
mod order;
mod since;
mod tools;
mod words;
mod workbook;

use jiff::civil::date;

use super::{Import, Wishes, round};
use crate::diagnostic::Diagnostic;
use crate::scaffold::new_files::NewFiles;
use crate::scaffold::survey::{Question, Respondent, Survey};

const CONCISE: &str = "Nyah makes her main point early and in few words, so that people know what they are asked to decide.";
const HANDS_OVER: &str =
    "Nyah leaves decisions about daily capacity with the person who owns them.";

fn survey() -> Survey {
    let question = |goal: &str, title: &str, behaviour: &str| Question {
        goal: goal.to_owned(),
        title: title.to_owned(),
        behaviour: Some(behaviour.to_owned()),
        raters: None,
    };
    let person = |id: &str, name: &str| Respondent {
        id: id.to_owned(),
        name: name.to_owned(),
        email: Some(format!("{id}@ostrey.example")),
        rates_all: id == "nyah" || id == "priya",
        never_rates: id == "coach",
    };
    Survey {
        questions: vec![
            question("concise-in-the-room", "Concise in the room", CONCISE),
            question(
                "hand-over-the-decision",
                "Hand over the decision",
                HANDS_OVER,
            ),
        ],
        people: vec![
            person("nyah", "Nyah Adeyemi"),
            person("coach", "Elspeth Rowan"),
            person("priya", "Priya Raman"),
            person("tom", "Tom Weber"),
            person("lena", "Lena Kovač"),
        ],
        scale: (-3, 3),
        is_change: true,
        language: "en".to_owned(),
        ..Survey::default()
    }
}

/// The same survey on a scale of five, with words at its ends.
fn level() -> Survey {
    Survey {
        scale: (1, 5),
        is_change: false,
        low: Some("strongly disagree".to_owned()),
        high: Some("strongly agree".to_owned()),
        ..survey()
    }
}

fn import(bytes: &[u8], wishes: &Wishes, survey: &Survey) -> Result<NewFiles, Vec<Diagnostic>> {
    let import = Import {
        folder: "nyah",
        day: date(2026, 3, 2),
        file: "form.csv",
        bytes,
        wishes,
    };
    round(&import, survey)
}

fn read(text: &str, wishes: &Wishes, survey: &Survey) -> Result<String, String> {
    let new_files = import(text.as_bytes(), wishes, survey);
    let new_files = new_files.map_err(|problems| {
        let messages: Vec<&str> = problems.iter().map(Diagnostic::message).collect();
        messages.join("\n")
    })?;
    let text = &new_files.files[0].text;
    Ok(text
        .strip_prefix("rater,goal,score,followed_up\n")
        .unwrap()
        .to_owned())
}

/// What is written of a form without any wishes, on the scale of five.
fn of_level(text: &str) -> Result<String, String> {
    read(text, &Wishes::default(), &level())
}

fn rows(text: &str) -> String {
    let new_files = import(text.as_bytes(), &Wishes::default(), &survey());
    let new_files = new_files.unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(new_files.files[0].path, "nyah/pulse/2026-03-02.csv");
    new_files.files[0].text.clone()
}

#[track_caller]
fn refusal(text: &str) -> String {
    read(text, &Wishes::default(), &survey()).unwrap_err()
}

/// The rows of a round without names.
fn anonymous_rows(text: &str, survey: &Survey) -> Result<String, String> {
    let new_files = import(text.as_bytes(), &Wishes::default(), survey);
    let new_files = new_files.map_err(|problems| problems[0].message().to_owned())?;
    let text = &new_files.files[0].text;
    let rows = text.strip_prefix("group,goal,score,followed_up\n");
    Ok(rows.unwrap().to_owned())
}
