//! `[[idea]]` of a goal: what the coachee heard when they asked for ideas (feedforward), and what became of it.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::toml::report::Report;
use crate::content::toml::value::{Day, Spanned, Text};
use crate::engagement::goal::Idea;
use crate::engagement::today::Today;

/// An idea for the time ahead, in the coachee's words; whoever gave it is not named.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct IdeaTable {
    /// The idea.
    text: Text,
    /// The day from which it is tried.
    tried: Option<Spanned<Day>>,
    /// What came of it.
    came: Option<Spanned<Text>>,
}

/// Reads ideas as of `today`: what came of one is said only of one that was tried.
pub(in crate::content) fn read(
    tables: Vec<IdeaTable>,
    today: Today<'_>,
    report: &mut Report<'_>,
) -> Vec<Idea> {
    let mut ideas = Vec::new();
    for table in tables {
        let what = "this try is still to come";
        let tried = table.tried;
        let tried = tried.map(|day| report.day_that_came(&day, what, today));
        if let Some(came) = table.came.as_ref().filter(|_| tried.is_none()) {
            let hint = "write the day from which it was tried as `tried`";
            report.error_with("what came of an idea that was not tried", came.span(), hint);
        }
        ideas.push(Idea {
            text: table.text.0,
            tried,
            came: table.came.map(|text| text.into_inner().0),
        });
    }
    ideas
}
