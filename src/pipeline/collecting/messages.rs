//! All messages, each once, with where they were found: a set, so that it does not matter how often and in which order they came.

use std::collections::BTreeMap;

use crate::access::asking::armour::found_in;
use crate::access::asking::message::Message;
use crate::diagnostic::Diagnostic;
use crate::pipeline::collecting::reason;
use crate::pipeline::collecting::sources::Incoming;
use crate::record::answers::{FOLDER, KeptAnswers};

/// Where a message was found, and when its mail says it was sent.
#[derive(Debug, Clone, Default)]
pub(in crate::pipeline) struct Origin {
    /// The file as it is shown.
    pub(super) shown: String,
    /// Seconds since 1970.
    pub(super) sent: Option<i64>,
}

/// Every message, each once, with where it was found first.
pub(in crate::pipeline) type Messages = BTreeMap<Message, Origin>;

/// The messages that earlier runs kept.
pub(in crate::pipeline) fn kept(
    store: &KeptAnswers,
    warnings: &mut Vec<Diagnostic>,
) -> Result<Messages, Diagnostic> {
    let mut messages = Messages::new();
    for (name, text) in store.texts()? {
        let shown = format!("{FOLDER}/{name}.txt");
        let incoming = Incoming {
            shown,
            sent: None,
            found: found_in(&text).unwrap_or_default(),
        };
        add(incoming, &mut messages, warnings);
    }
    Ok(messages)
}

/// Adds what was found in one mail; what is no message is said.
pub(super) fn add(incoming: Incoming, messages: &mut Messages, warnings: &mut Vec<Diagnostic>) {
    let Incoming { shown, sent, found } = incoming;
    for found in found {
        match found {
            Ok(message) => {
                let origin = messages.entry(message).or_insert_with(|| Origin {
                    shown: shown.clone(),
                    sent,
                });
                origin.sent = origin.sent.or(sent);
            }
            Err(reason) => warnings.push(reason::unreadable(reason).in_file(shown.as_str())),
        }
    }
}
