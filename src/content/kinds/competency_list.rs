//! `competencies`: texts, or tables that tie them to goals.

use std::fmt;

use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::content::kinds::goal_names::GoalNames;
use crate::content::kinds::known::goal_among;
use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::value::{Spanned, Text};
use crate::engagement::facts::Competency;

/// Something that the coachee is to be able to do in the end.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(in crate::content) enum CompetencyValue {
    Plain(Text),
    Tied(CompetencyTable),
}

/// Told by its kind, so that what is said is about the text or the table that stands there.
impl<'de> Deserialize<'de> for CompetencyValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ByKind;

        const EITHER: &str =
            "… is a text or a table such as `{ text = \"Decides.\", goal = \"its-id\" }`";

        impl<'de> Visitor<'de> for ByKind {
            type Value = CompetencyValue;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(EITHER)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<CompetencyValue, E> {
                Text::deserialize(text.into_deserializer()).map(CompetencyValue::Plain)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<CompetencyValue, A::Error> {
                let table = CompetencyTable::deserialize(MapAccessDeserializer::new(map));
                table.map(CompetencyValue::Tied)
            }

            fn visit_bool<E: Error>(self, _: bool) -> Result<CompetencyValue, E> {
                Err(E::custom(EITHER))
            }

            fn visit_i64<E: Error>(self, _: i64) -> Result<CompetencyValue, E> {
                Err(E::custom(EITHER))
            }

            fn visit_f64<E: Error>(self, _: f64) -> Result<CompetencyValue, E> {
                Err(E::custom(EITHER))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<CompetencyValue, A::Error> {
                Err(A::Error::custom(EITHER))
            }
        }

        deserializer.deserialize_any(ByKind)
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
