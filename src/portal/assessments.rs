//! What the work rests on: assessments, as much of each as the reader sees.

use std::sync::Arc;

use crate::portal::perspective::Perspective;
use crate::portal::view::facts::AssessmentView;

/// The assessments of which the reader sees that they are held, and the themes of those where the reader sees these.
pub(super) fn views(perspective: &Perspective<'_>) -> Vec<Arc<AssessmentView>> {
    let mut views = Vec::new();
    for assessment in &perspective.engagement.assessments {
        let Some(held) = assessment.held.reveal_to(perspective.reader) else {
            continue;
        };
        let themes = assessment.themes.as_ref();
        let themes = themes.and_then(|themes| themes.reveal_to(perspective.reader));
        views.push(Arc::new(AssessmentView {
            kind: held.kind,
            name: held.name.clone(),
            date: assessment.date,
            has_come: assessment.date <= perspective.today,
            themes: themes.cloned().unwrap_or_default(),
        }));
    }
    views
}
