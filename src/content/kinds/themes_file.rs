//! What the coach says about a round: `pulse/DATE.md`.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::known::{Found, Known};
use crate::content::toml::front_matter::FrontMatter;
use crate::content::toml::shapes;
use crate::content::toml::value::{Spanned, Text, tables};
use crate::diagnostic::Diagnostic;
use crate::engagement::goal::Theme;
use crate::engagement::id::GoalId;

/// What the coach says about a round: themes, never quotations.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct ThemesFile {
    /// What the coach says, goal by goal.
    #[serde(default, deserialize_with = "tables")]
    theme: Vec<ThemeTable>,
}

/// What the coach says of one goal.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ThemeTable {
    /// The goal it is about.
    #[schemars(with = "shapes::Id")]
    goal: Spanned<String>,
    /// What the coach says.
    text: Text,
}

/// Reads what the coach says about the round of `round`, goal by goal.
pub(in crate::content) fn read(
    file: &FrontMatter,
    round: Date,
    known: &Known<'_>,
    found: &mut Found<'_>,
) -> Vec<(GoalId, Theme)> {
    let document = &file.document;
    let mut report = found.report(document);
    let text = &document.source().text()[file.body.clone()];
    if !text.trim().is_empty() {
        let problem = Diagnostic::error("what is said about a round stands in `[[theme]]` tables")
            .in_file(document.source().path());
        report.push(problem.with_hint(
            "write `[[theme]]` with `goal` and `text` into the front matter, and nothing below it",
        ));
    }
    let Some(file): Option<ThemesFile> = report.read() else {
        return Vec::new();
    };
    let mut themes = Vec::new();
    for table in file.theme {
        let text = table.text.0;
        let goal = known.goal(&table.goal, &mut report);
        themes.extend(goal.map(|goal| (goal, Theme { round, text })));
    }
    themes
}
