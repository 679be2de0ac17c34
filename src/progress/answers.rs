//! The single answers of a round, to be compared with a form that is about to become another round. Nothing of them is published.

use crate::engagement::pulse::Round;

/// Who answered what about which goal, where that is known.
pub fn answers(round: &Round) -> Vec<(Option<String>, String, i32)> {
    let answers = round.ratings.iter().map(|rating| {
        let rater = rating.rater.id().map(ToString::to_string);
        (rater, rating.goal.to_string(), rating.score)
    });
    answers.collect()
}
