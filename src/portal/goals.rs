//! Goals, what is done about them, and what is asked of the reader.

use std::sync::Arc;

use crate::engagement::goal::Action;
use crate::engagement::goal::Goal;
use crate::engagement::stakeholder::Role;
use crate::engagement::stakeholder::Stakeholder;
use crate::portal::chart::Chart;
use crate::portal::chart::TallyChart;
use crate::portal::markdown;
use crate::portal::meetings::Meetings;
use crate::portal::perspective::Perspective;
use crate::portal::perspective::SeenGoal;
use crate::portal::progress;
use crate::portal::state::ActionState;
use crate::portal::view::ActionView;
use crate::portal::view::AskView;
use crate::portal::view::GoalName;
use crate::portal::view::GoalView;
use crate::portal::view::SupportView;
use crate::portal::view::TallyView;
use crate::portal::view::ThemeView;

/// The goals of which the reader sees a part.
pub(super) fn views(perspective: &Perspective<'_>) -> Vec<Arc<GoalView>> {
    perspective
        .goals
        .iter()
        .map(|seen| Arc::new(view(perspective, seen)))
        .collect()
}

fn view(perspective: &Perspective<'_>, seen: &SeenGoal<'_>) -> GoalView {
    let goal = seen.goal;
    let wording = seen.wording;
    let actions = goal
        .actions
        .reveal_to(perspective.reader)
        .filter(|actions| !actions.is_empty());
    let actions = actions.map(|actions| {
        actions
            .iter()
            .map(|action| action_view(perspective, action))
            .collect()
    });
    GoalView {
        name: Arc::clone(&seen.name),
        has_wording: wording.is_some(),
        statement: wording.and_then(|wording| wording.statement.clone()),
        behaviour: wording.and_then(|wording| wording.behaviour.clone()),
        good: wording
            .map(|wording| wording.good.clone())
            .unwrap_or_default(),
        prose: wording.and_then(|wording| markdown::html(&wording.prose, perspective)),
        actions,
        support: support(perspective, seen),
        supporters: supporters(perspective, seen),
        progress: if seen.has_progress {
            progress::view(perspective, goal)
        } else {
            None
        },
        themes: themes(perspective, seen),
    }
}

/// An action or next step as the reader sees it.
pub(super) fn action_view(perspective: &Perspective<'_>, action: &Action) -> Arc<ActionView> {
    Arc::new(ActionView {
        text: action.text.clone(),
        owner: action
            .owner
            .as_ref()
            .map(|owner| perspective.name_of(owner)),
        due: action.due,
        done: action.done,
        state: ActionState::of(action, perspective.today),
    })
}

/// What others are asked to do for the goal, if the reader sees that.
pub(super) fn support(
    perspective: &Perspective<'_>,
    seen: &SeenGoal<'_>,
) -> Option<Vec<Arc<SupportView>>> {
    let support = seen
        .goal
        .support
        .reveal_to(perspective.reader)
        .filter(|_| seen.carries())?;
    let views = support.iter().map(|support| {
        let from = perspective.name_of(&support.from);
        Arc::new(SupportView {
            from,
            text: support.text.clone(),
            is_me: perspective.is_me(&support.from),
        })
    });
    Some(views.collect()).filter(|views: &Vec<_>| !views.is_empty())
}

/// Who rates the goal. Who the supporters are is a fact, so it is told to whoever sees the facts.
fn supporters(perspective: &Perspective<'_>, seen: &SeenGoal<'_>) -> Vec<String> {
    let sees_people = perspective
        .engagement
        .facts
        .audience()
        .admits(perspective.reader);
    if seen.wording.is_none() || !sees_people {
        return Vec::new();
    }
    let listed = |person: &&Stakeholder| match &seen.goal.supporters {
        Some(listed) => listed.contains(&person.id),
        None => person.role == Role::Supporter,
    };
    let people = perspective.engagement.stakeholders.iter().filter(listed);
    people.map(|person| person.name.clone()).collect()
}

