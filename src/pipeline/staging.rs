//! Every engagement of a build, from its folder to its staged files; then the pages of persons.
//!
//! The rule it guards: engagements are built side by side, and each is dropped before its thread begins the next. Of one in which something
//! is wrong nothing new is staged, only what stays of it.

use jiff::civil::Date;

use crate::access::Sealed;
use crate::access::key::Key;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::id::EngagementId;
use crate::engagement::later::Later;
use crate::pipeline::ends::PagePlaces;
use crate::pipeline::holding::Holding;
use crate::pipeline::holding_persons::PersonNow;
use crate::pipeline::link_numbers::EngagementNumbers;
use crate::pipeline::options::{BuildOptions, Recording, Reporting, Writing};
use crate::pipeline::pages::ReaderPage;
use crate::pipeline::persons::PersonPortals;
use crate::pipeline::preparing::{Preparation, prepare};
use crate::pipeline::previous::Previous;
use crate::pipeline::problems::Problems;
use crate::pipeline::records::NewRecord;
use crate::pipeline::release::{HeldEngagement, ReleasedEngagement, ReleasedPortal};
use crate::pipeline::remembering::Memory;
use crate::pipeline::telling::{Digests, Telling};
use crate::pipeline::timing::Stage;
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{holding_persons, parallel, persons, reading, release, sealing};
use crate::progress::figures::Figures;
use crate::publish::Publication;
use crate::publish::replace::Replacement;
use crate::record::contents;
use crate::record::contents::{RecordedPage, RecordedPerson};

/// What is the same for all engagements of a build.
pub(super) struct EngagementBuild<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) key: &'a Key,
    /// Absent where nothing is written.
    pub(super) publication: Option<&'a Publication>,
    pub(super) today: Date,
    pub(super) options: BuildOptions,
    pub(super) previous: Option<&'a Previous>,
    pub(super) memory: &'a Memory<'a>,
    pub(super) digests: &'a Digests,
}

impl<'a> EngagementBuild<'a> {
    /// Takes a file into the new site.
    fn put(&self, file: &Sealed) -> Result<(), Diagnostic> {
        self.publication
            .map_or(Ok(()), |publication| publication.put(file))
    }

    /// What it takes to judge published pages, if any is to be kept.
    fn holding(&self) -> Option<Holding<'a>> {
        let previous = self.previous?;
        Some(Holding {
            workspace: self.workspace,
            key: self.key,
            today: self.today,
            auditing: self.options.auditing,
            previous,
            records: self.memory.all(),
            digests: self.digests,
        })
    }
}

/// What is kept of one engagement, or of several in their order, once its files are staged.
pub(super) struct Staged {
    /// What keeps everything from going out.
    pub(super) problems: Problems,
    /// What holds back single engagements.
    pub(super) held_problems: Problems,
    pub(super) portals: usize,
    /// Records of published rounds and of what was agreed, each on disk beside the old one: their texts are not held in memory until everything goes out.
    pub(super) records: Vec<Replacement>,
    pub(super) released: Vec<ReleasedEngagement>,
    pub(super) persons: Vec<ReleasedPortal>,
    pub(super) held: Vec<HeldEngagement>,
    /// What the private record keeps of this release.
    pub(super) recorded: contents::Release,
    pub(super) person_portals: PersonPortals,
    /// The numbers that links are derived from.
    pub(super) links: Vec<EngagementNumbers>,
    /// Whose pages lie where.
    pub(super) places: PagePlaces,
}

