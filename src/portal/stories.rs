//! Updates and reviews that the reader sees, the latest first.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use crate::engagement::consent::{Place, item};
use crate::engagement::id::GoalId;
use crate::engagement::kind::ItemKind;
use crate::engagement::review::{Review, ReviewKind};
use crate::engagement::update::Update;
use crate::portal::perspective::{Perspective, SeenGoal};
use crate::portal::view::figures::ProgressView;
use crate::portal::view::stories::{ComparisonView, ContinuationView, ReviewView, UpdateView};
use crate::portal::{goals, markdown, programme, progress};

/// The updates that the reader sees, in the order of the folder.
fn seen_updates<'a>(perspective: &Perspective<'a>) -> impl Iterator<Item = &'a Update> {
    let updates = perspective.engagement.updates.iter();
    updates.filter_map(|update| update.reveal_to(perspective.reader))
}

/// The reviews that the reader sees, in the order of the folder.
fn seen_reviews<'a>(perspective: &Perspective<'a>) -> impl Iterator<Item = &'a Review> {
    let reviews = perspective.engagement.reviews.iter();
    reviews.filter_map(|review| review.reveal_to(perspective.reader))
}

/// The updates that the reader sees, as the record of what was agreed calls them.
pub(super) fn places_of_updates(perspective: &Perspective<'_>) -> Vec<Place> {
    let name = |update: &Update| Some(item(ItemKind::Update, update.id.as_str()));
    seen_updates(perspective).map(name).collect()
}

/// The reviews that the reader sees, as the record of what was agreed calls them.
pub(super) fn places_of_reviews(perspective: &Perspective<'_>) -> Vec<Place> {
    let name = |review: &Review| Some(item(ItemKind::Review, review.id.as_str()));
    seen_reviews(perspective).map(name).collect()
}

/// The updates that the reader sees.
pub(super) fn updates(perspective: &Perspective<'_>) -> Vec<Arc<UpdateView>> {
    let mut seen: Vec<&Update> = seen_updates(perspective).collect();
    // Where two have one day and one title, what is shown below decides: the names of files are for nobody.
    seen.sort_by(|one, other| {
        let days = (other.date, &one.title).cmp(&(one.date, &other.title));
        days.then_with(|| {
            by_what_is_shown(&update(perspective, one, 0), &update(perspective, other, 0))
        })
    });
    let views = seen.into_iter().enumerate();
    let views = views.map(|(index, seen)| Arc::new(update(perspective, seen, index + 1)));
    views.collect()
}

fn update(perspective: &Perspective<'_>, update: &Update, number: usize) -> UpdateView {
    let path = ItemKind::Update.path(&format!("{}.md", update.id));
    UpdateView {
        readers: perspective.readers_of(&path),
        anchor: format!("update-{number}"),
        title: update.title.clone(),
        date: update.date,
        prose: markdown::passages(&update.prose, &path, perspective),
    }
}

/// The order of two items that differ in what is shown of them alone.
pub(super) fn by_what_is_shown(one: &impl fmt::Debug, other: &impl fmt::Debug) -> Ordering {
    format!("{one:?}").cmp(&format!("{other:?}"))
}

/// The reviews that the reader sees.
pub(super) fn reviews(perspective: &Perspective<'_>) -> Vec<Arc<ReviewView>> {
    let mut seen: Vec<&Review> = seen_reviews(perspective).collect();
    seen.sort_by(|one, other| {
        let days = (other.date, &one.title).cmp(&(one.date, &other.title));
        days.then_with(|| {
            by_what_is_shown(&review(perspective, one, 0), &review(perspective, other, 0))
        })
    });
    let views = seen.into_iter().enumerate();
    let views = views.map(|(index, seen)| review(perspective, seen, index + 1));
    let mut views: Vec<ReviewView> = views.collect();
    // The latest final review is the report: it speaks of every goal that the reader sees.
    let report = views.iter_mut().find(|view| view.kind == ReviewKind::Final);
    if let Some(report) = report {
        add_other_goals(perspective, report);
    }
    views.into_iter().map(Arc::new).collect()
}

fn review(perspective: &Perspective<'_>, review: &Review, number: usize) -> ReviewView {
    let outcomes = review.outcomes.iter().filter_map(|outcome| {
        let goal = perspective.tied(outcome.goal.as_ref())?;
        let seen = outcome.goal.as_ref().and_then(|id| seen(perspective, id));
        let seen = seen.filter(|_| review.kind == ReviewKind::Final);
        Some(Arc::new(ComparisonView {
            goal: goal.into_name(),
            intended: Some(outcome.intended.clone()),
            actual: Some(outcome.actual.clone()),
            progress: seen.and_then(|seen| figures(perspective, seen)),
            reached: seen.and_then(|seen| goals::reached(perspective, seen)),
        }))
    });
    let continues = review.continues.iter().map(|continuation| {
        let with = continuation.with.iter();
        Arc::new(ContinuationView {
            text: continuation.text.clone(),
            with: with.map(|id| perspective.name_of(id)).collect(),
        })
    });
    let path = ItemKind::Review.path(&format!("{}.md", review.id));
    let has_followed_up = review.follow_up.is_some_and(|day| day <= perspective.today);
    ReviewView {
        readers: perspective.readers_of(&path),
        anchor: format!("review-{number}"),
        kind: review.kind,
        title: review.title.clone(),
        date: review.date,
        programme: programme::up_to(&programme::outcomes(perspective), review.kind),
        outcomes: outcomes.collect(),
        celebrated: review.celebrated.clone(),
        continues: continues.collect(),
        follow_up: review.follow_up,
        found: if has_followed_up {
            review.found.clone()
        } else {
            Vec::new()
        },
        prose: markdown::passages(&review.prose, &path, perspective),
    }
}

/// Adds to the report the goals that no comparison of it speaks of, as far as the reader sees them: what was intended is what the goal
/// says, and what came of it is its figures and the day on which it was reached.
fn add_other_goals(perspective: &Perspective<'_>, report: &mut ReviewView) {
    for seen in perspective.goals.iter().filter(|seen| seen.carries()) {
        let is_spoken_of = report.outcomes.iter().any(|outcome| {
            let goal = outcome.goal.as_ref();
            goal.is_some_and(|goal| goal.number == seen.name.number)
        });
        let progress = figures(perspective, seen);
        let reached = goals::reached(perspective, seen);
        if !is_spoken_of && (progress.is_some() || reached.is_some()) {
            report.outcomes.push(Arc::new(ComparisonView {
                goal: Some(Arc::clone(&seen.name)),
                intended: seen.wording.and_then(|wording| wording.statement.clone()),
                actual: None,
                progress,
                reached,
            }));
        }
    }
}

/// The goal as the reader sees it, if any part of it is seen.
fn seen<'a, 'b>(perspective: &'b Perspective<'a>, id: &GoalId) -> Option<&'b SeenGoal<'a>> {
    perspective.goals.iter().find(|seen| seen.goal.id == *id)
}

/// The figures of a goal, where the reader sees them.
fn figures(perspective: &Perspective<'_>, seen: &SeenGoal<'_>) -> Option<Arc<ProgressView>> {
    seen.has_progress
        .then(|| progress::view(perspective, seen.goal))
        .flatten()
}
