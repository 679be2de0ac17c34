//! Drawings as small as a word: a trend, and so many of so many.

use crate::portal::chart::{LineChart, Reference, TallyChart};
use crate::render::svg::marks::Mark;
use crate::render::svg::writer::{Alternative, Rect, Svg};

/// The room of a trend.
const TREND: (f64, f64) = (88.0, 36.0);

/// How long the tick of the target is.
const TICK: f64 = 10.0;

/// From one dot of a tally to the next.
const PITCH: f64 = 15.0;

/// The most dots of a row, so that a row fits a phone.
const ROW: u32 = 16;

/// With more dots than these a bar is drawn, because nobody counts so many.
const MOST_DOTS: u32 = 32;

/// Draws the first line of a chart without its axes, on the whole scale.
pub(super) fn trend(chart: &LineChart, alternative: &Alternative<'_>) -> String {
    let (width, height) = TREND;
    let mut svg = Svg::open("trend", width, height, alternative);
    let (from, to) = (f64::from(chart.from), f64::from(chart.to));
    let y = |value: f64| {
        let part = (to - value.clamp(from, to)) / (to - from).max(1.0);
        4.0 + (height - 8.0) * part
    };
    let reference = match chart.reference {
        Some(Reference::Zero) => Some(0.0),
        Some(Reference::Baseline(value)) => Some(value),
        None => None,
    };
    if let Some(level) = reference {
        svg.lines(
            "line reference",
            &[vec![(0.0, y(level)), (width, y(level))]],
        );
    }
    let mut end = width - 5.0;
    if let Some(target) = chart.target {
        let y = y(target);
        svg.lines("line target", &[vec![(width - TICK, y), (width, y)]]);
        // The last dot keeps clear of the tick, also where it stands on the target.
        end -= TICK + 4.0;
    }
    let Some(series) = chart.series.first() else {
        return svg.close();
    };
    let steps = u32::try_from(series.points.len().saturating_sub(1).max(1)).unwrap_or(1);
    let step = (end - 5.0) / f64::from(steps);
    let (mut runs, mut run, mut last) = (Vec::new(), Vec::new(), None);
    let mut x = 5.0;
    for point in &series.points {
        match point {
            Some(point) => {
                run.push((x, y(point.value)));
                last = Some((x, y(point.value)));
            }
            None => runs.push(std::mem::take(&mut run)),
        }
        x += step;
    }
    runs.push(run);
    runs.retain(|run| run.len() > 1);
    svg.lines("line total", &runs);
    Mark::Total.draw_markers(&mut svg, &last.into_iter().collect::<Vec<_>>());
    svg.close()
}

/// Draws a dot for each, the done ones filled.
pub(super) fn tally(tally: &TallyChart, alternative: &Alternative<'_>) -> String {
    if tally.all > MOST_DOTS {
        return tally_bar(tally, alternative);
    }
    let columns = tally.all.clamp(1, ROW);
    let rows = tally.all.div_ceil(ROW).max(1);
    let (width, height) = (f64::from(columns) * PITCH, f64::from(rows) * PITCH);
    let mut svg = Svg::open("tally", width, height, alternative);
    let place = |index: u32| {
        let (column, row) = (index % ROW, index / ROW);
        (
            (f64::from(column) + 0.5) * PITCH,
            (f64::from(row) + 0.5) * PITCH,
        )
    };
    let done: Vec<_> = (0..tally.done.min(tally.all)).map(place).collect();
    let open: Vec<_> = (tally.done.min(tally.all)..tally.all).map(place).collect();
    svg.dots("dot done", &done);
    svg.dots("dot open", &open);
    svg.dots("dot gap", &open);
    svg.close()
}

fn tally_bar(tally: &TallyChart, alternative: &Alternative<'_>) -> String {
    let width = f64::from(ROW) * PITCH;
    let mut svg = Svg::open("tally", width, PITCH, alternative);
    let part = f64::from(tally.done.min(tally.all)) / f64::from(tally.all);
    let rect = |right: f64| Rect {
        left: 1.0,
        top: 3.0,
        right,
        bottom: PITCH - 3.0,
    };
    svg.rect("bar same", &rect(width - 1.0));
    svg.rect("bar improved", &rect(1.0 + (width - 2.0) * part));
    svg.close()
}
