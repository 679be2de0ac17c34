//! A snapshot: the result of one build, served until the next.
//!
//! The rule it guards: a snapshot is made from the one before and from the folder, and never changes. An engagement with errors keeps its
//! last good portals, and the errors are among the problems.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::dev::address::PortalAddress;
use crate::dev::hint::Changes;
use crate::diagnostic::{Diagnostic, sort};
use crate::pipeline::preview;
use crate::pipeline::preview::{Preview, PreviewPage, ValidEngagement, preview_each};
use crate::pipeline::problems::Failure;
use crate::pipeline::timing::Clock;
use crate::pipeline::workspace::Workspace;

/// One build.
#[derive(Default)]
pub(super) struct Snapshot {
    /// Counts the builds of this run.
    pub(super) number: u64,
    /// The day it is for; nothing before the first build.
    pub(super) today: Option<Date>,
    /// The firm, its theme and its list of engagements, as last read without error.
    pub(super) workspace: Option<Arc<Workspace>>,
    /// The engagements by id.
    pub(super) engagements: BTreeMap<String, EngagementState>,
    /// All errors and warnings, in the order in which they are shown: errors first.
    pub(super) problems: Vec<Diagnostic>,
    /// What has changed since loggia.toml and the theme could last be read.
    pending: Changes,
    /// Measures the stages of this build and of later ones.
    clock: Clock,
}

/// One engagement.
#[derive(Clone, Default)]
pub(super) struct EngagementState {
    /// The last rendering without error.
    pub(super) current: Option<Arc<Rendered>>,
    /// The one before its pages last changed.
    pub(super) before: Option<Arc<Rendered>>,
    problems: Vec<Diagnostic>,
}

/// A rendering of an engagement.
pub(super) struct Rendered {
    /// The firm and theme it was rendered with.
    pub(super) workspace: Arc<Workspace>,
    /// The engagement.
    pub(super) valid: ValidEngagement,
    /// The readers, each with the hash of the page.
    pub(super) pages: Vec<PreviewPage>,
    /// The day it was rendered for.
    pub(super) today: Date,
}

/// Where the day comes from.
#[derive(Debug, Clone, Copy)]
pub(super) enum DaySource {
    /// The day that the firm's clocks show.
    Clock,
    /// This one.
    Fixed(Date),
}

impl DaySource {
    fn today(self, workspace: &Workspace) -> Date {
        match self {
            Self::Clock => Timestamp::now()
                .to_zoned(workspace.timezone().clone())
                .date(),
            Self::Fixed(day) => day,
        }
    }
}

/// What a build did, in numbers.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct BuildCounts {
    /// How many portals were rendered.
    pub(super) rendered: usize,
    /// How many of them differ from before.
    pub(super) changed: usize,
}

impl Rendered {
    /// The page of one reader, if there is one.
    pub(super) fn page(&self, reader: &str) -> Option<&PreviewPage> {
        self.pages.iter().find(|page| page.reader == reader)
    }

    /// The portal at an address as a build would publish it; nothing if that person has none on that day.
    pub(super) fn portal(&self, address: &PortalAddress<'_>) -> Option<Vec<u8>> {
        let wanted = address.page_of(self.today);
        let portal = preview::page(&self.workspace, &self.valid, wanted)?.ok()?;
        Some(portal.page.document().as_bytes().to_vec())
    }

    /// The digest of that portal.
    pub(super) fn portal_digest(&self, address: &PortalAddress<'_>) -> Option<[u8; 32]> {
        if address.day.is_none() {
            return Some(self.page(address.reader)?.digest);
        }
        Some(Sha256::digest(self.portal(address)?).into())
    }
}

impl Snapshot {
    /// The snapshot before the first build, if builds are to be timed.
    pub(super) fn timed() -> Self {
        Self {
            clock: Clock::on(),
            ..Self::default()
        }
    }

    /// The time of each stage since the last call, of all threads together and with the pages served meanwhile; nothing if it is not measured.
    pub(super) fn stages(&self) -> Option<String> {
        let stages = self.clock.take()?.stages;
        let passed = stages.iter().filter(|(_, time)| !time.is_zero());
        let words = passed.map(|(stage, time)| format!("{} {}", stage.as_str(), time.as_millis()));
        Some(format!(" ({})", words.collect::<Vec<_>>().join(", ")))
    }

