//! What a rater answered, as the 960 bytes inside a message.
//!
//! The rule it guards: bytes that no page of ours seals are refused whole, and a comment is text that can neither hide nor reorder words.
//!
//! ```text
//! 0  u48  milliseconds since 1970 by the rater's clock
//! 6  u8   n, 1 to 24 goals in the order of the page
//! 7  n x (i8 rating, u8 follow-up)    rating -100 to 100, -128 did not see enough, -127 left out
//!                                     follow-up 255 not asked, 0 left out, 1 no, 2 yes
//! .. u16  bytes of the comment, 0 to 900, as UTF-8 in NFC; then zeros
//! ```

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::access::asking::Questions;
use crate::access::asking::message::PLAIN;

/// Bytes of the longest comment.
const LONGEST_COMMENT: usize = 900;

/// What a rater answered.
#[derive(PartialEq, Eq)]
pub struct Answers {
    /// When, in milliseconds since 1970 by the rater's clock.
    pub time: u64,
    /// The answer to each goal, in the order of the page.
    pub goals: Vec<GoalAnswer>,
    /// The comment; empty where there is none.
    pub comment: String,
}

/// What a rater answered about one goal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct GoalAnswer {
    /// How it is going.
    pub rating: Rated,
    /// Whether the coachee was seen to follow up; nothing where that was left out or not asked.
    pub followed_up: Option<bool>,
}

/// How a rater rated a goal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rated {
    /// With a score on the scale.
    Score(i32),
    /// Not, since they did not see enough.
    Unseen,
    /// Not: nothing was chosen.
    LeftOut,
}

impl Answers {
    /// Reads what a message holds; nothing if the page that asks `questions` makes no such bytes.
    pub fn read(bytes: &[u8], questions: &Questions<'_>) -> Option<Self> {
        let mut rest = Rest(bytes);
        if bytes.len() != PLAIN {
            return None;
        }
        let time = rest.number(6)?;
        let count = usize::try_from(rest.number(1)?).ok()?;
        if count != questions.goals.len() {
            return None;
        }
        let mut goals = Vec::with_capacity(count);
        for goal in questions.goals {
            let rating = rated(rest.take(1)?[0], questions.scale)?;
            let followed_up = followed_up(rest.take(1)?[0], goal.follow_up)?;
            goals.push(GoalAnswer {
                rating,
                followed_up,
            });
        }
        let length = usize::try_from(rest.number(2)?).ok()?;
        if length > LONGEST_COMMENT {
            return None;
        }
        let comment = std::str::from_utf8(rest.take(length)?).ok()?;
        // With a length that lies, the filling would be part of it.
        if comment.contains('\0') {
            return None;
        }
        let is_filled = rest.0.iter().all(|byte| *byte == 0);
        is_filled.then(|| Self {
            time,
            goals,
            comment: tidied(comment),
        })
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Answers(…)")
    }
}

impl fmt::Debug for GoalAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("GoalAnswer(…)")
    }
}

/// Bytes that are still to be read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number of so many bytes, most significant first.
    fn number(&mut self, bytes: usize) -> Option<u64> {
        let taken = self.take(bytes)?.iter();
        Some(taken.fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }
}

fn rated(byte: u8, (lowest, highest): (i32, i32)) -> Option<Rated> {
    match i32::from(byte.cast_signed()) {
        -128 => Some(Rated::Unseen),
        -127 => Some(Rated::LeftOut),
        score => (lowest..=highest)
            .contains(&score)
            .then_some(Rated::Score(score)),
    }
}

/// Whether follow-up was seen, or that this was left out or not asked; nothing where the byte does not fit the question.
fn followed_up(byte: u8, is_asked: bool) -> Option<Option<bool>> {
    match (is_asked, byte) {
        (false, 255) | (true, 0) => Some(None),
        (true, 1) => Some(Some(false)),
        (true, 2) => Some(Some(true)),
        _ => None,
    }
}

/// A comment without what hides or turns words: control characters but line feeds, and controls of direction.
fn tidied(comment: &str) -> String {
    let turns = |letter: char| {
        matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}')
            || ('\u{202a}'..='\u{202e}').contains(&letter)
            || ('\u{2066}'..='\u{2069}').contains(&letter)
    };
    let is_text = |letter: &char| (*letter == '\n' || !letter.is_control()) && !turns(*letter);
    let text: String = comment.nfc().filter(is_text).collect();
    text.trim().to_owned()
}
