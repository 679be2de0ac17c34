//! Dates, sessions, milestones, the journey, and how people work together.

use std::sync::Arc;

use jiff::civil::Date;

use crate::engagement::agenda::Kind;
use crate::engagement::facts::{Facts, Journey, Method};
use crate::engagement::today::Today;
use crate::portal::chart::{Chart, TallyChart};
use crate::portal::perspective::Perspective;
use crate::portal::states::{Position, StepState};
use crate::portal::view::facts::{
    ActivityView, CompetencyView, FactsView, JourneyView, MilestoneView, PauseView, RoleView,
    SessionsView, StepView,
};

/// The facts, if the reader sees them.
pub(super) fn view(perspective: &Perspective<'_>) -> Option<Arc<FactsView>> {
    let facts = perspective.engagement.facts.reveal_to(perspective.reader)?;
    let milestones = facts.milestones.iter().map(|milestone| {
        let is_past = milestone.date < perspective.today;
        Arc::new(MilestoneView {
            title: milestone.title.clone(),
            date: milestone.date,
            is_past,
        })
    });
    let milestones: Vec<Arc<MilestoneView>> = milestones.collect();
    let roles = perspective
        .engagement
        .roles
        .iter()
        .filter_map(|(role, text)| {
            let text = text.reveal_to(perspective.reader)?.clone();
            Some(Arc::new(RoleView { role: *role, text }))
        });
    Some(Arc::new(FactsView {
        purpose: facts.purpose.clone(),
        aims: facts.aims.clone(),
        motivation: facts.motivation.clone(),
        resources: facts.resources.clone(),
        start: facts.start,
        end: facts.end,
        has_started: facts.start.is_some_and(|start| start < perspective.today),
        is_over: facts.end.is_some_and(|end| end < perspective.today),
        pause: facts.pause.map(|pause| {
            Arc::new(PauseView {
                from: pause.from,
                until: pause.until,
                has_begun: pause.from <= perspective.today,
                is_over: pause.until <= perspective.today,
            })
        }),
        sessions: sessions(perspective, facts),
        journey: facts
            .journey
            .as_ref()
            .map(|journey| journey_view(journey, facts, perspective.today)),
        competencies: competencies(perspective, facts),
        next_milestone: milestones
            .iter()
            .find(|milestone| !milestone.is_past)
            .cloned(),
        milestones,
        communication_updates: facts.communication.updates.clone(),
        communication_escalation: facts.communication.escalation.clone(),
        communication_confidentiality: facts.communication.confidentiality.clone(),
        communication_exceptions: facts.communication.exceptions.clone(),
        performance: facts
            .performance
            .as_ref()
            .and_then(|text| text.reveal_to(perspective.reader))
            .cloned(),
        roles: roles.collect(),
    }))
}

/// What a person in the reader's role does: shown to that reader even without the other facts.
pub(super) fn role_of_reader(perspective: &Perspective<'_>) -> Option<String> {
    perspective
        .engagement
        .roles
        .get(&perspective.reader.role())?
        .reveal_to(perspective.reader)
        .cloned()
}

fn sessions(perspective: &Perspective<'_>, facts: &Facts) -> Option<Arc<SessionsView>> {
    let today = perspective.today;
    let sessions = facts.sessions.as_ref()?;
    let dates: Vec<Date> = sessions
        .held
        .iter()
        .copied()
        .filter(|day| *day <= today)
        .collect();
    let held = u32::try_from(dates.len()).unwrap_or(u32::MAX);
    let chart = Arc::new(Chart::Tally(TallyChart {
        all: sessions.planned.max(held),
        done: held,
    }));
    let booked = sessions.booked.iter().filter(|day| **day >= today);
    Some(Arc::new(SessionsView {
        planned: sessions.planned,
        hours: sessions.hours,
        rhythm: sessions.rhythm.clone(),
        held,
        counted: counted(perspective, &dates),
        dates,
        booked: booked.copied().collect(),
        chart,
    }))
}

/// The meetings, of those that the reader sees, that took the place of a session.
fn counted(perspective: &Perspective<'_>, held: &[Date]) -> Vec<Arc<MilestoneView>> {
    let agendas = perspective.engagement.agendas.iter();
    let agendas = agendas.filter_map(|agenda| agenda.reveal_to(perspective.reader));
    let mut counted: Vec<Arc<MilestoneView>> = agendas
        .filter(|agenda| agenda.kind == Kind::Quarterly && held.contains(&agenda.start.date()))
        .map(|agenda| {
            Arc::new(MilestoneView {
                title: agenda.title.clone(),
                date: agenda.start.date(),
                is_past: true,
            })
        })
        .collect();
    counted.sort_by(|one, other| (one.date, &one.title).cmp(&(other.date, &other.title)));
    counted
}

