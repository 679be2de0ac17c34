//! `loggia build`: with a progress bar on the way, and a line about what was done.

use crate::cli::bar::Bar;
use crate::cli::outcome::Outcome;
use crate::cli::session::Session;
use crate::pipeline;
use crate::pipeline::options::BuildOptions;
use crate::pipeline::problems::Failure;
use crate::pipeline::{BuildRequest, Built, Reporter};
use crate::text::counted;

/// Builds the site, and says what was done.
pub(super) fn build(session: &Session<'_>, options: BuildOptions) -> Outcome {
    match build_with_bar(session, options, None) {
        Ok(built) => done(built, session),
        Err(failure) => failure.into(),
    }
}

/// Builds, and shows on the terminal how far it has come.
pub(super) fn build_with_bar(
    session: &Session<'_>,
    options: BuildOptions,
    report: Option<&Reporter<'_>>,
) -> Result<Built, Failure> {
    let Session {
        workspace,
        common,
        today,
    } = *session;
    let bar = Bar::of(workspace.engagements_for(options.shard).len(), common.quiet);
    let request = BuildRequest {
        out: &common.out,
        today,
        options,
        report,
    };
    pipeline::build(workspace, &request, &|| bar.step())
}

/// Says what a build did.
pub(super) fn done(built: Built, session: &Session<'_>) -> Outcome {
    let (portals, engagements) = (
        counted(built.portals, "portal", "portals"),
        counted(built.engagements, "engagement", "engagements"),
    );
    let mut line = format!(
        "{}: {portals} of {engagements}, as of {}; {} written; key {}",
        session.common.out.display(),
        session.today,
        counted(built.published.written, "file", "files"),
        built.key
    );
    for whose in &built.links.begun {
        line += &format!("\na link begins: {whose}");
    }
    for whose in &built.links.ended {
        line += &format!("\na link ends: {whose}");
    }
    Outcome::done(line, built.warnings, session.common.quiet)
}
