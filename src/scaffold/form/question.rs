//! Which goal the header of a column asks about.

use crate::scaffold::form::export::Export;
use crate::scaffold::survey::{Question, Survey};
use crate::text::fold::fold;

/// From this likeness on, a header is taken for a question (Sørensen-Dice on pairs of letters: one word changed in a sentence of twenty
/// gives 0.9, two goals of one person 0.3 to 0.5).
const ALIKE: f64 = 0.7;

/// Where the likeness of two goals to one header differs by less than this, the header is ambiguous.
const APART: f64 = 0.1;

/// A text of so many letters is known anywhere in a header; a shorter one could stand in another question.
const LONG: usize = 20;

/// What forms put between a question and the words around it.
const AROUND_QUESTION: [char; 8] = ['[', ']', ':', '?', '|', '–', '—', '\u{ff1a}'];

/// The goals that a header may mean.
pub(super) enum Match<'a> {
    None,
    One(&'a Question),
    Several(Vec<&'a Question>),
}

/// The goal that a column asks about by its header; a whole one where a survey tool writes the same word.
pub(super) fn question<'a>(
    export: &Export<'_>,
    column: usize,
    is_tools_own: bool,
    survey: &'a Survey,
) -> Match<'a> {
    let like = |question: &Question| {
        let headers = export.headers(column);
        let likeness = headers.map(|header| likeness(header, question));
        likeness.fold(0.0, f64::max)
    };
    let least = if is_tools_own { 1.0 } else { ALIKE };
    let mut likely: Vec<(f64, &Question)> = survey
        .questions
        .iter()
        .map(|question| (like(question), question))
        .filter(|(likeness, _)| *likeness >= least)
        .collect();
    likely.sort_by(|one, other| other.0.total_cmp(&one.0));
    let Some((best, first)) = likely.first() else {
        return Match::None;
    };
    let close: Vec<&Question> = likely
        .iter()
        .filter(|(likeness, _)| best - likeness < APART && !(*best >= 1.0 && *likeness < 1.0))
        .map(|(_, question)| *question)
        .collect();
    if close.len() > 1 {
        Match::Several(close)
    } else {
        Match::One(first)
    }
}

/// How much a header is like a goal: whole where it is the goal's id, title or behaviour.
fn likeness(header: &str, question: &Question) -> f64 {
    let texts = [
        Some(&question.goal),
        Some(&question.title),
        question.behaviour.as_ref(),
    ];
    let header = without_number(header);
    let folded = fold(header);
    let parts: Vec<String> = header.split(AROUND_QUESTION).map(fold).collect();
    let likeness = |text: &String| {
        let words = |text: &str| format!(" {text} ");
        let id = text.contains('-') && text == &question.goal;
        let text = fold(text);
        if text.is_empty() {
            0.0
        } else if folded == text {
            1.0
        } else if parts.contains(&text)
            || (id || text.chars().count() >= LONG) && words(&folded).contains(&words(&text))
        {
            // Held but not the whole of it.
            0.95
        } else {
            strsim::sorensen_dice(&folded, &text) * 0.95
        }
    };
    texts
        .into_iter()
        .flatten()
        .map(likeness)
        .fold(0.0, f64::max)
}

/// A header without the number that a form puts before a question, such as `1.` or `Q3:`.
fn without_number(header: &str) -> &str {
    let rest = header.trim_start_matches(['Q', 'q', 'F', 'P']);
    let digits = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let behind = digits.strip_prefix(['.', ')', ':', '-']);
    match behind {
        Some(question) if digits.len() < rest.len() && !question.trim().is_empty() => {
            question.trim()
        }
        _ => header,
    }
}
