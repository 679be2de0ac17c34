//! Which reviews of an engagement are neither booked nor written.

use crate::engagement::Engagement;
use crate::engagement::agenda::Kind;
use crate::engagement::review::ReviewKind;

impl Engagement {
    /// Returns the reviews that nobody has booked: there is no meeting for them and no review of that kind, as the coachee sees it.
    pub fn unbooked_reviews(&self) -> Vec<ReviewKind> {
        let Some(coachee) = self.coachee() else {
            return Vec::new();
        };
        let agendas = self.agendas.iter();
        let meetings: Vec<Kind> = agendas
            .filter_map(|agenda| agenda.reveal_to(&coachee).map(|agenda| agenda.kind))
            .collect();
        let reviews = self.reviews.iter();
        let written: Vec<ReviewKind> = reviews
            .filter_map(|review| review.reveal_to(&coachee).map(|review| review.kind))
            .collect();
        let is_unbooked = |kind: &ReviewKind| {
            let takes_its_place: &[Kind] = match kind {
                ReviewKind::Midpoint => &[Kind::Midpoint, Kind::Quarterly],
                ReviewKind::Final => &[Kind::Final],
            };
            !written.contains(kind) && !meetings.iter().any(|kind| takes_its_place.contains(kind))
        };
        let kinds = [ReviewKind::Midpoint, ReviewKind::Final];
        kinds.into_iter().filter(is_unbooked).collect()
    }
}
