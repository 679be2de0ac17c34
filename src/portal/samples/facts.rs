//! Dates and how they work together.

use std::sync::Arc;

use jiff::civil::{Date, date};

use crate::engagement::assessment::AssessmentKind;
use crate::engagement::stakeholder::Role;
use crate::portal::chart::{Chart, TallyChart};
use crate::portal::samples::{TODAY, person, texts};
use crate::portal::states::{Position, StepState};
use crate::portal::view::facts::{
    ActivityView, AssessmentView, FactsView, JourneyView, MilestoneView, PauseView, RoleView,
    SessionsView, StepView,
};
use crate::portal::view::people::PersonView;

/// Everyone who takes part.
pub(super) fn people(reader: &str) -> Vec<Arc<PersonView>> {
    let people = [
        ("Nyah Adeyemi", Role::Coachee),
        ("Inés Sato", Role::Coach),
        ("Priya Raman", Role::Manager),
        ("Anders Holm", Role::Sponsor),
        ("Mei Tanaka", Role::Hr),
        ("Tom Weber", Role::Supporter),
        ("Lena Fischer", Role::Supporter),
    ];
    people
        .iter()
        .map(|(name, role)| person(name, *role, *name == reader))
        .collect()
}

pub(super) fn facts() -> Arc<FactsView> {
    let milestone = |title: &str, day: Date| {
        Arc::new(MilestoneView {
            title: title.to_owned(),
            date: day,
            is_past: day < TODAY,
        })
    };
    let role = |role: Role, text: &str| {
        Arc::new(RoleView {
            role,
            text: text.to_owned(),
        })
    };
    Arc::new(FactsView {
        purpose: Some("Nyah moves from running a strong team to shaping decisions across the leadership group.".to_owned()),
        aims: Some("Decide where the knowledge is: one of the three aims of the year.".to_owned()),
        motivation: Some("I want to be heard without being loud.".to_owned()),
        resources: Some("Two hours a month, and the spring assessment.".to_owned()),
        start: Some(date(2026, 1, 12)),
        end: Some(date(2026, 12, 18)),
        has_started: true,
        is_over: false,
        pause: Some(Arc::new(PauseView {
            from: date(2026, 4, 6),
            until: date(2026, 5, 4),
            has_begun: true,
            is_over: true,
        })),
        sessions: Some(Arc::new(SessionsView {
            planned: 12,
            hours: Some(18),
            rhythm: Some("Two hours a month, the quarterly meetings among them.".to_owned()),
            held: 7,
            dates: (1..=7).map(|month| date(2026, month, 20)).collect(),
            counted: vec![milestone("Quarterly alignment, June", date(2026, 6, 20))],
            booked: vec![date(2026, 12, 2), date(2026, 12, 16)],
            chart: Arc::new(Chart::Tally(TallyChart { all: 12, done: 7 })),
        })),
        journey: Some(journey()),
        competencies: Vec::new(),
        next_milestone: Some(milestone("Final review", date(2026, 12, 4))),
        milestones: vec![
            milestone("Goals agreed", date(2026, 2, 3)),
            milestone("Mid-point review", date(2026, 6, 30)),
            milestone("Final review", date(2026, 12, 4)),
        ],
        communication_updates: Some("Monthly, from Nyah, in her one-to-one with Priya.".to_owned()),
        communication_escalation: Some("To Anders Holm.".to_owned()),
        communication_confidentiality: Some("What is said in sessions stays there.".to_owned()),
        communication_exceptions: Some("Danger to someone, or an order of a court.".to_owned()),
        performance: Some("Nyah decides what goes into her yearly review.".to_owned()),
        roles: vec![
            role(Role::Coach, "Holds the space, keeps the engagement on course, reports to no one."),
            role(Role::Manager, "Notice the behaviour, say so in one-to-ones, open doors."),
            role(Role::Sponsor, "Sets the direction, asks about outcomes, never about sessions."),
        ],
    })
}

/// One assessment with its themes, and one to come.
pub(super) fn assessments() -> Vec<Arc<AssessmentView>> {
    vec![
        Arc::new(AssessmentView {
            kind: AssessmentKind::AllRound,
            name: Some("Spring feedback".to_owned()),
            date: date(2026, 1, 20),
            has_come: true,
            themes: texts(&["Trusted with a plan, waited for with a decision."]),
        }),
        Arc::new(AssessmentView {
            kind: AssessmentKind::Style,
            name: None,
            date: date(2026, 11, 20),
            has_come: false,
            themes: Vec::new(),
        }),
    ]
}

/// Eight steps, at the sixth.
fn journey() -> Arc<JourneyView> {
    let steps = (1..=8).map(|number| {
        let state = match number {
            1..=5 => StepState::Past,
            6 => StepState::Present,
            _ => StepState::Future,
        };
        Arc::new(StepView {
            number,
            title: None,
            state,
            activities: if number == 3 {
                activities()
            } else {
                Vec::new()
            },
        })
    });
    Arc::new(JourneyView {
        method: "eight-steps",
        is_loop: false,
        has_activities: true,
        tells_each_step: true,
        position: Position::At,
        steps: steps.collect(),
        at: Some(6),
        since: None,
    })
}

/// One that is done, in the coach's words, and one that is not, in those of the method.
fn activities() -> Vec<Arc<ActivityView>> {
    vec![
        Arc::new(ActivityView {
            text: Some("Eleven conversations, from the board to the night desk.".to_owned()),
            done: Some(date(2026, 2, 20)),
            outcome: Some("Four themes, which Nyah put into her own words.".to_owned()),
        }),
        Arc::new(ActivityView {
            text: None,
            done: None,
            outcome: None,
        }),
    ]
}
