//! The pages of dev mode itself: who sees what, the bar over a portal, and what is wrong.
//!
//! The rule it guards: text is escaped wherever it comes from, a page runs its one script and no other, and a portal stands in a frame
//! of its own, in which no script runs.

mod start;
mod view;

use std::fmt::Write;

use data_encoding::BASE64;
use minijinja::HtmlEscape;
use sha2::Digest;
use sha2::Sha256;

pub(super) use crate::dev::pages::start::engagement;
pub(super) use crate::dev::pages::start::start;
pub(super) use crate::dev::pages::view::sealed;
pub(super) use crate::dev::pages::view::viewed;
use crate::dev::route::letters;
use crate::dev::snapshot::Snapshot;
use crate::diagnostic::Diagnostic;

const STYLE: &str = include_str!("dev.css");
const SCRIPT: &str = include_str!("dev.js");

/// A page of dev mode, with what tells it from its other states.
pub(super) struct DevPage {
    /// The whole file.
    pub(super) document: String,
    /// The digest of what it says.
    pub(super) digest: String,
    /// The digest of the portal in it; empty where there is none.
    pub(super) portal: String,
}

/// What a page says.
#[derive(Default)]
struct Content {
    title: String,
    bar: String,
    problems: String,
    main: String,
    /// The address and the digest of the portal below, on the page that shows one.
    frame: Option<(String, String)>,
}

/// A text as it stands in HTML.
fn escaped(text: &str) -> String {
    HtmlEscape(text).to_string()
}

/// Puts a page together. Its parts with an id are exchanged in the open page when they change.
fn page(content: &Content) -> DevPage {
    let Content {
        bar,
        problems,
        main,
        ..
    } = content;
    let title = escaped(&content.title);
    let said: [u8; 32] = Sha256::digest(format!("{title}\0{bar}\0{problems}\0{main}")).into();
    let digest = letters(&said);
    let (frame, portal) = match &content.frame {
        None => (String::new(), String::new()),
        // Without scripts of its own, a frame of the same origin cannot reach out; the page around it can look in.
        Some((address, digest)) => (
            format!(
                "<iframe id=\"portal\" title=\"The portal\" src=\"{}\" sandbox=\"allow-same-origin allow-popups allow-downloads\"></iframe>\n",
                escaped(address)
            ),
            digest.clone(),
        ),
    };
    let document = format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{STYLE}</style>
</head>
<body data-page="{digest}" data-portal="{portal}">
<header id="bar">{bar}</header>
<aside id="problems" role="status">{problems}</aside>
<main id="main">{main}</main>
{frame}<script>{SCRIPT}</script>
</body>
</html>
"#
    );
    DevPage {
        document,
        digest,
        portal,
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
pub(super) fn problems(snapshot: &Snapshot) -> DevPage {
    let main = if snapshot.number == 0 {
        "<h1>Building…</h1>".to_owned()
    } else if snapshot.problems.is_empty() {
        "<h1>No problems</h1>".to_owned()
    } else {
        format!(
            "<h1>{}</h1>{}",
            counted(&snapshot.problems),
            listed(&snapshot.problems)
        )
    };
    let content = Content {
        title: "Problems".to_owned(),
        bar: home().to_owned(),
        main,
        ..Content::default()
    };
    page(&content)
}

/// The page for every address where there is none.
pub(super) fn not_there() -> DevPage {
    let content = Content {
        title: "Not there".to_owned(),
        bar: home().to_owned(),
        main: "<h1>Not there</h1><p>Nobody has a portal here, or not on this day. It appears as soon as there is one.</p>"
            .to_owned(),
        ..Content::default()
    };
    page(&content)
}

/// What stands above other pages while something is wrong: every error, and that what is below is older.
fn warning(snapshot: &Snapshot) -> String {
    if !snapshot.has_errors() {
        return String::new();
    }
    let (count, list) = (counted(&snapshot.problems), listed(&snapshot.problems));
    format!("<h2>{count}</h2><p>Below are the last good portals.</p>{list}")
}

fn listed(problems: &[Diagnostic]) -> String {
    let mut list = String::new();
    for problem in problems {
        let kind = if problem.is_error() {
            "error"
        } else {
            "warning"
        };
        let text = escaped(&problem.render(false));
        let _ = writeln!(list, "<pre class=\"{kind}\">{text}</pre>");
    }
    list
}

/// How many errors and warnings there are.
pub(super) fn counted(problems: &[Diagnostic]) -> String {
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    let warnings = problems.len() - errors;
    let count = |number: usize, noun: &str| match number {
        1 => format!("1 {noun}"),
        number => format!("{number} {noun}s"),
    };
    match (errors, warnings) {
        (errors, 0) => count(errors, "error"),
        (0, warnings) => count(warnings, "warning"),
        (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}

fn home() -> &'static str {
    "<a href=\"/\">Who sees what</a>"
}
