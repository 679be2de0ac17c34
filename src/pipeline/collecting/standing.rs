//! Which messages are counted.
//!
//! The rule it guards: each message is judged on its own, in one order of reasons, and of those of one person in one round the one that was
//! given last counts: so it does not matter in which order, how often or in how many runs they came.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::access::asking::answers::Answers;
use crate::access::asking::answers_key::AnswersKey;
use crate::access::asking::message::Message;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::id::{EngagementId, StakeholderId};
use crate::pipeline::collecting::known::{Known, Whose};
use crate::pipeline::collecting::messages::{Messages, Origin};
use crate::pipeline::collecting::reason::{Reason, replaced};
use crate::pipeline::collecting::request::Request;
use crate::pipeline::questions::PageQuestions;
use crate::pipeline::workspace::Workspace;

/// So many milliseconds a clock may be ahead.
const AHEAD: i64 = 24 * 60 * 60 * 1000;

/// What messages are judged by.
pub(super) struct Judge<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) known: &'a Known<'a>,
    /// The key that opens answers first, then those that it replaced.
    pub(super) answers_keys: &'a [AnswersKey],
    pub(super) request: &'a Request<'a>,
}

/// What is counted, and what is said of the rest.
pub(super) struct Judged {
    pub(super) answers: AnswersByRound,
    pub(super) told: Vec<Diagnostic>,
}

/// The answers that are counted.
pub(super) type AnswersByRound = BTreeMap<(EngagementId, Date), BTreeMap<StakeholderId, Answers>>;

/// An answer that can be counted.
struct Candidate<'a> {
    whose: Whose<'a>,
    answers: Answers,
    digest: [u8; 32],
    sent: Option<i64>,
}

impl Candidate<'_> {
    /// The later one counts, and of two of one moment always the same.
    fn order(&self, other: &Self) -> Ordering {
        (self.answers.time, self.digest).cmp(&(other.answers.time, other.digest))
    }
}

impl<'a> Judge<'a> {
    /// Judges all messages.
    pub(super) fn all(&self, messages: &Messages) -> Judged {
        let mut told = Vec::new();
        let mut candidates: BTreeMap<_, Vec<Candidate<'_>>> = BTreeMap::new();
        for (message, origin) in messages {
            match self.one(message, origin) {
                Ok(candidate) => {
                    let whose = candidate.whose;
                    let round = (whose.engagement.id.clone(), whose.round.closes);
                    let person = whose.person.id.clone();
                    candidates
                        .entry((round, person))
                        .or_default()
                        .push(candidate);
                }
                Err(problem) => told.push(problem.in_file(origin.shown.as_str())),
            }
        }
        let mut answers = AnswersByRound::new();
        for ((round, person), mut candidates) in candidates {
            candidates.sort_by(Candidate::order);
            let Some(last) = candidates.pop() else {
                continue;
            };
            told.extend(differing(&last, &candidates));
            answers
                .entry(round)
                .or_default()
                .insert(person, last.answers);
        }
        Judged { answers, told }
    }

    /// The answer in a message, or why it is not counted: the first reason of a fixed order.
    fn one(&self, message: &Message, origin: &Origin) -> Result<Candidate<'a>, Diagnostic> {
        let Some(whose) = self.known.whose(message.id()) else {
            return Err(Reason::Unknown.said(None));
        };
        let answers = self
            .answers(message, &whose)
            .map_err(|reason| reason.said(Some(&whose)))?;
        Ok(Candidate {
            whose,
            answers,
            digest: message.digest(),
            sent: origin.sent,
        })
    }

    fn answers(&self, message: &Message, whose: &Whose<'a>) -> Result<Answers, Reason> {
        let Request {
            accepted,
            today,
            now,
            ..
        } = *self.request;
        let engagement = whose.engagement;
        let closes = whose.round.closes;
        if whose.is_ended && !accepted.ended_link {
            return Err(Reason::EndedLink);
        }
        if whose.is_of_old_key() && accepted.stolen {
            return Err(Reason::Stolen);
        }
        let asked = engagement.asked(today.min(closes).into());
        let asked = asked
            .iter()
            .find(|asked| std::ptr::eq(asked.person, whose.person));
        let asked = asked.ok_or(Reason::NotAsked)?;
        if is_locked(engagement, closes) {
            return Err(Reason::Locked);
        }
        let psk = self.known.psk(whose);
        let first_id = engagement.first_id().as_str();
        let mut keys = self.answers_keys.iter();
        let opened = keys.find_map(|key| message.opened(key, first_id, &psk));
        let opened = opened.ok_or(Reason::Closed)?;
        let page = PageQuestions::of(self.workspace, engagement, asked);
        let questions = page.questions();
        let is_today = message.questions_id() == self.known.questions_id(whose, &questions);
        if !is_today && !accepted.older_words {
            return Err(Reason::OlderWords);
        }
        let answers = Answers::read(&opened, &questions).ok_or(Reason::NotOurs)?;
        let time = i64::try_from(answers.time).unwrap_or(i64::MAX);
        let closed = whose.round.moments(&engagement.timezone);
        if closed.is_some_and(|(_, closed)| time >= closed) && !accepted.late {
            return Err(Reason::Late);
        }
        if time > now.as_millisecond().saturating_add(AHEAD) {
            return Err(Reason::Ahead);
        }
        Ok(answers)
    }
}

/// Whether figures of a round were published.
pub(in crate::pipeline) fn is_locked(engagement: &Engagement, round: Date) -> bool {
    let lock = engagement.pulse.lock.as_ref();
    lock.is_some_and(|lock| lock.published.keys().any(|(day, _)| *day == round))
}

/// What is said where a person has answered otherwise before.
fn differing(last: &Candidate<'_>, earlier: &[Candidate<'_>]) -> Option<Diagnostic> {
    let differs = |other: &&Candidate<'_>| {
        other.answers.goals != last.answers.goals || other.answers.comment != last.answers.comment
    };
    let mut differing = earlier.iter().filter(differs).peekable();
    differing.peek()?;
    let is_contradicted = differing.any(|other| {
        let times = other.sent.zip(last.sent);
        times.is_some_and(|(earlier, later)| earlier > later)
    });
    Some(replaced(&last.whose, is_contradicted))
}
