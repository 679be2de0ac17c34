//! `[[assessment]]` tables to [`Assessment`]s.
//!
//! The rule it guards: a theme says in words what the coachee took from an assessment. One with a score in it is refused, and one that
//! looks like a quotation is warned of.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::known::shared;
use crate::content::text::score;
use crate::content::toml::report::Report;
use crate::content::toml::value::{Day, Spanned, Text};
use crate::engagement::assessment::{Assessment, AssessmentKind, Held};
use crate::engagement::audience::{Audience, Guarded, Part};

/// What the work rests on: that it is held is a fact, its themes are the part `assessments`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct AssessmentTable {
    /// What kind of assessment it is.
    kind: AssessmentName,
    /// Its name or source, in a word.
    name: Option<Text>,
    /// The day; before it, its themes wait.
    date: Day,
    /// The high-level themes that the coachee chose to share: no scores, no quotations.
    #[serde(default)]
    themes: Vec<Spanned<Text>>,
}

/// A kind of assessment.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum AssessmentName {
    #[serde(rename = "360")]
    AllRound,
    Style,
    Interviews,
    Evaluation,
}

/// The assessments in the order of their days.
pub(in crate::content) fn read(
    tables: Vec<AssessmentTable>,
    share: &BTreeMap<Part, Audience>,
    report: &mut Report<'_>,
) -> Vec<Assessment> {
    let for_themes = shared(share, Part::Assessments);
    let for_facts = shared(share, Part::Facts).or(&for_themes);
    let mut read = Vec::new();
    for table in tables {
        let kind = match table.kind {
            AssessmentName::AllRound => AssessmentKind::AllRound,
            AssessmentName::Style => AssessmentKind::Style,
            AssessmentName::Interviews => AssessmentKind::Interviews,
            AssessmentName::Evaluation => AssessmentKind::Evaluation,
        };
        for theme in &table.themes {
            check_theme(theme, report);
        }
        let name = table.name.map(|name| name.0);
        let themes = table.themes.into_iter().map(|text| text.into_inner().0);
        let themes: Vec<String> = themes.collect();
        let has_themes = !themes.is_empty();
        let themes = Guarded::of(themes, for_themes.clone());
        let order = (table.date.0, kind, name.clone());
        let held = Guarded::of(Held { kind, name }, for_facts.clone());
        let assessment = Assessment {
            date: table.date.0,
            held,
            themes: has_themes.then_some(themes),
        };
        read.push((order, assessment));
    }
    read.sort_by(|(one, _), (other, _)| one.cmp(other));
    read.into_iter().map(|(_, assessment)| assessment).collect()
}

fn check_theme(theme: &Spanned<Text>, report: &mut Report<'_>) {
    let text = &theme.get_ref().0;
    if score::holds_score(text) {
        let hint = "say in words what the coachee took from it; scores and results stay with the coachee and the coach";
        report.error_with("this theme holds a score", theme.span(), hint);
    } else if score::holds_quotation(text) {
        let hint =
            "say it in the coachee's own words: whoever said it could be known by how it was said";
        report.warning(
            "this theme looks like a quotation",
            theme.span(),
            Some(hint),
        );
    }
}
