//! Who is counted with whom: managers who stand apart by their own word, the groups of everyone else, or nobody.
//!
//! The rule it guards: it looks at who answered, never at what they answered. A round that was published keeps its groups.

use std::collections::BTreeMap;

use crate::engagement::Engagement;
use crate::engagement::goal::Goal;
use crate::engagement::id::StakeholderId;
use crate::engagement::pulse::{Rater, Rating, Round};
use crate::engagement::stakeholder::{Capacity, Role, Stakeholder};
use crate::progress::cell::Answers;
use crate::progress::figures::Group;
use crate::progress::past::{Past, Standing};

/// Everyone who may rate, and the rules of the pulse.
pub(super) struct Panel<'a> {
    /// The answers that the scale allows.
    pub(super) answers: Answers,
    people: BTreeMap<&'a StakeholderId, &'a Stakeholder>,
    minimum: i32,
    for_finer: i32,
    past: &'a Past,
}

/// How the answers to one question in one round are published.
#[derive(Debug)]
pub(super) enum Plan<'a> {
    /// Not at all.
    TooFew,
    /// As disjoint groups, and a total that is computed from what is published of them.
    Shown {
        /// Each alone, by the rater's own word.
        apart: Vec<&'a Rating>,
        /// In no figure of answers, since they stood alone when the round was published and have no word for it now.
        left_out: Vec<&'a Rating>,
        groups: BTreeMap<Group, Vec<&'a Rating>>,
    },
}

impl<'a> Panel<'a> {
    /// The panel of an engagement.
    pub(super) fn of(engagement: &'a Engagement, past: &'a Past) -> Self {
        let people = engagement.stakeholders.iter();
        let number = |raters: u32| i32::try_from(raters).unwrap_or(i32::MAX);
        Self {
            answers: Answers::on(&engagement.pulse.scale),
            people: people.map(|person| (&person.id, person)).collect(),
            minimum: number(engagement.pulse.fewest()),
            for_finer: number(engagement.pulse.fewest_for_finer()),
            past,
        }
    }

