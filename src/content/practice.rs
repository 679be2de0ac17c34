//! What a good coach would look at again: warnings about the engagement itself, not about the way it is written down.
//!
//! The rule it guards: it looks at what the coachee sees and at nothing else, and says it to the coach alone. Nothing of it reaches
//! a page, and none of it stops a build.

mod agreement;
mod attendance;
mod days;
mod pulse;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::advice::Advice;
use crate::engagement::agenda::{Agenda, Kind};
use crate::engagement::audience::Reader;
use crate::engagement::facts::Facts;
use crate::engagement::goal::Goal;
use crate::engagement::review::ReviewKind;
use crate::engagement::stakeholder::{Presence, Role, Stakeholder};
use crate::engagement::today::Today;
use crate::text::counted;

/// With fewer supporters, one who is ill takes the figures away: stakeholder-centred coaches enrol four to seven.
const ENOUGH_SUPPORTERS: usize = 4;

/// The days that a coach has to settle with the coachee what is shared: alignment is in the first weeks.
const BEGINNING: i32 = 42;

/// Returns what there is to look at again on `today`.
pub(super) fn warnings(engagement: &Engagement, today: Today<'_>) -> Vec<Diagnostic> {
    // Where not even the coachee has a portal, nothing is published and there is nothing to advise on.
    let Some(coachee) = &engagement.coachee() else {
        return Vec::new();
    };
    let facts = engagement.facts.reveal_to(coachee);
    let look = Look {
        engagement,
        coachee,
        facts,
        today,
        told: Vec::new(),
    };
    look.at_everything()
}

/// A look at an engagement on one day.
struct Look<'a> {
    engagement: &'a Engagement,
    coachee: &'a Reader,
    facts: Option<&'a Facts>,
    today: Today<'a>,
    told: Vec<Diagnostic>,
}

impl<'a> Look<'a> {
    fn at_everything(mut self) -> Vec<Diagnostic> {
        let agendas: Vec<&Agenda> = self
            .engagement
            .agendas
            .iter()
            .filter_map(|agenda| agenda.reveal_to(self.coachee))
            .collect();
        self.at_consent();
        self.at_agreement();
        self.at_bookings();
        self.at_minutes(&agendas);
        self.at_attendance(&agendas);
        self.at_quarters(&agendas);
        self.at_sessions(&agendas);
        for goal in &self.engagement.goals {
            self.at_goal(goal, &goal.path);
            self.at_ideas(goal);
        }
        self.at_supporters();
        self.at_rounds(&agendas);
        self.at_minimum();
        self.at_days();
        self.at_end();
        self.at_confidentiality();
        self.told
    }

    /// Says it, unless the coach has said that it is meant.
    fn tell(&mut self, advice: Advice, file: &str, message: String, hint: &str) {
        if self.engagement.silence.contains(&advice) {
            return;
        }
        let name = advice.as_str();
        let hint = format!("{hint}; if it is meant, `silence = [\"{name}\"]` in engagement.toml");
        let place = format!("{}/{file}", self.engagement.id);
        let problem = Diagnostic::warning(message).in_file(place).with_hint(hint);
        self.told.push(problem);
    }

    fn is_over(&self) -> bool {
        self.end().is_some_and(|end| end < self.today)
    }

    /// The day by which something is due that was to come about between two days, where the engagement rests for a time: a pause that
    /// begins before the day moves it by its own length.
    fn after_pause(&self, first: Date, due: Date) -> Date {
        let pause = self.facts.and_then(|facts| facts.pause);
        let pause = pause.filter(|pause| pause.from <= due && pause.until > first);
        pause.map_or(due, |pause| {
            due.saturating_add(pause.until - pause.from.max(first))
        })
    }

    fn end(&self) -> Option<Date> {
        self.facts.and_then(|facts| facts.end)
    }

