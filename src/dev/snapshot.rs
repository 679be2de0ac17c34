//! One build, whole and unchanging: what is served until the next one stands.
//!
//! The rule it guards: a snapshot is made from the one before and from the folder, and never changed. What could not be built keeps its
//! last good state, and the problems say so.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::dev::hint::Touched;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::sort;
use crate::pipeline::Studio;
use crate::pipeline::rehearsal::Rehearsed;
use crate::pipeline::rehearsal::RehearsedPage;
use crate::pipeline::rehearsal::Sound;
use crate::pipeline::timing::Clock;
use crate::pipeline::verdict::Failure;

/// One build.
#[derive(Default)]
pub(super) struct Snapshot {
    /// Counts the builds of this run.
    pub(super) number: u64,
    /// The day it is for; nothing before the first build.
    pub(super) today: Option<Date>,
    /// The firm, its theme and its list of engagements, as last read without error.
    pub(super) studio: Option<Arc<Studio>>,
    /// The engagements by id.
    pub(super) entries: BTreeMap<String, Entry>,
    /// Everything to tell, in the order in which it is shown.
    pub(super) problems: Vec<Diagnostic>,
    /// What has changed since the firm could last be read.
    pending: Touched,
    /// What measures this build and those after it.
    clock: Clock,
}

/// What there is of one engagement.
#[derive(Clone, Default)]
pub(super) struct Entry {
    /// How it was last drawn without error.
    pub(super) current: Option<Arc<Drawing>>,
    /// How it was drawn before its pages last changed.
    pub(super) before: Option<Arc<Drawing>>,
    problems: Vec<Diagnostic>,
}

/// An engagement as it was drawn once.
pub(super) struct Drawing {
    /// With which firm and theme.
    pub(super) studio: Arc<Studio>,
    /// The engagement.
    pub(super) sound: Sound,
    /// The readers, with what tells their pages apart.
    pub(super) pages: Vec<RehearsedPage>,
    /// For which day.
    pub(super) today: Date,
}

/// What day it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Calendar {
    /// The day that the firm's clocks show.
    Clock,
    /// This one.
    Fixed(Date),
}

impl Calendar {
    fn today(self, studio: &Studio) -> Date {
        match self {
            Self::Clock => Timestamp::now().to_zoned(studio.timezone().clone()).date(),
            Self::Fixed(day) => day,
        }
    }
}

/// What a build did.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// How many portals were drawn.
    pub(super) drawn: usize,
    /// How many of them are not what they were.
    pub(super) changed: usize,
}

impl Drawing {
    /// The page of one reader, if there is one.
    pub(super) fn page(&self, reader: &str) -> Option<&RehearsedPage> {
        self.pages.iter().find(|page| page.reader == reader)
    }
}

impl Snapshot {
    /// The one before the first build, where builds are to tell where their time went.
    pub(super) fn timed() -> Self {
        Self {
            clock: Clock::on(),
            ..Self::default()
        }
    }

    /// Where the time since the last build went, of all threads together; pages that were looked at meanwhile count, too.
    pub(super) fn stages(&self) -> Option<String> {
        let stages = self.clock.take()?.stages;
        let passed = stages.iter().filter(|(_, time)| !time.is_zero());
        let told = passed.map(|(stage, time)| format!("{} {}", stage.as_str(), time.as_millis()));
        Some(format!(" ({})", told.collect::<Vec<_>>().join(", ")))
    }

    /// How an engagement was last drawn without error.
    pub(super) fn drawing(&self, id: &str) -> Option<&Arc<Drawing>> {
        self.entries.get(id)?.current.as_ref()
    }

    /// Whether something stands in the way of a build.
    pub(super) fn has_errors(&self) -> bool {
        self.problems.iter().any(Diagnostic::is_error)
    }

    /// Whether it was made for another day than today.
    pub(super) fn is_of_another_day(&self, calendar: Calendar) -> bool {
        let today = self.studio.as_ref().map(|studio| calendar.today(studio));
        self.today != today
    }

    /// Builds anew what was touched.
    pub(super) fn rebuilt(
        &self,
        content: &Path,
        touched: &Touched,
        calendar: Calendar,
    ) -> (Self, Told) {
        let mut touched = touched.clone();
        touched.merge(&self.pending);
        touched.look |= self.is_of_another_day(calendar);
        let is_same_studio = !touched.look && !touched.listing;
        let studio = match &self.studio {
            Some(studio) if is_same_studio => Arc::clone(studio),
            Some(_) | None => match Studio::open_timed(content, self.clock.clone()) {
                Ok(studio) => Arc::new(studio),
                Err(failure) => {
                    return (self.failed(failure, touched, calendar), Told::default());
                }
            },
        };
        let today = calendar.today(&studio);
        // Midnight may have come since that was asked.
        touched.look |= self.today != Some(today);
        let mut entries = BTreeMap::new();
        let mut to_draw = Vec::new();
        for id in studio.engagements() {
            let known = self.entries.get(id).cloned();
            if known.is_none() || touched.look || touched.engagements.contains(id) {
                to_draw.push(id.to_owned());
            }
            entries.insert(id.to_owned(), known.unwrap_or_default());
        }
        let mut told = Told::default();
        let rehearsed = studio.rehearse_each(&to_draw, today);
        for (id, rehearsed) in to_draw.into_iter().zip(rehearsed) {
            let entry = entries.entry(id).or_default();
            told.drawn += rehearsed.pages.len();
            told.changed += entry.take(rehearsed, &studio, today);
        }
        let mut problems = studio.warnings().to_vec();
        problems.extend(entries.values().flat_map(|entry| entry.problems.clone()));
        sort(&mut problems);
        let snapshot = Self {
            number: self.number + 1,
            today: Some(today),
            studio: Some(studio),
            entries,
            problems,
            pending: Touched::default(),
            clock: self.clock.clone(),
        };
        (snapshot, told)
    }

    /// The same portals, with what stands in the way of newer ones.
    fn failed(&self, failure: Failure, pending: Touched, calendar: Calendar) -> Self {
        // The day may have come, too, but what is pending will see to it.
        let today = self.studio.as_ref().map(|studio| calendar.today(studio));
        Self {
            number: self.number + 1,
            today,
            studio: self.studio.clone(),
            entries: self.entries.clone(),
            problems: failure.problems,
            pending,
            clock: self.clock.clone(),
        }
    }
}

impl Entry {
    /// Takes what was drawn, if it is without error. Returns how many pages are not what they were.
    fn take(&mut self, rehearsed: Rehearsed, studio: &Arc<Studio>, today: Date) -> usize {
        self.problems = rehearsed.problems;
        let Some(sound) = rehearsed.sound else {
            return 0;
        };
        let pages = rehearsed.pages;
        let is_new = |page: &&RehearsedPage| {
            let known = self.current.as_ref();
            known.and_then(|known| known.page(&page.reader)) != Some(*page)
        };
        let changed = pages.iter().filter(is_new).count();
        let is_same = self
            .current
            .as_ref()
            .is_some_and(|known| known.pages == pages);
        let current = Arc::new(Drawing {
            studio: Arc::clone(studio),
            sound,
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
