//! Who sees what: every item and part of an engagement against every reader, with the rule that decided it.
//!
//! The rule it guards: it asks the questions that the pages ask, of the same [`Perspective`], so that it cannot say anything else
//! than they do. It is for the coach's own screen: it holds titles and file names, never a text; of notes only how many there are.

pub mod cell;
mod texts;

use jiff::civil::Date;
use strum::VariantArray;

use crate::engagement::Engagement;
use crate::engagement::audience::Audience;
use crate::engagement::audience::Part;
use crate::engagement::goal::Goal;
use crate::engagement::kind::ItemKind;
use crate::engagement::stakeholder::Role;
use crate::engagement::stakeholder::Stakeholder;
use crate::portal::facts;
use crate::portal::goals;
use crate::portal::perspective::Perspective;
use crate::portal::perspective::SeenGoal;
use crate::portal::progress;
use crate::portal::sight::cell::FOLLOWS;
use crate::portal::sight::cell::Ground;
use crate::portal::sight::cell::NO_PROGRESS;
use crate::portal::sight::cell::NOT_RATED;
use crate::portal::sight::cell::PASSAGES;
use crate::portal::sight::cell::Seen;
use crate::portal::sight::cell::SightCell;
use crate::portal::sight::cell::TOO_FEW;
use crate::progress::figures::Figures;

/// Who sees what of one engagement on one day.
#[derive(Debug)]
pub struct Sight {
    /// The engagement's id.
    pub engagement: String,
    /// Its title, which stands in every portal.
    pub title: String,
    /// Those who have a portal, in the order of engagement.toml: the columns.
    pub readers: Vec<SightReader>,
    /// Those who have none, with the reason.
    pub without: Vec<WithoutPortal>,
    /// The items, each with its parts: the rows.
    pub items: Vec<SightItem>,
    /// How many notes there are, which nobody ever sees.
    pub notes: usize,
}

/// A column: one reader.
#[derive(Debug)]
pub struct SightReader {
    /// The stakeholder's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The role's word.
    pub role: &'static str,
}

/// A stakeholder without a portal.
#[derive(Debug)]
pub struct WithoutPortal {
    /// The stakeholder's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The role's word.
    pub role: &'static str,
    /// Why there is none.
    pub reason: &'static str,
}

/// Something that can be shared, by its title and where it is written.
#[derive(Debug)]
pub struct SightItem {
    /// The file, or the beginning of its name, inside the engagement's folder.
    pub place: String,
    /// What it is called.
    pub title: String,
    /// The ids of those who attend, if it is a meeting.
    pub attendees: Vec<String>,
    /// Its parts.
    pub parts: Vec<SightPart>,
}

/// A row: one part of an item.
#[derive(Debug)]
pub struct SightPart {
    /// What the part is called.
    pub name: &'static str,
    /// One cell a reader, in the order of the readers.
    pub cells: Vec<SightCell>,
}

impl Sight {
    /// Returns who sees what on `today`. `notes` is how many notes there are.
    pub fn of(engagement: &Engagement, figures: &Figures, today: Date, notes: usize) -> Self {
        let readers = engagement.readers(today);
        let perspectives: Vec<Perspective<'_>> = readers
            .iter()
            .map(|reader| Perspective::of(engagement, figures, reader, today))
            .collect();
        let columns = perspectives.iter().map(|perspective| SightReader {
            id: perspective.reader.id().to_string(),
            name: perspective.name_of(perspective.reader.id()),
            role: perspective.reader.role().as_str(),
        });
        let items = ItemKind::VARIANTS
            .iter()
            .flat_map(|kind| items(*kind, engagement, &perspectives));
        Self {
            engagement: engagement.id.to_string(),
            title: engagement.title.clone(),
            readers: columns.collect(),
            without: without_portal(engagement, today),
            items: items.filter(|item| !item.parts.is_empty()).collect(),
            notes,
        }
    }
}

