//! Goals, as much of each as the reader sees.

use std::sync::Arc;

use jiff::civil::Date;

use crate::engagement::goal::{Before, Feedforward, Idea};
use crate::engagement::stakeholder::{Presence, Role, Stakeholder};
use crate::portal::perspective::{Perspective, SeenGoal};
use crate::portal::view::goals::{BeforeView, GoalView, IdeaView, SupportView, ThemeView};
use crate::portal::{actions, markdown, people, progress};

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
            .map(|action| actions::view(perspective, action))
            .collect()
    });
    let feedforward = feedforward(perspective, seen);
    let standing = goal.standing.reveal_to(perspective.reader);
    let matters = wording.map(|wording| &wording.matters);
    let before = wording.map_or(&[][..], |wording| wording.before.as_slice());
    GoalView {
        name: Arc::clone(&seen.name),
        has_wording: wording.is_some(),
        statement: wording.and_then(|wording| wording.statement.clone()),
        behaviour: wording.and_then(|wording| wording.behaviour.clone()),
        good: wording
            .map(|wording| wording.good.clone())
            .unwrap_or_default(),
        serves: matters.and_then(|matters| matters.serves.clone()),
        business: matters.and_then(|matters| matters.business.clone()),
        career: matters.and_then(|matters| matters.career.clone()),
        before: before.iter().map(before_view).collect(),
        readers: wording.and(perspective.readers_of(&goal.path)),
        prose: wording.map_or_else(Vec::new, |wording| {
            markdown::passages(&wording.prose, &goal.path, perspective)
        }),
        actions,
        support: support(perspective, seen),
        ideas: feedforward
            .map(|feedforward| feedforward.ideas.iter().map(idea_view).collect())
            .unwrap_or_default(),
        thanks: feedforward.and_then(|feedforward| feedforward.thanks.clone()),
        supporters: supporters(perspective, seen),
        progress: if seen.has_progress {
            progress::view(perspective, goal)
        } else {
            None
        },
        reached: reached(perspective, seen),
        in_my_words: standing.and_then(|standing| standing.in_my_words.clone()),
        themes: themes(perspective, seen),
    }
}

/// The day on which the goal was reached, if the reader sees that and it has come.
pub(super) fn reached(perspective: &Perspective<'_>, seen: &SeenGoal<'_>) -> Option<Date> {
    let standing = seen.goal.standing.reveal_to(perspective.reader)?;
    standing.reached.filter(|day| *day <= perspective.today)
}

fn before_view(before: &Before) -> Arc<BeforeView> {
    Arc::new(BeforeView {
        until: before.until,
        statement: before.statement.clone(),
        behaviour: before.behaviour.clone(),
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
            kind: support.kind,
            due: support.due,
            is_overdue: actions::is_late_support(perspective, support),
            agreed: support.agreed,
            given: support.given,
        })
    });
    Some(views.collect()).filter(|views: &Vec<_>| !views.is_empty())
}

/// What others suggested for the goal, if the reader sees that and it is not empty.
pub(super) fn feedforward<'a>(
    perspective: &Perspective<'a>,
    seen: &SeenGoal<'a>,
) -> Option<&'a Feedforward> {
    let feedforward = seen.goal.feedforward.reveal_to(perspective.reader)?;
    (seen.carries() && !feedforward.is_empty()).then_some(feedforward)
}

fn idea_view(idea: &Idea) -> Arc<IdeaView> {
    Arc::new(IdeaView {
        text: idea.text.clone(),
        tried: idea.tried,
        came: idea.came.clone(),
    })
}

/// Who is asked to rate the goal now, for whoever may know everyone who takes part.
fn supporters(perspective: &Perspective<'_>, seen: &SeenGoal<'_>) -> Vec<String> {
    let sees_people = people::are_all_seen(perspective);
    if seen.wording.is_none() || !sees_people {
        return Vec::new();
    }
    let listed = |person: &&Stakeholder| match &seen.goal.supporters {
        Some(listed) => listed.contains(&person.id),
        None => person.role == Role::Supporter,
    };
    let people = perspective.engagement.stakeholders.iter();
    let people = people.filter(|person| person.presence == Presence::Here);
    let raters = people.filter(listed);
    raters.map(|person| person.name.clone()).collect()
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
