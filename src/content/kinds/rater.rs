//! Whether someone may be the rater of a row in a round.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::content::kinds::known::Known;
use crate::content::kinds::people::People;
use crate::content::suggest;
use crate::engagement::id::{GoalId, StakeholderId};
use crate::engagement::stakeholder::{Presence, Role, Stakeholder};

/// An answer given before someone left may be in a round that closes within so many days of that.
const LAST_ANSWER: i64 = 31;

/// What to do about a rater whom nobody knows: a slip of the pen, or someone who was taken out of engagement.toml.
pub(super) fn unknown(word: &str, people: &People<'_>) -> String {
    if let Some(hint) = people.several(word) {
        return hint;
    }
    let known = people.all().iter().map(|person| person.id.as_str());
    let back = "put whoever has left back into engagement.toml, with the day as `until = DATE`: past rounds keep their answers";
    match suggest::hint(word, known) {
        Some(hint) if hint.ends_with('?') => format!("{hint} Else {back}"),
        Some(hint) => format!("{back} ({hint})"),
        None => back.to_owned(),
    }
}

/// Why a person cannot have rated in a round that closed on `round`, and what to do about it.
pub(super) fn fault(person: &Stakeholder, round: Date) -> Option<(String, Option<String>)> {
    let (id, time) = (&person.id, &person.time);
    if time.capacity_on(round.into()).role == Role::Coach {
        return Some(("the coach does not rate".to_owned(), None));
    }
    match (time.presence_on(round.into()), time.from, time.until) {
        (Presence::ToCome, Some(from), _) => Some((
            format!("`{id}` takes part from {from} on, and this round closed on {round}"),
            Some("mend `from` in engagement.toml, or take the row out".to_owned()),
        )),
        (Presence::Gone, _, Some(until)) if is_past_last_answer(until, round) => Some((
            format!("`{id}` had left on {until}, and this round closed on {round}"),
            Some("mend `until` in engagement.toml, or take the row out".to_owned()),
        )),
        (Presence::ToCome | Presence::Here | Presence::Gone, _, _) => None,
    }
}

fn is_past_last_answer(until: Date, round: Date) -> bool {
    until
        .checked_add(LAST_ANSWER.days())
        .is_ok_and(|last| last < round)
}

/// Whether the list of a goal's supporters says who may answer. It is who is asked now: whoever has left or plays another part since, and
/// whoever answered a round that was published, need not stand there. The record knows a goal by its oldest id.
pub(super) fn must_be_listed(
    known: &Known<'_>,
    round: Date,
    (rater, goal): (&StakeholderId, &GoalId),
) -> bool {
    let place = (round, goal.clone());
    let lock = known.lock;
    if lock.is_some_and(|lock| lock.published.contains_key(&place)) {
        return false;
    }
    let mut people = known.people.all().iter();
    let Some(person) = people.find(|person| person.id == *rater) else {
        return false;
    };
    let role = person.time.capacity_on(round.into()).role;
    let is_as_it_was = person.role == role && person.presence != Presence::Gone;
    is_as_it_was && !matches!(role, Role::Coachee | Role::Manager)
}
