//! `[[support]]` of a goal: what a person is asked to do for the coachee, or to give.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::people::People;
use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::value::{Day, Spanned, Text};
use crate::engagement::goal::{Support, SupportKind};
use crate::engagement::today::Today;

/// Support that the coachee asks for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct SupportTable {
    /// Of whom it is asked.
    #[schemars(with = "shapes::Id")]
    from: Spanned<String>,
    /// What is asked for.
    text: Text,
    /// What it is: support, an opportunity to practise, or means such as time; support when absent.
    #[schemars(with = "Option<shapes::SupportKindName>")]
    kind: Option<Spanned<String>>,
    /// The day by which it is wanted.
    due: Option<Day>,
    /// The day on which that person said yes to it.
    agreed: Option<Spanned<Day>>,
    /// The day on which it was given; it is then asked for no longer.
    given: Option<Spanned<Day>>,
}

/// Reads the support asked for as of `today`: what was agreed and given was so on a day that has come.
pub(in crate::content) fn read(
    tables: Vec<SupportTable>,
    people: &People<'_>,
    today: Today<'_>,
    report: &mut Report<'_>,
) -> Vec<Support> {
    let mut support = Vec::new();
    for table in tables {
        let kind = table.kind.as_ref();
        let kind = kind.map_or(Some(SupportKind::Support), |kind| read_kind(kind, report));
        let mut day = |day: Option<Spanned<Day>>, what| {
            day.map(|day| report.day_that_came(&day, what, today))
        };
        let agreed = day(table.agreed, "this yes is still to come");
        let given = day(table.given, "this support is still to come");
        let from = people.find(&table.from, report);
        if let (Some(from), Some(kind)) = (from, kind) {
            support.push(Support {
                from,
                text: table.text.0,
                kind,
                due: table.due.map(|day| day.0),
                agreed,
                given,
            });
        }
    }
    support
}

fn read_kind(kind: &Spanned<String>, report: &mut Report<'_>) -> Option<SupportKind> {
    let mut all = SupportKind::ALL.into_iter();
    let found = all.find(|known| known.as_str() == kind.get_ref());
    if found.is_none() {
        let known = SupportKind::ALL.map(SupportKind::as_str);
        let message = format!("unknown kind of support `{}`", kind.get_ref());
        report.error_unknown(message, kind, known);
    }
    found
}
