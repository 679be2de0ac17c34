//! Engagements that are nothing but a pulse, for the tests of figures.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use loggia::engagement::Engagement;
use loggia::engagement::audience::{Audience, Guarded};
use loggia::engagement::consent::Since;
use loggia::engagement::facts::Facts;
use loggia::engagement::goal::{Feedforward, Goal, Matters, Standing, Wording};
use loggia::engagement::id::{EngagementId, GoalId, GroupId, StakeholderId};
use loggia::engagement::lock::Lock;
use loggia::engagement::prose::{PrivateLines, Prose};
use loggia::engagement::pulse::{Asking, Pulse, Rater, Rating, Round, Scale};
use loggia::engagement::stakeholder::{Capacity, Presence, Role, Stakeholder, Time};

/// An engagement in the making.
pub(crate) struct Survey {
    engagement: Engagement,
}

impl Survey {
    /// A pulse on the change scale, with the coachee `nyah`.
    pub(crate) fn of_change() -> Self {
        Self::on(Scale::Change)
    }

    /// A pulse on a declared range, with the coachee `nyah`.
    pub(crate) fn of_level(from: i32, to: i32) -> Self {
        Self::on(Scale::Level {
            from,
            to,
            low: None,
            high: None,
        })
    }

    fn on(scale: Scale) -> Self {
        let engagement = Engagement {
            link: 1,
            is_draft: false,
            id: EngagementId::parse("nyah-adeyemi").unwrap(),
            was: Vec::new(),
            title: String::new(),
            silence: [].into(),
            stakeholders: Vec::new(),
            agreed: None,
            closes: None,
            timezone: TimeZone::UTC,
            access: None,
            language: None,
            share: BTreeMap::new(),
            unsaid: Vec::new(),
            consent: None,
            since: Since::new(),
            attendees_see_agendas: false,
            agreement: None,
            roles: BTreeMap::new(),
            facts: Guarded::of(Facts::default(), Audience::coachee_alone()),
            assessments: Vec::new(),
            outcomes: Vec::new(),
            corrections: Vec::new(),
            goals: Vec::new(),
            agendas: Vec::new(),
            pulse: Pulse {
                scale,
                words: BTreeMap::new(),
                target: None,
                minimum: 3,
                asking: Asking {
                    closings: Vec::new(),
                    open: Asking::OPEN,
                    period: None,
                },
                rounds: Vec::new(),
                lock: None,
                asking_key: None,
            },
            updates: Vec::new(),
            reviews: Vec::new(),
            attachments: BTreeMap::new(),
            shown_sources: Vec::new(),
        };
        Self { engagement }.person("nyah", Role::Coachee, None)
    }

    /// Asks for so many raters behind a figure.
    pub(crate) fn minimum(mut self, minimum: u32) -> Self {
        self.engagement.pulse.minimum = minimum;
        self
    }

    /// Gives the ends of a level scale their words.
    pub(crate) fn anchored(mut self, lowest: &str, highest: &str) -> Self {
        if let Scale::Level { low, high, .. } = &mut self.engagement.pulse.scale {
            *low = Some(lowest.to_owned());
            *high = Some(highest.to_owned());
        }
        self
    }

    /// Says what a person was until a day.
    pub(crate) fn was(mut self, id: &str, (role, group): (Role, &str), until: &str) -> Self {
        let people = &mut self.engagement.stakeholders;
        let person = people.iter_mut().find(|person| person.id.as_str() == id);
        let group = Some(GroupId::parse(group).unwrap());
        let before = (Capacity { role, group }, until.parse().unwrap());
        person.unwrap().time.before.push(before);
        self
    }

    /// Adds a person.
    pub(crate) fn person(mut self, id: &str, role: Role, group: Option<&str>) -> Self {
        self.engagement.stakeholders.push(Stakeholder {
            id: StakeholderId::parse(id).unwrap(),
            was: Vec::new(),
            name: String::new(),
            role,
            title: None,
            presence: Presence::Here,
            time: Time::whole(Capacity {
                role,
                group: group.map(|group| GroupId::parse(group).unwrap()),
            }),
            same_person: None,
            apart: None,
            language: None,
            email: None,
            link: 1,
            portal: true,
            opening: None,
            passphrase: false,
        });
        self
    }

