//! Updates, reviews and notes.

use jiff::civil::Date;
use minijinja::context;
use strum::VariantArray;

use crate::scaffold::days::workday;
use crate::scaffold::new_files::NewFiles;
use crate::scaffold::participants::Participants;
use crate::scaffold::templates::filled;

/// The days between a final review and the follow-up.
const FOLLOW_UP: i32 = 70;

/// The days before the end from which on a review is the final one.
const CLOSING: i32 = 45;

/// Whether a review stands in the middle or at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum ReviewKind {
    /// In the middle.
    Midpoint,
    /// At the end: the final report.
    Final,
}

impl ReviewKind {
    /// The kind that is due on `day`: the final one shortly before the end and after it.
    pub fn on(day: Date, end: Option<Date>) -> Self {
        let is_near = end.is_some_and(|end| (end - day).get_days() <= CLOSING);
        if is_near { Self::Final } else { Self::Midpoint }
    }

    /// The word for it on the command line and in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Midpoint => "midpoint",
            Self::Final => "final",
        }
    }
}

/// A piece of news.
pub fn update((title, id): (&str, &str), day: Date, participants: &Participants) -> NewFiles {
    let text = filled("update.md", context! { title, ..participants.values() });
    let next = vec![
        "an update is the coachee's word: let the coachee write it, or say yes to it".to_owned(),
    ];
    let path = format!("{}/updates/{day}-{id}.md", participants.folder);
    NewFiles::one(path, text, next)
}

/// A comparison of intended and actual outcomes.
pub fn review(folder: &str, kind: ReviewKind, title: Option<&str>, day: Date) -> NewFiles {
    let kind = kind.as_str();
    let follow_up = workday(day, FOLLOW_UP).to_string();
    let text = filled("review.md", context! { kind, title, follow_up });
    let next = vec!["write it with the coachee, and let the coachee hand it over".to_owned()];
    NewFiles::one(format!("{folder}/reviews/{day}-{kind}.md"), text, next)
}

/// A confidential note.
pub fn note(folder: &str, (title, id): (&str, &str), day: Date) -> NewFiles {
    let text = filled("note.md", context! { title });
    let next = vec!["nobody but you reads this; it is published to no one".to_owned()];
    NewFiles::one(format!("{folder}/notes/{day}-{id}.md"), text, next)
}
