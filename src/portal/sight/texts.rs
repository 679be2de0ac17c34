//! The rows of the agreement, meetings, updates, reviews and files: of everything that is written as a text.

use crate::engagement::Engagement;
use crate::engagement::agenda::Agenda;
use crate::engagement::agreement::Agreement;
use crate::engagement::audience::{Guarded, Part};
use crate::engagement::kind::ItemKind;
use crate::engagement::prose::Prose;
use crate::engagement::review::Review;
use crate::portal::files::ShownFiles;
use crate::portal::perspective::Perspective;
use crate::portal::sight::cell::{Ground, PASSAGES, Seen, SightCell, TIED};
use crate::portal::sight::row::{SightItem, SightPart, by_share, is_named, part};
use crate::portal::states::Untitled;

pub(super) fn agreement_item(
    perspectives: &[Perspective<'_>],
    guarded: &Guarded<Agreement>,
) -> Option<SightItem> {
    let agreement = perspectives
        .iter()
        .find_map(|perspective| guarded.reveal_to(perspective.reader))?;
    let cell = |perspective: &Perspective<'_>| {
        let cell = by_share(perspective, Part::Agreement, guarded.audience());
        of_text(perspective, cell, &agreement.prose)
    };
    let title = agreement.title.as_deref().unwrap_or("Agreement");
    Some(SightItem {
        place: ItemKind::Agreement.place().to_owned(),
        title: title.to_owned(),
        untitled: None,
        attendees: Vec::new(),
        parts: vec![part(
            perspectives,
            ("agreement", Some(Part::Agreement)),
            cell,
        )],
    })
}

pub(super) fn agenda_item(
    perspectives: &[Perspective<'_>],
    guarded: &Guarded<Agenda>,
) -> Option<SightItem> {
    let agenda = perspectives
        .iter()
        .find_map(|perspective| guarded.reveal_to(perspective.reader))?;
    let cell = |perspective: &Perspective<'_>| {
        let cell = by_share(perspective, Part::Agendas, guarded.audience());
        let is_by_attending = matches!(cell.ground, Ground::Share(_))
            && cell.seen != Seen::Not
            && !guarded.audience().is_own()
            && !is_named(perspective, Part::Agendas);
        let cell = if is_by_attending {
            SightCell::whole(
                "`[share] agendas` in engagement.toml: they attend",
                Ground::Share(Part::Agendas),
            )
        } else {
            cell
        };
        let mut outcomes = agenda.outcomes.iter();
        let is_tied = outcomes.any(|outcome| perspective.tied(outcome.goal.as_ref()).is_none());
        of_text(perspective, cell, &agenda.prose).in_part_if(is_tied, TIED)
    };
    Some(SightItem {
        place: ItemKind::Agenda.path(&format!("{}.md", agenda.id)),
        title: agenda.title.clone(),
        untitled: None,
        attendees: agenda.attendees.iter().map(ToString::to_string).collect(),
        parts: [part(perspectives, ("agenda", Some(Part::Agendas)), cell)]
            .into_iter()
            .chain(debrief_part(perspectives, agenda))
            .collect(),
    })
}

/// What coachee and coach settled after a meeting, if they did: it is for the two alone.
fn debrief_part(perspectives: &[Perspective<'_>], agenda: &Agenda) -> Option<SightPart> {
    let debrief = &agenda.debrief;
    let reads = |perspective: &Perspective<'_>| {
        debrief
            .reveal_to(perspective.reader)
            .is_some_and(|steps| !steps.is_empty())
    };
    perspectives.iter().any(reads).then(|| {
        part(perspectives, ("debrief", None), |perspective| {
            let words = "a debrief is for the coachee and the coach alone";
            match reads(perspective) {
                true => SightCell::whole(words, Ground::Role),
                false => SightCell::not(words, Ground::Role),
            }
        })
    })
}

/// The cell of something with a text: seen in part where passages are for others.
fn of_text(perspective: &Perspective<'_>, cell: SightCell, prose: &Prose) -> SightCell {
    cell.in_part_if(!prose.is_whole_to(perspective.reader), PASSAGES)
}

pub(super) fn update_items(
    perspectives: &[Perspective<'_>],
    engagement: &Engagement,
) -> Vec<SightItem> {
    let mut items = Vec::new();
    for guarded in &engagement.updates {
        let mut revealed = perspectives
            .iter()
            .filter_map(|perspective| guarded.reveal_to(perspective.reader));
        let Some(update) = revealed.next() else {
            continue;
        };
        items.push(SightItem {
            place: ItemKind::Update.path(&format!("{}.md", update.id)),
            title: update.title.clone(),
            untitled: None,
            attendees: Vec::new(),
            parts: vec![part(
                perspectives,
                ("update", Some(Part::Updates)),
                |perspective| {
                    let cell = by_share(perspective, Part::Updates, guarded.audience());
                    of_text(perspective, cell, &update.prose)
                },
            )],
        });
    }
    items
}

pub(super) fn review_item(
    perspectives: &[Perspective<'_>],
    guarded: &Guarded<Review>,
) -> Option<SightItem> {
    let review = perspectives
        .iter()
        .find_map(|perspective| guarded.reveal_to(perspective.reader))?;
    let cell = |perspective: &Perspective<'_>| {
        let cell = by_share(perspective, Part::Reviews, guarded.audience());
        let mut outcomes = review.outcomes.iter();
        let is_tied = outcomes.any(|outcome| perspective.tied(outcome.goal.as_ref()).is_none());
        of_text(perspective, cell, &review.prose).in_part_if(is_tied, TIED)
    };
    Some(SightItem {
        place: ItemKind::Review.path(&format!("{}.md", review.id)),
        title: review
            .title
            .clone()
            .unwrap_or_else(|| review.id.to_string()),
        untitled: review
            .title
            .is_none()
            .then_some(Untitled::Review(review.kind)),
        attendees: Vec::new(),
        parts: vec![part(perspectives, ("review", Some(Part::Reviews)), cell)],
    })
}

/// Pictures and documents, which are seen by whoever sees a passage that shows them.
pub(super) fn attachment_items(
    perspectives: &[Perspective<'_>],
    engagement: &Engagement,
) -> Vec<SightItem> {
    let files = |perspective: &Perspective<'_>| ShownFiles::of(engagement, perspective.reader);
    let shown: Vec<ShownFiles<'_>> = perspectives.iter().map(files).collect();
    let row = |name: &String| SightPart {
        name: "file",
        shared_by: None,
        cells: shown
            .iter()
            .map(|files| match files.has(name) {
                true => SightCell::whole("they see a passage that shows it", Ground::Texts),
                false => SightCell::not("they see no passage that shows it", Ground::Texts),
            })
            .collect(),
    };
    let item = |name: &String| SightItem {
        place: format!("files/{name}"),
        title: name.clone(),
        untitled: None,
        attendees: Vec::new(),
        parts: vec![row(name)],
    };
    engagement.attachments.keys().map(item).collect()
}