/// What the coach says about rounds, where enough raters stand behind the round.
pub(super) fn themes(perspective: &Perspective<'_>, seen: &SeenGoal<'_>) -> Vec<Arc<ThemeView>> {
    if !seen.carries() {
        return Vec::new();
    }
    let figures = perspective.figures.of_goal(&seen.goal.id);
    let is_carried = |day| {
        figures.is_some_and(|figures| {
            figures
                .rounds
                .iter()
                .any(|round| round.date == day && round.carries_themes)
        })
    };
    let mut themes = Vec::new();
    for theme in seen
        .goal
        .themes
        .iter()
        .filter_map(|theme| theme.reveal_to(perspective.reader))
    {
        if is_carried(theme.round) {
            themes.push(Arc::new(ThemeView {
                round: theme.round,
                text: theme.text.clone(),
            }));
        }
    }
    themes.reverse();
    themes
}

/// The actions that the reader sees, counted.
pub(super) fn tally(goals: &[Arc<GoalView>]) -> Option<Arc<TallyView>> {
    let actions: Vec<&Arc<ActionView>> = goals
        .iter()
        .filter_map(|goal| goal.actions.as_ref())
        .flatten()
        .collect();
    let count = |state: ActionState| {
        u32::try_from(
            actions
                .iter()
                .filter(|action| action.state == state)
                .count(),
        )
        .unwrap_or(u32::MAX)
    };
    let (done, overdue, open) = (
        count(ActionState::Done),
        count(ActionState::Overdue),
        count(ActionState::Open),
    );
    let all = done + overdue + open;
    let chart = Arc::new(Chart::Tally(TallyChart { all, done }));
    (all > 0).then(|| {
        Arc::new(TallyView {
            all,
            done,
            overdue,
            chart,
        })
    })
}

/// What the reader is asked to do, the earliest first: support, actions that are not done, and next steps of meetings.
pub(super) fn asked(perspective: &Perspective<'_>, meetings: &Meetings) -> Vec<Arc<AskView>> {
    let mut asked = Vec::new();
    for seen in &perspective.goals {
        asked.extend(asked_for_goal(perspective, seen));
    }
    asked.extend(meetings.asked.iter().cloned());
    asked.sort_by_key(|ask| (ask.due.is_none(), ask.due));
    asked
}

fn asked_for_goal(perspective: &Perspective<'_>, seen: &SeenGoal<'_>) -> Vec<Arc<AskView>> {
    let goal: &Goal = seen.goal;
    let mut asked = Vec::new();
    let actions = goal
        .actions
        .reveal_to(perspective.reader)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mine = actions.iter().filter(|action| {
        action
            .owner
            .as_ref()
            .is_some_and(|owner| perspective.is_me(owner))
    });
    for action in mine.filter(|action| action.done.is_none()) {
        asked.push(ask(
            perspective,
            "action",
            action,
            Some(&seen.name),
            None,
            &seen.name.anchor,
        ));
    }
    let support = goal
        .support
        .reveal_to(perspective.reader)
        .filter(|_| seen.carries());
    for support in support
        .into_iter()
        .flatten()
        .filter(|support| perspective.is_me(&support.from))
    {
        asked.push(Arc::new(AskView {
            kind: "support".to_owned(),
            text: support.text.clone(),
            goal: Some(Arc::clone(&seen.name)),
            meeting: None,
            anchor: seen.name.anchor.clone(),
            due: None,
            is_overdue: false,
        }));
    }
    asked
}

/// An action or next step that the reader is asked to do.
pub(super) fn ask(
    perspective: &Perspective<'_>,
    kind: &str,
    action: &Action,
    goal: Option<&Arc<GoalName>>,
    meeting: Option<&str>,
    anchor: &str,
) -> Arc<AskView> {
    Arc::new(AskView {
        kind: kind.to_owned(),
        text: action.text.clone(),
        goal: goal.map(Arc::clone),
        meeting: meeting.map(str::to_owned),
        anchor: anchor.to_owned(),
        due: action.due,
        is_overdue: action.due.is_some_and(|due| due < perspective.today),
    })
}
