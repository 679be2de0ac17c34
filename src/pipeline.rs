//! From the firm's folder to the site: the build from top to bottom, and the other commands over the same stages.
//!
//! ```text
//! build    workspace ─▶ each engagement: ─ preparing ─▶ pages ─ sealing ─▶ files, staged ─▶ persons ─▶ publish ─▶ release
//!                                             └─ reading ─▶ records, figures ─▶ pages ─▶ page_audit
//! check    the same as far as `preparing`, and the notes
//! serve    the same as far as `preparing`, one engagement, reader and day at a time: `preview`; what is due: `due`
//! explain  a preview, with the lines of the files that decided: `explaining`
//! links    reading, then everyone's link: `inviting`
//! audit    a site that is already out, compared with what the folder says today: `auditing`
//! merge    parts of a site that were built apart: `merging`; whole sites of several keys: `joining`
//! key      another key, with all records under it: `rekeying`
//! forget   one person less, in all files and records: `forgetting`
//! new      a new file for an engagement: `scaffolding`
//! ```
//!
//! The rules it guards: engagements are built side by side, and each is dropped before its thread begins the next, so that memory does
//! not grow with their number. An engagement in which anything is wrong is not built: of it only pages go out that were published and
//! may stay as they are (`holding`). If anything else is wrong, or that is not asked for, nothing goes out.

pub mod options;
mod parallel;
pub mod problems;
pub mod shard;
pub mod timing;

pub mod workspace;

mod asking;
mod consent_problems;
pub mod ending;
pub mod ends;
mod engagement_build;
mod engagement_numbers;
pub mod forgetting;
mod holding;
mod holding_asking;
mod holding_persons;
pub mod keys;
mod link_numbers;
mod link_record;
pub mod mails;
mod marks;
mod page_audit;
mod page_sizes;
pub mod pages;
pub mod passphrases;
pub mod persons;
mod preparing;
mod previous;
mod questions;
pub mod reading;
mod records;
pub mod release;
mod remembering;
mod sealing;
mod staged;
mod staging;
mod staging_kept;
mod staging_persons;
mod telling;
mod unchanged;

pub mod asking_keys;
pub mod asking_mails;
pub mod auditing;
pub mod checking;
pub mod collecting;
pub mod due;
pub mod explaining;
pub mod inviting;
pub mod joining;
pub mod merging;
pub mod news;
pub mod places;
pub mod preview;
pub mod rekeying;
pub mod scaffolding;
pub mod watching;

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;

use crate::access::Sealed;
use crate::access::key::Key;
use crate::access::root::root_files;
use crate::diagnostic::Diagnostic;
use crate::pipeline::ends::{LinkChanges, PagePlaces};
use crate::pipeline::engagement_build::EngagementBuild;
use crate::pipeline::news::News;
use crate::pipeline::options::{BuildOptions, IfBroken, Recording, Writing};
use crate::pipeline::previous::Previous;
use crate::pipeline::problems::Failure;
use crate::pipeline::release::{HeldEngagement, Release, ReleasedFile, StagedReport};
use crate::pipeline::remembering::{Memory, Remembered};
use crate::pipeline::staged::Staged;
use crate::pipeline::staging::stage;
use crate::pipeline::telling::Digests;
use crate::pipeline::timing::Stage;
use crate::pipeline::unchanged::Unchanged;
use crate::pipeline::workspace::Workspace;
use crate::publish::{Publication, Published, Site};
use crate::record::contents::Release as Recorded;

/// What a build is asked for.
#[derive(Clone, Copy)]
pub struct BuildRequest<'a> {
    /// The folder of the site.
    pub out: &'a Path,
    /// The day as of which it is built.
    pub today: Date,
    /// How it is built.
    pub options: BuildOptions,
    /// What becomes of an engagement in which something is wrong.
    pub if_broken: IfBroken<'a>,
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
    /// How many of them stay as the last build made them, since nothing changed.
    pub unchanged: usize,
    /// How many portals were made.
    pub portals: usize,
    /// How many pages ask raters.
    pub asking: usize,
    /// What became of the files.
    pub published: Published,
    /// The name of the key that sealed it.
    pub key: String,
    /// Whose links begin and end.
    pub links: LinkChanges,
    /// What went to whom; empty if the options do not ask for it, but for what was held back.
    pub release: Release,
    /// Whether nothing was written, as asked for.
    pub is_dry: bool,
    /// What is new for whom since the last release; nothing where none is known.
    pub news: Option<Vec<News>>,
    /// Warnings.
    pub warnings: Vec<Diagnostic>,
    /// Those of them that the last release did not have; nothing where none is known.
    pub new_warnings: Option<Vec<Diagnostic>>,
    /// Why some engagements were held back, if any was.
    pub failure: Option<Failure>,
}

