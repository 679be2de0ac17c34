//! PAGE -> SEALED: the only way out.
//!
//! The rule it guards: a page leaves the machine only as [`Sealed`], and [`Sealed::of`] does not work without an [`Access`]. What
//! [`Sealed::carried`] takes has left once already, with one part of a site.

mod code;
pub mod invite;
pub mod key;
mod key_file;
pub mod link;
pub mod passphrase;
pub mod root;
#[cfg(test)]
mod samples;
mod seal;
pub mod shell;
pub mod site_path;

use data_encoding::BASE64;

use crate::access::link::Link;
use crate::access::passphrase::Passphrase;
use crate::access::shell::Shell;
use crate::access::site_path::SitePath;
use crate::diagnostic::Diagnostic;
use crate::render::Page;
use crate::render::policy::source_of;

/// How a page is kept from those it is not for.
#[derive(Debug)]
pub enum Access {
    /// It is encrypted, and opens in the reader's browser with the code in the link.
    Sealed(Opening),
    /// Its path is all that protects it: whoever can list the host's files can read it.
    Link,
}

/// What a sealed page asks for besides the code.
#[derive(Debug, Default)]
pub struct Opening {
    /// Whether it waits for a click: mail scanners follow links and look at what they show, but do not click.
    pub click: bool,
    /// The passphrase, if there is one; it was made for the same link.
    pub passphrase: Option<Passphrase>,
}

/// Returns the sealed part of a file of the site, if it has one.
fn sealed_part(file: &str) -> Option<&str> {
    let (_, rest) = file.split_once("<script type=\"text/plain\" id=\"sealed\"")?;
    let (_, rest) = rest.split_once('>')?;
    rest.split_once("</script>").map(|(part, _)| part)
}

/// Returns whether a file of the site is sealed, as far as can be seen from outside.
pub fn is_sealed(file: &str) -> bool {
    sealed_part(file).is_some_and(|part| BASE64.decode(part.trim().as_bytes()).is_ok())
}

/// Opens a file of the site as its reader's browser does; returns nothing if it is not sealed for this link, or damaged.
pub fn opened(file: &str, link: &Link, passphrase: Option<&Passphrase>) -> Option<String> {
    let sealed = BASE64.decode(sealed_part(file)?.trim().as_bytes()).ok()?;
    seal::unseal(&sealed, link, passphrase)
}

/// How a page is sealed.
pub struct Sealing<'a> {
    /// The link that opens it.
    pub link: &'a Link,
    /// What it asks for besides.
    pub opening: &'a Opening,
    /// What stands around it.
    pub shell: &'a Shell,
}

impl Sealing<'_> {
    /// Whether a file is, byte by byte, what a site has for the document that was found in it.
    pub fn makes(&self, file: &str, document: &str) -> bool {
        let style = document.split_once("<style>").map_or("", |(_, rest)| rest);
        let style = style.split_once("</style>").map_or("", |(style, _)| style);
        self.file(document, &source_of(style)) == file
    }
}

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

    /// A file as it was already published with one part of a site: a reader's page, or one that every site has.
    pub fn carried(path: &str, bytes: &[u8]) -> Result<Self, Diagnostic> {
        let id = path
            .strip_prefix("p/")
            .and_then(|path| path.strip_suffix("/index.html"));
        if !root::NAMES.contains(&path) && !id.is_some_and(code::is_id) {
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
