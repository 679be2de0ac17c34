//! The axis of time under a line chart: where the rounds stand, which days are written, and the slots of rounds that are not shown.

use jiff::civil::Date;

use crate::portal::chart::LineChart;
use crate::render::svg::lettering;
use crate::render::svg::lettering::MARGIN;
use crate::render::svg::writer::Rect;

/// Two dots closer than this would be one, so they are pushed apart.
const CLOSEST: f64 = 9.0;

/// The widest a slot becomes.
const WIDEST_SLOT: f64 = 24.0;

/// For every round, whether everyone's mean is not shown.
pub(super) fn hidden(chart: &LineChart) -> Vec<bool> {
    let total = chart.series.first();
    let is_hidden = |round: usize| {
        total.is_some_and(|series| series.points.get(round).is_none_or(Option::is_none))
    };
    (0..chart.rounds.len()).map(is_hidden).collect()
}

/// Where the rounds stand: by their dates, as far as that leaves each its room.
pub(super) fn columns(rounds: &[Date], plot: &Rect) -> Vec<f64> {
    let (left, right) = (plot.left + 14.0, plot.right - 10.0);
    let (Some(first), Some(last)) = (rounds.first(), rounds.last()) else {
        return Vec::new();
    };
    let days = |from: &Date, to: &Date| f64::from((*to - *from).get_days());
    let span = days(first, last);
    if rounds.len() == 1 {
        return vec![f64::midpoint(left, right)];
    }
    let mut columns: Vec<f64> = rounds
        .iter()
        .map(|day| left + (right - left) * days(first, day) / span.max(1.0))
        .collect();
    let apart = CLOSEST.min((right - left) / count(rounds.len() - 1));
    for index in 1..columns.len() {
        columns[index] = columns[index].max(columns[index - 1] + apart);
    }
    let mut limit = right;
    for column in columns.iter_mut().rev() {
        *column = column.min(limit);
        limit = *column - apart;
    }
    columns
}

/// The days that fit under the plot, the first and the last always; the year below where it is another one.
pub(super) fn days(
    words: &[(String, String)],
    xs: &[f64],
    plot: &Rect,
    width: f64,
) -> Vec<(f64, f64, String)> {
    let boxes: Vec<(f64, f64)> = xs
        .iter()
        .zip(words)
        .map(|(x, (day, year))| {
            let half = lettering::width(day).max(lettering::width(year)) / 2.0;
            (x.clamp(half, width - half), half)
        })
        .collect();
    let base = plot.bottom + 10.0 + lettering::ASCENT;
    let mut days = Vec::new();
    let mut year_before = "";
    for index in fitting(&boxes) {
        let (day, year) = &words[index];
        days.push((boxes[index].0, base, day.clone()));
        if year != year_before {
            days.push((boxes[index].0, base + lettering::LEADING, year.clone()));
            year_before = year;
        }
    }
    days
}

/// The numbers of labels that stand clear of each other, every second or third if need be.
fn fitting(boxes: &[(f64, f64)]) -> Vec<usize> {
    let Some(last) = boxes.len().checked_sub(1) else {
        return Vec::new();
    };
    let is_clear = |one: usize, other: usize| {
        let ((x, half), (next, next_half)) = (boxes[one], boxes[other]);
        x + half + MARGIN <= next - next_half
    };
    for step in 1..=last {
        let mut chosen: Vec<usize> = (0..last).step_by(step).collect();
        while chosen.len() > 1 && chosen.last().is_some_and(|index| !is_clear(*index, last)) {
            chosen.pop();
        }
        chosen.push(last);
        if chosen.windows(2).all(|pair| is_clear(pair[0], pair[1])) {
            return chosen;
        }
    }
    vec![last]
}

/// How high the mark of a round is that is not shown.
const SLOT_HEIGHT: f64 = 10.0;

/// The slots of rounds that are not shown, all of one size, on the axis: a key says once what they mean.
pub(super) fn slots(xs: &[f64], is_hidden: &[bool], plot: &Rect) -> Vec<Rect> {
    let nearest = xs.windows(2).map(|pair| (pair[1] - pair[0]) * 0.8);
    let half = nearest.fold(WIDEST_SLOT, f64::min) / 2.0;
    let hidden = xs
        .iter()
        .zip(is_hidden)
        .filter(|(_, is_hidden)| **is_hidden);
    hidden
        .map(|(x, _)| Rect {
            left: (x - half).max(plot.left),
            top: plot.bottom - SLOT_HEIGHT,
            right: (x + half).min(plot.right),
            bottom: plot.bottom,
        })
        .collect()
}

/// A small number as a length.
#[expect(clippy::cast_precision_loss, reason = "rounds are few")]
fn count(number: usize) -> f64 {
    number as f64
}
