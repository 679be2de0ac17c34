//! `[pulse]` to a [`Pulse`] without its rounds.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::toml::report::Report;
use crate::content::toml::value::{Spanned, Text, table};
use crate::engagement::pulse::{Pulse, Scale};

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
}

/// What the scores mean.
#[derive(Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "… is `\"change\"` or a table such as `{ from = 1, to = 7, low = \"never\", high = \"always\" }`"
)]
enum ScaleValue {
    Named(ScaleName),
    Level(#[serde(deserialize_with = "table")] LevelTable),
}

/// From -3 to +3; 0 is no change.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
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
pub(in crate::content) fn read(table: Option<PulseTable>, report: &mut Report<'_>) -> Pulse {
    /// The net mean that coaching aims at on a change scale (a net mean of +1).
    const CHANGE_TARGET: f64 = 1.0;
    let table = table.unwrap_or(PulseTable {
        scale: None,
        target: None,
        minimum: None,
    });
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
    Pulse {
        scale,
        target,
        minimum,
        rounds: Vec::new(),
        lock: None,
    }
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
