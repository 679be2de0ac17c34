//! Drafts of mails, which hold links and codes: written where only their writer can read them, and never into the site.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::diagnostic::Diagnostic;
use crate::files::modes::Readers;

/// A folder for drafts.
pub struct Drafts(PathBuf);

impl Drafts {
    /// Takes the folder, and makes it if it is not there. The site is no place for it.
    pub fn begin(folder: &Path, out: &Path) -> Result<Self, Diagnostic> {
        Readers::Owner
            .folder()
            .recursive(true)
            .create(folder)
            .map_err(|reason| Diagnostic::cannot_write(folder, &reason))?;
        let whole =
            fs::canonicalize(folder).map_err(|reason| Diagnostic::cannot_read(folder, &reason))?;
        let is_in_site = fs::canonicalize(out).is_ok_and(|out| whole.starts_with(out));
        if is_in_site {
            let problem = Diagnostic::error(format!("`{}` is inside the site", folder.display()));
            return Err(problem.with_hint(
                "invitations hold codes; write them to a folder that is not published",
            ));
        }
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

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        fs::remove_file(path)?;
    }
    let mut file = Readers::Owner.writing().create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}
