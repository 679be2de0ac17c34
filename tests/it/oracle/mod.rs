//! Who may see what, written anew from the rules in the docs of `portal`: this never asks the program.
//!
//! [`sight`] gives all that a reader may learn of a folder. Two folders that are the same to a reader must give that reader the same
//! bytes, and the tokens of what is told are exactly those of the reader's page.

pub(crate) mod items;
mod output;
pub(crate) mod pages;
mod search;
mod sharing;
mod texts;

use std::collections::BTreeMap;

use crate::folder::{
    Action, Agenda, Content, Correction, Folder, Goal, Journey, Number, Passage, Person, Rating,
    Reach, Review, Role, Round, TODAY, Time, Update, Word, Words,
};

/// Themes are told of rounds with so many raters, or the minimum if that is higher.
const THEMES: usize = 5;

/// No figure is of fewer raters, whatever the folder says.
const FLOOR: usize = 3;

/// All that one reader may learn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sight {
    /// Texts that stand on the page, in their order.
    pub(crate) told: Vec<String>,
    /// What the page may follow without printing it.
    pub(crate) known: Vec<String>,
}

/// What the person may learn of the folder; nothing for whom there is no portal.
pub(crate) fn sight(folder: &Folder, number: Number) -> Option<Sight> {
    let mut eye = Eye::of(folder, number)?;
    eye.frame();
    eye.facts();
    eye.assessments();
    eye.people();
    eye.agreement();
    eye.goals();
    eye.agendas();
    eye.updates();
    eye.programme();
    eye.reviews();
    if eye.sees_all {
        eye.whole_table();
        eye.who_reads();
    }
    Some(eye.sight)
}

/// The coachee sees everything that anyone sees, and the coach what the coachee sees.
fn sees_all(person: &Person) -> bool {
    matches!(person.role, Role::Coachee | Role::Coach)
}

/// A reader who looks at a folder.
struct Eye<'a> {
    folder: &'a Folder,
    me: &'a Person,
    sees_all: bool,
    sight: Sight,
}

/// What a reader sees of one goal.
struct Seen<'a> {
    goal: &'a Goal,
    wording: bool,
    actions: bool,
    progress: bool,
}

impl Seen<'_> {
    /// Whether what is tied to the goal is there too: by its title, or by its alias where only progress is seen.
    fn carries(&self) -> bool {
        self.wording || self.progress
    }
}

impl<'a> Eye<'a> {
    /// The person as a reader who has seen nothing yet; nothing for whom there is no portal.
    fn of(folder: &'a Folder, number: Number) -> Option<Self> {
        let readers = folder.readers();
        let me = readers.into_iter().find(|person| person.number == number)?;
        Some(Self {
            folder,
            me,
            sees_all: sees_all(me),
            sight: Sight::default(),
        })
    }

    fn tell(&mut self, text: impl Into<String>) {
        self.sight.told.push(text.into());
    }

