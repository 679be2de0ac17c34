//! The pages of dev mode itself: who sees what, the bar above a portal, and what is wrong.
//!
//! The rule it guards: text is escaped wherever it comes from, a page runs its one script and no other, and a portal stands in a frame
//! of its own, in which no script runs.

mod sharing;
mod view;

use data_encoding::BASE64;
use minijinja::{Environment, Value, context};
use sha2::{Digest, Sha256};

pub(super) use crate::dev::pages::sharing::engagement;
pub(super) use crate::dev::pages::sharing::start;
pub(super) use crate::dev::pages::view::portal;
pub(super) use crate::dev::pages::view::published;
use crate::dev::route::letters;
use crate::dev::snapshot::Snapshot;
use crate::diagnostic::Diagnostic;
use crate::text;
use crate::text::template;

const STYLE: &str = include_str!("dev.css");
const SCRIPT: &str = include_str!("dev.js");

/// The templates by name. The style and the script are included as they are: nothing in them is for the engine.
const FILES: [(&str, &str); 14] = [
    ("dev.css", STYLE),
    ("dev.js", SCRIPT),
    ("end.html", include_str!("end.html")),
    ("engagement.html", include_str!("engagement.html")),
    ("not_found.html", include_str!("not_found.html")),
    ("open.html", include_str!("open.html")),
    ("page.html", include_str!("page.html")),
    ("portal.html", include_str!("portal.html")),
    ("problem_list.html", include_str!("problem_list.html")),
    ("problems.html", include_str!("problems.html")),
    ("problems_link.html", include_str!("problems_link.html")),
    ("published.html", include_str!("published.html")),
    ("start.html", include_str!("start.html")),
    ("table.html", include_str!("table.html")),
];

/// The templates of these pages, compiled once.
pub(super) struct Templates(Environment<'static>);

/// A page of dev mode, with what tells it from its other states.
pub(super) struct DevPage {
    /// The whole file.
    pub(super) document: String,
    /// The digest of what it says.
    pub(super) digest: String,
    /// The digest of the portal in it; empty where there is none.
    pub(super) portal: String,
}

/// The portal in the frame of a page.
#[derive(Default)]
struct Framed {
    /// Its address; empty where there is none.
    address: String,
    /// Its digest.
    digest: String,
}

impl Templates {
    /// Compiles all of them.
    pub(super) fn compiled() -> Self {
        let mut environment = template::environment();
        for (name, text) in FILES {
            let added = environment.add_template(name, text);
            added.expect("the templates are the program's own, and tests compile them");
        }
        Self(environment)
    }

    fn render(&self, name: &str, context: Value) -> String {
        let template = self.0.get_template(name);
        let text = template.and_then(|template| template.render(context));
        text.expect("the templates are the program's own, and tests fill each of them")
    }

    /// Puts a page together. Its parts with an id are exchanged in the open page when they change.
    ///
    /// What it says comes first, and then the digest of that, which is in no digest itself.
    fn page(&self, name: &str, context: Value, framed: Framed) -> DevPage {
        let mut document = self.render(name, context);
        let digest = letters(&Sha256::digest(&document).into());
        let Framed {
            address,
            digest: portal,
        } = framed;
        let end = context! { address, page => &digest, portal => &portal };
        document.push_str(&self.render("end.html", end));
        DevPage {
            document,
            digest,
            portal,
        }
    }

    /// The file that leads a browser to the link.
    pub(super) fn opening(&self, link: &str) -> String {
        self.render("open.html", context! { link })
    }
}

/// The policy of a page of dev mode.
pub(super) fn policy() -> String {
    let hash = |text: &str| BASE64.encode(&Sha256::digest(text));
    let (style, script) = (hash(STYLE), hash(SCRIPT));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; connect-src 'self'; frame-src 'self'; \
         img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

/// Everything that is wrong, as it stands on the terminal.
pub(super) fn problems(templates: &Templates, snapshot: &Snapshot) -> DevPage {
    let is_before_the_first_build = snapshot.number == 0;
    let context = context! {
        is_before_the_first_build,
        // They are the page itself, and not above another.
        has_errors => false,
        ..problems_of(snapshot)
    };
    templates.page("problems.html", context, Framed::default())
}

/// The page for every address where there is none.
pub(super) fn not_found(templates: &Templates) -> DevPage {
    let context = context! { has_errors => false };
    templates.page("not_found.html", context, Framed::default())
}

/// What a page says of the problems: with an error among them it shows all above the rest.
fn problems_of(snapshot: &Snapshot) -> Value {
    let value = |problem: &Diagnostic| {
        let kind = match problem.is_error() {
            true => "error",
            false => "warning",
        };
        context! { kind, text => problem.render(false) }
    };
    context! {
        has_errors => snapshot.has_errors(),
        count => counted(&snapshot.problems),
        problems => snapshot.problems.iter().map(value).collect::<Value>(),
    }
}

/// How many errors and warnings there are.
pub(super) fn counted(problems: &[Diagnostic]) -> String {
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    let warnings = problems.len() - errors;
    let errors_counted = text::counted(errors, "error", "errors");
    let warnings_counted = text::counted(warnings, "warning", "warnings");
    match (errors, warnings) {
        (_, 0) => errors_counted,
        (0, _) => warnings_counted,
        (_, _) => format!("{errors_counted}, {warnings_counted}"),
    }
}
