//! Who takes part, as far as the reader may know it.
//!
//! The rule it guards: the coachee, the coach and the managers are no secret among readers. Whoever else takes part is told to those
//! with whom the part `people` is shared, and so are job titles. A name that stands in something else that the reader sees, such as
//! the owner of an action, stands there all the same.
//!
//! Whoever has left, and on which day, and what someone was before is told with the part `people` too: others see who is there now. A day
//! to come is told to nobody, since whoever is to leave may not have said so yet.

use std::sync::Arc;

use jiff::civil::Date;

use crate::engagement::audience::Part;
use crate::engagement::stakeholder::{Presence, Role, Stakeholder};
use crate::portal::perspective::Perspective;
use crate::portal::view::people::{CapacityView, PersonView};

/// Whether the reader may know everyone who takes part, and who rates.
pub(super) fn are_all_seen(perspective: &Perspective<'_>) -> bool {
    perspective
        .engagement
        .shares(Part::People, perspective.reader)
}

/// The people of whom the reader may know that they take part, by role and then in the order of engagement.toml; then those who have left.
pub(super) fn views(perspective: &Perspective<'_>) -> Vec<Arc<PersonView>> {
    let sees_all = are_all_seen(perspective);
    let people = &perspective.engagement.stakeholders;
    let of = |presence: Presence, role: Role| {
        let people = people.iter();
        people.filter(move |person| person.presence == presence && person.role == role)
    };
    let here = Role::ALL.into_iter();
    let here = here.filter(|role| sees_all || is_known_to_all(*role));
    let here = here.flat_map(|role| of(Presence::Here, role));
    let gone = Role::ALL.into_iter().filter(|_| sees_all);
    let gone = gone.flat_map(|role| of(Presence::Gone, role));
    here.chain(gone)
        .map(|person| Arc::new(view(perspective, person, sees_all)))
        .collect()
}

/// One of them. Since when and until when, and as what before, is told with everyone who takes part.
fn view(perspective: &Perspective<'_>, person: &Stakeholder, sees_all: bool) -> PersonView {
    let today = perspective.today;
    let has_come = |day: &Date| sees_all && *day <= today;
    let time = &person.time;
    let before = time.before.iter().filter(|(_, until)| has_come(until));
    let latest = before.clone().map(|(_, until)| *until).next_back();
    let before = before.map(|(capacity, until)| {
        Arc::new(CapacityView {
            role: capacity.role,
            until: *until,
        })
    });
    PersonView {
        name: person.name.clone(),
        role: person.role,
        title: person.title.clone().filter(|_| sees_all),
        is_me: perspective.is_me(&person.id),
        since: latest.or(time.from.filter(has_come)),
        until: time.until.filter(has_come),
        before: before.collect(),
    }
}

/// Whether every reader knows who has this role.
fn is_known_to_all(role: Role) -> bool {
    match role {
        Role::Coachee | Role::Coach | Role::Manager => true,
        Role::Sponsor | Role::Hr | Role::Supporter => false,
    }
}