    /// Gives a person a word of a day by which the answers stand alone.
    pub(crate) fn apart(mut self, id: &str, day: &str) -> Self {
        let mut people = self.engagement.stakeholders.iter_mut();
        let person = people.find(|person| person.id.as_str() == id).unwrap();
        person.apart = Some(day.parse().unwrap());
        self
    }

    /// Gives the record of what was published before.
    pub(crate) fn after(mut self, lock: Lock) -> Self {
        self.engagement.pulse.lock = Some(lock);
        self
    }

    /// Adds so many supporters of a group, called by the group's name and a number from 1.
    pub(crate) fn people(self, group: &str, count: usize) -> Self {
        let name = |number| format!("{group}-{number}");
        (1..=count).fold(self, |survey, number| {
            survey.person(&name(number), Role::Supporter, Some(group))
        })
    }

    /// Adds a goal with its question.
    pub(crate) fn goal(mut self, id: &str, behaviour: &str) -> Self {
        let wording = Wording {
            title: String::new(),
            statement: None,
            behaviour: Some(behaviour.to_owned()),
            good: Vec::new(),
            matters: Matters::default(),
            before: Vec::new(),
            prose: Prose::of(Vec::new(), PrivateLines::default()),
        };
        let nobody = Audience::coachee_alone;
        self.engagement.goals.push(Goal {
            corrected: None,
            path: String::new(),
            id: GoalId::parse(id).unwrap(),
            was: Vec::new(),
            wording: Guarded::of(wording, nobody()),
            question: Guarded::of(None, nobody()),
            alias: Guarded::of(None, nobody()),
            actions: Guarded::of(Vec::new(), nobody()),
            support: Guarded::of(Vec::new(), nobody()),
            feedforward: Guarded::of(Feedforward::default(), nobody()),
            supporters: None,
            progress: nobody(),
            standing: Guarded::of(Standing::default(), nobody()),
            groups: nobody(),
            follow_up: nobody(),
            own: nobody(),
            themes_for: nobody(),
            themes: Vec::new(),
        });
        self
    }

    /// Adds one round of answers about one goal; to a date that is there already, more answers.
    pub(crate) fn answers(self, date: &str, goal: &str, scores: &[(&str, i32)]) -> Self {
        let scores = scores.iter().map(|(rater, score)| (*rater, *score, None));
        self.all_answers(date, goal, scores)
    }

    /// The same with whether the rater saw a follow-up.
    pub(crate) fn all_answers<'a>(
        mut self,
        date: &str,
        goal: &str,
        answers: impl Iterator<Item = (&'a str, i32, Option<bool>)>,
    ) -> Self {
        let date: Date = date.parse().unwrap();
        let rounds = &mut self.engagement.pulse.rounds;
        let index = rounds.iter().position(|round| round.date == date);
        let index = index.unwrap_or_else(|| {
            let ratings = Vec::new();
            rounds.push(Round { date, ratings });
            rounds.len() - 1
        });
        let goal = GoalId::parse(goal).unwrap();
        let rating = |(rater, score, followed_up)| Rating {
            rater: rater_of(rater),
            goal: goal.clone(),
            score,
            followed_up,
        };
        rounds[index].ratings.extend(answers.map(rating));
        self
    }

    /// The engagement.
    pub(crate) fn build(self) -> Engagement {
        self.engagement
    }
}

/// A person by the id, or somebody without a name: `?peer` of a group, `?` of none.
fn rater_of(word: &str) -> Rater {
    match word.strip_prefix('?') {
        None => Rater::Named(StakeholderId::parse(word).unwrap()),
        Some(group) => Rater::Anonymous(GroupId::parse(group)),
    }
}

/// The id of a goal.
pub(crate) fn goal(id: &str) -> GoalId {
    GoalId::parse(id).unwrap()
}
