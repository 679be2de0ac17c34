//! Updates, reviews and notes.

use jiff::civil::Date;

use crate::scaffold::NewFiles;
use crate::scaffold::cast::Cast;
use crate::scaffold::text::fill;
use crate::scaffold::text::quoted;
use crate::scaffold::text::workday;

const UPDATE: &str = include_str!("templates/update.md");
const REVIEW: &str = include_str!("templates/review.md");
const NOTE: &str = include_str!("templates/note.md");

/// The days between a final review and the follow-up.
const FOLLOW_UP: i32 = 70;

/// The days before the end from which on a review is the final one.
const CLOSING: i32 = 45;

/// Whether a review stands in the middle or at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewKind {
    /// In the middle.
    Midpoint,
    /// At the end: the final report.
    Final,
}

impl ReviewKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Midpoint, Self::Final];

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
pub fn update(engagement: &str, (title, id): (&str, &str), day: Date, cast: &Cast) -> NewFiles {
    let text = fill(
        UPDATE,
        &[
            ("title", &quoted(title)),
            ("first", cast.first_name_in_text()),
        ],
    );
    let next = vec![
        "an update is the coachee's word: let the coachee write it, or say yes to it".to_owned(),
    ];
    NewFiles::one(format!("{engagement}/updates/{day}-{id}.md"), text, next)
}

/// A comparison of intended and actual outcomes.
pub fn review(engagement: &str, kind: ReviewKind, title: Option<&str>, day: Date) -> NewFiles {
    let (default, body) = match kind {
        ReviewKind::Midpoint => (
            "Mid-point review",
            "Which goals stay as they are and which change; what is corrected in the programme; which support is still needed.",
        ),
        ReviewKind::Final => (
            "Final report",
            "What changed, in the words of those who were there, and what made the difference.",
        ),
    };
    let closing = match kind {
        ReviewKind::Midpoint => String::new(),
        ReviewKind::Final => format!(
            "continues = [\"What goes on without a coach.\"]\nfollow_up = {}               # the day on which you look back together\n",
            workday(day, FOLLOW_UP)
        ),
    };
    let text = fill(
        REVIEW,
        &[
            ("kind", kind.as_str()),
            ("title", &quoted(title.unwrap_or(default))),
            ("final", &closing),
            ("body", body),
        ],
    );
    let next = vec!["write it with the coachee, and let the coachee hand it over".to_owned()];
    NewFiles::one(
        format!("{engagement}/reviews/{day}-{}.md", kind.as_str()),
        text,
        next,
    )
}

/// A confidential note.
pub fn note(engagement: &str, (title, id): (&str, &str), day: Date) -> NewFiles {
    let text = fill(NOTE, &[("title", &quoted(title))]);
    let next = vec!["nobody but you reads this; it is published to no one".to_owned()];
    NewFiles::one(format!("{engagement}/notes/{day}-{id}.md"), text, next)
}