/// The rows of one kind of item.
fn items(
    kind: ItemKind,
    engagement: &Engagement,
    perspectives: &[Perspective<'_>],
) -> Vec<SightItem> {
    match kind {
        ItemKind::Engagement => vec![facts_item(perspectives)],
        ItemKind::Goal => {
            let goals = engagement.goals.iter();
            goals.map(|goal| goal_item(perspectives, goal)).collect()
        }
        ItemKind::Agenda => {
            let agendas = engagement.agendas.iter();
            let item = |agenda| texts::agenda_item(perspectives, agenda);
            agendas.filter_map(item).collect()
        }
        ItemKind::Update => texts::update_items(perspectives, engagement),
        ItemKind::Review => {
            let reviews = engagement.reviews.iter();
            let item = |review| texts::review_item(perspectives, review);
            reviews.filter_map(item).collect()
        }
        ItemKind::File => texts::attachment_items(perspectives, engagement),
        // Figures and themes are parts of the goals that they are about; notes are counted, and a record is nobody's.
        ItemKind::Round | ItemKind::Themes | ItemKind::Record | ItemKind::Note => Vec::new(),
    }
}

fn without_portal(engagement: &Engagement, today: Date) -> Vec<WithoutPortal> {
    let readers = engagement.readers(today);
    let has_closed = engagement.closes.is_some_and(|closes| closes <= today);
    let is_without =
        |person: &&Stakeholder| !readers.iter().any(|reader| reader.id() == &person.id);
    let without = engagement.stakeholders.iter().filter(is_without);
    let line = |person: &Stakeholder| WithoutPortal {
        id: person.id.to_string(),
        name: person.name.clone(),
        role: person.role.as_str(),
        reason: match (has_closed, person.portal) {
            (true, _) => "the engagement has closed",
            (false, false) => "`portal = false`",
            (false, true) if engagement.agreed.is_some() => {
                "the coachee has not agreed: the day in `[share] agreed` is still to come"
            }
            (false, true) => "the coachee has not agreed: there is no `[share] agreed`",
        },
    };
    without.map(line).collect()
}

/// A row, asked of every reader.
fn part(
    perspectives: &[Perspective<'_>],
    name: &'static str,
    cell: impl Fn(&Perspective<'_>) -> SightCell,
) -> SightPart {
    SightPart {
        name,
        cells: perspectives.iter().map(cell).collect(),
    }
}

/// Whether the reader is let in by their role, by `[share]` of the engagement or by the item's own `share`, in words.
fn by_share(perspective: &Perspective<'_>, kind: Part, audience: &Audience) -> SightCell {
    let (key, ground) = (kind.key(), Ground::Share(kind));
    match (
        perspective.reader.role(),
        audience.admits(perspective.reader),
        audience.is_own(),
    ) {
        (Role::Coachee, true, _) => {
            SightCell::whole("the coachee sees all that anyone sees", Ground::Role)
        }
        (Role::Coach, true, _) => {
            SightCell::whole("the coach sees what the coachee sees", Ground::Role)
        }
        (_, true, true) => SightCell::whole("`share` in its own file", ground),
        (_, false, true) => SightCell::not("`share` in its own file leaves them out", ground),
        (_, true, false) => SightCell::whole(format!("`[share] {key}` in engagement.toml"), ground),
        (_, false, false) if is_named(perspective, kind) => {
            SightCell::not(NO_PROGRESS.words, NO_PROGRESS.ground)
        }
        (_, false, false) => SightCell::not(format!("`[share] {key}` does not name them"), ground),
    }
}

/// Whether `[share]` of the engagement names the reader for a part. Of `attendees` it says nothing.
fn is_named(perspective: &Perspective<'_>, kind: Part) -> bool {
    let shared = perspective.engagement.share.get(&kind);
    shared.is_some_and(|shared| shared.admits(perspective.reader))
}

fn facts_item(perspectives: &[Perspective<'_>]) -> SightItem {
    let of_facts = |perspective: &Perspective<'_>| {
        by_share(
            perspective,
            Part::Facts,
            perspective.engagement.facts.audience(),
        )
    };
    let mut parts = vec![part(perspectives, "facts", of_facts)];
    if perspectives
        .iter()
        .any(|perspective| !perspective.engagement.roles.is_empty())
    {
        parts.push(part(perspectives, "roles", |perspective| {
            let cell = of_facts(perspective);
            match cell.seen {
                Seen::Not if facts::role_of_reader(perspective).is_some() => SightCell::of(
                    Seen::Part,
                    "everyone reads what their own role is asked to do",
                    Ground::Roles,
                ),
                Seen::Whole | Seen::Part | Seen::Not => cell,
            }
        }));
    }
    SightItem {
        place: "engagement.toml".to_owned(),
        title: "Facts".to_owned(),
        attendees: Vec::new(),
        parts,
    }
}

fn goal_item(perspectives: &[Perspective<'_>], goal: &Goal) -> SightItem {
    let mut parts = vec![part(perspectives, "wording", |perspective| {
        let wording = goal.wording.reveal_to(perspective.reader);
        let hides = wording.is_some_and(|wording| !wording.prose.is_whole_to(perspective.reader));
        of_goal(perspective, goal, Part::Goals, goal.wording.audience()).in_part_if(hides, PASSAGES)
    })];
    let has_actions = |perspective: &Perspective<'_>| {
        let actions = goal.actions.reveal_to(perspective.reader);
        actions.is_some_and(|actions| !actions.is_empty())
    };
    if perspectives.iter().any(has_actions) {
        parts.push(part(perspectives, "actions", |perspective| {
            of_goal(perspective, goal, Part::Actions, goal.actions.audience())
        }));
    }
    let has_support = |perspective: &Perspective<'_>| {
        let support = goal.support.reveal_to(perspective.reader);
        support.is_some_and(|support| !support.is_empty())
    };
    if perspectives.iter().any(has_support) {
        parts.push(part(perspectives, "support", |perspective| {
            let is_hidden = seen(perspective, goal)
                .is_none_or(|seen| goals::support(perspective, seen).is_none());
            of_goal(perspective, goal, Part::Actions, goal.support.audience())
                .unless(is_hidden, FOLLOWS)
        }));
    }
    parts.extend(figure_parts(perspectives, goal));
    if !goal.themes.is_empty() {
        parts.push(part(perspectives, "themes", |perspective| {
            themes_cell(perspective, goal)
        }));
    }
    let title = perspectives
        .iter()
        .find_map(|perspective| goal.wording.reveal_to(perspective.reader));
    SightItem {
        place: format!("goals/…-{}.md", goal.id),
        title: title.map_or_else(|| goal.id.to_string(), |wording| wording.title.clone()),
        attendees: Vec::new(),
        parts,
    }
}

/// The goal as the reader sees it, if any part of it is seen.
fn seen<'a, 'b>(perspective: &'b Perspective<'a>, goal: &Goal) -> Option<&'b SeenGoal<'a>> {
    perspective
        .goals
        .iter()
        .find(|seen| seen.goal.id == goal.id)
}

/// Like [`by_share`], for a part of a goal: a supporter whom the goal does not list is told so.
fn of_goal(
    perspective: &Perspective<'_>,
    goal: &Goal,
    kind: Part,
    audience: &Audience,
) -> SightCell {
    let cell = by_share(perspective, kind, audience);
    let lists = goal
        .supporters
        .as_ref()
        .is_none_or(|listed| listed.contains(perspective.reader.id()));
    match (cell.seen, perspective.reader.role()) {
        (Seen::Not, Role::Supporter) if !lists => SightCell::not(
            "`supporters` of this goal does not list them",
            Ground::Supporters,
        ),
        _ => cell,
    }
}

fn figure_parts(perspectives: &[Perspective<'_>], goal: &Goal) -> Vec<SightPart> {
    let has_rounds = perspectives
        .iter()
        .any(|perspective| perspective.figures.of_goal(&goal.id).is_some());
    if !has_rounds {
        return Vec::new();
    }
    let figures = |perspective: &Perspective<'_>| {
        let has_progress = goal.progress.admits(perspective.reader);
        has_progress
            .then(|| progress::view(perspective, goal))
            .flatten()
    };
    vec![
        part(perspectives, "progress", |perspective| {
            let cell = of_goal(perspective, goal, Part::Progress, &goal.progress);
            cell.unless(figures(perspective).is_none(), TOO_FEW)
        }),
        part(perspectives, "groups", |perspective| {
            let cell = of_goal(perspective, goal, Part::Groups, &goal.groups);
            let view = figures(perspective);
            let has_none = view.as_ref().is_some_and(|view| view.groups.is_empty());
            cell.unless(view.is_none(), NO_PROGRESS)
                .unless(has_none, TOO_FEW)
        }),
        part(perspectives, "self", |perspective| {
            let cell = of_goal(perspective, goal, Part::Own, &goal.own);
            let view = figures(perspective);
            let has_none = view.as_ref().is_some_and(|view| !view.has_own);
            cell.unless(view.is_none(), NO_PROGRESS)
                .unless(has_none, NOT_RATED)
        }),
    ]
}

fn themes_cell(perspective: &Perspective<'_>, goal: &Goal) -> SightCell {
    let cell = of_goal(perspective, goal, Part::Themes, &goal.themes_for);
    let Some(seen) = seen(perspective, goal).filter(|seen| seen.carries()) else {
        return cell.unless(true, FOLLOWS);
    };
    let shown = goals::themes(perspective, seen).len();
    cell.unless(shown == 0, TOO_FEW)
        .in_part_if(shown < goal.themes.len(), TOO_FEW)
}
