//! `continues` of a review: texts, or tables that say with whom.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use crate::content::kinds::people::People;
use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::text_or_table::{TextOrTable, text_or_table};
use crate::content::toml::value::{Spanned, Text};
use crate::engagement::review::Continuation;

/// Something that goes on after the end.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(in crate::content) enum ContinuesValue {
    Plain(Text),
    With(ContinuesTable),
}

impl<'de> Deserialize<'de> for ContinuesValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const EITHER: &str =
            "… is a text or a table such as `{ text = \"Talks.\", with = [\"an-id\"] }`";
        Ok(match text_or_table(deserializer, EITHER)? {
            TextOrTable::Text(text) => Self::Plain(text),
            TextOrTable::Table(table) => Self::With(table),
        })
    }
}

/// What goes on, and with whom.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct ContinuesTable {
    /// What goes on.
    text: Text,
    /// With whom.
    #[schemars(with = "Vec<shapes::Id>")]
    with: Vec<String>,
}

/// What goes on, in the order in which it is written.
pub(in crate::content) fn read(
    list: Vec<Spanned<ContinuesValue>>,
    people: &People<'_>,
    report: &mut Report<'_>,
) -> Vec<Continuation> {
    let mut found = Vec::new();
    for value in list {
        let place = value.at_same_place(());
        let (text, words) = match value.into_inner() {
            ContinuesValue::Plain(text) => (text.0, Vec::new()),
            ContinuesValue::With(table) => (table.text.0, table.with),
        };
        let with = words
            .into_iter()
            .filter_map(|word| people.find(&place.at_same_place(word), report));
        let with = with.collect();
        found.push(Continuation { text, with });
    }
    found
}