fn journey_view(journey: &Journey, facts: &Facts, today: Today<'_>) -> Arc<JourneyView> {
    let said = said_step(&journey.method, facts, today).filter(|_| journey.at.is_none());
    let at = journey.at.or(said.map(|(_, step)| step));
    let is_over = facts.end.is_some_and(|end| end < today);
    let count = journey.method.len();
    let is_loop = journey.method.is_loop();
    let position = match at {
        Some(_) if journey.at.is_some() || !is_over => Position::At,
        Some(at) if at == count && !is_loop => Position::After,
        None if facts.start.is_some_and(|start| today < start) => Position::Before,
        Some(_) | None => Position::Unsaid,
    };
    let at = at.filter(|_| position == Position::At);
    let steps = (1..=count).map(|number| {
        let state = match (position, at) {
            (_, Some(at)) if number == at => StepState::Present,
            // A loop comes round: what is before and behind in it is the same.
            (Position::At, Some(_)) if is_loop => StepState::Unsaid,
            (Position::At, Some(at)) if number < at => StepState::Past,
            (Position::After, _) => StepState::Past,
            (Position::At | Position::Before, _) => StepState::Future,
            (Position::Unsaid, _) => StepState::Unsaid,
        };
        let title = match &journey.method {
            Method::Own(steps) => steps.get(number - 1).map(|step| step.title.clone()),
            Method::EightSteps | Method::StakeholderCentred | Method::FourStages => None,
        };
        Arc::new(StepView {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            title,
            state,
            activities: activities(journey, number),
        })
    });
    Arc::new(JourneyView {
        method: journey.method.as_str(),
        is_loop,
        has_activities: !journey.activities.is_empty(),
        tells_each_step: matches!(journey.method, Method::EightSteps),
        steps: steps.collect(),
        position,
        at: at.and_then(|at| u32::try_from(at).ok()),
        since: said.map(|(day, _)| day),
    })
}

/// What is done in a step, as far as the coach says so.
fn activities(journey: &Journey, step: usize) -> Vec<Arc<ActivityView>> {
    let activities = journey.activities.iter();
    let own = activities.filter(|activity| activity.step == step);
    let views = own.map(|activity| {
        Arc::new(ActivityView {
            text: activity.text.clone(),
            done: activity.done,
            outcome: activity.outcome.clone(),
        })
    });
    views.collect()
}

/// Whether the reader sees every goal that a competency belongs to.
pub(super) fn shows_all_competencies(perspective: &Perspective<'_>) -> bool {
    let facts = perspective.engagement.facts.reveal_to(perspective.reader);
    facts.is_none_or(|facts| competencies(perspective, facts).len() == facts.competencies.len())
}

/// The competencies that are tied to no goal, or to one that carries them.
fn competencies(perspective: &Perspective<'_>, facts: &Facts) -> Vec<Arc<CompetencyView>> {
    let competencies = facts.competencies.iter().filter_map(|competency| {
        let goal = perspective.tied(competency.goal.as_ref())?;
        Some(Arc::new(CompetencyView {
            text: competency.text.clone(),
            goal: goal.into_name(),
        }))
    });
    competencies.collect()
}

/// The step that the coach has said by a date, and that date: that of the latest milestone or own step that has begun. Nothing else tells where an
/// engagement stands, and least of all the calendar.
fn said_step(method: &Method, facts: &Facts, today: Today<'_>) -> Option<(Date, usize)> {
    let of_milestones = facts
        .milestones
        .iter()
        .filter_map(|milestone| milestone.step.map(|step| (milestone.date, step)));
    let of_steps = match method {
        Method::Own(steps) => steps.as_slice(),
        Method::EightSteps | Method::StakeholderCentred | Method::FourStages => &[],
    };
    let of_steps = of_steps
        .iter()
        .enumerate()
        .filter_map(|(index, step)| step.from.map(|day| (day, index + 1)));
    let begun = of_milestones
        .chain(of_steps)
        .filter(|(day, _)| *day <= today);
    begun.max()
}
