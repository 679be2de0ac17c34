//! `competencies`: texts, or tables that tie them to goals.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use crate::content::kinds::goal_names::GoalNames;
use crate::content::kinds::known::goal_among;
use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::text_or_table::{TextOrTable, text_or_table};
use crate::content::toml::value::{Spanned, Text};
use crate::engagement::facts::Competency;

/// Something that the coachee is to be able to do in the end.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(in crate::content) enum CompetencyValue {
    Plain(Text),
    Tied(CompetencyTable),
}

impl<'de> Deserialize<'de> for CompetencyValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const EITHER: &str =
            "… is a text or a table such as `{ text = \"Decides.\", goal = \"its-id\" }`";
        Ok(match text_or_table(deserializer, EITHER)? {
            TextOrTable::Text(text) => Self::Plain(text),
            TextOrTable::Table(table) => Self::Tied(table),
        })
    }
}

/// A competency and the goal that leads there.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct CompetencyTable {
    /// What the coachee is to be able to do.
    text: Text,
    /// The goal that leads there; whoever may not see that goal does not see it.
    #[schemars(with = "Option<shapes::Id>")]
    goal: Option<String>,
}

/// The target competencies, each of them once.
pub(in crate::content) fn read(
    list: Vec<Spanned<CompetencyValue>>,
    goals: &GoalNames,
    report: &mut Report<'_>,
) -> Vec<Competency> {
    let mut found: Vec<Competency> = Vec::new();
    for value in list {
        let span = value.span();
        let place = value.at_same_place(());
        let (text, word) = match value.into_inner() {
            CompetencyValue::Plain(text) => (text.0, None),
            CompetencyValue::Tied(table) => (table.text.0, table.goal),
        };
        let goal = match word {
            None => None,
            // One of an unknown goal has no audience; it is never taken for one of no goal.
            Some(word) => match goal_among(goals, &place.at_same_place(word), report) {
                None => continue,
                found => found,
            },
        };
        if found.iter().any(|other| other.text == text) {
            let hint = "list each of them once";
            report.error_with("this competency is listed twice", span, hint);
        } else {
            found.push(Competency { text, goal });
        }
    }
    found
}
