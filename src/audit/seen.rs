//! What a reader may see of an engagement, as plain texts by the folder they come from.
//!
//! The rule it guards: it asks the same locks as a page does, [`Guarded::reveal_to`], and is written apart from `portal`, as a second opinion.

use crate::engagement::Engagement;
use crate::engagement::agenda::Agenda;
use crate::engagement::audience::Guarded;
use crate::engagement::audience::Reader;
use crate::engagement::goal::Action;
use crate::engagement::goal::Goal;
use crate::engagement::id::GoalId;
use crate::engagement::review::Review;

/// A text, and the folder of the engagement in which it stands.
pub(super) type SeenText = (&'static str, String);

/// Where texts stand.
pub(super) const FOLDERS: [&str; 6] = [
    "engagement.toml",
    "goals",
    "agendas",
    "pulse",
    "updates",
    "reviews",
];

/// Every text of the engagement that `reader` may see.
pub(super) fn texts(engagement: &Engagement, reader: &Reader) -> Vec<SeenText> {
    let mut seen = Seen {
        engagement,
        reader,
        texts: Vec::new(),
    };
    seen.engagement();
    for goal in &engagement.goals {
        seen.goal(goal);
    }
    for agenda in &engagement.agendas {
        seen.agenda(agenda);
    }
    for update in engagement
        .updates
        .iter()
        .filter_map(|update| update.reveal_to(reader))
    {
        seen.add("updates", &update.title);
        seen.add("updates", &update.prose.reveal_to(reader));
    }
    for review in &engagement.reviews {
        seen.review(review);
    }
    seen.texts
}

struct Seen<'a> {
    engagement: &'a Engagement,
    reader: &'a Reader,
    texts: Vec<SeenText>,
}

impl Seen<'_> {
    fn add(&mut self, folder: &'static str, text: &str) {
        self.texts.push((folder, text.to_owned()));
    }

    fn engagement(&mut self) {
        const FILE: &str = "engagement.toml";
        self.add(FILE, &self.engagement.title);
        // A name goes wherever an action, agenda or outcome goes that names its bearer: names are not what is looked for.
        for person in &self.engagement.stakeholders {
            self.add(FILE, &person.name);
        }
        if let Some(facts) = self.engagement.facts.reveal_to(self.reader) {
            let communication = &facts.communication;
            let answers = [
                &facts.purpose,
                &facts.aims,
                &facts.resources,
                &communication.updates,
                &communication.escalation,
                &communication.confidentiality,
            ];
            for text in answers.into_iter().flatten() {
                self.add(FILE, text);
            }
            let performance = facts.performance.as_ref();
            if let Some(text) = performance.and_then(|text| text.reveal_to(self.reader)) {
                self.add(FILE, text);
            }
            for milestone in &facts.milestones {
                self.add(FILE, &milestone.title);
            }
            let people = &self.engagement.stakeholders;
            for title in people.iter().filter_map(|person| person.title.as_ref()) {
                self.add(FILE, title);
            }
        }
        let own = self.engagement.stakeholder(self.reader.id());
        if let Some(title) = own.and_then(|person| person.title.as_ref()) {
            self.add(FILE, title);
        }
        for text in self
            .engagement
            .roles
            .values()
            .filter_map(|text| text.reveal_to(self.reader))
        {
            self.add(FILE, text);
        }
    }

    fn goal(&mut self, goal: &Goal) {
        let reader = self.reader;
        if let Some(wording) = goal.wording.reveal_to(reader) {
            self.add("goals", &wording.title);
            for text in [&wording.statement, &wording.behaviour]
                .into_iter()
                .flatten()
                .chain(&wording.good)
            {
                self.add("goals", text);
            }
            self.add("goals", &wording.prose.reveal_to(reader));
        }
        if let Some(Some(alias)) = goal.alias.reveal_to(reader) {
            self.add("goals", alias);
        }
        self.actions("goals", goal.actions.reveal_to(reader).map(Vec::as_slice));
        if !self.is_carried(Some(&goal.id)) {
            return;
        }
        for support in goal.support.reveal_to(reader).into_iter().flatten() {
            self.add("goals", &support.text);
        }
        for theme in goal
            .themes
            .iter()
            .filter_map(|theme| theme.reveal_to(reader))
        {
            self.add("pulse", &theme.text);
        }
    }

    fn agenda(&mut self, agenda: &Guarded<Agenda>) {
        let Some(agenda) = agenda.reveal_to(self.reader) else {
            return;
        };
        self.add("agendas", &agenda.title);
        for text in agenda
            .place
            .iter()
            .chain(agenda.items.iter().map(|item| &item.text))
        {
            self.add("agendas", text);
        }
        for outcome in &agenda.outcomes {
            if self.is_carried(outcome.goal.as_ref()) {
                self.add("agendas", &outcome.text);
            }
        }
        self.actions("agendas", Some(&agenda.next));
        self.add("agendas", &agenda.prose.reveal_to(self.reader));
    }

    fn review(&mut self, review: &Guarded<Review>) {
        let Some(review) = review.reveal_to(self.reader) else {
            return;
        };
        if let Some(title) = &review.title {
            self.add("reviews", title);
        }
        for outcome in &review.outcomes {
            if self.is_carried(outcome.goal.as_ref()) {
                self.add("reviews", &outcome.intended);
                self.add("reviews", &outcome.actual);
            }
        }
        for text in &review.continues {
            self.add("reviews", text);
        }
        self.add("reviews", &review.prose.reveal_to(self.reader));
    }

    fn actions(&mut self, folder: &'static str, actions: Option<&[Action]>) {
        for action in actions.unwrap_or_default() {
            self.add(folder, &action.text);
        }
    }

    /// Whether what is tied to the goal is seen: the reader knows its wording or its figures.
    fn is_carried(&self, goal: Option<&GoalId>) -> bool {
        let Some(id) = goal else { return true };
        let goal = self.engagement.goal(id);
        goal.is_some_and(|goal| {
            goal.wording.audience().admits(self.reader) || goal.progress.admits(self.reader)
        })
    }
}
