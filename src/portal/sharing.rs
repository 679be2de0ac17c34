//! What the reader may read, since when; and for the coachee and the coach, the whole table.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engagement::audience::{Audience, Part};
use crate::engagement::goal::Goal;
use crate::engagement::stakeholder::Stakeholder;
use crate::portal::perspective::Perspective;
use crate::portal::progress;
use crate::portal::view::{ApartView, SharedPartView, SharingView};

/// What the reader may read. `has_meetings` says that the reader sees one.
pub(super) fn view(perspective: &Perspective<'_>, has_meetings: bool) -> Arc<SharingView> {
    let parts = Part::ALL
        .into_iter()
        .filter(|part| is_shared_with_reader(perspective, *part, has_meetings));
    let sees_all = perspective.reader.role().sees_all_that_is_shared();
    Arc::new(SharingView {
        agreed: perspective.engagement.agreement(perspective.today),
        parts: parts.collect(),
        table: sees_all.then(|| table(perspective)),
        apart: apart(perspective),
    })
}

/// Whether the engagement shares the part with the reader, or the reader sees an item of it that is shared on its own.
///
/// It looks at what names the reader and at what the reader sees: an item that is hidden changes nothing here.
fn is_shared_with_reader(perspective: &Perspective<'_>, part: Part, has_meetings: bool) -> bool {
    let of_goal = |audience: fn(&Goal) -> &Audience| {
        perspective
            .goals
            .iter()
            .any(|seen| audience(seen.goal).admits(perspective.reader))
    };
    perspective.engagement.shares(part, perspective.reader)
        || match part {
            Part::Facts | Part::People => false,
            Part::Goals => of_goal(|goal| goal.wording.audience()),
            Part::Actions => of_goal(|goal| goal.actions.audience()),
            Part::Progress => of_goal(|goal| &goal.progress),
            Part::Groups => of_goal(|goal| &goal.groups),
            Part::FollowUp => of_goal(|goal| &goal.follow_up),
            Part::Own => of_goal(|goal| &goal.own),
            // Of a goal that is known by its actions alone, no theme is ever shown.
            Part::Themes => perspective
                .goals
                .iter()
                .any(|seen| seen.carries() && seen.goal.themes_for.admits(perspective.reader)),
            Part::Agendas => perspective.engagement.attendees_see_agendas || has_meetings,
            Part::Updates => perspective
                .engagement
                .updates
                .iter()
                .any(|update| update.audience().admits(perspective.reader)),
            Part::Reviews => perspective
                .engagement
                .reviews
                .iter()
                .any(|review| review.audience().admits(perspective.reader)),
        }
}

/// Whose own answers the reader finds under a name, and whether the reader's own may stand so.
fn apart(perspective: &Perspective<'_>) -> Vec<Arc<ApartView>> {
    let found = progress::apart(perspective);
    let people = perspective.engagement.stakeholders.iter();
    let mut apart: Vec<Arc<ApartView>> = people
        .filter_map(|person| {
            let since = person.apart?;
            let is_me = perspective.is_me(&person.id) && since <= perspective.today;
            (is_me || found.contains(&&person.id)).then(|| {
                Arc::new(ApartView {
                    name: person.name.clone(),
                    since,
                    is_me,
                })
            })
        })
        .collect();
    apart.sort_by(|one, other| one.name.cmp(&other.name));
    apart
}

/// Every part with the names of those who see it.
fn table(perspective: &Perspective<'_>) -> Vec<Arc<SharedPartView>> {
    let share: &BTreeMap<Part, Audience> = &perspective.engagement.share;
    let lines = Part::ALL.into_iter().map(|part| {
        let sees = |person: &&Stakeholder| {
            let is_reader = person.portal && !person.role.sees_all_that_is_shared();
            is_reader
                && share
                    .get(&part)
                    .is_some_and(|audience| audience.admits_person(&person.id, person.role))
        };
        let people = perspective
            .engagement
            .stakeholders
            .iter()
            .filter(sees)
            .map(|person| person.name.clone());
        let has_attendees = part == Part::Agendas && perspective.engagement.attendees_see_agendas;
        Arc::new(SharedPartView {
            part,
            people: people.collect(),
            has_attendees,
        })
    });
    lines.collect()
}
