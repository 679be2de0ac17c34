//! The build of the whole site: every engagement read, made, sealed and staged, then all of it published at once.

use std::path::Path;
use std::path::PathBuf;

use jiff::civil::Date;

use crate::access::key::Key;
use crate::access::root::root_files;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::id::EngagementId;
use crate::engagement::lock::FILE_NAME as LOCK_FILE;
use crate::pipeline::Workspace;
use crate::pipeline::options::BuildOptions;
use crate::pipeline::options::Recording;
use crate::pipeline::options::Reporting;
use crate::pipeline::parallel;
use crate::pipeline::persons::PersonPortals;
use crate::pipeline::problems::Failure;
use crate::pipeline::problems::Problems;
use crate::pipeline::release::Release;
use crate::pipeline::release::ReleasedEngagement;
use crate::pipeline::release::ReleasedFile;
use crate::pipeline::shard::Shard;
use crate::pipeline::timing::Stage;
use crate::progress::lock;
use crate::publish::Publication;
use crate::publish::Published;
use crate::publish::replace::Replacement;

/// What a build did.
#[derive(Debug)]
pub struct Built {
    /// How many engagements there are.
    pub engagements: usize,
    /// How many portals were made.
    pub portals: usize,
    /// What became of the files.
    pub published: Published,
    /// What went to whom; empty where nobody asked for it.
    pub release: Release,
    /// Warnings.
    pub warnings: Vec<Diagnostic>,
}

/// A record of published rounds that is to be written.
pub(super) struct Record {
    path: PathBuf,
    shown: String,
    text: String,
}

impl Record {
    /// Writes the record beside the old one.
    fn written(self) -> Result<Replacement, Diagnostic> {
        Replacement::of(self.path, self.text.as_bytes())
    }

    /// The problem with a record that is not up to date.
    fn unwritten(&self) -> Diagnostic {
        let problem = Diagnostic::error("this record of published rounds is not up to date")
            .in_file(&*self.shown);
        problem.with_hint("run `loggia build` without `--locked` where the content is kept, and keep the file it writes")
    }
}

/// What became of one engagement or of several, in their order; the pages are staged already.
#[derive(Default)]
struct Made {
    problems: Problems,
    portals: usize,
    /// Records of rounds, written beside the old ones: they are not held in memory until all is ready to go out.
    records: Vec<Replacement>,
    released: Vec<ReleasedEngagement>,
    person_portals: PersonPortals,
}

impl Made {
    /// Adds what became of the next engagement.
    fn join(&mut self, next: Self) {
        self.problems.extend(next.problems);
        self.portals += next.portals;
        self.records.extend(next.records);
        self.released.extend(next.released);
        self.person_portals.join(next.person_portals);
    }
}

/// A build on its way.
struct Build<'a> {
    workspace: &'a Workspace,
    key: Key,
    publication: Publication,
    today: Date,
    options: BuildOptions,
}

impl Build<'_> {
    /// Takes one engagement the whole way; nothing of it is kept but what is to be said.
    ///
    /// An error is one of the disk: it ends the build. Whatever is wrong with the engagement itself is problems.
    fn make(&self, id: &EngagementId) -> Result<Made, Diagnostic> {
        let Self {
            workspace, today, ..
        } = self;
        let clock = &workspace.clock;
        let (key, mut made) = (Some(&self.key), Made::default());
        if !self.options.shard.holds(id.as_str()) {
            // It is here for the sake of persons who read several portals; its own part of the site tells the rest.
            if let Some(engagement) = made.problems.value_of(workspace.engagement(id, *today)) {
                workspace.tie(&mut made.person_portals, key, &engagement, *today);
                made.problems.general.retain(Diagnostic::is_error);
            }
            return Ok(made);
        }
        let judged = workspace.judged(id, key, *today, self.options.auditing);
        made.problems = judged.problems;
        for record in judged.records {
            match self.options.recording {
                Recording::Locked => made.problems.general.push(record.unwritten()),
                Recording::Open => made.records.push(record.written()?),
            }
        }
        let Some(engagement) = judged.engagement else {
            return Ok(made);
        };
        let mut released = match self.options.reporting {
            Reporting::On => Some(workspace.released(&engagement, *today)),
            Reporting::Off => None,
        };
        for portal in judged.portals {
            let sealed = clock.time(Stage::Seal, || {
                workspace.seal(&self.key, &engagement, &portal)
            })?;
            clock.time(Stage::Publish, || self.publication.put(&sealed))?;
            made.portals += 1;
            if let Some(released) = &mut released {
                let line = workspace.released_portal(&engagement, &portal.reader, &sealed);
                released.portals.push(line);
            }
        }
        made.released.extend(released);
        clock.time(Stage::Portal, || {
            workspace.tie(&mut made.person_portals, key, &engagement, *today);
        });
        Ok(made)
    }
}

