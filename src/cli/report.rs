//! The record of a release as JSON, for the firm's files.
//!
//! The rule it guards: the same release gives the same bytes; and where a path alone opens a page, the path is left out.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use serde::Serialize;

use crate::cli::build::{Manner, build_with_bar};
use crate::cli::held::{HeldLine, PageLine, held_lines};
use crate::cli::session::Session;
use crate::pipeline::Built;
use crate::pipeline::options::Auditing;
use crate::pipeline::problems::Failure;
use crate::pipeline::release;
use crate::pipeline::release::{Release, ReleasedEngagement, ReleasedFile, ReleasedPortal};
use crate::portal::sight::cell::Seen;

/// The number of the report's form; it is raised when a key changes its meaning.
const FORM: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    form: u32,
    loggia: &'static str,
    day: String,
    theme: &'a str,
    compared_with_notes: bool,
    published: bool,
    held: Vec<HeldLine<'a>>,
    engagements: Vec<EngagementLine<'a>>,
    persons: Vec<PersonLine<'a>>,
    files: Vec<FileLine<'a>>,
}

#[derive(Serialize)]
struct PersonLine<'a> {
    person: &'a str,
    #[serde(flatten)]
    page: PageLine<'a>,
}

#[derive(Serialize)]
struct EngagementLine<'a> {
    engagement: &'a str,
    agreed: Option<String>,
    notes_withheld: usize,
    portals: Vec<PortalLine<'a>>,
    asking: Vec<AskingLine<'a>>,
    without_portal: Vec<WithoutLine<'a>>,
}

#[derive(Serialize)]
struct AskingLine<'a> {
    rater: &'a str,
    #[serde(flatten)]
    page: PageLine<'a>,
}

#[derive(Serialize)]
struct WithoutLine<'a> {
    stakeholder: &'a str,
    rule: &'a str,
}

#[derive(Serialize)]
struct PortalLine<'a> {
    reader: &'a str,
    role: &'a str,
    #[serde(flatten)]
    page: PageLine<'a>,
    seen: Vec<SeenLine<'a>>,
    withheld: Vec<WithheldLine<'a>>,
}

#[derive(Serialize)]
struct SeenLine<'a> {
    item: &'a str,
    part: &'a str,
    how: &'static str,
    rule: &'a str,
}

#[derive(Serialize)]
struct WithheldLine<'a> {
    rule: &'a str,
    parts: usize,
}

#[derive(Serialize)]
struct FileLine<'a> {
    path: &'a str,
    sha256: &'a str,
}

/// Builds, and writes what went to whom into `file`.
pub(super) fn build_and_report(
    session: &Session<'_>,
    manner: Manner<'_>,
    file: &Path,
) -> Result<Built, Failure> {
    let around = Circumstances {
        day: session.today,
        theme: session.workspace.book().firm.theme.as_deref(),
        compared_with_notes: manner.options.auditing == Auditing::Full,
    };
    let report = |release: &Release| release::staged(file, &text(release, &around));
    build_with_bar(session, manner, Some(&report))
}

/// How a build was done, as far as its record says.
struct Circumstances<'a> {
    /// The day for which it was done.
    day: Date,
    /// The firm's own theme.
    theme: Option<&'a str>,
    /// Whether its pages were compared with notes.
    compared_with_notes: bool,
}

/// Returns the record of a release.
fn text(release: &Release, around: &Circumstances<'_>) -> String {
    let report = Report {
        form: FORM,
        loggia: env!("CARGO_PKG_VERSION"),
        day: around.day.to_string(),
        theme: around.theme.unwrap_or("default"),
        compared_with_notes: around.compared_with_notes,
        published: true,
        held: held_lines(&release.held),
        engagements: release.engagements.iter().map(engagement).collect(),
        persons: release.persons.iter().map(person).collect(),
        files: release.files.iter().map(file).collect(),
    };
    serde_json::to_string_pretty(&report).expect("a report has text for keys") + "\n"
}

fn engagement(released: &ReleasedEngagement) -> EngagementLine<'_> {
    let portals = released.portals.iter();
    let without = released.sight.without.iter().map(|person| WithoutLine {
        stakeholder: &person.id,
        rule: person.reason.as_str(),
    });
    EngagementLine {
        engagement: &released.sight.engagement,
        agreed: released.agreed.map(|day| day.to_string()),
        notes_withheld: released.sight.notes,
        portals: portals.map(|page| portal(released, page)).collect(),
        asking: released.asking.iter().map(asking).collect(),
        without_portal: without.collect(),
    }
}

fn portal<'a>(released: &'a ReleasedEngagement, page: &'a ReleasedPortal) -> PortalLine<'a> {
    let readers = &released.sight.readers;
    let place = readers.iter().position(|reader| reader.id == page.reader);
    let mut seen = Vec::new();
    let mut withheld: BTreeMap<&str, usize> = BTreeMap::new();
    for item in &released.sight.items {
        for part in &item.parts {
            let Some(cell) = place.and_then(|place| part.cells.get(place)) else {
                continue;
            };
            match cell.seen {
                Seen::Whole | Seen::Part => seen.push(SeenLine {
                    item: &item.place,
                    part: part.name,
                    how: cell.seen.as_str(),
                    rule: &cell.rule,
                }),
                Seen::Not => *withheld.entry(&cell.rule).or_default() += 1,
            }
        }
    }
    let withheld = withheld
        .into_iter()
        .map(|(rule, parts)| WithheldLine { rule, parts });
    PortalLine {
        reader: &page.reader,
        role: place
            .and_then(|place| readers.get(place))
            .map_or("", |reader| reader.role),
        page: PageLine::of(page),
        seen,
        withheld: withheld.collect(),
    }
}

fn asking(page: &ReleasedPortal) -> AskingLine<'_> {
    AskingLine {
        rater: &page.reader,
        page: PageLine::of(page),
    }
}

fn person(page: &ReleasedPortal) -> PersonLine<'_> {
    PersonLine {
        person: &page.reader,
        page: PageLine::of(page),
    }
}

fn file(file: &ReleasedFile) -> FileLine<'_> {
    FileLine {
        path: &file.path,
        sha256: &file.sha256,
    }
}
