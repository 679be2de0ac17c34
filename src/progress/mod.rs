//! Rounds to figures that give no one away: decided once per engagement, before anyone's portal is made.
//!
//! # What it promises
//!
//! Take every portal of every reader together, add what any one rater answered, and this source code. Then for each other rater,
//! each goal and each round there are still at least three scores that this rater may have given (two on a scale of four or
//! fewer, which on a scale of two is all), and both a yes and a no to whether a follow-up was seen. Nothing at all depends on the answers to a question that fewer
//! than the minimum gave.
//!
//! Two kinds of people are not promised this, because their answers are shown as theirs: the coachee, who shares the self rating, and a
//! manager, whose own dated word (`apart`) lets the answers stand alone from that day's rounds on. A manager without such a word is a
//! rater like any other. The promise speaks of what people answered, not of whether they did; of what is possible, not of what is
//! likely; and of one rater who reads along, not of several who compare notes. Two who do learn a third one's answer exactly in 14 % of
//! cases where three raters answer, in 1.2 % where four do, 0.2 % where five do and less than 0.05 % from six on: that is why
//! `check` recommends `minimum = 5` where the groups allow it.
//!
//! # Why it holds
//!
//! 1. *Who is counted with whom follows from who answered*, never from the answers (`plan.rs`): disjoint groups, each large
//!    enough, or all together, or nobody. The total counts nobody whom no group holds.
//! 2. *Of each group one thing is published: in which cell its answers lie.* The cells (`cell.rs`, `counts.rs`) are fixed by the size of the
//!    group and the scale. The reader of a label therefore learns that the answers lie in its cell, and nothing else, however much
//!    is known of how labels are made.
//! 3. *In every cell every rater keeps enough answers*, whichever answer of whichever other rater is known. For the sums there is
//!    a proof, beside `Answers::cell`; for the spread each cell is tested before it is used, also for the case that no spread
//!    is shown.
//! 4. *All else is computed from labels*: totals, changes, percentages, sentences, charts. What is computed from labels reveals no
//!    more than they do.
//! 5. *Groups, goals and rounds do not meet.* No label depends on the answers of two groups, goals or rounds, so what is known of
//!    all of them is a product: any answers possible in one go with any answers possible in another. That people leave, join or
//!    change groups between rounds narrows nothing, and what a rater knows of an own answer reveals only the cell it lies in.
//! 6. *What was published stays as it is or goes* ([`lock`]): it is not published again with other answers or in other groups,
//!    since two labels for overlapping people are not a product. That holds for a mistyped score as well: whoever asked for
//!    the correction knows both scores, and would learn from a label that stays, or goes, on which side of a limit the sum of the others
//!    lies. For one correction of a sum that leaves enough answers; for spreads, and for several corrections together, nobody has shown
//!    it. Every correction therefore withdraws the figure, whatever it changes, and the page gives neither reason nor day. Words of a
//!    question that are mended on a day that the page tells (`reworded.rs`) change no answer and no figure. An answer that stood alone
//!    ([`past`]) stays alone or goes: a mean that counted it afterwards would tell it by subtraction, since the means of the others are
//!    known.
//! 7. *Nobody is asked the same again before an answer can have changed* (`repeated.rs`): of two rounds of one week, or of a withdrawn round
//!    and one of the same month, a reader would know that all answers are the same but the one that was corrected. A withdrawal therefore
//!    costs the next four weeks of whoever answered; a round of other people is free, and so are late answers.
//!
//! # The rules in short
//!
//! - The coachee's own rating is in no mean; it stands alone, where it is shared.
//! - A figure needs `[pulse] minimum` raters and never fewer than three, as with the providers of multi-rater feedback
//!   (<https://resources.ccl.org/kb/skillscope-360-faq/>, <https://learn.microsoft.com/en-us/viva/360-config-cycle-settings>), and as
//!   many as it takes for the scale to have more than one label (`Answers::can_tell_of`).
//! - Whatever is finer than one figure for all needs five raters: a group, the spread, follow-up seen, themes. Providers ask more for
//!   a spread than for a mean, too (<https://help.eletive.com/minimum-distribution-size>).
//! - Groups that are too small merge as colleagues until each can stand alone or one is left. A total counts no other people than its
//!   groups do: with a manager's +2, peers' +1, +2, 0, +1 and two hidden reports, a mean of 0.43 of all seven would reveal that the
//!   reports' mean is -1.5.
//! - A manager's answer counts in its `group`, or else with the colleagues, like anyone's. With a word (`apart`) it stands alone under the
//!   manager's name, where the others are enough without, and is counted with them where they are not. Two managers are never a
//!   mean of their own.
//! - A round counts everyone as what they were on the day on which it closed, in part and group, whatever they are now or whether they have
//!   left: what was published of it stays, and a word given as a manager opens nothing that was said as a peer. That someone changes
//!   from one group to another between two rounds narrows nothing (rule 5).
//! - A round may name nobody: its answers have a group, or none, and are counted by the same rules. Nobody stands apart in it, there is no own
//!   rating in it, and anybody may have answered it, so that no other round asks the same within a week. Who answers such a form twice and
//!   is counted as two knows two answers of a figure: that nobody can is for the form to see to.
//! - Rounds that have not closed are not counted ([`Engagement::split_off`]). A change is called one from a band on (`change.rs`).
//! - What is safe is decided once per engagement. A reader sees a part of it, and axes come from the declared scale
//!   ([`crate::portal::chart`]).

