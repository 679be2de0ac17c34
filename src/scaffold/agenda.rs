//! A meeting of one of the field's kinds as an agenda.

use jiff::civil::Date;
use minijinja::context;
use strum::VariantArray;

use crate::scaffold::days::{follow_up, last, middle, workday};
use crate::scaffold::new_files::NewFiles;
use crate::scaffold::participants::Participants;
use crate::scaffold::templates::filled;

/// The meetings that there are templates for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum AgendaKind {
    /// Outcomes and benchmarks with leader and sponsor.
    Context,
    /// The kick-off of all who carry the engagement.
    Alignment,
    /// Coachee, manager and coach settle the goals.
    Calibration,
    /// Themes and programme before leader and sponsor.
    SponsorReview,
    /// Asking supporters for their help.
    Enrolment,
    /// A few minutes with one supporter.
    CheckIn,
    /// Coachee and manager, once a quarter, called by the coachee.
    Quarterly,
    /// Intended and actual outcomes, in the middle.
    Midpoint,
    /// Intended and actual outcomes, at the end.
    Final,
    /// Some weeks after the end.
    FollowUp,
    /// Any other.
    Other,
}

impl AgendaKind {
    /// The word for it on the command line, in the file's name and in that of its template.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Context => "context",
            Self::Alignment => "alignment",
            Self::Calibration => "calibration",
            Self::SponsorReview => "sponsor-review",
            Self::Enrolment => "enrolment",
            Self::CheckIn => "check-in",
            Self::Quarterly => "quarterly",
            Self::Midpoint => "midpoint",
            Self::Final => "final",
            Self::FollowUp => "follow-up",
            Self::Other => "other",
        }
    }

    /// A day to propose: from the engagement's first and last day where these say one, or else in a week.
    pub fn day(self, start: Date, end: Option<Date>, today: Date) -> Date {
        let soon = workday(today, 7);
        let proposed = end.map(|end| match self {
            Self::Midpoint => middle(start, end),
            Self::Final => last(end),
            Self::FollowUp => follow_up(end),
            _ => soon,
        });
        proposed.filter(|day| *day >= today).unwrap_or(soon)
    }
}

/// An agenda of a kind, on a day, for the people of an engagement.
pub fn agenda(
    kind: AgendaKind,
    title: Option<&str>,
    day: Date,
    participants: &Participants,
) -> NewFiles {
    let context = context! { title, day => day.to_string(), ..participants.values() };
    let text = filled(&format!("agendas/{}.md", kind.as_str()), context);
    let path = format!("{}/agendas/{day}-{}.md", participants.folder, kind.as_str());
    let next = vec![
        "set the hour, the place and who comes; the attendees see it as soon as the site is published".to_owned(),
        "afterwards, write down what came of it as `[[outcome]]` and `[[next]]`".to_owned(),
    ];
    NewFiles::one(path, text, next)
}
