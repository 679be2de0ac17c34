//! What is staged of engagements.

use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::id::{EngagementId, PersonId};
use crate::engagement::later::Later;
use crate::engagement::today::Today;
use crate::pipeline::ends::PagePlaces;
use crate::pipeline::engagement_build::EngagementBuild;
use crate::pipeline::engagement_numbers::EngagementNumbers;
use crate::pipeline::options::{BuildOptions, Recording, Writing};
use crate::pipeline::persons::PersonPortals;
use crate::pipeline::problems::Problems;
use crate::pipeline::records::NewRecord;
use crate::pipeline::release::{HeldEngagement, ReleasedEngagement, ReleasedPortal};
use crate::progress::figures::Figures;
use crate::publish::replace::Replacement;
use crate::record::contents;
use crate::record::made::{MadeEngagement, MadePerson};

/// What is kept of one engagement, or of several in their order, once its files are staged.
#[derive(Default)]
pub(super) struct Staged {
    /// What keeps everything from going out.
    pub(super) problems: Problems,
    /// What holds back single engagements.
    pub(super) held_problems: Problems,
    pub(super) portals: usize,
    /// How many pages ask raters.
    pub(super) asking: usize,
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
    /// The engagements of which everything stays as the last build made it, with the persons who read their portals.
    pub(super) kept: Vec<(EngagementId, Vec<String>)>,
    /// What the next build may leave as it is.
    pub(super) made: (Vec<MadeEngagement>, Vec<MadePerson>),
}

/// An engagement in which nothing is wrong.
pub(super) struct Sound<'a> {
    pub(super) engagement: &'a Engagement,
    pub(super) later: &'a Later,
    pub(super) figures: &'a Figures,
    pub(super) today: Today<'a>,
}

impl Staged {
    /// Writes the records of an engagement beside the old ones, if that is allowed.
    pub(super) fn write_records(
        &mut self,
        options: BuildOptions,
        records: Vec<NewRecord>,
    ) -> Result<(), Diagnostic> {
        let is_allowed = options.recording == Recording::Open && options.writing == Writing::On;
        for record in records.into_iter().filter(|_| is_allowed) {
            self.records.push(record.written()?);
        }
        Ok(())
    }

    /// Says of the links of an engagement that cannot be built which stay, and why the others end.
    pub(super) fn add_held_places(&mut self, build: &EngagementBuild<'_>, held: &HeldEngagement) {
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

    /// Joins what is kept of several engagements.
    pub(super) fn joined(parts: Vec<Self>) -> Self {
        let mut whole = Self::default();
        for part in parts {
            whole.problems.extend(part.problems);
            whole.held_problems.extend(part.held_problems);
            whole.portals += part.portals;
            whole.asking += part.asking;
            whole.records.extend(part.records);
            whole.released.extend(part.released);
            whole.held.extend(part.held);
            whole.recorded.pages.extend(part.recorded.pages);
            whole.person_portals.extend(part.person_portals);
            whole.links.extend(part.links);
            whole.places.extend(part.places);
            whole.kept.extend(part.kept);
            whole.made.0.extend(part.made.0);
        }
        whole
    }

    /// Keeps what was made of its engagement for the next build.
    pub(super) fn note_made(&mut self, made: MadeEngagement) {
        let persons = self.person_portals.persons();
        let made = MadeEngagement {
            warnings: self.problems.general.clone(),
            places: self.places.words(),
            persons: persons.map(PersonId::to_string).collect(),
            ..made
        };
        self.made.0.push(made);
    }
}
