//! Engagements that could not be built and what stays of them, for programs.
//!
//! The rule it guards: where a path alone opens a page, the path is left out.

use serde::Serialize;

use crate::engagement::firm::AccessMode;
use crate::pipeline::ending::EndedPage;
use crate::pipeline::release::{HeldEngagement, ReleasedPortal};

/// An engagement that could not be built.
#[derive(Serialize)]
pub(super) struct HeldLine<'a> {
    engagement: &'a str,
    kept: Vec<KeptLine<'a>>,
    ended: Vec<EndedLine<'a>>,
}

#[derive(Serialize)]
struct KeptLine<'a> {
    reader: &'a str,
    #[serde(flatten)]
    page: PageLine<'a>,
}

/// The file of a page, and how it is kept from others. The path is left out where it alone opens the page.
#[derive(Serialize)]
pub(super) struct PageLine<'a> {
    access: &'static str,
    passphrase: bool,
    path: Option<&'a str>,
    sha256: &'a str,
}

impl<'a> PageLine<'a> {
    pub(super) fn of(page: &'a ReleasedPortal) -> Self {
        let (access, path) = match page.access {
            AccessMode::Sealed => ("sealed", Some(page.file.path.as_str())),
            AccessMode::Link => ("link", None),
        };
        Self {
            access,
            passphrase: page.passphrase,
            path,
            sha256: &page.file.sha256,
        }
    }
}

#[derive(Serialize)]
struct EndedLine<'a> {
    reader: Option<&'a str>,
    reason: String,
}

/// The engagements that could not be built, for programs.
pub(super) fn held_lines(held: &[HeldEngagement]) -> Vec<HeldLine<'_>> {
    let kept_line = |page| {
        let page: &ReleasedPortal = page;
        KeptLine {
            reader: &page.reader,
            page: PageLine::of(page),
        }
    };
    let ended_line = |page| {
        let page: &EndedPage = page;
        EndedLine {
            reader: page.reader.as_deref(),
            reason: page.reason.text(),
        }
    };
    let line = |held| {
        let held: &HeldEngagement = held;
        HeldLine {
            engagement: &held.engagement,
            kept: held.kept.iter().map(kept_line).collect(),
            ended: held.ended.iter().map(ended_line).collect(),
        }
    };
    held.iter().map(line).collect()
}
