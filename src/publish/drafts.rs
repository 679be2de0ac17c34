//! Drafts of mails, which hold links and codes: written where only their writer can read them, never into the site, and never where git
//! would take them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::diagnostic::Diagnostic;
use crate::files::git;
use crate::files::modes::Readers;
use crate::publish::target::{is_within, site_around};

/// What the names of drafts end with.
const ENDING: &str = ".eml";

/// The name of the file that says what git passes over.
const IGNORE: &str = ".gitignore";

/// A folder for drafts.
pub struct Drafts(PathBuf);

impl Drafts {
    /// Takes the folder, and makes it if it is not there. Neither a site nor the content is a place for it: nothing is made in one.
    pub fn begin(folder: &Path, out: &Path, content: &Path) -> Result<Self, Diagnostic> {
        let refused = |place: &str, hint: &str| {
            let problem = Diagnostic::error(format!("`{}` is inside {place}", folder.display()));
            Err(problem.with_hint(hint))
        };
        if is_within(folder, out) || site_around(folder).is_some() {
            let hint = "invitations hold codes; write them to a folder that is not published";
            return refused("the site", hint);
        }
        if is_within(folder, content) {
            let hint = "invitations hold codes; write them to a folder beside the content, which others may keep or share";
            return refused("the content", hint);
        }
        Readers::Owner
            .folder()
            .recursive(true)
            .create(folder)
            .map_err(|reason| Diagnostic::cannot_write(folder, &reason))?;
        let whole =
            fs::canonicalize(folder).map_err(|reason| Diagnostic::cannot_read(folder, &reason))?;
        keep_from_git(folder, &whole)?;
        Ok(Self(whole))
    }

    /// Writes the drafts, each under its name; what was there under these names is replaced.
    pub fn write(&self, drafts: &[(String, String)]) -> Result<(), Diagnostic> {
        for (name, text) in drafts {
            let path = self.0.join(name);
            write_private(&path, text)
                .map_err(|reason| Diagnostic::cannot_write(&path, &reason))?;
        }
        Ok(())
    }
}

/// Sees to it that git takes no draft: refuses a folder of which it has some, and writes an ignore file into one that is for drafts alone.
fn keep_from_git(shown: &Path, folder: &Path) -> Result<(), Diagnostic> {
    let refused = |reason: &str| Diagnostic::error(format!("`{}` {reason}", shown.display()));
    if git::tracks(folder, &format!("*{ENDING}")) {
        let problem = refused(
            "holds mails that git tracks, so whoever has the repository has the links in them",
        );
        return Err(problem.with_hint(
            "run `git rm --cached` on them and commit; if others have the repository, raise `link` for everyone whose mail was in it",
        ));
    }
    let entries =
        fs::read_dir(folder).map_err(|reason| Diagnostic::cannot_read(folder, &reason))?;
    let is_of_drafts = |name: &str| name.ends_with(ENDING) || name == IGNORE;
    let mut names = entries.flatten().map(|entry| entry.file_name());
    if names.all(|name| is_of_drafts(&name.to_string_lossy())) {
        let path = folder.join(IGNORE);
        let failed = |reason: io::Error| Diagnostic::cannot_write(&path, &reason);
        if fs::symlink_metadata(&path).is_err() {
            write_private(&path, "*\n").map_err(failed)?;
        }
    }
    if git::would_take(folder, &format!("draft{ENDING}")) {
        let problem = refused(
            "lies in a git repository, and the next `git add` would take the links in the mails",
        );
        return Err(problem.with_hint("name a new folder for the mails, or add it to `.gitignore`"));
    }
    Ok(())
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        fs::remove_file(path)?;
    }
    let mut file = Readers::Owner.writing().create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}
