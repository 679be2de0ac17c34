//! `--timings`: where the time went, as a small table for standard error.

use std::time::Duration;

use crate::cli::arguments::Command;
use crate::pipeline::timing::{Clock, Timings};
use crate::text::counted;

/// The clock that a command asks for.
pub(super) fn clock(command: Option<&Command>) -> Clock {
    match command {
        Some(Command::Build { options, .. }) if options.timings => Clock::on(),
        _ => Clock::default(),
    }
}

/// What a clock has measured, as a table; nothing if it was off.
pub(super) fn table(clock: &Clock) -> Option<String> {
    clock.take().map(|timings| text(&timings))
}

fn text(timings: &Timings) -> String {
    let mut text = format!(
        "{} on the wall, with {}; by stage, all threads together:",
        seconds(timings.wall),
        counted(timings.threads, "thread", "threads")
    );
    let widths = timings.slowest.iter().map(|(id, _)| id.len());
    let width = widths.max().unwrap_or(0).max(7);
    let all: Duration = timings.stages.iter().map(|(_, time)| *time).sum();
    // What, how long, and how much of the whole that is.
    let row = |name: &str, time: Duration, all: Duration| {
        let share = 100.0 * time.as_secs_f64() / all.as_secs_f64().max(f64::MIN_POSITIVE);
        format!("\n  {name:<width$} {:>10} {share:>4.0} %", seconds(time))
    };
    for (stage, time) in &timings.stages {
        text += &row(stage.as_str(), *time, all);
    }
    let (number, all) = timings.all_engagements;
    if number > 0 {
        text += &format!(
            "\nthe slowest of {}:",
            counted(number, "engagement", "engagements")
        );
    }
    for (id, time) in &timings.slowest {
        text += &row(id, *time, all);
    }
    text
}

fn seconds(time: Duration) -> String {
    format!("{:.3} s", time.as_secs_f64())
}
