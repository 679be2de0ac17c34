//! A person who takes part in several engagements: an HR partner, a sponsor.

use std::collections::BTreeMap;

use crate::engagement::id::{EngagementId, PersonId, StakeholderId};

/// One person, and who they are in which engagement.
pub struct Person {
    /// What loggia.toml calls the person.
    pub id: PersonId,
    /// The name, the same as in every one of the engagements.
    pub name: String,
    /// The language of the page that lists the portals, as a BCP 47 tag.
    pub language: Option<String>,
    /// The number of the link to that page; raising it ends the old link.
    pub link: u32,
    /// Whether that page asks for a passphrase besides the link.
    pub passphrase: bool,
    /// The stakeholder that this person is, by engagement.
    pub engagements: BTreeMap<EngagementId, StakeholderId>,
}

impl Person {
    /// The id that the person has, or had, in an engagement that is called `id` and was called otherwise before.
    pub fn stakeholder_in(
        &self,
        id: &EngagementId,
        was: &[EngagementId],
    ) -> Option<&StakeholderId> {
        let mut ids = was.iter().chain([id]);
        ids.find_map(|id| self.engagements.get(id))
    }
}
