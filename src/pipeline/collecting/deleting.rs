//! `key answers --delete-old`: what erases mails that were sealed to keys which were replaced.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::civil::Date;

use crate::access::asking::answers_key::AnswersKey;
use crate::diagnostic::Diagnostic;
use crate::pipeline::asking_keys;
use crate::pipeline::collecting::known::{Known, site_keys};
use crate::pipeline::collecting::messages;
use crate::pipeline::collecting::standing::is_locked;
use crate::pipeline::problems::{Failure, Problems};
use crate::pipeline::workspace::Workspace;
use crate::record::answers::KeptAnswers;

/// Deletes the keys that were replaced, with which the mails that were sealed to them can never be opened again. Returns their files.
///
/// Refuses as long as an answer that only one of them opens could still be counted.
pub fn delete_old(workspace: &Workspace, today: Date, out: &Path) -> Result<Vec<String>, Failure> {
    let folder = workspace.book.folder();
    let engagements = asking_keys::engagements(workspace, today)?;
    let site_keys = site_keys(workspace, out)?;
    let known = Known::of(workspace, &engagements, &site_keys);
    let kept = messages::kept(&KeptAnswers::of(folder), &mut Vec::new())?;
    let answered: BTreeSet<_> = kept
        .keys()
        .filter_map(|message| known.whose(message.id()))
        .map(|whose| (whose.engagement.id.clone(), whose.round.closes))
        .collect();
    let old = AnswersKey::old_ones(folder)?;
    let mut problems = Problems::default();
    for (name, _) in &old {
        let replaced = replaced_on(name);
        for engagement in &engagements {
            let mut rounds = engagement.asked_rounds();
            let waiting = rounds.find(|round| {
                let was_open = replaced.is_none_or(|day| round.is_open_on(day));
                let has_answers = answered.contains(&(engagement.id.clone(), round.closes));
                let can_count = today <= round.closes || has_answers;
                was_open && can_count && !is_locked(engagement, round.closes)
            });
            problems.general.extend(waiting.map(|round| {
                let message = format!(
                    "`{name}` still opens answers to the round of {} in `{}`, of which no figure was published",
                    round.closes, engagement.id
                );
                Diagnostic::error(message).with_hint("collect and build first; then run this again")
            }));
        }
    }
    problems.into_result()?;
    let mut deleted = Vec::new();
    for (name, _) in old {
        let path = folder.join(&name);
        fs::remove_file(&path).map_err(|reason| Diagnostic::cannot_write(&path, &reason))?;
        deleted.push(name);
    }
    Ok(deleted)
}

/// The day on which a key was replaced, as the name of its file says.
fn replaced_on(name: &str) -> Option<Date> {
    let start = format!("{}.old-", AnswersKey::FILE_NAME);
    name.strip_prefix(&start)?.get(..10)?.parse().ok()
}
