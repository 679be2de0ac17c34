//! `loggia build`: with a progress bar on the way, and a line about what was done.

use std::io;
use std::io::Write;

use serde::Serialize;

use crate::cli::bar::Bar;
use crate::cli::held::{HeldLine, held_lines};
use crate::cli::json::print_json;
use crate::cli::outcome::Outcome;
use crate::cli::problem_lines::{ProblemLine, problem_lines};
use crate::cli::session::Session;
use crate::diagnostic::terminal::tame;
use crate::diagnostic::{Diagnostic, sort};
use crate::pipeline;
use crate::pipeline::ends::LinkChanges;
use crate::pipeline::news::{News, NewsKind};
use crate::pipeline::options::{BuildOptions, IfBroken};
use crate::pipeline::problems::Failure;
use crate::pipeline::{BuildRequest, Built, Reporter};
use crate::text::counted;

/// How the site is built.
#[derive(Clone, Copy)]
pub(super) struct Manner<'a> {
    pub(super) options: BuildOptions,
    pub(super) if_broken: IfBroken<'a>,
}

/// What a build did, for programs.
#[derive(Serialize)]
struct BuildLine<'a> {
    published: bool,
    day: Option<String>,
    engagements: usize,
    /// How many of them nothing was made for, since nothing changed.
    unchanged: usize,
    portals: usize,
    asking: usize,
    written: usize,
    held: Vec<HeldLine<'a>>,
    news: Option<Vec<NewsLine<'a>>>,
    new_warnings: Option<Vec<ProblemLine<'a>>>,
    problems: Vec<ProblemLine<'a>>,
}

/// What is new for one reader, for programs.
#[derive(Serialize)]
struct NewsLine<'a> {
    engagement: Option<&'a str>,
    reader: &'a str,
    news: &'static str,
    parts: &'a [String],
}

impl<'a> NewsLine<'a> {
    fn of(news: &'a News) -> Self {
        let (kind, parts) = match &news.kind {
            NewsKind::New => ("new", &[][..]),
            NewsKind::Changed(parts) => ("changed", parts.as_slice()),
            NewsKind::Ended => ("ended", &[][..]),
        };
        Self {
            engagement: news.engagement.as_deref(),
            reader: &news.reader,
            news: kind,
            parts,
        }
    }
}

/// Builds the site, and says what was done.
pub(super) fn build(session: &Session<'_>, manner: Manner<'_>) -> Outcome {
    told(build_with_bar(session, manner, None), session)
}

/// Builds, and shows on the terminal how far it has come.
pub(super) fn build_with_bar(
    session: &Session<'_>,
    manner: Manner<'_>,
    report: Option<&Reporter<'_>>,
) -> Result<Built, Failure> {
    let Session {
        workspace,
        common,
        today,
    } = *session;
    let engagements = workspace.engagements_for(manner.options.shard);
    let bar = Bar::of(engagements.len(), common.quiet);
    let request = BuildRequest {
        out: &common.out,
        today,
        options: manner.options,
        if_broken: manner.if_broken,
        report,
    };
    pipeline::build(workspace, &request, &|| bar.step())
}

/// Says what a build did.
pub(super) fn told(built: Result<Built, Failure>, session: &Session<'_>) -> Outcome {
    match built {
        Ok(built) => done(built, session),
        Err(failure) => failure.into(),
    }
}

/// Prints for programs what a build did, and how it ended.
pub(super) fn print(
    built: Result<Built, Failure>,
    session: &Session<'_>,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let held = built.as_ref().map(|built| built.release.held.clone());
    let held = held.unwrap_or_default();
    let news = built.as_ref().ok().and_then(|built| built.news.clone());
    let new_warnings = built.as_ref().ok();
    let new_warnings = new_warnings.and_then(|built| built.new_warnings.clone());
    let is_dry = built.as_ref().is_ok_and(|built| built.is_dry);
    let (published, engagements, written) = match &built {
        Ok(built) => (!is_dry, built.engagements, built.published.written),
        Err(_) => (false, 0, 0),
    };
    let unchanged = built.as_ref().map_or(0, |built| built.unchanged);
    let pages = built.as_ref().map(|built| (built.portals, built.asking));
    let (portals, asking) = pages.unwrap_or_default();
    let mut outcome = told(built, session);
    let line = BuildLine {
        published,
        day: Some(session.today.to_string()),
        engagements,
        unchanged,
        portals,
        asking,
        written,
        held: held_lines(&held),
        news: news
            .as_ref()
            .map(|news| news.iter().map(NewsLine::of).collect()),
        new_warnings: new_warnings.as_deref().map(problem_lines),
        problems: problem_lines(&outcome.problems),
    };
    print_json(&line, stdout)?;
    outcome.problems.clear();
    outcome.done = None;
    Ok(outcome)
}

