//! `[pulse]` to a [`Pulse`] without its rounds.

use jiff::Span;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::content::kinds::pulse_words::{Words, read_words};
use crate::content::toml::report::Report;
use crate::content::toml::text_or_table::{TextOrTable, text_or_table};
use crate::content::toml::value::{Day, Spanned, Text};
use crate::engagement::lock::Lock;
use crate::engagement::pulse::{Asking, Pulse, Scale};
use crate::engagement::today::Today;

/// The survey on the goals.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct PulseTable {
    /// What the scores mean: `"change"`, from -3 to +3, or a scale of one's own.
    scale: Option<Spanned<ScaleValue>>,
    /// The mean that is aimed at.
    target: Option<Spanned<f64>>,
    /// How many raters stand behind any published figure; 3 at the least.
    #[schemars(range(min = Pulse::FLOOR))]
    minimum: Option<Spanned<u32>>,
    /// The closing days of the rounds in which raters are asked on pages of their own, in order.
    #[serde(default)]
    rounds: Vec<Spanned<Day>>,
    /// How many days before it closes a round opens; 10 where nothing is said.
    #[schemars(range(min = 1, max = Asking::LONGEST))]
    open: Option<Spanned<u32>>,
    /// The time that the questions are about, such as "the last four weeks"; printed with them.
    period: Option<Text>,
    /// Answers of forms in words, with the score that each stands for.
    #[schemars(with = "Option<std::collections::BTreeMap<String, i32>>")]
    words: Option<Words>,
}

/// What the days of rounds to come are held against.
pub(in crate::content) struct RoundDays<'a> {
    /// The first and the last day of the engagement.
    pub(in crate::content) days: (Date, Option<Date>),
    /// From this day on nobody has a page.
    pub(in crate::content) closes: Option<Date>,
    /// What was published of rounds.
    pub(in crate::content) lock: Option<&'a Lock>,
    /// The day as of which the engagement is read.
    pub(in crate::content) today: Today<'a>,
}

/// What the scores mean.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum ScaleValue {
    Named(ScaleName),
    Level(LevelTable),
}

impl<'de> Deserialize<'de> for ScaleValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const EITHER: &str = "… is `\"change\"` or a table such as `{ from = 1, to = 7, low = \"never\", high = \"always\" }`";
        let written: TextOrTable<String, LevelTable> = text_or_table(deserializer, EITHER)?;
        match written {
            TextOrTable::Text(word) if word == "change" => Ok(Self::Named(ScaleName::Change)),
            TextOrTable::Text(_) => Err(D::Error::custom(EITHER)),
            TextOrTable::Table(table) => Ok(Self::Level(table)),
        }
    }
}

/// From -3 to +3; 0 is no change.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum ScaleName {
    Change,
}

/// A scale of two to eleven values.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LevelTable {
    /// The lowest value.
    #[schemars(range(min = -10))]
    from: i32,
    /// The highest value.
    #[schemars(range(max = 100))]
    to: i32,
    /// What the lowest value means.
    low: Option<Text>,
    /// What the highest value means.
    high: Option<Text>,
}

/// The pulse without its rounds.
pub(in crate::content) fn read(
    table: Option<PulseTable>,
    around: &RoundDays<'_>,
    report: &mut Report<'_>,
) -> Pulse {
    /// The net mean that coaching aims at on a change scale (a net mean of +1).
    const CHANGE_TARGET: f64 = 1.0;
    let table = table.unwrap_or(PulseTable {
        scale: None,
        target: None,
        minimum: None,
        rounds: Vec::new(),
        open: None,
        period: None,
        words: None,
    });
    let open = read_open(table.open, report);
    let asking = Asking {
        closings: read_rounds(&table.rounds, open, around, report),
        open,
        period: table.period.map(|text| text.0),
    };
    let scale = table
        .scale
        .map_or(Scale::Change, |scale| read_scale(scale, report));
    let default_target = (scale == Scale::Change).then_some(CHANGE_TARGET);
    let target = table.target.map_or(default_target, |target| {
        let value = *target.get_ref();
        if !(f64::from(scale.from())..=f64::from(scale.to())).contains(&value) {
            let message = format!(
                "the target is off the scale, which goes from {} to {}",
                scale.from(),
                scale.to()
            );
            report.error(message, target.span());
        }
        Some(value)
    });
    let minimum = table.minimum.map_or(Pulse::FLOOR, |minimum| {
        if *minimum.get_ref() < Pulse::FLOOR {
            report.error_with(
                format!("`minimum` is below {}", Pulse::FLOOR),
                minimum.span(),
                "fewer raters would give each other away; raise it, or leave it out",
            );
        }
        minimum.into_inner()
    });
    let words = read_words(table.words.unwrap_or_default(), &scale, report);
    Pulse {
        scale,
        words,
        target,
        minimum,
        asking,
        rounds: Vec::new(),
        lock: None,
        asking_key: None,
    }
}

