//! Who is forgotten, and what stands in the place of what was known of them.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::engagement::Engagement;
use crate::engagement::id::{GoalId, PersonId, StakeholderId};
use crate::engagement::stakeholder::{Role, Stakeholder};

/// The file with the firm's persons.
pub(super) const SITE: &str = "loggia.toml";

/// Who is forgotten, and what stands in the place of what was known of them.
pub struct Forgetting<'a> {
    /// The engagement as it is.
    pub engagement: &'a Engagement,
    /// Who is forgotten.
    pub person: &'a Stakeholder,
    /// The new id.
    pub id: &'a StakeholderId,
    /// The new name.
    pub name: &'a str,
    /// The persons of loggia.toml that go, who are this one and nobody else.
    pub persons: &'a [PersonId],
    /// The day on which the person leaves, unless it has passed.
    pub today: Date,
    /// The person's ratings that are taken out, if they are.
    pub taken_out: Option<&'a RatingsOut>,
}

/// Ratings that are taken out of the files of rounds.
#[derive(Default)]
pub struct RatingsOut {
    /// The questions, by round and the goal's id of today, of which all ratings are: their figures were published.
    pub whole: BTreeSet<(Date, GoalId)>,
}

impl Forgetting<'_> {
    /// Whether a word stands for the person in a list of people: by an id, or by a role that only this person has.
    pub(super) fn is_person(&self, word: &str) -> bool {
        let role = Role::parse(word);
        let people = self.engagement.stakeholders.iter();
        let mut of_role = people.filter(|one| one.time.roles().any(|own| Some(own) == role));
        let is_sole = of_role.next().is_some_and(|one| one.id == self.person.id);
        self.is_meant(word) || is_sole && of_role.next().is_none()
    }

    /// Whether a word is an id that the person has or had.
    pub(super) fn is_meant(&self, word: &str) -> bool {
        self.person.is_called(word)
    }
}
