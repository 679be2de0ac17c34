//! Portals made by hand: what the page is tried with, from almost nothing to far too much.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::civil::date;

use crate::portal::chart::Chart;
use crate::portal::chart::LineChart;
use crate::portal::chart::Point;
use crate::portal::chart::Reference;
use crate::portal::chart::Series;
use crate::portal::chart::SeriesName;
use crate::portal::chart::SpreadChart;
use crate::portal::chart::TallyChart;
use crate::portal::html::Html;
use crate::portal::view::ActionView;
use crate::portal::view::AskView;
use crate::portal::view::ChangeView;
use crate::portal::view::ComparisonView;
use crate::portal::view::FactsView;
use crate::portal::view::FigureView;
use crate::portal::view::FirmView;
use crate::portal::view::GoalName;
use crate::portal::view::GoalView;
use crate::portal::view::ItemView;
use crate::portal::view::JourneyView;
use crate::portal::view::MeetingView;
use crate::portal::view::MilestoneView;
use crate::portal::view::OutcomeView;
use crate::portal::view::PersonView;
use crate::portal::view::PortalView;
use crate::portal::view::ProgressView;
use crate::portal::view::ReviewView;
use crate::portal::view::RoleView;
use crate::portal::view::RoundView;
use crate::portal::view::ScaleView;
use crate::portal::view::SessionsView;
use crate::portal::view::ShareView;
use crate::portal::view::SharedPartView;
use crate::portal::view::SharingView;
use crate::portal::view::SpreadView;
use crate::portal::view::StepView;
use crate::portal::view::SupportView;
use crate::portal::view::TallyView;
use crate::portal::view::ThemeView;
use crate::portal::view::UpdateView;
use crate::progress::figures::Bound;

/// The day on which all samples were built.
pub(crate) const TODAY: Date = date(2026, 8, 18);

const PARTS: [&str; 10] = [
    "facts", "goals", "actions", "progress", "groups", "self", "themes", "agendas", "updates",
    "reviews",
];

/// Every sample, by a name for its file.
pub(crate) fn all() -> Vec<(&'static str, PortalView)> {
    vec![
        ("coachee", coachee()),
        ("manager", manager()),
        ("sponsor", sponsor()),
        ("supporter", supporter()),
        ("extreme", extreme()),
        ("level", level()),
        ("new", new()),
    ]
}

/// Everything that there is.
pub(crate) fn coachee() -> PortalView {
    let mut portal = bare(person("Nyah Adeyemi", "coachee", true));
    portal.sharing = Arc::new(SharingView {
        agreed: Some(date(2026, 2, 2)),
        parts: texts(&PARTS),
        table: Some(shared_table()),
    });
    portal.facts = Some(facts("Nyah Adeyemi"));
    portal.my_role = Some("Bring one thing to work on; say what you tried.".to_owned());
    portal.asked = vec![
        ask(
            "action",
            "Write the one sentence before each leadership meeting.",
            "Concise in the room",
            Some(date(2026, 8, 10)),
        ),
        ask(
            "next",
            "Send the adjusted plan to the supporters.",
            "Quarterly review",
            Some(date(2026, 9, 4)),
        ),
    ];
    portal.goals = goals(true);
    portal.actions = Some(tally(5, 3, 1));
    with_meetings(&mut portal);
    portal.updates = updates();
    portal.reviews = reviews();
    portal
}

/// What a manager gets under the shares of DESIGN.
pub(crate) fn manager() -> PortalView {
    let mut portal = coachee();
    portal.reader = person("Priya Raman", "manager", true);
    portal.sharing = Arc::new(SharingView {
        agreed: Some(date(2026, 2, 2)),
        parts: texts(&[
            "facts", "goals", "actions", "progress", "groups", "themes", "agendas", "updates",
            "reviews",
        ]),
        table: None,
    });
    portal.facts = Some(facts("Priya Raman"));
    portal.my_role = Some("Notice the behaviour, say so in one-to-ones, open doors.".to_owned());
    portal.asked = vec![
        ask(
            "support",
            "Ask for the headline first.",
            "Concise in the room",
            None,
        ),
        ask(
            "next",
            "Put Nyah on the planning agenda.",
            "Quarterly review",
            Some(date(2026, 8, 28)),
        ),
    ];
    portal.goals = goals(false);
    portal
}

