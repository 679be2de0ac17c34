//! The key of the site: only a build makes one, and only for a folder of which nothing was published yet.

use std::path::Path;

use crate::access::key::Key;
use crate::diagnostic::Diagnostic;
use crate::engagement::consent::FILE_NAME as SHARE_FILE;
use crate::engagement::id::EngagementId;
use crate::engagement::lock::FILE_NAME as ROUNDS_FILE;
use crate::pipeline::link_record;
use crate::pipeline::options::Recording;
use crate::pipeline::problems::{Failure, FailureKind};
use crate::pipeline::workspace::Workspace;

/// Returns the fingerprint of the key of the content folder: a name for it that says nothing about it.
pub fn fingerprint(content: &Path) -> Result<String, Diagnostic> {
    Key::open(content, None).map(|key| key.fingerprint())
}

/// Returns the key for a build, and makes it if nothing was ever published from this folder.
pub(super) fn for_build(
    workspace: &Workspace,
    out: &Path,
    recording: Recording,
) -> Result<Key, Failure> {
    if recording == Recording::Locked || has_records(workspace) {
        return opened(workspace, out);
    }
    Ok(Key::open_or_make(workspace.book.folder(), Some(out))?)
}

/// Returns the key for a build that writes nothing: the one that is there, or one that is forgotten.
pub(super) fn for_dry_build(workspace: &Workspace, out: &Path) -> Result<Key, Failure> {
    let is_there = Key::open_if_any(workspace.book.folder())?.is_some();
    if is_there || has_records(workspace) {
        return opened(workspace, out);
    }
    Ok(Key::make()?)
}

/// Returns the key that is there, if the record of link numbers was made with it.
pub(super) fn opened(workspace: &Workspace, out: &Path) -> Result<Key, Failure> {
    let key = Key::open(workspace.book.folder(), Some(out))?;
    let verified = link_record::verify(workspace.book.link_record.as_ref(), &key);
    verified.map_err(|problem| Failure::of(FailureKind::Content, vec![problem]))?;
    Ok(key)
}

/// Whether an earlier build left a record, which only its key can read.
pub(super) fn has_records(workspace: &Workspace) -> bool {
    let has_record = |id: &EngagementId| {
        let folder = workspace.book.folder().join(id.as_str());
        folder.join(SHARE_FILE).exists() || folder.join("pulse").join(ROUNDS_FILE).exists()
    };
    workspace.book.link_record.is_some() || workspace.book.engagements.iter().any(has_record)
}
