//! `from`, `until` and `[[stakeholder.before]]` to [`Time`]: when a person takes part, and as what.
//!
//! The rule it guards: the days follow each other, so that on each of them a person is one thing.

use std::ops::Range;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::value::{Day, Spanned};
use crate::engagement::id::GroupId;
use crate::engagement::stakeholder::{Capacity, Role, Time};

/// What the person was until a day.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct BeforeTable {
    /// The part that the person played.
    #[schemars(with = "shapes::RoleName")]
    role: Spanned<String>,
    /// The rater group.
    #[schemars(with = "Option<shapes::Id>")]
    group: Option<Spanned<String>>,
    /// From this day on the person is what comes next.
    until: Spanned<Day>,
}

impl BeforeTable {
    /// The rater group as it is written.
    pub(super) fn group(&self) -> Option<&Spanned<String>> {
        self.group.as_ref()
    }
}

/// What a `[[stakeholder]]` says about part, group and days.
pub(super) struct Words {
    pub(super) role: Spanned<String>,
    pub(super) group: Option<Spanned<String>>,
    pub(super) from: Option<Spanned<Day>>,
    pub(super) until: Option<Spanned<Day>>,
    pub(super) before: Vec<BeforeTable>,
}

/// Reads when a person takes part, and as what.
pub(super) fn read(words: Words, report: &mut Report<'_>) -> Option<Time> {
    let days = check_days(&words, report);
    let role_span = words.role.span();
    let last = capacity(&words.role, words.group.as_ref(), report);
    if let Some(last) = &last {
        check_part_is_kept(last.role, &words, report);
    }
    let mut before: Vec<(Capacity, Date)> = Vec::new();
    for table in words.before {
        let Some(earlier) = capacity(&table.role, table.group.as_ref(), report) else {
            continue;
        };
        if matches!(earlier.role, Role::Coachee | Role::Coach) {
            let message = format!(
                "nobody was the {} and is something else",
                earlier.role.as_str()
            );
            let hint = "give a coach who has left `until`, and whoever comes a `[[stakeholder]]` with another id";
            report.error_with(message, table.role.span(), hint);
        }
        if before.last().is_some_and(|(other, _)| *other == earlier) {
            changes_nothing(table.role.span(), report);
        }
        before.push((earlier, table.until.get_ref().0));
    }
    if before.last().map(|(earlier, _)| earlier) == last.as_ref() && last.is_some() {
        changes_nothing(role_span, report);
    }
    let (from, until) = days;
    Some(Time {
        from,
        until,
        before,
        last: last?,
    })
}

fn changes_nothing(span: Range<usize>, report: &mut Report<'_>) {
    report.error_with(
        "a `[[stakeholder.before]]` says the same role and group as this",
        span,
        "say there what the person was, or take it out",
    );
}

fn capacity(
    role: &Spanned<String>,
    group: Option<&Spanned<String>>,
    report: &mut Report<'_>,
) -> Option<Capacity> {
    let found = Role::parse(role.get_ref());
    if found.is_none() {
        let known = Role::ALL.map(Role::as_str);
        report.error_unknown(format!("unknown role `{}`", role.get_ref()), role, known);
    }
    let group = group.and_then(|group| read_group(group, report));
    found.map(|role| Capacity { role, group })
}

fn read_group(group: &Spanned<String>, report: &mut Report<'_>) -> Option<GroupId> {
    let parsed = GroupId::parse(group.get_ref());
    if parsed.is_none() {
        let message = format!("`{}` is no name of a group", group.get_ref());
        report.error_with(
            message,
            group.span(),
            "groups are lower-case words joined by hyphens, such as `peer`",
        );
    }
    parsed
}

/// An engagement is the coachee's from the first day to the last, and who coaches does nothing else in it.
fn check_part_is_kept(role: Role, words: &Words, report: &mut Report<'_>) {
    if !matches!(role, Role::Coachee | Role::Coach) {
        return;
    }
    if let Some(before) = words.before.first() {
        let message = format!("nobody was something else and is the {}", role.as_str());
        let hint = "take `[[stakeholder.before]]` out, or give this person a second `[[stakeholder]]` with another id";
        report.error_with(message, before.role.span(), hint);
    }
    let days = [("from", &words.from), ("until", &words.until)];
    for (key, day) in days {
        if let Some(day) = day.as_ref().filter(|_| role == Role::Coachee) {
            let hint = "take it out: the engagement begins with `start`, and `closes` ends everyone's portal";
            report.error_with(format!("the coachee has no `{key}`"), day.span(), hint);
        }
    }
}

/// Checks that the days follow each other, and returns the first and the last.
fn check_days(words: &Words, report: &mut Report<'_>) -> (Option<Date>, Option<Date>) {
    let day = |day: &Spanned<Day>| day.get_ref().0;
    let from = words.from.as_ref().map(day);
    let until = words.until.as_ref().map(day);
    let mut latest = from.map(|from| ("`from`", from));
    for before in &words.before {
        let ends = day(&before.until);
        if let Some((what, other)) = latest.filter(|(_, other)| ends <= *other) {
            let message = format!("this `until` is not after {what}, {other}");
            let hint = "write what the person was in the order of the days, the earliest first";
            report.error_with(message, before.until.span(), hint);
        }
        latest = Some(("the `[[stakeholder.before]]` above it", ends));
    }
    if let Some(last) = &words.until {
        let is_early = |other: &Date| day(last) <= *other;
        let ends = words.before.iter().map(|before| day(&before.until));
        if from.as_ref().is_some_and(is_early) {
            let hint = "`until` is the first day on which the person takes no part any more";
            report.error_with("`until` is not after `from`", last.span(), hint);
        } else if ends.max().as_ref().is_some_and(is_early) {
            let hint = "whoever has left becomes nothing else: mend the day, or take the `[[stakeholder.before]]` out";
            report.error_with(
                "`until` is not after the `until` of a `[[stakeholder.before]]`",
                last.span(),
                hint,
            );
        }
    }
    (from, until)
}
