//! `continues` of a review: texts, or tables that say with whom.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::people::People;
use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::value::{Spanned, Text, table};
use crate::engagement::review::Continuation;

/// Something that goes on after the end.
#[derive(Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "… is a text or a table such as `{ text = \"Talks.\", with = [\"an-id\"] }`"
)]
pub(in crate::content) enum ContinuesValue {
    Plain(Text),
    With(#[serde(deserialize_with = "table")] ContinuesTable),
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
