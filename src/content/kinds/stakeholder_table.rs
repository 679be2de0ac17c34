//! `[[stakeholder]]` tables to [`Stakeholder`]s.

use std::collections::BTreeSet;
use std::iter::once;
use std::ops::Range;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::former;
use crate::content::kinds::site_words::{Open, language, link_number};
use crate::content::kinds::stakeholder_time;
use crate::content::kinds::stakeholder_time::{BeforeTable, Words};
use crate::content::suggest;
use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::value::{Day, Spanned, Text, tables};
use crate::engagement::id::{RESERVED, StakeholderId};
use crate::engagement::stakeholder::{Presence, Role, Stakeholder, Time};

/// A person of the engagement.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct StakeholderTable {
    /// What this engagement's files call the person.
    #[schemars(with = "shapes::Id")]
    id: Spanned<String>,
    /// The ids that the person had before, the oldest first: the link and answers go by it.
    #[serde(default)]
    #[schemars(with = "Vec<shapes::Id>")]
    was: Vec<Spanned<String>>,
    /// The name as people say it.
    name: Text,
    /// The part that the person plays.
    #[schemars(with = "shapes::RoleName")]
    role: Spanned<String>,
    /// The job title.
    title: Option<Text>,
    /// The rater group: `peer`, `report`, or the firm's own word.
    #[schemars(with = "Option<shapes::Id>")]
    group: Option<Spanned<String>>,
    /// The first day on which the person takes part, for whoever joins later.
    from: Option<Spanned<Day>>,
    /// From this day on the person takes no part any more: the portal goes, answers of past rounds stay.
    until: Option<Spanned<Day>>,
    /// What the person was before, each up to a day; the earliest first. A round counts everyone as what they were on its day.
    #[serde(default, deserialize_with = "tables")]
    before: Vec<BeforeTable>,
    /// For a manager: the day of that person's own word that the answers of rounds from then on may stand alone, under the name.
    apart: Option<Spanned<Day>>,
    /// The language of this person's portal.
    #[schemars(with = "Option<shapes::Language>")]
    language: Option<Spanned<Text>>,
    /// Where an invitation goes; never on a page.
    #[schemars(with = "Option<shapes::Mail>")]
    email: Option<Spanned<Text>>,
    /// The day on which you say: the name or address was changed here, and it is the same person.
    same_person: Option<Spanned<Day>>,
    /// Raised to give this person a new link and end the old one; the first is 1.
    #[schemars(range(min = 1))]
    link: Option<Spanned<u32>>,
    /// Whether the person has a portal; `false` for those who rate but read nothing.
    portal: Option<bool>,
    /// How this person's sealed page opens, where it is not as in loggia.toml.
    open: Option<Open>,
    /// Whether this person types a passphrase besides having the link. Without that passphrase at hand no page is built.
    passphrase: Option<bool>,
}

/// The people, with every problem of their ids, roles and groups.
pub(in crate::content) fn read(
    tables: Vec<StakeholderTable>,
    report: &mut Report<'_>,
) -> Vec<Stakeholder> {
    let spans: Vec<Range<usize>> = tables.iter().map(|table| table.id.span()).collect();
    check_old_ids(&tables, report);
    let mut people: Vec<Stakeholder> = Vec::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut groups = vec!["peer".to_owned(), "report".to_owned()];
    for table in tables {
        let span = table.id.span();
        for group in table
            .before
            .iter()
            .filter_map(BeforeTable::group)
            .chain(&table.group)
        {
            check_group_is_meant(group, &mut groups, report);
        }
        if !names.insert(table.id.get_ref().clone()) {
            let message = format!("two stakeholders have the id `{}`", table.id.get_ref());
            report.error_with(message, span.clone(), "give one of them another id");
        }
        people.extend(stakeholder(table, report));
    }
    let coachees = people
        .iter()
        .filter(|person| person.role == Role::Coachee)
        .count();
    if coachees != 1 && people.len() == spans.len() {
        let message = if coachees == 0 {
            "no stakeholder is the coachee"
        } else {
            "more than one stakeholder is the coachee"
        };
        let span = spans.first().cloned().unwrap_or(0..0);
        report.error_with(
            message,
            span,
            "give exactly one stakeholder `role = \"coachee\"`",
        );
    }
    for (person, span) in people.iter().zip(spans) {
        check_id_is_no_other_role(person, &people, span, report);
    }
    people
}

