//! The line over rounds, laid out: where every point, level and label stands, as numbers.
//!
//! The rule it guards: the scale is drawn from end to end, and a round that is not shown takes a slot whose size comes from the
//! number of rounds alone.

use crate::portal::chart::{LineChart, Reference, Series, SeriesName};
use crate::progress::figures::Bound;
use crate::render::svg::aside;
use crate::render::svg::legend::{self, Entry, Sample};
use crate::render::svg::lettering;
use crate::render::svg::lettering::MARGIN;
use crate::render::svg::line_words::LineWords;
use crate::render::svg::marks::Mark;
use crate::render::svg::time_axis;
use crate::render::svg::writer::Rect;

/// For which width a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// A column of prose: the names of the lines stand at their ends.
    Wide,
    /// A phone: the names stand in a key above.
    Narrow,
}

/// A chart with every part in its place.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) width: f64,
    pub(super) height: f64,
    /// Where the lines are.
    pub(super) plot: Rect,
    /// The scores that are written beside the plot, each with its height.
    pub(super) ticks: Vec<(f64, String)>,
    /// The days under the plot: middle, base line, words.
    pub(super) days: Vec<(f64, f64, String)>,
    /// Rounds that are not shown.
    pub(super) slots: Vec<Rect>,
    /// The target and what the lines are read against.
    pub(super) levels: Vec<(Mark, f64)>,
    /// The lines.
    pub(super) strokes: Vec<Stroke>,
    /// What the lines are called, at their ends.
    pub(super) labels: Vec<Label>,
    /// The value of the first point.
    pub(super) first: Option<Label>,
    /// What the lines are called, above them.
    pub(super) key: Vec<Entry>,
}

/// A line: its runs of rounds that follow each other, and its points.
#[derive(Debug)]
pub(super) struct Stroke {
    pub(super) mark: Mark,
    pub(super) runs: Vec<Vec<(f64, f64)>>,
    pub(super) points: Vec<(f64, f64)>,
    /// From a point on to where its true value may lie.
    pub(super) reaches: Vec<Vec<(f64, f64)>>,
}

/// Words beside a line.
#[derive(Debug)]
pub(super) struct Label {
    pub(super) mark: Mark,
    pub(super) words: String,
    pub(super) rect: Rect,
}

/// How high the lines are.
fn plot_height(size: Size) -> f64 {
    match size {
        Size::Wide => 196.0,
        Size::Narrow => 154.0,
    }
}

/// Room above and below the plot for half a line of words.
const EDGE: f64 = 9.0;

/// The most room that labels beside the plot take, and that the longest name takes in them.
const WIDEST_LABEL: f64 = 176.0;

impl Layout {
    /// Lays a chart out.
    pub(super) fn of(chart: &LineChart, words: &LineWords, size: Size) -> Self {
        let width = match size {
            Size::Wide => 640.0,
            Size::Narrow => 288.0,
        };
        let is_hidden = time_axis::hidden(chart);
        let (key, key_height) =
            legend::place(key_items(chart, words, size, &is_hidden), width, 0.0);
        let scores = words.scores.iter().map(|score| lettering::width(score));
        let left = scores.fold(0.0, f64::max) + MARGIN;
        let texts = label_texts(chart, words, size);
        let top = key_height + EDGE;
        let plot = Rect {
            left,
            top,
            right: width - gutter(&texts, size),
            bottom: top + plot_height(size),
        };
        let xs = time_axis::columns(&chart.rounds, &plot);
        let days = time_axis::days(&words.rounds, &xs, &plot, width);
        let below = days.iter().map(|(_, base, _)| *base + lettering::DESCENT);
        let height = below.fold(plot.bottom + EDGE, f64::max);
        let slots = time_axis::slots(&xs, &is_hidden, &plot);
        let scale = Scale { chart, plot };
        let strokes = chart
            .series
            .iter()
            .enumerate()
            .map(|(index, series)| {
                let xs = aside::columns(&chart.series[..=index], &xs, |value| scale.y(value));
                scale.stroke(mark(chart, index), series, &xs)
            })
            .collect();
        let labels = scale.labels(texts, size);
        let mut layout = Self {
            width,
            height,
            plot,
            ticks: scale.ticks(words),
            days,
            slots,
            levels: scale.levels(),
            strokes,
            labels,
            first: None,
            key,
        };
        layout.first = layout.first_label(words);
        layout
    }

