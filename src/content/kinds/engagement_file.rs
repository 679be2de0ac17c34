//! engagement.toml: people, dates, and what is shared with whom.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::assessment_table::AssessmentTable;
use crate::content::kinds::communication_table::CommunicationTable;
use crate::content::kinds::competency_list;
use crate::content::kinds::competency_list::CompetencyValue;
use crate::content::kinds::former;
use crate::content::kinds::goal_names::GoalNames;
use crate::content::kinds::journey_table::{
    ActivityTable, JourneyName, JourneyTables, StepTable, step_number,
};
use crate::content::kinds::people::People;
use crate::content::kinds::programme_table::{CorrectionTable, OutcomeTable};
use crate::content::kinds::pulse_table::PulseTable;
use crate::content::kinds::sessions_table::SessionsTable;
use crate::content::kinds::share_table::ShareTable;
use crate::content::kinds::site_words::Access;
use crate::content::kinds::stakeholder_table::StakeholderTable;
use crate::content::kinds::{assessment_table, journey_table, stakeholder_table};
use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::value::{Day, Spanned, Text, table, table_if, tables};
use crate::engagement::advice::Advice;
use crate::engagement::assessment::Assessment;
use crate::engagement::audience::{Audience, Guarded, Member, Part};
use crate::engagement::facts::{Facts, Milestone, Pause};
use crate::engagement::id::EngagementId;
use crate::engagement::stakeholder::{Role, Stakeholder};
use crate::engagement::today::Today;

/// An engagement: people, dates, and what is shared with whom.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct EngagementFile {
    /// What it is called; in every portal.
    pub(in crate::content) title: Text,
    /// The names that this folder had before, the oldest first: links and records go by it.
    #[serde(default)]
    #[schemars(with = "Vec<shapes::Id>")]
    was: Vec<Spanned<String>>,
    /// Why this engagement, in a sentence or two; a fact.
    purpose: Option<Text>,
    /// Which aims of the organisation it serves; a fact.
    aims: Option<Text>,
    /// What the coachee wants from it, in the coachee's own words; a fact.
    motivation: Option<Text>,
    /// Time, budget and training that go with it; a fact.
    resources: Option<Text>,
    /// The first day.
    start: Spanned<Day>,
    /// The last day.
    end: Option<Spanned<Day>>,
    /// A time in which the engagement rests; a fact.
    #[serde(default, deserialize_with = "table_if")]
    paused: Option<PauseTable>,
    /// From this day on no portal is built.
    pub(in crate::content) closes: Option<Spanned<Day>>,
    /// The zone of every hour in its agendas, where the firm's is another.
    pub(in crate::content) timezone: Option<Spanned<Text>>,
    /// The language of its portals, where the firm's is another.
    #[schemars(with = "Option<shapes::Language>")]
    pub(in crate::content) language: Option<Spanned<Text>>,
    /// How its pages leave the machine, where it is not as in loggia.toml.
    pub(in crate::content) access: Option<Spanned<Access>>,
    /// Raised to give every reader of this engagement a new link and end the old ones; the first is 1.
    #[schemars(range(min = 1))]
    pub(in crate::content) link: Option<Spanned<u32>>,
    /// Whether a shared text may lead to documents in `files/`, and not to pictures alone.
    #[serde(default)]
    pub(in crate::content) documents: bool,
    /// Advice of `loggia check` that is not needed here, by name.
    #[serde(default)]
    #[schemars(with = "Vec<shapes::AdviceName>")]
    pub(in crate::content) silence: Vec<Spanned<String>>,
    /// How many sessions are planned, how often, and the days of those held and booked; a fact.
    #[serde(default, deserialize_with = "table_if")]
    sessions: Option<SessionsTable>,
    /// The method whose steps the portals show.
    journey: Option<Spanned<JourneyName>>,
    /// The step where it stands, if no milestone says it; the first is 1.
    #[schemars(range(min = 1))]
    present_step: Option<Spanned<u32>>,
    /// What the coachee is to be able to do in the end, one by one; a fact.
    #[serde(default)]
    competencies: Vec<Spanned<CompetencyValue>>,
    /// Steps of one's own, in place of `journey`.
    #[serde(default, deserialize_with = "tables")]
    step: Vec<StepTable>,
    /// What is done in the steps, where the coach says so; a fact.
    #[serde(default, deserialize_with = "tables")]
    activity: Vec<ActivityTable>,
    /// What is shared with whom. What is not listed is shared with nobody but the coachee.
    #[serde(default, deserialize_with = "table")]
    pub(in crate::content) share: ShareTable,
    /// The people.
    #[serde(deserialize_with = "tables")]
    stakeholder: Vec<StakeholderTable>,
    /// The survey.
    #[serde(default, deserialize_with = "table_if")]
    pub(in crate::content) pulse: Option<PulseTable>,
    /// Questions of all readers, answered once; shown with the facts.
    #[serde(default, deserialize_with = "table")]
    communication: CommunicationTable,
    /// Who does what.
    #[serde(default, deserialize_with = "table")]
    roles: RolesTable,
    /// What the work rests on.
    #[serde(default, deserialize_with = "tables")]
    assessment: Vec<AssessmentTable>,
    /// What the programme is to bring about.
    #[serde(default, deserialize_with = "tables")]
    pub(in crate::content) outcome: Vec<OutcomeTable>,
    /// What was changed in the programme.
    #[serde(default, deserialize_with = "tables")]
    pub(in crate::content) correction: Vec<CorrectionTable>,
    /// Days to look forward to; facts.
    #[serde(default, deserialize_with = "tables")]
    milestone: Vec<MilestoneTable>,
}

