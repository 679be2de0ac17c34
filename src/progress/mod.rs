//! Rounds to figures that give no one away: decided once per engagement, before anyone's portal is made.
//!
//! The rule it guards: nothing of fewer raters than the minimum leaves this stage. A reader gets a subset of what it returns.

mod cell;
pub mod figures;
mod plan;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::engagement::Engagement;
use crate::engagement::id::GoalId;
use crate::engagement::pulse::Rating;
use crate::engagement::pulse::Round;
use crate::progress::cell::Answers;
use crate::progress::cell::Interval;
use crate::progress::figures::Figure;
use crate::progress::figures::Figures;
use crate::progress::figures::GoalFigures;
use crate::progress::figures::Group;
use crate::progress::figures::GroupFigure;
use crate::progress::figures::RoundFigures;
use crate::progress::plan::Panel;
use crate::progress::plan::Plan;

/// Returns everything about the pulse that may be published.
pub fn figures(engagement: &Engagement) -> Figures {
    let panel = Panel::of(engagement);
    let mut rounds: Vec<&Round> = engagement.pulse.rounds.iter().collect();
    rounds.sort_by_key(|round| round.date);
    let answered: Vec<_> = rounds.iter().map(|round| by_goal(round)).collect();
    let mut goals = BTreeMap::new();
    for goal in &engagement.goals {
        let slots = rounds.iter().zip(&answered);
        let slots = slots.map(|(round, ratings)| {
            let ratings = ratings.get(&goal.id).map_or(&[][..], Vec::as_slice);
            slot(&panel, round.date, ratings)
        });
        let rounds: Vec<RoundFigures> = slots.skip_while(|slot| !slot.is_shown()).collect();
        if !rounds.is_empty() {
            goals.insert(goal.id.clone(), GoalFigures { rounds });
        }
    }
    Figures { goals }
}

/// The ratings of a round, goal by goal.
fn by_goal(round: &Round) -> BTreeMap<&GoalId, Vec<&Rating>> {
    let mut goals: BTreeMap<&GoalId, Vec<&Rating>> = BTreeMap::new();
    for rating in &round.ratings {
        goals.entry(&rating.goal).or_default().push(rating);
    }
    goals
}

/// What may be published of the answers to one question in one round.
fn slot(panel: &Panel, date: Date, ratings: &[&Rating]) -> RoundFigures {
    let plan = panel.plan(ratings);
    let groups = group_figures(panel.answers, &plan);
    RoundFigures {
        date,
        total: total(panel.answers, &plan),
        groups,
        own: panel.own(ratings),
        spread: None,
        followed_up: None,
        carries_themes: plan.raters().count() >= panel.of_a_group(),
    }
}

/// The mean of everyone, computed from what is published of the groups, if any group is.
fn total(answers: Answers, plan: &Plan) -> Figure {
    let known = match plan {
        Plan::TooFew => return Figure::TooFew,
        Plan::Whole(everyone) => published(answers, everyone),
        Plan::Split { managers, groups } => {
            let groups = groups.values().map(|group| published(answers, group));
            groups.fold(Interval::exactly(managers), |all, group| all.plus(group))
        }
    };
    Figure::Shown(known.mean())
}

/// The mean of each group that is published.
fn group_figures(answers: Answers, plan: &Plan) -> Vec<GroupFigure> {
    let Plan::Split { managers, groups } = plan else {
        return Vec::new();
    };
    let manager = (!managers.is_empty()).then(|| (Group::Manager, Interval::exactly(managers)));
    let others = groups
        .iter()
        .map(|(group, ratings)| (group.clone(), published(answers, ratings)));
    let figure = |(group, known): (Group, Interval)| GroupFigure {
        group,
        figure: Figure::Shown(known.mean()),
    };
    manager.into_iter().chain(others).map(figure).collect()
}

/// What is published of the sum of some people's scores: its cell.
fn published(answers: Answers, ratings: &[&Rating]) -> Interval {
    answers.cell(&Interval::exactly(ratings))
}
