//! Meetings, updates, reviews and the agreement.

use std::sync::Arc;

use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;

use crate::engagement::agenda::{CoachPart, Kind};
use crate::engagement::review::ReviewKind;
use crate::portal::samples::goals::goal_name;
use crate::portal::samples::{text, texts};
use crate::portal::states::{ActionState, AnswerState};
use crate::portal::view::PortalView;
use crate::portal::view::agreement::{AgreementView, PartyView};
use crate::portal::view::goals::ActionView;
use crate::portal::view::stories::{
    ComparisonView, ContinuationView, CorrectionView, ItemView, MeetingView, OutcomeOverTimeView,
    OutcomeView, ReviewView, UpdateView,
};

pub(super) fn with_meetings(portal: &mut PortalView) {
    portal.next_meeting = Some(meeting("2026-09-08", "Check-in with Priya", false));
    portal.later_meetings = vec![meeting("2026-12-04", "Final review", false)];
    portal.past_meetings = vec![
        meeting("2026-05-12", "Quarterly review", true),
        meeting("2026-02-03", "Manager calibration", true),
    ];
}

/// A meeting on a day at ten.
pub(crate) fn meeting(day: &str, title: &str, is_past: bool) -> Arc<MeetingView> {
    let start: DateTime = format!("{day}T10:00:00").parse().unwrap();
    let item = |minutes: Option<u32>, lead: Option<&str>, text: &str| {
        Arc::new(ItemView {
            minutes,
            lead: lead.map(str::to_owned),
            text: text.to_owned(),
        })
    };
    let outcome = |text: &str, goal: Option<&str>| {
        Arc::new(OutcomeView {
            text: text.to_owned(),
            goal: goal.map(|title| goal_name(1, Some(title))),
        })
    };
    let next = ActionView {
        text: "Put Nyah on the planning agenda.".to_owned(),
        owner: Some("Priya Raman".to_owned()),
        due: Some(date(2026, 8, 28)),
        done: None,
        dropped: None,
        why: None,
        state: ActionState::Open,
    };
    Arc::new(MeetingView {
        anchor: format!("meeting-{day}"),
        title: title.to_owned(),
        kind: Kind::Calibration,
        start,
        zone: TimeZone::get("Europe/London").unwrap(),
        minutes: 45,
        place: Some("Room 4, or https://call.example/usual".to_owned()),
        call: Some("https://call.example/usual".to_owned()),
        coach_part: Some(CoachPart::Observe),
        attendees: texts(&["Inés Sato", "Nyah Adeyemi", "Priya Raman"]),
        is_mine: true,
        items: vec![
            item(Some(5), Some("Inés Sato"), "Purpose of the meeting"),
            item(Some(15), Some("Nyah Adeyemi"), "What has changed since the last round, with one example for each goal"),
            item(Some(15), Some("Priya Raman"), "What Priya sees"),
            item(Some(10), None, "Next steps"),
        ],
        outcomes: if is_past { vec![outcome("Goal B now names the quarterly planning meeting.", Some("Delegates the decision, not the task")), outcome("The pulse stays monthly.", None)] } else { Vec::new() },
        next: if is_past { vec![Arc::new(next)] } else { Vec::new() },
        debrief: Vec::new(),
        readers: None,
            prose: text("<p>Please bring <strong>one moment</strong> in which you saw the behaviour, and one in which you missed it.</p>".to_owned()),
    })
}

pub(super) fn updates() -> Vec<Arc<UpdateView>> {
    vec![
        Arc::new(UpdateView {
            anchor: "update-2026-07-15".to_owned(),
            title: "What I heard, and what I will do".to_owned(),
            date: date(2026, 7, 15),
            readers: None,
            prose: text("<p>Thank you for the July round. Two things stood out:</p><ul><li>the headline comes first more often;</li><li>in long meetings I still explain too much.</li></ul><p>For the next thirty days I will stop after the first sentence and ask.</p>".to_owned()),
        }),
        Arc::new(UpdateView {
            anchor: "update-2026-03-15".to_owned(),
            title: "The first month".to_owned(),
            date: date(2026, 3, 15),
            readers: None,
            prose: text("<p>The goals are agreed and the first round is in.</p>".to_owned()),
        }),
    ]
}

pub(super) fn reviews() -> Vec<Arc<ReviewView>> {
    let compare = |goal: Option<&str>, intended: &str, actual: &str| {
        Arc::new(ComparisonView {
            goal: goal.map(|title| goal_name(1, Some(title))),
            intended: Some(intended.to_owned()),
            actual: Some(actual.to_owned()),
            progress: None,
            reached: None,
        })
    };
    vec![Arc::new(ReviewView {
        programme: programme(),
        anchor: "review-2026-06-30".to_owned(),
        kind: ReviewKind::Midpoint,
        title: None,
        date: date(2026, 6, 30),
        outcomes: vec![
            compare(
                Some("Concise in the room"),
                "Peers hear the main point in the first minute.",
                "They do in one-to-ones and team meetings; in the leadership group about half of the time.",
            ),
            compare(
                None,
                "Two decisions a quarter are taken by the team without Nyah.",
                "Three were, and one was reopened.",
            ),
        ],
        celebrated: texts(&["The first planning day without a second meeting."]),
        continues: vec![Arc::new(ContinuationView {
            text: "One sentence first, every week.".to_owned(),
            with: texts(&["Priya Raman"]),
        })],
        follow_up: Some(date(2026, 9, 15)),
        found: Vec::new(),
        readers: None,
        prose: text(
            "<p>The goals stay as they are. The second half looks at pressure.</p>".to_owned(),
        ),
    })]
}

/// An agreement to which one has said yes, one to its earlier text, and one not yet.
pub(super) fn agreement() -> Arc<AgreementView> {
    let party = |name: &str, state: AnswerState, date: Option<Date>| {
        Arc::new(PartyView {
            name: name.to_owned(),
            state,
            date,
            is_me: false,
        })
    };
    Arc::new(AgreementView {
        readers: None,
        title: Some("How we work together".to_owned()),
        changed: Some(date(2026, 2, 9)),
        parties: vec![
            party("Nyah Adeyemi", AnswerState::Yes, Some(date(2026, 2, 9))),
            party("Priya Raman", AnswerState::Earlier, Some(date(2026, 2, 3))),
            party("Anders Holm", AnswerState::Open, None),
        ],
        prose: text(
            "<h4>Confidentiality</h4><p>What is said in sessions stays there.</p>".to_owned(),
        ),
    })
}

/// One outcome with its benchmark.
pub(super) fn programme() -> Vec<Arc<OutcomeOverTimeView>> {
    vec![Arc::new(OutcomeOverTimeView {
        goal: Some(goal_name(1, Some("Concise in the room"))),
        text: "Decisions are taken once.".to_owned(),
        start: Some("Three of eight were reopened.".to_owned()),
        midpoint: Some("One of six.".to_owned()),
        end: None,
    })]
}

/// One correction with its reason.
pub(super) fn corrections() -> Vec<Arc<CorrectionView>> {
    vec![Arc::new(CorrectionView {
        date: date(2026, 7, 1),
        text: "The second half works on the planning day.".to_owned(),
        why: Some("The weekly meeting has become easy.".to_owned()),
    })]
}
