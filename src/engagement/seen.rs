//! What one reader may see of an engagement, as plain texts by the kind of item that they stand in.
//!
//! The rule it guards: every kind says here which of its texts a reader sees, and asks the locks of the texts themselves,
//! [`Guarded::reveal_to`]. The audit compares pages with it, and `portal::sight` lists files by it.

use strum::VariantArray;

use crate::engagement::Engagement;
use crate::engagement::agenda::Agenda;
use crate::engagement::audience::Guarded;
use crate::engagement::audience::Reader;
use crate::engagement::goal::Action;
use crate::engagement::goal::Goal;
use crate::engagement::id::GoalId;
use crate::engagement::kind::ItemKind;
use crate::engagement::prose::Prose;
use crate::engagement::review::Review;

/// A text, and the kind of item in which it stands.
pub type SeenText = (ItemKind, String);

/// Every text of the engagement that `reader` may see.
pub fn texts(engagement: &Engagement, reader: &Reader) -> Vec<SeenText> {
    let mut texts = Vec::new();
    for kind in ItemKind::VARIANTS {
        let mut seen = Seen {
            engagement,
            reader,
            kind: *kind,
            texts: &mut texts,
        };
        seen.add_all();
    }
    texts
}

/// The prose of every item that `reader` may see.
pub fn proses<'a>(engagement: &'a Engagement, reader: &Reader) -> Vec<&'a Prose> {
    let mut proses: Vec<&Prose> = Vec::new();
    for kind in ItemKind::VARIANTS {
        match kind {
            ItemKind::Goal => {
                let wordings = engagement.goals.iter().map(|goal| &goal.wording);
                proses.extend(revealed(wordings, reader).map(|wording| &wording.prose));
            }
            ItemKind::Agenda => {
                proses.extend(revealed(&engagement.agendas, reader).map(|agenda| &agenda.prose));
            }
            ItemKind::Update => {
                proses.extend(revealed(&engagement.updates, reader).map(|update| &update.prose));
            }
            ItemKind::Review => {
                proses.extend(revealed(&engagement.reviews, reader).map(|review| &review.prose));
            }
            ItemKind::Engagement
            | ItemKind::Round
            | ItemKind::Themes
            | ItemKind::Record
            | ItemKind::Note
            | ItemKind::File => {}
        }
    }
    proses
}

fn revealed<'a, T: 'a>(
    items: impl IntoIterator<Item = &'a Guarded<T>>,
    reader: &Reader,
) -> impl Iterator<Item = &'a T> {
    items.into_iter().filter_map(|item| item.reveal_to(reader))
}

/// The texts of one kind of item while they are collected.
struct Seen<'a> {
    engagement: &'a Engagement,
    reader: &'a Reader,
    kind: ItemKind,
    texts: &'a mut Vec<SeenText>,
}

impl Seen<'_> {
    fn add(&mut self, text: &str) {
        self.texts.push((self.kind, text.to_owned()));
    }

    fn add_all(&mut self) {
        let engagement = self.engagement;
        match self.kind {
            ItemKind::Engagement => self.engagement(),
            ItemKind::Goal => engagement.goals.iter().for_each(|goal| self.goal(goal)),
            ItemKind::Agenda => engagement.agendas.iter().for_each(|item| self.agenda(item)),
            ItemKind::Themes => engagement.goals.iter().for_each(|goal| self.themes(goal)),
            ItemKind::Update => {
                for update in revealed(&engagement.updates, self.reader) {
                    self.add(&update.title);
                    self.add(&update.prose.reveal_to(self.reader));
                }
            }
            ItemKind::Review => engagement.reviews.iter().for_each(|item| self.review(item)),
            // Figures are made of ratings, and no words; of a record, a note and a file nobody sees a text.
            ItemKind::Round | ItemKind::Record | ItemKind::Note | ItemKind::File => {}
        }
    }

    fn engagement(&mut self) {
        self.add(&self.engagement.title);
        // A name goes wherever an action, agenda or outcome goes that names its bearer: names are not what is looked for.
        for person in &self.engagement.stakeholders {
            self.add(&person.name);
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
                self.add(text);
            }
            let performance = facts.performance.as_ref();
            if let Some(text) = performance.and_then(|text| text.reveal_to(self.reader)) {
                self.add(text);
            }
            for milestone in &facts.milestones {
                self.add(&milestone.title);
            }
            let people = &self.engagement.stakeholders;
            for title in people.iter().filter_map(|person| person.title.as_ref()) {
                self.add(title);
            }
        }
        let own = self.engagement.stakeholder(self.reader.id());
        if let Some(title) = own.and_then(|person| person.title.as_ref()) {
            self.add(title);
        }
        for text in revealed(self.engagement.roles.values(), self.reader) {
            self.add(text);
        }
    }

    fn goal(&mut self, goal: &Goal) {
        let reader = self.reader;
        if let Some(wording) = goal.wording.reveal_to(reader) {
            self.add(&wording.title);
            for text in [&wording.statement, &wording.behaviour]
                .into_iter()
                .flatten()
                .chain(&wording.good)
            {
                self.add(text);
            }
            self.add(&wording.prose.reveal_to(reader));
        }
        if let Some(Some(alias)) = goal.alias.reveal_to(reader) {
            self.add(alias);
        }
        self.actions(goal.actions.reveal_to(reader).map(Vec::as_slice));
        if self.is_carried(Some(&goal.id)) {
            for support in goal.support.reveal_to(reader).into_iter().flatten() {
                self.add(&support.text);
            }
        }
    }

    fn themes(&mut self, goal: &Goal) {
        if self.is_carried(Some(&goal.id)) {
            for theme in revealed(&goal.themes, self.reader) {
                self.add(&theme.text);
            }
        }
    }

    fn agenda(&mut self, agenda: &Guarded<Agenda>) {
        let Some(agenda) = agenda.reveal_to(self.reader) else {
            return;
        };
        self.add(&agenda.title);
        for text in agenda
            .place
            .iter()
            .chain(agenda.items.iter().map(|item| &item.text))
        {
            self.add(text);
        }
        for outcome in &agenda.outcomes {
            if self.is_carried(outcome.goal.as_ref()) {
                self.add(&outcome.text);
            }
        }
        self.actions(Some(&agenda.next));
        self.add(&agenda.prose.reveal_to(self.reader));
    }

    fn review(&mut self, review: &Guarded<Review>) {
        let Some(review) = review.reveal_to(self.reader) else {
            return;
        };
        if let Some(title) = &review.title {
            self.add(title);
        }
        for outcome in &review.outcomes {
            if self.is_carried(outcome.goal.as_ref()) {
                self.add(&outcome.intended);
                self.add(&outcome.actual);
            }
        }
        for text in &review.continues {
            self.add(text);
        }
        self.add(&review.prose.reveal_to(self.reader));
    }

    fn actions(&mut self, actions: Option<&[Action]>) {
        for action in actions.unwrap_or_default() {
            self.add(&action.text);
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
