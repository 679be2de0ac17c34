//! A meeting of one of the field's kinds as an agenda.

use std::fmt::Write;

use jiff::civil::Date;

use crate::scaffold::NewFiles;
use crate::scaffold::cast::Cast;
use crate::scaffold::meetings::Lead;
use crate::scaffold::meetings::Meeting;
use crate::scaffold::meetings::meeting;
use crate::scaffold::text::list;
use crate::scaffold::text::quoted;
use crate::scaffold::text::workday;

/// The meetings that there are templates for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgendaKind {
    /// Coachee, manager and coach settle the goals.
    Calibration,
    /// The kick-off of all who carry the engagement.
    Alignment,
    /// Coachee and manager, once a quarter, called by the coachee.
    Quarterly,
    /// Asking supporters for their help.
    Enrolment,
    /// A few minutes with one supporter.
    CheckIn,
    /// Outcomes and benchmarks with leader and sponsor.
    Context,
    /// Themes and programme before leader and sponsor.
    SponsorReview,
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
    /// Every kind, in the order of an engagement.
    pub const ALL: [Self; 11] = [
        Self::Context,
        Self::Alignment,
        Self::Calibration,
        Self::SponsorReview,
        Self::Enrolment,
        Self::CheckIn,
        Self::Quarterly,
        Self::Midpoint,
        Self::Final,
        Self::FollowUp,
        Self::Other,
    ];

    /// The word for it on the command line and in the file's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Context => "context",
            Self::SponsorReview => "sponsor-review",
            other => other.kind(),
        }
    }

    /// A day to propose: from the engagement's first and last day where these say one, or else in a week.
    pub fn day(self, start: Date, end: Option<Date>, today: Date) -> Date {
        let soon = workday(today, 7);
        let proposed = end.map(|end| match self {
            Self::Midpoint => workday(start, (end - start).get_days() / 2),
            Self::Final => workday(end, -7),
            Self::FollowUp => workday(end, 60),
            _ => soon,
        });
        proposed.filter(|day| *day >= today).unwrap_or(soon)
    }

    /// The kind that the agenda names.
    fn kind(self) -> &'static str {
        match self {
            Self::Calibration => "calibration",
            Self::Alignment => "alignment",
            Self::Quarterly => "quarterly",
            Self::Enrolment => "enrolment",
            Self::CheckIn => "check-in",
            Self::Midpoint => "midpoint",
            Self::Final => "final",
            Self::FollowUp => "follow-up",
            Self::Context | Self::SponsorReview | Self::Other => "other",
        }
    }
}

/// An agenda of a kind, on a day, for the people of an engagement.
pub fn agenda(
    engagement: &str,
    kind: AgendaKind,
    title: Option<&str>,
    day: Date,
    cast: &Cast,
) -> NewFiles {
    let meeting = meeting(kind);
    let mut text = head(kind, meeting, title, day, cast);
    for (minutes, lead, item) in meeting.items {
        let _ = write!(text, "\n[[item]]\nminutes = {minutes}\n");
        write_person(&mut text, "lead", *lead, cast);
        let _ = writeln!(text, "text = {}", quoted(item));
    }
    for (days, owner, step) in meeting.next {
        let _ = write!(text, "\n[[next]]\ntext = {}\n", quoted(step));
        write_person(&mut text, "owner", *owner, cast);
        let _ = writeln!(
            text,
            "due = {}",
            if *days == 0 { day } else { workday(day, *days) }
        );
    }
    text.push_str(AFTERWARDS);
    let _ = write!(text, "+++\n\n{}\n", meeting.preparation);
    let path = format!("{engagement}/agendas/{day}-{}.md", kind.as_str());
    let next = vec![
        "set the hour, the place and who comes; the attendees see it as soon as the site is published".to_owned(),
        "afterwards, write down what came of it as `[[outcome]]` and `[[next]]`".to_owned(),
    ];
    NewFiles::one(path, text, next)
}

/// What a coach may uncomment after the meeting.
const AFTERWARDS: &str = "\n# After the meeting, what came of it. With a goal's id, it is seen by those who see that goal.\n# [[outcome]]\n# text = \"The second goal now names the planning meeting.\"\n# goal = \"the-id-of-a-goal\"\n";

fn head(
    kind: AgendaKind,
    meeting: &Meeting,
    title: Option<&str>,
    day: Date,
    cast: &Cast,
) -> String {
    let attendees = meeting.attendees.iter().flat_map(|lead| {
        let people = cast.people(*lead);
        // A check-in is between two; which two is for the coach to say.
        let few = if kind == AgendaKind::CheckIn {
            1
        } else {
            people.len()
        };
        people.into_iter().take(few)
    });
    let mut text = String::from("+++\n");
    let _ = writeln!(text, "title = {}", quoted(title.unwrap_or(meeting.title)));
    let _ = writeln!(text, "kind = \"{}\"", kind.kind());
    let _ = writeln!(text, "start = {day}T10:00:00");
    let _ = writeln!(
        text,
        "minutes = {}               # the items below add up to it",
        meeting.minutes
    );
    let _ = writeln!(text, "attendees = {}", list(attendees));
    text.push_str("# place = \"Room 4, or the usual link\"\n");
    if kind == AgendaKind::Quarterly {
        text.push_str("coach_part = \"observe\"       # the coachee chooses beforehand: \"observe\", \"facilitate\" or \"clarify\"\n");
        text.push_str("# It takes the place of a session: once it was held, add its day to `sessions.held` in engagement.toml.\n");
    }
    text
}

fn write_person(text: &mut String, key: &str, lead: Lead, cast: &Cast) {
    if let Some(id) = cast.leader(lead) {
        let _ = writeln!(text, "{key} = {}", quoted(id));
    }
}
