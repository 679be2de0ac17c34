//! How a page is kept from those it is not for: sealing it, and opening it again as its reader's browser does.

use data_encoding::BASE64;

use crate::access::link::Link;
use crate::access::passphrase::Passphrase;
use crate::access::seal;
use crate::access::shell::{SealedPage, Shell};
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

/// How a page is sealed.
pub struct Sealing<'a> {
    /// The link that opens it.
    pub link: &'a Link,
    /// What it asks for besides.
    pub opening: &'a Opening,
    /// The page that holds it until it is opened.
    pub shell: &'a Shell,
}

impl Sealing<'_> {
    /// Whether a file is, byte by byte, what a site has for the document that was found in it.
    pub fn makes(&self, file: &str, document: &str) -> bool {
        let style = document.split_once("<style>").map_or("", |(_, rest)| rest);
        let style = style.split_once("</style>").map_or("", |(style, _)| style);
        self.file(document, &source_of(style)) == file
    }

    /// Returns a page that shows nothing of `document` until it is opened. `style` is its style sheet as a source of a policy.
    pub(super) fn file(&self, document: &str, style: &str) -> String {
        let passphrase = &self.opening.passphrase;
        let asks = match (self.opening.click, passphrase) {
            (false, None) => "code",
            (true, None) => "code click",
            (false | true, Some(_)) => "code passphrase",
        };
        self.shell.sealed_page(&SealedPage {
            id: &self.link.id(),
            asks,
            sealed: &seal::seal(document, self.link, passphrase.as_ref()),
            is_asking: self.link.is_asking(),
            style,
        })
    }
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
