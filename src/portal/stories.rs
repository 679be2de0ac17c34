//! Updates and reviews that the reader sees, the latest first.

use std::sync::Arc;

use crate::engagement::kind::ItemKind;
use crate::engagement::review::{Comparison, Review, ReviewKind};
use crate::engagement::update::Update;
use crate::portal::perspective::Perspective;
use crate::portal::view::figures::ProgressView;
use crate::portal::view::stories::{ComparisonView, ReviewView, UpdateView};
use crate::portal::{markdown, progress};

/// The updates that the reader sees.
pub(super) fn updates(perspective: &Perspective<'_>) -> Vec<Arc<UpdateView>> {
    let mut seen: Vec<&Update> = perspective
        .engagement
        .updates
        .iter()
        .filter_map(|update| update.reveal_to(perspective.reader))
        .collect();
    seen.sort_by(|one, other| {
        (other.date, &one.title, &one.id).cmp(&(one.date, &other.title, &other.id))
    });
    let views = seen.into_iter().enumerate().map(|(index, update)| {
        let path = ItemKind::Update.path(&format!("{}.md", update.id));
        Arc::new(UpdateView {
            readers: perspective.readers_of(&path),
            anchor: format!("update-{}", index + 1),
            title: update.title.clone(),
            date: update.date,
            prose: markdown::passages(&update.prose, &path, perspective),
        })
    });
    views.collect()
}

/// The reviews that the reader sees.
pub(super) fn reviews(perspective: &Perspective<'_>) -> Vec<Arc<ReviewView>> {
    let mut seen: Vec<&Review> = perspective
        .engagement
        .reviews
        .iter()
        .filter_map(|review| review.reveal_to(perspective.reader))
        .collect();
    seen.sort_by(|one, other| (other.date, &one.id).cmp(&(one.date, &other.id)));
    let views = seen.into_iter().enumerate().map(|(index, review)| {
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
        Arc::new(ReviewView {
            readers: perspective.readers_of(&path),
            anchor: format!("review-{}", index + 1),
            kind: review.kind,
            title: review.title.clone(),
            date: review.date,
            outcomes: outcomes.collect(),
            continues: review.continues.clone(),
            follow_up: review.follow_up,
            prose: markdown::passages(&review.prose, &path, perspective),
        })
    });
    views.collect()
}

/// The figures of the goal that a comparison is about, where the reader sees them.
fn figures(perspective: &Perspective<'_>, outcome: &Comparison) -> Option<Arc<ProgressView>> {
    let id = outcome.goal.as_ref()?;
    let seen = perspective.goals.iter().find(|seen| seen.goal.id == *id)?;
    seen.has_progress
        .then(|| progress::view(perspective, seen.goal))
        .flatten()
}
