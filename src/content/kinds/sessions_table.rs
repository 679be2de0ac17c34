//! `sessions` of engagement.toml: how many are planned, and the days of those held and booked. What was said is nobody's business.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::toml::report::Report;
use crate::content::toml::value::{Day, Spanned, Text};
use crate::engagement::facts::Sessions;
use crate::engagement::today::Today;

/// Sessions: days only; what was said is nobody's business.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct SessionsTable {
    /// How many are planned.
    planned: u32,
    /// How many hours that is.
    #[schemars(range(min = 1))]
    hours: Option<Spanned<u32>>,
    /// How often they are, in words: "three hours a month for nine months".
    rhythm: Option<Text>,
    /// The day of each that was held.
    #[serde(default)]
    held: Vec<Spanned<Day>>,
    /// The day of each that is booked.
    #[serde(default)]
    booked: Vec<Spanned<Day>>,
}

impl SessionsTable {
    /// The sessions: each once, and none held that `today` is still to come.
    pub(in crate::content) fn read(self, today: Today<'_>, report: &mut Report<'_>) -> Sessions {
        let mut all = BTreeSet::new();
        let mut once = |day: &Spanned<Day>, report: &mut Report<'_>| {
            let is_new = all.insert(day.get_ref().0);
            if !is_new {
                report.error_with(
                    "this session is listed twice",
                    day.span(),
                    "list each session once, by its day",
                );
            }
            is_new.then_some(day.get_ref().0)
        };
        let mut held = Vec::new();
        for day in &self.held {
            if day.get_ref().0 > today {
                report.error_with(
                    format!("this session is still to come: today is {today}"),
                    day.span(),
                    "list it as `booked`, and as `held` once it was held",
                );
            } else {
                held.extend(once(day, report));
            }
        }
        let mut booked = Vec::new();
        for day in &self.booked {
            booked.extend(once(day, report));
        }
        held.sort();
        booked.sort();
        let hours = self.hours.and_then(|hours| {
            let is_some = *hours.get_ref() > 0;
            if !is_some {
                let hint = "write how many hours the sessions take together, or take the key out";
                report.error_with("`hours` is 0", hours.span(), hint);
            }
            is_some.then_some(*hours.get_ref())
        });
        Sessions {
            planned: self.planned,
            hours,
            rhythm: self.rhythm.map(|text| text.0),
            held,
            booked,
        }
    }
}
