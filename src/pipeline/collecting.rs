//! `collect`: sealed answers from mails become the ratings of a round and notes.
//!
//! The rules it guards: what comes out is a function of the set of messages, in whatever order and however often they come; whose an answer
//! is follows from the message alone, never from the mail around it; whatever is not counted is kept and said; and nothing is written of a
//! round before it has closed, nor over what a coach has edited or what was published.

pub(super) mod answered;
pub mod deleting;
pub(super) mod forgotten;
pub(super) mod known;
pub(super) mod messages;
mod reason;
pub mod request;
mod sources;
mod standing;
pub mod writing;

use std::collections::BTreeSet;

use crate::access::asking::answers_key::AnswersKey;
use crate::access::asking::message::Message;
use crate::diagnostic::Diagnostic;
use crate::pipeline::asking_keys;
use crate::pipeline::collecting::known::{Known, site_keys};
use crate::pipeline::collecting::request::Request;
use crate::pipeline::collecting::standing::{Judge, Judged};
use crate::pipeline::collecting::writing::CollectedRound;
use crate::pipeline::problems::Failure;
use crate::pipeline::workspace::Workspace;
use crate::record::answers::KeptAnswers;

/// What became of it.
pub struct Collected {
    /// How many messages came that were not kept before.
    pub new: usize,
    /// Every round that is open or has answers.
    pub rounds: Vec<CollectedRound>,
    /// The files that were written or removed, inside the content folder.
    pub files: Vec<String>,
    /// What was not counted, and other warnings.
    pub warnings: Vec<Diagnostic>,
}

/// Collects answers.
pub fn collect(workspace: &Workspace, request: &Request<'_>) -> Result<Collected, Failure> {
    let folder = workspace.book.folder();
    let engagements = asking_keys::engagements(workspace, request.today)?;
    let site_keys = site_keys(workspace, request.out)?;
    let mut answers_keys = vec![AnswersKey::open(folder)?];
    let mut warnings: Vec<Diagnostic> = answers_keys[0].notice().cloned().into_iter().collect();
    asking_keys::refuse_others(&engagements, &answers_keys[0])?;
    let old = AnswersKey::old_ones(folder)?.into_iter();
    answers_keys.extend(old.map(|(_, key)| key));

    let kept = KeptAnswers::of(folder);
    let mut found = messages::kept(&kept, &mut warnings)?;
    let before: BTreeSet<Message> = found.keys().cloned().collect();
    for incoming in sources::read(request.sources, &mut warnings)? {
        messages::add(incoming, &mut found, &mut warnings);
    }
    let mut new = 0;
    for message in found.keys().filter(|message| !before.contains(message)) {
        kept.keep(&message.digest(), &message.armoured())?;
        new += 1;
    }

    let known = Known::of(workspace, &engagements, &site_keys);
    let judge = Judge {
        workspace,
        known: &known,
        answers_keys: &answers_keys,
        request,
    };
    let Judged { answers, told } = judge.all(&found);
    warnings.extend(told);
    let written = writing::write(&writing::Source {
        folder,
        engagements: &engagements,
        answers: &answers,
        request,
        kept: &kept,
    })?;
    warnings.extend(written.warnings);
    Ok(Collected {
        new,
        rounds: written.rounds,
        files: written.files,
        warnings,
    })
}