    /// The last rendering of an engagement without error.
    pub(super) fn rendered(&self, id: &str) -> Option<&Arc<Rendered>> {
        self.engagements.get(id)?.current.as_ref()
    }

    /// Whether there is an error.
    pub(super) fn has_errors(&self) -> bool {
        self.problems.iter().any(Diagnostic::is_error)
    }

    /// Whether it was made for another day than today.
    pub(super) fn is_for_another_day(&self, day_source: DaySource) -> bool {
        let today = self
            .workspace
            .as_ref()
            .map(|workspace| day_source.today(workspace));
        self.today != today
    }

    /// Builds what has changed.
    pub(super) fn rebuilt(
        &self,
        content: &Path,
        changes: &Changes,
        day_source: DaySource,
    ) -> (Self, BuildCounts) {
        let mut changes = changes.clone();
        changes.merge(&self.pending);
        changes.shared |= self.is_for_another_day(day_source);
        let is_same_workspace = !changes.shared && !changes.engagement_list;
        let workspace = match &self.workspace {
            Some(workspace) if is_same_workspace => Arc::clone(workspace),
            Some(_) | None => match Workspace::open_timed(content, self.clock.clone()) {
                Ok(workspace) => Arc::new(workspace),
                Err(failure) => {
                    return (
                        self.failed(failure, changes, day_source),
                        BuildCounts::default(),
                    );
                }
            },
        };
        let today = day_source.today(&workspace);
        // Midnight may have come since that was asked.
        changes.shared |= self.today != Some(today);
        let mut engagements = BTreeMap::new();
        let mut to_render = Vec::new();
        for id in workspace.engagements() {
            let known = self.engagements.get(id).cloned();
            if known.is_none() || changes.shared || changes.engagements.contains(id) {
                to_render.push(id.to_owned());
            }
            engagements.insert(id.to_owned(), known.unwrap_or_default());
        }
        let mut counts = BuildCounts::default();
        let previews = preview_each(&workspace, &to_render, today);
        for (id, preview) in to_render.into_iter().zip(previews) {
            let state = engagements.entry(id).or_default();
            counts.rendered += preview.pages.len();
            counts.changed += state.take(preview, &workspace, today);
        }
        let mut problems = workspace.warnings().to_vec();
        problems.extend(
            engagements
                .values()
                .flat_map(|state| state.problems.clone()),
        );
        sort(&mut problems);
        // An error keeps pages from being made; what only warns can wait.
        problems.sort_by_key(|problem| !problem.is_error());
        let snapshot = Self {
            number: self.number + 1,
            today: Some(today),
            workspace: Some(workspace),
            engagements,
            problems,
            pending: Changes::default(),
            clock: self.clock.clone(),
        };
        (snapshot, counts)
    }

    /// The same portals, with the problems that kept newer ones from being made.
    fn failed(&self, failure: Failure, pending: Changes, day_source: DaySource) -> Self {
        // The day may have changed too: the pending changes make the next build look at it.
        let today = self
            .workspace
            .as_ref()
            .map(|workspace| day_source.today(workspace));
        Self {
            number: self.number + 1,
            today,
            workspace: self.workspace.clone(),
            engagements: self.engagements.clone(),
            problems: failure.problems,
            pending,
            clock: self.clock.clone(),
        }
    }
}

impl EngagementState {
    /// Takes a new rendering if it is without error. Returns how many pages differ from before.
    fn take(&mut self, preview: Preview, workspace: &Arc<Workspace>, today: Date) -> usize {
        self.problems = preview.problems;
        let Some(valid) = preview.valid else {
            return 0;
        };
        let pages = preview.pages;
        let is_new = |page: &&PreviewPage| {
            let known = self.current.as_ref();
            known.and_then(|known| known.page(&page.reader)) != Some(*page)
        };
        let changed = pages.iter().filter(is_new).count();
        let is_same = self
            .current
            .as_ref()
            .is_some_and(|known| known.pages == pages);
        let current = Arc::new(Rendered {
            workspace: Arc::clone(workspace),
            valid,
            pages,
            today,
        });
        let before = self.current.replace(current);
        if !is_same {
            self.before = before;
        }
        changed
    }
}
