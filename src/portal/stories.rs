//! Updates and reviews that the reader sees, the latest first.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use crate::engagement::kind::ItemKind;
use crate::engagement::review::{Comparison, Review, ReviewKind};
use crate::engagement::update::Update;
use crate::portal::perspective::Perspective;
use crate::portal::view::figures::ProgressView;
use crate::portal::view::stories::{ComparisonView, ReviewView, UpdateView};
use crate::portal::{markdown, programme, progress};

/// The updates that the reader sees.
pub(super) fn updates(perspective: &Perspective<'_>) -> Vec<Arc<UpdateView>> {
    let mut seen: Vec<&Update> = perspective
        .engagement
        .updates
        .iter()
        .filter_map(|update| update.reveal_to(perspective.reader))
        .collect();
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
    let mut seen: Vec<&Review> = perspective
        .engagement
        .reviews
        .iter()
        .filter_map(|review| review.reveal_to(perspective.reader))
        .collect();
    seen.sort_by(|one, other| {
        let days = (other.date, &one.title).cmp(&(one.date, &other.title));
        days.then_with(|| {
            by_what_is_shown(&review(perspective, one, 0), &review(perspective, other, 0))
        })
    });
    let views = seen.into_iter().enumerate();
    let views = views.map(|(index, seen)| Arc::new(review(perspective, seen, index + 1)));
    views.collect()
}

fn review(perspective: &Perspective<'_>, review: &Review, number: usize) -> ReviewView {
    let outcomes = review.outcomes.iter().filter_map(|outcome| {
        let goal = perspective.tied(outcome.goal.as_ref())?;
        let (intended, actual) = (outcome.intended.clone(), outcome.actual.clone());
        let progress = match review.kind {
            ReviewKind::Midpoint => None,
            ReviewKind::Final => figures(perspective, outcome),
        };
        Some(Arc::new(ComparisonView {
            goal: goal.into_name(),
            intended,
            actual,
            progress,
        }))
    });
    let path = ItemKind::Review.path(&format!("{}.md", review.id));
    ReviewView {
        readers: perspective.readers_of(&path),
        anchor: format!("review-{number}"),
        kind: review.kind,
        title: review.title.clone(),
        date: review.date,
        programme: programme::up_to(&programme::outcomes(perspective), review.kind),
        outcomes: outcomes.collect(),
        continues: review.continues.clone(),
        follow_up: review.follow_up,
        prose: markdown::passages(&review.prose, &path, perspective),
    }
}

/// The figures of the goal that a comparison is about, where the reader sees them.
fn figures(perspective: &Perspective<'_>, outcome: &Comparison) -> Option<Arc<ProgressView>> {
    let id = outcome.goal.as_ref()?;
    let seen = perspective.goals.iter().find(|seen| seen.goal.id == *id)?;
    seen.has_progress
        .then(|| progress::view(perspective, seen.goal))
        .flatten()
}
