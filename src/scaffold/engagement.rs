//! A new engagement of one of the field's methods, with its meetings on the calendar.

use jiff::ToSpan;
use jiff::civil::Date;
use minijinja::context;
use strum::VariantArray;

use crate::scaffold::agenda::{AgendaKind, agenda};
use crate::scaffold::days::{follow_up, last, middle, workday};
use crate::scaffold::goal::goal;
use crate::scaffold::names::{slug, spoken};
use crate::scaffold::new_files::NewFiles;
use crate::scaffold::participants::Participants;
use crate::scaffold::placing::NewFile;
use crate::scaffold::templates::filled;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
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
    /// The names of the others, as far as they are known.
    pub names: Names,
    /// The way to go about it.
    pub method: Method,
    /// The first day.
    pub start: Date,
    /// How many months it takes.
    pub months: u8,
}

/// Who takes part besides the coachee, by name.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Who coaches.
    pub coach: Option<String>,
    /// The coachee's boss.
    pub manager: Option<String>,
    /// Who pays for or arranges the coaching.
    pub sponsor: Option<String>,
    /// The partner from human resources.
    pub hr: Option<String>,
    /// Who rates.
    pub supporters: Vec<String>,
}

impl Method {
    /// The word for it on the command line and in the name of its template.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StakeholderCentred => "stakeholder-centred",
            Self::Alignment => "alignment",
            Self::EightSteps => "eight-steps",
            Self::FourStages => "four-stages",
        }
    }

    /// The meetings to book at once, each with its day.
    fn meetings(self, start: Date, end: Date) -> Vec<(AgendaKind, Date)> {
        let day = |days| workday(start, days);
        let mut meetings = match self {
            Self::StakeholderCentred => vec![
                (AgendaKind::Calibration, day(21)),
                (AgendaKind::Enrolment, day(30)),
            ],
            Self::Alignment => vec![
                (AgendaKind::Alignment, day(14)),
                (AgendaKind::Quarterly, day(91)),
            ],
            Self::EightSteps => vec![
                (AgendaKind::Context, day(7)),
                (AgendaKind::SponsorReview, day(49)),
            ],
            Self::FourStages => vec![(AgendaKind::Alignment, day(14))],
        };
        meetings.extend([
            (AgendaKind::Midpoint, middle(start, end)),
            (AgendaKind::Final, last(end)),
        ]);
        if matches!(self, Self::EightSteps | Self::FourStages) {
            meetings.push((AgendaKind::FollowUp, follow_up(end)));
        }
        meetings
    }

    /// Whether people around the coachee answer a pulse.
    fn has_pulse(self) -> bool {
        match self {
            Self::StakeholderCentred | Self::EightSteps | Self::FourStages => true,
            Self::Alignment => false,
        }
    }
}

/// A folder for an engagement: who and when, the first goal, and the meetings of its method.
pub fn engagement(brief: &Brief) -> NewFiles {
    let start = brief.start;
    let end = start.saturating_add(i32::from(brief.months).months());
    let participants = participants(brief);
    let folder = &brief.id;
    let mut files = vec![NewFile {
        path: format!("{folder}/engagement.toml"),
        text: file(brief, end, &participants),
    }];
    let title = ("‹First goal›", "first-goal");
    files.extend(goal(1, title, start, &participants).files);
    for (kind, day) in brief.method.meetings(start, end) {
        files.extend(agenda(kind, None, day, &participants).files);
    }
    let next = vec![
        format!(
            "put the real names into {folder}/engagement.toml, and what the coachee agrees to share"
        ),
        "then set `agreed`: until that day is there, only the coachee has a portal".to_owned(),
        format!("add goals with `loggia new goal {folder} \"Concise in the room\"`"),
    ];
    NewFiles { files, next }
}

/// The people of an engagement, under the ids that stand for names until these are known.
fn participants(brief: &Brief) -> Participants {
    let first = brief.id.split('-').next().unwrap_or_default();
    let coachee = if ROLES.contains(&first) {
        "coachee"
    } else {
        first
    };
    let mut taken = vec![coachee.to_owned()];
    let mut id = |name: Option<&String>, role: &str| {
        let id = free_id(name.map(String::as_str), role, &taken);
        taken.push(id.clone());
        id
    };
    let names = &brief.names;
    let coach = id(names.coach.as_ref(), "coach");
    let manager = id(names.manager.as_ref(), "manager");
    let sponsor = id(names.sponsor.as_ref(), "sponsor");
    let hr = id(names.hr.as_ref(), "hr");
    let supporters = 0..supporter_count(brief);
    let supporters = supporters.map(|index| id(names.supporters.get(index), "supporter"));
    Participants {
        folder: brief.id.clone(),
        coachee: coachee.to_owned(),
        name: brief.coachee.clone().unwrap_or_else(|| spoken(&brief.id)),
        supporters: supporters.collect(),
        coach: Some(coach),
        manager: Some(manager),
        sponsor: Some(sponsor),
        hr: Some(hr),
    }
}

/// How many supporters the file has lines for.
fn supporter_count(brief: &Brief) -> usize {
    let usual = if brief.method.has_pulse() { 5 } else { 0 };
    brief.names.supporters.len().max(usual)
}

/// An id that nobody has yet: the first name, else the whole one, else the role with a number. A role's name alone is none: whoever
/// follows in the role would need another, and a link and answers go by the id.
pub(super) fn free_id(name: Option<&str>, role: &str, taken: &[String]) -> String {
    let is_free = |id: &String| !taken.contains(id) && !ROLES.contains(&id.as_str());
    let first = name.and_then(|name| name.split_whitespace().next());
    let names = [first, name].into_iter().flatten().filter_map(slug);
    let numbered = (1..).map(|number| format!("{role}-{number}"));
    let mut ids = names.chain(numbered).filter(is_free);
    ids.next().unwrap_or_default()
}

/// The text of engagement.toml.
fn file(brief: &Brief, end: Date, participants: &Participants) -> String {
    let method = brief.method.as_str();
    let supporter_names: Vec<Option<String>> = (0..participants.supporters.len())
        .map(|index| brief.names.supporters.get(index).cloned())
        .collect();
    let context = context! {
        method,
        start => brief.start.to_string(),
        middle => middle(brief.start, end).to_string(),
        last => last(end).to_string(),
        end => end.to_string(),
        closes => end.saturating_add(OPEN_AFTER_END.days()).to_string(),
        coach_name => brief.names.coach.as_deref(),
        manager_name => brief.names.manager.as_deref(),
        sponsor_name => brief.names.sponsor.as_deref(),
        hr_name => brief.names.hr.as_deref(),
        supporter_names,
        ..participants.values()
    };
    filled(&format!("methods/{method}.toml"), context)
}
