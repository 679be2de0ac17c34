//! `[pulse.words]`: what answers in words stand for.
//!
//! The rule it guards: no word has two meanings, its own among them.

use std::collections::BTreeMap;

use crate::content::toml::report::Report;
use crate::content::toml::value::Spanned;
use crate::engagement::pulse::Scale;
use crate::text::answers::{change, is_no_answer, yes_or_no};
use crate::text::fold::fold;

/// Answers in words, each with its place.
pub(super) type Words = BTreeMap<Spanned<String>, Spanned<i32>>;

/// The words that forms write for scores. None has a meaning of its own already, and none has two.
pub(super) fn read_words(
    words: Words,
    scale: &Scale,
    report: &mut Report<'_>,
) -> BTreeMap<String, i32> {
    let mut known: BTreeMap<String, (String, i32)> = BTreeMap::new();
    for (word, score) in words {
        let (written, score, span) = (word.get_ref().clone(), *score.get_ref(), word.span());
        let folded = fold(&written);
        if let Some((message, hint)) = fault(&written, score, scale) {
            report.error_with(message, span, hint);
            continue;
        }
        if let Some((other, _)) = known.get(&folded).filter(|(_, other)| *other != score) {
            let message = format!("`{written}` and `{other}` are the same word, with two scores");
            report.error_with(message, span, "keep one of the two lines");
        }
        known.insert(folded, (written, score));
    }
    known.into_values().collect()
}

/// Why a word cannot stand for a score, and what to do.
fn fault(word: &str, score: i32, scale: &Scale) -> Option<(String, &'static str)> {
    let folded = fold(word);
    let (from, to) = (scale.from(), scale.to());
    let (low, high) = match scale {
        Scale::Change => (None, None),
        Scale::Level { low, high, .. } => (low.as_deref(), high.as_deref()),
    };
    let is_of = |end: Option<&str>| end.is_some_and(|end| fold(end) == folded);
    if folded.is_empty() {
        return Some((
            format!("`{word}` holds no letter"),
            "write the answer as the form offers it",
        ));
    }
    if !(from..=to).contains(&score) {
        let message =
            format!("the score of `{word}` is off the scale, which goes from {from} to {to}");
        return Some((message, "give it a score of the scale"));
    }
    if word.contains(char::is_numeric) {
        let hint = "take the line out: an answer with a number is read by its number";
        return Some((format!("`{word}` holds a number of its own"), hint));
    }
    if is_no_answer(word) {
        let hint = "take the line out: whoever answers so is not counted";
        return Some((format!("`{word}` says that there is no answer"), hint));
    }
    if yes_or_no(word).is_some() {
        let hint = "let the form offer the scale: yes and no say whether a follow-up was seen";
        return Some((format!("`{word}` is yes or no"), hint));
    }
    if is_of(low) && score != from || is_of(high) && score != to {
        let hint = "take the line out: the words at the ends of the scale stand for its ends";
        return Some((
            format!("`{word}` is the word at the other end of the scale"),
            hint,
        ));
    }
    let usual = change(word).filter(|_| *scale == Scale::Change);
    if usual.is_some_and(|usual| usual.signum() != score.signum()) {
        let hint = "above 0 something became better, below 0 worse, and 0 is no change";
        return Some((format!("the score of `{word}` says the opposite"), hint));
    }
    None
}