    /// A new engagement begins without the coachee's word; after some weeks somebody has forgotten it.
    fn at_consent(&mut self) {
        let others = self.engagement.stakeholders.iter();
        let has_others = others
            .filter(|person| person.portal && person.presence != Presence::Gone)
            .any(|person| person.role != Role::Coachee);
        let start = self.facts.and_then(|facts| facts.start);
        let is_new = start.is_some_and(|start| !self.today.is_more_than(BEGINNING, start));
        if !has_others || self.engagement.agreed_by(self.today).is_some() {
            return;
        }
        if let Some(agreed) = self.engagement.agreed {
            let message =
                format!("nobody but the coachee has a portal until {agreed}, the day in `agreed`");
            let hint = "write there the day on which the coachee did agree, not the one on which that is expected";
            self.tell(Advice::NotAgreed, "engagement.toml", message, hint);
        } else if !is_new {
            let message =
                "nobody but the coachee has a portal: `agreed` is missing under `[share]`"
                    .to_owned();
            let hint = "once the coachee has agreed to what is shared, write the day of it there, as in `agreed = 2026-02-02`";
            self.tell(Advice::NotAgreed, "engagement.toml", message, hint);
        }
    }

    fn at_bookings(&mut self) {
        if self.is_over() {
            return;
        }
        let engagement = self.engagement;
        let id = &engagement.id;
        for kind in engagement.unbooked_reviews() {
            let (advice, message) = match kind {
                ReviewKind::Midpoint => (Advice::NoMidpoint, "no mid-point meeting is booked"),
                ReviewKind::Final => (Advice::NoFinal, "no closing meeting is booked"),
            };
            let hint = format!(
                "book it now: `loggia new agenda {id} --kind {}`",
                kind.as_str()
            );
            self.tell(advice, "agendas", message.to_owned(), &hint);
        }
    }

    fn at_minutes(&mut self, agendas: &[&Agenda]) {
        for agenda in agendas {
            let sum: u32 = agenda.items.iter().filter_map(|item| item.minutes).sum();
            let are_all_timed = agenda.items.iter().all(|item| item.minutes.is_some());
            let is_off =
                sum > agenda.minutes || (are_all_timed && sum > 0 && sum != agenda.minutes);
            if is_off {
                let message = format!(
                    "the items take {sum} minutes, the meeting takes {}",
                    agenda.minutes
                );
                let file = format!("agendas/{}.md", agenda.id);
                let hint = "give each item its share, or mend `minutes`";
                self.tell(Advice::AgendaMinutes, &file, message, hint);
            }
        }
    }

    /// A quarterly meeting takes the place of a session, and there is one a quarter.
    fn at_quarters(&mut self, agendas: &[&Agenda]) {
        let mut first: BTreeMap<(i16, i8), &Agenda> = BTreeMap::new();
        for agenda in agendas
            .iter()
            .filter(|agenda| agenda.kind == Kind::Quarterly)
        {
            let day = agenda.start.date();
            let quarter = (day.year(), (day.month() - 1) / 3);
            if let Some(earlier) = first.insert(quarter, agenda) {
                let message = format!(
                    "a second quarterly meeting in one quarter, after that of {}",
                    earlier.start.date()
                );
                let file = format!("agendas/{}.md", agenda.id);
                let hint = "move it to the next quarter, or give it another `kind`";
                self.tell(Advice::QuarterlyTwice, &file, message, hint);
            }
        }
    }

    fn at_sessions(&mut self, agendas: &[&Agenda]) {
        let Some(sessions) = self.facts.and_then(|facts| facts.sessions.as_ref()) else {
            return;
        };
        let over = sessions.booked.iter().find(|day| **day < self.today);
        if let Some(day) = over {
            let message = format!("the session booked for {day} is over");
            let hint = "list it as `held` if it was held, or take it out";
            self.tell(Advice::BookedOver, "engagement.toml", message, hint);
        }
        let quarterly = agendas
            .iter()
            .filter(|agenda| agenda.kind == Kind::Quarterly);
        let quarterly = quarterly
            .map(|agenda| agenda.start.date())
            .filter(|day| *day < self.today);
        let days: BTreeSet<Date> = sessions.held.iter().copied().chain(quarterly).collect();
        let planned = sessions.planned as usize;
        if days.len() > planned {
            let message = format!("{} sessions were held, {planned} are planned", days.len());
            let hint = "agree on more with the sponsor and raise `planned`; quarterly meetings count as sessions";
            self.tell(Advice::SessionsOverPlan, "engagement.toml", message, hint);
        }
    }