fn read_open(open: Option<Spanned<u32>>, report: &mut Report<'_>) -> u32 {
    let Some(open) = open else {
        return Asking::OPEN;
    };
    let days = *open.get_ref();
    if (1..=Asking::LONGEST).contains(&days) {
        return days;
    }
    report.error_with(
        format!(
            "`open` is {days}, and a round is open for 1 to {} days",
            Asking::LONGEST
        ),
        open.span(),
        "write for how many days before the closing day the questions can be answered",
    );
    Asking::OPEN
}

/// The closing days: in order, each once, within the engagement, and none of a round that is published.
fn read_rounds(
    rounds: &[Spanned<Day>],
    open: u32,
    around: &RoundDays<'_>,
    report: &mut Report<'_>,
) -> Vec<Date> {
    let mut closings: Vec<Date> = Vec::new();
    for round in rounds {
        let day = round.get_ref().0;
        if let Some((message, hint)) = problem_of(day, closings.last().copied(), open, around) {
            report.error_with(message, round.span(), hint);
        } else {
            closings.push(day);
        }
    }
    closings
}

/// What is wrong with a closing day behind another, and what to do.
fn problem_of(
    day: Date,
    before: Option<Date>,
    open: u32,
    around: &RoundDays<'_>,
) -> Option<(String, String)> {
    let opens = day.saturating_sub(Span::new().days(i64::from(open)));
    let (start, end) = around.days;
    let mut published = around
        .lock
        .into_iter()
        .flat_map(|lock| lock.published.keys());
    let is_published = day >= around.today && published.any(|(published, _)| *published == day);
    let told = match before {
        Some(before) if before == day => (
            format!("the round of {day} is listed twice"),
            "list each closing day once".to_owned(),
        ),
        Some(before) if day < before => (
            format!("the round of {day} stands behind that of {before}"),
            "list the closing days in their order".to_owned(),
        ),
        Some(before) if opens <= before => (
            format!("this round opens on {opens}, and that of {before} has not closed before"),
            format!("two rounds are never open at once: lower `open`, which is {open} days, or move one of them"),
        ),
        _ if day < start => (
            format!("the engagement begins on {start}, and this round is over before"),
            "list closing days between `start` and `end`".to_owned(),
        ),
        _ if end.is_some_and(|end| end < day) => (
            "this round closes after the engagement has ended".to_owned(),
            "list closing days between `start` and `end`, or move `end`".to_owned(),
        ),
        _ if around.closes.is_some_and(|closes| closes <= day) => (
            "this round closes when nobody has a page any more".to_owned(),
            "list closing days before the day in `closes`, or move `closes`".to_owned(),
        ),
        _ if is_published => (
            format!("figures of the round of {day} are published already"),
            "nobody is asked again for a round with published figures: take it out, or move its closing day".to_owned(),
        ),
        _ => return None,
    };
    Some(told)
}

fn read_scale(scale: Spanned<ScaleValue>, report: &mut Report<'_>) -> Scale {
    let span = scale.span();
    match scale.into_inner() {
        ScaleValue::Named(ScaleName::Change) => Scale::Change,
        ScaleValue::Level(LevelTable {
            from,
            to,
            low,
            high,
        }) => {
            if to <= from || i64::from(to) - i64::from(from) > 10 || from < -10 || to > 100 {
                report.error_with(
                    "a scale has two to eleven values",
                    span,
                    "write it as `{ from = 1, to = 7 }`",
                );
            }
            let (low, high) = (low.map(|text| text.0), high.map(|text| text.0));
            Scale::Level {
                from,
                to,
                low,
                high,
            }
        }
    }
}