/// Figures under aliases, facts, reviews.
pub(crate) fn sponsor() -> PortalView {
    let mut portal = bare(person("Anders Holm", "sponsor", true));
    portal.sharing = sharing(&["facts", "progress", "reviews"]);
    portal.facts = Some(facts("Anders Holm"));
    let names = ["Goal A", "Goal B", "Goal C"];
    portal.goals = goals(false)
        .into_iter()
        .zip(names)
        .map(|(goal, alias)| {
            let progress = goal.progress.clone();
            let mut bare = empty_goal(goal.name.number, Some(alias));
            bare.progress = progress;
            Arc::new(bare)
        })
        .collect();
    portal.reviews = reviews();
    portal
}

/// One goal's alias and nothing else.
pub(crate) fn supporter() -> PortalView {
    let mut portal = bare(person("Lena Fischer", "supporter", true));
    portal.sharing = sharing(&[]);
    portal.goals = vec![Arc::new(empty_goal(1, Some("Goal A")))];
    portal
}

/// A coachee's portal on the first day.
pub(crate) fn new() -> PortalView {
    let mut portal = bare(person("Nyah Adeyemi", "coachee", true));
    portal.sharing = Arc::new(SharingView {
        agreed: None,
        parts: texts(&PARTS),
        table: Some(PARTS.iter().map(|part| shared(part, &[], false)).collect()),
    });
    portal
}

/// A level scale from 1 to 7, three rounds, one of them hidden.
pub(crate) fn level() -> PortalView {
    let mut portal = coachee();
    let mut goal = empty_goal(1, Some("Listening"));
    goal.has_wording = true;
    goal.statement = Some("Leave room for others before deciding.".to_owned());
    goal.actions = Some(Vec::new());
    let rounds = [
        (date(2026, 2, 27), Some(3.8)),
        (date(2026, 4, 24), None),
        (date(2026, 6, 26), Some(4.6)),
        (date(2026, 8, 14), Some(4.9)),
    ];
    goal.progress = Some(Arc::new(ProgressView {
        scale: Arc::new(ScaleView {
            kind: "level".to_owned(),
            from: 1,
            to: 7,
            low: Some("never".to_owned()),
            high: Some("always".to_owned()),
        }),
        target: Some(5.5),
        latest: figure(4.9, false, 6),
        latest_date: date(2026, 8, 14),
        change: Some(Arc::new(ChangeView {
            direction: "better".to_owned(),
            by: figure(1.1, false, 6),
            since: date(2026, 2, 27),
            until: date(2026, 8, 14),
            rounds: 3,
            band: 0.3,
        })),
        rounds: rounds
            .iter()
            .map(|(day, mean)| {
                Arc::new(RoundView {
                    date: *day,
                    total: mean.map_or_else(too_few, |mean| figure(mean, false, 6)),
                    groups: Vec::new(),
                    own: Some(4),
                    spread: None,
                    followed_up: None,
                })
            })
            .collect(),
        groups: Vec::new(),
        has_own: true,
        has_spread: false,
        has_followed_up: false,
        chart: Arc::new(Chart::Line(line(1, 7, &rounds, false))),
        trend: Arc::new(Chart::Trend(line(1, 7, &rounds, false))),
        spread_chart: None,
    }));
    portal.goals = vec![Arc::new(goal)];
    portal
}

/// Too much of everything, under names that never break.
pub(crate) fn extreme() -> PortalView {
    let long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    let mut portal = coachee();
    portal.title = format!("Führen durch andere in der {long}");
    portal.firm = Arc::new(FirmView {
        name: format!("{long} mbH"),
        contact: Some(format!("mailto:{}@harbour.example", "a".repeat(60))),
        contact_label: Some(format!("{}@harbour.example", "a".repeat(60))),
        logo: None,
    });
    portal.reader = person(
        &format!("Wolfeschlegelsteinhausenbergerdorff-{long}"),
        "coachee",
        true,
    );
    let groups = [
        "manager",
        "peer",
        "report",
        "innovation-and-transformation-office",
    ];
    portal.goals = (1..=8)
        .map(|number| {
            let mut goal = worded_goal(number, &format!("{long} {number}"), true);
            goal.progress = Some(change_progress(&long_rounds(), &groups, true));
            Arc::new(goal)
        })
        .collect();
    portal.past_meetings = (1..=18)
        .map(|number| {
            meeting(
                &format!("2026-{:02}-{:02}", 1 + number % 7, number),
                &format!("{long} {number}"),
                true,
            )
        })
        .collect();
    portal
}