/// Takes one engagement from its folder to its staged files.
///
/// An error is one of the disk or the theme, and ends the build; what is wrong in the engagement is among the problems.
fn build_engagement(build: &EngagementBuild<'_>, id: &EngagementId) -> Result<Staged, Diagnostic> {
    let EngagementBuild {
        workspace,
        key,
        today,
        options,
        ..
    } = *build;
    let clock = &workspace.clock;
    if !options.shard.holds(id.as_str()) {
        return staged_elsewhere(build, id);
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
    let mut staged = Staged::of(today);
    staged.problems = prepared.problems;
    if options.recording == Recording::Locked {
        let unwritten = prepared.records.iter().map(NewRecord::unwritten);
        staged.problems.general.extend(unwritten);
    }
    let Some(engagement) = prepared.engagement else {
        return held_back(build, id, staged);
    };
    let source = (workspace, &engagement);
    let pages = sealing::with_passphrases(source, prepared.pages, &mut staged.problems);
    if staged.problems.hold_back() {
        return held_back(build, id, staged);
    }
    for record in prepared.records {
        if options.recording == Recording::Open && options.writing == Writing::On {
            staged.records.push(record.written()?);
        }
    }
    let sound = Sound {
        engagement: &engagement,
        later: &prepared.later,
        figures: &prepared.figures,
    };
    staged.links.push(EngagementNumbers::of(&engagement));
    staged.places = PagePlaces::of((workspace, key), &engagement, today);
    stage_pages(build, &sound, pages, &mut staged)?;
    staged.person_portals = clock.time(Stage::Portal, || {
        persons::portals(workspace, Some(key), &engagement, today)
    });
    Ok(staged)
}

/// An engagement in which nothing is wrong.
struct Sound<'a> {
    engagement: &'a Engagement,
    later: &'a Later,
    figures: &'a Figures,
}

/// Seals and stages the pages of an engagement.
fn stage_pages(
    build: &EngagementBuild<'_>,
    sound: &Sound<'_>,
    pages: Vec<ReaderPage>,
    staged: &mut Staged,
) -> Result<(), Diagnostic> {
    let EngagementBuild {
        workspace,
        key,
        today,
        options,
        ..
    } = *build;
    let Sound {
        engagement,
        later,
        figures,
    } = *sound;
    let clock = &workspace.clock;
    let mut released = match options.reporting {
        Reporting::On => {
            let read = (engagement, later);
            Some(release::of_engagement(workspace, key, read, today))
        }
        Reporting::Off => None,
    };
    let telling = Telling {
        workspace,
        engagement,
        figures,
        today,
        digests: build.digests,
    };
    let mut told = clock.time(Stage::Portal, || telling.all());
    for page in pages {
        let seal = || sealing::seal(workspace, key, engagement, &page);
        let sealed = clock.time(Stage::Seal, seal)?;
        clock.time(Stage::Publish, || build.put(&sealed))?;
        staged.portals += 1;
        let file = release::of_page(workspace, engagement, &page.reader, &sealed);
        staged.recorded.pages.push(RecordedPage {
            engagement: engagement.id.to_string(),
            reader: page.reader.id().to_string(),
            file: file.recorded(),
            told: told.remove(page.reader.id()).unwrap_or_default(),
        });
        if let Some(released) = &mut released {
            released.portals.push(file);
        }
    }
    staged.released.extend(released);
    Ok(())
}

/// Stages what stays of an engagement that cannot be built, if that is asked for; otherwise its problems keep everything from going out.
fn held_back(
    build: &EngagementBuild<'_>,
    id: &EngagementId,
    mut staged: Staged,
) -> Result<Staged, Diagnostic> {
    let Some(holding) = build.holding().filter(|_| staged.problems.hold_back()) else {
        return Ok(staged);
    };
    let mut held = holding.hold(id);
    if !held.secrets.is_empty() {
        staged.problems.secrets.append(&mut held.secrets);
        return Ok(staged);
    }
    let mut staged = Staged {
        held_problems: staged.problems,
        ..Staged::of(build.today)
    };
    if build.options.shard.holds(id.as_str()) {
        for file in &held.files {
            build.put(file)?;
        }
        staged.recorded.pages.append(&mut held.recorded);
        staged
            .held_problems
            .general
            .extend(held.engagement.notices());
    }
    staged.add_held_places(build, &held.engagement);
    staged.held.push(held.engagement);
    Ok(staged)
}

/// Reads an engagement of another part of the site, for the pages of persons in this part. Its warnings are that part's to give.
fn staged_elsewhere(build: &EngagementBuild<'_>, id: &EngagementId) -> Result<Staged, Diagnostic> {
    let EngagementBuild {
        workspace,
        key,
        today,
        ..
    } = *build;
    let mut staged = Staged::of(today);
    let read = reading::engagement(workspace, id, today);
    let engagement = staged.problems.value_of(read.reading);
    staged.problems.general.retain(Diagnostic::is_error);
    let Some(engagement) = engagement else {
        return held_back(build, id, staged);
    };
    staged.links.push(EngagementNumbers::of(&engagement));
    staged.person_portals = persons::portals(workspace, Some(key), &engagement, today);
    Ok(staged)
}

