//! agreement.md to [`Agreement`]: what was agreed about the engagement, and who has said yes to it.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::known::{Found, Known};
use crate::content::kinds::prose::{self, Surroundings};
use crate::content::toml::front_matter::FrontMatter;
use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::value::{Day, Spanned, Text, tables};
use crate::engagement::agreement::{Agreement, Party};
use crate::engagement::audience::{Guarded, Part};

/// What was agreed about the engagement, below the settings: roles, confidentiality, communication, resources.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct AgreementFile {
    /// What it is called.
    title: Option<Text>,
    /// The last day on which the text changed; whoever said yes before that day is asked again.
    changed: Option<Spanned<Day>>,
    /// Those who agree to it.
    #[serde(default, deserialize_with = "tables")]
    party: Vec<PartyTable>,
}

/// Someone who agrees.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PartyTable {
    /// Who.
    #[schemars(with = "shapes::Id")]
    person: Spanned<String>,
    /// The day on which that person said yes; without it the person is asked to.
    agreed: Option<Spanned<Day>>,
}

/// Reads the agreement. Whoever sees it is said in engagement.toml alone.
pub(in crate::content) fn read(
    file: &FrontMatter,
    known: &Known<'_>,
    found: &mut Found<'_>,
) -> Option<Guarded<Agreement>> {
    let mut report = found.report(&file.document);
    let agreement: AgreementFile = report.read()?;
    let changed = agreement.changed.map(|day| {
        let what = "this change is still to come";
        report.day_that_came(&day, what, known.today)
    });
    let parties = parties(agreement.party, known, &mut report);
    let audience = known.shared(Part::Agreement);
    let around = Surroundings {
        people: known.people,
        audience: &audience,
        attendees: None,
    };
    let prose = prose::read(file, &around, found);
    let agreement = Agreement {
        title: agreement.title.map(|title| title.0),
        changed,
        parties,
        prose,
    };
    Some(Guarded::of(agreement, audience))
}

/// The parties: each of them once.
fn parties(tables: Vec<PartyTable>, known: &Known<'_>, report: &mut Report<'_>) -> Vec<Party> {
    let mut parties: Vec<Party> = Vec::new();
    for PartyTable { person, agreed } in tables {
        let what = "this yes is still to come";
        let agreed = agreed.map(|day| report.day_that_came(&day, what, known.today));
        let Some(id) = known.people.find(&person, report) else {
            continue;
        };
        if parties.iter().any(|party| party.person == id) {
            let hint = "keep one `[[party]]` for each person, with the day of the last yes";
            report.error_with(format!("`{id}` is a party twice"), person.span(), hint);
        } else {
            parties.push(Party { person: id, agreed });
        }
    }
    parties
}
