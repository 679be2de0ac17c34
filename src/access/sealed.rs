//! The files of a site, as only this folder makes them.

use crate::access::link::Link;
use crate::access::sealing::{Access, Sealing};
use crate::access::shell::Shell;
use crate::access::site_path::SitePath;
use crate::access::{code, site_path};
use crate::diagnostic::Diagnostic;
use crate::render::Page;

/// A file of the site, ready to be published.
pub struct Sealed {
    path: SitePath,
    bytes: Vec<u8>,
}

impl Sealed {
    /// Makes the file of one page.
    pub fn of(page: &Page, link: &Link, access: &Access, shell: &Shell) -> Self {
        let text = match access {
            Access::Sealed(opening) => {
                let sealing = Sealing {
                    link,
                    opening,
                    shell,
                };
                sealing.file(page.document(), page.style().source())
            }
            Access::Link => page.document().to_owned(),
        };
        Self {
            path: link.path(),
            bytes: text.into_bytes(),
        }
    }

    /// A file that is nobody's page.
    pub(super) fn of_root(name: &str, text: String) -> Self {
        Self {
            path: SitePath::parse(name).expect("the names of these files are paths"),
            bytes: text.into_bytes(),
        }
    }

    /// A file as it was already published with one part of a site: a reader's page, or one that every site has.
    pub fn carried(path: &str, bytes: &[u8]) -> Result<Self, Diagnostic> {
        let id = site_path::page_folder(path).and_then(|folder| folder.split('/').nth(1));
        if !site_path::ROOT_NAMES.contains(&path) && !id.is_some_and(code::is_id) {
            let problem = format!("`{path}` is not a file of a site");
            return Err(Diagnostic::error(problem).with_hint("build the part again"));
        }
        Ok(Self {
            path: SitePath::parse(path)?,
            bytes: bytes.to_vec(),
        })
    }

    /// A file with the given bytes, for tests of what comes after.
    #[cfg(test)]
    pub(crate) fn for_test(path: &str, bytes: &[u8]) -> Self {
        let path = SitePath::parse(path).expect("a test names a path of a site");
        Self {
            path,
            bytes: bytes.to_vec(),
        }
    }

    /// Where the file lies in the site.
    pub fn path(&self) -> &SitePath {
        &self.path
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
