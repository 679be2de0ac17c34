//! Whether the answers of an export are those of a round that is in already.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::scaffold::form::answers::{Answers, Form};
use crate::scaffold::survey::{Answer, EarlierRound};

/// Fewer answers than this may well be the same twice.
const FEWEST_TO_COMPARE: usize = 3;

/// An earlier round whose answers all stand here again, or that holds all of these.
pub(super) fn same_as_earlier(form: &Form<'_>, answers: &[Answers<'_>]) -> Option<Diagnostic> {
    if form.wishes.same_again {
        return None;
    }
    let these: Vec<Answer> = answers.iter().flat_map(of_row).collect();
    let is_same = |round: &&EarlierRound| {
        round.answers.len().min(these.len()) >= FEWEST_TO_COMPARE
            && (stand_among(&round.answers, &these) || stand_among(&these, &round.answers))
    };
    let round = form.survey.earlier.iter().find(is_same)?;
    let first = answers.first().map_or(0, |answers| answers.row);
    let last = answers.last().map_or(0, |answers| answers.row);
    let message = format!(
        "rows {} to {}: the answers of the round of {} stand in this form again",
        form.export.number(first),
        form.export.number(last),
        round.day
    );
    Some(form.export.problem(&message).with_hint(
        "export the answers of this round alone, or name its first day with `--since DATE`; `--same-again` takes them if people did answer as before",
    ))
}

/// The answers of a row, each with its rater.
fn of_row(answers: &Answers<'_>) -> Vec<Answer> {
    let rater = answers.rater.person().map(|person| person.id.clone());
    let scores = answers.scores.iter();
    let answers = scores.map(|(question, score)| (rater.clone(), question.goal.clone(), *score));
    answers.collect()
}

/// Whether all of these answers stand among others: by rater, or without, where some name none.
fn stand_among(these: &[Answer], others: &[Answer]) -> bool {
    let all_named = |answers: &[Answer]| answers.iter().all(|(rater, _, _)| rater.is_some());
    let by_name = all_named(these) && all_named(others);
    let mut left: BTreeMap<(Option<&String>, &String, i32), usize> = BTreeMap::new();
    for answer in others {
        *left.entry(place(answer, by_name)).or_default() += 1;
    }
    these.iter().all(|answer| {
        let left = left
            .get_mut(&place(answer, by_name))
            .filter(|left| **left > 0);
        left.map(|left| *left -= 1).is_some()
    })
}

/// What an answer is counted as.
fn place((rater, goal, score): &Answer, by_name: bool) -> (Option<&String>, &String, i32) {
    (rater.as_ref().filter(|_| by_name), goal, *score)
}