    /// The value of the first point, above or below it, if it has room there.
    fn first_label(&self, words: &LineWords) -> Option<Label> {
        let stroke = self.strokes.first()?;
        let (x, y) = *stroke.points.first().filter(|_| stroke.points.len() > 1)?;
        let half = lettering::width(&words.first) / 2.0;
        let left = (x - half).max(self.plot.left + 2.0);
        let at = |top: f64| Rect {
            left,
            top,
            right: left + 2.0 * half,
            bottom: top + lettering::LEADING,
        };
        let is_free = |rect: &Rect| {
            let others = self.strokes.iter().flat_map(|stroke| &stroke.points);
            let is_clear = others.clone().all(|(x, y)| !around(*x, *y).overlaps(rect));
            let levels = self.levels.iter();
            let is_off_levels = levels
                .clone()
                .all(|(_, y)| *y <= rect.top || *y >= rect.bottom);
            let is_inside = rect.top >= self.plot.top && rect.bottom <= self.plot.bottom;
            let is_off_slots = self.slots.iter().all(|slot| !slot.overlaps(rect));
            is_clear && is_off_levels && is_inside && is_off_slots
        };
        let above = at(y - 7.0 - lettering::LEADING);
        let below = at(y + 7.0);
        let rect = [above, below].into_iter().find(is_free)?;
        Some(Label {
            mark: stroke.mark,
            words: words.first.clone(),
            rect,
        })
    }
}

/// The room of a dot.
fn around(x: f64, y: f64) -> Rect {
    Rect {
        left: x - 5.0,
        top: y - 5.0,
        right: x + 5.0,
        bottom: y + 5.0,
    }
}

/// How the series of a number is drawn.
fn mark(chart: &LineChart, index: usize) -> Mark {
    match &chart.series[index].name {
        SeriesName::Total => Mark::Total,
        SeriesName::Own => Mark::Own,
        SeriesName::Group(_) | SeriesName::Person(_) => {
            let before = chart.series[..index].iter();
            let is_group =
                |name: &SeriesName| matches!(name, SeriesName::Group(_) | SeriesName::Person(_));
            let before = before.filter(|series| is_group(&series.name));
            Mark::Group(before.count())
        }
    }
}

/// A label before it has a place: its mark, its words and the value it stands at.
type LabelText = (Mark, String, f64);

fn label_texts(chart: &LineChart, words: &LineWords, size: Size) -> Vec<LabelText> {
    let text = |name: &str, value: &str| match size {
        Size::Wide => {
            let room = WIDEST_LABEL - lettering::width(value) - lettering::SIZE;
            let name = lettering::fitted(name, room);
            format!("{name} {value}").trim_end().to_owned()
        }
        Size::Narrow => value.to_owned(),
    };
    let mut texts = Vec::new();
    for (index, series) in chart.series.iter().enumerate() {
        if let Some(point) = series.points.iter().flatten().next_back() {
            let words = text(&words.names[index], &words.latest[index]);
            texts.push((mark(chart, index), words, point.value));
        }
    }
    // On a phone the levels have their values in the key: nothing ends where their label would stand.
    if size == Size::Wide {
        if let (Some(target), Some((name, value))) = (chart.target, &words.target) {
            texts.push((Mark::Target, text(name, value), target));
        }
        if let (Some(reference), Some((name, value))) = (chart.reference, &words.reference) {
            texts.push((Mark::Reference, text(name, value), level_of(reference)));
        }
    }
    texts.retain(|(_, words, _)| !words.is_empty());
    texts
}

fn level_of(reference: Reference) -> f64 {
    match reference {
        Reference::Zero => 0.0,
        Reference::Baseline(value) => value,
    }
}

/// How much of the drawing stands after the plot.
fn gutter(texts: &[LabelText], size: Size) -> f64 {
    let widest = texts
        .iter()
        .map(|(_, words, _)| lettering::width(words))
        .fold(0.0, f64::max);
    // The same in all charts of a page, so that their rounds stand in one line.
    let usual = match size {
        Size::Wide => WIDEST_LABEL,
        Size::Narrow => 40.0,
    };
    widest.max(usual) + MARGIN + sample(size)
}

/// The room of a sample before a label.
fn sample(size: Size) -> f64 {
    match size {
        Size::Wide => legend::SAMPLE + legend::GAP,
        // The marker alone.
        Size::Narrow => 12.0,
    }
}

