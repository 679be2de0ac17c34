//! The key that opens answers, and what of it is public in each engagement.
//!
//! The rule it guards: the key is made and replaced by a command alone, and an engagement that seals answers to another key is never passed
//! over.

use std::path::Path;

use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::access::asking::answers_key::{AnswersKey, AskingKey};
use crate::access::unfinished::Change;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::id::EngagementId;
use crate::files::modes::Readers;
use crate::pipeline::problems::{Failure, FailureKind, Problems};
use crate::pipeline::reading;
use crate::pipeline::workspace::Workspace;
use crate::publish::together;
use crate::publish::together::NewFile;

/// The name of the key's file, beside loggia.toml.
pub const FILE_NAME: &str = AnswersKey::FILE_NAME;

/// What became of the key.
pub struct AnswersKeyState {
    /// The fingerprint of the key.
    pub key: String,
    /// The files that were written, inside the content folder.
    pub files: Vec<String>,
    /// The old key's file, where it was replaced.
    pub kept: Option<String>,
    /// What the coach should know.
    pub warnings: Vec<Diagnostic>,
}

/// The file of an engagement, inside the content folder.
pub(super) fn path(id: &EngagementId) -> String {
    format!("{id}/pulse/asking.pub")
}

/// What an engagement's answers are sealed to, as a build reads it; an error that says what to do where there is none.
pub fn of_engagement(engagement: &Engagement) -> Result<AskingKey, Diagnostic> {
    let path = path(&engagement.id);
    match &engagement.pulse.asking_key {
        Some(text) => AskingKey::parse(text, &path),
        None => Err(Diagnostic::error(format!(
            "`{}` asks for answers, and there is no key to seal them to",
            engagement.id
        ))
        .in_file(path)
        .with_hint("run `loggia key answers` on the machine where answers will be collected")),
    }
}

/// Makes the key if there is none, and writes what is public of it into every engagement that asks.
pub fn make(workspace: &Workspace, today: Date, out: &Path) -> Result<AnswersKeyState, Failure> {
    let folder = workspace.book.folder();
    let engagements = engagements(workspace, today)?;
    let there = AnswersKey::open_if_any(folder)?;
    match &there {
        Some(key) => refuse_others(&engagements, key)?,
        None => refuse_any(&engagements)?,
    }
    let key = AnswersKey::open_or_make(folder, Some(out))?;
    let files = public_files(&engagements, &key, |_, text| text.is_none());
    put(folder, &files)?;
    Ok(AnswersKeyState {
        key: key.fingerprint(),
        files: files.into_iter().map(|file| file.path).collect(),
        kept: None,
        warnings: key.notice().cloned().into_iter().collect(),
    })
}

/// Puts a new key in the place of the key, with what is public of it in every engagement; the old one is kept beside it.
pub fn rotate(workspace: &Workspace, today: Date) -> Result<AnswersKeyState, Failure> {
    let folder = workspace.book.folder();
    let engagements = engagements(workspace, today)?;
    let old = AnswersKey::open(folder)?;
    refuse_others(&engagements, &old)?;
    let kept = format!(
        "{}.old-{today}-{}",
        AnswersKey::FILE_NAME,
        old.fingerprint()
    );
    AnswersKey::refuse_where_git_takes(folder, &kept)?;
    let new = AnswersKey::make()?;
    let mut files = public_files(&engagements, &new, |_, _| true);
    let keys = [(AnswersKey::FILE_NAME, &new), (kept.as_str(), &old)];
    files.extend(keys.map(|(path, key)| NewFile {
        path: path.to_owned(),
        bytes: key.file_bytes(),
        is_private: true,
    }));
    put(folder, &files)?;
    let warning = Diagnostic::warning("asking pages seal to the new key once they are built and published anew")
        .with_hint("answers that were sealed to the old one still open; `loggia key answers --delete-old` deletes it once their rounds are published");
    let public = files.iter().map(|file| file.path.clone());
    Ok(AnswersKeyState {
        key: new.fingerprint(),
        files: public.filter(|path| path.contains('/')).collect(),
        kept: Some(kept),
        warnings: vec![warning],
    })
}