impl Staged {
    /// Says of the links of an engagement that cannot be built which stay, and why the others end.
    fn add_held_places(&mut self, build: &EngagementBuild<'_>, held: &HeldEngagement) {
        let whose = |reader: &str| format!("`{reader}` in `{}`", held.engagement);
        for page in &held.kept {
            self.places.add_kept(&page.file, whose(&page.reader));
        }
        if held.ended.iter().any(|page| page.reader.is_none()) {
            self.places.lack_people();
        }
        let records = build.memory.all().iter();
        let releases = records.flat_map(|record| &record.releases);
        let pages = releases.flat_map(|release| &release.pages);
        for page in pages.filter(|page| page.engagement == held.engagement) {
            self.places.add_held(&page.file.path, whose(&page.reader));
        }
    }

    /// Nothing yet, on a day.
    fn of(day: Date) -> Self {
        Self {
            problems: Problems::default(),
            held_problems: Problems::default(),
            portals: 0,
            records: Vec::new(),
            released: Vec::new(),
            persons: Vec::new(),
            held: Vec::new(),
            recorded: contents::Release::of(day),
            person_portals: PersonPortals::default(),
            links: Vec::new(),
            places: PagePlaces::default(),
        }
    }

    /// Joins what is kept of several engagements.
    fn joined(parts: Vec<Self>, day: Date) -> Self {
        let mut whole = Self::of(day);
        for part in parts {
            whole.problems.extend(part.problems);
            whole.held_problems.extend(part.held_problems);
            whole.portals += part.portals;
            whole.records.extend(part.records);
            whole.released.extend(part.released);
            whole.held.extend(part.held);
            whole.recorded.pages.extend(part.recorded.pages);
            whole.person_portals.extend(part.person_portals);
            whole.links.extend(part.links);
            whole.places.extend(part.places);
        }
        whole
    }
}

/// Every engagement, from its folder to its staged files; then the pages of persons who read several portals.
pub(super) fn stage(
    build: &EngagementBuild<'_>,
    done: &(dyn Fn() + Sync),
) -> Result<Staged, Diagnostic> {
    let all = build.workspace.engagements_for(build.options.shard);
    let clock = &build.workspace.clock;
    let staged: Result<Vec<Staged>, Diagnostic> = parallel::engagements(&all, |id| {
        let staged = clock.engagement(id.as_str(), || build_engagement(build, id));
        staged.inspect(|_| done())
    });
    let mut staged = Staged::joined(staged?, build.today);
    stage_persons(build, &mut staged)?;
    Ok(staged)
}

/// Stages the pages of persons who read several portals.
fn stage_persons(build: &EngagementBuild<'_>, staged: &mut Staged) -> Result<(), Diagnostic> {
    let EngagementBuild {
        workspace, options, ..
    } = *build;
    let portals = std::mem::take(&mut staged.person_portals);
    staged.places.add_persons(workspace, build.key, &portals);
    let pages = persons::pages(workspace, portals, options.shard);
    let mut pages = staged.problems.value_or_default(pages);
    let persons = workspace.book.firm.persons.iter().enumerate();
    for (index, person) in persons.filter(|(_, person)| options.shard.holds(person.id.as_str())) {
        let place = pages.iter().position(|page| page.person == index);
        let page = place.map(|place| pages.remove(place));
        let now = PersonNow {
            person,
            page: page.as_ref(),
            held: &staged.held,
        };
        let is_concerned = now.is_concerned();
        let kept = build.holding().filter(|_| is_concerned);
        if let Some(kept) = kept.and_then(|holding| now.hold(&holding)) {
            build.put(&kept.file)?;
            let whose = format!("person `{}`", person.id);
            staged.places.add_kept(&kept.released.file, whose);
            staged.persons.push(kept.released);
            staged.recorded.persons.push(kept.recorded);
            continue;
        }
        let Some(page) = page else {
            if is_concerned {
                let notice = holding_persons::ended(person);
                staged.held_problems.general.push(notice);
            }
            continue;
        };
        if let Some(sealed) = persons::seal(workspace, build.key, &page, &mut staged.problems)? {
            build.put(&sealed)?;
            let released = release::of_person_page(workspace, &page, &sealed);
            staged.recorded.persons.push(RecordedPerson {
                id: person.id.to_string(),
                file: released.recorded(),
                lines: build.digests.lines(&page.lines),
            });
            staged.persons.push(released);
        }
    }
    Ok(())
}
