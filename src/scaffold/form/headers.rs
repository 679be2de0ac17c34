//! The headers that survey tools write above columns of their own, in the seven languages of the program.
//!
//! A column is known by its whole header alone: a question may begin like one of these.

use crate::scaffold::form::export::Export;
use crate::scaffold::form::header_words::{
    BEFORE_QUESTION, FIRST_NAME, FOLLOW_UP, GROUP, LAST_NAME, NOBODY, OWN, RATER, SENT,
};
use crate::text::fold::{fold, is_one_of};

/// The column that says when an answer was sent.
pub(super) fn when_sent(export: &Export<'_>) -> Option<usize> {
    let mut sent = SENT.iter();
    sent.find_map(|name| {
        let mut columns = 0..export.width();
        columns.find(|column| {
            export
                .headers(*column)
                .any(|header| is_one_of(&fold(header), &[name]))
        })
    })
}

pub(super) fn says_who(header: &str) -> bool {
    is_one_of(&fold(header), RATER)
}

pub(super) fn is_first_name(header: &str) -> bool {
    is_one_of(&fold(header), FIRST_NAME)
}

pub(super) fn is_last_name(header: &str) -> bool {
    is_one_of(&fold(header), LAST_NAME)
}

pub(super) fn asks_group(header: &str) -> bool {
    is_one_of(&fold(header), GROUP)
}

pub(super) fn asks_follow_up(header: &str) -> bool {
    let header = fold(header);
    FOLLOW_UP.iter().any(|words| header.contains(&fold(words)))
}

pub(super) fn is_nobody(cell: &str) -> bool {
    is_one_of(&fold(cell), NOBODY)
}

/// Whether a survey tool added the column, among columns with these headers.
pub(super) fn is_own(header: &str, all: &[String]) -> bool {
    if header == "#" {
        return true;
    }
    let header = fold(header);
    let is_of_question = |before: &str| {
        let rest = header.strip_prefix(&fold(before)).map(str::trim_start);
        rest.is_some_and(|rest| !rest.is_empty() && all.iter().any(|other| fold(other) == rest))
    };
    is_one_of(&header, OWN) || BEFORE_QUESTION.iter().any(|before| is_of_question(before))
}