/// The fingerprint of the key that opens answers, if it is here, and what is wrong with what is public of it.
pub fn state(
    workspace: &Workspace,
    today: Date,
) -> Result<Option<(String, Vec<Diagnostic>)>, Failure> {
    let Some(key) = AnswersKey::open_if_any(workspace.book.folder())? else {
        return Ok(None);
    };
    let engagements = engagements(workspace, today)?;
    let mut problems = others(&engagements, &key);
    problems.extend(key.notice().cloned());
    Ok(Some((key.fingerprint(), problems)))
}

/// Refuses a key to which not every engagement seals its answers.
pub(super) fn refuse_others(engagements: &[Engagement], key: &AnswersKey) -> Result<(), Failure> {
    let problems = others(engagements, key);
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::of(FailureKind::Content, problems))
}

/// An error for each engagement that seals its answers to another key.
fn others(engagements: &[Engagement], key: &AnswersKey) -> Vec<Diagnostic> {
    let problem = |engagement: &Engagement| {
        let path = path(&engagement.id);
        let text = engagement.pulse.asking_key.as_ref()?;
        let theirs = match AskingKey::parse(text, &path) {
            Ok(theirs) => theirs,
            Err(problem) => return Some(problem),
        };
        let is_own = theirs == key.asking_key(engagement.first_id().as_str());
        (!is_own).then(|| {
            Diagnostic::error("answers are sealed to another key than `answers.key`")
                .in_file(path)
                .with_hint(
                    "if someone else put this file there, they can read what is answered: find out who, delete the file, run \
                     `loggia key answers`, and build and publish; else bring back the `answers.key` that belongs to it",
                )
        })
    };
    engagements.iter().filter_map(problem).collect()
}

/// Refuses to make a key where engagements seal answers to one that is not here.
fn refuse_any(engagements: &[Engagement]) -> Result<(), Failure> {
    let mut sealing = engagements
        .iter()
        .filter(|engagement| engagement.pulse.asking_key.is_some());
    let Some(first) = sealing.next() else {
        return Ok(());
    };
    let problem = Diagnostic::error("answers are sealed to a key, and there is no `answers.key` here")
        .in_file(path(&first.id))
        .with_hint(
            "bring `answers.key` here from the machine where it was made, or from your backup; if it is lost, delete every `pulse/asking.pub` \
             and run this again: whoever has answered since the last collect is asked to answer again",
        );
    Err(problem.into())
}

/// What is public of a key, for every engagement that asks or has such a file and in which `is_wanted` says so.
fn public_files(
    engagements: &[Engagement],
    key: &AnswersKey,
    is_wanted: impl Fn(&Engagement, Option<&String>) -> bool,
) -> Vec<NewFile> {
    let asks = |engagement: &&Engagement| {
        let there = engagement.pulse.asking_key.as_ref();
        let asks = there.is_some() || engagement.asked_rounds().next().is_some();
        asks && is_wanted(engagement, there)
    };
    let files = engagements.iter().filter(asks).map(|engagement| {
        let key = key.asking_key(engagement.first_id().as_str());
        NewFile {
            path: path(&engagement.id),
            bytes: Zeroizing::new(key.text().into_bytes()),
            is_private: false,
        }
    });
    files.collect()
}

/// Writes all files, or none.
fn put(folder: &Path, files: &[NewFile]) -> Result<(), Diagnostic> {
    for file in files {
        if let Some(parent) = folder.join(&file.path).parent() {
            let made = Readers::Everyone.folder().recursive(true).create(parent);
            made.map_err(|reason| Diagnostic::cannot_write(parent, &reason))?;
        }
    }
    if files.is_empty() {
        return Ok(());
    }
    together::put_together(folder, Change::OpeningKey, files)
}

/// All engagements, whose files must be in order.
pub(super) fn engagements(workspace: &Workspace, today: Date) -> Result<Vec<Engagement>, Failure> {
    let mut problems = Problems::default();
    let mut engagements = Vec::new();
    for id in &workspace.book.engagements {
        let read = reading::engagement(workspace, id, today.into()).reading;
        engagements.extend(problems.value_of(read));
    }
    // Warnings are for `check`.
    problems.into_result()?;
    Ok(engagements)
}
