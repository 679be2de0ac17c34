//! From the firm's folder to the site: the build from top to bottom, and the other commands over the same stages.
//!
//! ```text
//! build    workspace ─▶ each engagement: ─ preparing ─▶ pages ─ sealing ─▶ files, staged ─▶ persons ─▶ publish ─▶ release
//!                                             └─ reading ─▶ records, figures ─▶ pages ─▶ page_audit
//! check    the same as far as `preparing`, and the notes
//! serve    the same as far as `preparing`, one engagement, reader and day at a time: `preview`
//! explain  a preview, with the lines of the files that decided: `explaining`
//! links    reading, then everyone's link: `inviting`
//! audit    a site that is already out, compared with what the folder says today: `auditing`
//! merge    parts of a site that were built apart: `merging`; whole sites of several keys: `joining`
//! key      another key, with all records under it: `rekeying`
//! new      a new file for an engagement: `scaffolding`
//! ```
//!
//! The rule it guards: engagements are built side by side, and each is dropped before its thread begins the next, so that memory does
//! not grow with their number. Nothing is published if anything is wrong anywhere.

pub mod options;
mod parallel;
pub mod problems;
pub mod shard;
pub mod timing;

pub mod workspace;

mod consent_problems;
pub mod ends;
pub mod keys;
mod link_numbers;
mod page_audit;
mod page_sizes;
pub mod pages;
pub mod passphrases;
pub mod persons;
mod preparing;
pub mod reading;
mod records;
pub mod rekeying;
pub mod release;
mod sealing;

pub mod auditing;
pub mod checking;
pub mod explaining;
pub mod inviting;
pub mod joining;
pub mod merging;
pub mod preview;
pub mod scaffolding;
pub mod watching;

use std::path::Path;

use jiff::civil::Date;

use crate::access::key::Key;
use crate::access::root::root_files;
use crate::content::folder::inputs::Inputs;
use crate::diagnostic::Diagnostic;
use crate::engagement::id::EngagementId;
use crate::pipeline::ends::{LinkChanges, PagePlaces};
use crate::pipeline::link_numbers::EngagementNumbers;
use crate::pipeline::options::{BuildOptions, Recording, Reporting};
use crate::pipeline::persons::PersonPortals;
use crate::pipeline::preparing::{Preparation, prepare};
use crate::pipeline::problems::{Failure, Problems};
use crate::pipeline::records::NewRecord;
use crate::pipeline::release::{
    Release, ReleasedEngagement, ReleasedFile, ReleasedPortal, StagedReport,
};
use crate::pipeline::timing::Stage;
use crate::pipeline::workspace::Workspace;
use crate::publish::replace::Replacement;
use crate::publish::{Publication, Published, Site};

/// What a build is asked for.
#[derive(Clone, Copy)]
pub struct BuildRequest<'a> {
    /// The folder of the site.
    pub out: &'a Path,
    /// The day as of which it is built.
    pub today: Date,
    /// How it is built.
    pub options: BuildOptions,
    /// Writes down what goes to whom: called before anything goes out, so that a report that cannot be written ends the build.
    pub report: Option<&'a Reporter<'a>>,
}

/// Writes a report beside its place.
pub type Reporter<'a> = dyn Fn(&Release) -> Result<StagedReport, Diagnostic> + 'a;

/// What a build did.
#[derive(Debug)]
pub struct Built {
    /// How many engagements there are.
    pub engagements: usize,
    /// How many portals were made.
    pub portals: usize,
    /// What became of the files.
    pub published: Published,
    /// The name of the key that sealed it.
    pub key: String,
    /// What went to whom; empty if the options do not ask for it.
    pub release: Release,
    /// Whose links begin and end.
    pub links: LinkChanges,
    /// Warnings.
    pub warnings: Vec<Diagnostic>,
}

