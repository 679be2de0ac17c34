//! The asking pages of an engagement that cannot be built.
//!
//! The rule it guards: one stays only where it is to the byte what a build of today would make of what can be read of the engagement.

use crate::access::Sealed;
use crate::access::key::Key;
use crate::pipeline::asking::{self, AskingPages};
use crate::pipeline::previous::Previous;

/// What becomes of the asking pages of an engagement that cannot be built.
#[derive(Default)]
pub(super) struct HeldAsking {
    /// Those that stay, and whose they are.
    pub(super) kept: Vec<(Sealed, String)>,
    /// Where any of its people's lies or would lie, and whose that is.
    pub(super) places: Vec<(String, String)>,
}

impl HeldAsking {
    /// Compares the asking pages of what can be read of an engagement with those that were published.
    pub(super) fn of(source: &AskingPages<'_>, key: &Key, previous: &Previous) -> Self {
        let (workspace, engagement) = (source.workspace, source.engagement);
        let whose = |rater: &str| format!("`{rater}` in `{}` (asking page)", engagement.id);
        let mut held = Self::default();
        for person in &engagement.stakeholders {
            let path = asking::link(workspace, key, engagement, person).path();
            let place = (path.as_str().to_owned(), whose(person.id.as_str()));
            held.places.push(place);
        }
        for page in source.all().unwrap_or_default() {
            let Ok(sealed) = asking::seal((workspace, key), engagement, &page) else {
                continue;
            };
            let published = previous.file(sealed.path().as_str());
            if published.is_some_and(|bytes| bytes == sealed.bytes()) {
                held.kept.push((sealed, whose(page.rater.as_str())));
            }
        }
        held
    }
}