/// Builds the site: all of it or nothing, but for engagements that hold back themselves. Calls `done` after each engagement, from any
/// thread.
pub fn build(
    workspace: &Workspace,
    request: &BuildRequest<'_>,
    done: &(dyn Fn() + Sync),
) -> Result<Built, Failure> {
    let BuildRequest {
        out,
        today,
        options,
        ..
    } = *request;
    let folder = workspace.book.folder();
    let is_dry = options.writing == Writing::Off;
    let key = &match is_dry {
        true => keys::for_dry_build(workspace, out)?,
        false => keys::for_build(workspace, out, options.recording)?,
    };
    let (name, secret) = (key.fingerprint(), merging::fillers(key));
    let site = Site {
        name: &name,
        secret: &secret,
    };
    let record = workspace.book.link_record.as_ref();
    let earlier = record.map_or(&[][..], |record| &record.earlier);
    let begin = || Publication::begin_after(out, &[folder], site, earlier);
    let publication = (!is_dry).then(begin).transpose()?;
    let hash = |body: &[u8]| key.derive(remembering::PURPOSE, &[body]);
    let memory = Memory::of(folder, out, &hash);
    let previous = previous::for_build((out, request.if_broken), key, earlier)?;
    let digests = Digests::of(key);
    let unchanged = Unchanged::of((workspace, key), &memory, (options, today));
    let stages = EngagementBuild {
        workspace,
        key,
        publication: publication.as_ref(),
        today,
        options,
        previous: previous.as_ref(),
        memory: &memory,
        digests: &digests,
        unchanged: &unchanged,
    };
    let mut staged = stage(&stages, done)?;
    let of_site = workspace.warnings.iter().chain(key.notice()).cloned();
    staged
        .problems
        .general
        .extend(of_site.chain(memory.notice()));
    let outgoing = Outgoing {
        workspace,
        key,
        request,
        memory: &memory,
        digests: &digests,
        unchanged: &unchanged,
    };
    outgoing.publish(publication, staged)
}

/// What is staged, on its way out.
struct Outgoing<'a> {
    workspace: &'a Workspace,
    key: &'a Key,
    request: &'a BuildRequest<'a>,
    memory: &'a Memory<'a>,
    digests: &'a Digests,
    unchanged: &'a Unchanged<'a>,
}