/// A line through values, drawn as they are.
pub(crate) fn series(name: SeriesName, values: &[Option<f64>]) -> Series {
    let point = |value| Point {
        value,
        decimals: 1,
        bound: Bound::About,
    };
    Series {
        name,
        points: values.iter().map(|value| value.map(point)).collect(),
    }
}

fn bare(reader: Arc<PersonView>) -> PortalView {
    PortalView {
        firm: Arc::new(FirmView {
            name: "Harbour Coaching".to_owned(),
            contact: Some("mailto:hello@harbour.example".to_owned()),
            contact_label: Some("hello@harbour.example".to_owned()),
            logo: None,
        }),
        title: "Leading through others".to_owned(),
        reader,
        as_of: TODAY,
        sharing: sharing(&[]),
        facts: None,
        my_role: None,
        asked: Vec::new(),
        goals: Vec::new(),
        actions: None,
        next_meeting: None,
        later_meetings: Vec::new(),
        past_meetings: Vec::new(),
        updates: Vec::new(),
        reviews: Vec::new(),
    }
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn person(name: &str, role: &str, is_me: bool) -> Arc<PersonView> {
    let title = match role {
        "manager" => Some("VP Operations".to_owned()),
        "hr" => Some("People Partner".to_owned()),
        _ => None,
    };
    Arc::new(PersonView {
        name: name.to_owned(),
        role: role.to_owned(),
        title,
        is_me,
    })
}

fn sharing(parts: &[&str]) -> Arc<SharingView> {
    Arc::new(SharingView {
        agreed: Some(date(2026, 2, 2)),
        parts: texts(parts),
        table: None,
    })
}

fn shared(part: &str, people: &[&str], has_attendees: bool) -> Arc<SharedPartView> {
    Arc::new(SharedPartView {
        part: part.to_owned(),
        people: texts(people),
        has_attendees,
    })
}

fn shared_table() -> Vec<Arc<SharedPartView>> {
    let everyone = ["Priya Raman", "Anders Holm", "Mei Tanaka", "Lena Fischer"];
    vec![
        shared("facts", &everyone, false),
        shared("goals", &["Priya Raman", "Lena Fischer"], false),
        shared("actions", &["Priya Raman"], false),
        shared("progress", &["Priya Raman", "Anders Holm"], false),
        shared("groups", &["Priya Raman"], false),
        shared("self", &[], false),
        shared("themes", &["Priya Raman"], false),
        shared("agendas", &[], true),
        shared("updates", &["Priya Raman"], false),
        shared("reviews", &["Priya Raman", "Anders Holm"], false),
    ]
}

fn facts(reader: &str) -> Arc<FactsView> {
    let people = [
        ("Nyah Adeyemi", "coachee"),
        ("Inés Sato", "coach"),
        ("Priya Raman", "manager"),
        ("Anders Holm", "sponsor"),
        ("Mei Tanaka", "hr"),
        ("Tom Weber", "supporter"),
        ("Lena Fischer", "supporter"),
    ];
    let steps = (1..=8).map(|number| {
        let state = match number {
            1..=5 => "past",
            6 => "present",
            _ => "future",
        };
        Arc::new(StepView {
            number,
            title: None,
            state: state.to_owned(),
        })
    });
    let milestone = |title: &str, day: Date| {
        Arc::new(MilestoneView {
            title: title.to_owned(),
            date: day,
            is_past: day < TODAY,
        })
    };
    let role = |role: &str, text: &str| {
        Arc::new(RoleView {
            role: role.to_owned(),
            text: text.to_owned(),
        })
    };
    Arc::new(FactsView {
        purpose: Some("Nyah moves from running a strong team to shaping decisions across the leadership group.".to_owned()),
        aims: Some("Decide where the knowledge is: one of the three aims of the year.".to_owned()),
        resources: Some("Two hours a month, and the spring assessment.".to_owned()),
        start: Some(date(2026, 1, 12)),
        end: Some(date(2026, 12, 18)),
        sessions: Some(Arc::new(SessionsView {
            planned: 12,
            held: 7,
            dates: (1..=7).map(|month| date(2026, month, 20)).collect(),
            chart: Arc::new(Chart::Tally(TallyChart { all: 12, done: 7 })),
        })),
        journey: Some(Arc::new(JourneyView { method: "eight-steps".to_owned(), steps: steps.collect(), at: Some(6) })),
        milestones: vec![
            milestone("Goals agreed", date(2026, 2, 3)),
            milestone("Mid-point review", date(2026, 6, 30)),
            milestone("Final review", date(2026, 12, 4)),
        ],
        communication_updates: Some("Monthly, from Nyah, in her one-to-one with Priya.".to_owned()),
        communication_escalation: Some("To Anders Holm.".to_owned()),
        communication_confidentiality: Some("What is said in sessions stays there.".to_owned()),
        performance: Some("Nyah decides what goes into her yearly review.".to_owned()),
        roles: vec![
            role("coach", "Holds the space, keeps the engagement on course, reports to no one."),
            role("manager", "Notice the behaviour, say so in one-to-ones, open doors."),
            role("sponsor", "Sets the direction, asks about outcomes, never about sessions."),
        ],
        people: people.iter().map(|(name, role)| person(name, role, *name == reader)).collect(),
    })
}

fn ask(kind: &str, text: &str, about: &str, due: Option<Date>) -> Arc<AskView> {
    let is_meeting = about == "Quarterly review";
    let anchor = if is_meeting {
        "meeting-2026-05-12"
    } else {
        "goal-1"
    };
    Arc::new(AskView {
        kind: kind.to_owned(),
        text: text.to_owned(),
        goal: (!is_meeting).then(|| goal_name(1, Some(about))),
        meeting: is_meeting.then(|| about.to_owned()),
        anchor: anchor.to_owned(),
        due,
        is_overdue: due.is_some_and(|due| due < TODAY),
    })
}

fn tally(all: u32, done: u32, overdue: u32) -> Arc<TallyView> {
    Arc::new(TallyView {
        all,
        done,
        overdue,
        chart: Arc::new(Chart::Tally(TallyChart { all, done })),
    })
}

fn goal_name(number: u32, title: Option<&str>) -> Arc<GoalName> {
    Arc::new(GoalName {
        title: title.map(str::to_owned),
        number,
        anchor: format!("goal-{number}"),
    })
}

fn empty_goal(number: u32, title: Option<&str>) -> GoalView {
    GoalView {
        name: goal_name(number, title),
        has_wording: false,
        statement: None,
        behaviour: None,
        good: Vec::new(),
        prose: None,
        actions: None,
        support: None,
        supporters: Vec::new(),
        progress: None,
        themes: Vec::new(),
    }
}

fn worded_goal(number: u32, title: &str, is_mine: bool) -> GoalView {
    let action = |text: &str, due: Option<Date>, done: Option<Date>, state: &str| {
        Arc::new(ActionView {
            text: text.to_owned(),
            owner: Some("Nyah Adeyemi".to_owned()),
            due,
            done,
            state: state.to_owned(),
        })
    };
    GoalView {
        has_wording: true,
        statement: Some("Take part in decisions with peers so that the team commits to one direction.".to_owned()),
        behaviour: Some("Nyah speaks concisely in meetings, in a way that leads to clear decisions.".to_owned()),
        good: texts(&["I hear her main point in the first minute.", "Decisions are written down before we leave the room."]),
        prose: Some(Html::written("<p>Three decisions in the spring were taken twice, because <em>nobody was sure</em> what had been said. See <a href=\"https://harbour.example/one-sentence\" rel=\"noreferrer\">the one-sentence practice</a>.</p>".to_owned())),
        actions: Some(vec![
            action("Write the one sentence before each leadership meeting.", Some(date(2026, 8, 10)), None, "overdue"),
            action("Ask one peer a week for the headline they heard.", Some(date(2026, 9, 30)), None, "open"),
            action("Watch the recording of the spring planning meeting.", Some(date(2026, 3, 31)), Some(date(2026, 3, 12)), "done"),
        ]),
        support: Some(vec![
            Arc::new(SupportView { from: "Priya Raman".to_owned(), text: "Ask for the headline first.".to_owned(), is_me: !is_mine }),
            Arc::new(SupportView { from: "Anders Holm".to_owned(), text: "Give the question before the meeting.".to_owned(), is_me: false }),
        ]),
        supporters: texts(&["Tom Weber", "Lena Fischer"]),
        ..empty_goal(number, Some(title))
    }
}

fn goals(has_own: bool) -> Vec<Arc<GoalView>> {
    let groups = ["manager", "peer", "report"];
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
    let mut second = worded_goal(2, "Delegates the decision, not the task", has_own);
    second.prose = None;
    let mut rounds = six_rounds([-0.4, -0.2, 0.1, 0.0, 0.2, 0.1]);
    rounds[2].1 = None;
    second.progress = Some(change_progress(&rounds, &groups[..1], has_own));
    let mut third = worded_goal(3, "Room for quieter voices", has_own);
    third.support = None;
    third.prose = None;
    third.good.truncate(1);
    vec![Arc::new(first), Arc::new(second), Arc::new(third)]
}

type Rounds = Vec<(Date, Option<f64>)>;

fn six_rounds(means: [f64; 6]) -> Rounds {
    let days = [
        date(2026, 3, 2),
        date(2026, 4, 1),
        date(2026, 5, 4),
        date(2026, 6, 1),
        date(2026, 7, 6),
        date(2026, 8, 3),
    ];
    days.into_iter()
        .zip(means)
        .map(|(day, mean)| (day, Some(mean)))
        .collect()
}

fn long_rounds() -> Rounds {
    (0..12_i16)
        .map(|index| {
            let day = date(
                2025 + (8 + index) / 12,
                i8::try_from((8 + index) % 12 + 1).unwrap(),
                3,
            );
            let mean = if index == 4 || index == 5 {
                None
            } else {
                Some(f64::from(index) / 5.0 - 0.6)
            };
            (day, mean)
        })
        .collect()
}

fn line(from: i32, to: i32, rounds: &[(Date, Option<f64>)], is_signed: bool) -> LineChart {
    let point = |value: f64| Point {
        value,
        decimals: 1,
        bound: Bound::About,
    };
    LineChart {
        from,
        to,
        reference: Some(if is_signed {
            Reference::Zero
        } else {
            Reference::Baseline(rounds[0].1.unwrap())
        }),
        target: Some(if is_signed { 1.0 } else { 5.5 }),
        rounds: rounds.iter().map(|(day, _)| *day).collect(),
        series: vec![Series {
            name: SeriesName::Total,
            points: rounds.iter().map(|(_, mean)| mean.map(point)).collect(),
        }],
        is_signed,
    }
}

fn change_progress(
    rounds: &[(Date, Option<f64>)],
    groups: &[&str],
    has_own: bool,
) -> Arc<ProgressView> {
    let offsets = [0.6, -0.3, 0.2, -0.7];
    let shown = |mean: f64, offset: f64| ((mean + offset) * 10.0).round() / 10.0;
    let mut chart = line(-3, 3, rounds, true);
    let trend = chart.clone();
    if has_own {
        let points = rounds.iter().map(|_| {
            Some(Point {
                value: 1.0,
                decimals: 0,
                bound: Bound::About,
            })
        });
        chart.series.push(Series {
            name: SeriesName::Own,
            points: points.collect(),
        });
    }
    for (group, offset) in groups.iter().zip(offsets) {
        let points = rounds.iter().map(|(_, mean)| {
            mean.map(|mean| Point {
                value: shown(mean, offset),
                decimals: 1,
                bound: Bound::About,
            })
        });
        chart.series.push(Series {
            name: SeriesName::Group((*group).to_owned()),
            points: points.collect(),
        });
    }
    let lines = rounds.iter().map(|(day, mean)| {
        Arc::new(RoundView {
            date: *day,
            total: mean.map_or_else(too_few, |mean| figure(mean, true, 7)),
            groups: groups
                .iter()
                .zip(offsets)
                .map(|(_, offset)| mean.map(|mean| figure(shown(mean, offset), true, 3)))
                .collect(),
            own: has_own.then_some(1),
            spread: mean.map(|_| {
                Arc::new(SpreadView {
                    improved: 67,
                    same: 22,
                    worse: 11,
                })
            }),
            followed_up: mean.map(|_| {
                Arc::new(ShareView {
                    percent: 78,
                    bound: "about".to_owned(),
                })
            }),
        })
    });
    let (last_day, last) = *rounds.last().unwrap();
    let last = last.unwrap();
    let direction = if last.abs() <= 0.3 {
        "unclear"
    } else {
        "better"
    };
    Arc::new(ProgressView {
        scale: Arc::new(ScaleView {
            kind: "change".to_owned(),
            from: -3,
            to: 3,
            low: None,
            high: None,
        }),
        target: Some(1.0),
        latest: figure(last, true, 7),
        latest_date: last_day,
        change: Some(Arc::new(ChangeView {
            direction: direction.to_owned(),
            by: figure(last, true, 7),
            since: rounds[0].0,
            until: last_day,
            rounds: u32::try_from(rounds.len()).unwrap(),
            band: 0.3,
        })),
        rounds: lines.collect(),
        groups: texts(groups),
        has_own,
        has_spread: true,
        has_followed_up: true,
        chart: Arc::new(Chart::Line(chart)),
        trend: Arc::new(Chart::Trend(trend)),
        spread_chart: Some(Arc::new(Chart::Spread(SpreadChart {
            improved: 67,
            same: 22,
            worse: 11,
        }))),
    })
}

fn figure(value: f64, is_signed: bool, raters: u32) -> Arc<FigureView> {
    Arc::new(FigureView {
        is_shown: true,
        value,
        decimals: 1,
        bound: "about".to_owned(),
        upper: None,
        is_signed,
        raters: Some(raters),
    })
}

fn too_few() -> Arc<FigureView> {
    Arc::new(FigureView {
        is_shown: false,
        value: 0.0,
        decimals: 0,
        bound: "about".to_owned(),
        upper: None,
        is_signed: false,
        raters: None,
    })
}

fn with_meetings(portal: &mut PortalView) {
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
        state: "open".to_owned(),
    };
    Arc::new(MeetingView {
        anchor: format!("meeting-{day}"),
        title: title.to_owned(),
        kind: "calibration".to_owned(),
        start,
        minutes: 45,
        place: Some("Room 4, or the usual call link".to_owned()),
        coach_part: Some("observe".to_owned()),
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
        prose: Some(Html::written("<p>Please bring <strong>one moment</strong> in which you saw the behaviour, and one in which you missed it.</p>".to_owned())),
    })
}

