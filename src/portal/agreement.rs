//! What was agreed about the engagement and who has said yes, for whoever may read it; and whether the reader is asked to.
//!
//! The rule it guards: only a party who may read the agreement is asked to say yes to it.

use std::sync::Arc;

use crate::engagement::agreement::Answer;
use crate::engagement::kind::ItemKind;
use crate::portal::markdown;
use crate::portal::perspective::Perspective;
use crate::portal::states::{AnswerState, AskKind};
use crate::portal::view::agreement::{AgreementView, PartyView};
use crate::portal::view::goals::AskView;

/// The agreement, if the reader sees it.
pub(super) fn view(perspective: &Perspective<'_>) -> Option<Arc<AgreementView>> {
    let agreement = perspective.engagement.agreement.as_ref()?;
    let agreement = agreement.reveal_to(perspective.reader)?;
    let parties = agreement.parties.iter().map(|party| {
        let (state, date) = match agreement.answer(party) {
            Answer::Yes(date) => (AnswerState::Yes, Some(date)),
            Answer::YesToEarlierText(date) => (AnswerState::Earlier, Some(date)),
            Answer::None => (AnswerState::Open, None),
        };
        Arc::new(PartyView {
            name: perspective.name_of(&party.person),
            state,
            date,
            is_me: perspective.is_me(&party.person),
        })
    });
    let path = ItemKind::Agreement.place();
    Some(Arc::new(AgreementView {
        readers: perspective.readers_of(path),
        title: agreement.title.clone(),
        changed: agreement.changed,
        parties: parties.collect(),
        prose: markdown::passages(&agreement.prose, path, perspective),
    }))
}

/// What the reader is asked to do about the agreement that the reader sees: to say yes, or to say it again to a text that has changed.
pub(super) fn asked(agreement: Option<&AgreementView>) -> Option<Arc<AskView>> {
    let me = agreement?.parties.iter().find(|party| party.is_me)?;
    let kind = match me.state {
        AnswerState::Yes => return None,
        AnswerState::Earlier => AskKind::AgreeAgain,
        AnswerState::Open => AskKind::Agree,
    };
    Some(Arc::new(AskView {
        kind,
        text: None,
        goal: None,
        meeting: None,
        anchor: "agreement".to_owned(),
        support: None,
        agreed: None,
        due: None,
        from: None,
        is_overdue: false,
    }))
}
