//! `journey`, `present_step` and `[[step]]` tables to a [`Journey`].

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::toml::report::Report;
use crate::content::toml::value::{Day, Spanned, Text};
use crate::engagement::facts::{Activity, Journey, Method, Step};
use crate::engagement::today::Today;

/// The method whose steps the portals show.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(in crate::content) enum JourneyName {
    EightSteps,
    StakeholderCentred,
    FourStages,
}

/// A step of one's own.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct StepTable {
    /// What it is called.
    title: Text,
    /// The day on which it begins.
    from: Option<Spanned<Day>>,
}

/// Something that is done in a step.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct ActivityTable {
    /// The step; the first is 1.
    #[schemars(range(min = 1))]
    step: Spanned<u32>,
    /// What is done; of the eight steps it can be left out, since it is known what is done in each.
    text: Option<Text>,
    /// The day on which it was done.
    done: Option<Spanned<Day>>,
    /// What came of it.
    outcome: Option<Text>,
}

/// What engagement.toml says of the journey.
pub(in crate::content) struct JourneyTables {
    /// `journey`.
    pub(in crate::content) name: Option<Spanned<JourneyName>>,
    /// `present_step`.
    pub(in crate::content) present: Option<Spanned<u32>>,
    /// `[[step]]`.
    pub(in crate::content) steps: Vec<StepTable>,
    /// `[[activity]]`.
    pub(in crate::content) activities: Vec<ActivityTable>,
}

/// The journey that engagement.toml names or spells out.
pub(in crate::content) fn read(
    tables: JourneyTables,
    today: Today<'_>,
    report: &mut Report<'_>,
) -> Option<Journey> {
    let JourneyTables {
        name,
        present,
        steps,
        activities,
    } = tables;
    let span = name.as_ref().map(Spanned::span);
    let method = match (name.map(Spanned::into_inner), steps.is_empty()) {
        (Some(_), false) => {
            let hint = "keep `journey` or the `[[step]]` tables";
            report.error_with(
                "the journey has a name and steps of its own",
                span.unwrap_or(0..0),
                hint,
            );
            return None;
        }
        (Some(JourneyName::EightSteps), true) => Method::EightSteps,
        (Some(JourneyName::StakeholderCentred), true) => Method::StakeholderCentred,
        (Some(JourneyName::FourStages), true) => Method::FourStages,
        (None, false) => {
            check_order(&steps, report);
            let own = steps.into_iter().map(|step| Step {
                title: step.title.0,
                from: step.from.map(|day| day.into_inner().0),
            });
            Method::Own(own.collect())
        }
        (None, true) => {
            if let Some(present) = present {
                report.error(
                    "`present_step` is set, but there is no journey",
                    present.span(),
                );
            }
            for activity in &activities {
                step_number(&activity.step, 0, "step", report);
            }
            return None;
        }
    };
    let at =
        present.and_then(|present| step_number(&present, method.len(), "present_step", report));
    let activities = read_activities(activities, &method, today, report);
    Some(Journey {
        method,
        at,
        activities,
    })
}

/// What is done in the steps, step by step.
fn read_activities(
    tables: Vec<ActivityTable>,
    method: &Method,
    today: Today<'_>,
    report: &mut Report<'_>,
) -> Vec<Activity> {
    let mut activities = Vec::new();
    for table in tables {
        let Some(step) = step_number(&table.step, method.len(), "step", report) else {
            continue;
        };
        if table.text.is_none() && !matches!(method, Method::EightSteps) {
            report.error_with(
                "this activity has no `text`",
                table.step.span(),
                "say what is done; only of the eight steps it is known without",
            );
        }
        let what = "this activity is still to come";
        let done = table.done;
        let done = done.map(|day| report.day_that_came(&day, what, today));
        activities.push(Activity {
            step,
            text: table.text.map(|text| text.0),
            done,
            outcome: table.outcome.map(|text| text.0),
        });
    }
    activities.sort_by_key(|activity| activity.step);
    activities
}

/// A step begins no earlier than the one before it.
fn check_order(steps: &[StepTable], report: &mut Report<'_>) {
    let mut last = None;
    for day in steps.iter().filter_map(|step| step.from.as_ref()) {
        if last.is_some_and(|last| day.get_ref().0 < last) {
            report.error_with(
                "this step begins before the one above it",
                day.span(),
                "put the steps in the order of their days",
            );
        }
        last = Some(day.get_ref().0);
    }
}

/// The number of a step, which counts from 1.
pub(in crate::content) fn step_number(
    number: &Spanned<u32>,
    count: usize,
    key: &str,
    report: &mut Report<'_>,
) -> Option<usize> {
    let step = *number.get_ref() as usize;
    let is_good = (1..=count).contains(&step);
    if !is_good {
        let message = match count {
            0 => format!("`{key}` is set, but there is no journey"),
            _ => format!("`{key}` is between 1 and {count}"),
        };
        report.error(message, number.span());
    }
    is_good.then_some(step)
}
