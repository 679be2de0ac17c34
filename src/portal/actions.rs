//! What is done about goals and after meetings, and what of it the reader is asked to do.

use std::sync::Arc;

use jiff::civil::Date;

use crate::engagement::goal::{Action, Dropped, Support};
use crate::engagement::id::StakeholderId;
use crate::portal::agreement;
use crate::portal::chart::{Chart, TallyChart};
use crate::portal::perspective::{Perspective, SeenGoal};
use crate::portal::states::{ActionState, AskKind};
use crate::portal::view::agreement::AgreementView;
use crate::portal::view::goals::{ActionView, AskView, GoalName, GoalView, TallyView};

/// An action or next step as the reader sees it.
pub(super) fn view(perspective: &Perspective<'_>, action: &Action) -> Arc<ActionView> {
    let dropped = dropped(perspective, action);
    let state = match action.done {
        _ if dropped.is_some() => ActionState::Dropped,
        Some(_) => ActionState::Done,
        None if is_late_to_reader(perspective, action) => ActionState::Overdue,
        None => ActionState::Open,
    };
    Arc::new(ActionView {
        text: action.text.clone(),
        owner: action
            .owner
            .as_ref()
            .map(|owner| perspective.name_of(owner)),
        due: action.due,
        done: action.done,
        dropped: dropped.map(|dropped| dropped.date),
        why: dropped.and_then(|dropped| dropped.why.clone()),
        state,
    })
}

/// That the action was given up, from that day on.
fn dropped<'a>(perspective: &Perspective<'_>, action: &'a Action) -> Option<&'a Dropped> {
    let dropped = action.dropped.as_ref();
    dropped.filter(|dropped| dropped.date <= perspective.today)
}

/// Whether the page says that the day is over: to the owner, the coachee and the coach. Others read the day itself.
fn is_late_to_reader(perspective: &Perspective<'_>, action: &Action) -> bool {
    is_over_to(perspective, action.owner.as_ref(), action.due)
}

/// The same of support that was not given, whose owner is the person who is asked for it.
pub(super) fn is_late_support(perspective: &Perspective<'_>, support: &Support) -> bool {
    support.given.is_none() && is_over_to(perspective, Some(&support.from), support.due)
}

fn is_over_to(
    perspective: &Perspective<'_>,
    owner: Option<&StakeholderId>,
    due: Option<Date>,
) -> bool {
    let sees_all = perspective.reader.role().sees_all_that_is_shared();
    let is_mine = owner.is_some_and(|owner| perspective.is_me(owner));
    (sees_all || is_mine) && due.is_some_and(|due| due < perspective.today)
}

/// The actions that the reader sees, counted. How many are overdue is counted for the coachee and the coach alone.
pub(super) fn tally(
    perspective: &Perspective<'_>,
    goals: &[Arc<GoalView>],
) -> Option<Arc<TallyView>> {
    let actions = goals.iter().filter_map(|goal| goal.actions.as_ref());
    let actions: Vec<&Arc<ActionView>> = actions.flatten().collect();
    let count = |state: ActionState| {
        let with_state = actions.iter().filter(|action| action.state == state);
        u32::try_from(with_state.count()).unwrap_or(u32::MAX)
    };
    let (done, late) = (count(ActionState::Done), count(ActionState::Overdue));
    let all = done + late + count(ActionState::Open);
    let sees_all = perspective.reader.role().sees_all_that_is_shared();
    let overdue = if sees_all { late } else { 0 };
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

/// What the reader is asked to do: first to say yes to the agreement, then, the earliest first, the pulse, support, actions that are not
/// done, and next steps of meetings.
pub(super) fn asked(
    perspective: &Perspective<'_>,
    agreement: Option<&AgreementView>,
    of_meetings: &[Arc<AskView>],
) -> Vec<Arc<AskView>> {
    let mut asked = Vec::new();
    for seen in &perspective.goals {
        asked.extend(asked_for_goal(perspective, seen));
    }
    asked.extend(of_meetings.iter().cloned());
    asked.extend(in_pulse(perspective));
    asked.sort_by_key(|ask| (ask.due.is_none(), ask.due));
    let firsts = agreement::asked(agreement).into_iter();
    firsts.chain(asked).collect()
}

/// To answer the next round, said alike to whoever has answered and whoever has not.
fn in_pulse(perspective: &Perspective<'_>) -> Option<Arc<AskView>> {
    let Perspective {
        engagement,
        reader,
        today,
        ..
    } = *perspective;
    let round = engagement.next_asked_round(today)?;
    let is_asked = engagement.asks(reader, today);
    is_asked.then(|| {
        Arc::new(AskView {
            kind: AskKind::Answer,
            text: None,
            goal: None,
            meeting: None,
            anchor: String::new(),
            support: None,
            agreed: None,
            due: Some(round.closes),
            from: Some(round.opens),
            is_overdue: false,
        })
    })
}

fn asked_for_goal(perspective: &Perspective<'_>, seen: &SeenGoal<'_>) -> Vec<Arc<AskView>> {
    let actions = seen.goal.actions.reveal_to(perspective.reader);
    let actions = actions.map(Vec::as_slice).unwrap_or_default();
    let mut asked = asked_of_reader(perspective, actions, AskedIn::Goal(&seen.name));
    let support = seen
        .goal
        .support
        .reveal_to(perspective.reader)
        .filter(|_| seen.carries());
    for support in support
        .into_iter()
        .flatten()
        .filter(|support| perspective.is_me(&support.from) && support.given.is_none())
    {
        asked.push(Arc::new(AskView {
            kind: AskKind::Support,
            text: Some(support.text.clone()),
            goal: Some(Arc::clone(&seen.name)),
            meeting: None,
            anchor: seen.name.anchor.clone(),
            support: Some(support.kind),
            agreed: support.agreed,
            due: support.due,
            from: None,
            is_overdue: is_late_support(perspective, support),
        }));
    }
    asked
}

/// Where the reader is asked to do something.
#[derive(Clone, Copy)]
pub(super) enum AskedIn<'a> {
    /// Among the actions of a goal.
    Goal(&'a Arc<GoalName>),
    /// Among the next steps of a meeting.
    Meeting { title: &'a str, anchor: &'a str },
}

/// Those of `actions` that are the reader's to do, and are neither done nor given up.
pub(super) fn asked_of_reader(
    perspective: &Perspective<'_>,
    actions: &[Action],
    asked_in: AskedIn<'_>,
) -> Vec<Arc<AskView>> {
    let is_mine = |owner: &StakeholderId| perspective.is_me(owner);
    let is_open =
        |action: &&Action| action.done.is_none() && dropped(perspective, action).is_none();
    let mine = actions
        .iter()
        .filter(is_open)
        .filter(|action| action.owner.as_ref().is_some_and(is_mine));
    let (kind, goal, meeting, anchor) = match asked_in {
        AskedIn::Goal(name) => (
            AskKind::Action,
            Some(Arc::clone(name)),
            None,
            name.anchor.as_str(),
        ),
        AskedIn::Meeting { title, anchor } => (AskKind::Next, None, Some(title.to_owned()), anchor),
    };
    mine.map(|action| {
        Arc::new(AskView {
            kind,
            text: Some(action.text.clone()),
            goal: goal.clone(),
            meeting: meeting.clone(),
            anchor: anchor.to_owned(),
            support: None,
            agreed: None,
            due: action.due,
            from: None,
            is_overdue: is_late_to_reader(perspective, action),
        })
    })
    .collect()
}
