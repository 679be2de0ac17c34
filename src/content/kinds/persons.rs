//! `[[person]]` of loggia.toml: stakeholders of several engagements who are one person.
//!
//! The rule it guards: a tie leads one person into a portal, so a tie to somebody of another name is an error.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::site_words::{language, link_number};
use crate::content::suggest;
use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::value::{Spanned, Text};
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::id::{EngagementId, PersonId, StakeholderId};
use crate::engagement::person::Person;

/// What engagements were called before, each with what they are called now.
pub(in crate::content) type Renamed = BTreeMap<EngagementId, EngagementId>;

/// Where persons are written.
const FILE: &str = "loggia.toml";

/// Stakeholders of several engagements who are one person, with one more page that lists their portals.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct PersonTable {
    /// What the person is called here.
    #[schemars(with = "shapes::Id")]
    id: Spanned<String>,
    /// The name, the same as in the engagements.
    name: Text,
    /// The language of the person's page.
    #[schemars(with = "Option<shapes::Language>")]
    language: Option<Spanned<Text>>,
    /// Raised to give this person a new link and end the old one; the first is 1.
    #[schemars(range(min = 1))]
    link: Option<Spanned<u32>>,
    /// Whether this person types a passphrase for this page too. It is needed where one of the portals asks for one.
    passphrase: Option<bool>,
    /// By engagement, the id that the person has there.
    #[schemars(with = "BTreeMap<String, shapes::Id>")]
    engagements: BTreeMap<String, Spanned<String>>,
}

/// Reads the persons, with every problem of their ids and links.
pub(in crate::content) fn read(tables: Vec<PersonTable>, report: &mut Report<'_>) -> Vec<Person> {
    let mut persons: Vec<Person> = Vec::new();
    let mut tied = BTreeSet::new();
    for table in tables {
        let (span, written) = (table.id.span(), table.id.into_inner());
        let Some(id) = PersonId::parse(&written) else {
            report.error_with(
                format!("`{written}` is no id of a person"),
                span,
                "ids are lower-case words joined by hyphens",
            );
            continue;
        };
        if persons.iter().any(|person| person.id == id) {
            let message = format!("two persons have the id `{id}`");
            report.error(message, span.clone());
        }
        let mut engagements = BTreeMap::new();
        for (engagement, stakeholder) in table.engagements {
            let place = stakeholder.span();
            let parsed =
                EngagementId::parse(&engagement).zip(StakeholderId::parse(stakeholder.get_ref()));
            let Some(tie) = parsed else {
                let message = format!("`{engagement}` and `{}` are no ids", stakeholder.get_ref());
                report.error(message, place);
                continue;
            };
            if !tied.insert(tie.clone()) {
                let message = format!("`{}` of `{}` is already another person", tie.1, tie.0);
                report.error(message, place);
            }
            engagements.insert(tie.0, tie.1);
        }
        persons.push(Person {
            id,
            name: table.name.0,
            language: table.language.and_then(|tag| language(tag, report)),
            link: link_number(table.link, report),
            passphrase: table.passphrase.unwrap_or(false),
            engagements,
        });
    }
    persons
}

/// The problem with every tie to an engagement that is not there.
pub(in crate::content) fn check_engagements(
    persons: &[Person],
    engagements: &[EngagementId],
    renamed: &Renamed,
    problems: &mut Vec<Diagnostic>,
) {
    for person in persons {
        for id in person
            .engagements
            .keys()
            .filter(|id| !engagements.contains(id) && !renamed.contains_key(*id))
        {
            let message = format!(
                "person `{}` is tied to unknown engagement `{id}`",
                person.id
            );
            let known = engagements.iter().map(EngagementId::as_str);
            let hint = suggest::hint(id.as_str(), known);
            problems.push(Diagnostic::error(message).in_file(FILE).with_hint_if(hint));
        }
    }
}

/// The problem with every tie to somebody who has no part in the engagement, or who has another name there.
pub(in crate::content) fn check_people(
    persons: &[Person],
    engagement: &Engagement,
    problems: &mut Vec<Diagnostic>,
) {
    let (id, people) = (&engagement.id, &engagement.stakeholders);
    for person in persons {
        let Some(stakeholder) = person.stakeholder_in(id, &engagement.was) else {
            continue;
        };
        let found = engagement.stakeholder(stakeholder);
        let Some(found) = found else {
            let message = format!(
                "person `{}` is tied to unknown stakeholder `{stakeholder}` of `{id}`",
                person.id
            );
            let known = people.iter().map(|known| known.id.as_str());
            let hint = suggest::hint(stakeholder.as_str(), known);
            problems.push(Diagnostic::error(message).in_file(FILE).with_hint_if(hint));
            continue;
        };
        if found.name.to_lowercase() != person.name.to_lowercase() {
            let message = format!(
                "person `{}` is `{}`, but `{stakeholder}` of `{id}` is `{}`",
                person.id, person.name, found.name
            );
            let hint = "one of them would get the other's portal: take out the tie, or write the name the same way in both places";
            problems.push(Diagnostic::error(message).in_file(FILE).with_hint(hint));
        }
    }
}
