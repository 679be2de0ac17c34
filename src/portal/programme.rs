//! What the programme is to bring about and what was changed in it, as far as the reader sees it.

use std::sync::Arc;

use crate::engagement::review::ReviewKind;
use crate::portal::perspective::Perspective;
use crate::portal::view::stories::{CorrectionView, OutcomeOverTimeView, ReviewView};

/// The outcomes that the reader sees, each with what was the case so far.
pub(super) fn outcomes(perspective: &Perspective<'_>) -> Vec<Arc<OutcomeOverTimeView>> {
    let outcomes = perspective.engagement.outcomes.iter();
    let seen = outcomes.filter_map(|outcome| outcome.reveal_to(perspective.reader));
    let views = seen.filter_map(|outcome| {
        let goal = perspective.tied(outcome.goal.as_ref())?;
        Some(Arc::new(OutcomeOverTimeView {
            goal: goal.into_name(),
            text: outcome.text.clone(),
            start: outcome.start.clone(),
            midpoint: outcome.midpoint.clone(),
            end: outcome.end.clone(),
        }))
    });
    views.collect()
}

/// The same as a review of a kind compares them: in the middle there is no end yet.
pub(super) fn up_to(
    outcomes: &[Arc<OutcomeOverTimeView>],
    kind: ReviewKind,
) -> Vec<Arc<OutcomeOverTimeView>> {
    let outcomes = outcomes.iter().map(|outcome| match kind {
        ReviewKind::Final => Arc::clone(outcome),
        ReviewKind::Midpoint => Arc::new(OutcomeOverTimeView {
            goal: outcome.goal.clone(),
            text: outcome.text.clone(),
            start: outcome.start.clone(),
            midpoint: outcome.midpoint.clone(),
            end: None,
        }),
    });
    outcomes.collect()
}

/// The outcomes that the reader sees, if there is more to say of them than the reviews on the page say.
pub(super) fn outcomes_beyond(
    perspective: &Perspective<'_>,
    reviews: &[Arc<ReviewView>],
) -> Vec<Arc<OutcomeOverTimeView>> {
    let mut outcomes = outcomes(perspective);
    if !is_beyond(&outcomes, reviews) {
        outcomes.clear();
    }
    outcomes
}

/// Whether there is more to say of the outcomes than the reviews on the page say.
fn is_beyond(outcomes: &[Arc<OutcomeOverTimeView>], reviews: &[Arc<ReviewView>]) -> bool {
    let has_final = reviews
        .iter()
        .any(|review| review.kind == ReviewKind::Final);
    let has_end = outcomes.iter().any(|outcome| outcome.end.is_some());
    reviews.is_empty() || has_end && !has_final
}

/// The corrections that the reader sees, the latest first.
pub(super) fn corrections(perspective: &Perspective<'_>) -> Vec<Arc<CorrectionView>> {
    let corrections = perspective.engagement.corrections.iter().rev();
    let seen = corrections.filter_map(|correction| correction.reveal_to(perspective.reader));
    let views = seen.map(|correction| {
        Arc::new(CorrectionView {
            date: correction.date,
            text: correction.text.clone(),
            why: correction.why.clone(),
        })
    });
    views.collect()
}
