//! The templates of the pages of dev mode, and what a page is put together from.

use data_encoding::BASE64;
use minijinja::{Environment, Value, context};
use sha2::{Digest, Sha256};

use crate::text::template;

const STYLE: &str = include_str!("dev.css");
const SCRIPT: &str = concat!(
    include_str!("dev.js"),
    include_str!("keys.js"),
    include_str!("search.js"),
    include_str!("files.js")
);

/// The templates by name. The style and the script are included as they are: nothing in them is for the engine.
const FILES: [(&str, &str); 15] = [
    ("dev.css", STYLE),
    ("dev.js", SCRIPT),
    ("end.html", include_str!("end.html")),
    ("engagement.html", include_str!("engagement.html")),
    ("not_found.html", include_str!("not_found.html")),
    ("open.html", include_str!("open.html")),
    ("page.html", include_str!("page.html")),
    ("places.html", include_str!("places.html")),
    ("portal.html", include_str!("portal.html")),
    ("problem_list.html", include_str!("problem_list.html")),
    ("problems.html", include_str!("problems.html")),
    ("problems_link.html", include_str!("problems_link.html")),
    ("published.html", include_str!("published.html")),
    ("start.html", include_str!("start.html")),
    ("table.html", include_str!("table.html")),
];

/// The templates of these pages, compiled once.
pub(in crate::dev) struct Templates(Environment<'static>);

/// A page of dev mode, with digests by which an open page sees that it has changed.
pub(in crate::dev) struct DevPage {
    /// The whole file.
    pub(in crate::dev) document: String,
    /// The digest of what it says.
    pub(in crate::dev) digest: String,
    /// The digest of the portal in it; empty where there is none.
    pub(in crate::dev) portal: String,
}

/// The portal in the frame of a page.
#[derive(Default)]
pub(super) struct Framed {
    /// Its address; empty where there is none.
    pub(super) address: String,
    /// The address of a portal at its side.
    pub(super) beside: Option<String>,
    /// The digest of what is framed.
    pub(super) digest: String,
}

impl Templates {
    /// Compiles all of them.
    pub(in crate::dev) fn compiled() -> Self {
        let mut environment = template::environment();
        for (name, text) in FILES {
            let added = environment.add_template(name, text);
            added.expect("the templates are the program's own, and tests compile them");
        }
        Self(environment)
    }

    pub(super) fn render(&self, name: &str, context: Value) -> String {
        let template = self.0.get_template(name);
        let text = template.and_then(|template| template.render(context));
        text.expect("the templates are the program's own, and tests fill each of them")
    }

    /// Puts a page together. Its parts with an id are exchanged in the open page when they change.
    ///
    /// The digest is appended to the text that it is the digest of.
    pub(super) fn page(&self, name: &str, context: Value, framed: Framed) -> DevPage {
        let mut document = self.render(name, context);
        let digest = letters(&Sha256::digest(&document).into());
        let Framed {
            address,
            beside,
            digest: portal,
        } = framed;
        let end = context! { address, beside, page => &digest, portal => &portal };
        document.push_str(&self.render("end.html", end));
        DevPage {
            document,
            digest,
            portal,
        }
    }

    /// The file that leads a browser to the link.
    pub(in crate::dev) fn opening(&self, link: &str) -> String {
        self.render("open.html", context! { link })
    }
}

/// The policy of a page of dev mode.
pub(in crate::dev) fn policy() -> String {
    let hash = |text: &str| BASE64.encode(&Sha256::digest(text));
    let (style, script) = (hash(STYLE), hash(SCRIPT));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; connect-src 'self'; frame-src 'self'; \
         img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

/// The first letters of a digest: enough to distinguish two states.
pub(super) fn letters(digest: &[u8; 32]) -> String {
    data_encoding::HEXLOWER.encode(&digest[..10])
}
