//! Where the time of a build goes: stage by stage, and which engagements take longest.
//!
//! The rule it guards: the stages do not measure themselves, and no measured time is written to a site.

use std::array;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use strum::VariantArray;

/// So many of the slowest engagements are named.
const SLOWEST: usize = 5;

/// A stage of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum Stage {
    /// The folder is read and checked.
    Read,
    /// Figures are made of rounds, and compared with their record.
    Figures,
    /// What each reader sees is made.
    Portal,
    /// Pages are written.
    Render,
    /// Pages are looked through for what must not be there.
    Audit,
    /// Pages are sealed.
    Seal,
    /// Files are written and swapped in.
    Publish,
}

impl Stage {
    /// Every stage, in the order of a build.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS
        .first_chunk()
        .expect("it is as long as itself");

    /// What it is called.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Figures => "figures",
            Self::Portal => "portal",
            Self::Render => "render",
            Self::Audit => "audit",
            Self::Seal => "seal",
            Self::Publish => "publish",
        }
    }
}

/// Measures if it is on; every copy adds to the same times.
#[derive(Clone, Default)]
pub struct Clock {
    times: Option<Arc<Times>>,
}

/// What was measured since the times were last taken.
struct Times {
    begun: Mutex<Instant>,
    /// Nanoseconds of each stage, of all threads together.
    stages: [AtomicU64; Stage::ALL.len()],
    engagements: Mutex<Vec<(String, Duration)>>,
}

/// Where the time went.
#[derive(Debug)]
pub struct Timings {
    /// How long it took from beginning to end.
    pub wall: Duration,
    /// How many threads could share the work.
    pub threads: usize,
    /// What each stage took, of all threads together.
    pub stages: Vec<(Stage, Duration)>,
    /// How many engagements there were, and what all of them took together.
    pub all_engagements: (usize, Duration),
    /// The slowest ones by id, each with what it took.
    pub slowest: Vec<(String, Duration)>,
}

impl Clock {
    /// A clock that is on, from now.
    pub fn on() -> Self {
        let times = Times {
            begun: Mutex::new(Instant::now()),
            stages: array::from_fn(|_| AtomicU64::new(0)),
            engagements: Mutex::default(),
        };
        Self {
            times: Some(Arc::new(times)),
        }
    }

    /// Does a piece of a stage's work, and adds what it took.
    pub(super) fn time<T>(&self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let Some(times) = &self.times else {
            return work();
        };
        let begun = Instant::now();
        let value = work();
        let nanoseconds = u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
        times.stages[stage as usize].fetch_add(nanoseconds, Ordering::Relaxed);
        value
    }

    /// Does all the work of one engagement, and notes what it took.
    pub(super) fn engagement<T>(&self, id: &str, work: impl FnOnce() -> T) -> T {
        let Some(times) = &self.times else {
            return work();
        };
        let begun = Instant::now();
        let value = work();
        let mut engagements = unpoisoned(&times.engagements);
        engagements.push((id.to_owned(), begun.elapsed()));
        value
    }

    /// Takes what was measured, and begins anew; nothing if the clock is off.
    pub fn take(&self) -> Option<Timings> {
        let times = self.times.as_ref()?;
        let mut begun = unpoisoned(&times.begun);
        let wall = begun.elapsed();
        *begun = Instant::now();
        let taken = |stage: Stage| {
            let nanoseconds = times.stages[stage as usize].swap(0, Ordering::Relaxed);
            (stage, Duration::from_nanos(nanoseconds))
        };
        let mut slowest = std::mem::take(&mut *unpoisoned(&times.engagements));
        let all = slowest.iter().map(|(_, time)| *time).sum();
        let all_engagements = (slowest.len(), all);
        slowest.sort_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
        slowest.truncate(SLOWEST);
        Some(Timings {
            wall,
            threads: rayon::current_num_threads(),
            stages: Stage::ALL.map(taken).to_vec(),
            all_engagements,
            slowest,
        })
    }
}

/// A thread that panicked has left whole numbers behind.
fn unpoisoned<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Clock, Stage};

    #[test]
    fn a_clock_that_is_off_only_lets_the_work_be_done() {
        let clock = Clock::default();
        assert_eq!(clock.time(Stage::Read, || 3), 3);
        assert_eq!(clock.engagement("nyah", || 4), 4);
        assert!(clock.take().is_none());
    }

    #[test]
    fn what_was_taken_is_gone() {
        let clock = Clock::on();
        for id in ["a", "b", "c", "d", "e", "f", "g"] {
            clock.clone().engagement(id, || {
                clock.time(Stage::Audit, || std::hint::black_box(id.repeat(99)))
            });
        }
        let timings = clock.take().unwrap();
        assert_eq!((timings.all_engagements.0, timings.slowest.len()), (7, 5));
        assert!(timings.slowest.is_sorted_by(|one, next| one.1 >= next.1));
        for (stage, time) in timings.stages {
            assert_eq!(stage == Stage::Audit, time > Duration::ZERO, "{stage:?}");
        }
        let again = clock.take().unwrap();
        assert_eq!(again.all_engagements, (0, Duration::ZERO));
        assert!(again.stages.iter().all(|(_, time)| *time == Duration::ZERO));
    }
}
