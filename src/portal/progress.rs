//! The figures of one goal as the reader sees them: a table, a sentence's values, and charts as numbers.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::engagement::goal::Goal;
use crate::engagement::id::StakeholderId;
use crate::engagement::pulse::Scale;
use crate::portal::chart::{Chart, LineChart, Point, Reference, Series, SeriesName, SpreadChart};
use crate::portal::perspective::Perspective;
use crate::portal::states::{ScaleKind, TargetState};
use crate::portal::view::figures::{
    ChangeView, FigureView, GroupView, ProgressView, RoundView, ScaleView, SpreadView, TargetView,
};
use crate::portal::{follow_up, quiet};
use crate::progress::change::Change;
use crate::progress::figures::{Bound, Figure, GoalFigures, Group, Mean, RoundFigures};

/// What the reader sees of a goal's figures, besides the total.
struct Shown<'a> {
    figures: &'a GoalFigures,
    scale: &'a Scale,
    groups: Vec<(Group, Arc<GroupView>)>,
    has_own: bool,
    has_followed_up: bool,
}

impl Shown<'_> {
    /// Whose figures the columns of groups hold.
    fn names(&self) -> impl Iterator<Item = Arc<GroupView>> {
        self.groups.iter().map(|(_, name)| Arc::clone(name))
    }
}

/// The figures of a goal whose progress the reader sees; nothing where there are none.
pub(super) fn view(perspective: &Perspective<'_>, goal: &Goal) -> Option<Arc<ProgressView>> {
    let figures = perspective.figures.of_goal(&goal.id)?;
    let scale = &perspective.engagement.pulse.scale;
    let latest = figures
        .rounds
        .iter()
        .rev()
        .find_map(|round| shown(round.total).map(|mean| (round, mean)));
    let (latest_round, latest_mean) = latest?;
    let groups = if goal.groups.admits(perspective.reader) {
        groups_of(perspective, figures)
    } else {
        Vec::new()
    };
    let has_own = goal.own.admits(perspective.reader)
        && figures.rounds.iter().any(|round| round.own.is_some());
    let has_followed_up = goal.follow_up.admits(perspective.reader) && follow_up::is_known(figures);
    let seen = Shown {
        figures,
        scale,
        groups,
        has_own,
        has_followed_up,
    };
    let target = perspective.engagement.pulse.target;
    let line = line_chart(&seen, target);
    let trend = LineChart {
        series: line.series.iter().take(1).cloned().collect(),
        ..line.clone()
    };
    Some(Arc::new(ProgressView {
        scale: scale_view(scale),
        target: target.map(|target| target_view(target, latest_mean, scale)),
        latest: figure_view(Figure::Shown(latest_mean), scale),
        latest_date: latest_round.date,
        quiet: quiet::view(perspective, &figures.rounds),
        period: perspective.engagement.pulse.asking.period.clone(),
        corrected: goal.corrected.filter(|day| {
            let mut rounds = figures.rounds.iter();
            rounds.any(|round| round.date < *day && shown(round.total).is_some())
        }),
        change: figures
            .change(scale)
            .map(|change| change_view(&change, scale)),
        rounds: round_views(&seen),
        groups: seen.names().collect(),
        has_own: seen.has_own,
        has_spread: figures.rounds.iter().any(|round| round.spread.is_some()),
        has_followed_up: seen.has_followed_up,
        steady: has_followed_up
            .then_some(figures)
            .and_then(follow_up::steady),
        chart: Arc::new(Chart::Line(line)),
        trend: Arc::new(Chart::Trend(trend)),
        spread_chart: spread_chart(latest_round, latest_mean.raters),
    }))
}

/// The groups that show a figure in some round: first those who stand apart, by name, since nobody may see their ids.
fn groups_of(perspective: &Perspective<'_>, figures: &GoalFigures) -> Vec<(Group, Arc<GroupView>)> {
    let groups = figures.rounds.iter().flat_map(|round| &round.groups);
    let shown = groups
        .filter(|group| shown(group.figure).is_some())
        .map(|group| group.group.clone());
    let groups = shown.collect::<BTreeSet<_>>().into_iter();
    let mut groups: Vec<_> = groups
        .map(|group| {
            let view = group_view(perspective, &group);
            (group, view)
        })
        .collect();
    groups.sort_by_key(|(_, view)| (view.person.is_none(), view.person.clone()));
    groups
}

