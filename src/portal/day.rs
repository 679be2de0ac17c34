//! The day of a page: the latest one on which anything that stands on it came about.
//!
//! It is made of the finished view and of nothing else, so it tells no reader of what is not on the page. Nothing on a page counts days,
//! so the same content gives the same page until one of its own days has come: a page that changes has news.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::engagement::today::Today;
use crate::portal::states::ActionState;
use crate::portal::view::PortalView;
use crate::portal::view::agreement::AgreementView;
use crate::portal::view::facts::{AssessmentView, FactsView};
use crate::portal::view::figures::ProgressView;
use crate::portal::view::goals::{ActionView, AskView, GoalView};
use crate::portal::view::sharing::SharingView;
use crate::portal::view::stories::{MeetingView, ReviewView};

/// Of so many days before it a day is near.
const NEAR: i64 = 30;

/// The day of the page on `today`; nothing as long as nothing has come about.
pub(super) fn of(view: &PortalView, today: Today<'_>) -> Option<Date> {
    // All of the view is named, so that whoever adds to it decides what its days mean.
    let PortalView {
        firm: _,
        title: _,
        reader: _,
        as_of: _,
        closes,
        closes_soon,
        latest: _,
        sharing,
        people,
        facts,
        assessments,
        my_role: _,
        asked,
        goals,
        withheld,
        actions: _,
        next_meeting,
        later_meetings,
        past_meetings,
        updates,
        outcomes: _,
        corrections,
        reviews,
        agreement,
    } = view;
    let mut days = Days {
        today,
        latest: None,
    };
    days.of_sharing(sharing);
    days.come(*withheld);
    days.come(closes.filter(|_| *closes_soon).map(near));
    for person in people {
        days.come([person.since, person.until].into_iter().flatten());
        days.come(person.before.iter().map(|before| before.until));
    }
    if let Some(facts) = facts {
        days.of_facts(facts);
    }
    days.of_assessments(assessments);
    days.of_asked(asked);
    for goal in goals {
        days.of_goal(goal);
    }
    for meeting in next_meeting.iter().chain(later_meetings) {
        days.of_actions(meeting.next.iter().chain(&meeting.debrief));
    }
    days.of_past(past_meetings);
    days.come(updates.iter().map(|update| update.date));
    days.come(corrections.iter().map(|correction| correction.date));
    for review in reviews {
        days.of_review(review);
    }
    if let Some(agreement) = agreement {
        days.of_agreement(agreement);
    }
    days.latest
}

/// The day from which a page says that another day is near.
fn near(day: Date) -> Date {
    day.saturating_sub(NEAR.days())
}

/// Whether there is a day and it is near.
pub(super) fn is_near(day: Option<Date>, today: Today<'_>) -> bool {
    day.is_some_and(|day| near(day) <= today)
}

/// The latest day so far.
struct Days<'a> {
    today: Today<'a>,
    latest: Option<Date>,
}

impl Days<'_> {
    /// Days on which something came about: from the day itself on.
    fn come(&mut self, days: impl IntoIterator<Item = Date>) {
        let today = self.today;
        let come = days.into_iter().filter(|day| *day <= today);
        self.latest = self.latest.max(come.max());
    }

    /// Days that a page tells of as past: from the day after on.
    fn over(&mut self, days: impl IntoIterator<Item = Date>) {
        let today = self.today;
        self.come(days.into_iter().filter(|day| *day < today));
    }

    fn of_sharing(&mut self, sharing: &SharingView) {
        self.come(sharing.agreed);
        self.come(sharing.plan);
        self.come(sharing.since.iter().map(|part| part.date));
        self.come(sharing.apart.iter().map(|apart| apart.since));
    }

    fn of_facts(&mut self, facts: &FactsView) {
        self.over(facts.start);
        self.over(facts.end);
        self.over(facts.milestones.iter().map(|milestone| milestone.date));
        if let Some(pause) = &facts.pause {
            self.come([pause.from, pause.until]);
        }
        if let Some(sessions) = &facts.sessions {
            self.come(sessions.dates.iter().copied());
        }
        if let Some(journey) = &facts.journey {
            self.come(journey.since);
            let activities = journey.steps.iter().flat_map(|step| &step.activities);
            self.come(activities.filter_map(|activity| activity.done));
        }
    }

    fn of_assessments(&mut self, assessments: &[Arc<AssessmentView>]) {
        self.come(assessments.iter().map(|assessment| assessment.date));
    }

    fn of_asked(&mut self, asked: &[Arc<AskView>]) {
        self.come(asked.iter().filter_map(|ask| ask.agreed));
        self.come(asked.iter().filter_map(|ask| ask.from));
        let late = asked.iter().filter(|ask| ask.is_overdue);
        self.over(late.filter_map(|ask| ask.due));
    }

    fn of_goal(&mut self, goal: &GoalView) {
        self.come(goal.before.iter().map(|before| before.until));
        self.of_actions(goal.actions.iter().flatten());
        for support in goal.support.iter().flatten() {
            self.come([support.agreed, support.given].into_iter().flatten());
            self.over(support.due.filter(|_| support.is_overdue));
        }
        self.come(goal.ideas.iter().filter_map(|idea| idea.tried));
        self.of_progress(goal.progress.as_deref());
        self.come(goal.reached);
        self.come(goal.themes.iter().map(|theme| theme.round));
    }

    /// The day by which an action is due counts for a reader who is told that it is over.
    fn of_actions<'a>(&mut self, actions: impl IntoIterator<Item = &'a Arc<ActionView>>) {
        for action in actions {
            self.come(action.done);
            self.come(action.dropped);
            self.over(action.due.filter(|_| action.state == ActionState::Overdue));
        }
    }

    fn of_progress(&mut self, progress: Option<&ProgressView>) {
        let Some(progress) = progress else {
            return;
        };
        self.come(progress.rounds.iter().map(|round| round.date));
        self.come(progress.corrected);
        self.come(progress.quiet.iter().map(|quiet| quiet.from));
    }

    fn of_past(&mut self, meetings: &[Arc<MeetingView>]) {
        for meeting in meetings {
            self.over([meeting.start.date()]);
            self.of_actions(meeting.next.iter().chain(&meeting.debrief));
        }
    }

    fn of_review(&mut self, review: &ReviewView) {
        self.come([review.date]);
        // What was found is told on the day itself.
        let has_found = !review.found.is_empty();
        self.come(review.follow_up.filter(|_| has_found));
        self.over(review.follow_up);
        for outcome in &review.outcomes {
            self.come(outcome.reached);
            self.of_progress(outcome.progress.as_deref());
        }
    }

    fn of_agreement(&mut self, agreement: &AgreementView) {
        self.come(agreement.changed);
        self.come(agreement.parties.iter().filter_map(|party| party.date));
    }
}