/// An id that someone had is nobody else's, neither now nor before.
fn check_old_ids(tables: &[StakeholderTable], report: &mut Report<'_>) {
    for (index, table) in tables.iter().enumerate() {
        let others = tables.iter().enumerate();
        let others = others.filter(|(other, _)| *other != index);
        let taken: BTreeSet<&str> = others
            .flat_map(|(_, other)| once(&other.id).chain(&other.was))
            .map(|word| word.get_ref().as_str())
            .collect();
        for word in &table.was {
            if taken.contains(word.get_ref().as_str()) {
                former::taken(word.get_ref(), word.span(), report);
            }
        }
    }
}

fn stakeholder(table: StakeholderTable, report: &mut Report<'_>) -> Option<Stakeholder> {
    let (span, written) = (table.id.span(), table.id.into_inner());
    let id = StakeholderId::parse(&written);
    if id.is_none() {
        let is_reserved = RESERVED.contains(&written.as_str());
        let message = if is_reserved {
            format!("`{written}` is a word of `share` and no id")
        } else {
            format!("`{written}` is no id")
        };
        report.error_with(
            message,
            span,
            "ids are lower-case words joined by hyphens, such as `nyah-adeyemi`",
        );
    }
    let was = former::read(&table.was, (&written, StakeholderId::parse), report);
    let time = stakeholder_time::read(
        Words {
            role: table.role,
            group: table.group,
            from: table.from,
            until: table.until,
            before: table.before,
        },
        report,
    );
    let apart = table
        .apart
        .and_then(|apart| read_apart(&apart, time.as_ref(), report));
    let link = link_number(table.link, report);
    let language = table.language.and_then(|tag| language(tag, report));
    let email = table.email.and_then(|email| read_email(email, report));
    let time = time?;
    Some(Stakeholder {
        id: id?,
        was,
        name: table.name.0,
        role: time.last.role,
        title: table.title.map(|title| title.0),
        presence: Presence::Here,
        time,
        apart,
        language,
        email,
        same_person: table.same_person.map(|day| day.get_ref().0),
        link,
        portal: table.portal.unwrap_or(true),
        opening: table.open.map(Open::mode),
        passphrase: table.passphrase.unwrap_or(false),
    })
}

/// The day of a manager's word; the answers of nobody else ever stand alone.
fn read_apart(apart: &Spanned<Day>, time: Option<&Time>, report: &mut Report<'_>) -> Option<Date> {
    let was_no_manager = |time: &&Time| !time.roles().any(|role| role == Role::Manager);
    let Some(time) = time.filter(was_no_manager) else {
        return Some(apart.get_ref().0);
    };
    let hint = match time.last.role {
        Role::Coachee => {
            "take `apart` out: who reads the coachee's own rating is `self` under `[share]`"
                .to_owned()
        }
        role => format!(
            "take `apart` out: answers of the role `{}` always count with those of others",
            role.as_str()
        ),
    };
    report.error_with(
        "only a manager's answers can stand alone",
        apart.span(),
        hint,
    );
    None
}

/// Warns of a group that is nearly another: its raters would be a group of their own, and perhaps too few to show.
fn check_group_is_meant(group: &Spanned<String>, known: &mut Vec<String>, report: &mut Report<'_>) {
    let written = group.get_ref();
    if known.contains(written) {
        return;
    }
    if let Some(meant) = known.iter().find(|known| suggest::is_slip(written, known)) {
        let message = format!("group `{written}` is nearly `{meant}`, and a group of its own");
        let hint = format!("did you mean `{meant}`?");
        report.warning(message, group.span(), Some(&hint));
    }
    known.push(written.clone());
}

fn read_email(email: Spanned<Text>, report: &mut Report<'_>) -> Option<String> {
    let (span, Text(address)) = (email.span(), email.into_inner());
    let parts = address.split_once('@');
    let is_odd =
        |letter: char| letter.is_whitespace() || letter.is_control() || "<>,;".contains(letter);
    let is_good = parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        && !address.contains(is_odd);
    if !is_good {
        report.error_with(
            format!("`{address}` is no mail address"),
            span,
            "write it as `name@firm.example`",
        );
    }
    is_good.then_some(address)
}

/// A role's name is an id only for the one person who has that role: otherwise `share` would not say who is meant.
fn check_id_is_no_other_role(
    person: &Stakeholder,
    people: &[Stakeholder],
    span: Range<usize>,
    report: &mut Report<'_>,
) {
    let Some(role) = Role::parse(person.id.as_str()) else {
        return;
    };
    let has_role = |other: &&Stakeholder| other.time.roles().any(|own| own == role);
    let is_sole =
        person.time.roles().all(|own| own == role) && people.iter().filter(has_role).count() == 1;
    if !is_sole {
        let message = format!("`{}` is a role, and not only this person's", person.id);
        report.error_with(message, span, "give this person another id");
    }
}