/// Those whose own answers the reader finds in some round of some goal.
pub(super) fn apart<'a>(perspective: &Perspective<'a>) -> Vec<&'a StakeholderId> {
    let goals = perspective
        .goals
        .iter()
        .filter(|seen| seen.has_progress && seen.goal.groups.admits(perspective.reader));
    let figures = goals.filter_map(|seen| perspective.figures.of_goal(&seen.goal.id));
    let groups = figures.flat_map(|figures| figures.rounds.iter().flat_map(|round| &round.groups));
    let people: BTreeSet<_> = groups
        .filter_map(|group| match &group.group {
            Group::Apart(id) => Some(id),
            Group::Named(_) | Group::Colleagues => None,
        })
        .collect();
    people.into_iter().collect()
}

fn group_view(perspective: &Perspective<'_>, group: &Group) -> Arc<GroupView> {
    let (person, word) = match group {
        Group::Apart(id) => (Some(perspective.name_of(id)), None),
        Group::Named(id) => (None, Some(id.to_string())),
        Group::Colleagues => (None, Some("colleagues".to_owned())),
    };
    Arc::new(GroupView { person, word })
}

fn spread_chart(round: &RoundFigures, raters: u32) -> Option<Arc<Chart>> {
    let spread = round.spread?;
    Some(Arc::new(Chart::Spread(SpreadChart {
        improved: spread.improved,
        same: spread.same,
        worse: spread.worse,
        raters,
    })))
}

fn series_name(group: &GroupView) -> SeriesName {
    match (&group.person, &group.word) {
        (Some(name), _) => SeriesName::Person(name.clone()),
        (None, word) => SeriesName::Group(word.clone().unwrap_or_default()),
    }
}

fn shown(figure: Figure) -> Option<Mean> {
    match figure {
        Figure::Shown(mean) => Some(mean),
        Figure::TooFew => None,
    }
}

fn scale_view(scale: &Scale) -> Arc<ScaleView> {
    let (kind, low, high) = match scale {
        Scale::Change => (ScaleKind::Change, None, None),
        Scale::Level { low, high, .. } => (ScaleKind::Level, low.clone(), high.clone()),
    };
    Arc::new(ScaleView {
        kind,
        from: scale.from(),
        to: scale.to(),
        low,
        high,
    })
}

fn upper(bound: Bound) -> Option<f64> {
    match bound {
        Bound::UpTo(upper) => Some(upper),
        Bound::About | Bound::OrLess | Bound::OrMore => None,
    }
}

fn figure_view(figure: Figure, scale: &Scale) -> Arc<FigureView> {
    let mean = shown(figure);
    Arc::new(FigureView {
        is_shown: mean.is_some(),
        value: mean.map_or(0.0, |mean| mean.value),
        decimals: mean.map_or(0, |mean| mean.decimals),
        bound: mean.map_or(Bound::About, |mean| mean.bound),
        upper: mean.and_then(|mean| upper(mean.bound)),
        is_signed: *scale == Scale::Change,
        raters: mean.map(|mean| mean.raters),
    })
}

fn target_view(target: f64, latest: Mean, scale: &Scale) -> Arc<TargetView> {
    let figure = FigureView {
        is_shown: true,
        value: target,
        decimals: u8::from(target.fract().abs() > f64::EPSILON),
        bound: Bound::About,
        upper: None,
        is_signed: *scale == Scale::Change,
        raters: None,
    };
    Arc::new(TargetView {
        figure: Arc::new(figure),
        state: target_state(target, latest, scale),
    })
}

/// Whether the mean reaches the target: never more than is certain.
fn target_state(target: f64, mean: Mean, scale: &Scale) -> TargetState {
    let (low, high) = match mean.bound {
        Bound::About => (mean.value, mean.value),
        Bound::OrLess => (f64::from(scale.from()), mean.value),
        Bound::OrMore => (mean.value, f64::from(scale.to())),
        Bound::UpTo(upper) => (mean.value, upper),
    };
    if low >= target {
        TargetState::Reached
    } else if high < target {
        TargetState::Short
    } else {
        TargetState::Open
    }
}

fn change_view(change: &Change, scale: &Scale) -> Arc<ChangeView> {
    let by = FigureView {
        is_shown: true,
        value: change.points,
        decimals: 1,
        bound: change.bound,
        upper: upper(change.bound),
        is_signed: *scale == Scale::Change,
        raters: None,
    };
    Arc::new(ChangeView {
        direction: change.direction,
        by: Arc::new(by),
        since: change.since,
        rounds: u32::try_from(change.rounds).unwrap_or(u32::MAX),
        band: change.band,
    })
}

