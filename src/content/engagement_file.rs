//! engagement.toml: people, dates, and what is shared with whom.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use crate::content::document::Document;
use crate::content::journey_table;
use crate::content::journey_table::JourneyName;
use crate::content::journey_table::StepTable;
use crate::content::journey_table::step_number;
use crate::content::people::People;
use crate::content::pulse_table::PulseTable;
use crate::content::site_file::Access;
use crate::content::stakeholder_table;
use crate::content::stakeholder_table::StakeholderTable;
use crate::content::suggest;
use crate::content::value::Day;
use crate::content::value::Text;
use crate::content::value::table;
use crate::content::value::table_if;
use crate::content::value::tables;
use crate::diagnostic::Diagnostic;
use crate::engagement::advice::Advice;
use crate::engagement::audience::Audience;
use crate::engagement::audience::Guarded;
use crate::engagement::audience::Part;
use crate::engagement::facts::Communication;
use crate::engagement::facts::Facts;
use crate::engagement::facts::Milestone;
use crate::engagement::facts::Sessions;
use crate::engagement::id::StakeholderId;
use crate::engagement::stakeholder::Role;
use crate::engagement::stakeholder::Stakeholder;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EngagementFile {
    pub(super) title: Text,
    purpose: Option<Text>,
    aims: Option<Text>,
    resources: Option<Text>,
    start: Spanned<Day>,
    end: Option<Spanned<Day>>,
    pub(super) closes: Option<Spanned<Day>>,
    pub(super) language: Option<Spanned<Text>>,
    pub(super) access: Option<Spanned<Access>>,
    #[serde(default)]
    pub(super) documents: bool,
    #[serde(default)]
    pub(super) silence: Vec<Spanned<String>>,
    #[serde(default, deserialize_with = "table_if")]
    sessions: Option<SessionsTable>,
    journey: Option<Spanned<JourneyName>>,
    present_step: Option<Spanned<u32>>,
    #[serde(default, deserialize_with = "tables")]
    step: Vec<StepTable>,
    #[serde(default, deserialize_with = "table")]
    pub(super) share: ShareTable,
    #[serde(deserialize_with = "tables")]
    stakeholder: Vec<StakeholderTable>,
    #[serde(default, deserialize_with = "table_if")]
    pub(super) pulse: Option<PulseTable>,
    #[serde(default, deserialize_with = "table")]
    communication: CommunicationTable,
    #[serde(default, deserialize_with = "table")]
    roles: RolesTable,
    #[serde(default, deserialize_with = "tables")]
    milestone: Vec<MilestoneTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionsTable {
    planned: u32,
    #[serde(default)]
    held: Vec<Spanned<Day>>,
}

/// `[share]`: the coachee's word, and a list of words for each part.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct ShareTable {
    pub(super) agreed: Option<Day>,
    facts: Option<Vec<Spanned<String>>>,
    goals: Option<Vec<Spanned<String>>>,
    actions: Option<Vec<Spanned<String>>>,
    progress: Option<Vec<Spanned<String>>>,
    groups: Option<Vec<Spanned<String>>>,
    #[serde(rename = "self")]
    own: Option<Vec<Spanned<String>>>,
    themes: Option<Vec<Spanned<String>>>,
    agendas: Option<Vec<Spanned<String>>>,
    updates: Option<Vec<Spanned<String>>>,
    reviews: Option<Vec<Spanned<String>>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct CommunicationTable {
    updates: Option<Text>,
    escalation: Option<Text>,
    confidentiality: Option<Text>,
    performance: Option<Text>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RolesTable {
    coachee: Option<Text>,
    coach: Option<Text>,
    manager: Option<Text>,
    sponsor: Option<Text>,
    hr: Option<Text>,
    supporter: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MilestoneTable {
    title: Text,
    date: Day,
    step: Option<Spanned<u32>>,
}

/// A list of words as it stands in a file, without the type that remembers its place.
pub(super) fn words(list: &[Spanned<String>]) -> Vec<(String, Range<usize>)> {
    list.iter()
        .map(|word| (word.get_ref().clone(), word.span()))
        .collect()
}

impl ShareTable {
    /// The list for a part.
    fn list(&self, part: Part) -> Option<&Vec<Spanned<String>>> {
        match part {
            Part::Facts => self.facts.as_ref(),
            Part::Goals => self.goals.as_ref(),
            Part::Actions => self.actions.as_ref(),
            Part::Progress => self.progress.as_ref(),
            Part::Groups => self.groups.as_ref(),
            Part::Own => self.own.as_ref(),
            Part::Themes => self.themes.as_ref(),
            Part::Agendas => self.agendas.as_ref(),
            Part::Updates => self.updates.as_ref(),
            Part::Reviews => self.reviews.as_ref(),
        }
    }

    /// The words for agendas, which mean different people from meeting to meeting.
    pub(super) fn agenda_words(&self) -> Vec<(String, Range<usize>)> {
        words(self.agendas.as_deref().unwrap_or_default())
    }

    /// The audience of each part; of agendas without those who merely attend.
    pub(super) fn audiences(
        &self,
        people: &People<'_>,
        document: &Document,
        problems: &mut Vec<Diagnostic>,
    ) -> BTreeMap<Part, Audience> {
        let mut audiences = BTreeMap::new();
        for part in Part::ALL {
            let list = words(self.list(part).map(Vec::as_slice).unwrap_or_default());
            let what = format!("`{}`", part.key());
            let attendees: Option<&[StakeholderId]> = (part == Part::Agendas).then_some(&[]);
            audiences.insert(
                part,
                people.audience(&what, &list, attendees, document, problems),
            );
        }
        audiences
    }
}

impl EngagementFile {
    /// The people, with every problem of their ids, roles and groups.
    pub(super) fn stakeholders(
        &mut self,
        document: &Document,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Stakeholder> {
        stakeholder_table::read(std::mem::take(&mut self.stakeholder), document, problems)
    }

    /// Who does what, role by role: for those who have the role, and for whoever sees the facts.
    pub(super) fn roles(
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
            let with_role = people
                .all()
                .iter()
                .filter(|person| person.role == role)
                .map(|person| person.id.clone());
            let audience = facts.or(&Audience::only(with_role));
            roles.extend(text.map(|text| (role, Guarded::of(text.0, audience))));
        }
        roles
    }

    /// The first and the last day.
    pub(super) fn days(&self) -> (Date, Option<Date>) {
        let end = self.end.as_ref().map(|day| day.get_ref().0);
        (self.start.get_ref().0, end)
    }

    /// The advice that the coach does not need, by name.
    pub(super) fn silence(
        &self,
        document: &Document,
        problems: &mut Vec<Diagnostic>,
    ) -> BTreeSet<Advice> {
        let mut silence = BTreeSet::new();
        for name in &self.silence {
            match Advice::parse(name.get_ref()) {
                Some(advice) => drop(silence.insert(advice)),
                None => {
                    let message = format!("there is no warning called `{}`", name.get_ref());
                    let known = Advice::ALL.map(Advice::as_str);
                    let hint = suggest::hint(name.get_ref(), known);
                    problems.push(document.error(message, name.span()).with_hint_if(hint));
                }
            }
        }
        silence
    }

    /// How the coaching touches performance reviews: for those who see the facts, but never for a supporter, who has no part in the
    /// coachee's appraisal.
    pub(super) fn performance(
        &mut self,
        people: &People<'_>,
        facts: &Audience,
    ) -> Option<Guarded<String>> {
        let text = self.communication.performance.take()?;
        let is_concerned = |person: &&Stakeholder| {
            person.role != Role::Supporter && facts.admits_person(&person.id, person.role)
        };
        let concerned = people.all().iter().filter(is_concerned);
        let audience = Audience::only(concerned.map(|person| person.id.clone()));
        Some(Guarded::of(text.0, audience))
    }

    /// Dates, sessions, milestones and how people work together.
    pub(super) fn facts(
        self,
        performance: Option<Guarded<String>>,
        document: &Document,
        problems: &mut Vec<Diagnostic>,
    ) -> Facts {
        let start = self.start.get_ref().0;
        for (what, day) in [("end", &self.end), ("closes", &self.closes)] {
            if let Some(day) = day.as_ref().filter(|day| day.get_ref().0 < start) {
                problems.push(document.error(format!("`{what}` is before `start`"), day.span()));
            }
        }
        let journey = journey_table::read(
            self.journey,
            self.present_step,
            self.step,
            document,
            problems,
        );
        let count = journey.as_ref().map_or(0, |journey| journey.method.len());
        let mut milestones = Vec::new();
        for table in self.milestone {
            let step = table
                .step
                .and_then(|step| step_number(&step, count, "step", document, problems));
            milestones.push(Milestone {
                title: table.title.0,
                date: table.date.0,
                step,
            });
        }
        milestones.sort_by(|one, other| (one.date, &one.title).cmp(&(other.date, &other.title)));
        let sessions = self.sessions.map(|table| {
            let mut held = BTreeSet::new();
            for day in table.held {
                if !held.insert(day.get_ref().0) {
                    let problem = document.error("this session is listed twice", day.span());
                    problems.push(problem.with_hint("list each session once, by its day"));
                }
            }
            Sessions {
                planned: table.planned,
                held: held.into_iter().collect(),
            }
        });
        Facts {
            purpose: self.purpose.map(|text| text.0),
            aims: self.aims.map(|text| text.0),
            resources: self.resources.map(|text| text.0),
            performance,
            start: Some(start),
            end: self.end.map(|day| day.into_inner().0),
            sessions,
            journey,
            milestones,
            communication: Communication {
                updates: self.communication.updates.map(|text| text.0),
                escalation: self.communication.escalation.map(|text| text.0),
                confidentiality: self.communication.confidentiality.map(|text| text.0),
            },
        }
    }
}
