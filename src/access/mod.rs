//! PAGE -> SEALED: the only way out.
//!
//! The rule it guards: a page leaves the machine only as [`Sealed`], and [`Sealed::of`] does not work without an [`Access`].

mod code;
pub mod key;
mod key_file;
pub mod link;
pub mod root;
pub mod shell;
pub mod site_path;
pub mod strings;
mod template;

use crate::access::link::Link;
use crate::access::site_path::SitePath;
use crate::render::Page;

/// How a page is kept from those it is not for.
#[derive(Debug)]
pub enum Access {
    /// Its path is all that protects it: whoever can list the host's files can read it.
    Link,
}

/// A file of the site, ready to be published.
pub struct Sealed {
    path: SitePath,
    bytes: Vec<u8>,
}

impl Sealed {
    /// Makes the file of one page.
    pub fn of(page: &Page, link: &Link, access: &Access) -> Self {
        match access {
            Access::Link => Self {
                path: link.path(),
                bytes: page.document().as_bytes().to_owned(),
            },
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
