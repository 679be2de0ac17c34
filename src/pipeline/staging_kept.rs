//! An engagement as the last build made it, staged as it is; and what this build tells the next one for that.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::engagement::id::EngagementId;
use crate::pipeline::ends::PagePlaces;
use crate::pipeline::engagement_build::EngagementBuild;
use crate::pipeline::engagement_numbers::EngagementNumbers;
use crate::pipeline::staged::{Sound, Staged};
use crate::pipeline::timing::Stage;
use crate::pipeline::unchanged::{KeptEngagement, Looked};
use crate::record::made::{FolderMark, MadeEngagement, MadeFile};

/// The pages of an engagement as they were put into the site: those of its readers, and those of its raters.
pub(super) type MadeFiles = (Vec<MadeFile>, Vec<MadeFile>);

/// What the next build needs so as to leave an engagement as it is, still without what it takes from [`Staged`].
pub(super) fn made(
    build: &EngagementBuild<'_>,
    sound: &Sound<'_>,
    (folder, until): (FolderMark, Option<Date>),
    (pages, asking): MadeFiles,
) -> MadeEngagement {
    MadeEngagement {
        id: sound.engagement.id.to_string(),
        folder,
        shown: sound
            .engagement
            .shown_sources
            .iter()
            .map(|source| source.path.clone())
            .collect(),
        from: build.today,
        until,
        pages,
        asking,
        warnings: Vec::new(),
        numbers: EngagementNumbers::of(sound.engagement).words(),
        places: Vec::new(),
        persons: Vec::new(),
    }
}

/// Stages an engagement as the last build made it, if all of it stays.
pub(super) fn kept(
    build: &EngagementBuild<'_>,
    id: &EngagementId,
    looked: &Looked,
) -> Result<Option<Staged>, Diagnostic> {
    let Some(publication) = build.publication else {
        return Ok(None);
    };
    let kept = || build.unchanged.kept(id, looked, publication);
    let Some(kept) = build.workspace.clock.time(Stage::Publish, kept)? else {
        return Ok(None);
    };
    let KeptEngagement { made, recorded } = kept;
    let numbers = EngagementNumbers::of_words(&made.numbers);
    let Some((numbers, places)) = numbers.zip(PagePlaces::of_words(&made.places)) else {
        return Ok(None);
    };
    for file in made.pages.iter().chain(&made.asking) {
        publication.keep(&file.path, &file.digest)?;
    }
    let mut staged = Staged::default();
    staged.problems.general.clone_from(&made.warnings);
    staged.portals = made.pages.len();
    staged.asking = made.asking.len();
    staged.recorded.pages = recorded;
    staged.links.push(numbers);
    staged.places = places;
    staged.kept.push((id.clone(), made.persons.clone()));
    staged.made.0.push(made);
    Ok(Some(staged))
}
