//! engagement.toml: people, dates, and what is shared with whom.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use crate::content::document::Document;
use crate::content::people::People;
use crate::content::site_file::Access;
use crate::content::site_file::Open;
use crate::content::site_file::language;
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
use crate::engagement::facts::Journey;
use crate::engagement::facts::Method;
use crate::engagement::facts::Milestone;
use crate::engagement::facts::Sessions;
use crate::engagement::facts::Step;
use crate::engagement::id::GroupId;
use crate::engagement::id::RESERVED;
use crate::engagement::id::StakeholderId;
use crate::engagement::pulse::Pulse;
use crate::engagement::pulse::Scale;
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

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum JourneyName {
    EightSteps,
    StakeholderCentred,
    FourStages,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepTable {
    title: Text,
    from: Option<Spanned<Day>>,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StakeholderTable {
    id: Spanned<String>,
    name: Text,
    role: Spanned<String>,
    title: Option<Text>,
    group: Option<Spanned<String>>,
    language: Option<Spanned<Text>>,
    email: Option<Spanned<Text>>,
    link: Option<Spanned<u32>>,
    portal: Option<bool>,
    open: Option<Open>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PulseTable {
    scale: Option<Spanned<ScaleValue>>,
    target: Option<Spanned<f64>>,
    minimum: Option<Spanned<u32>>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "… is `\"change\"` or a table such as `{ from = 1, to = 7, low = \"never\", high = \"always\" }`"
)]
enum ScaleValue {
    Named(ScaleName),
    Level(#[serde(deserialize_with = "table")] LevelTable),
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum ScaleName {
    Change,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelTable {
    from: i32,
    to: i32,
    low: Option<Text>,
    high: Option<Text>,
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
        let tables = std::mem::take(&mut self.stakeholder);
        let spans: Vec<Range<usize>> = tables.iter().map(|table| table.id.span()).collect();
        let mut people: Vec<Stakeholder> = Vec::new();
        let mut names: BTreeSet<String> = BTreeSet::new();
        for table in tables {
            let span = table.id.span();
            if !names.insert(table.id.get_ref().clone()) {
                let message = format!("two stakeholders have the id `{}`", table.id.get_ref());
                problems.push(
                    document
                        .error(message, span.clone())
                        .with_hint("give one of them another id"),
                );
            }
            people.extend(stakeholder(table, document, problems));
        }
        let coachees = people
            .iter()
            .filter(|person| person.role == Role::Coachee)
            .count();
        if coachees != 1 && people.len() == spans.len() {
            let message = if coachees == 0 {
                "no stakeholder is the coachee"
            } else {
                "more than one stakeholder is the coachee"
            };
            let span = spans.first().cloned().unwrap_or(0..0);
            problems.push(
                document
                    .error(message, span)
                    .with_hint("give exactly one stakeholder `role = \"coachee\"`"),
            );
        }
        for (person, span) in people.iter().zip(spans) {
            check_id_is_no_other_role(person, &people, document, span, problems);
        }
        people
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
        let journey = journey(
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

fn stakeholder(
    table: StakeholderTable,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Option<Stakeholder> {
    let (span, written) = (table.id.span(), table.id.into_inner());
    let id = StakeholderId::parse(&written);
    if id.is_none() {
        let is_reserved = RESERVED.contains(&written.as_str());
        let message = if is_reserved {
            format!("`{written}` is a word of `share` and no id")
        } else {
            format!("`{written}` is no id")
        };
        problems.push(
            document
                .error(message, span)
                .with_hint("ids are lower-case words joined by hyphens, such as `nyah-adeyemi`"),
        );
    }
    let role = Role::parse(table.role.get_ref());
    if role.is_none() {
        let known = Role::ALL.map(Role::as_str);
        let problem = document.error(
            format!("unknown role `{}`", table.role.get_ref()),
            table.role.span(),
        );
        problems.push(problem.with_hint_if(suggest::hint(table.role.get_ref(), known)));
    }
    let group = table.group.and_then(|group| {
        let parsed = GroupId::parse(group.get_ref());
        if parsed.is_none() {
            let problem = document.error(
                format!("`{}` is no name of a group", group.get_ref()),
                group.span(),
            );
            problems.push(
                problem.with_hint("groups are lower-case words joined by hyphens, such as `peer`"),
            );
        }
        parsed
    });
    let link = table.link.map_or(1, |link| {
        if *link.get_ref() == 0 {
            let problem = document.error("`link` counts from 1", link.span());
            problems.push(problem.with_hint("raise it by one to give this person a new link"));
        }
        link.into_inner()
    });
    let language = table
        .language
        .and_then(|tag| language(tag, document, problems));
    let email = table.email.and_then(|email| {
        let is_good = email
            .get_ref()
            .0
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
            && !email.get_ref().0.contains(|letter: char| {
                letter.is_whitespace() || letter.is_control() || "<>,;".contains(letter)
            });
        if !is_good {
            problems.push(
                document
                    .error(
                        format!("`{}` is no mail address", email.get_ref().0),
                        email.span(),
                    )
                    .with_hint("write it as `name@firm.example`"),
            );
        }
        is_good.then(|| email.into_inner().0)
    });
    Some(Stakeholder {
        id: id?,
        name: table.name.0,
        role: role?,
        title: table.title.map(|title| title.0),
        group,
        language,
        email,
        link,
        portal: table.portal.unwrap_or(true),
        opening: table.open.map(Open::mode),
    })
}

/// A role's name is an id only for the one person who has that role: otherwise `share` would not say who is meant.
fn check_id_is_no_other_role(
    person: &Stakeholder,
    people: &[Stakeholder],
    document: &Document,
    span: Range<usize>,
    problems: &mut Vec<Diagnostic>,
) {
    let Some(role) = Role::parse(person.id.as_str()) else {
        return;
    };
    let is_sole =
        person.role == role && people.iter().filter(|other| other.role == role).count() == 1;
    if !is_sole {
        let message = format!("`{}` is a role, and not only this person's", person.id);
        problems.push(
            document
                .error(message, span)
                .with_hint("give this person another id"),
        );
    }
}

fn journey(
    name: Option<Spanned<JourneyName>>,
    present: Option<Spanned<u32>>,
    steps: Vec<StepTable>,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Option<Journey> {
    let span = name.as_ref().map(Spanned::span);
    let method = match (name.map(Spanned::into_inner), steps.is_empty()) {
        (Some(_), false) => {
            let hint = "keep `journey` or the `[[step]]` tables";
            problems.push(
                document
                    .error(
                        "the journey has a name and steps of its own",
                        span.unwrap_or(0..0),
                    )
                    .with_hint(hint),
            );
            return None;
        }
        (Some(JourneyName::EightSteps), true) => Method::EightSteps,
        (Some(JourneyName::StakeholderCentred), true) => Method::StakeholderCentred,
        (Some(JourneyName::FourStages), true) => Method::FourStages,
        (None, false) => {
            check_order(&steps, document, problems);
            let own = steps.into_iter().map(|step| Step {
                title: step.title.0,
                from: step.from.map(|day| day.into_inner().0),
            });
            Method::Own(own.collect())
        }
        (None, true) => {
            if let Some(present) = present {
                problems.push(document.error(
                    "`present_step` is set, but there is no journey",
                    present.span(),
                ));
            }
            return None;
        }
    };
    let at = present.and_then(|present| {
        step_number(&present, method.len(), "present_step", document, problems)
    });
    Some(Journey { method, at })
}

/// A step begins no earlier than the one before it.
fn check_order(steps: &[StepTable], document: &Document, problems: &mut Vec<Diagnostic>) {
    let mut last = None;
    for day in steps.iter().filter_map(|step| step.from.as_ref()) {
        if last.is_some_and(|last| day.get_ref().0 < last) {
            let problem = document.error("this step begins before the one above it", day.span());
            problems.push(problem.with_hint("put the steps in the order of their days"));
        }
        last = Some(day.get_ref().0);
    }
}

/// The number of a step, which counts from 1.
fn step_number(
    number: &Spanned<u32>,
    count: usize,
    key: &str,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let step = *number.get_ref() as usize;
    let is_good = (1..=count).contains(&step);
    if !is_good {
        let message = match count {
            0 => format!("`{key}` is set, but there is no journey"),
            _ => format!("`{key}` is between 1 and {count}"),
        };
        problems.push(document.error(message, number.span()));
    }
    is_good.then_some(step)
}

/// The pulse without its rounds.
pub(super) fn pulse(
    table: Option<PulseTable>,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Pulse {
    /// The net mean that coaching aims at on a change scale (DOMAIN section 3: net mean over +1).
    const CHANGE_TARGET: f64 = 1.0;
    let table = table.unwrap_or(PulseTable {
        scale: None,
        target: None,
        minimum: None,
    });
    let scale = match table.scale {
        None => Scale::Change,
        Some(scale) => {
            let span = scale.span();
            match scale.into_inner() {
                ScaleValue::Named(ScaleName::Change) => Scale::Change,
                ScaleValue::Level(LevelTable {
                    from,
                    to,
                    low,
                    high,
                }) => {
                    if to <= from || i64::from(to) - i64::from(from) > 10 || from < -10 || to > 100
                    {
                        let problem = document.error("a scale has two to eleven values", span);
                        problems.push(problem.with_hint("write it as `{ from = 1, to = 7 }`"));
                    }
                    Scale::Level {
                        from,
                        to,
                        low: low.map(|text| text.0),
                        high: high.map(|text| text.0),
                    }
                }
            }
        }
    };
    let default_target = (scale == Scale::Change).then_some(CHANGE_TARGET);
    let target = table.target.map_or(default_target, |target| {
        let value = *target.get_ref();
        if !(f64::from(scale.from())..=f64::from(scale.to())).contains(&value) {
            let message = format!(
                "the target is off the scale, which goes from {} to {}",
                scale.from(),
                scale.to()
            );
            problems.push(document.error(message, target.span()));
        }
        Some(value)
    });
    let minimum =
        table.minimum.map_or(Pulse::FLOOR, |minimum| {
            if *minimum.get_ref() < Pulse::FLOOR {
                let problem = document.error(
                    format!("`minimum` is below {}", Pulse::FLOOR),
                    minimum.span(),
                );
                problems.push(problem.with_hint(
                    "fewer raters would give each other away; raise it, or leave it out",
                ));
            }
            minimum.into_inner()
        });
    Pulse {
        scale,
        target,
        minimum,
        rounds: Vec::new(),
        lock: None,
    }
}