impl Build<'_> {
    /// Adds the files that belong to no engagement, and publishes, if nothing that was problems stands in the way.
    fn finish(self, made: Made) -> Result<Built, Failure> {
        let Self {
            workspace,
            key,
            publication,
            today,
            options,
        } = self;
        let Made {
            mut problems,
            portals,
            records,
            released,
            person_portals,
        } = made;
        let mut release = Release {
            engagements: released,
            ..Release::default()
        };
        for page in problems.list_of(workspace.person_pages(person_portals, options.shard, today)) {
            problems.leaks.extend(workspace.person_leaks(&page));
            let sealed = workspace.seal_person(&key, &page);
            publication.put(&sealed).map_err(Failure::outside)?;
            release
                .persons
                .push(workspace.released_person(&page, &sealed));
        }
        let mut warnings = problems.into_result()?;
        let part =
            (!options.shard.is_whole()).then(|| workspace.part_file(&key, options.shard, today));
        for file in root_files(&workspace.shell).into_iter().chain(part) {
            publication.put(&file).map_err(Failure::outside)?;
            release.files.push(ReleasedFile::of(&file));
        }
        for record in records {
            record.put().map_err(Failure::outside)?;
        }
        let published = workspace
            .clock
            .time(Stage::Publish, || publication.publish());
        let published = published.map_err(Failure::outside)?;
        warnings.extend(published.leftover.clone());
        let own = workspace.book.engagements.iter();
        Ok(Built {
            engagements: own.filter(|id| options.shard.holds(id.as_str())).count(),
            portals,
            published,
            release,
            warnings,
        })
    }
}

impl Workspace {
    /// Builds the site into `out`: all of it or nothing.
    pub fn build(&self, out: &Path, today: Date, options: BuildOptions) -> Result<Built, Failure> {
        self.build_telling(out, today, options, &|| ())
    }

    /// Builds the site, and calls `done` after each engagement, from any thread.
    ///
    /// Figures that were published before are compared with their record, and new ones are recorded before they go out. Engagements
    /// are made side by side, each dropped before the next is begun, so that memory does not grow with the book.
    pub fn build_telling(
        &self,
        out: &Path,
        today: Date,
        options: BuildOptions,
        done: &(dyn Fn() + Sync),
    ) -> Result<Built, Failure> {
        let key = Key::open_or_make(self.book.folder(), Some(out)).map_err(Failure::outside)?;
        let site = key.fingerprint();
        let publication =
            Publication::begin(out, &[self.book.folder()], &site).map_err(Failure::outside)?;
        let mut whole = Made {
            problems: Problems::of(self.warnings.iter().chain(key.notice()).cloned()),
            ..Made::default()
        };
        let build = Build {
            workspace: self,
            key,
            publication,
            today,
            options,
        };
        let make = |id: &&EngagementId| {
            let made = self.clock.engagement(id.as_str(), || build.make(id));
            made.inspect(|_| done())
        };
        let made: Result<Vec<Made>, Diagnostic> =
            parallel::engagements(&self.engagements_for(options.shard), make);
        for next in made.map_err(Failure::outside)? {
            whole.join(next);
        }
        build.finish(whole)
    }

    /// The engagements that a part of the site needs: its own, and those whose portals stand on a page of one of its persons.
    pub fn engagements_for(&self, shard: Shard) -> Vec<&EngagementId> {
        let is_needed = |id: &&EngagementId| {
            let mut persons = self.book.firm.persons.iter();
            shard.holds(id.as_str())
                || persons.any(|person| {
                    shard.holds(person.id.as_str()) && person.engagements.contains_key(*id)
                })
        };
        self.book.engagements.iter().filter(is_needed).collect()
    }

    /// Compares what would be published of the pulse with its record; returns the record if it is to be written anew.
    pub(super) fn record(
        &self,
        key: &Key,
        engagement: &Engagement,
    ) -> Result<Vec<Record>, Vec<Diagnostic>> {
        let hash = |text: &[u8]| key.derive("rounds/v1", &[text]);
        let was = engagement.pulse.lock.as_ref();
        let now = lock::check(engagement, was, &hash).map_err(|problems| {
            problems
                .iter()
                .map(|problem| problem.diagnostic(&engagement.id))
                .collect::<Vec<_>>()
        })?;
        let is_new = was != Some(&now) && !(was.is_none() && now.published.is_empty());
        let shown = format!("{}/pulse/{}", engagement.id, LOCK_FILE);
        let path = self.book.folder().join(&shown);
        Ok(is_new
            .then(|| Record {
                path,
                shown,
                text: lock::text(&now),
            })
            .into_iter()
            .collect())
    }
}
