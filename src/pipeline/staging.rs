//! Every engagement of a build, from its folder to its staged files; then the pages of persons.
//!
//! The rule it guards: engagements are built side by side, and each is dropped before its thread begins the next. Of one in which something
//! is wrong nothing new is staged, only what stays of it.

use crate::diagnostic::Diagnostic;
use crate::engagement::id::EngagementId;
use crate::engagement::today::{Today, Turn};
use crate::pipeline::asking::AskingPage;
use crate::pipeline::ends::PagePlaces;
use crate::pipeline::engagement_build::EngagementBuild;
use crate::pipeline::engagement_numbers::EngagementNumbers;
use crate::pipeline::options::{Recording, Reporting};
use crate::pipeline::pages::ReaderPage;
use crate::pipeline::preparing::{Preparation, prepare};
use crate::pipeline::records::NewRecord;
use crate::pipeline::release::ReleasedFile;
use crate::pipeline::staged::{Sound, Staged};
use crate::pipeline::staging_kept::MadeFiles;
use crate::pipeline::telling::Telling;
use crate::pipeline::timing::Stage;
use crate::pipeline::{
    asking, parallel, persons, reading, release, sealing, staging_kept, staging_persons,
};
use crate::record::contents::RecordedPage;
use crate::record::made::MadeFile;

/// Takes one engagement from its folder to its staged files.
///
/// An error is one of the disk or the theme, and ends the build; what is wrong in the engagement is among the problems.
fn build_engagement(build: &EngagementBuild<'_>, id: &EngagementId) -> Result<Staged, Diagnostic> {
    let EngagementBuild {
        workspace,
        key,
        options,
        ..
    } = *build;
    if !options.shard.holds(id.as_str()) {
        return staged_elsewhere(build, id);
    }
    let looked = build.unchanged.look(id);
    if let Some(staged) = staging_kept::kept(build, id, &looked)? {
        return Ok(staged);
    }
    let turn = Turn::default();
    let today = Today::remembering(build.today, &turn);
    let preparation = Preparation {
        workspace,
        key: Some(key),
        today,
        auditing: options.auditing,
    };
    let prepared = prepare(&preparation, id);
    let mut staged = Staged {
        problems: prepared.problems,
        ..Staged::default()
    };
    if options.recording == Recording::Locked {
        let unwritten = prepared.records.iter().map(NewRecord::unwritten);
        staged.problems.general.extend(unwritten);
    }
    let Some(engagement) = prepared.engagement else {
        return held_back(build, id, staged);
    };
    let source = (workspace, &engagement);
    let pages = sealing::with_passphrases(source, prepared.pages, &mut staged.problems);
    let asking = asking::with_passphrases(source, prepared.asking, &mut staged.problems);
    if staged.problems.hold_back() {
        return held_back(build, id, staged);
    }
    // A record that is written anew is read by the next build, which makes of it what this one could not yet.
    let folder = build.unchanged.folder(looked, &engagement);
    let folder = folder.filter(|_| prepared.records.is_empty());
    staged.write_records(options, prepared.records)?;
    let sound = Sound {
        engagement: &engagement,
        later: &prepared.later,
        figures: &prepared.figures,
        today,
    };
    let files = stage_pages(build, &sound, (pages, asking), &mut staged)?;
    stage_others(build, &sound, &mut staged);
    if let Some((folder, files)) = folder.zip(files) {
        let made = staging_kept::made(build, &sound, (folder, turn.day()), files);
        staged.note_made(made);
    }
    Ok(staged)
}

/// Whose links are which and lie where, and what persons who read several portals read of this engagement.
fn stage_others(build: &EngagementBuild<'_>, sound: &Sound<'_>, staged: &mut Staged) {
    let EngagementBuild { workspace, key, .. } = *build;
    let Sound {
        engagement, today, ..
    } = *sound;
    staged.links.push(EngagementNumbers::of(engagement));
    staged.places = PagePlaces::of((workspace, key), engagement, today);
    staged.person_portals = workspace.clock.time(Stage::Portal, || {
        persons::portals(workspace, Some(key), engagement, today)
    });
}

/// Seals and stages the pages of an engagement, and returns their files where they were put into a site.
fn stage_pages(
    build: &EngagementBuild<'_>,
    sound: &Sound<'_>,
    (pages, asking): (Vec<ReaderPage>, Vec<AskingPage>),
    staged: &mut Staged,
) -> Result<Option<MadeFiles>, Diagnostic> {
    let EngagementBuild {
        workspace,
        key,
        options,
        ..
    } = *build;
    let Sound {
        engagement,
        later,
        figures,
        today,
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
    let mut told = clock.time(Stage::Portal, || telling.all_of(&pages));
    let (mut made, mut made_asking) = (Vec::new(), Vec::new());
    for page in pages {
        let seal = || sealing::seal(workspace, key, engagement, &page);
        let sealed = clock.time(Stage::Seal, seal)?;
        let digest = clock.time(Stage::Publish, || build.put(&sealed))?;
        staged.portals += 1;
        let file = release::of_page(workspace, engagement, &page.reader, &sealed);
        made.push(digest.map(|digest| file.file.made(digest)));
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
    for page in asking {
        let seal = || asking::seal((workspace, key), engagement, &page);
        let sealed = clock.time(Stage::Seal, seal)?;
        let digest = clock.time(Stage::Publish, || build.put(&sealed))?;
        staged.asking += 1;
        made_asking.push(digest.map(|digest| ReleasedFile::of(&sealed).made(digest)));
        if let Some(released) = &mut released {
            let file = release::of_asking_page(workspace, engagement, &page.rater, &sealed);
            released.asking.push(file);
        }
    }
    staged.released.extend(released);
    let files = |files: Vec<Option<MadeFile>>| files.into_iter().collect::<Option<Vec<_>>>();
    Ok(files(made).zip(files(made_asking)))
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
        ..Staged::default()
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
    for (path, whose) in held.asking.places {
        staged.places.add_held(&path, whose);
    }
    for (file, whose) in held.asking.kept {
        if build.options.shard.holds(id.as_str()) {
            build.put(&file)?;
        }
        staged.places.add_kept(&ReleasedFile::of(&file), whose);
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
    let mut staged = Staged::default();
    let read = reading::engagement(workspace, id, today.into());
    let engagement = staged.problems.value_of(read.reading);
    staged.problems.general.retain(Diagnostic::is_error);
    let Some(engagement) = engagement else {
        return held_back(build, id, staged);
    };
    staged.links.push(EngagementNumbers::of(&engagement));
    staged.person_portals = persons::portals(workspace, Some(key), &engagement, today.into());
    Ok(staged)
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
    let mut staged = Staged::joined(staged?);
    staging_persons::stage(build, &mut staged)?;
    Ok(staged)
}