fn key_items(
    chart: &LineChart,
    words: &LineWords,
    size: Size,
    is_hidden: &[bool],
) -> Vec<(Sample, String)> {
    let mut items = Vec::new();
    if size == Size::Narrow {
        for (index, name) in words.names.iter().enumerate() {
            items.push((mark(chart, index), name.clone()));
        }
        for (mark, level) in [
            (Mark::Target, &words.target),
            (Mark::Reference, &words.reference),
        ] {
            if let Some((name, value)) = level {
                items.push((mark, format!("{name} {value}").trim_end().to_owned()));
            }
        }
    }
    if is_hidden.contains(&true) {
        items.push((Mark::Slot, words.too_few.clone()));
    }
    let mut points = chart.series.iter().flat_map(|series| &series.points);
    if points.any(|point| point.is_some_and(|point| !point.is_whole())) {
        items.push((Mark::Reach, words.reach.clone()));
    }
    let items = items.into_iter();
    items
        .map(|(mark, words)| (Sample::Mark(mark), words))
        .collect()
}

/// The declared scale on the plot.
struct Scale<'a> {
    chart: &'a LineChart,
    plot: Rect,
}

impl Scale<'_> {
    /// The height of a value.
    fn y(&self, value: f64) -> f64 {
        let (from, to) = (f64::from(self.chart.from), f64::from(self.chart.to));
        let part = (to - value.clamp(from, to)) / (to - from).max(1.0);
        self.plot.top + self.plot.height() * part
    }

    /// The scores that are written, at most seven besides the highest.
    fn ticks(&self, words: &LineWords) -> Vec<(f64, String)> {
        let steps = self.chart.to - self.chart.from;
        let step = (1..=steps.max(1))
            .find(|step| steps % step == 0 && steps / step <= 7)
            .unwrap_or(1);
        let scores = (self.chart.from..=self.chart.to).zip(&words.scores);
        scores
            .filter(|(score, _)| (score - self.chart.from) % step == 0)
            .map(|(score, words)| (self.y(score.into()), words.clone()))
            .collect()
    }

    fn levels(&self) -> Vec<(Mark, f64)> {
        let reference = self
            .chart
            .reference
            .map(|reference| (Mark::Reference, self.y(level_of(reference))));
        let target = self
            .chart
            .target
            .map(|target| (Mark::Target, self.y(target)));
        reference.into_iter().chain(target).collect()
    }

    fn stroke(&self, mark: Mark, series: &Series, xs: &[f64]) -> Stroke {
        let mut stroke = Stroke {
            mark,
            runs: Vec::new(),
            points: Vec::new(),
            reaches: Vec::new(),
        };
        let mut run = Vec::new();
        for (point, x) in series.points.iter().zip(xs) {
            let Some(point) = point else {
                stroke.runs.push(std::mem::take(&mut run));
                continue;
            };
            let place = (*x, self.y(point.value));
            run.push(place);
            stroke.points.push(place);
            let reach = match point.bound {
                Bound::About => None,
                Bound::OrMore => Some((place.1, self.plot.top)),
                Bound::OrLess => Some((place.1, self.plot.bottom)),
                Bound::UpTo(_) => point
                    .ends()
                    .map(|(lower, upper)| (self.y(lower), self.y(upper))),
            };
            stroke
                .reaches
                .extend(reach.map(|(from, to)| vec![(*x, from), (*x, to)]));
        }
        stroke.runs.push(run);
        stroke.runs.retain(|run| run.len() > 1);
        stroke
    }

    /// The labels beside the plot, each as near to its line as the others let it be.
    fn labels(&self, mut texts: Vec<LabelText>, size: Size) -> Vec<Label> {
        texts.sort_by(|one, other| other.2.total_cmp(&one.2));
        let half = lettering::LEADING / 2.0;
        let mut middles: Vec<f64> = texts.iter().map(|(_, _, value)| self.y(*value)).collect();
        for index in 1..middles.len() {
            middles[index] = middles[index].max(middles[index - 1] + lettering::LEADING);
        }
        let mut limit = self.plot.bottom;
        for middle in middles.iter_mut().rev() {
            *middle = middle.min(limit);
            limit = *middle - lettering::LEADING;
        }
        let left = self.plot.right + MARGIN;
        let labels = texts.into_iter().zip(middles);
        labels
            .map(|((mark, words, _), middle)| Label {
                mark,
                rect: Rect {
                    left,
                    top: middle - half,
                    right: left + sample(size) + lettering::width(&words),
                    bottom: middle + half,
                },
                words,
            })
            .collect()
    }
}
