//! Why a message is not counted, in words, with what to do.
//!
//! The rule it guards: nothing of a mail is quoted, and of an answer nothing but whose it is and to which round.

use crate::access::asking::message::{LETTERS, Unreadable};
use crate::diagnostic::Diagnostic;
use crate::pipeline::collecting::known::Whose;

/// Why a message that is whole is not counted, in the order in which it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// No rater of this site has such an id in any round.
    Unknown,
    /// It came over a link that was ended.
    EndedLink,
    /// It came over a link of a key that was stolen.
    Stolen,
    /// Whose it is is not asked any more.
    NotAsked,
    /// Figures of the round were published.
    Locked,
    /// It does not open.
    Closed,
    /// What is inside is not what a page seals.
    NotOurs,
    /// The questions were worded otherwise.
    OlderWords,
    /// It was given after the round had closed.
    Late,
    /// It was given by a clock that is ahead.
    Ahead,
}

/// What is said of letters that are no message.
pub(super) fn unreadable(reason: Unreadable) -> Diagnostic {
    match reason {
        Unreadable::Cut(letters) => Diagnostic::warning(format!(
            "an answer in it is cut or damaged: {letters} of {LETTERS} letters are there"
        ))
        .with_hint("ask for it again, as a file"),
        Unreadable::Damaged => Diagnostic::warning("an answer in it was damaged on its way")
            .with_hint("ask for it again, as a file"),
        Unreadable::Version => {
            Diagnostic::warning("an answer in it is of a version that is not known here")
                .with_hint("collect with the version of Loggia that built the page")
        }
    }
}

impl Reason {
    /// What is said of a message; whose it is where that is known.
    pub(super) fn said(self, whose: Option<&Whose<'_>>) -> Diagnostic {
        let answer = whose.map_or_else(|| "an answer".to_owned(), answer_of);
        let (what, hint) = match self {
            Self::Unknown => (
                "is not from this site: nobody here has its id in any round",
                "if it is of a site whose key was replaced, bring the old key back as `loggia.key.old-…`",
            ),
            Self::EndedLink => (
                "came over a link that was ended: kept, not counted",
                "ask the person, whose new link works; or count it with `--accept-ended-link`",
            ),
            Self::Stolen => (
                "came over a link of the key that was stolen: kept, not counted",
                "ask the person to answer over the new link",
            ),
            Self::NotAsked => (
                "is of someone who is not asked in it any more: kept, not counted",
                "nothing needs to be done",
            ),
            Self::Locked => (
                "came when figures of that round were published: kept, not counted",
                "nothing needs to be done: what was published stays as it is",
            ),
            Self::Closed => (
                "does not open: it was changed on purpose, or sealed to another `answers.key`",
                "bring the `answers.key` back to which the pages were built; if it is this one, ask the person",
            ),
            Self::NotOurs => (
                "holds what no page of this site seals: not counted",
                "ask the person; whoever has their link may have made it",
            ),
            Self::OlderWords => (
                "is to other words than the questions have today: kept, not counted",
                "ask the person to answer once more, or count it with `--accept-older-words` if the questions mean the same",
            ),
            Self::Late => (
                "was given after the round had closed: kept, not counted",
                "count it with `--late`, as long as no figure of the round was published",
            ),
            Self::Ahead => (
                "was given by a clock that is more than a day ahead: kept, not counted",
                "ask the person when that was, and to answer once more with the right day on that device",
            ),
        };
        Diagnostic::warning(format!("{answer} {what}")).with_hint(hint)
    }
}

/// Whose answer it is.
fn answer_of(whose: &Whose<'_>) -> String {
    format!(
        "the answer of `{}` to the round of {} in `{}`",
        whose.person.id, whose.round.closes, whose.engagement.id
    )
}

/// What is said where one person's answers differ.
pub(super) fn replaced(whose: &Whose<'_>, is_contradicted: bool) -> Diagnostic {
    let message = format!(
        "`{}` has given different answers to the round of {} in `{}`: the one that was given last counts",
        whose.person.id, whose.round.closes, whose.engagement.id
    );
    let hint = match is_contradicted {
        true => {
            "the mails were sent in the other order than the answers were given: a clock may be wrong, or an old mail was sent again; ask the person"
        }
        false => "if that surprises you, ask the person: whoever has their link can answer",
    };
    Diagnostic::warning(message).with_hint(hint)
}