    fn tell_all<'t>(&mut self, texts: impl IntoIterator<Item = &'t String>) {
        self.sight.told.extend(texts.into_iter().cloned());
    }

    fn know(&mut self, what: impl Into<String>) {
        self.sight.known.push(what.into());
    }

    /// Whether these words mean the reader.
    fn is_named(&self, words: Option<&Words>, attendees: &[Number]) -> bool {
        let is_meant = |word: &Word| match word {
            Word::Everyone => true,
            Word::Role(role) => *role == self.me.role,
            Word::Person(number) => *number == self.me.number,
            Word::Attendees => attendees.contains(&self.me.number),
        };
        self.sees_all || words.is_some_and(|words| words.iter().any(is_meant))
    }

    /// Whether the engagement shares a part with the reader, whoever attends what.
    fn shares(&self, part: &str) -> bool {
        self.is_named(self.folder.share.get(part), &[])
    }

    /// What is in every portal.
    fn frame(&mut self) {
        let folder = self.folder;
        self.tell(&folder.firm);
        self.tell(&folder.title);
        self.tell(&self.me.name);
        self.know(format!(
            "{:?} since {:?} in {:?}",
            self.me.role,
            folder.agreed,
            self.me.language.or(folder.language)
        ));
        self.know(format!("closes {:?}", folder.closes));
        // Whose answers count among those of others is told how few may stand behind a figure.
        let is_counted = match self.me.role {
            Role::Supporter => true,
            Role::Manager => self.me.apart.is_none_or(|day| day > TODAY),
            _ => false,
        };
        if is_counted {
            self.know(format!("answers {}", self.minimum()));
        }
        if let Some(text) = folder.facts.roles.get(&self.me.role) {
            self.tell(text);
        }
        self.know(format!("my word {:?}", self.me.apart));
        let mut asked = folder.asked().into_iter();
        let is_asked = asked.any(|(person, _)| person.number == self.me.number);
        if is_asked {
            let closings = folder.closings().into_iter().find(|day| *day >= TODAY);
            self.know(format!("asked until {closings:?}, {:?}", folder.pulse.open));
        }
    }

    fn facts(&mut self) {
        if !self.shares("facts") {
            return;
        }
        let facts = &self.folder.facts;
        self.tell_all(&facts.purpose);
        self.know(format!(
            "{} {} {}",
            facts.aims.is_some(),
            facts.motivation.is_some(),
            facts.resources.is_some()
        ));
        self.tell_all(&facts.aims);
        self.tell_all(&facts.motivation);
        self.tell_all(&facts.resources);
        self.know(format!("end {:?}, paused {:?}", facts.end, facts.paused));
        if let Some(sessions) = &facts.sessions {
            let booked = sessions.booked.iter().filter(|day| day.as_str() >= TODAY);
            let booked: Vec<_> = booked.collect();
            self.know(format!(
                "sessions {} {:?} {:?}, booked {booked:?}",
                sessions.planned, sessions.hours, sessions.held
            ));
            self.tell_all(&sessions.rhythm);
        }
        for (text, goal) in &facts.competencies {
            if let Some(goal) = self.tied(*goal) {
                self.know(goal);
                self.tell(text);
            }
        }
        let mut activities: Vec<_> = facts.activities.iter().collect();
        activities.sort_by_key(|activity| facts.journey.step(Some(activity.step)));
        for activity in activities {
            let step = facts.journey.step(Some(activity.step));
            self.know(format!(
                "{step:?} {} {:?} {}",
                activity.text.is_some(),
                activity.done,
                activity.outcome.is_some()
            ));
            self.tell_all(&activity.text);
            self.tell_all(&activity.outcome);
        }
        match &facts.journey {
            Journey::None => {}
            Journey::Named(name) => self.know(*name),
            Journey::Own(steps) => {
                for (title, from) in steps {
                    self.tell(title);
                    self.know(format!("{from:?}"));
                }
            }
        }
        let mut milestones: Vec<_> = facts
            .milestones
            .iter()
            .map(|milestone| (&milestone.day, &milestone.title, milestone.step))
            .collect();
        milestones.sort();
        self.know(format!("at {:?}", facts.journey.step(facts.present)));
        for (day, title, step) in milestones {
            self.tell(title);
            self.know(format!("{day} {:?}", facts.journey.step(step)));
        }
        for (key, text) in &facts.communication {
            // A supporter has no part in the coachee's appraisal.
            if *key != "performance" || self.me.role != Role::Supporter {
                self.know(*key);
                self.tell(text);
            }
        }
        for (role, text) in &facts.roles {
            self.know(role.word());
            self.tell(text);
        }
    }

    /// That an assessment is held is a fact; its themes are shared on their own, once its day has come.
    fn assessments(&mut self) {
        let sees_themes = self.shares("assessments");
        if !sees_themes && !self.shares("facts") {
            return;
        }
        let mut assessments: Vec<_> = self.folder.assessments.iter().collect();
        assessments.sort_by_key(|assessment| (&assessment.day, assessment.kind, &assessment.name));
        self.know(format!("{sees_themes} {}", assessments.len()));
        for assessment in assessments {
            self.know(format!("{} {}", assessment.day, assessment.kind));
            self.tell_all(&assessment.name);
            if sees_themes && assessment.day.as_str() <= TODAY {
                self.know(assessment.themes.len().to_string());
                self.tell_all(&assessment.themes);
            }
        }
    }

    /// Coachee, coach and managers are known to all; the others, and everyone's title, only where people are shared.
    fn people(&mut self) {
        let sees_all = self.shares("people");
        self.know(format!("people {sees_all}"));
        for role in Role::ALL {
            if !sees_all && !matches!(role, Role::Coachee | Role::Coach | Role::Manager) {
                continue;
            }
            let people = self.folder.people.iter();
            for person in people.filter(|person| person.role == role && person.is_here(TODAY)) {
                self.person(person, sees_all);
            }
        }
        for role in Role::ALL.into_iter().filter(|_| sees_all) {
            let people = self.folder.people.iter();
            for person in people.filter(|person| person.role == role && person.has_left(TODAY)) {
                self.person(person, sees_all);
            }
        }
    }

    /// Of the days of a person only those that have come are told, with everyone who takes part.
    fn person(&mut self, person: &Person, sees_all: bool) {
        self.know(format!(
            "{:?} {}",
            person.role,
            person.number == self.me.number
        ));
        self.tell(&person.name);
        if !sees_all {
            return;
        }
        self.tell_all(&person.title);
        let Time {
            from, until, was, ..
        } = &person.time;
        let was = was.as_ref().map(|(role, _, until)| (role, until));
        let from = from.filter(|_| was.is_none());
        let until = until.filter(|day| *day <= TODAY);
        self.know(format!("{from:?} {until:?} {was:?}"));
    }

    /// The goals of which the reader sees a part, in their order.
    fn seen(&self) -> Vec<Seen<'a>> {
        let mut goals: Vec<&Goal> = self.folder.goals.iter().collect();
        goals.sort_by_key(|goal| (goal.place, &goal.id));
        let mut seen = Vec::new();
        for goal in goals {
            let look = Seen {
                goal,
                wording: self.has_right(goal, "goals"),
                actions: self.has_right(goal, "actions"),
                progress: self.has_right(goal, "progress"),
            };
            if look.wording || look.progress || look.actions && !goal.actions.is_empty() {
                seen.push(look);
            }
        }
        seen
    }

    /// Whether a part of a goal is shared with the reader: by the goal, or else by the engagement. A supporter must be listed.
    fn has_right(&self, goal: &Goal, part: &str) -> bool {
        let is_listed = goal
            .supporters
            .as_ref()
            .is_none_or(|listed| listed.contains(&self.me.number));
        let is_free = self.me.role != Role::Supporter || is_listed;
        let words = goal.share.get(part).or_else(|| self.folder.share.get(part));
        self.sees_all || is_free && self.is_named(words, &[])
    }

    fn goals(&mut self) {
        for seen in self.seen() {
            let goal = seen.goal;
            // One without a name is called by its place among those that are seen.
            let has_name = seen.wording || goal.alias.is_some();
            self.know(format!(
                "goal {} {} {} {has_name}",
                seen.wording, seen.actions, seen.progress
            ));
            if seen.wording {
                self.tell(&goal.title);
                self.tell_all(&goal.statement);
                self.tell_all(&goal.behaviour);
                self.tell_all(&goal.good);
                self.know(format!("{:?}", goal.matters.keys()));
                self.tell_all(goal.matters.values());
                let mut before: Vec<_> = goal.before.iter().collect();
                before.sort_by(|one, other| other.0.cmp(&one.0));
                for (until, statement, behaviour) in before {
                    self.know(format!(
                        "{until} {} {}",
                        statement.is_some(),
                        behaviour.is_some()
                    ));
                    self.tell_all(statement);
                    self.tell_all(behaviour);
                }
                self.body(&goal.body, &[]);
                self.supporters(goal);
            } else {
                self.tell_all(&goal.alias);
            }
            if seen.actions {
                self.actions(&goal.actions);
            }
            if seen.actions && seen.carries() {
                for support in &goal.support {
                    self.name(support.from);
                    self.tell(&support.text);
                    self.know(format!("{:?} {:?}", support.kind, support.due));
                    self.know(format!("{:?} {:?}", support.agreed, support.given));
                }
                for idea in &goal.ideas {
                    self.know(format!("{:?} {}", idea.tried, idea.came.is_some()));
                    self.tell(&idea.text);
                    self.tell_all(&idea.came);
                }
                self.tell_all(&goal.thanks);
            }
            if seen.progress {
                let reached = goal.reached.as_ref().filter(|day| day.as_str() <= TODAY);
                self.know(format!("{reached:?} {}", goal.in_my_words.is_some()));
                self.tell_all(&goal.in_my_words);
                self.progress(goal);
            }
            if seen.carries() && self.has_right(goal, "themes") {
                self.know("themes");
                self.themes(goal);
            }
        }
    }

    /// Who rates a goal is told with who takes part.
    fn supporters(&mut self, goal: &Goal) {
        if !self.shares("people") {
            return;
        }
        let people = &self.folder.people;
        let listed: Vec<Number> = match &goal.supporters {
            Some(listed) => listed.clone(),
            None => {
                let supporters = people
                    .iter()
                    .filter(|person| person.role == Role::Supporter);
                supporters.map(|person| person.number).collect()
            }
        };
        for person in people
            .iter()
            .filter(|person| listed.contains(&person.number) && person.is_here(TODAY))
        {
            self.know("supporter");
            self.name(person.number);
        }
    }

    fn minimum(&self) -> usize {
        self.folder.pulse.minimum.unwrap_or(FLOOR).max(FLOOR)
    }

    /// A round that has not closed yet is not known.
    fn rounds(&self) -> Vec<&'a Round> {
        let has_closed = |round: &&Round| round.day.as_str() <= TODAY;
        let mut rounds: Vec<&Round> = self.folder.rounds.iter().filter(has_closed).collect();
        rounds.sort_by_key(|round| &round.day);
        rounds
    }

    /// The answers of everyone but the coachee about one goal.
    fn answers(&self, round: &'a Round, goal: &Goal) -> Vec<&'a Rating> {
        let is_other = |rating: &&Rating| self.folder.person(rating.rater).role != Role::Coachee;
        round
            .ratings
            .iter()
            .filter(|rating| rating.goal == goal.number)
            .filter(is_other)
            .collect()
    }

    /// Figures may follow the answers of a round that enough people answered, but never who of a group gave which.
    fn progress(&mut self, goal: &Goal) {
        let pulse = &self.folder.pulse;
        let (groups, own) = (self.has_right(goal, "groups"), self.has_right(goal, "self"));
        let follow_up = self.has_right(goal, "follow_up");
        self.know(format!(
            "pulse {} {:?} {:?}, {groups} {follow_up} {own}",
            pulse.level.is_some(),
            pulse.target,
            pulse.minimum
        ));
        let mut is_shown = false;
        for round in self.rounds() {
            self.know(&round.day);
            let answers = self.answers(round, goal);
            if answers.len() >= self.minimum() {
                is_shown = true;
                let apart = self.apart(round, &answers);
                if groups {
                    for person in &apart {
                        self.know(format!("apart {:?}", person.apart));
                        self.tell(&person.name);
                    }
                }
                self.figures(round, &answers, &apart, follow_up);
            }
            if own {
                let is_own = |rating: &&Rating| {
                    !round.is_anonymous
                        && rating.goal == goal.number
                        && self.folder.person(rating.rater).role == Role::Coachee
                };
                let score = round.ratings.iter().find(is_own).map(|rating| rating.score);
                self.know(format!("own {score:?}"));
            }
        }
        // That words were mended is said of figures that were asked in the old ones.
        let is_mended = goal.corrected.as_ref().is_some_and(|day| {
            let mut rounds = self.rounds().into_iter();
            rounds
                .any(|round| round.day < *day && self.answers(round, goal).len() >= self.minimum())
        });
        if is_mended {
            self.know(format!("corrected {:?}", goal.corrected));
        }
        if let Some((low, high)) = pulse.level.as_ref().filter(|_| is_shown) {
            self.tell(low);
            self.tell(high);
        }
        if let Some(period) = pulse.period.as_ref().filter(|_| is_shown) {
            self.tell(period);
        }
    }

    /// The managers whose own word lets their answers stand alone, where the others are enough without.
    fn apart(&self, round: &Round, answers: &[&Rating]) -> Vec<&'a Person> {
        let people = answers
            .iter()
            .map(|rating| self.folder.person(rating.rater));
        let (mut apart, others): (Vec<&Person>, Vec<&Person>) = people.partition(|person| {
            let (role, _) = person.capacity(&round.day);
            let has_word = person.apart.is_some_and(|day| day <= round.day.as_str());
            role == Role::Manager && has_word && !round.is_anonymous
        });
        if others.len() < self.minimum() {
            apart.clear();
        }
        apart
    }

    fn figures(&mut self, round: &Round, answers: &[&Rating], apart: &[&Person], follow_up: bool) {
        let mut scores: BTreeMap<String, Vec<i32>> = BTreeMap::new();
        for rating in answers {
            let person = self.folder.person(rating.rater);
            let group = if apart.iter().any(|other| other.number == person.number) {
                format!("{} alone", person.name)
            } else {
                person.capacity(&round.day).1.cloned().unwrap_or_default()
            };
            scores.entry(group).or_default().push(rating.score);
        }
        scores
            .values_mut()
            .for_each(|scores| scores.sort_unstable());
        self.know(format!("{scores:?}"));
        if follow_up {
            let mut seen: Vec<_> = answers.iter().map(|rating| rating.followed_up).collect();
            seen.sort_unstable();
            self.know(format!("{seen:?}"));
        }
    }

    /// Whether so many answered about the goal in the round that its themes are told.
    fn has_themes(&self, round: &'a Round, goal: &Goal) -> bool {
        self.answers(round, goal).len() >= self.minimum().max(THEMES)
    }

    fn themes(&mut self, goal: &Goal) {
        for round in self.rounds().into_iter().rev() {
            if !self.has_themes(round, goal) {
                continue;
            }
            for theme in round
                .themes
                .iter()
                .filter(|theme| theme.goal == goal.number)
            {
                self.know(&round.day);
                self.tell(&theme.text);
            }
        }
    }

    fn actions(&mut self, actions: &[Action]) {
        for action in actions {
            self.tell(&action.text);
            self.know(format!("due {:?}, done {:?}", action.due, action.done));
            // What is given up on a later day is not given up yet.
            let dropped = action
                .dropped
                .as_ref()
                .filter(|(day, _)| day.as_str() <= TODAY);
            if let Some((day, why)) = dropped {
                self.know(format!("dropped {day} {}", why.is_some()));
                self.tell_all(why);
            }
            match action.owner {
                Some(owner) => self.name(owner),
                None => self.know("no owner"),
            }
        }
    }

    /// Whoever sees a thing sees the names in it.
    fn name(&mut self, number: Number) {
        self.tell(&self.folder.person(number).name);
        self.know(format!("me: {}", number == self.me.number));
    }

    /// The name of the goal to which something is tied, if what is tied is there for the reader.
    fn tied(&self, number: Option<Number>) -> Option<String> {
        let Some(number) = number else {
            return Some("no goal".to_owned());
        };
        let seen = self.seen();
        let place = seen.iter().position(|seen| seen.goal.number == number)?;
        seen[place].carries().then(|| format!("goal {place}"))
    }

    fn sees_agenda(&self, agenda: &Agenda) -> bool {
        let of_engagement = self.folder.share.get("agendas");
        self.is_named(agenda.share.as_ref().or(of_engagement), &agenda.attendees)
    }

    /// Whether the reader is meant by the list of a text's own, or else by that of the engagement.
    fn sees_text(&self, part: &str, own: Option<&Words>) -> bool {
        self.is_named(own.or_else(|| self.folder.share.get(part)), &[])
    }

    /// Whoever reads the agreement reads who has said yes to it, and when: nobody else is told of it, or asked.
    fn agreement(&mut self) {
        let Some(agreement) = self
            .folder
            .agreement
            .as_ref()
            .filter(|_| self.shares("agreement"))
        else {
            return;
        };
        self.tell_all(&agreement.title);
        self.know(format!("changed {:?}", agreement.changed));
        for (number, agreed) in &agreement.parties {
            self.know(format!("party {agreed:?}"));
            self.name(*number);
        }
        self.body(&agreement.body, &[]);
    }

    fn agendas(&mut self) {
        let is_seen = |agenda: &&Agenda| self.sees_agenda(agenda);
        let mut seen: Vec<&Agenda> = self.folder.agendas.iter().filter(is_seen).collect();
        seen.sort_by_key(|agenda| (&agenda.day, agenda.hour, &agenda.title));
        for agenda in seen {
            self.tell(&agenda.title);
            let zone = agenda.timezone.or(self.folder.timezone);
            self.know(format!(
                "{} {} {zone:?} {} {:?}",
                agenda.day, agenda.hour, agenda.minutes, agenda.kind
            ));
            self.tell_all(&agenda.place);
            self.know(format!("{:?}", agenda.coach_part));
            for number in &agenda.attendees {
                self.name(*number);
            }
            for item in &agenda.items {
                self.tell(&item.text);
                self.know(format!("{:?} {}", item.minutes, item.lead.is_some()));
                if let Some(lead) = item.lead {
                    self.name(lead);
                }
            }
            for (goal, text) in &agenda.outcomes {
                if let Some(goal) = self.tied(*goal) {
                    self.know(goal);
                    self.tell(text);
                }
            }
            self.know("next steps");
            self.actions(&agenda.next);
            // What coachee and coach settle after it is for the two alone.
            if self.sees_all {
                self.know("debrief");
                self.actions(&agenda.debrief);
            }
            self.body(&agenda.body, &agenda.attendees);
        }
    }

    fn updates(&mut self) {
        let has_come = |update: &&Update| update.day.as_str() <= TODAY;
        let is_seen = |update: &&Update| self.sees_text("updates", update.share.as_ref());
        let updates = self.folder.updates.iter().filter(has_come);
        let mut seen: Vec<&Update> = updates.filter(is_seen).collect();
        seen.sort_by(|one, other| (&other.day, &one.title).cmp(&(&one.day, &other.title)));
        for update in seen {
            self.know(&update.day);
            self.tell(&update.title);
            self.body(&update.body, &[]);
        }
    }

    /// What the programme is to bring about, and what was changed in it, are told to whoever sees the reviews.
    fn programme(&mut self) {
        if !self.shares("reviews") {
            return;
        }
        for outcome in &self.folder.outcomes {
            if let Some(goal) = self.tied(outcome.goal) {
                self.know(format!("{goal} {:?}", outcome.stood.keys()));
                self.tell(&outcome.text);
                self.tell_all(outcome.stood.values());
            }
        }
        for correction in self.corrections() {
            self.know(&correction.day);
            self.tell(&correction.text);
            self.tell_all(&correction.why);
        }
    }

    /// A correction that is to hold from a day to come is not known yet.
    fn corrections(&self) -> Vec<&'a Correction> {
        let corrections = self.folder.corrections.iter();
        let come = corrections.filter(|correction| correction.day.as_str() <= TODAY);
        let mut come: Vec<&Correction> = come.collect();
        come.sort_by_key(|correction| &correction.day);
        come
    }

    fn reviews(&mut self) {
        let has_come = |review: &&Review| review.day.as_str() <= TODAY;
        let is_seen = |review: &&Review| self.sees_text("reviews", review.share.as_ref());
        let reviews = self.folder.reviews.iter().filter(has_come);
        let mut seen: Vec<&Review> = reviews.filter(is_seen).collect();
        seen.sort_by(|one, other| (&other.day, &one.topic).cmp(&(&one.day, &other.topic)));
        for review in seen {
            self.know(format!("{} {}", review.kind, review.day));
            self.tell_all(&review.title);
            for outcome in &review.outcomes {
                if let Some(goal) = self.tied(outcome.goal) {
                    self.know(goal);
                    self.tell(&outcome.intended);
                    self.tell(&outcome.actual);
                }
            }
            self.know(format!("{:?}", review.follow_up));
            self.tell_all(&review.celebrated);
            for (text, with) in &review.continues {
                self.tell(text);
                with.iter().for_each(|number| self.name(*number));
            }
            self.tell_all(&review.found);
            self.body(&review.body, &[]);
        }
    }

    /// The passages that the reader sees, those for all joined as though nothing had stood between them.
    fn body(&mut self, body: &[Passage], attendees: &[Number]) {
        let mut text = self.read(body, attendees);
        for attachment in &self.folder.attachments {
            let name = format!("files/{}", attachment.name);
            if !text.contains(&name) {
                continue;
            }
            // A picture is what is seen of it; a document is published with its name.
            let stands = match &attachment.content {
                Content::Picture { pixels, .. } => format!("picture {pixels}"),
                Content::Document(inside) => format!("{} {inside}", attachment.name),
                Content::Other(_) => name.clone(),
            };
            text = text.replace(&name, &stands);
        }
        self.tell(text);
    }

    /// The text of those passages as it is written.
    fn read(&self, body: &[Passage], attendees: &[Number]) -> String {
        let mut text = String::new();
        for passage in body {
            match &passage.reach {
                Reach::Common => text += &(passage.text.clone() + "\n"),
                Reach::Private => {}
                Reach::Only(words) if self.is_named(Some(words), attendees) => {
                    text += &format!("\u{1}{}\u{2}", passage.text);
                }
                Reach::Only(_) => {}
            }
        }
        text
    }

    /// The coachee and the coach see what is shared with whom.
    /// The coachee and the coach are told at each item and passage who reads it, which is no more than what the others read.
    fn who_reads(&mut self) {
        let others = self.folder.readers().into_iter();
        for person in others.filter(|person| !sees_all(person)) {
            let told = sight(self.folder, person.number).map(|sight| sight.told);
            self.know(format!("{} reads {told:?}", person.name));
        }
    }

    fn whole_table(&mut self) {
        let readers: Vec<(Number, bool)> = self
            .folder
            .people
            .iter()
            .map(|person| (person.number, person.portal && person.is_here(TODAY)))
            .collect();
        self.know(format!("{:?} {readers:?}", self.folder.share));
        for goal in &self.folder.goals {
            self.know(format!("{:?} {:?}", goal.share, goal.supporters));
        }
        let agendas = self.folder.agendas.iter().map(|agenda| &agenda.share);
        let updates = self.folder.updates.iter().map(|update| &update.share);
        let reviews = self.folder.reviews.iter().map(|review| &review.share);
        let lists: Vec<String> = agendas
            .chain(updates)
            .chain(reviews)
            .map(|words| format!("{words:?}"))
            .collect();
        self.know(lists.join(" "));
        let asked = self.folder.asked().into_iter();
        let asked: Vec<Number> = asked.map(|(person, _)| person.number).collect();
        self.know(format!("asked {asked:?}"));
    }
}
