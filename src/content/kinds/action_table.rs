//! `[[action]]` of a goal and `[[next]]` of a meeting: something to do.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::people::People;
use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::value::{Day, Spanned, Text};
use crate::engagement::goal::{Action, Dropped};

/// Something to do.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct ActionTable {
    /// What is to be done.
    text: Text,
    /// Who does it.
    #[schemars(with = "Option<shapes::Id>")]
    pub(super) owner: Option<Spanned<String>>,
    /// The day by which it is to be done.
    due: Option<Day>,
    /// The day on which it was done.
    done: Option<Day>,
    /// The day on which it was given up; it then counts neither as open nor as done.
    dropped: Option<Spanned<Day>>,
    /// Why it was given up.
    why: Option<Spanned<Text>>,
}

/// Reads actions, which next steps of meetings are too.
pub(in crate::content) fn read_actions(
    tables: Vec<ActionTable>,
    people: &People<'_>,
    report: &mut Report<'_>,
) -> Vec<Action> {
    let mut actions = Vec::new();
    for table in tables {
        let dropped = read_dropped(&table, report);
        let owner = table.owner.and_then(|owner| people.find(&owner, report));
        actions.push(Action {
            text: table.text.0,
            owner,
            due: table.due.map(|day| day.0),
            done: table.done.map(|day| day.0),
            dropped,
        });
    }
    actions
}

/// That an action was given up; one that is done was not, and there is a reason only for one that was.
fn read_dropped(table: &ActionTable, report: &mut Report<'_>) -> Option<Dropped> {
    match (&table.dropped, &table.why) {
        (Some(day), _) if table.done.is_some() => {
            let hint = "keep `done` or `dropped`, whichever is true";
            report.error_with("this action is both done and dropped", day.span(), hint);
            None
        }
        (Some(day), why) => Some(Dropped {
            date: day.get_ref().0,
            why: why.as_ref().map(|why| why.get_ref().0.clone()),
        }),
        (None, Some(why)) => {
            let hint = "add the day, as in `dropped = 2026-10-05`, or take `why` out";
            report.error_with(
                "`why` says why an action was dropped, and this one was not",
                why.span(),
                hint,
            );
            None
        }
        (None, None) => None,
    }
}
