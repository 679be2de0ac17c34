//! A new engagement of one of the field's methods, with its meetings on the calendar.

use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::scaffold::NewFile;
use crate::scaffold::NewFiles;
use crate::scaffold::agenda::AgendaKind;
use crate::scaffold::agenda::agenda;
use crate::scaffold::cast::Cast;
use crate::scaffold::goal::goal;
use crate::scaffold::names::spoken;
use crate::scaffold::text::fill;
use crate::scaffold::text::list;
use crate::scaffold::text::quoted;
use crate::scaffold::text::workday;

const TEMPLATE: &str = include_str!("templates/engagement.toml");

/// Words that no id of a person may be, or that say a role.
const ROLES: [&str; 8] = [
    "coachee",
    "coach",
    "manager",
    "sponsor",
    "hr",
    "supporter",
    "everyone",
    "attendees",
];

/// Portals stay open for a quarter after the end, so that the follow-up finds them.
const OPEN_AFTER_END: i32 = 90;

/// A way to go about an engagement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Goals, calibration, supporters, a monthly loop and a pulse.
    StakeholderCentred,
    /// Alignment at the start, then once a quarter.
    Alignment,
    /// From the context to the final review in eight steps.
    EightSteps,
    /// Agreement, awareness, analysis, achievement.
    FourStages,
}

/// What is known of an engagement before it begins.
#[derive(Debug, Clone)]
pub struct Brief {
    /// The folder's name.
    pub id: String,
    /// The coachee's name, if it is not in the id.
    pub coachee: Option<String>,
    /// The way to go about it.
    pub method: Method,
    /// The first day.
    pub start: Date,
    /// How many months it takes.
    pub months: u8,
}

/// The days of an engagement.
struct Calendar {
    start: Date,
    end: Date,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 4] = [
        Self::StakeholderCentred,
        Self::Alignment,
        Self::EightSteps,
        Self::FourStages,
    ];

    /// The word for it on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StakeholderCentred => "stakeholder-centred",
            Self::Alignment => "alignment",
            Self::EightSteps => "eight-steps",
            Self::FourStages => "four-stages",
        }
    }

    /// The meetings to book at once, each with its day.
    fn meetings(self, calendar: &Calendar) -> Vec<(AgendaKind, Date)> {
        let (midpoint, last) = (calendar.middle(), calendar.last());
        let mut meetings = match self {
            Self::StakeholderCentred => vec![
                (AgendaKind::Calibration, calendar.day(21)),
                (AgendaKind::Enrolment, calendar.day(30)),
            ],
            Self::Alignment => vec![
                (AgendaKind::Alignment, calendar.day(14)),
                (AgendaKind::Quarterly, calendar.day(91)),
            ],
            Self::EightSteps => vec![
                (AgendaKind::Context, calendar.day(7)),
                (AgendaKind::SponsorReview, calendar.day(49)),
            ],
            Self::FourStages => vec![(AgendaKind::Alignment, calendar.day(14))],
        };
        meetings.extend([(AgendaKind::Midpoint, midpoint), (AgendaKind::Final, last)]);
        if matches!(self, Self::EightSteps | Self::FourStages) {
            meetings.push((AgendaKind::FollowUp, workday(calendar.end, 60)));
        }
        meetings
    }

    /// The line or tables that say which way the engagement goes.
    fn journey(self) -> String {
        const SET: &str = "# present_step = 1                    # where it stands, if the dates below do not say";
        match self {
            Self::Alignment => format!("{SET}\n"),
            Self::StakeholderCentred | Self::EightSteps | Self::FourStages => {
                format!("journey = \"{}\"\n{SET}\n", self.as_str())
            }
        }
    }

    /// The steps of a method that has no name of its own in engagement.toml.
    fn steps(self, calendar: &Calendar) -> String {
        let steps = [
            ("Align", calendar.start),
            ("Plan", calendar.day(14)),
            ("Practise", calendar.day(42)),
            ("Look again", calendar.middle()),
            ("Close", calendar.last()),
        ];
        let mut text = String::new();
        for (title, from) in steps.iter().filter(|_| self == Self::Alignment) {
            let _ = write!(
                text,
                "\n[[step]]\ntitle = {}\nfrom = {from}\n",
                quoted(title)
            );
        }
        text
    }

    /// Points on the way: what happens in them is nobody's business but the two in the room.
    fn milestones(self, calendar: &Calendar) -> Vec<(&'static str, Date, Option<u8>)> {
        let (middle, last) = (calendar.middle(), calendar.last());
        match self {
            Self::StakeholderCentred => vec![
                ("Goals calibrated", calendar.day(21), None),
                ("Supporters asked", calendar.day(30), None),
                ("First pulse", calendar.day(60), None),
                ("Mid-point review", middle, None),
                ("Final review", last, None),
            ],
            Self::Alignment => vec![
                ("Goals agreed", calendar.day(14), None),
                ("First quarterly meeting", calendar.day(91), None),
                ("Mid-point review", middle, None),
                ("Final review", last, None),
            ],
            Self::EightSteps => vec![
                ("Context agreed", calendar.day(7), Some(1)),
                ("Interview with the leader", calendar.day(14), Some(2)),
                ("Interviews all around", calendar.day(28), Some(3)),
                ("Programme designed", calendar.day(42), Some(4)),
                ("Review with leader and sponsor", calendar.day(49), Some(5)),
                ("Coaching begins", calendar.day(56), Some(6)),
                ("Mid-programme review", middle, Some(7)),
                ("End-of-programme review", last, Some(8)),
            ],
            Self::FourStages => vec![
                ("Agreement", calendar.day(0), Some(1)),
                ("Meeting of all who carry it", calendar.day(14), Some(2)),
                ("Development plan agreed", calendar.day(56), Some(3)),
                ("Surveys and practice", calendar.day(70), Some(4)),
                ("Mid-point review", middle, None),
                ("Final report", last, None),
            ],
        }
    }

    /// Whether people around the coachee answer a pulse.
    fn has_pulse(self) -> bool {
        match self {
            Self::StakeholderCentred | Self::EightSteps | Self::FourStages => true,
            Self::Alignment => false,
        }
    }
}

