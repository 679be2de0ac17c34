//! agendas/DATE-TOPIC.md to [`Agenda`].

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::engagement_file::words;
use crate::content::kinds::goal_file::{ActionTable, read_actions};
use crate::content::kinds::people::People;
use crate::content::kinds::prose;
use crate::content::kinds::prose::{Mentions, Surroundings};
use crate::content::suggest;
use crate::content::toml::document::Document;
use crate::content::toml::front_matter::FrontMatter;
use crate::content::toml::shapes;
use crate::content::toml::value::{LocalTime, Spanned, Text, tables};
use crate::diagnostic::Diagnostic;
use crate::engagement::agenda::{Agenda, CoachPart, Item, Kind, Outcome};
use crate::engagement::audience::{Audience, Guarded, Part};
use crate::engagement::id::{GoalId, ItemId, StakeholderId};

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
    /// When it begins, in the firm's time zone; on the day in the file's name.
    start: Spanned<LocalTime>,
    /// How long it takes.
    #[schemars(range(min = 1, max = LONGEST))]
    minutes: Spanned<u32>,
    /// Who attends.
    #[serde(default)]
    #[schemars(with = "Vec<shapes::Id>")]
    attendees: Vec<Spanned<String>>,
    /// Where.
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

/// What the engagement says about agendas, for those that say nothing themselves.
pub(in crate::content) struct Shared<'a> {
    /// The audience without those who merely attend.
    pub(in crate::content) audience: &'a BTreeMap<Part, Audience>,
    /// The words of `[share] agendas`, `attendees` perhaps among them.
    pub(in crate::content) words: &'a [(String, Range<usize>)],
}

/// Reads one meeting, whose file is named by `day` and `id`.
pub(in crate::content) fn read(
    file: &FrontMatter,
    (day, id): (Date, ItemId),
    people: &People<'_>,
    goals: &[GoalId],
    shared: &Shared<'_>,
    mentions: &mut Mentions,
    problems: &mut Vec<Diagnostic>,
) -> Option<Guarded<Agenda>> {
    let document = &file.document;
    let agenda: AgendaFile = document.read(problems)?;
    if agenda.start.get_ref().0.date() != day {
        let problem = document.error(
            format!("the meeting starts on another day than its file says, {day}"),
            agenda.start.span(),
        );
        problems.push(problem.with_hint("rename the file, or mend `start`"));
    }
    let minutes = checked_minutes(&agenda.minutes, document, problems);
    let kind = agenda.kind.as_ref().map_or(Some(Kind::Other), |kind| {
        read_kind(kind, document, problems)
    });
    let coach_part = agenda
        .coach_part
        .as_ref()
        .and_then(|part| read_coach_part(part, kind, document, problems));
    let attendees = attendees(&agenda.attendees, people, document, problems);
    let audience = match &agenda.share {
        Some(list) => {
            let (what, list) = ("this agenda", words(list));
            let audience = people.audience(what, &list, Some(&attendees), document, problems);
            audience.said_by_itself()
        }
        None => {
            let mut audience = shared
                .audience
                .get(&Part::Agendas)
                .cloned()
                .unwrap_or_else(Audience::coachee_alone);
            if shared.words.iter().any(|(word, _)| word == "attendees") {
                audience = audience.or(&Audience::only(attendees.iter().cloned()));
            }
            audience
        }
    };
    let around = Surroundings {
        people,
        audience: &audience,
        attendees: Some(&attendees),
    };
    let text = prose::read(file, &around, mentions, problems);
    let agenda = Agenda {
        id,
        title: agenda.title.0,
        kind: kind?,
        start: agenda.start.into_inner().0,
        minutes,
        place: agenda.place.map(|place| place.0),
        coach_part,
        items: items(agenda.item, people, document, problems),
        outcomes: outcomes(agenda.outcome, goals, document, problems),
        next: read_actions(agenda.next, people, document, problems),
        prose: text,
        attendees,
    };
    Some(Guarded::of(agenda, audience))
}

fn read_kind(
    kind: &Spanned<String>,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Option<Kind> {
    let found = Kind::ALL
        .into_iter()
        .find(|known| known.as_str() == kind.get_ref());
    if found.is_none() {
        let problem = document.error(
            format!("unknown kind of meeting `{}`", kind.get_ref()),
            kind.span(),
        );
        problems
            .push(problem.with_hint_if(suggest::hint(kind.get_ref(), Kind::ALL.map(Kind::as_str))));
    }
    found
}

/// The coach has a chosen part in quarterly meetings, which are the coachee's; elsewhere it is told by who leads what.
fn read_coach_part(
    part: &Spanned<String>,
    kind: Option<Kind>,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Option<CoachPart> {
    if kind.is_some_and(|kind| kind != Kind::Quarterly) {
        let problem = document.error("`coach_part` is for quarterly meetings", part.span());
        problems.push(problem.with_hint("take it out, or set `kind = \"quarterly\"`"));
        return None;
    }
    let found = CoachPart::ALL
        .into_iter()
        .find(|known| known.as_str() == part.get_ref());
    if found.is_none() {
        let known = CoachPart::ALL.map(CoachPart::as_str);
        let message = format!("the coach has no part called `{}`", part.get_ref());
        let problem = document.error(message, part.span());
        problems.push(problem.with_hint_if(suggest::hint(part.get_ref(), known)));
    }
    found
}

fn checked_minutes(
    minutes: &Spanned<u32>,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> u32 {
    if !(1..=LONGEST).contains(minutes.get_ref()) {
        problems.push(document.error("a meeting lasts between 1 and 1440 minutes", minutes.span()));
    }
    *minutes.get_ref()
}

fn attendees(
    list: &[Spanned<String>],
    people: &People<'_>,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Vec<StakeholderId> {
    let mut found: Vec<StakeholderId> = Vec::new();
    for word in list {
        if let Some(id) = people.find(word.get_ref(), word.span(), document, problems) {
            if found.contains(&id) {
                problems.push(document.error(format!("`{id}` attends twice"), word.span()));
            } else {
                found.push(id);
            }
        }
    }
    found
}

fn items(
    tables: Vec<ItemTable>,
    people: &People<'_>,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Item> {
    let mut items = Vec::new();
    for table in tables {
        let lead = table
            .lead
            .and_then(|lead| people.find(lead.get_ref(), lead.span(), document, problems));
        let minutes = table
            .minutes
            .map(|minutes| checked_minutes(&minutes, document, problems));
        items.push(Item {
            minutes,
            lead,
            text: table.text.0,
        });
    }
    items
}

fn outcomes(
    tables: Vec<OutcomeTable>,
    goals: &[GoalId],
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for table in tables {
        match table.goal {
            None => outcomes.push(Outcome {
                goal: None,
                text: table.text.0,
            }),
            // An outcome of an unknown goal has no audience; it is never taken for one of no goal.
            Some(goal) => {
                if let Some(id) = find_goal(goal.get_ref(), goal.span(), goals, document, problems)
                {
                    outcomes.push(Outcome {
                        goal: Some(id),
                        text: table.text.0,
                    });
                }
            }
        }
    }
    outcomes
}

/// The goal that a document names at `span`, or an error with a suggestion.
pub(in crate::content) fn find_goal(
    word: &str,
    span: Range<usize>,
    goals: &[GoalId],
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Option<GoalId> {
    let found = goals.iter().find(|goal| goal.as_str() == word).cloned();
    if found.is_none() {
        let known = goals.iter().map(GoalId::as_str);
        let problem = document.error(format!("unknown goal `{word}`"), span);
        problems.push(problem.with_hint_if(suggest::hint(word, known)));
    }
    found
}
