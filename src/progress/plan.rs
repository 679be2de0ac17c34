//! Who is counted with whom: the managers, the groups, everyone together, or nobody.
//!
//! The rule it guards: it looks at who answered, never at what they answered.

use std::collections::BTreeMap;

use crate::engagement::Engagement;
use crate::engagement::id::GroupId;
use crate::engagement::id::StakeholderId;
use crate::engagement::pulse::Pulse;
use crate::engagement::pulse::Rating;
use crate::engagement::stakeholder::Role;
use crate::progress::cell::Answers;
use crate::progress::figures::Group;

/// Anything finer than one figure for all needs at least so many raters behind it: a group of its own, how ratings spread, who saw
/// a follow-up, themes. With fewer, the clips would take most of a group's scale, and those of the total with it.
const FINER: usize = 5;

/// Everyone who may rate, and the rules of the pulse.
pub(super) struct Panel<'a> {
    /// The answers that the scale allows.
    pub(super) answers: Answers,
    people: BTreeMap<&'a StakeholderId, (Role, Option<&'a GroupId>)>,
    minimum: usize,
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
        let person = |person: &'a crate::engagement::stakeholder::Stakeholder| {
            (&person.id, (person.role, person.group.as_ref()))
        };
        let minimum = engagement.pulse.minimum.max(Pulse::FLOOR);
        Self {
            answers: Answers::of(&engagement.pulse.scale),
            people: engagement.stakeholders.iter().map(person).collect(),
            minimum: usize::try_from(minimum).unwrap_or(usize::MAX),
        }
    }

    /// How many raters a group needs to stand alone.
    pub(super) fn of_a_group(&self) -> usize {
        self.minimum.max(FINER)
    }

    /// The coachee's own answer.
    pub(super) fn own(&self, ratings: &[&Rating]) -> Option<i32> {
        let own = |rating: &&&Rating| self.role(rating) == Some(Role::Coachee);
        ratings.iter().find(own).map(|rating| rating.score)
    }

    /// Decides how the answers to one question in one round are published.
    pub(super) fn plan(&self, ratings: &[&'a Rating]) -> Plan<'a> {
        let raters: Vec<_> = ratings
            .iter()
            .copied()
            .filter(|rating| self.role(rating) != Some(Role::Coachee))
            .collect();
        if !self.is_enough(raters.len()) {
            return Plan::TooFew;
        }
        let is_manager = |rating: &&Rating| self.role(rating) == Some(Role::Manager);
        let (managers, others): (Vec<_>, Vec<_>) =
            raters.iter().partition(|rating| is_manager(rating));
        if !self.is_enough(others.len()) {
            return Plan::Whole(raters);
        }
        Plan::Split {
            managers,
            groups: self.groups(&others),
        }
    }

    /// Whether so many raters may stand behind a figure that says anything.
    fn is_enough(&self, raters: usize) -> bool {
        raters >= self.minimum && self.answers.can_tell_of(raters)
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

    /// The group that must join the colleagues next: the smallest, as long as it or the colleagues are too few.
    fn next_to_merge(&self, groups: &BTreeMap<Group, Vec<&Rating>>) -> Option<Group> {
        let is_small = |ratings: &Vec<&Rating>| ratings.len() < self.of_a_group();
        let colleagues_wait = groups.get(&Group::Colleagues).is_some_and(is_small);
        let others = groups
            .iter()
            .filter(|(group, _)| **group != Group::Colleagues);
        let (group, ratings) = others.min_by_key(|(_, ratings)| ratings.len())?;
        (colleagues_wait || is_small(ratings)).then(|| group.clone())
    }

    /// The group of a rater who is not a manager.
    fn group(&self, rating: &Rating) -> Group {
        match self.people.get(&rating.rater) {
            Some((_, Some(group))) => Group::Named((*group).clone()),
            Some((_, None)) | None => Group::Colleagues,
        }
    }

    fn role(&self, rating: &Rating) -> Option<Role> {
        self.people.get(&rating.rater).map(|(role, _)| *role)
    }
}

impl<'a> Plan<'a> {
    /// Everyone whose answers are published in some figure.
    pub(super) fn raters(&self) -> impl Iterator<Item = &'a Rating> {
        let (alone, groups) = match self {
            Self::TooFew => (&[][..], None),
            Self::Whole(everyone) => (everyone.as_slice(), None),
            Self::Split { managers, groups } => (managers.as_slice(), Some(groups)),
        };
        let groups = groups.into_iter().flatten().flat_map(|(_, group)| group);
        alone.iter().chain(groups).copied()
    }
}