fn round_views(seen: &Shown<'_>) -> Vec<Arc<RoundView>> {
    let rounds = seen.figures.rounds.iter();
    rounds.map(|round| round_view(round, seen)).collect()
}

fn round_view(round: &RoundFigures, seen: &Shown<'_>) -> Arc<RoundView> {
    let group = |group: &Group| {
        let found = round.groups.iter().find(|figure| figure.group == *group);
        found.map(|found| figure_view(found.figure, seen.scale))
    };
    let spread = round.spread.map(|spread| {
        Arc::new(SpreadView {
            improved: spread.improved,
            same: spread.same,
            worse: spread.worse,
        })
    });
    Arc::new(RoundView {
        date: round.date,
        total: figure_view(round.total, seen.scale),
        groups: seen.groups.iter().map(|(of, _)| group(of)).collect(),
        own: round.own.filter(|_| seen.has_own),
        spread,
        followed_up: round
            .followed_up
            .filter(|_| seen.has_followed_up)
            .map(follow_up::share_view),
    })
}

/// The line over the rounds on the whole declared scale.
fn line_chart(seen: &Shown<'_>, target: Option<f64>) -> LineChart {
    let rounds = &seen.figures.rounds;
    // A mean that is known between two ends is drawn halfway.
    let point = |mean: Mean| Point {
        value: upper(mean.bound).map_or(mean.value, |upper| f64::midpoint(mean.value, upper)),
        decimals: mean.decimals,
        bound: mean.bound,
    };
    let total = rounds
        .iter()
        .map(|round| shown(round.total).map(point))
        .collect();
    let mut series = vec![Series {
        name: SeriesName::Total,
        points: total,
    }];
    if seen.has_own {
        let own = |score: i32| Point {
            value: f64::from(score),
            decimals: 0,
            bound: Bound::About,
        };
        series.push(Series {
            name: SeriesName::Own,
            points: rounds.iter().map(|round| round.own.map(own)).collect(),
        });
    }
    for (group, name) in &seen.groups {
        let of_round = |round: &RoundFigures| {
            let figure = round.groups.iter().find(|figure| figure.group == *group)?;
            shown(figure.figure).map(point)
        };
        series.push(Series {
            name: series_name(name),
            points: rounds.iter().map(of_round).collect(),
        });
    }
    let mut means = rounds.iter().filter_map(|round| shown(round.total));
    let reference = match (seen.scale, means.next(), means.next()) {
        (Scale::Change, ..) => Some(Reference::Zero),
        (Scale::Level { .. }, Some(first), Some(_)) => Some(Reference::Baseline(first.value)),
        // One figure is no baseline of itself.
        (Scale::Level { .. }, ..) => None,
    };
    LineChart {
        from: seen.scale.from(),
        to: seen.scale.to(),
        reference,
        target,
        rounds: rounds.iter().map(|round| round.date).collect(),
        series,
        is_signed: *seen.scale == Scale::Change,
    }
}

#[cfg(test)]
mod tests {
    use super::target_state;
    use crate::engagement::pulse::Scale;
    use crate::portal::states::TargetState;
    use crate::progress::figures::{Bound, Mean};

    /// The true means, in tenths, that a published one leaves open.
    fn possible(value: i32, bound: Bound, upper: i32) -> std::ops::RangeInclusive<i32> {
        match bound {
            Bound::About => value..=value,
            Bound::OrLess => -30..=value,
            Bound::OrMore => value..=30,
            Bound::UpTo(_) => value..=upper,
        }
    }

    #[test]
    fn the_target_is_called_reached_or_missed_only_where_every_possible_mean_is() {
        for value in -30..=30 {
            for upper in value..=30 {
                let points = |tenths: i32| f64::from(tenths) / 10.0;
                let bounds = [
                    Bound::About,
                    Bound::OrLess,
                    Bound::OrMore,
                    Bound::UpTo(points(upper)),
                ];
                for (bound, target) in bounds.into_iter().zip([-5, 0, 10, 15]) {
                    let mean = Mean {
                        value: points(value),
                        decimals: 1,
                        bound,
                        raters: 5,
                    };
                    let mut means = possible(value, bound, upper);
                    let expected = if means.clone().all(|mean| mean >= target) {
                        TargetState::Reached
                    } else if means.all(|mean| mean < target) {
                        TargetState::Short
                    } else {
                        TargetState::Open
                    };
                    let said = target_state(points(target), mean, &Scale::Change);
                    assert_eq!(said, expected, "{value} {bound:?} {target}");
                }
            }
        }
    }
}