/// A time in which the engagement rests.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PauseTable {
    /// The first day.
    from: Spanned<Day>,
    /// The day on which it goes on.
    until: Spanned<Day>,
}

impl PauseTable {
    fn read(&self, report: &mut Report<'_>) -> Pause {
        let (from, until) = (self.from.get_ref().0, self.until.get_ref().0);
        if until <= from {
            let message = "this pause ends before it begins";
            let hint = "`until` is the day on which the engagement goes on";
            report.error_with(message, self.until.span(), hint);
        }
        Pause { from, until }
    }
}

/// Who does what: shown to the reader whose role it is, and with the facts.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
struct RolesTable {
    /// What the coachee does.
    coachee: Option<Text>,
    /// What the coach does.
    coach: Option<Text>,
    /// What the manager does.
    manager: Option<Text>,
    /// What the sponsor does.
    sponsor: Option<Text>,
    /// What the partner from human resources does.
    hr: Option<Text>,
    /// What the supporter does.
    supporter: Option<Text>,
}

/// A day to look forward to; shown with the facts.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct MilestoneTable {
    /// What happens then.
    title: Text,
    /// The day.
    date: Day,
    /// The step of the journey that begins then; the first is 1.
    #[schemars(range(min = 1))]
    step: Option<Spanned<u32>>,
}

impl EngagementFile {
    /// The names that the folder, which is called `now`, had before.
    pub(in crate::content) fn was(&self, now: &str, report: &mut Report<'_>) -> Vec<EngagementId> {
        former::read(&self.was, (now, EngagementId::parse), report)
    }

    /// The people, with every problem of their ids, roles and groups.
    pub(in crate::content) fn stakeholders(&mut self, report: &mut Report<'_>) -> Vec<Stakeholder> {
        stakeholder_table::read(std::mem::take(&mut self.stakeholder), report)
    }