/// Builds the site: all of it or nothing. Calls `done` after each engagement, from any thread.
pub fn build(
    workspace: &Workspace,
    request: &BuildRequest<'_>,
    done: &(dyn Fn() + Sync),
) -> Result<Built, Failure> {
    let BuildRequest {
        out,
        today,
        options,
        report,
    } = *request;
    let (folder, clock) = (workspace.book.folder(), &workspace.clock);
    let key = &keys::for_build(workspace, out, options.recording)?;
    let (name, secret) = (key.fingerprint(), merging::fillers(key));
    let site = Site {
        name: &name,
        secret: &secret,
    };
    let record = workspace.book.link_record.as_ref();
    let earlier = record.map_or(&[][..], |record| &record.earlier);
    let publication = Publication::begin_after(out, &[folder], site, earlier)?;
    let mut problems = Problems::of(workspace.warnings.iter().chain(key.notice()).cloned());

    // Every engagement, from its folder to its staged files.
    let stages = EngagementBuild {
        workspace,
        key,
        publication: &publication,
        today,
        options,
    };
    let all = workspace.engagements_for(options.shard);
    let staged: Result<Vec<Staged>, Diagnostic> = parallel::engagements(&all, |id| {
        let staged = clock.engagement(id.as_str(), || build_engagement(&stages, id));
        staged.inspect(|_| done())
    });
    let staged = Staged::joined(staged?);
    problems.extend(staged.problems);
    let mut release = Release {
        engagements: staged.released,
        ..Release::default()
    };

    // The pages of persons who read several portals.
    let mut places = staged.places;
    places.add_persons(workspace, key, &staged.person_portals);
    release.persons = stage_persons(&stages, staged.person_portals, &mut problems)?;

    // The numbers of all links, which must not be lower than any that went out before.
    let compared = link_numbers::compare(workspace, key, staged.links);
    let numbers = compared.map_err(|lowered| problems.general.extend(lowered));
    let mut records = staged.records;
    let mut links = String::new();
    if let Ok(numbers) = numbers {
        links = numbers.text;
        if let Some(record) = numbers.record {
            keep(record, options.recording, &mut records, &mut problems)?;
        }
    }

    // If nothing is wrong, the files that are nobody's page; then everything goes out at once.
    let mut warnings = problems.into_result()?;
    let changes = link_changes(&stages, &places)?;
    stage_root_files(&stages, &links, &mut release)?;
    if let Some(problem) = workspace.inputs.changed(&Inputs::of(folder)) {
        return Err(problem.into());
    }
    let report = report.map(|report| report(&release)).transpose()?;
    for record in records {
        record.put()?;
    }
    let published = clock.time(Stage::Publish, || publication.publish())?;
    report.map_or(Ok(()), StagedReport::put)?;
    warnings.extend(published.leftover.clone());

    let own = all.iter().filter(|id| options.shard.holds(id.as_str()));
    Ok(Built {
        engagements: own.count(),
        portals: staged.portals,
        published,
        key: name,
        release,
        links: changes,
        warnings,
    })
}

/// Which links begin and end. One part of a site cannot tell.
fn link_changes(build: &EngagementBuild<'_>, places: &PagePlaces) -> Result<LinkChanges, Failure> {
    match build.options.shard.is_whole() {
        true => places.compare(&build.publication.pages_out(), build.options.ends),
        false => Ok(LinkChanges::default()),
    }
}

/// Writes a record beside the old one, or, where none may be written, adds the problem with that.
fn keep(
    record: NewRecord,
    recording: Recording,
    records: &mut Vec<Replacement>,
    problems: &mut Problems,
) -> Result<(), Diagnostic> {
    match recording {
        Recording::Locked => problems.general.push(record.unwritten()),
        Recording::Open => records.push(record.written()?),
    }
    Ok(())
}

/// Stages the files that are nobody's page; `links` is the record of link numbers, which parts of one site have alike.
fn stage_root_files(
    build: &EngagementBuild<'_>,
    links: &str,
    release: &mut Release,
) -> Result<(), Diagnostic> {
    let (workspace, shard) = (build.workspace, build.options.shard);
    let is_part = !shard.is_whole();
    let part =
        is_part.then(|| merging::part_file(workspace, build.key, (shard, links), build.today));
    for file in root_files(&workspace.shell).into_iter().chain(part) {
        build.publication.put(&file)?;
        release.files.push(ReleasedFile::of(&file));
    }
    Ok(())
}

