//! What a good coach would look at again about days: one that is far from the engagement is most often a slip of the pen.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::content::practice::Look;
use crate::engagement::advice::Advice;
use crate::engagement::kind::ItemKind;

/// A pulse may have been taken before the coaching began, and a follow-up comes months after it ended.
fn far() -> Span {
    6.months()
}

/// An engagement without an end lasts no longer than this.
fn longest() -> Span {
    3.years()
}

impl Look<'_> {
    /// Every day of an item that lies long before the start or long after the end.
    pub(super) fn at_days(&mut self) {
        let Some(start) = self.facts.and_then(|facts| facts.start) else {
            return;
        };
        let end = self
            .end()
            .unwrap_or_else(|| start.saturating_add(longest()));
        let last = end.max(self.engagement.closes.unwrap_or(end));
        let near = start.saturating_sub(far())..=last.saturating_add(far());
        for (file, what, day) in self.days() {
            if !near.contains(&day) {
                let message =
                    format!("{what} {day}, while the engagement goes from {start} to {end}");
                let hint = "look whether the year is the one that is meant";
                self.tell(Advice::FarOutside, &file, message, hint);
            }
        }
    }

    /// The days of everything that has one, each with its file.
    fn days(&self) -> Vec<(String, &'static str, Date)> {
        let (engagement, coachee) = (self.engagement, self.coachee);
        let mut days = Vec::new();
        let agreement = engagement.agreement.iter();
        for agreement in agreement.filter_map(|agreement| agreement.reveal_to(coachee)) {
            let file = || ItemKind::Agreement.place().to_owned();
            let changed = agreement.changed.into_iter();
            days.extend(changed.map(|day| (file(), "the agreement changed on", day)));
            let agreed = agreement.parties.iter().filter_map(|party| party.agreed);
            days.extend(agreed.map(|day| (file(), "a party said yes on", day)));
        }
        for goal in &engagement.goals {
            let actions = goal.actions.reveal_to(coachee).into_iter().flatten();
            let due = actions.filter_map(|action| action.due);
            days.extend(due.map(|day| (goal.path.clone(), "an action is due on", day)));
        }
        for agenda in &engagement.agendas {
            if let Some(agenda) = agenda.reveal_to(coachee) {
                let file = ItemKind::Agenda.path(&format!("{}.md", agenda.id));
                days.push((file, "this meeting is on", agenda.start.date()));
                let due = agenda.next.iter().filter_map(|action| action.due);
                let file = ItemKind::Agenda.path(&format!("{}.md", agenda.id));
                days.extend(due.map(|day| (file.clone(), "an action is due on", day)));
            }
        }
        for round in &engagement.pulse.rounds {
            let file = ItemKind::Round.path(&format!("{}.csv", round.date));
            days.push((file, "this round closes on", round.date));
        }
        for update in &engagement.updates {
            let file = ItemKind::Update.path(&update.file());
            days.push((file, "this update is of", update.date()));
        }
        for review in &engagement.reviews {
            let file = ItemKind::Review.path(&review.file());
            days.push((file, "this review is of", review.date()));
        }
        let file = || ItemKind::Engagement.place().to_owned();
        if let Some(facts) = self.facts {
            let milestones = facts.milestones.iter();
            days.extend(milestones.map(|milestone| (file(), "a milestone is on", milestone.date)));
            if let Some(sessions) = &facts.sessions {
                let held = sessions.held.iter();
                days.extend(held.map(|day| (file(), "a session was held on", *day)));
                let booked = sessions.booked.iter();
                days.extend(booked.map(|day| (file(), "a session is booked for", *day)));
            }
        }
        days
    }
}
