//! Who stood alone in what was published: a round that readers have seen keeps its groups.
//!
//! The rule it guards: whoever stood alone in a published round stands alone there or is left out, and is counted with the others in
//! none of its figures. A mean that held the answer afterwards would tell it, since the means of the others are known.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::engagement::id::{GoalId, StakeholderId};

/// What is known of the rounds that were published, by round and goal.
#[derive(Debug, Default)]
pub struct Past(BTreeMap<(Date, GoalId), Standing>);

/// Who stood alone in one round, for one goal.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nobody, and all were published as one figure: version 0.1.0 did so where the others were too few without their managers.
    AsOne,
    /// Each of these, under a name or as the only one.
    Each(BTreeSet<StakeholderId>),
    /// These managers, by one mean of all of them, as in version 0.1.0. One of them alone would tell the others.
    AsPair(BTreeSet<StakeholderId>),
}

impl Past {
    /// What is known where nothing was published.
    pub fn none() -> Self {
        Self::default()
    }

    /// What is known of these rounds.
    pub(super) fn of(rounds: BTreeMap<(Date, GoalId), Standing>) -> Self {
        Self(rounds)
    }

    /// Who stood alone, where the round was published for this goal.
    pub(super) fn standing(&self, round: Date, goal: &GoalId) -> Option<&Standing> {
        self.0.get(&(round, goal.clone()))
    }
}

impl Standing {
    /// Whether this person did.
    pub(super) fn names(&self, person: &StakeholderId) -> bool {
        match self {
            Self::AsOne => false,
            Self::Each(people) | Self::AsPair(people) => people.contains(person),
        }
    }
}
