//! agendas/DATE-TOPIC.md to [`Agenda`].

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::action_table::{ActionTable, read_actions};
use crate::content::kinds::known::{Found, Known, OwnShare};
use crate::content::kinds::people::People;
use crate::content::kinds::prose::{self, Surroundings};
use crate::content::kinds::zone;
use crate::content::toml::front_matter::FrontMatter;
use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::value::{LocalTime, Spanned, Text, tables};
use crate::engagement::agenda::{Agenda, CoachPart, Item, Kind, Outcome};
use crate::engagement::audience::{Audience, Guarded, Part};
use crate::engagement::id::{ItemId, StakeholderId};

/// A meeting is no longer than a day.
const LONGEST: u32 = 24 * 60;

/// A meeting; below the settings, how to prepare.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct AgendaFile {
    /// What it is called.
    title: Text,
    /// Which of the field's meetings it is.
    #[schemars(with = "Option<shapes::MeetingKind>")]
    kind: Option<Spanned<String>>,
    /// When it begins, on the clocks of `timezone`; on the day in the file's name.
    start: Spanned<LocalTime>,
    /// The zone of that hour, where the engagement's is another.
    timezone: Option<Spanned<Text>>,
    /// How long it takes.
    #[schemars(range(min = 1, max = LONGEST))]
    minutes: Spanned<u32>,
    /// Who attends.
    #[serde(default)]
    #[schemars(with = "Vec<shapes::Id>")]
    attendees: Vec<Spanned<String>>,
    /// Where; a https address in it, as of a call, becomes a link.
    place: Option<Text>,
    /// What the coach does in a quarterly meeting.
    #[schemars(with = "Option<shapes::CoachPartName>")]
    coach_part: Option<Spanned<String>>,
    /// Who sees it, in place of the engagement's `agendas`.
    #[schemars(with = "Option<Vec<shapes::MeetingAudience>>")]
    share: Option<Vec<Spanned<String>>>,
    /// What is talked about, in this order.
    #[serde(default, deserialize_with = "tables")]
    item: Vec<ItemTable>,
    /// What came of it.
    #[serde(default, deserialize_with = "tables")]
    outcome: Vec<OutcomeTable>,
    /// What is to be done next.
    #[serde(default, deserialize_with = "tables")]
    next: Vec<ActionTable>,
    /// What coachee and coach settle between them afterwards; nobody else sees it.
    #[serde(default, deserialize_with = "tables")]
    debrief: Vec<ActionTable>,
}

/// What is talked about, in its time.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ItemTable {
    /// How long it takes.
    #[schemars(range(min = 1, max = LONGEST))]
    minutes: Option<Spanned<u32>>,
    /// Who leads.
    #[schemars(with = "Option<shapes::Id>")]
    lead: Option<Spanned<String>>,
    /// What it is about.
    text: Text,
}

/// What came of the meeting.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OutcomeTable {
    /// The goal it is about; whoever may not see that goal does not see it.
    #[schemars(with = "Option<shapes::Id>")]
    goal: Option<Spanned<String>>,
    /// What it is.
    text: Text,
}

/// Reads one meeting, whose file is named by its day and its id.
pub(in crate::content) fn read(
    file: &FrontMatter,
    (day, id): (Date, ItemId),
    known: &Known<'_>,
    found: &mut Found<'_>,
) -> Option<Guarded<Agenda>> {
    let mut report = found.report(&file.document);
    let report = &mut report;
    let agenda: AgendaFile = report.read()?;
    if agenda.start.get_ref().0.date() != day {
        let message = format!("the meeting starts on another day than its file says, {day}");
        let hint = "rename the file, or mend `start`";
        report.error_with(message, agenda.start.span(), hint);
    }
    let own_zone = agenda.timezone.as_ref();
    let zone = own_zone.and_then(|text| zone::read(text, report));
    let zone = zone.unwrap_or_else(|| known.zone.clone());
    zone::check_hour(&agenda.start, &zone, report);
    let minutes = checked_minutes(&agenda.minutes, report);
    let kind = agenda
        .kind
        .as_ref()
        .map_or(Some(Kind::Other), |kind| read_kind(kind, report));
    let coach_part = agenda
        .coach_part
        .as_ref()
        .and_then(|part| read_coach_part(part, kind, report));
    let attendees = attendees(&agenda.attendees, known.people, report);
    let share = OwnShare {
        what: "this agenda",
        part: Part::Agendas,
        list: agenda.share.as_deref(),
        attendees: Some(&attendees),
    };
    let audience = share.audience(known, report);
    let items = items(agenda.item, known.people, report);
    let outcomes = outcomes(agenda.outcome, known, report);
    let next = read_actions(agenda.next, known.people, report);
    check_debrief(&agenda.debrief, known.people, report);
    let debrief = read_actions(agenda.debrief, known.people, report);
    let around = Surroundings {
        people: known.people,
        audience: &audience,
        attendees: Some(&attendees),
    };
    let prose = prose::read(file, &around, found);
    let agenda = Agenda {
        id,
        title: agenda.title.0,
        kind: kind?,
        start: agenda.start.into_inner().0,
        zone,
        minutes,
        place: agenda.place.map(|place| place.0),
        coach_part,
        items,
        outcomes,
        next,
        debrief: Guarded::of(debrief, Audience::coachee_alone()),
        prose,
        attendees,
    };
    Some(Guarded::of(agenda, audience))
}

