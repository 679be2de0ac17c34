//! The key of a drawing: samples with words, in as many rows as they need.

use crate::render::svg::lettering;
use crate::render::svg::marks::Mark;
use crate::render::svg::writer::{Rect, Svg};

/// The room of a sample.
pub(super) const SAMPLE: f64 = 20.0;

/// Between a sample and its words.
pub(super) const GAP: f64 = 6.0;

/// From one row to the next.
const ROW: f64 = 21.0;

/// Between two entries of a row.
const BETWEEN: f64 = 16.0;

/// What a sample shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sample {
    /// The line and marker of a series, a slot or a reach.
    Mark(Mark),
    /// A part of a bar, by its class.
    Bar(&'static str),
}

/// A sample with words, in its place.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) sample: Sample,
    pub(super) words: String,
    /// The room of both.
    pub(super) rect: Rect,
}

/// Places entries in rows from `top` down, and returns them with the height of all rows.
pub(super) fn place(items: Vec<(Sample, String)>, width: f64, top: f64) -> (Vec<Entry>, f64) {
    let mut entries = Vec::new();
    let (mut left, mut row) = (0.0, 0.0);
    let is_empty = items.is_empty();
    for (sample, words) in items {
        let words = lettering::fitted(&words, width - SAMPLE - GAP);
        let needed = SAMPLE + GAP + lettering::width(&words);
        if left > 0.0 && left + needed > width {
            left = 0.0;
            row += 1.0;
        }
        let rect = Rect {
            left,
            top: top + row * ROW,
            right: left + needed,
            bottom: top + row * ROW + lettering::LEADING,
        };
        left += needed + BETWEEN;
        entries.push(Entry {
            sample,
            words,
            rect,
        });
    }
    let height = if is_empty { 0.0 } else { (row + 1.0) * ROW };
    (entries, height)
}

/// Draws entries.
pub(super) fn draw(svg: &mut Svg, entries: &[Entry]) {
    for entry in entries {
        let Rect { left, top, .. } = entry.rect;
        draw_sample(svg, entry.sample, left, top + lettering::LEADING / 2.0);
        let base = top + lettering::ASCENT + 1.5;
        svg.text("", (left + SAMPLE + GAP, base), &entry.words);
    }
}

/// Draws a sample around the height `y`.
pub(super) fn draw_sample(svg: &mut Svg, sample: Sample, left: f64, y: f64) {
    match sample {
        Sample::Mark(Mark::Slot) => svg.rect("slot", &swatch(left, y)),
        Sample::Mark(Mark::Reach) => {
            let middle = left + SAMPLE / 2.0;
            svg.lines("reach", &[vec![(middle, y - 6.0), (middle, y + 6.0)]]);
        }
        Sample::Bar(class) => svg.rect(&format!("bar {class}"), &swatch(left, y)),
        Sample::Mark(mark) => {
            svg.lines(
                &format!("line {}", mark.class()),
                &[vec![(left, y), (left + SAMPLE, y)]],
            );
            mark.draw_markers(svg, &[(left + SAMPLE / 2.0, y)]);
        }
    }
}

fn swatch(left: f64, y: f64) -> Rect {
    Rect {
        left: left + 3.0,
        top: y - 6.0,
        right: left + SAMPLE - 3.0,
        bottom: y + 6.0,
    }
}
