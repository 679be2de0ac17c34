//! The key of the site: only a build makes one, and only for a folder of which nothing was published yet.

use std::path::Path;

use crate::access::key::Key;
use crate::diagnostic::Diagnostic;
use crate::engagement::consent::FILE_NAME as SHARE_FILE;
use crate::engagement::id::EngagementId;
use crate::engagement::lock::FILE_NAME as ROUNDS_FILE;
use crate::pipeline::options::Recording;
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
) -> Result<Key, Diagnostic> {
    let folder = workspace.book.folder();
    if recording == Recording::Locked || has_records(workspace) {
        return Key::open(folder, Some(out));
    }
    Key::open_or_make(folder, Some(out))
}

/// Whether an earlier build left a record, which only its key can read.
fn has_records(workspace: &Workspace) -> bool {
    let has_record = |id: &EngagementId| {
        let folder = workspace.book.folder().join(id.as_str());
        folder.join(SHARE_FILE).exists() || folder.join("pulse").join(ROUNDS_FILE).exists()
    };
    workspace.book.engagements.iter().any(has_record)
}
