//! The facts of an engagement: what it is for, when, and how people work together.

use jiff::civil::Date;

use crate::engagement::audience::Guarded;
use crate::engagement::id::GoalId;

/// Purpose, dates, sessions, milestones, communication, roles and the journey.
#[derive(Default)]
pub struct Facts {
    /// Why this engagement, in a sentence or two.
    pub purpose: Option<String>,
    /// Which aims of the organisation it serves.
    pub aims: Option<String>,
    /// What the coachee wants from it, in the coachee's own words.
    pub motivation: Option<String>,
    /// Time, budget, assessments and training that go with it.
    pub resources: Option<String>,
    /// How it touches performance reviews; supporters are never among those who see it.
    pub performance: Option<Guarded<String>>,
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    pub end: Option<Date>,
    /// A time in which it rests.
    pub pause: Option<Pause>,
    /// The coaching sessions.
    pub sessions: Option<Sessions>,
    /// What the coachee is to be able to do in the end: the target competencies.
    pub competencies: Vec<Competency>,
    /// The steps of the engagement.
    pub journey: Option<Journey>,
    /// Milestones, in the order of their dates.
    pub milestones: Vec<Milestone>,
    /// How people communicate.
    pub communication: Communication,
}

/// A time in which the engagement rests.
#[derive(Debug, Clone, Copy)]
pub struct Pause {
    /// The first day.
    pub from: Date,
    /// The day on which it goes on.
    pub until: Date,
}

/// Coaching sessions: their number and dates, and nothing of what was said.
pub struct Sessions {
    /// How many are planned.
    pub planned: u32,
    /// How many hours that is.
    pub hours: Option<u32>,
    /// How often they are, in words.
    pub rhythm: Option<String>,
    /// The days on which one was held, in order.
    pub held: Vec<Date>,
    /// The days on which one is booked, in order.
    pub booked: Vec<Date>,
}

/// A point on the way.
pub struct Milestone {
    /// What is reached.
    pub title: String,
    /// The day.
    pub date: Date,
    /// The step of the journey that begins here, from 1.
    pub step: Option<usize>,
}

/// What was agreed about updates, about whom to turn to, and about what stays confidential.
#[derive(Default)]
pub struct Communication {
    /// How often and through whom updates come.
    pub updates: Option<String>,
    /// Whom to turn to when something goes wrong.
    pub escalation: Option<String>,
    /// What is confidential.
    pub confidentiality: Option<String>,
    /// What has to be told all the same: danger to someone, and what the law or a court demands.
    pub exceptions: Option<String>,
}

/// Something that the coachee is to be able to do in the end.
pub struct Competency {
    /// What.
    pub text: String,
    /// The goal that leads there, whose audience it then follows.
    pub goal: Option<GoalId>,
}

/// The way an engagement goes, step by step.
pub struct Journey {
    /// The method whose steps these are.
    pub method: Method,
    /// The step that the coach says the engagement is at; from milestones and steps with a day when absent. Counts from 1.
    pub at: Option<usize>,
    /// What is done in its steps, step by step, as far as the coach says so.
    pub activities: Vec<Activity>,
}

/// Something that is done in a step.
pub struct Activity {
    /// The step, from 1.
    pub step: usize,
    /// What is done; where absent, what the method itself says of the step.
    pub text: Option<String>,
    /// The day on which it was done.
    pub done: Option<Date>,
    /// What came of it; where absent, what the method itself says of the step.
    pub outcome: Option<String>,
}

/// A method with known steps, or the engagement's own.
pub enum Method {
    /// New Ventures West's eight steps.
    EightSteps,
    /// The stakeholder-centred loop.
    StakeholderCentred,
    /// Problem, awareness, analysis, achievement.
    FourStages,
    /// `[[step]]` tables.
    Own(Vec<Step>),
}

/// A step of an engagement's own journey.
pub struct Step {
    /// What happens.
    pub title: String,
    /// The day it begins.
    pub from: Option<Date>,
}

impl Method {
    /// How many steps it has.
    pub fn len(&self) -> usize {
        match self {
            Self::EightSteps => 8,
            Self::StakeholderCentred => 6,
            Self::FourStages => 4,
            Self::Own(steps) => steps.len(),
        }
    }

    /// Whether the last step leads to the first again.
    pub fn is_loop(&self) -> bool {
        match self {
            Self::StakeholderCentred => true,
            Self::EightSteps | Self::FourStages | Self::Own(_) => false,
        }
    }

    /// Whether it has no step at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The word that stands for it in engagement.toml, or `own`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::EightSteps => "eight-steps",
            Self::StakeholderCentred => "stakeholder-centred",
            Self::FourStages => "four-stages",
            Self::Own(_) => "own",
        }
    }
}
