//! What one reader may see of an engagement, as plain texts by the kind of item that they stand in.
//!
//! The rule it guards: every kind says here which of its texts a reader sees, and takes each text from its
//! [`Guarded::reveal_to`]. Each type that holds texts is taken apart with every field named: a new field does not compile until it is
//! said here whether it is a text. What a new kind's texts are no compiler knows: a test holds that the texts of each reader are those
//! that the rules let that reader see (`tests/it/oracle/texts.rs`).
//!
//! Longer than other files, since every type of an engagement is taken apart here, one after the other.
//!
//! The audit compares pages with these texts. `portal::sight` lists pictures and documents by the prose that shows them, [`proses`].

use strum::VariantArray;

use crate::engagement::Engagement;
use crate::engagement::agenda::{Agenda, Item, Outcome};
use crate::engagement::agreement::{Agreement, Party};
use crate::engagement::assessment::{Assessment, Held};
use crate::engagement::audience::{Guarded, Part, Reader};
use crate::engagement::facts::{
    Activity, Communication, Competency, Facts, Journey, Method, Milestone, Step,
};
use crate::engagement::goal::{
    Action, Before, Dropped, Feedforward, Goal, Idea, Matters, Standing, Support, Theme, Wording,
};
use crate::engagement::id::GoalId;
use crate::engagement::kind::ItemKind;
use crate::engagement::programme::{Correction, ProgrammeOutcome};
use crate::engagement::prose::Prose;
use crate::engagement::review::{Comparison, Continuation, Review};
use crate::engagement::stakeholder::{Presence, Stakeholder};
use crate::engagement::update::Update;

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
            ItemKind::Agreement => {
                let agreement = revealed(&engagement.agreement, reader);
                proses.extend(agreement.map(|agreement| &agreement.prose));
            }
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
            | ItemKind::AskingKey
            | ItemKind::Consent
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
            ItemKind::Agreement => self.agreement(),
            ItemKind::Goal => engagement.goals.iter().for_each(|goal| self.goal(goal)),
            ItemKind::Agenda => engagement.agendas.iter().for_each(|item| self.agenda(item)),
            ItemKind::Themes => engagement.goals.iter().for_each(|goal| self.themes(goal)),
            ItemKind::Update => {
                for update in revealed(&engagement.updates, self.reader) {
                    let Update {
                        id: _,
                        date: _,
                        title,
                        prose,
                    } = update;
                    self.add(title);
                    self.add(&prose.reveal_to(self.reader));
                }
            }
            ItemKind::Review => engagement.reviews.iter().for_each(|item| self.review(item)),
            // Figures are made of ratings, and no words; of a record, a note and a file nobody sees a text.
            ItemKind::Round
            | ItemKind::Record
            | ItemKind::AskingKey
            | ItemKind::Consent
            | ItemKind::Note
            | ItemKind::File => {}
        }
    }

    fn engagement(&mut self) {
        let Engagement {
            id: _,
            was: _,
            title,
            silence: _,
            link: _,
            is_draft: _,
            stakeholders,
            agreed: _,
            closes: _,
            timezone: _,
            access: _,
            language: _,
            share: _,
            attendees_see_agendas: _,
            unsaid: _,
            consent: _,
            since: _,
            facts,
            assessments,
            outcomes,
            corrections,
            roles,
            // Kinds of their own.
            agreement: _,
            goals: _,
            agendas: _,
            pulse: _,
            updates: _,
            reviews: _,
            attachments: _,
            shown_sources: _,
        } = self.engagement;
        self.add(title);
        if let Some(facts) = facts.reveal_to(self.reader) {
            self.facts(facts);
        }
        self.assessments(assessments);
        self.programme(outcomes, corrections);
        self.people(stakeholders);
        for text in revealed(roles.values(), self.reader) {
            self.add(text);
        }
    }

    fn assessments(&mut self, assessments: &[Assessment]) {
        for assessment in assessments {
            let Assessment {
                date: _,
                held,
                themes,
            } = assessment;
            if let Some(Held { kind: _, name }) = held.reveal_to(self.reader) {
                name.iter().for_each(|text| self.add(text));
            }
            for text in revealed(themes, self.reader).flatten() {
                self.add(text);
            }
        }
    }

    fn programme(
        &mut self,
        outcomes: &[Guarded<ProgrammeOutcome>],
        corrections: &[Guarded<Correction>],
    ) {
        for outcome in revealed(outcomes, self.reader) {
            let ProgrammeOutcome {
                goal,
                text,
                start,
                midpoint,
                end,
            } = outcome;
            if self.is_carried(goal.as_ref()) {
                self.add(text);
                for text in [start, midpoint, end].into_iter().flatten() {
                    self.add(text);
                }
            }
        }
        for correction in revealed(corrections, self.reader) {
            let Correction { date: _, text, why } = correction;
            self.add(text);
            why.iter().for_each(|text| self.add(text));
        }
    }

    fn people(&mut self, stakeholders: &[Stakeholder]) {
        let sees_people = self.engagement.shares(Part::People, self.reader);
        for person in stakeholders {
            let Stakeholder {
                id,
                was: _,
                name,
                role: _,
                title,
                presence,
                time: _,
                apart: _,
                language: _,
                // It is never on a page.
                email: _,
                link: _,
                opening: _,
                passphrase: _,
                portal: _,
                same_person: _,
            } = person;
            // Whoever sees an action, agenda or outcome sees the names in it, so names are not compared.
            self.add(name);
            let is_known = *presence != Presence::ToCome;
            if sees_people && is_known || id == self.reader.id() {
                title.iter().for_each(|title| self.add(title));
            }
        }
    }

    fn facts(&mut self, facts: &Facts) {
        let Facts {
            purpose,
            aims,
            motivation,
            resources,
            performance,
            start: _,
            end: _,
            pause: _,
            sessions,
            journey,
            competencies,
            milestones,
            communication,
        } = facts;
        if let Some(rhythm) = sessions
            .as_ref()
            .and_then(|sessions| sessions.rhythm.as_ref())
        {
            self.add(rhythm);
        }
        let Communication {
            updates,
            escalation,
            confidentiality,
            exceptions,
        } = communication;
        let answers = [
            purpose,
            aims,
            motivation,
            resources,
            updates,
            escalation,
            confidentiality,
            exceptions,
        ];
        for text in answers.into_iter().flatten() {
            self.add(text);
        }
        for Competency { text, goal } in competencies {
            if self.is_carried(goal.as_ref()) {
                self.add(text);
            }
        }
        for text in revealed(performance, self.reader) {
            self.add(text);
        }
        journey.iter().for_each(|journey| self.journey(journey));
        for milestone in milestones {
            let Milestone {
                title,
                date: _,
                step: _,
            } = milestone;
            self.add(title);
        }
    }

    fn journey(&mut self, journey: &Journey) {
        let Journey {
            method,
            at: _,
            activities,
        } = journey;
        for activity in activities {
            let Activity {
                step: _,
                text,
                done: _,
                outcome,
            } = activity;
            for text in [text, outcome].into_iter().flatten() {
                self.add(text);
            }
        }
        match method {
            Method::Own(steps) => {
                for Step { title, from: _ } in steps {
                    self.add(title);
                }
            }
            // Their steps are called alike everywhere.
            Method::EightSteps | Method::StakeholderCentred | Method::FourStages => {}
        }
    }

    fn agreement(&mut self) {
        for agreement in revealed(&self.engagement.agreement, self.reader) {
            let Agreement {
                title,
                changed: _,
                parties,
                prose,
            } = agreement;
            for Party {
                person: _,
                agreed: _,
            } in parties
            {
                // Their names are among those of the engagement.
            }
            title.iter().for_each(|title| self.add(title));
            self.add(&prose.reveal_to(self.reader));
        }
    }

    fn goal(&mut self, goal: &Goal) {
        let Goal {
            id,
            was: _,
            path: _,
            corrected: _,
            // It is on asking pages, and in portals with the wording.
            question: _,
            wording,
            alias,
            actions,
            support,
            feedforward,
            supporters: _,
            progress: _,
            standing,
            groups: _,
            follow_up: _,
            own: _,
            themes_for: _,
            // They stand in the files of rounds.
            themes: _,
        } = goal;
        let reader = self.reader;
        if let Some(wording) = wording.reveal_to(reader) {
            self.wording(wording);
        }
        if let Some(standing) = standing.reveal_to(reader) {
            let Standing {
                reached: _,
                in_my_words,
            } = standing;
            if let Some(text) = in_my_words {
                self.add(text);
            }
        }
        let actions = actions.reveal_to(reader).map(Vec::as_slice);
        let is_carried = self.is_carried(Some(id));
        // A goal of which only actions are shared is there once it has one.
        let is_there = is_carried || actions.is_some_and(|actions| !actions.is_empty());
        if let Some(Some(alias)) = alias.reveal_to(reader).filter(|_| is_there) {
            self.add(alias);
        }
        self.actions(actions);
        if is_carried {
            self.support(support.reveal_to(reader).map(Vec::as_slice));
            if let Some(Feedforward { ideas, thanks }) = feedforward.reveal_to(reader) {
                thanks.iter().for_each(|text| self.add(text));
                for Idea {
                    text,
                    tried: _,
                    came,
                } in ideas
                {
                    self.add(text);
                    came.iter().for_each(|text| self.add(text));
                }
            }
        }
    }

    fn support(&mut self, support: Option<&[Support]>) {
        for support in support.unwrap_or_default() {
            let Support {
                from: _,
                text,
                kind: _,
                due: _,
                agreed: _,
                given: _,
            } = support;
            self.add(text);
        }
    }

    fn wording(&mut self, wording: &Wording) {
        let Wording {
            title,
            statement,
            behaviour,
            good,
            matters,
            before,
            prose,
        } = wording;
        let Matters {
            business,
            career,
            serves,
        } = matters;
        self.add(title);
        let texts = [statement, behaviour, business, career, serves];
        for text in texts.into_iter().flatten().chain(good) {
            self.add(text);
        }
        for words in before {
            let Before {
                until: _,
                statement,
                behaviour,
            } = words;
            for text in [statement, behaviour].into_iter().flatten() {
                self.add(text);
            }
        }
        self.add(&prose.reveal_to(self.reader));
    }

    fn themes(&mut self, goal: &Goal) {
        if self.is_carried(Some(&goal.id)) {
            for theme in revealed(&goal.themes, self.reader) {
                let Theme { round: _, text } = theme;
                self.add(text);
            }
        }
    }

    fn agenda(&mut self, agenda: &Guarded<Agenda>) {
        let Some(agenda) = agenda.reveal_to(self.reader) else {
            return;
        };
        let Agenda {
            id: _,
            title,
            kind: _,
            start: _,
            zone: _,
            minutes: _,
            attendees: _,
            place,
            coach_part: _,
            items,
            outcomes,
            next,
            debrief,
            prose,
        } = agenda;
        self.add(title);
        if let Some(text) = place {
            self.add(text);
        }
        for item in items {
            let Item {
                minutes: _,
                lead: _,
                text,
            } = item;
            self.add(text);
        }
        for outcome in outcomes {
            let Outcome { goal, text } = outcome;
            if self.is_carried(goal.as_ref()) {
                self.add(text);
            }
        }
        self.actions(Some(next));
        self.actions(debrief.reveal_to(self.reader).map(Vec::as_slice));
        self.add(&prose.reveal_to(self.reader));
    }

    fn review(&mut self, review: &Guarded<Review>) {
        let Some(review) = review.reveal_to(self.reader) else {
            return;
        };
        let Review {
            id: _,
            date: _,
            kind: _,
            title,
            outcomes,
            celebrated,
            continues,
            follow_up: _,
            found,
            prose,
        } = review;
        if let Some(text) = title {
            self.add(text);
        }
        for outcome in outcomes {
            let Comparison {
                goal,
                intended,
                actual,
            } = outcome;
            if self.is_carried(goal.as_ref()) {
                self.add(intended);
                self.add(actual);
            }
        }
        for Continuation { text, with: _ } in continues {
            self.add(text);
        }
        for text in celebrated.iter().chain(found) {
            self.add(text);
        }
        self.add(&prose.reveal_to(self.reader));
    }

    fn actions(&mut self, actions: Option<&[Action]>) {
        for action in actions.unwrap_or_default() {
            let Action {
                text,
                owner: _,
                due: _,
                done: _,
                dropped,
            } = action;
            self.add(text);
            if let Some(Dropped { date: _, why }) = dropped {
                why.iter().for_each(|text| self.add(text));
            }
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
