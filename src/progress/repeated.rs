//! The same question asked of the same people again before their answers can have changed.
//!
//! The rule it guards: two rounds are two measurements, and what is known of both is a product (rule 5 of `progress`) only where nobody
//! knows that an answer is the same in both. A round that is withdrawn, corrected and entered again under the next day is the same
//! answers but for the corrected one: of the sums 1 and 7 everyone can tell that it went from -3 to +3.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::engagement::id::{GoalId, StakeholderId};
use crate::progress::problem::LockProblem;

/// Rounds closer than this ask the same people twice about the same days.
const APART: i32 = 7;

/// A withdrawn round stands for so many days in the way of one that asks any of its raters: pulses are monthly, and a correction is
/// entered at once.
const WITHDRAWN: i32 = 28;

/// A question of one round that would be published, with who answered it.
pub(super) struct Question<'a> {
    pub(super) round: Date,
    pub(super) goal: &'a GoalId,
    /// Nothing where no answer names its rater: then it may be anyone.
    pub(super) people: Option<&'a BTreeSet<StakeholderId>>,
    /// Whether it was published before.
    pub(super) is_recorded: bool,
}

/// A question that was published and has no answers any more.
pub(super) struct Withdrawn<'a> {
    pub(super) round: Date,
    pub(super) goal: &'a GoalId,
}

/// Returns the problem with every question that repeats one that is published, or one that `answered` says was answered by one of the same
/// people before it was withdrawn. Whoever answers without a name may be anyone. A question that was published already is never refused for it.
pub(super) fn problems(
    questions: &[Question<'_>],
    withdrawn: &[Withdrawn<'_>],
    answered: &dyn Fn(&Withdrawn<'_>, Option<&BTreeSet<StakeholderId>>) -> bool,
) -> Vec<LockProblem> {
    let mut problems = Vec::new();
    for new in questions.iter().filter(|question| !question.is_recorded) {
        let place = || (new.round, new.goal.clone());
        let alike = questions.iter().find(|old| {
            let comes_first = old.is_recorded || old.round < new.round;
            old.goal == new.goal
                && old.round != new.round
                && comes_first
                && is_within(APART, old.round, new.round)
                && may_share_raters(old, new)
        });
        let gone = withdrawn.iter().find(|old| {
            old.goal == new.goal
                && is_within(WITHDRAWN, old.round, new.round)
                && answered(old, new.people)
        });
        if let Some(old) = gone {
            problems.push(LockProblem::AfterWithdrawn {
                place: place(),
                withdrawn: old.round,
            });
        } else if let Some(old) = alike {
            problems.push(LockProblem::TooSoon {
                place: place(),
                other: old.round,
                by_name: old.people.is_some() && new.people.is_some(),
            });
        }
    }
    problems
}

fn may_share_raters(one: &Question<'_>, other: &Question<'_>) -> bool {
    let both = one.people.zip(other.people);
    both.is_none_or(|(one, other)| !one.is_disjoint(other))
}

fn is_within(days: i32, one: Date, other: Date) -> bool {
    (one - other).get_days().abs() < days
}
