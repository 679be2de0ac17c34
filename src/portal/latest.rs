//! What is new: the three newest dated things of a page.
//!
//! It is made of the finished view and of nothing else, so it tells no reader of what is not on the page. Each thing has the day that
//! stands beside it there.

use std::sync::Arc;

use jiff::civil::Date;

use crate::engagement::review::ReviewKind;
use crate::engagement::today::Today;
use crate::portal::states::LatestKind;
use crate::portal::view::PortalView;
use crate::portal::view::stories::LatestView;

/// How many things are told.
const MOST: usize = 3;

/// The newest things of the page up to `today`, the newest first.
pub(super) fn of(view: &PortalView, today: Today<'_>) -> Vec<Arc<LatestView>> {
    let mut found = Vec::new();
    for review in &view.reviews {
        found.push(LatestView {
            review: Some(review.kind),
            ..thing(LatestKind::Review, review.date, &review.anchor).titled(review.title.clone())
        });
    }
    for update in &view.updates {
        let thing = thing(LatestKind::Update, update.date, &update.anchor);
        found.push(thing.titled(Some(update.title.clone())));
    }
    of_goals(view, &mut found);
    for meeting in &view.past_meetings {
        let thing = thing(LatestKind::Meeting, meeting.start.date(), &meeting.anchor);
        found.push(thing.titled(Some(meeting.title.clone())));
    }
    let facts = view.facts.iter();
    for milestone in facts.flat_map(|facts| &facts.milestones) {
        if milestone.is_past {
            let thing = thing(LatestKind::Milestone, milestone.date, "dates");
            found.push(thing.titled(Some(milestone.title.clone())));
        }
    }
    found.retain(|thing| thing.date <= today);
    // Stable: what has one day and one kind stays in the order of the page.
    found.sort_by_key(|thing| (std::cmp::Reverse(thing.date), thing.kind as u8));
    // A meeting at which a review was made, and the milestone that it was, are one thing for the reader.
    let days: Vec<Date> = found
        .iter()
        .filter(|thing| !thing.kind.is_occasion())
        .map(|thing| thing.date)
        .collect();
    found.retain(|thing| !(thing.kind.is_occasion() && days.contains(&thing.date)));
    found.dedup_by(|later, earlier| {
        later.date == earlier.date && later.kind.is_occasion() && earlier.kind.is_occasion()
    });
    found.truncate(MOST);
    found.into_iter().map(Arc::new).collect()
}

/// The newest figures, and goals that were reached.
fn of_goals(view: &PortalView, found: &mut Vec<LatestView>) {
    let mut newest: Option<LatestView> = None;
    for goal in &view.goals {
        let anchor = &goal.name.anchor;
        if let Some(day) = goal.reached {
            found.push(LatestView {
                goal: Some(Arc::clone(&goal.name)),
                ..thing(LatestKind::Reached, day, anchor)
            });
        }
        // The figures of an earlier round are no news beside those of a later one.
        let day = goal.progress.as_ref().map(|progress| progress.latest_date);
        if day > newest.as_ref().map(|newest| newest.date) {
            newest = day.map(|day| thing(LatestKind::Figures, day, anchor));
        }
    }
    found.extend(newest);
}

fn thing(kind: LatestKind, date: Date, anchor: &str) -> LatestView {
    LatestView {
        kind,
        date,
        title: None,
        review: None::<ReviewKind>,
        goal: None,
        anchor: anchor.to_owned(),
    }
}

impl LatestView {
    /// The same with a title.
    fn titled(self, title: Option<String>) -> Self {
        Self { title, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::portal::samples::{self, TODAY};

    #[test]
    fn the_newest_things_come_first_and_none_is_of_a_day_to_come() {
        for (name, portal) in samples::all() {
            let latest = of(&portal, TODAY.into());
            assert!(latest.len() <= 3, "{name}");
            assert!(
                latest.is_sorted_by(|one, other| one.date >= other.date),
                "{name}"
            );
            assert!(latest.iter().all(|thing| thing.date <= TODAY), "{name}");
            // Whatever is newer than the oldest of them is among them.
            let Some(oldest) = latest.last().filter(|_| latest.len() == 3) else {
                continue;
            };
            let updates = portal
                .updates
                .iter()
                .map(|update| (update.date, &update.anchor));
            let reviews = portal
                .reviews
                .iter()
                .map(|review| (review.date, &review.anchor));
            for (date, anchor) in updates.chain(reviews) {
                let is_told = latest.iter().any(|thing| thing.anchor == *anchor);
                assert!(
                    is_told || date <= oldest.date || date > TODAY,
                    "{name} {anchor}"
                );
            }
        }
    }
}
