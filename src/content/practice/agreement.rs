//! What a good coach would look at again about the agreement: whose yes is missing, and who is to agree to what they cannot read.

use jiff::civil::Date;

use crate::content::practice::{BEGINNING, Look};
use crate::engagement::advice::Advice;
use crate::engagement::agreement::{Agreement, Answer, Party};
use crate::engagement::kind::ItemKind;

impl Look<'_> {
    pub(super) fn at_agreement(&mut self) {
        let Some(guarded) = &self.engagement.agreement else {
            return;
        };
        let Some(agreement) = guarded.reveal_to(self.coachee) else {
            return;
        };
        let readers = self.engagement.readers(self.today);
        let is_unread = |party: &&Party| {
            let mut readers = readers.iter();
            let reader = readers.find(|reader| *reader.id() == party.person);
            reader.is_some_and(|reader| guarded.reveal_to(reader).is_none())
        };
        let unread = names(agreement.parties.iter().filter(is_unread));
        if let Some(names) = unread {
            let message =
                format!("{names} cannot read the agreement, and so is not asked for a yes");
            let hint =
                "ask the coachee, and share it: `agreement` under `[share]` names who reads it";
            self.tell(
                Advice::AgreementUnread,
                ItemKind::Agreement.place(),
                message,
                hint,
            );
        }
        if self.is_over() || !self.is_old(agreement) {
            return;
        }
        let is_open = |party: &&Party| !matches!(agreement.answer(party), Answer::Yes(_));
        if let Some(names) = names(agreement.parties.iter().filter(is_open)) {
            let message = format!("the yes of {names} to the agreement is missing");
            let hint = "ask in person, and write the day as `agreed`";
            self.tell(
                Advice::AgreementOpen,
                ItemKind::Agreement.place(),
                message,
                hint,
            );
        }
    }

    /// Whether people have had some weeks to say yes to the text as it is.
    fn is_old(&self, agreement: &Agreement) -> bool {
        let start = self.facts.and_then(|facts| facts.start);
        let since: Option<Date> = start.max(agreement.changed);
        since.is_some_and(|since| self.today.is_more_than(BEGINNING, since))
    }
}

/// The ids of parties, if there are any.
fn names<'a>(parties: impl Iterator<Item = &'a Party>) -> Option<String> {
    let ids: Vec<String> = parties.map(|party| format!("`{}`", party.person)).collect();
    (!ids.is_empty()).then(|| ids.join(", "))
}