/// Prints for programs why nothing could be built.
pub(super) fn print_refusal(failure: Failure, stdout: &mut dyn Write) -> io::Result<Outcome> {
    let mut outcome = Outcome::from(failure);
    let line = BuildLine {
        published: false,
        day: None,
        engagements: 0,
        unchanged: 0,
        portals: 0,
        asking: 0,
        written: 0,
        held: Vec::new(),
        news: None,
        new_warnings: None,
        problems: problem_lines(&outcome.problems),
    };
    print_json(&line, stdout)?;
    outcome.problems.clear();
    Ok(outcome)
}

fn done(built: Built, session: &Session<'_>) -> Outcome {
    let mut portals = counted(built.portals, "portal", "portals");
    if built.asking > 0 {
        portals += &format!(
            " and {}",
            counted(built.asking, "asking page", "asking pages")
        );
    }
    let engagements = counted(built.engagements, "engagement", "engagements");
    let (out, today) = (session.common.out.display(), session.today);
    let mut line = match built.is_dry {
        true => format!(
            "{out}: {portals} of {engagements} would go out, as of {today}; nothing was written"
        ),
        false => format!(
            "{out}: {portals} of {engagements}, as of {today}; {} written; key {}",
            counted(built.published.written, "file", "files"),
            built.key
        ),
    };
    for held in &built.release.held {
        line += &format!(
            "\n`{}` is held back: {} as published, {} not in the site",
            held.engagement,
            counted(held.kept.len(), "page", "pages"),
            counted(held.ended.len(), "page", "pages")
        );
    }
    line += &match &built.news {
        Some(news) => news_lines(news),
        // Why pages of these end is said above.
        None if !built.release.held.is_empty() => String::new(),
        None => link_lines(&built.links),
    };
    line += &new_warning_lines(built.new_warnings.as_deref(), built.warnings.len());
    let Some(failure) = built.failure else {
        return Outcome::done(line, built.warnings, session.common.quiet);
    };
    let mut outcome = Outcome::from(failure);
    outcome.problems.extend(built.warnings);
    sort(&mut outcome.problems);
    outcome.done = (!session.common.quiet).then_some(line);
    outcome
}

/// Which warnings the last release did not have, where there are others besides.
fn new_warning_lines(new: Option<&[Diagnostic]>, all: usize) -> String {
    let Some(new) = new.filter(|new| !new.is_empty() && new.len() < all) else {
        return String::new();
    };
    let mut lines = format!(
        "\n{} of {all} warnings are new since the last release:",
        new.len()
    );
    for warning in new {
        let file = warning
            .file()
            .map_or_else(String::new, |file| format!("{file}: "));
        lines += &format!("\n  {}", tame(&format!("{file}{}", warning.message())));
    }
    lines
}

/// Whose links begin and end, where no record of the last release tells what is new for whom.
pub(super) fn link_lines(links: &LinkChanges) -> String {
    let begun = links.begun.iter().map(|whose| ("begins", whose));
    let ended = links.ended.iter().map(|whose| ("ends", whose));
    let lines = begun.chain(ended);
    let lines = lines.map(|(what, whose)| format!("\na link {what}: {whose}"));
    lines.collect()
}

/// What is new, a line for each engagement: `nyah: new for priya; changed for anders (goals, updates); ended for tom`.
pub(super) fn news_lines(news: &[News]) -> String {
    let mut lines = String::new();
    for of_one in news.chunk_by(|one, other| one.engagement == other.engagement) {
        let readers = |text: &dyn Fn(&News) -> Option<String>| {
            let readers: Vec<String> = of_one.iter().filter_map(text).collect();
            readers.join(", ")
        };
        let of_kind = |kind: &NewsKind| {
            readers(&|news: &News| (news.kind == *kind).then(|| news.reader.clone()))
        };
        let changed = readers(&|news: &News| match &news.kind {
            NewsKind::Changed(parts) => Some(format!("{} ({})", news.reader, parts.join(", "))),
            NewsKind::New | NewsKind::Ended => None,
        });
        let groups = [
            ("new for", of_kind(&NewsKind::New)),
            ("changed for", changed),
            ("ended for", of_kind(&NewsKind::Ended)),
        ];
        let groups = groups.iter().filter(|(_, readers)| !readers.is_empty());
        let groups: Vec<String> = groups
            .map(|(what, readers)| format!("{what} {readers}"))
            .collect();
        let of = of_one.first().and_then(|news| news.engagement.as_deref());
        let of = of.unwrap_or("pages of persons");
        lines += &format!("\n{of}: {}", groups.join("; "));
    }
    lines
}
