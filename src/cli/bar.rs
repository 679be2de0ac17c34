//! How far a build has come: a bar on the terminal once it takes longer than a second, and nothing anywhere else.

use std::sync::Once;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that is not seen at first.
pub(super) struct Bar {
    bar: ProgressBar,
    begun: Instant,
    is_quiet: bool,
    shown: Once,
}

impl Bar {
    /// A bar for so many engagements.
    pub(super) fn of(engagements: usize, is_quiet: bool) -> Self {
        let length = u64::try_from(engagements).unwrap_or(u64::MAX);
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{bar:30} {pos} of {len} engagements, {eta} left");
        Self {
            bar: style.map_or(bar.clone(), |style| bar.with_style(style)),
            begun: Instant::now(),
            is_quiet,
            shown: Once::new(),
        }
    }

    /// One more is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
        if !self.is_quiet && self.begun.elapsed() > PATIENCE {
            // Where standard error is no terminal nothing is drawn there.
            self.shown
                .call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
