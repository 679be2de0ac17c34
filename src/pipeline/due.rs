//! `serve`: how many raters of a round have answered, as far as answers were collected on this machine.
//!
//! The rule it guards: it says how many have answered, never who and never what, and it is for the coach's own screen.

use std::collections::BTreeSet;
use std::slice;

use crate::access::key::Key;
use crate::engagement::Engagement;
use crate::engagement::asked::AskedRound;
use crate::pipeline::collecting::known::Known;
use crate::pipeline::collecting::messages;
use crate::pipeline::collecting::messages::Messages;
use crate::pipeline::workspace::Workspace;
use crate::record::answers::KeptAnswers;

/// The answers that were kept, still sealed, and the keys that tell whose they are.
#[derive(Default)]
pub struct AnswersHere {
    messages: Messages,
    keys: Vec<Key>,
}

impl AnswersHere {
    /// Looks at what is kept beside the content. Where that or the key cannot be read, `collect` says why, and there is nothing to count.
    pub fn of(workspace: &Workspace) -> Self {
        let folder = workspace.book.folder();
        let messages = messages::kept(&KeptAnswers::of(folder), &mut Vec::new());
        let messages = messages.unwrap_or_default();
        if messages.is_empty() {
            return Self::default();
        }
        let key = Key::open_if_any(folder).unwrap_or_default();
        let old = Key::old_ones(folder).unwrap_or_default();
        let keys = key.into_iter().chain(old).collect();
        Self { messages, keys }
    }

    /// How many have answered a round; nothing where no answer of any round is kept. Answers over links that have ended do not count.
    pub(super) fn counted(
        &self,
        workspace: &Workspace,
        engagement: &Engagement,
        round: AskedRound,
    ) -> Option<usize> {
        if self.messages.is_empty() {
            return None;
        }
        let known = Known::of(workspace, slice::from_ref(engagement), &self.keys);
        let whose = self
            .messages
            .keys()
            .filter_map(|message| known.whose(message.id()));
        let counted = whose.filter(|whose| whose.round.closes == round.closes && !whose.is_ended);
        let raters: BTreeSet<_> = counted.map(|whose| whose.person.id.clone()).collect();
        Some(raters.len())
    }
}
