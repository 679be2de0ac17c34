//! Which sections a page has, and in which order.
//!
//! A section, and its tab, is there if there is something in it. The page of an engagement that is over begins with what came of it.

use minijinja::Value;

use crate::portal::view::PortalView;

/// A section of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Overview,
    Goals,
    Meetings,
    News,
    About,
}

/// The sections in reading order.
const ALL: [Section; 5] = [
    Section::Overview,
    Section::Goals,
    Section::Meetings,
    Section::News,
    Section::About,
];

impl Section {
    /// Its template and its place in the page.
    fn name(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Goals => "goals",
            Self::Meetings => "meetings",
            Self::News => "news",
            Self::About => "about",
        }
    }

    /// Whether there is something in it.
    fn is_present(self, portal: &PortalView) -> bool {
        match self {
            Self::Overview | Self::About => true,
            Self::Goals => !portal.goals.is_empty(),
            Self::Meetings => {
                portal.next_meeting.is_some()
                    || !portal.later_meetings.is_empty()
                    || !portal.past_meetings.is_empty()
            }
            Self::News => has_reviews(portal) || !portal.updates.is_empty(),
        }
    }

    /// The words of its tab and of its heading.
    fn words(self, portal: &PortalView) -> (&'static str, &'static str) {
        match self {
            Self::Overview => ("overview", "overview"),
            Self::Goals => ("goals", "goals"),
            Self::Meetings => ("meetings", "meetings"),
            Self::News if portal.updates.is_empty() => ("reviews", "reviews"),
            Self::News if has_reviews(portal) => ("updates", "news"),
            Self::News => ("updates", "updates"),
            Self::About => ("about", "engagement"),
        }
    }

    /// What a template reads of it.
    fn value(self, portal: &PortalView) -> Value {
        let (tab, heading) = self.words(portal);
        let name = self.name();
        Value::from_pairs([("name", name), ("tab", tab), ("heading", heading)])
    }
}

/// The sections of a page.
pub(super) fn sections(portal: &PortalView) -> Vec<Value> {
    let mut present = ALL.to_vec();
    present.retain(|section| section.is_present(portal));
    if is_reported(portal) {
        // Stable: what came of it is second, and the rest stays in its order.
        present.sort_by_key(|section| match section {
            Section::Overview => 0,
            Section::News => 1,
            Section::Goals | Section::Meetings | Section::About => 2,
        });
    }
    let values = present.iter().map(|section| section.value(portal));
    values.collect()
}

fn has_reviews(portal: &PortalView) -> bool {
    !(portal.reviews.is_empty() && portal.outcomes.is_empty() && portal.corrections.is_empty())
}

/// Whether the engagement is over and its final report is on the page.
fn is_reported(portal: &PortalView) -> bool {
    let is_over = portal.facts.as_ref().is_some_and(|facts| facts.is_over);
    let mut reviews = portal.reviews.iter();
    is_over && reviews.any(|review| review.kind.as_str() == "final")
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
            assert!(ALL.iter().any(|known| known.name() == section), "{kind:?}");
            let template = format!(
                "{}/themes/default/templates/{section}.html",
                env!("CARGO_MANIFEST_DIR")
            );
            assert!(std::path::Path::new(&template).is_file(), "{template}");
        }
    }
}
