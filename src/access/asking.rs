//! Asking pages: where one lies, and what its answers are known and sealed by.
//!
//! The rule it guards: a sealed answer proves which link it came over and says nothing about who that is. Whoever has `loggia.key` makes
//! pages and can tell genuine answers; only `answers.key` opens them, and no build opens that file.
//!
//! ```text
//! who  = engagement, round as "2026-12-14", rater, numbers        the oldest ids, the numbers as the rater's link has them
//! link = derive(loggia.key, 16, "asking-link/v1", engagement, rater, numbers)     a page at a/<id>/, sealed as every page
//! psk  = derive(loggia.key, 32, "answer-psk/v1", who)
//! id   = derive(loggia.key,  8, "answer-id/v1", who)
//! q    = derive(loggia.key,  8, "answer-questions/v1", who, Q)
//! Q    = lowest and highest score, words of both ends; of each goal its id, its question, `1` if follow-up is asked and else `0`; then
//!        period and language; each of these behind its length as four bytes
//! ```
//! `derive` is HKDF-SHA256 as `Key::derive` describes it. The rater is in `q`: equal questions would link raters otherwise.

pub mod answers;
pub mod answers_key;
pub mod armour;
pub mod mail;
pub mod message;

use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::access::asking::message::MessageId;
use crate::access::key::Key;
use crate::access::link::LinkSource;

/// One rater, asked in one round.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The rater, as the link to the asking page is derived from them.
    pub rater: LinkSource<'a>,
    /// The day on which the round closes.
    pub round: Date,
}

/// What a rater is asked in one round, as it stands on the page.
#[derive(Debug, Clone, Copy)]
pub struct Questions<'a> {
    /// The lowest and the highest score.
    pub scale: (i32, i32),
    /// The words of the lowest and of the highest score.
    pub ends: (&'a str, &'a str),
    /// The goals in the order of the page.
    pub goals: &'a [AskedGoal<'a>],
    /// The time that is asked about.
    pub period: &'a str,
    /// The language of the page.
    pub language: &'a str,
}

/// One goal that a rater is asked about.
#[derive(Debug, Clone, Copy)]
pub struct AskedGoal<'a> {
    /// The id of the goal.
    pub id: &'a str,
    /// The behaviour asked about.
    pub question: &'a str,
    /// Whether the rater is asked if they saw the coachee follow up.
    pub follow_up: bool,
}

impl Asked<'_> {
    /// Returns the id by which an answer is known; it tells nobody without the key whose it is.
    pub fn id(&self, key: &Key) -> MessageId {
        let mut id = MessageId::default();
        self.derive(key, "answer-id/v1", &[], &mut id);
        id
    }

    /// Returns the secret that only this rater's page holds: with it an answer is genuine.
    pub fn psk(&self, key: &Key) -> Zeroizing<[u8; 32]> {
        let mut psk = Zeroizing::new([0; 32]);
        self.derive(key, "answer-psk/v1", &[], &mut *psk);
        psk
    }

    /// Returns the id of the questions that the answer is to; other words make another id.
    pub fn questions_id(&self, key: &Key, questions: &Questions<'_>) -> MessageId {
        let mut id = MessageId::default();
        self.derive(key, "answer-questions/v1", &[&questions.bytes()], &mut id);
        id
    }

    fn derive(&self, key: &Key, label: &str, more: &[&[u8]], derived: &mut [u8]) {
        let round = self.round.to_string();
        let numbers = self.rater.number_parts();
        let mut parts = vec![
            self.rater.engagement.as_bytes(),
            round.as_bytes(),
            self.rater.stakeholder.as_bytes(),
        ];
        parts.extend(numbers.iter().map(<[u8; 4]>::as_slice));
        parts.extend(more);
        key.expand(label, &parts, derived);
    }
}

impl Questions<'_> {
    /// Everything that is asked, as bytes that no other questions have.
    fn bytes(&self) -> Vec<u8> {
        let (from, to) = (self.scale.0.to_string(), self.scale.1.to_string());
        let mut fields = vec![from.as_str(), &to, self.ends.0, self.ends.1];
        for goal in self.goals {
            let follow_up = if goal.follow_up { "1" } else { "0" };
            fields.extend([goal.id, goal.question, follow_up]);
        }
        fields.extend([self.period, self.language]);
        let mut bytes = Vec::new();
        for field in fields {
            let length = u32::try_from(field.len()).expect("no field is as long as 4 GiB");
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(field.as_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests;