impl Calendar {
    fn of(brief: &Brief) -> Self {
        let end = brief.start.saturating_add(i32::from(brief.months).months());
        Self {
            start: brief.start,
            end,
        }
    }

    fn day(&self, days: i32) -> Date {
        workday(self.start, days)
    }

    fn middle(&self) -> Date {
        workday(self.start, (self.end - self.start).get_days() / 2)
    }

    fn last(&self) -> Date {
        workday(self.end, -7)
    }
}

/// A folder for an engagement: who and when, the first goal, and the meetings of its method.
pub fn engagement(brief: &Brief) -> NewFiles {
    let calendar = Calendar::of(brief);
    let cast = cast(brief);
    let mut new_files = NewFiles {
        files: vec![NewFile {
            path: format!("{}/engagement.toml", brief.id),
            text: file(brief, &calendar, &cast),
        }],
        next: vec![
            format!(
                "put the real names into {}/engagement.toml, and what the coachee agrees to share",
                brief.id
            ),
            "then set `agreed`: until that day is there, only the coachee has a portal".to_owned(),
        ],
    };
    new_files.files.extend(
        goal(
            &brief.id,
            1,
            ("First goal", "first-goal"),
            brief.start,
            &cast,
        )
        .files,
    );
    for (kind, day) in brief.method.meetings(&calendar) {
        new_files
            .files
            .extend(agenda(&brief.id, kind, None, day, &cast).files);
    }
    new_files.next.push(format!(
        "add goals with `loggia new goal {} \"Concise in the room\"`",
        brief.id
    ));
    new_files
}

fn cast(brief: &Brief) -> Cast {
    let name = brief.coachee.clone().unwrap_or_else(|| spoken(&brief.id));
    let first = brief.id.split('-').next().unwrap_or_default();
    let coachee = if ROLES.contains(&first) {
        "coachee"
    } else {
        first
    };
    let count = if brief.method.has_pulse() { 5 } else { 0 };
    let supporters = 1..=count;
    Cast {
        coachee: coachee.to_owned(),
        name,
        coach: Some("coach".to_owned()),
        manager: Some("manager".to_owned()),
        sponsor: Some("sponsor".to_owned()),
        hr: Some("hr".to_owned()),
        supporters: supporters
            .map(|number| format!("supporter-{number}"))
            .collect(),
    }
}

fn file(brief: &Brief, calendar: &Calendar, cast: &Cast) -> String {
    let method = brief.method;
    let mut supporters = String::new();
    for (index, id) in cast.supporters.iter().enumerate() {
        let group = if index < 3 { "peer" } else { "report" };
        let _ = write!(
            supporters,
            "\n[[stakeholder]]\nid = {}\nname = \"Supporter {}'s name\"\nrole = \"supporter\"\ngroup = \"{group}\"\n",
            quoted(id),
            index + 1
        );
    }
    let mut milestones = method.steps(calendar);
    for (title, day, step) in method.milestones(calendar) {
        let _ = write!(
            milestones,
            "\n[[milestone]]\ntitle = {}\ndate = {day}\n",
            quoted(title)
        );
        if let Some(step) = step {
            let _ = writeln!(milestones, "step = {step}");
        }
    }
    let goals = if method.has_pulse() {
        list(["manager", "supporter"])
    } else {
        list(["manager"])
    };
    let closes = calendar.end.saturating_add(OPEN_AFTER_END.days());
    let text = fill(
        TEMPLATE,
        &[
            ("title", &quoted(&format!("Coaching for {}", cast.name))),
            ("start", &calendar.start.to_string()),
            ("end", &calendar.end.to_string()),
            ("closes", &closes.to_string()),
            ("journey", &method.journey()),
            ("goals", &goals),
            ("coachee", &quoted(&cast.coachee)),
            ("name", &quoted(&cast.name)),
            ("supporters", &supporters),
            ("first", cast.first_name_in_text()),
            ("milestones", &milestones),
        ],
    );
    format!("{}\n", text.trim_end())
}
