//! Which parts of which items a reader sees anything of: the table of `loggia report`, written anew.

use std::collections::BTreeMap;

use crate::folder::{Folder, Number, Passage, Round, TODAY};
use crate::oracle::{Eye, Seen};

/// What is known of one part of an item for one reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Something of it is there for the reader.
    Yes,
    /// It is shared with the reader. Whether it is there hangs on answers: it is for all with whom it is shared, or for none of them.
    IfAnswered,
}

/// What one reader sees, by the path of an item inside its engagement and the name of a part; what is absent is not seen.
pub(crate) type Items = BTreeMap<(String, &'static str), Shown>;

/// What the person sees of the folder; nothing for whom there is no portal.
pub(crate) fn items(folder: &Folder, number: Number) -> Option<Items> {
    let eye = Eye::of(folder, number)?;
    let mut items = Items::new();
    let mut add = |place: &str, part: &'static str, is_seen: bool| {
        if is_seen {
            items.insert((place.to_owned(), part), Shown::Yes);
        }
    };

    let roles = &folder.facts.roles;
    let has_roles = !roles.is_empty() && (eye.shares("facts") || roles.contains_key(&eye.me.role));
    add("engagement.toml", "facts", eye.shares("facts"));
    // Coachee, coach and managers are known to all.
    add("engagement.toml", "people", true);
    add("engagement.toml", "roles", has_roles);
    let has_assessments = !folder.assessments.is_empty() && eye.shares("assessments");
    add("engagement.toml", "assessments", has_assessments);
    let sees_programme = eye.shares("reviews");
    let mut outcomes = folder.outcomes.iter();
    let has_outcomes = outcomes.any(|outcome| eye.tied(outcome.goal).is_some());
    add(
        "engagement.toml",
        "outcomes",
        sees_programme && has_outcomes,
    );
    let has_corrections = !eye.corrections().is_empty();
    add(
        "engagement.toml",
        "corrections",
        sees_programme && has_corrections,
    );

    let asked = folder.asked();
    let is_asked = asked.iter().any(|(person, _)| person.number == number);
    add("engagement.toml", "asked", is_asked);

    let mut read = String::new();
    let mut text = |body: &[Passage], attendees: &[Number]| read += &eye.read(body, attendees);
    if let Some(agreement) = folder
        .agreement
        .as_ref()
        .filter(|_| eye.shares("agreement"))
    {
        add("agreement.md", "agreement", true);
        text(&agreement.body, &[]);
    }
    let seen = eye.seen();
    for Seen {
        goal,
        wording,
        actions,
        progress,
    } in &seen
    {
        let place = format!("goals/{}-{}.md", goal.place, goal.id);
        let carries = *wording || *progress;
        let has_support = *actions && carries && !goal.support.is_empty();
        add(&place, "wording", *wording);
        add(&place, "actions", *actions && !goal.actions.is_empty());
        add(&place, "support", has_support);
        let has_ideas = !goal.ideas.is_empty() || goal.thanks.is_some();
        add(&place, "ideas", *actions && carries && has_ideas);
        if *wording {
            text(&goal.body, &[]);
        }
    }
    let own = asked.iter().find(|(person, _)| person.number == number);
    for goal in own.map(|(_, goals)| goals.as_slice()).unwrap_or_default() {
        add(
            &format!("goals/{}-{}.md", goal.place, goal.id),
            "question",
            true,
        );
    }
    for agenda in &folder.agendas {
        let is_seen = eye.sees_agenda(agenda);
        let place = format!("agendas/{}-{}.md", agenda.day, agenda.topic);
        add(&place, "agenda", is_seen);
        let has_debrief = eye.sees_all && !agenda.debrief.is_empty();
        add(&place, "debrief", has_debrief);
        if is_seen {
            text(&agenda.body, &agenda.attendees);
        }
    }
    let has_come = |day: &str| day <= TODAY;
    for update in &folder.updates {
        let is_seen = has_come(&update.day) && eye.sees_text("updates", update.share.as_ref());
        let place = format!("updates/{}-{}.md", update.day, update.topic);
        add(&place, "update", is_seen);
        if is_seen {
            text(&update.body, &[]);
        }
    }
    for review in &folder.reviews {
        let is_seen = has_come(&review.day) && eye.sees_text("reviews", review.share.as_ref());
        let place = format!("reviews/{}-{}.md", review.day, review.topic);
        add(&place, "review", is_seen);
        if is_seen {
            text(&review.body, &[]);
        }
    }
    for attachment in &folder.attachments {
        let place = format!("files/{}", attachment.name);
        add(&place, "file", read.contains(&place));
    }

    // What hangs on answers.
    for look in &seen {
        let goal = look.goal;
        let mut add = |part, is_there: bool| {
            let place = format!("goals/{}-{}.md", goal.place, goal.id);
            let shown = if is_there {
                Shown::Yes
            } else {
                Shown::IfAnswered
            };
            items.insert((place, part), shown);
        };
        let rounds = eye.rounds();
        if look.progress {
            let enough = |round: &&Round| eye.answers(round, goal).len() >= eye.minimum();
            add("progress", rounds.iter().any(enough));
            if goal
                .reached
                .as_ref()
                .is_some_and(|day| day.as_str() <= TODAY)
            {
                add("reached", true);
            }
            if goal.in_my_words.is_some() {
                add("own words", true);
            }
            for part in ["groups", "follow_up", "self"] {
                if eye.has_right(goal, part) {
                    add(part, false);
                }
            }
        }
        if look.carries() && eye.has_right(goal, "themes") {
            let has_themes = |round: &&Round| {
                let mut themes = round.themes.iter();
                eye.has_themes(round, goal) && themes.any(|theme| theme.goal == goal.number)
            };
            add("themes", rounds.iter().any(has_themes));
        }
    }
    Some(items)
}
