//! Meetings that the reader sees: the next one, those after it, and those that were.

use std::sync::Arc;

use jiff::ToSpan;

use crate::engagement::agenda::Agenda;
use crate::engagement::consent::{Place, item};
use crate::engagement::goal::Action;
use crate::engagement::kind::ItemKind;
use crate::engagement::prose::{self, Target};
use crate::portal::actions::AskedIn;
use crate::portal::perspective::Perspective;
use crate::portal::stories::by_what_is_shown;
use crate::portal::view::goals::AskView;
use crate::portal::view::stories::{ItemView, MeetingView, OutcomeView};
use crate::portal::{actions, markdown};

/// The meetings that the reader sees.
pub(super) struct Meetings {
    /// The first one still to come, today's included.
    pub(super) next: Option<Arc<MeetingView>>,
    /// Those after it.
    pub(super) later: Vec<Arc<MeetingView>>,
    /// Those that were, the latest first.
    pub(super) past: Vec<Arc<MeetingView>>,
    /// What they ask of the reader.
    pub(super) asked: Vec<Arc<AskView>>,
}

/// The meetings that the reader sees, in the order of the folder.
fn seen<'a>(perspective: &Perspective<'a>) -> impl Iterator<Item = &'a Agenda> {
    let agendas = perspective.engagement.agendas.iter();
    agendas.filter_map(|agenda| agenda.reveal_to(perspective.reader))
}

/// The meetings that the reader sees, as the record of what was agreed calls them.
pub(super) fn places(perspective: &Perspective<'_>) -> Vec<Place> {
    let name = |agenda: &Agenda| Some(item(ItemKind::Agenda, agenda.id.as_str()));
    seen(perspective).map(name).collect()
}

/// The meetings that the reader sees.
pub(super) fn views(perspective: &Perspective<'_>) -> Meetings {
    let mut seen: Vec<&Agenda> = seen(perspective).collect();
    seen.sort_by(|one, other| {
        let times = (one.start, &one.title).cmp(&(other.start, &other.title));
        times.then_with(|| {
            by_what_is_shown(&view(perspective, one, 0), &view(perspective, other, 0))
        })
    });
    let (mut coming, mut past, mut asked) = (Vec::new(), Vec::new(), Vec::new());
    for (index, agenda) in seen.into_iter().enumerate() {
        let view = Arc::new(view(perspective, agenda, index + 1));
        let asked_in = AskedIn::Meeting {
            title: &agenda.title,
            anchor: &view.anchor,
        };
        for steps in [&agenda.next, debrief(perspective, agenda)] {
            asked.extend(actions::asked_of_reader(perspective, steps, asked_in));
        }
        // A meeting of today is still to come: the page is made once for the whole day.
        let last_day = agenda
            .start
            .checked_add(i64::from(agenda.minutes).minutes())
            .unwrap_or(agenda.start)
            .date();
        let is_past = last_day < perspective.today;
        if is_past {
            past.push(view);
        } else {
            coming.push(view);
        }
    }
    past.reverse();
    let mut coming = coming.into_iter();
    Meetings {
        next: coming.next(),
        later: coming.collect(),
        past,
        asked,
    }
}

/// The address of a call in the words of a place; only one at which the call is encrypted is a link.
fn call(place: &str) -> Option<String> {
    let is_secure = |word: &&str| {
        let scheme = word.get(..8);
        scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
    };
    let word = place
        .split_whitespace()
        .map(|word| word.trim_matches(['(', ')', '<', '>', ',', '.', ';']))
        .find(is_secure)?;
    match prose::target(word)? {
        Target::Outside(address) => Some(address.to_owned()),
        Target::File(_) => None,
    }
}

/// What coachee and coach settled after the meeting, if the reader is one of the two.
fn debrief<'a>(perspective: &Perspective<'_>, agenda: &'a Agenda) -> &'a [Action] {
    let steps = agenda.debrief.reveal_to(perspective.reader);
    steps.map(Vec::as_slice).unwrap_or_default()
}

fn view(perspective: &Perspective<'_>, agenda: &Agenda, number: usize) -> MeetingView {
    let items = agenda.items.iter().map(|item| {
        let lead = item.lead.as_ref().map(|lead| perspective.name_of(lead));
        Arc::new(ItemView {
            minutes: item.minutes,
            lead,
            text: item.text.clone(),
        })
    });
    let outcomes = agenda.outcomes.iter().filter_map(|outcome| {
        let goal = perspective.tied(outcome.goal.as_ref())?;
        Some(Arc::new(OutcomeView {
            text: outcome.text.clone(),
            goal: goal.into_name(),
        }))
    });
    let path = ItemKind::Agenda.path(&format!("{}.md", agenda.id));
    MeetingView {
        readers: perspective.readers_of(&path),
        anchor: format!("meeting-{number}"),
        title: agenda.title.clone(),
        kind: agenda.kind,
        start: agenda.start,
        zone: agenda.zone.clone(),
        minutes: agenda.minutes,
        place: agenda.place.clone(),
        call: agenda.place.as_deref().and_then(call),
        coach_part: agenda.coach_part,
        attendees: agenda
            .attendees
            .iter()
            .map(|id| perspective.name_of(id))
            .collect(),
        is_mine: agenda.attendees.iter().any(|id| perspective.is_me(id)),
        items: items.collect(),
        outcomes: outcomes.collect(),
        next: agenda
            .next
            .iter()
            .map(|step| actions::view(perspective, step))
            .collect(),
        debrief: debrief(perspective, agenda)
            .iter()
            .map(|step| actions::view(perspective, step))
            .collect(),
        prose: markdown::passages(&agenda.prose, &path, perspective),
    }
}
