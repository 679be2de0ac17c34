//! Dates, sessions, milestones, the journey, and how people work together.

use std::sync::Arc;

use jiff::civil::Date;

use crate::engagement::facts::{Facts, Journey, Method};
use crate::portal::chart::{Chart, TallyChart};
use crate::portal::perspective::Perspective;
use crate::portal::states::StepState;
use crate::portal::view::{
    FactsView, JourneyView, MilestoneView, RoleView, SessionsView, StepView,
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
        resources: facts.resources.clone(),
        start: facts.start,
        end: facts.end,
        sessions: sessions(facts, perspective.today),
        journey: facts
            .journey
            .as_ref()
            .map(|journey| journey_view(journey, facts, perspective.today)),
        milestones: milestones.collect(),
        communication_updates: facts.communication.updates.clone(),
        communication_escalation: facts.communication.escalation.clone(),
        communication_confidentiality: facts.communication.confidentiality.clone(),
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

fn sessions(facts: &Facts, today: Date) -> Option<Arc<SessionsView>> {
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
    Some(Arc::new(SessionsView {
        planned: sessions.planned,
        held,
        dates,
        chart,
    }))
}

fn journey_view(journey: &Journey, facts: &Facts, today: Date) -> Arc<JourneyView> {
    let at = journey
        .at
        .or_else(|| present_step(&journey.method, facts, today));
    let is_over = at.is_none() && facts.end.is_some_and(|end| end < today);
    let steps = (1..=journey.method.len()).map(|number| {
        let state = match at {
            Some(at) if number < at => StepState::Past,
            Some(at) if number == at => StepState::Present,
            None if is_over => StepState::Past,
            Some(_) | None => StepState::Future,
        };
        let title = match &journey.method {
            Method::Own(steps) => steps.get(number - 1).map(|step| step.title.clone()),
            Method::EightSteps | Method::StakeholderCentred | Method::FourStages => None,
        };
        Arc::new(StepView {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            title,
            state,
        })
    });
    Arc::new(JourneyView {
        method: journey.method.as_str(),
        steps: steps.collect(),
        at: at.and_then(|at| u32::try_from(at).ok()),
    })
}

/// The step that the dates say: of the last milestone or own step that has begun, or else as far along as the calendar is. Nothing
/// before the start and after the end.
fn present_step(method: &Method, facts: &Facts, today: Date) -> Option<usize> {
    let start = facts.start?;
    if today < start || facts.end.is_some_and(|end| end < today) {
        return None;
    }
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
    let begun: Vec<(Date, usize)> = of_milestones.chain(of_steps).collect();
    if !begun.is_empty() {
        return Some(
            begun
                .iter()
                .filter(|(day, _)| *day <= today)
                .map(|(_, step)| *step)
                .max()
                .unwrap_or(1),
        );
    }
    let end = facts.end?;
    let whole = f64::from((end - start).get_days().max(1));
    let passed = f64::from((today - start).get_days());
    let count = method.len();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a few steps"
    )]
    let step = (passed / whole * count as f64).floor() as usize + 1;
    Some(step.min(count))
}
