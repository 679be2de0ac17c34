//! Questions whose words were mended after they were asked.
//!
//! The rule it guards: answers are figures of the question that was asked. The coach says on which day its words were mended without a
//! change of meaning (`corrected`), the page tells that day to whoever sees the figures, and the record notes it: each day allows one
//! change, of questions that were asked before it.

use jiff::civil::Date;

use crate::engagement::goal::Goal;
use crate::engagement::lock::Record;
use crate::progress::problem::LockProblem;

/// What is wrong with the question of a goal, whose hash is `question` today, by what was recorded of a round.
pub(super) fn problem(
    goal: &Goal,
    round: Date,
    was: &Record,
    question: &str,
) -> Option<LockProblem> {
    let said = goal.corrected;
    if was.question == question {
        let recorded = was.corrected.filter(|day| said < Some(*day))?;
        return Some(LockProblem::CorrectionUnsaid {
            goal: goal.id.clone(),
            day: recorded,
        });
    }
    let Some(said) = said else {
        return Some(LockProblem::Question {
            goal: goal.id.clone(),
        });
    };
    let latest = was.corrected.map_or(round, |day| day.max(round));
    (said <= latest).then(|| LockProblem::CorrectedBefore {
        goal: goal.id.clone(),
        latest,
    })
}

/// Notes in a record that the question of a goal has other words now.
pub(super) fn note(goal: &Goal, record: &mut Record, question: String) {
    if record.question != question {
        record.question = question;
        record.corrected = goal.corrected;
    }
}
