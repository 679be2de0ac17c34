//! `[[outcome]]` and `[[correction]]` tables of engagement.toml: what the programme is to bring about, and what was changed in it.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::goal_names::GoalNames;
use crate::content::kinds::known::goal_among;
use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::value::{Day, Spanned, Text};
use crate::engagement::audience::{Audience, Guarded};
use crate::engagement::programme::{Correction, ProgrammeOutcome};

/// Something that the programme is to bring about, so that reviews compare like with like; shown with the reviews.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct OutcomeTable {
    /// What is to be the case in the end.
    text: Text,
    /// The goal it belongs to; whoever may not see that goal does not see it.
    #[schemars(with = "Option<shapes::Id>")]
    goal: Option<Spanned<String>>,
    /// What was the case at the start, in words or figures.
    start: Option<Text>,
    /// What was the case in the middle.
    midpoint: Option<Text>,
    /// What was the case at the end.
    end: Option<Text>,
}

/// Something that was changed in the programme; shown with the reviews, from its day on.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct CorrectionTable {
    /// The day from which it holds.
    date: Day,
    /// What was changed.
    text: Text,
    /// Why.
    why: Option<Text>,
}

/// What the programme is to bring about, in the order in which it is written.
pub(in crate::content) fn outcomes(
    tables: Vec<OutcomeTable>,
    audience: &Audience,
    goals: &GoalNames,
    report: &mut Report<'_>,
) -> Vec<Guarded<ProgrammeOutcome>> {
    let mut outcomes = Vec::new();
    for table in tables {
        let goal = match table.goal {
            None => None,
            // An outcome of an unknown goal has no audience; it is never taken for one of no goal.
            Some(word) => match goal_among(goals, &word, report) {
                None => continue,
                found => found,
            },
        };
        let text = |text: Option<Text>| text.map(|text| text.0);
        let outcome = ProgrammeOutcome {
            goal,
            text: table.text.0,
            start: text(table.start),
            midpoint: text(table.midpoint),
            end: text(table.end),
        };
        outcomes.push(Guarded::of(outcome, audience.clone()));
    }
    outcomes
}

/// What was changed, in the order of the days.
pub(in crate::content) fn corrections(
    tables: Vec<CorrectionTable>,
    audience: &Audience,
) -> Vec<Guarded<Correction>> {
    let corrections = tables.into_iter().map(|table| {
        let correction = Correction {
            date: table.date.0,
            text: table.text.0,
            why: table.why.map(|why| why.0),
        };
        Guarded::of(correction, audience.clone())
    });
    let mut corrections: Vec<_> = corrections.collect();
    corrections.sort_by_key(Guarded::date);
    corrections
}