/// Stages the pages of persons who read several portals; returns the record of each.
fn stage_persons(
    build: &EngagementBuild<'_>,
    portals: PersonPortals,
    problems: &mut Problems,
) -> Result<Vec<ReleasedPortal>, Diagnostic> {
    let workspace = build.workspace;
    let pages = persons::pages(workspace, portals, build.options.shard);
    let mut released = Vec::new();
    for page in problems.value_or_default(pages) {
        if let Some(sealed) = persons::seal(workspace, build.key, &page, problems)? {
            build.publication.put(&sealed)?;
            released.push(release::of_person_page(workspace, &page, &sealed));
        }
    }
    Ok(released)
}

/// What is the same for all engagements of a build.
struct EngagementBuild<'a> {
    workspace: &'a Workspace,
    key: &'a Key,
    publication: &'a Publication,
    today: Date,
    options: BuildOptions,
}

/// What is kept of one engagement, or of several in their order, once its files are staged.
#[derive(Default)]
struct Staged {
    problems: Problems,
    portals: usize,
    /// Records of published rounds and of what was agreed, each on disk beside the old one: their texts are not held in memory until everything goes out.
    records: Vec<Replacement>,
    released: Vec<ReleasedEngagement>,
    links: Vec<EngagementNumbers>,
    person_portals: PersonPortals,
    /// Whose pages lie where.
    places: PagePlaces,
}

/// Takes one engagement from its folder to its staged files.
///
/// An error is one of the disk or the theme, and ends the build; what is wrong in the engagement is among the problems.
fn build_engagement(build: &EngagementBuild<'_>, id: &EngagementId) -> Result<Staged, Diagnostic> {
    let EngagementBuild {
        workspace,
        key,
        publication,
        today,
        options,
    } = *build;
    let clock = &workspace.clock;
    if !options.shard.holds(id.as_str()) {
        return Ok(staged_elsewhere(build, id));
    }
    let prepared = prepare(
        &Preparation {
            workspace,
            key: Some(key),
            today,
            auditing: options.auditing,
        },
        id,
    );
    let mut staged = Staged {
        problems: prepared.problems,
        ..Staged::default()
    };
    for record in prepared.records {
        keep(
            record,
            options.recording,
            &mut staged.records,
            &mut staged.problems,
        )?;
    }
    let Some(engagement) = prepared.engagement else {
        return Ok(staged);
    };
    staged.links.push(EngagementNumbers::of(&engagement));
    let mut released = match options.reporting {
        Reporting::On => {
            let read = (&engagement, &prepared.later);
            Some(release::of_engagement(workspace, key, read, today))
        }
        Reporting::Off => None,
    };
    let source = (workspace, &engagement);
    let pages = sealing::with_passphrases(source, prepared.pages, &mut staged.problems);
    for page in pages {
        let seal = || sealing::seal(workspace, key, &engagement, &page);
        let sealed = clock.time(Stage::Seal, seal)?;
        clock.time(Stage::Publish, || publication.put(&sealed))?;
        staged.portals += 1;
        if let Some(released) = &mut released {
            let page = release::of_page(workspace, &engagement, &page.reader, &sealed);
            released.portals.push(page);
        }
    }
    staged.released.extend(released);
    staged.places = PagePlaces::of((workspace, key), &engagement, today);
    staged.person_portals = clock.time(Stage::Portal, || {
        persons::portals(workspace, Some(key), &engagement, today)
    });
    Ok(staged)
}

/// Reads an engagement of another part of the site, for the pages of persons in this part. Its warnings are that part's to give.
fn staged_elsewhere(build: &EngagementBuild<'_>, id: &EngagementId) -> Staged {
    let EngagementBuild {
        workspace,
        key,
        today,
        ..
    } = *build;
    let mut staged = Staged::default();
    let read = reading::engagement(workspace, id, today);
    if let Some(engagement) = staged.problems.value_of(read.reading) {
        staged.person_portals = persons::portals(workspace, Some(key), &engagement, today);
        staged.links.push(EngagementNumbers::of(&engagement));
        staged.problems.general.retain(Diagnostic::is_error);
    }
    staged
}

impl Staged {
    /// Joins what is kept of several engagements.
    fn joined(parts: Vec<Self>) -> Self {
        let mut whole = Self::default();
        for part in parts {
            whole.problems.extend(part.problems);
            whole.portals += part.portals;
            whole.records.extend(part.records);
            whole.links.extend(part.links);
            whole.released.extend(part.released);
            whole.person_portals.extend(part.person_portals);
            whole.places.extend(part.places);
        }
        whole
    }
}
