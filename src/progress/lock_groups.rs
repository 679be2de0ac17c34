//! Who is counted with whom, as the record of published rounds hashes it.
//!
//! The rule it guards: the record knows everyone by their oldest id, so that a name that is mended changes no hash. Whoever answers without
//! a name is known by the group alone, written so that it is no id.

use std::borrow::Cow;

use crate::engagement::Engagement;
use crate::engagement::id::StakeholderId;
use crate::engagement::pulse::Rater;
use crate::progress::plan::Plan;

/// The ids of an engagement's people as the record knows them.
#[derive(Clone, Copy)]
pub(super) struct FirstIds<'a>(pub(super) &'a Engagement);

impl<'a> FirstIds<'a> {
    /// The oldest id of someone.
    pub(super) fn of(self, id: &'a StakeholderId) -> &'a str {
        let person = self.0.stakeholder(id);
        person.map_or(id, |person| person.first_id()).as_str()
    }

    /// Who is counted with whom, in ids, and who is counted with nobody.
    pub(super) fn groups(self, plan: &Plan<'a>) -> (Vec<String>, Vec<&'a StakeholderId>) {
        let Plan::Shown {
            apart,
            left_out,
            groups,
        } = plan
        else {
            return (Vec::new(), Vec::new());
        };
        let groups = groups
            .values()
            .map(|group| self.raters(group.iter().map(|rating| &rating.rater)));
        let alone = apart.iter().chain(left_out);
        (
            groups.collect(),
            alone.filter_map(|rating| rating.rater.id()).collect(),
        )
    }

    /// What the hash of who is counted with whom is made of. Version 0.1.0 named those who stand alone also where nobody did.
    pub(super) fn lines(self, groups: &[String], alone: Option<&[&'a StakeholderId]>) -> String {
        let alone = alone.map(|alone| format!("alone {}", self.list(alone.iter().copied())));
        let mut lines: Vec<String> = groups.iter().cloned().chain(alone).collect();
        lines.sort_unstable();
        lines.join("\n")
    }

    /// What the record calls a rater.
    pub(super) fn rater(self, rater: &'a Rater) -> Cow<'a, str> {
        match rater {
            Rater::Named(id) => Cow::Borrowed(self.of(id)),
            Rater::Anonymous(None) => Cow::Borrowed("?"),
            Rater::Anonymous(Some(group)) => Cow::Owned(format!("?{group}")),
        }
    }

    /// Raters in one line, in order.
    pub(super) fn raters(self, raters: impl Iterator<Item = &'a Rater>) -> String {
        let mut words: Vec<Cow<'a, str>> = raters.map(|rater| self.rater(rater)).collect();
        words.sort_unstable();
        words.join(" ")
    }

    /// Ids in one line, in order.
    pub(super) fn list(self, people: impl Iterator<Item = &'a StakeholderId>) -> String {
        let mut ids: Vec<&str> = people.map(|id| self.of(id)).collect();
        ids.sort_unstable();
        ids.join(" ")
    }
}
