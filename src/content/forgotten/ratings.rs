//! The ratings of a round without one of the raters, or under a new id.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;

use crate::content::forgotten::edits::Edits;
use crate::content::forgotten::person::Forgetting;
use crate::engagement::Engagement;
use crate::engagement::goal::Goal;
use crate::engagement::id::GoalId;
use crate::engagement::stakeholder::{Role, Stakeholder};

/// The published questions that somebody answered, by round and the goal's id of today.
pub fn published(engagement: &Engagement, person: &Stakeholder) -> BTreeSet<(Date, GoalId)> {
    let mut found = BTreeSet::new();
    let Some(lock) = &engagement.pulse.lock else {
        return found;
    };
    for round in &engagement.pulse.rounds {
        for goal in round.goals_of(&person.id) {
            let first = engagement.goal(goal).map(Goal::first_id);
            let place = first.map(|goal| (round.date, goal.clone()));
            if place.is_some_and(|place| lock.published.contains_key(&place)) {
                found.insert((round.date, goal.clone()));
            }
        }
    }
    found
}

/// How many rounds somebody answered.
pub fn rounds(engagement: &Engagement, person: &Stakeholder) -> usize {
    let rounds = engagement.pulse.rounds.iter();
    let answered = rounds.filter(|round| round.goals_of(&person.id).next().is_some());
    answered.count()
}

/// The text of a round's file with the new id, or without the ratings that are to go.
pub(super) fn without(
    text: &str,
    round: Date,
    forgetting: &Forgetting<'_>,
) -> Result<String, String> {
    let mut edits = Edits::default();
    let rows = rows(text);
    let Some((header, rows)) = rows.split_first() else {
        return Ok(text.to_owned());
    };
    let column = |name: &str| {
        let mut fields = header.fields.iter();
        fields.position(|field| value(text, field) == name)
    };
    if column("rater").is_none() && column("group").is_some() {
        // Nobody is named here, so nobody can be forgotten.
        return Ok(text.to_owned());
    }
    let (Some(rater), Some(goal)) = (column("rater"), column("goal")) else {
        return Err("this file has no columns `rater` and `goal`".to_owned());
    };
    for row in rows {
        let (Some(rater), Some(goal)) = (row.fields.get(rater), row.fields.get(goal)) else {
            continue;
        };
        let word = value(text, rater);
        let is_meant = forgetting.is_meant(&word);
        let goes = forgetting.taken_out.is_some_and(|out| {
            let place = goal_of(forgetting, &value(text, goal)).map(|goal| (round, goal));
            let is_whole = place.is_some_and(|place| out.whole.contains(&place));
            // The coachee's own rating is in no figure of others.
            forgetting.is_person(&word) || is_whole && !is_coachee(forgetting, &word)
        });
        if goes {
            edits.put(row.whole.clone(), "");
        } else if is_meant {
            edits.put(rater.clone(), forgetting.id.as_str());
        }
    }
    Ok(edits.applied(text))
}

fn goal_of(forgetting: &Forgetting<'_>, word: &str) -> Option<GoalId> {
    let mut goals = forgetting.engagement.goals.iter();
    let is_called = |goal: &&Goal| {
        let mut ids = goal.was.iter().chain([&goal.id]);
        ids.any(|id| id.as_str() == word)
    };
    goals.find(is_called).map(|goal| goal.id.clone())
}

fn is_coachee(forgetting: &Forgetting<'_>, word: &str) -> bool {
    let mut people = forgetting.engagement.stakeholders.iter();
    let person = people.find(|person| person.is_called(word));
    person.is_some_and(|person| person.role == Role::Coachee)
        || Role::parse(word) == Some(Role::Coachee)
}

/// A line of the table, which may go over several lines of the file.
struct Row {
    /// With its end.
    whole: Range<usize>,
    /// The places of the fields, with their quotes.
    fields: Vec<Range<usize>>,
}

fn rows(text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut fields = Vec::new();
    let (mut row, mut field, mut is_quoted) = (0, 0, false);
    for (place, letter) in text.char_indices() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => {
                fields.push(field..place);
                field = place + 1;
            }
            '\n' if !is_quoted => {
                fields.push(field..place);
                let fields = std::mem::take(&mut fields);
                let whole = row..place + 1;
                rows.push(Row { whole, fields });
                (row, field) = (place + 1, place + 1);
            }
            _ => {}
        }
    }
    if row < text.len() {
        fields.push(field..text.len());
        let whole = row..text.len();
        rows.push(Row { whole, fields });
    }
    rows
}

/// What a field holds.
fn value(text: &str, field: &Range<usize>) -> String {
    let written = text[field.clone()].trim();
    let inside = written.strip_prefix('"');
    let inside = inside.and_then(|inside| inside.strip_suffix('"'));
    inside.map_or_else(|| written.to_owned(), |inside| inside.replace("\"\"", "\""))
}
