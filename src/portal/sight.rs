//! Who sees what: every item and part of an engagement against every reader, with the rule that decided it.
//!
//! The rule it guards: it decides as the pages do, from the same [`Perspective`], so that it cannot differ from them. It is for the coach's own screen: it holds titles and file names, never a text; of notes only how many there are.

pub mod cell;
mod goals;
mod later;
pub mod row;
mod texts;

use strum::VariantArray;

use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::kind::ItemKind;
use crate::engagement::later::Later;
use crate::engagement::stakeholder::{Presence, Stakeholder};
use crate::engagement::today::Today;
use crate::portal::perspective::Perspective;
use crate::portal::sight::row::{SightItem, SightPart};
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
    /// The ids that the stakeholder had before.
    pub was: Vec<String>,
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
    pub reason: NoPortal,
    /// Whether the person is asked in the next round all the same, on a page of its own.
    pub is_asked: bool,
}

/// Why a stakeholder has no portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPortal {
    /// A text still holds a placeholder.
    Draft,
    /// The engagement's portals are gone.
    Closed,
    /// The stakeholder's entry says `portal = false`.
    Refused,
    /// The stakeholder takes part from a later day on.
    ToCome,
    /// The stakeholder has left.
    Gone,
    /// The coachee agrees on a later day.
    NotYetAgreed,
    /// The coachee has agreed on no day.
    NotAgreed,
}

impl NoPortal {
    /// The reason in words; names of keys stand in backquotes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "a text still holds a placeholder in ‹…›",
            Self::Closed => "the engagement has closed",
            Self::Refused => "`portal = false`",
            Self::ToCome => "the day in `from` is still to come",
            Self::Gone => "the day in `until` has come",
            Self::NotYetAgreed => {
                "the coachee has not agreed: the day in `[share] agreed` is still to come"
            }
            Self::NotAgreed => "the coachee has not agreed: there is no `[share] agreed`",
        }
    }
}

/// What an engagement's folder holds that is on no page, whoever reads it.
#[derive(Clone, Copy, Default)]
pub struct OnNoPage<'a> {
    /// What waits for its day.
    pub later: Option<&'a Later>,
    /// How many notes there are.
    pub notes: usize,
}

impl Sight {
    /// Returns who sees what on `today`.
    pub fn of(
        engagement: &Engagement,
        figures: &Figures,
        today: Today<'_>,
        on_no_page: OnNoPage<'_>,
    ) -> Self {
        let readers = engagement.readers(today);
        let perspectives: Vec<Perspective<'_>> = readers
            .iter()
            .map(|reader| Perspective::of(engagement, figures, reader, today))
            .collect();
        let columns = perspectives.iter().map(|perspective| SightReader {
            id: perspective.reader.id().to_string(),
            was: old_ids(engagement, perspective.reader),
            name: perspective.name_of(perspective.reader.id()),
            role: perspective.reader.role().as_str(),
        });
        let items = ItemKind::VARIANTS.iter().flat_map(|kind| {
            let mut items = items(*kind, engagement, &perspectives);
            items.extend(later::items(*kind, on_no_page.later, &perspectives));
            items
        });
        Self {
            engagement: engagement.id.to_string(),
            title: engagement.title.clone(),
            readers: columns.collect(),
            without: without_portal(engagement, today),
            items: items.filter(|item| !item.parts.is_empty()).collect(),
            notes: on_no_page.notes,
        }
    }
}

impl Sight {
    /// Returns the readers in groups, by their numbers: those of one role who see the same of everything by the same rules.
    pub fn alike(&self) -> Vec<Vec<usize>> {
        let cells = |number: usize| {
            let parts = self.items.iter().flat_map(|item| &item.parts);
            let cells = parts.filter_map(move |part| part.cells.get(number));
            cells.map(|cell| (cell.seen, cell.rule.as_str()))
        };
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (number, reader) in self.readers.iter().enumerate() {
            let is_like = |group: &&mut Vec<usize>| {
                let first = group.first().copied().unwrap_or_default();
                self.readers[first].role == reader.role && cells(first).eq(cells(number))
            };
            match groups.iter_mut().find(is_like) {
                Some(group) => group.push(number),
                None => groups.push(vec![number]),
            }
        }
        groups
    }
}

impl SightPart {
    /// Whether every reader sees as much of it as any other.
    pub fn is_seen_alike(&self) -> bool {
        self.cells.windows(2).all(|two| two[0].seen == two[1].seen)
    }
}

/// The ids that a reader had before.
fn old_ids(engagement: &Engagement, reader: &Reader) -> Vec<String> {
    let person = engagement.stakeholder(reader.id());
    let was = person.map(|person| person.was.iter().map(ToString::to_string));
    was.into_iter().flatten().collect()
}

/// The rows of one kind of item.
fn items(
    kind: ItemKind,
    engagement: &Engagement,
    perspectives: &[Perspective<'_>],
) -> Vec<SightItem> {
    match kind {
        ItemKind::Engagement => vec![goals::facts_item(perspectives)],
        ItemKind::Agreement => {
            let agreement = engagement.agreement.iter();
            let item = |agreement| texts::agreement_item(perspectives, agreement);
            agreement.filter_map(item).collect()
        }
        ItemKind::Goal => {
            let item = |goal| goals::goal_item(perspectives, goal);
            engagement.goals.iter().map(item).collect()
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
        ItemKind::Round
        | ItemKind::Themes
        | ItemKind::Record
        | ItemKind::AskingKey
        | ItemKind::Consent
        | ItemKind::Note => Vec::new(),
    }
}

fn without_portal(engagement: &Engagement, today: Today<'_>) -> Vec<WithoutPortal> {
    let readers = engagement.readers(today);
    let has_closed = engagement.closes.is_some_and(|closes| closes <= today);
    let is_without =
        |person: &&Stakeholder| !readers.iter().any(|reader| reader.id() == &person.id);
    let without = engagement.stakeholders.iter().filter(is_without);
    let round = engagement.next_asked_round(today);
    let asked = round.map(|_| engagement.asked(today)).unwrap_or_default();
    let line = |person: &Stakeholder| WithoutPortal {
        id: person.id.to_string(),
        name: person.name.clone(),
        role: person.role.as_str(),
        is_asked: asked.iter().any(|asked| asked.person.id == person.id),
        reason: match (has_closed, person.portal) {
            _ if engagement.is_draft => NoPortal::Draft,
            (true, _) => NoPortal::Closed,
            (false, false) => NoPortal::Refused,
            (false, true) if person.presence == Presence::ToCome => NoPortal::ToCome,
            (false, true) if person.presence == Presence::Gone => NoPortal::Gone,
            (false, true) if engagement.agreed.is_some() => NoPortal::NotYetAgreed,
            (false, true) => NoPortal::NotAgreed,
        },
    };
    without.map(line).collect()
}