    /// Ideas are given without a name: who gave one is nobody's business but the coachee's.
    fn at_ideas(&mut self, goal: &Goal) {
        let Some(feedforward) = goal.feedforward.reveal_to(self.coachee) else {
            return;
        };
        let people = self.engagement.stakeholders.iter();
        let others = people.filter(|person| !person.role.sees_all_that_is_shared());
        let names: Vec<&str> = others.flat_map(|person| person.name.split(' ')).collect();
        for idea in &feedforward.ideas {
            let words = [Some(&idea.text), idea.came.as_ref()];
            let words = words.into_iter().flatten();
            let mut words =
                words.flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()));
            if let Some(name) = words.find(|word| names.contains(word)) {
                let message = format!("an idea of goal `{}` names {name}", goal.id);
                let hint =
                    "say the idea without whoever gave it, so that the next one is given as freely";
                self.tell(Advice::IdeaNames, &goal.path, message, hint);
            }
        }
    }

    fn at_goal(&mut self, goal: &Goal, file: &str) {
        let Some(wording) = goal.wording.reveal_to(self.coachee) else {
            return;
        };
        let id = &goal.id;
        if wording.behaviour.is_none() {
            let message = format!("goal `{id}` does not say what others will see");
            let hint = "write it as `behaviour`: one sentence about what someone does; raters are asked exactly that";
            self.tell(Advice::NoBehaviour, file, message, hint);
        }
        if wording.good.is_empty() {
            let message = format!("goal `{id}` has no sign of success");
            let hint = "write as `good` what someone would say or notice when it goes well";
            self.tell(Advice::NoSuccessSign, file, message, hint);
        }
        let listed = goal.supporters.as_deref().unwrap_or_default();
        let is_supporter = |person: &&Stakeholder| is_asked(person) && listed.contains(&person.id);
        let count = self
            .engagement
            .stakeholders
            .iter()
            .filter(is_supporter)
            .count();
        if (1..ENOUGH_SUPPORTERS).contains(&count) {
            let message = format!(
                "goal `{id}` has {}",
                counted(count, "supporter", "supporters")
            );
            let hint = "list at least four: with fewer, one missing answer takes the figures away";
            self.tell(Advice::FewSupporters, file, message, hint);
        }
    }

    /// A page that nobody has to think of is not there for good.
    fn at_end(&mut self) {
        if self.engagement.closes.is_some() {
            return;
        }
        let hint =
            "set the day on which they go as `closes`, or move `end` if the coaching goes on";
        if let Some(end) = self.end().filter(|_| self.is_over()) {
            let message =
                format!("this engagement ended on {end}, and its portals stay open for good");
            self.tell(Advice::StillOpen, "engagement.toml", message, hint);
        } else {
            let message = "no day is set on which the portals go".to_owned();
            let hint = "set it as `closes`: every page then says so to its reader";
            self.tell(Advice::NoCloses, "engagement.toml", message, hint);
        }
    }

    /// Who promises confidentiality says beforehand what it does not cover.
    fn at_confidentiality(&mut self) {
        let communication = self.facts.map(|facts| &facts.communication);
        if communication.is_some_and(|communication| communication.exceptions.is_some()) {
            return;
        }
        let message = "nothing says what has to be told although sessions are confidential: danger to someone, law, a court".to_owned();
        let hint = "say it as `exceptions` in `[communication]`, before anyone has to hear it for the first time";
        self.tell(Advice::NoExceptions, "engagement.toml", message, hint);
    }
}

/// Whether someone rates as a supporter in rounds of today.
fn is_asked(person: &Stakeholder) -> bool {
    person.role == Role::Supporter && person.presence == Presence::Here
}