/// A step of the debrief is the coachee's or the coach's: whoever else had one could not read it.
fn check_debrief(steps: &[ActionTable], people: &People<'_>, report: &mut Report<'_>) {
    for owner in steps.iter().filter_map(|step| step.owner.as_ref()) {
        let mut all = people.all().iter();
        let person = all.find(|person| person.id.as_str() == owner.get_ref());
        if person.is_some_and(|person| !person.role.sees_all_that_is_shared()) {
            let message = format!("`{}` cannot read a debrief", owner.get_ref());
            let hint = "give the step to the coachee or the coach, or make it a `[[next]]`";
            report.error_with(message, owner.span(), hint);
        }
    }
}

fn read_kind(kind: &Spanned<String>, report: &mut Report<'_>) -> Option<Kind> {
    let found = Kind::ALL
        .into_iter()
        .find(|known| known.as_str() == kind.get_ref());
    if found.is_none() {
        report.error_unknown(
            format!("unknown kind of meeting `{}`", kind.get_ref()),
            kind,
            Kind::ALL.map(Kind::as_str),
        );
    }
    found
}

/// The coach has a chosen part in quarterly meetings, which are the coachee's; elsewhere it is told by who leads what.
fn read_coach_part(
    part: &Spanned<String>,
    kind: Option<Kind>,
    report: &mut Report<'_>,
) -> Option<CoachPart> {
    if kind.is_some_and(|kind| kind != Kind::Quarterly) {
        report.error_with(
            "`coach_part` is for quarterly meetings",
            part.span(),
            "take it out, or set `kind = \"quarterly\"`",
        );
        return None;
    }
    let found = CoachPart::ALL
        .into_iter()
        .find(|known| known.as_str() == part.get_ref());
    if found.is_none() {
        let known = CoachPart::ALL.map(CoachPart::as_str);
        let message = format!("the coach has no part called `{}`", part.get_ref());
        report.error_unknown(message, part, known);
    }
    found
}

fn checked_minutes(minutes: &Spanned<u32>, report: &mut Report<'_>) -> u32 {
    if !(1..=LONGEST).contains(minutes.get_ref()) {
        report.error("a meeting lasts between 1 and 1440 minutes", minutes.span());
    }
    *minutes.get_ref()
}

fn attendees(
    list: &[Spanned<String>],
    people: &People<'_>,
    report: &mut Report<'_>,
) -> Vec<StakeholderId> {
    let mut found: Vec<StakeholderId> = Vec::new();
    for word in list {
        if let Some(id) = people.find(word, report) {
            if found.contains(&id) {
                report.error(format!("`{id}` attends twice"), word.span());
            } else {
                found.push(id);
            }
        }
    }
    found
}

fn items(tables: Vec<ItemTable>, people: &People<'_>, report: &mut Report<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    for table in tables {
        let lead = table.lead.and_then(|lead| people.find(&lead, report));
        let minutes = table
            .minutes
            .map(|minutes| checked_minutes(&minutes, report));
        items.push(Item {
            minutes,
            lead,
            text: table.text.0,
        });
    }
    items
}

fn outcomes(tables: Vec<OutcomeTable>, known: &Known<'_>, report: &mut Report<'_>) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for table in tables {
        let goal = match table.goal {
            None => None,
            // An outcome of an unknown goal has no audience; it is never taken for one of no goal.
            Some(word) => match known.goal(&word, report) {
                None => continue,
                found => found,
            },
        };
        outcomes.push(Outcome {
            goal,
            text: table.text.0,
        });
    }
    outcomes
}