    /// Who does what, role by role: for those who have the role, and for whoever sees the facts.
    pub(in crate::content) fn roles(
        &mut self,
        people: &People<'_>,
        facts: &Audience,
    ) -> BTreeMap<Role, Guarded<String>> {
        let table = std::mem::take(&mut self.roles);
        let all = [
            (Role::Coachee, table.coachee),
            (Role::Coach, table.coach),
            (Role::Manager, table.manager),
            (Role::Sponsor, table.sponsor),
            (Role::Hr, table.hr),
            (Role::Supporter, table.supporter),
        ];
        let mut roles = BTreeMap::new();
        for (role, text) in all {
            let with_role = people.members().filter(|(_, own)| *own == role);
            let audience = facts.or(&Audience::only(with_role));
            roles.extend(text.map(|text| (role, Guarded::of(text.0, audience))));
        }
        roles
    }

    /// What the work rests on.
    pub(in crate::content) fn assessments(
        &mut self,
        share: &BTreeMap<Part, Audience>,
        report: &mut Report<'_>,
    ) -> Vec<Assessment> {
        assessment_table::read(std::mem::take(&mut self.assessment), share, report)
    }

    /// The first and the last day.
    pub(in crate::content) fn days(&self) -> (Date, Option<Date>) {
        let end = self.end.as_ref().map(|day| day.get_ref().0);
        (self.start.get_ref().0, end)
    }

    /// The advice that the coach does not need, by name.
    pub(in crate::content) fn silence(&self, report: &mut Report<'_>) -> BTreeSet<Advice> {
        let mut silence = BTreeSet::new();
        for name in &self.silence {
            match Advice::parse(name.get_ref()) {
                Some(advice) => drop(silence.insert(advice)),
                None => {
                    let message = format!("there is no warning called `{}`", name.get_ref());
                    let known = Advice::ALL.map(Advice::as_str);
                    report.error_unknown(message, name, known);
                }
            }
        }
        silence
    }

    /// How the coaching touches performance reviews: for those who see the facts, but never for a supporter, who has no part in the
    /// coachee's appraisal.
    pub(in crate::content) fn performance(
        &mut self,
        people: &People<'_>,
        facts: &Audience,
    ) -> Option<Guarded<String>> {
        let text = self.communication.performance.take()?;
        let is_concerned =
            |(id, role): &Member| *role != Role::Supporter && facts.admits_person(id, *role);
        let audience = Audience::only(people.members().filter(is_concerned));
        Some(Guarded::of(text.0, audience))
    }

    /// Dates, sessions, milestones, competencies and how people work together. A competency can be tied to one of `goals`.
    pub(in crate::content) fn facts(
        self,
        performance: Option<Guarded<String>>,
        (goals, today): (&GoalNames, Today<'_>),
        report: &mut Report<'_>,
    ) -> Facts {
        let start = self.start.get_ref().0;
        for (what, day) in [("end", &self.end), ("closes", &self.closes)] {
            if let Some(day) = day.as_ref().filter(|day| day.get_ref().0 < start) {
                report.error(format!("`{what}` is before `start`"), day.span());
            }
        }
        let tables = JourneyTables {
            name: self.journey,
            present: self.present_step,
            steps: self.step,
            activities: self.activity,
        };
        let journey = journey_table::read(tables, today, report);
        let count = journey.as_ref().map_or(0, |journey| journey.method.len());
        let mut milestones = Vec::new();
        for table in self.milestone {
            let step = table
                .step
                .and_then(|step| step_number(&step, count, "step", report));
            milestones.push(Milestone {
                title: table.title.0,
                date: table.date.0,
                step,
            });
        }
        milestones.sort_by(|one, other| (one.date, &one.title).cmp(&(other.date, &other.title)));
        let sessions = self.sessions.map(|table| table.read(today, report));
        Facts {
            purpose: self.purpose.map(|text| text.0),
            aims: self.aims.map(|text| text.0),
            motivation: self.motivation.map(|text| text.0),
            resources: self.resources.map(|text| text.0),
            performance,
            start: Some(start),
            end: self.end.map(|day| day.into_inner().0),
            pause: self.paused.map(|table| table.read(report)),
            sessions,
            competencies: competency_list::read(self.competencies, goals, report),
            journey,
            milestones,
            communication: self.communication.read(),
        }
    }
}