impl Outgoing<'_> {
    /// If nothing is wrong but with engagements that hold back themselves, adds the files that are nobody's page; then everything goes out
    /// at once. Without a publication nothing does.
    fn publish(
        &self,
        publication: Option<Publication>,
        mut staged: Staged,
    ) -> Result<Built, Failure> {
        let workspace = self.workspace;
        let numbers = self.link_numbers(&mut staged)?;
        let failure = staged.held_problems.into_result().err();
        let warnings = staged.problems.into_result();
        let mut warnings = warnings.map_err(|of_all| of_all.and(failure.clone()))?;
        let shard = self.request.options.shard;
        let of_part = |held: &HeldEngagement| shard.holds(&held.engagement);
        let mut release = Release {
            engagements: staged.released,
            persons: staged.persons,
            files: Vec::new(),
            held: staged.held.into_iter().filter(of_part).collect(),
        };
        let mut recorded = staged.recorded;
        recorded.warnings = self.digests.warnings(&warnings);
        let out = Previous::open(self.request.out, self.key);
        let last = self.memory.last(out.as_ref());
        let news = last.map(|last| news::between(last, &recorded));
        let new_warnings = |last: &Recorded| self.digests.new_warnings(&last.warnings, &warnings);
        let new_warnings = last.map(new_warnings);

        let links = self.link_changes(publication.as_ref(), &staged.places);
        let links = links.map_err(|of_links| of_links.and(failure.clone()))?;
        let files = self.nobodys_files(&numbers, &staged.places, publication.as_ref())?;
        release.files = files.iter().map(ReleasedFile::of).collect();
        let kept: BTreeSet<&str> = staged.kept.iter().map(|(id, _)| id.as_str()).collect();
        workspace.refuse_changed_inputs(|id| kept.contains(id))?;
        let mut published = Published::default();
        if let Some(publication) = publication {
            let report = self
                .request
                .report
                .map(|report| report(&release))
                .transpose()?;
            for record in staged.records {
                record.put()?;
            }
            let remembered = self.memory.begin(&recorded, out.as_ref());
            let clock = &workspace.clock;
            published = clock.time(Stage::Publish, || publication.publish())?;
            report.map_or(Ok(()), StagedReport::put)?;
            warnings.extend(remembered.and_then(Remembered::finish).err());
            warnings.extend(self.unchanged.remember(&numbers, staged.made).err());
            warnings.extend(published.leftover.clone());
        }

        let all = workspace.engagements_for(shard).into_iter();
        Ok(Built {
            engagements: all.filter(|id| shard.holds(id.as_str())).count(),
            unchanged: staged.kept.len(),
            portals: staged.portals,
            asking: staged.asking,
            published,
            key: self.key.fingerprint(),
            links,
            release,
            is_dry: self.request.options.writing == Writing::Off,
            news,
            warnings,
            new_warnings,
            failure,
        })
    }

    /// Compares the numbers of all links, which must not be lower than any that went out before; returns the record of them.
    fn link_numbers(&self, staged: &mut Staged) -> Result<String, Diagnostic> {
        let read = std::mem::take(&mut staged.links);
        let compared = match link_numbers::compare(self.workspace, self.key, read) {
            Ok(compared) => compared,
            Err(lowered) => {
                staged.problems.general.extend(lowered);
                return Ok(String::new());
            }
        };
        let BuildOptions {
            recording, writing, ..
        } = self.request.options;
        match compared.record {
            Some(record) if recording == Recording::Locked => {
                staged.problems.general.push(record.unwritten());
            }
            Some(record) if writing == Writing::On => staged.records.push(record.written()?),
            Some(_) | None => {}
        }
        Ok(compared.text)
    }

    /// Which links begin and end. With another key all of them do.
    fn link_changes(
        &self,
        publication: Option<&Publication>,
        places: &PagePlaces,
    ) -> Result<LinkChanges, Failure> {
        let options = self.request.options;
        let name = self.key.fingerprint();
        let is_same = |publication: &&Publication| !publication.replaces_another_key(&name);
        let Some(publication) = publication.filter(is_same) else {
            return Ok(LinkChanges::default());
        };
        if options.shard.is_whole() {
            return places.compare(&publication.pages_out(), options.ends);
        }
        // A part is most often built into a new folder; the site as published tells then.
        let published = match self.request.if_broken {
            IfBroken::KeepPagesOf(folder) => Previous::open(folder, self.key),
            IfBroken::Stop | IfBroken::KeepPages => None,
        };
        let out = published.map_or_else(|| publication.pages_out(), |site| site.pages());
        Ok(places.compare_part(&out))
    }

    /// Adds the files that are nobody's page; `links` is the record of link numbers, which parts of one site have alike.
    fn nobodys_files(
        &self,
        links: &str,
        places: &PagePlaces,
        publication: Option<&Publication>,
    ) -> Result<Vec<Sealed>, Diagnostic> {
        let mut files: Vec<Sealed> = root_files(&self.workspace.shell).into_iter().collect();
        let Some(publication) = publication else {
            return Ok(files);
        };
        for file in &files {
            publication.put(file)?;
        }
        let BuildRequest { today, options, .. } = *self.request;
        if !options.shard.is_whole() {
            let part = merging::part_file(
                (self.workspace, self.key),
                (options.shard, today),
                (links, places),
                &publication.content_digests(),
            );
            publication.put(&part)?;
            files.push(part);
        }
        Ok(files)
    }
}
