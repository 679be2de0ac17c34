//! The records that a build keeps beside the content: of published rounds, and of what was agreed. Each is compared with what the site
//! would show now.

use std::path::PathBuf;

use crate::access::key::Key;
use crate::consent;
use crate::consent::problem::ConsentProblem;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::consent::FILE_NAME as SHARE_FILE;
use crate::engagement::lock::{FILE_NAME as LOCK_FILE, KeyedHash};
use crate::engagement::today::Today;
use crate::pipeline::consent_problems::Told;
use crate::pipeline::workspace::Workspace;
use crate::progress;
use crate::progress::figures::Figures;
use crate::progress::past::Past;
use crate::progress::{lock, lock_text};
use crate::publish::replace::Replacement;

/// What the key's hashes in a record are for.
pub(super) const PURPOSE: &str = "rounds/v1";

/// The same for a record of what was agreed.
pub(super) const SHARE_PURPOSE: &str = "share/v1";

/// A record that takes the place of the one on disk.
pub(super) struct NewRecord {
    path: PathBuf,
    shown: String,
    text: String,
    what: &'static str,
}

/// Compares the rounds of an engagement with their record. Returns the record if it is to be written anew, or what contradicts it.
pub(super) fn compare(
    workspace: &Workspace,
    key: &Key,
    engagement: &Engagement,
    today: Today<'_>,
) -> Result<Option<NewRecord>, Vec<Diagnostic>> {
    let hash = |text: &[u8]| key.derive(PURPOSE, &[text]);
    let was = engagement.pulse.lock.as_ref();
    let now = lock::check(engagement, was, &hash).map_err(|problems| {
        problems
            .into_iter()
            .map(|problem| problem.as_of(today).diagnostic(&engagement.id))
            .collect::<Vec<_>>()
    })?;
    let is_new = was != Some(&now) && !(was.is_none() && now.published.is_empty());
    let shown = format!("{}/pulse/{}", engagement.id, LOCK_FILE);
    let path = workspace.book.folder().join(&shown);
    Ok(is_new.then(|| NewRecord {
        path,
        shown,
        text: lock_text::text(&now),
        what: "published rounds",
    }))
}

/// Compares who may read what with what was agreed, and tells the engagement since when. Returns the record if it is to be written
/// anew, or what goes beyond it.
pub(super) fn compare_consent(
    workspace: &Workspace,
    key: Option<&Key>,
    engagement: &mut Engagement,
    today: Today<'_>,
) -> Result<Option<NewRecord>, Vec<Diagnostic>> {
    let hash = key.map(|key| |text: &[u8]| key.derive(SHARE_PURPOSE, &[text]));
    let hash = hash.as_ref().map(|hash| hash as KeyedHash<'_>);
    let agreed = consent::check(engagement, today, hash)
        .map_err(|problems| told(workspace, engagement, &problems))?;
    let Some(agreed) = agreed else {
        return Ok(None);
    };
    engagement.since = agreed.since;
    let is_new = engagement.consent.as_ref() != Some(&agreed.record);
    let shown = format!("{}/{SHARE_FILE}", engagement.id);
    Ok((key.is_some() && is_new).then(|| NewRecord {
        path: workspace.book.folder().join(&shown),
        shown,
        text: consent::text(&agreed.record),
        what: "what was agreed",
    }))
}

/// Returns the questions of who is behind an id: nobody's link is told, or written to, before they are answered.
pub(super) fn other_people(
    workspace: &Workspace,
    key: &Key,
    engagement: &Engagement,
    today: Today<'_>,
) -> Vec<Diagnostic> {
    let hash = |text: &[u8]| key.derive(SHARE_PURPOSE, &[text]);
    let problems = consent::other_people(engagement, today, &hash);
    told(workspace, engagement, &problems)
}

fn told(
    workspace: &Workspace,
    engagement: &Engagement,
    problems: &[ConsentProblem],
) -> Vec<Diagnostic> {
    let origins = workspace.book.origins(&engagement.id);
    let told = Told {
        engagement,
        origins: &origins,
    };
    let problems = problems.iter();
    problems.map(|problem| told.diagnostic(problem)).collect()
}

/// Returns who stood alone in the rounds that were published. Without the key nobody can tell, and nothing is sealed or compared either.
pub(super) fn past(key: Option<&Key>, engagement: &Engagement) -> Past {
    key.map_or_else(Past::none, |key| {
        lock::past(engagement, &|text: &[u8]| key.derive(PURPOSE, &[text]))
    })
}

/// Returns what may be published of the pulse of an engagement.
pub(super) fn figures(key: Option<&Key>, engagement: &Engagement) -> Figures {
    progress::figures(engagement, &past(key, engagement))
}

impl NewRecord {
    /// A record at `path`, with the name of its file as it is shown and what it is a record of.
    pub(super) fn of(path: PathBuf, (shown, what): (&str, &'static str), text: String) -> Self {
        Self {
            path,
            shown: shown.to_owned(),
            text,
            what,
        }
    }

    /// Writes the record to a file beside the old one, which it replaces only later.
    pub(super) fn written(self) -> Result<Replacement, Diagnostic> {
        Replacement::of(self.path, self.text.as_bytes())
    }

    /// Returns the error for a record that may not be written.
    pub(super) fn unwritten(&self) -> Diagnostic {
        let problem = Diagnostic::error(format!("this record of {} is not up to date", self.what))
            .in_file(&*self.shown);
        problem.with_hint("run `loggia build` without `--locked` where the content is kept, and keep the file it writes")
    }
}
