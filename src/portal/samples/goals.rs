//! Goals with and without their parts.

use std::sync::Arc;

use jiff::civil::{Date, date};

use crate::engagement::goal::SupportKind;
use crate::portal::chart::{Chart, TallyChart};
use crate::portal::samples::figures::{change_progress, six_rounds};
use crate::portal::samples::{text, texts};
use crate::portal::states::ActionState;
use crate::portal::view::goals::{
    ActionView, BeforeView, GoalName, GoalView, IdeaView, SupportView, TallyView, ThemeView,
};

pub(super) fn tally(all: u32, done: u32, overdue: u32) -> Arc<TallyView> {
    Arc::new(TallyView {
        all,
        done,
        overdue,
        chart: Arc::new(Chart::Tally(TallyChart { all, done })),
    })
}

pub(super) fn goal_name(number: u32, title: Option<&str>) -> Arc<GoalName> {
    Arc::new(GoalName {
        title: title.map(str::to_owned),
        number,
        anchor: format!("goal-{number}"),
    })
}

pub(super) fn empty_goal(number: u32, title: Option<&str>) -> GoalView {
    GoalView {
        name: goal_name(number, title),
        has_wording: false,
        statement: None,
        behaviour: None,
        good: Vec::new(),
        serves: None,
        business: None,
        career: None,
        before: Vec::new(),
        readers: None,
        prose: Vec::new(),
        actions: None,
        support: None,
        ideas: Vec::new(),
        thanks: None,
        supporters: Vec::new(),
        progress: None,
        reached: None,
        in_my_words: None,
        themes: Vec::new(),
    }
}

fn idea(text: &str, came: Option<&str>) -> Arc<IdeaView> {
    Arc::new(IdeaView {
        text: text.to_owned(),
        tried: came.map(|_| date(2026, 3, 2)),
        came: came.map(str::to_owned),
    })
}

fn training() -> Arc<SupportView> {
    Arc::new(SupportView {
        from: "Anders Holm".to_owned(),
        text: "A course on writing short papers.".to_owned(),
        is_me: false,
        kind: SupportKind::Training,
        due: Some(date(2026, 4, 30)),
        is_overdue: false,
        agreed: Some(date(2026, 3, 2)),
        given: Some(date(2026, 4, 20)),
    })
}

pub(super) fn worded_goal(number: u32, title: &str, is_mine: bool) -> GoalView {
    let action = |text: &str, due: Option<Date>, done: Option<Date>, state: ActionState| {
        Arc::new(ActionView {
            text: text.to_owned(),
            owner: Some("Nyah Adeyemi".to_owned()),
            due,
            done,
            dropped: None,
            why: None,
            state,
        })
    };
    GoalView {
        has_wording: true,
        statement: Some("Take part in decisions with peers so that the team commits to one direction.".to_owned()),
        behaviour: Some("Nyah speaks concisely in meetings, in a way that leads to clear decisions.".to_owned()),
        good: texts(&["I hear her main point in the first minute.", "Decisions are written down before we leave the room."]),
        prose: text("<p>Three decisions in the spring were taken twice, because <em>nobody was sure</em> what had been said. See <a href=\"https://harbour.example/one-sentence\" rel=\"noreferrer\">the one-sentence practice</a>.</p>".to_owned()),
        actions: Some(vec![
            action("Write the one sentence before each leadership meeting.", Some(date(2026, 8, 10)), None, ActionState::Overdue),
            action("Ask one peer a week for the headline they heard.", Some(date(2026, 9, 30)), None, ActionState::Open),
            Arc::new(ActionView {
                text: "Keep a diary of every meeting.".to_owned(),
                owner: Some("Nyah Adeyemi".to_owned()),
                due: Some(date(2026, 5, 29)),
                done: None,
                dropped: Some(date(2026, 4, 17)),
                why: Some("Nobody read it, and the one sentence does the same.".to_owned()),
                state: ActionState::Dropped,
            }),
            action("Watch the recording of the spring planning meeting.", Some(date(2026, 3, 31)), Some(date(2026, 3, 12)), ActionState::Done),
        ]),
        support: Some(vec![
            Arc::new(SupportView {
                from: "Priya Raman".to_owned(),
                text: "Ask for the headline first.".to_owned(),
                is_me: !is_mine,
                kind: SupportKind::Support,
                due: None,
                is_overdue: false,
                agreed: None,
                given: None,
            }),
            training(),
        ]),
        ideas: vec![
            idea("Say what kind of help is wanted before telling the story.", Some("People answer what is asked.")),
            idea("Put the number into the first line.", None),
        ],
        thanks: Some("Nine ideas in half an hour: thank you.".to_owned()),
        supporters: texts(&["Tom Weber", "Lena Fischer"]),
        ..empty_goal(number, Some(title))
    }
}

pub(super) fn goals(has_own: bool) -> Vec<Arc<GoalView>> {
    let groups = ["Priya Raman", "peer", "report"];
    let mut first = worded_goal(1, "Concise in the room", has_own);
    first.progress = Some(change_progress(
        &six_rounds([0.2, 0.5, 0.7, 1.0, 1.2, 1.4]),
        &groups,
        has_own,
    ));
    first.themes = vec![
        Arc::new(ThemeView { round: date(2026, 8, 3), text: "Several people say that the point now comes first. Under pressure the old pattern returns.".to_owned() }),
        Arc::new(ThemeView { round: date(2026, 5, 4), text: "The change is seen in small meetings before large ones.".to_owned() }),
    ];
    first.reached = Some(date(2026, 8, 3));
    first.in_my_words =
        Some("I still rehearse, but nobody waits for my point any more.".to_owned());
    first.serves = Some("Decide where the knowledge is.".to_owned());
    first.business = Some("A decision taken twice costs the depots a week.".to_owned());
    first.career = Some("The next role is chaired from the front.".to_owned());
    let mut second = worded_goal(2, "Delegates the decision, not the task", has_own);
    second.before = vec![Arc::new(BeforeView {
        until: date(2026, 2, 6),
        statement: Some("Delegate more.".to_owned()),
        behaviour: None,
    })];
    second.prose = Vec::new();
    let mut rounds = six_rounds([-0.4, -0.2, 0.1, 0.0, 0.2, 0.1]);
    rounds[2].1 = None;
    second.progress = Some(change_progress(&rounds, &groups[..1], has_own));
    let mut third = worded_goal(3, "Room for quieter voices", has_own);
    third.support = None;
    third.prose = Vec::new();
    third.good.truncate(1);
    vec![Arc::new(first), Arc::new(second), Arc::new(third)]
}
