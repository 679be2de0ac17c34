//! What must be the same at the root of every site, whatever its language: what the host is told to send, and that nothing is left out.

use std::path::Path;

use crate::access::root::root_files;
use crate::access::shell::Shell;
use crate::audit::outline::beginning;
use crate::diagnostic::Diagnostic;

/// The files that say the same in every language, and what is said where one is gone.
const FIXED: [(&str, &str); 2] = [
    (
        "_headers",
        "the host is not told what to send with each page",
    ),
    (".nojekyll", "some hosts leave files out"),
];

/// Returns an error for each of these files that is gone, or says anything else than a build writes there.
pub(super) fn problems(site: &Path, shell: &Shell) -> Vec<Diagnostic> {
    let written = root_files(shell);
    let fixed = FIXED.iter().filter_map(|(name, harm)| {
        let ours = written.iter().find(|ours| ours.path().as_str() == *name)?;
        // One byte more than it has tells that it is longer.
        let (message, hint) = match beginning(site, name, ours.bytes().len() + 1) {
            Some(found) if found == ours.bytes() => return None,
            Some(_) => (
                format!("this file does not say what a build writes there: {harm}, or it holds what nobody was to get"),
                "publish again, or look at who changed it",
            ),
            None => (
                format!("this file is gone: {harm}"),
                "publish again; to look at a site that was fetched back, fetch this file too",
            ),
        };
        Some(Diagnostic::error(message).in_file(*name).with_hint(hint))
    });
    fixed.collect()
}