fn updates() -> Vec<Arc<UpdateView>> {
    vec![
        Arc::new(UpdateView {
            anchor: "update-2026-07-15".to_owned(),
            title: "What I heard, and what I will do".to_owned(),
            date: date(2026, 7, 15),
            prose: Some(Html::written("<p>Thank you for the July round. Two things stood out:</p><ul><li>the headline comes first more often;</li><li>in long meetings I still explain too much.</li></ul><p>For the next thirty days I will stop after the first sentence and ask.</p>".to_owned())),
        }),
        Arc::new(UpdateView {
            anchor: "update-2026-03-15".to_owned(),
            title: "The first month".to_owned(),
            date: date(2026, 3, 15),
            prose: Some(Html::written("<p>The goals are agreed and the first round is in.</p>".to_owned())),
        }),
    ]
}

fn reviews() -> Vec<Arc<ReviewView>> {
    let compare = |goal: Option<&str>, intended: &str, actual: &str| {
        Arc::new(ComparisonView {
            goal: goal.map(|title| goal_name(1, Some(title))),
            intended: intended.to_owned(),
            actual: actual.to_owned(),
            progress: None,
        })
    };
    vec![Arc::new(ReviewView {
        anchor: "review-2026-06-30".to_owned(),
        kind: "midpoint".to_owned(),
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
        continues: texts(&["One sentence first, every week."]),
        follow_up: Some(date(2026, 9, 15)),
        prose: Some(Html::written(
            "<p>The goals stay as they are. The second half looks at pressure.</p>".to_owned(),
        )),
    })]
}
