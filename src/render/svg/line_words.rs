//! The words of a line chart in one language, made before it is laid out.

use crate::portal::chart::{LineChart, Point, Reference, Series, SeriesName};
use crate::render::format::Sign;
use crate::render::language::{Filling, Language};
use crate::text::fault::Fault;

/// The words of a line chart.
#[derive(Debug)]
pub(super) struct LineWords {
    /// For every score of the scale, from the lowest, how it is written.
    pub(super) scores: Vec<String>,
    /// For every round, its day and its year.
    pub(super) rounds: Vec<(String, String)>,
    /// For every series, its name.
    pub(super) names: Vec<String>,
    /// For every series, its last value as short as it can be; empty where nothing is shown.
    pub(super) latest: Vec<String>,
    /// The first value of the first series.
    pub(super) first: String,
    /// What the target is called, and its value.
    pub(super) target: Option<(String, String)>,
    /// What the line is read against, and its value.
    pub(super) reference: Option<(String, String)>,
    /// What stands for a round that is not shown.
    pub(super) too_few: String,
    /// What stands for a value of which only a bound is known.
    pub(super) reach: String,
}

impl LineWords {
    /// Finds the words of a chart.
    pub(super) fn of(chart: &LineChart, language: &Language) -> Result<Self, Fault> {
        let sign = Sign::of(chart.is_signed);
        let level = |value: f64| {
            let decimals = u8::from(value.fract().abs() > f64::EPSILON);
            language.formats.figure(value, decimals, sign)
        };
        let short = |point: Option<&Point>| match point {
            Some(point) => short(point, sign, language),
            None => Ok(String::new()),
        };
        let shown = |series: &Series| series.points.iter().flatten().next_back().copied();
        let mut names = Vec::new();
        let mut latest = Vec::new();
        for series in &chart.series {
            names.push(name(&series.name, language)?);
            latest.push(short(shown(series).as_ref())?);
        }
        let first = chart.series.first();
        let target = match chart.target {
            Some(target) => Some((language.word("chart.target")?, level(target))),
            None => None,
        };
        let reference = match chart.reference {
            Some(Reference::Zero) => Some((language.word("chart.zero")?, String::new())),
            Some(Reference::Baseline(value)) => {
                Some((language.word("chart.baseline")?, level(value)))
            }
            None => None,
        };
        let rounds = chart.rounds.iter();
        Ok(Self {
            scores: (chart.from..=chart.to)
                .map(|score| level(score.into()))
                .collect(),
            rounds: rounds
                .map(|day| (language.formats.short(*day), language.formats.year(*day)))
                .collect(),
            names,
            latest,
            first: short(first.and_then(|series| series.points.iter().flatten().next()))?,
            target,
            reference,
            too_few: language.word("figure.too_few")?,
            reach: language.word("chart.reach")?,
        })
    }
}

/// Whose line it is.
pub(super) fn name(name: &SeriesName, language: &Language) -> Result<String, Fault> {
    match name {
        SeriesName::Total => language.word("series.total"),
        SeriesName::Own => language.word("series.own"),
        SeriesName::Group(group) => language.group_name(group),
        SeriesName::Person(name) => Ok(name.clone()),
    }
}

/// A value as short as it can be: `+1.4`, `≥ 2.5`.
pub(super) fn short(point: &Point, sign: Sign, language: &Language) -> Result<String, Fault> {
    let text = |value: f64| {
        let value = language.formats.figure(value, point.decimals, sign);
        Filling::Text(value)
    };
    let (value, upper) = point.ends().unwrap_or((point.value, point.value));
    let key = format!("figure.short.{}", point.bound.as_str());
    let gaps = [("value", text(value)), ("upper", text(upper))];
    language.text(&key, &gaps)
}