pub mod answers;
mod cell;
pub mod change;
mod counts;
pub mod figures;
pub mod lock;
mod lock_answers;
pub mod lock_forgotten;
mod lock_groups;
pub mod lock_rekeyed;
pub mod lock_text;
pub mod past;
mod plan;
pub mod problem;
mod repeated;
mod reworded;

use std::collections::BTreeMap;

use crate::engagement::Engagement;
use crate::engagement::goal::Goal;
use crate::engagement::pulse::Round;
use crate::progress::cell::{Answers, Interval};
use crate::progress::counts::{Counts, Spreads};
use crate::progress::figures::{
    Figure, Figures, GoalFigures, Group, GroupFigure, RoundFigures, Share, Spread,
};
use crate::progress::past::Past;
use crate::progress::plan::{Panel, Plan};

/// Returns everything about the pulse that may be published, given who stood alone in what was.
pub fn figures(engagement: &Engagement, past: &Past) -> Figures {
    let mut rounds: Vec<&Round> = engagement.pulse.rounds.iter().collect();
    let panel = Panel::of(engagement, past);
    let mut spreads = Spreads::on(&engagement.pulse.scale);
    rounds.sort_by_key(|round| round.date);
    let mut goals = BTreeMap::new();
    for goal in &engagement.goals {
        let slots = rounds
            .iter()
            .map(|round| slot(&panel, &mut spreads, round, goal));
        let rounds: Vec<RoundFigures> = slots.skip_while(|slot| !slot.is_shown()).collect();
        if !rounds.is_empty() {
            goals.insert(goal.id.clone(), GoalFigures { rounds });
        }
    }
    Figures { goals }
}

/// What may be published about one goal in one round.
fn slot(panel: &Panel, spreads: &mut Spreads, round: &Round, goal: &Goal) -> RoundFigures {
    let plan = panel.plan(round, goal);
    RoundFigures {
        date: round.date,
        total: total(panel, &plan),
        groups: groups(panel, &plan),
        own: panel.own(round, goal),
        spread: spread(panel, spreads, &plan),
        followed_up: followed_up(panel, &plan),
        carries_themes: panel.is_group(&plan.raters()),
    }
}

/// The mean of everyone, computed from what is published of the groups, if any group is.
fn total(panel: &Panel, plan: &Plan) -> Figure {
    let known = match plan {
        Plan::TooFew => return Figure::TooFew,
        Plan::Shown { apart, groups, .. } => {
            let cell = |group: &Vec<_>| panel.answers.cell(Interval::of(group));
            let groups = groups.values().map(cell);
            groups.fold(Interval::of(apart), Interval::plus)
        }
    };
    Figure::Shown(known.mean())
}

/// The mean of each group that is published, and the answer of everyone who stands apart.
fn groups(panel: &Panel, plan: &Plan) -> Vec<GroupFigure> {
    let Plan::Shown { apart, groups, .. } = plan else {
        return Vec::new();
    };
    let figure = |group: &Group, known: Interval| GroupFigure {
        group: group.clone(),
        figure: Figure::Shown(known.mean()),
    };
    let alone = apart.iter().filter_map(|rating| {
        let group = Group::Apart(rating.rater.id()?.clone());
        Some(figure(&group, Interval::of(&[rating])))
    });
    let others = groups
        .iter()
        .map(|(name, group)| figure(name, panel.answers.cell(Interval::of(group))));
    alone.chain(others).collect()
}

/// How all ratings spread, where that of each group may be published.
fn spread(panel: &Panel, spreads: &mut Spreads, plan: &Plan) -> Option<Spread> {
    let mut publishable = |group: &Vec<_>| {
        let cell = panel.answers.cell(Interval::of(group));
        let counts = panel.is_group(group).then(|| spreads.of(cell, group));
        counts.flatten()
    };
    let counts = match plan {
        Plan::TooFew => None,
        Plan::Shown { apart, groups, .. } => {
            let apart = Some(Counts::of(apart));
            groups
                .values()
                .fold(apart, |all, group| Some(all?.plus(publishable(group)?)))
        }
    };
    counts.map(Counts::spread)
}

/// The share of raters who saw a follow-up. Whoever stands apart, or stood alone before, is counted as anyone else: that answer is shown of
/// nobody, and a share that counted one person less than the published one would tell it.
fn followed_up(panel: &Panel, plan: &Plan) -> Option<Share> {
    let raters = plan.raters();
    let answers = raters.iter().filter_map(|rating| rating.followed_up);
    let exact = Interval::of_scores(answers.map(i32::from));
    let is_enough = exact.raters() >= panel.for_finer();
    is_enough.then(|| Answers::no_or_yes().cell(exact).share())
}
