//! Since when a reader may read what, by the words of the coachee that the record keeps.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::engagement::audience::Part;
use crate::engagement::consent::Place;
use crate::portal::perspective::Perspective;
use crate::portal::view::sharing::PartSinceView;

/// Since when the reader may read all that the page holds of each of these parts, with the places at which it holds something. It
/// follows from what stands on the page alone: a word about anything else moves no day here.
pub(super) fn of_parts(
    perspective: &Perspective<'_>,
    held: &[(Part, Vec<Place>)],
) -> Vec<Arc<PartSinceView>> {
    let engagement = perspective.engagement;
    let agreed = engagement.agreed_by(perspective.today);
    let mut since = Vec::new();
    for (part, places) in held {
        let days = engagement
            .since
            .get(&(perspective.reader.id().clone(), *part));
        let of_places = places.iter().filter_map(|place| days?.get(place).copied());
        let day = of_places.max().or(agreed);
        since.extend(day.map(|date| Arc::new(PartSinceView { part: *part, date })));
    }
    since
}

/// The first of two days, if it is that of the plan: of the goals, and of nothing that comes of them.
pub(super) fn plan(since: &[Arc<PartSinceView>], days: &BTreeSet<Date>) -> Option<Date> {
    let first = days.first().filter(|_| days.len() == 2)?;
    let mut early = since.iter().filter(|of_part| of_part.date == *first);
    let has_goals = early.clone().any(|of_part| of_part.part == Part::Goals);
    let is_plan = early.all(|of_part| match of_part.part {
        Part::Facts
        | Part::People
        | Part::Assessments
        | Part::Goals
        | Part::Actions
        | Part::Agendas
        | Part::Agreement => true,
        Part::Progress
        | Part::Groups
        | Part::FollowUp
        | Part::Own
        | Part::Themes
        | Part::Updates
        | Part::Reviews
        | Part::Asked => false,
    });
    (has_goals && is_plan).then_some(*first)
}
