//! Who is counted with whom: the managers, the groups, everyone together, or nobody.
//!
//! The rule it guards: it looks at who answered, never at what they answered.

use std::collections::BTreeMap;

use crate::engagement::Engagement;
use crate::engagement::goal::Goal;
use crate::engagement::id::StakeholderId;
use crate::engagement::pulse::{Pulse, Rating, Round};
use crate::engagement::stakeholder::{Role, Stakeholder};
use crate::progress::cell::Answers;
use crate::progress::figures::Group;

/// Anything finer than one figure for all needs at least so many raters behind it: a group of its own, how ratings spread, who saw
/// a follow-up, themes. With fewer, the clips would take most of a group's scale, and those of the total with it.
const FINER: i32 = 5;

/// Everyone who may rate, and the rules of the pulse.
pub(super) struct Panel<'a> {
    /// The answers that the scale allows.
    pub(super) answers: Answers,
    people: BTreeMap<&'a StakeholderId, &'a Stakeholder>,
    minimum: i32,
}

/// How the answers to one question in one round are published.
#[derive(Debug)]
pub(super) enum Plan<'a> {
    /// Not at all.
    TooFew,
    /// As one figure.
    Whole(Vec<&'a Rating>),
    /// As disjoint groups, and a total that is computed from what is published of them.
    Split {
        managers: Vec<&'a Rating>,
        groups: BTreeMap<Group, Vec<&'a Rating>>,
    },
}

impl<'a> Panel<'a> {
    /// The panel of an engagement.
    pub(super) fn of(engagement: &'a Engagement) -> Self {
        let people = engagement.stakeholders.iter();
        let minimum = engagement.pulse.minimum.max(Pulse::FLOOR);
        Self {
            answers: Answers::on(&engagement.pulse.scale),
            people: people.map(|person| (&person.id, person)).collect(),
            minimum: i32::try_from(minimum).unwrap_or(i32::MAX),
        }
    }

    /// Decides how the answers about one goal in one round are published.
    pub(super) fn plan(&self, round: &'a Round, goal: &Goal) -> Plan<'a> {
        let raters = self.raters(round, goal);
        if !self.is_enough(&raters) {
            return Plan::TooFew;
        }
        let is_manager = |rating: &&Rating| self.role(rating) == Some(Role::Manager);
        let (managers, others): (Vec<_>, Vec<_>) =
            raters.iter().partition(|rating| is_manager(rating));
        if !self.is_enough(&others) {
            return Plan::Whole(raters);
        }
        Plan::Split {
            managers,
            groups: self.groups(&others),
        }
    }

    /// Everyone's answers about one goal in one round, but the coachee's.
    pub(super) fn raters(&self, round: &'a Round, goal: &Goal) -> Vec<&'a Rating> {
        about(round, goal)
            .filter(|rating| self.role(rating) != Some(Role::Coachee))
            .collect()
    }

    /// The coachee's own answer about one goal in one round.
    pub(super) fn own(&self, round: &Round, goal: &Goal) -> Option<i32> {
        let mut own = about(round, goal).filter(|rating| self.role(rating) == Some(Role::Coachee));
        own.next().map(|rating| rating.score)
    }

    /// Whether these raters are enough for a group of its own.
    pub(super) fn is_group(&self, raters: &[&Rating]) -> bool {
        number(raters) >= self.for_finer()
    }

    /// How many raters must be behind anything finer than one figure for all.
    pub(super) fn for_finer(&self) -> i32 {
        self.minimum.max(FINER)
    }

    /// Whether these raters are enough for one figure, and one that says anything.
    fn is_enough(&self, raters: &[&Rating]) -> bool {
        number(raters) >= self.minimum && self.answers.can_tell_of(number(raters))
    }

    /// The groups of these raters, merged until each can stand alone or only one is left.
    fn groups(&self, raters: &[&'a Rating]) -> BTreeMap<Group, Vec<&'a Rating>> {
        let mut groups: BTreeMap<Group, Vec<&Rating>> = BTreeMap::new();
        for rating in raters {
            groups.entry(self.group(rating)).or_default().push(rating);
        }
        while groups.len() > 1 {
            let Some(group) = self.next_to_merge(&groups) else {
                break;
            };
            let ratings = groups.remove(&group).unwrap_or_default();
            groups.entry(Group::Colleagues).or_default().extend(ratings);
        }
        groups
    }

    /// The group that must join the colleagues next: the smallest, as long as it or the colleagues cannot stand alone.
    fn next_to_merge(&self, groups: &BTreeMap<Group, Vec<&Rating>>) -> Option<Group> {
        let colleagues_wait = groups
            .get(&Group::Colleagues)
            .is_some_and(|group| !self.is_group(group));
        let others = groups
            .iter()
            .filter(|(name, _)| **name != Group::Colleagues);
        let (name, smallest) = others.min_by_key(|(_, group)| group.len())?;
        (colleagues_wait || !self.is_group(smallest)).then(|| name.clone())
    }

    /// The group of a rater who is not a manager.
    fn group(&self, rating: &Rating) -> Group {
        let person = self.people.get(&rating.rater);
        let group = person.and_then(|person| person.group.clone());
        group.map_or(Group::Colleagues, Group::Named)
    }

    /// The part that a rater plays.
    fn role(&self, rating: &Rating) -> Option<Role> {
        self.people.get(&rating.rater).map(|person| person.role)
    }
}

impl<'a> Plan<'a> {
    /// Everyone whose answers are published in some figure.
    pub(super) fn raters(&self) -> Vec<&'a Rating> {
        match self {
            Self::TooFew => Vec::new(),
            Self::Whole(everyone) => everyone.clone(),
            Self::Split { managers, groups } => {
                let groups = groups.values().flatten();
                managers.iter().chain(groups).copied().collect()
            }
        }
    }
}

/// The answers about one goal in one round.
fn about<'a>(round: &'a Round, goal: &Goal) -> impl Iterator<Item = &'a Rating> {
    round.ratings.iter().filter(|rating| rating.goal == goal.id)
}

/// How many raters these are.
fn number(raters: &[&Rating]) -> i32 {
    i32::try_from(raters.len()).unwrap_or(i32::MAX)
}
