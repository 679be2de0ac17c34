//! Which sections a page has.
//!
//! A section is there if there is something in it, or if its reader may read such things and there are none yet: then it says so.

use crate::portal::view::PortalView;
use crate::portal::view::goals::GoalView;

/// Tells whether a section is there.
type IsPresent = fn(&PortalView) -> bool;

/// The sections in reading order; each is named like its template and its place in the page.
const ALL: [(&str, IsPresent); 8] = [
    ("overview", |_| true),
    ("goals", has_goals),
    ("progress", has_progress),
    ("meetings", has_meetings),
    ("updates", |portal| {
        !portal.updates.is_empty() || may_read(portal, "updates")
    }),
    ("reviews", |portal| {
        let has_programme = !portal.outcomes.is_empty() || !portal.corrections.is_empty();
        !portal.reviews.is_empty() || has_programme || may_read(portal, "reviews")
    }),
    ("agreement", |portal| portal.agreement.is_some()),
    ("sharing", |_| true),
];

/// Returns the names of the sections of a page.
pub(super) fn sections(portal: &PortalView) -> Vec<&'static str> {
    let present = ALL.iter().filter(|(_, is_present)| is_present(portal));
    present.map(|(name, _)| *name).collect()
}

/// Whether a goal has something to read beside its figures.
pub(super) fn has_words(goal: &GoalView) -> bool {
    goal.has_wording
        || goal.actions.is_some()
        || goal.support.is_some()
        || !goal.ideas.is_empty()
        || goal.thanks.is_some()
        || goal.progress.is_none()
}

fn has_goals(portal: &PortalView) -> bool {
    portal.goals.iter().any(|goal| has_words(goal)) || may_read(portal, "goals")
}

fn has_progress(portal: &PortalView) -> bool {
    let has_figures = portal.goals.iter().any(|goal| goal.progress.is_some());
    let has_sessions = portal
        .facts
        .as_ref()
        .is_some_and(|facts| facts.sessions.is_some());
    has_figures || has_sessions || portal.actions.is_some() || may_read(portal, "progress")
}

fn has_meetings(portal: &PortalView) -> bool {
    let has_some = portal.next_meeting.is_some()
        || !portal.later_meetings.is_empty()
        || !portal.past_meetings.is_empty();
    has_some || may_read(portal, "agendas")
}

fn may_read(portal: &PortalView, part: &str) -> bool {
    portal.sharing.parts.iter().any(|known| known.key() == part)
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::ALL;
    use crate::engagement::kind::ItemKind;

    #[test]
    fn every_kind_that_is_shared_has_a_section_and_its_template() {
        for kind in ItemKind::VARIANTS {
            let row = kind.row();
            assert_eq!(row.parts.is_empty(), row.section.is_none(), "{kind:?}");
            let Some(section) = row.section else { continue };
            assert!(ALL.iter().any(|(name, _)| *name == section), "{kind:?}");
            let template = format!(
                "{}/themes/default/templates/{section}.html",
                env!("CARGO_MANIFEST_DIR")
            );
            assert!(std::path::Path::new(&template).is_file(), "{template}");
        }
    }
}
