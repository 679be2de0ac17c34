//! Figures, charts and what changed.

use std::sync::Arc;

use jiff::civil::{Date, date};

use crate::portal::chart::{Chart, LineChart, Point, Reference, Series, SeriesName, SpreadChart};
use crate::portal::states::{ScaleKind, TargetState};
use crate::portal::view::figures::{
    ChangeView, FigureView, GroupView, ProgressView, RoundView, ScaleView, ShareView, SpreadView,
    TargetView,
};
use crate::progress::change::Direction;
use crate::progress::figures::Bound;

/// A target beside the latest mean.
pub(crate) fn target(value: f64, is_signed: bool, latest: f64) -> Arc<TargetView> {
    let state = if latest >= value {
        TargetState::Reached
    } else {
        TargetState::Short
    };
    Arc::new(TargetView {
        figure: figure(value, is_signed, 7),
        state,
    })
}

/// A line through values, drawn as they are.
pub(crate) fn series(name: SeriesName, values: &[Option<f64>]) -> Series {
    let point = |value| Point {
        value,
        decimals: 1,
        bound: Bound::About,
    };
    Series {
        name,
        points: values.iter().map(|value| value.map(point)).collect(),
    }
}

pub(super) type Rounds = Vec<(Date, Option<f64>)>;

pub(super) fn six_rounds(means: [f64; 6]) -> Rounds {
    let days = [
        date(2026, 3, 2),
        date(2026, 4, 1),
        date(2026, 5, 4),
        date(2026, 6, 1),
        date(2026, 7, 6),
        date(2026, 8, 3),
    ];
    days.into_iter()
        .zip(means)
        .map(|(day, mean)| (day, Some(mean)))
        .collect()
}

pub(super) fn long_rounds() -> Rounds {
    (0..12_i16)
        .map(|index| {
            let day = date(
                2025 + (8 + index) / 12,
                i8::try_from((8 + index) % 12 + 1).unwrap(),
                3,
            );
            let mean = if index == 4 || index == 5 {
                None
            } else {
                Some(f64::from(index) / 5.0 - 0.6)
            };
            (day, mean)
        })
        .collect()
}

pub(super) fn line(
    from: i32,
    to: i32,
    rounds: &[(Date, Option<f64>)],
    is_signed: bool,
) -> LineChart {
    let point = |value: f64| Point {
        value,
        decimals: 1,
        bound: Bound::About,
    };
    LineChart {
        from,
        to,
        reference: Some(if is_signed {
            Reference::Zero
        } else {
            Reference::Baseline(rounds[0].1.unwrap())
        }),
        target: Some(if is_signed { 1.0 } else { 5.5 }),
        rounds: rounds.iter().map(|(day, _)| *day).collect(),
        series: vec![Series {
            name: SeriesName::Total,
            points: rounds.iter().map(|(_, mean)| mean.map(point)).collect(),
        }],
        is_signed,
    }
}

/// By how much each group differs from everyone.
const OFFSETS: [f64; 4] = [0.6, -0.3, 0.2, -0.7];

/// A group's mean beside everyone's.
fn beside(mean: f64, offset: f64) -> f64 {
    ((mean + offset) * 10.0).round() / 10.0
}

/// The group of a word, or the person of a name, which has a capital.
fn group_view(group: &str) -> Arc<GroupView> {
    let is_name = group.starts_with(char::is_uppercase);
    Arc::new(GroupView {
        person: is_name.then(|| group.to_owned()),
        word: (!is_name).then(|| group.to_owned()),
    })
}

/// The lines of the groups, and of the coachee.
fn more_series(rounds: &[(Date, Option<f64>)], groups: &[&str], has_own: bool) -> Vec<Series> {
    let mut lines = Vec::new();
    if has_own {
        let values: Vec<_> = rounds.iter().map(|_| Some(1.0)).collect();
        lines.push(series(SeriesName::Own, &values));
    }
    for (group, offset) in groups.iter().zip(OFFSETS) {
        let values = rounds.iter();
        let values: Vec<_> = values
            .map(|(_, mean)| mean.map(|mean| beside(mean, offset)))
            .collect();
        let name = match group_view(group).person.clone() {
            Some(person) => SeriesName::Person(person),
            None => SeriesName::Group((*group).to_owned()),
        };
        lines.push(series(name, &values));
    }
    lines
}

/// A round as a line of the table.
fn round((day, mean): (Date, Option<f64>), groups: &[&str], has_own: bool) -> Arc<RoundView> {
    let of_group = |offset: f64| mean.map(|mean| figure(beside(mean, offset), true, 3));
    Arc::new(RoundView {
        date: day,
        total: mean.map_or_else(too_few, |mean| figure(mean, true, 7)),
        groups: OFFSETS
            .into_iter()
            .take(groups.len())
            .map(of_group)
            .collect(),
        own: has_own.then_some(1),
        spread: mean.map(|_| {
            Arc::new(SpreadView {
                improved: 67,
                same: 22,
                worse: 11,
            })
        }),
        followed_up: mean.map(|_| {
            Arc::new(ShareView {
                percent: 78,
                bound: Bound::About,
            })
        }),
    })
}

/// The figures of a goal on the change scale.
pub(super) fn change_progress(
    rounds: &[(Date, Option<f64>)],
    groups: &[&str],
    has_own: bool,
) -> Arc<ProgressView> {
    let mut chart = line(-3, 3, rounds, true);
    let trend = chart.clone();
    chart.series.extend(more_series(rounds, groups, has_own));
    let lines = rounds.iter().map(|line| round(*line, groups, has_own));
    let (last_day, last) = *rounds.last().unwrap();
    let last = last.unwrap();
    let direction = if last.abs() <= 0.3 {
        Direction::NoClear
    } else {
        Direction::Better
    };
    Arc::new(ProgressView {
        scale: Arc::new(ScaleView {
            kind: ScaleKind::Change,
            from: -3,
            to: 3,
            low: None,
            high: None,
        }),
        target: Some(target(1.0, true, last)),
        latest: figure(last, true, 7),
        latest_date: last_day,
        quiet: None,
        period: None,
        corrected: None,
        change: Some(Arc::new(ChangeView {
            direction,
            by: figure(last, true, 7),
            since: rounds[0].0,
            rounds: u32::try_from(rounds.len()).unwrap(),
            band: 0.3,
        })),
        rounds: lines.collect(),
        groups: groups.iter().map(|group| group_view(group)).collect(),
        has_own,
        has_spread: true,
        has_followed_up: true,
        steady: None,
        chart: Arc::new(Chart::Line(chart)),
        trend: Arc::new(Chart::Trend(trend)),
        spread_chart: Some(Arc::new(Chart::Spread(SpreadChart {
            improved: 67,
            same: 22,
            worse: 11,
            raters: 7,
        }))),
    })
}

pub(super) fn figure(value: f64, is_signed: bool, raters: u32) -> Arc<FigureView> {
    Arc::new(FigureView {
        is_shown: true,
        value,
        decimals: 1,
        bound: Bound::About,
        upper: None,
        is_signed,
        raters: Some(raters),
    })
}

pub(super) fn too_few() -> Arc<FigureView> {
    Arc::new(FigureView {
        is_shown: false,
        value: 0.0,
        decimals: 0,
        bound: Bound::About,
        upper: None,
        is_signed: false,
        raters: None,
    })
}
