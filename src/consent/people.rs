//! Who is behind each id: whether a name or an address that was changed is another person's.
//!
//! The rules it guards: nobody opens the link of somebody before them, and the answers of two people never become those of one.
//!
//! - From the day of `agreed` on, name and address behind every id are recorded as hashes, also of those who only answer.
//! - These pass without a question: another way to write the same letters (case, accents, spaces, hyphens); one letter that is mended in a
//!   name whose address stays the same; an address that is added or taken out while the name stays the same.
//! - Any other change is a question, which holds the engagement back until the coach has answered it in the person's `[[stakeholder]]`:
//!   `same_person = DATE` says that it is the same person. Each change needs a day of its own, so one that was left in the file answers
//!   for no later change. For another person either `link` is raised, which ends the old link, or there is a new id. Where
//!   someone has answered under the id only a new id will do, since answers go by it.
//! - An id that is in no file any more stays known: whoever gets it later is asked about as well.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::consent::problem::{OtherPerson, PersonChange};
use crate::engagement::Engagement;
use crate::engagement::consent::KnownPerson;
use crate::engagement::id::StakeholderId;
use crate::engagement::lock::RecordHash;
use crate::engagement::pulse::Round;
use crate::engagement::stakeholder::{Role, Stakeholder};
use crate::engagement::today::Today;

/// People by their oldest ids.
type People = BTreeMap<StakeholderId, KnownPerson>;

/// How many digits of a hash are enough to compare names that are spelt nearly alike.
const NEAR: usize = 8;

/// Nobody's name has more letters; of a longer one it is not asked whether it is spelt nearly alike.
const LONGEST: usize = 60;

/// Everyone behind an id today, and those who were recorded and are in the file no longer; or whoever may be another person.
pub(super) fn compared(
    engagement: &Engagement,
    was: Option<&People>,
    today: Today<'_>,
    hash: &RecordHash<'_>,
) -> Result<People, Vec<OtherPerson>> {
    let mut people = was.cloned().unwrap_or_default();
    let mut problems = Vec::new();
    for person in &engagement.stakeholders {
        let id = person.first_id();
        let known = people.get(id);
        let question = known.and_then(|known| question(engagement, person, (known, today), hash));
        let now = known_now(person, known, hash);
        problems.extend(question);
        people.insert(id.clone(), now);
    }
    match problems.is_empty() {
        true => Ok(people),
        false => Err(problems),
    }
}

/// Everyone behind an id today, whoever was there before.
pub(super) fn of_today(engagement: &Engagement, hash: &RecordHash<'_>) -> People {
    let people = engagement.stakeholders.iter();
    people
        .map(|person| (person.first_id().clone(), known_now(person, None, hash)))
        .collect()
}

/// What is recorded of somebody whose oldest id, name and address are these.
pub(super) fn recorded(
    (id, name): (&StakeholderId, &str),
    link: u32,
    hash: &RecordHash<'_>,
) -> KnownPerson {
    KnownPerson {
        name: hash.short(&["name", id.as_str(), &folded(name)]),
        near: near(id, name, hash),
        email: None,
        link,
        same_person: None,
    }
}

fn known_now(
    person: &Stakeholder,
    known: Option<&KnownPerson>,
    hash: &RecordHash<'_>,
) -> KnownPerson {
    let id = person.first_id();
    let name = name_hash(person, hash);
    let email = email_hash(person, hash);
    let same_name = known.filter(|known| known.name == name);
    // The many hashes of a name are made once; an address that is taken out is still known when another one comes.
    let (near, email) = match same_name {
        Some(known) => (known.near.clone(), email.or_else(|| known.email.clone())),
        None => (near(id, &person.name, hash), email),
    };
    KnownPerson {
        name,
        near,
        email,
        link: person.link,
        same_person: person.same_person,
    }
}

/// Whether somebody may be another person than before, which nothing in the folder answers.
fn question(
    engagement: &Engagement,
    person: &Stakeholder,
    (known, today): (&KnownPerson, Today<'_>),
    hash: &RecordHash<'_>,
) -> Option<OtherPerson> {
    let email = email_hash(person, hash);
    let is_other_email = known.email.is_some() && email.is_some() && known.email != email;
    let is_other_name = known.name != name_hash(person, hash);
    let change = match (is_other_name, is_other_email) {
        (false, false) => return None,
        (true, false) => PersonChange::Name,
        (false, true) => PersonChange::Email,
        (true, true) => PersonChange::Both,
    };
    let is_same_email = email.is_some() && known.email == email;
    if is_same_email && !near(person.first_id(), &person.name, hash).is_disjoint(&known.near) {
        return None;
    }
    // What was said on an earlier day was said of an earlier change.
    let is_said = person.same_person.is_some_and(|day| {
        let is_new = known.same_person.is_none_or(|earlier| earlier < day);
        day <= today && (is_new || day == today)
    });
    let has_answered = has_answered(engagement, person);
    let is_coachee = person.time.last.role == Role::Coachee;
    let is_raised = person.link > known.link;
    if is_said || is_raised && !has_answered && !is_coachee {
        return None;
    }
    Some(OtherPerson {
        id: person.id.clone(),
        change,
        is_coachee,
        has_answered,
        next_link: (!is_raised).then(|| known.link.saturating_add(1)),
        today: today.date(),
    })
}

fn has_answered(engagement: &Engagement, person: &Stakeholder) -> bool {
    let rounds = engagement.pulse.rounds.iter();
    let mut raters = rounds.flat_map(Round::raters);
    raters.any(|rater| person.is_called(rater.as_str()))
}

fn name_hash(person: &Stakeholder, hash: &RecordHash<'_>) -> String {
    let name = folded(&person.name);
    hash.short(&["name", person.first_id().as_str(), &name])
}

fn email_hash(person: &Stakeholder, hash: &RecordHash<'_>) -> Option<String> {
    let email = person.email.as_ref()?.trim().to_lowercase();
    Some(hash.short(&["email", person.first_id().as_str(), &email]))
}

/// The letters of a name, however they are written. A name without any is compared as it stands.
fn folded(name: &str) -> String {
    let letters = name.nfkd().filter(|letter| !is_combining_mark(*letter));
    let letters = letters.flat_map(char::to_lowercase);
    let folded: String = letters.filter(|letter| letter.is_alphanumeric()).collect();
    match folded.is_empty() {
        true => name.trim().to_owned(),
        false => folded,
    }
}

/// Short hashes of a name, whole and with one letter left out. Two names of which one letter is another one, too many, missing, or changed
/// places with the next have one in common.
fn near(id: &StakeholderId, name: &str, hash: &RecordHash<'_>) -> BTreeSet<String> {
    let letters: Vec<char> = folded(name).chars().collect();
    if letters.len() > LONGEST {
        return BTreeSet::new();
    }
    let without = |left_out: usize| -> String {
        let others = letters.iter().enumerate();
        let others = others.filter(|(place, _)| *place != left_out);
        others.map(|(_, letter)| letter).collect()
    };
    // Leaving out the place behind the last leaves the name whole.
    let names: BTreeSet<String> = (0..=letters.len()).map(without).collect();
    let short = |name: &String| {
        let mut short = hash.short(&["near", id.as_str(), name]);
        short.truncate(NEAR);
        short
    };
    names.iter().map(short).collect()
}
