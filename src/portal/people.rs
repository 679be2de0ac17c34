//! Who takes part, as far as the reader may know it.
//!
//! The rule it guards: the coachee, the coach and the managers are no secret among readers. Whoever else takes part is told to those
//! with whom the part `people` is shared, and so are job titles. A name that stands in something else that the reader sees, such as
//! the owner of an action, stands there all the same.

use std::sync::Arc;

use crate::engagement::audience::Part;
use crate::engagement::stakeholder::Role;
use crate::portal::perspective::Perspective;
use crate::portal::view::people::PersonView;

/// Whether the reader may know everyone who takes part, and who rates.
pub(super) fn are_all_seen(perspective: &Perspective<'_>) -> bool {
    perspective
        .engagement
        .shares(Part::People, perspective.reader)
}

/// The people of whom the reader may know that they take part, by role and then in the order of engagement.toml.
pub(super) fn views(perspective: &Perspective<'_>) -> Vec<Arc<PersonView>> {
    let sees_all = are_all_seen(perspective);
    let of = |role: Role| {
        perspective
            .engagement
            .stakeholders
            .iter()
            .filter(move |person| person.role == role)
    };
    Role::ALL
        .into_iter()
        .filter(|role| sees_all || is_known_to_all(*role))
        .flat_map(of)
        .map(|person| {
            Arc::new(PersonView {
                name: person.name.clone(),
                role: person.role,
                title: person.title.clone().filter(|_| sees_all),
                is_me: perspective.is_me(&person.id),
            })
        })
        .collect()
}

/// Whether every reader knows who has this role.
fn is_known_to_all(role: Role) -> bool {
    match role {
        Role::Coachee | Role::Coach | Role::Manager => true,
        Role::Sponsor | Role::Hr | Role::Supporter => false,
    }
}