    /// Decides how the answers about one goal in one round are published.
    pub(super) fn plan(&self, round: &'a Round, goal: &Goal) -> Plan<'a> {
        let raters = self.raters(round, goal);
        match self.past.standing(round.date, &goal.id) {
            None => self.plan_anew(round, &raters),
            Some(standing) => self.plan_again(round, &raters, standing),
        }
    }

    /// The plan of a round that was not published: who has a word for it stands apart, unless the others are too few without.
    fn plan_anew(&self, round: &Round, raters: &[&'a Rating]) -> Plan<'a> {
        let (apart, others): (Vec<_>, Vec<_>) = raters
            .iter()
            .partition(|rating| self.has_word(rating, round));
        if self.is_enough(&others) {
            return Plan::Shown {
                apart,
                left_out: Vec::new(),
                groups: self.groups(round, &others),
            };
        }
        self.together(raters, self.groups(round, raters))
    }

    /// The plan of a round that was published, with the same people in the same groups.
    fn plan_again(&self, round: &Round, raters: &[&'a Rating], standing: &Standing) -> Plan<'a> {
        let (alone, others): (Vec<&Rating>, Vec<&Rating>) = raters
            .iter()
            .partition(|rating| rating.rater.id().is_some_and(|id| standing.names(id)));
        if alone.is_empty() {
            let groups = match standing {
                Standing::AsOne => BTreeMap::from([(Group::Colleagues, others)]),
                Standing::Each(_) | Standing::AsPair(_) => self.groups(round, &others),
            };
            return self.together(raters, groups);
        }
        if !self.is_enough(&others) {
            return Plan::TooFew;
        }
        let have_all_a_word = alone.iter().all(|rating| self.has_word(rating, round));
        let stands = |rating: &&Rating| match standing {
            Standing::AsOne | Standing::AsPair(_) => have_all_a_word,
            Standing::Each(_) => self.has_word(rating, round),
        };
        let (apart, left_out) = alone.into_iter().partition(stands);
        Plan::Shown {
            apart,
            left_out,
            groups: self.groups(round, &others),
        }
    }

    /// The plan in which nobody stands alone.
    fn together(
        &self,
        raters: &[&'a Rating],
        groups: BTreeMap<Group, Vec<&'a Rating>>,
    ) -> Plan<'a> {
        if !self.is_enough(raters) {
            return Plan::TooFew;
        }
        Plan::Shown {
            apart: Vec::new(),
            left_out: Vec::new(),
            groups,
        }
    }

    /// Whether the rater's own word lets the answers of this round stand alone. It is a manager's: what the same person answered as
    /// something else counts with the answers of others.
    fn has_word(&self, rating: &Rating, round: &Round) -> bool {
        let person = self.person(rating);
        let is_manager = self.role(rating, round) == Some(Role::Manager);
        let word = person.filter(|_| is_manager);
        let word = word.and_then(|person| person.apart);
        word.is_some_and(|word| word <= round.date)
    }

    /// Everyone's answers about one goal in one round, but the coachee's.
    pub(super) fn raters(&self, round: &'a Round, goal: &Goal) -> Vec<&'a Rating> {
        about(round, goal)
            .filter(|rating| self.role(rating, round) != Some(Role::Coachee))
            .collect()
    }

    /// The coachee's own answer about one goal in one round.
    pub(super) fn own(&self, round: &Round, goal: &Goal) -> Option<i32> {
        let mut own =
            about(round, goal).filter(|rating| self.role(rating, round) == Some(Role::Coachee));
        own.next().map(|rating| rating.score)
    }

    /// Whether these raters are enough for a group of its own.
    pub(super) fn is_group(&self, raters: &[&Rating]) -> bool {
        number(raters) >= self.for_finer()
    }

    /// How many raters must be behind anything finer than one figure for all.
    pub(super) fn for_finer(&self) -> i32 {
        self.for_finer
    }

    /// Whether these raters are enough for one figure, and one that says anything.
    fn is_enough(&self, raters: &[&Rating]) -> bool {
        number(raters) >= self.minimum && self.answers.can_tell_of(number(raters))
    }

    /// The groups of these raters, merged until each can stand alone or only one is left.
    fn groups(&self, round: &Round, raters: &[&'a Rating]) -> BTreeMap<Group, Vec<&'a Rating>> {
        let mut groups: BTreeMap<Group, Vec<&Rating>> = BTreeMap::new();
        for rating in raters {
            let group = self.group(rating, round);
            groups.entry(group).or_default().push(rating);
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

    /// The group of a rater who does not stand alone.
    fn group(&self, rating: &Rating, round: &Round) -> Group {
        let group = match &rating.rater {
            Rater::Anonymous(group) => group.clone(),
            Rater::Named(_) => {
                let capacity = self.capacity(rating, round);
                capacity.and_then(|capacity| capacity.group.clone())
            }
        };
        group.map_or(Group::Colleagues, Group::Named)
    }

    /// The part that a rater played.
    fn role(&self, rating: &Rating, round: &Round) -> Option<Role> {
        self.capacity(rating, round).map(|capacity| capacity.role)
    }

    /// Who gave an answer, where that is known.
    fn person(&self, rating: &Rating) -> Option<&'a Stakeholder> {
        self.people.get(rating.rater.id()?).copied()
    }

    /// What a rater was when the round closed, whatever the person is now.
    fn capacity(&self, rating: &Rating, round: &Round) -> Option<&Capacity> {
        let person = self.person(rating);
        person.map(|person| person.time.capacity_on(round.date.into()))
    }
}

impl<'a> Plan<'a> {
    /// Everyone who is behind the round, where it is shown at all: also those whose own answers are left out.
    pub(super) fn raters(&self) -> Vec<&'a Rating> {
        match self {
            Self::TooFew => Vec::new(),
            Self::Shown {
                apart,
                left_out,
                groups,
            } => {
                let alone = apart.iter().chain(left_out);
                alone.chain(groups.values().flatten()).copied().collect()
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
