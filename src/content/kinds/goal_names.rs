//! What the goals of an engagement are called, and were called before.

use crate::engagement::id::GoalId;

/// The goals that have a file, by every name.
#[derive(Clone, Default)]
pub(in crate::content) struct GoalNames {
    /// The ids.
    ids: Vec<GoalId>,
    /// Old ids, each with the goal that had it.
    was: Vec<(GoalId, GoalId)>,
}

impl GoalNames {
    /// These goals, with the ids that they had before, each with the goal that had it.
    pub(in crate::content) fn of(ids: Vec<GoalId>, was: Vec<(GoalId, GoalId)>) -> Self {
        Self { ids, was }
    }

    /// The ids of today.
    pub(in crate::content) fn ids(&self) -> &[GoalId] {
        &self.ids
    }

    /// The goal that `word` is the id of, or was.
    pub(in crate::content) fn find(&self, word: &str) -> Option<&GoalId> {
        let old = || {
            let mut was = self.was.iter();
            let found = was.find(|(old, _)| old.as_str() == word);
            found.map(|(_, goal)| goal)
        };
        let mut ids = self.ids.iter();
        ids.find(|id| id.as_str() == word).or_else(old)
    }

    /// Whether an old id of `goal` is also what another goal is called, or was.
    pub(in crate::content) fn is_taken(&self, old: &GoalId, goal: &GoalId) -> bool {
        let is_others = |(other, owner): &(GoalId, GoalId)| other == old && owner != goal;
        self.ids.contains(old) || self.was.iter().any(is_others)
    }
}
