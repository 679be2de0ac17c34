//! What an engagement is: its dates, its way and who does what in it.

use std::sync::Arc;

use jiff::civil::Date;

use crate::engagement::assessment::AssessmentKind;
use crate::engagement::stakeholder::Role;
use crate::portal::chart::Chart;
use crate::portal::states::{Position, StepState};
use crate::portal::view::goals::GoalName;

view! {
    /// Dates and how people work together.
    FactsView {
        /// Why this engagement.
        purpose: Option<String>,
        /// Which aims of the organisation it serves.
        aims: Option<String>,
        /// What the coachee wants from it.
        motivation: Option<String>,
        /// Time, budget, assessments and training that go with it.
        resources: Option<String>,
        /// The first day.
        start: Option<Date>,
        /// The last day.
        end: Option<Date>,
        /// Whether the first day is over.
        has_started: bool,
        /// Whether the last day is over.
        is_over: bool,
        /// A time in which the engagement rests.
        pause: Option<Arc<PauseView>>,
        /// The coaching sessions.
        sessions: Option<Arc<SessionsView>>,
        /// Where the engagement stands.
        journey: Option<Arc<JourneyView>>,
        /// What the coachee is to be able to do in the end.
        competencies: Vec<Arc<CompetencyView>>,
        /// Points on the way, in order.
        milestones: Vec<Arc<MilestoneView>>,
        /// The first of them whose day is not over.
        next_milestone: Option<Arc<MilestoneView>>,
        /// How often and through whom news comes.
        communication_updates: Option<String>,
        /// Whom to turn to.
        communication_escalation: Option<String>,
        /// What stays where it was said.
        communication_confidentiality: Option<String>,
        /// What has to be told all the same.
        communication_exceptions: Option<String>,
        /// How the coaching touches performance reviews; never there for a supporter.
        performance: Option<String>,
        /// Who does what.
        roles: Vec<Arc<RoleView>>,
    }
}

view! {
    /// A time in which the engagement rests.
    PauseView {
        /// The first day.
        from: Date,
        /// The day on which it goes on.
        until: Date,
        /// Whether it has begun.
        has_begun: bool,
        /// Whether it is over.
        is_over: bool,
    }
}

view! {
    /// Something that the coachee is to be able to do in the end.
    CompetencyView {
        /// What.
        text: String,
        /// The goal that leads there, as the reader knows it.
        goal: Option<Arc<GoalName>>,
    }
}

view! {
    /// Something that is done in a step.
    ActivityView {
        /// What is done, where the coach says it in other words than the method.
        text: Option<String>,
        /// The day on which it was done.
        done: Option<Date>,
        /// What came of it, where the coach says it in other words than the method.
        outcome: Option<String>,
    }
}

view! {
    /// An assessment on which the work rests.
    AssessmentView {
        /// What kind it is.
        kind: AssessmentKind,
        /// Its name or source.
        name: Option<String>,
        /// The day.
        date: Date,
        /// Whether that day has come.
        has_come: bool,
        /// The themes that the coachee chose to share; none for whoever may not see them, or before the day.
        themes: Vec<String>,
    }
}

view! {
    /// Coaching sessions.
    SessionsView {
        /// How many are planned.
        planned: u32,
        /// How many hours that is.
        hours: Option<u32>,
        /// How often they are, in words.
        rhythm: Option<String>,
        /// How many were held until today.
        held: u32,
        /// The days on which one was held until today.
        dates: Vec<Date>,
        /// The meetings among them that took the place of a session.
        counted: Vec<Arc<MilestoneView>>,
        /// The days on which one is booked from today on.
        booked: Vec<Date>,
        /// Held beside planned, as a drawing.
        chart: Arc<Chart>,
    }
}

view! {
    /// The steps of an engagement, the present one marked where it was said.
    JourneyView {
        /// `eight-steps`, `stakeholder-centred`, `four-stages` or `own`.
        method: &'static str,
        /// Whether the last step leads to the first again.
        is_loop: bool,
        /// Whether it is said of any step what is done in it.
        has_activities: bool,
        /// Whether the theme's language says what is done in each step and what comes of it.
        tells_each_step: bool,
        /// The steps in order.
        steps: Vec<Arc<StepView>>,
        /// What is known of where the engagement stands.
        position: Position,
        /// The number of the present step, from 1, if there is one.
        at: Option<u32>,
        /// The day from which that is said by a date.
        since: Option<Date>,
    }
}

view! {
    /// One step of a journey.
    StepView {
        /// The number, from 1.
        number: u32,
        /// The title of an own step; a known method's steps are worded by the theme's language.
        title: Option<String>,
        /// Whether it is past, present or future, if that is known.
        state: StepState,
        /// What is done in it, as far as the coach says so.
        activities: Vec<Arc<ActivityView>>,
    }
}

view! {
    /// A point on the way.
    MilestoneView {
        /// What is reached.
        title: String,
        /// The day.
        date: Date,
        /// Whether the day is over.
        is_past: bool,
    }
}

view! {
    /// What people in one role do.
    RoleView {
        /// The role.
        role: Role,
        /// What they do.
        text: String,
    }
}
