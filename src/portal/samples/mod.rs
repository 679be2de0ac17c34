//! Portals made by hand: what the page is tried with, from almost nothing to far too much.

mod facts;
pub(crate) mod figures;
mod goals;
pub(crate) mod stories;

use std::sync::Arc;

use jiff::civil::{Date, date};

use crate::engagement::audience::Part;
use crate::engagement::goal::SupportKind;
use crate::engagement::stakeholder::Role;
use crate::portal::chart::Chart;
use crate::portal::html::Html;
use crate::portal::latest;
use crate::portal::samples::facts::{assessments, facts, people};
use crate::portal::samples::figures::{
    change_progress, figure, line, long_rounds, target, too_few,
};
use crate::portal::samples::goals::{empty_goal, goal_name, goals, tally, worded_goal};
use crate::portal::samples::stories::{agreement, meeting, reviews, updates, with_meetings};
use crate::portal::states::{AskKind, ScaleKind};
use crate::portal::view::PortalView;
use crate::portal::view::figures::{ApartView, ChangeView, ProgressView, RoundView, ScaleView};
use crate::portal::view::goals::AskView;
use crate::portal::view::people::{FirmView, PersonView};
use crate::portal::view::sharing::{PassageView, SharedLineView, SharedPartView, SharingView};
use crate::progress::change::Direction;

/// The day on which all samples were built.
pub(crate) const TODAY: Date = date(2026, 8, 18);

/// Every sample, by a name for its file.
pub(crate) fn all() -> Vec<(&'static str, PortalView)> {
    let mut samples = vec![
        ("coachee", coachee()),
        ("manager", manager()),
        ("sponsor", sponsor()),
        ("supporter", supporter()),
        ("extreme", extreme()),
        ("level", level()),
        ("new", new()),
    ];
    for (_, portal) in &mut samples {
        portal.latest = latest::of(portal, TODAY.into());
    }
    samples
}

/// Everything that there is.
pub(crate) fn coachee() -> PortalView {
    let mut portal = bare(person("Nyah Adeyemi", Role::Coachee, true));
    portal.sharing = Arc::new(SharingView {
        agreed: Some(date(2026, 2, 2)),
        plan: None,
        since: Vec::new(),
        parts: Part::ALL.to_vec(),
        table: Some(shared_table()),
        others: 0,
        attendees_see_agendas: true,
        apart: vec![stands_apart(false)],
        answers: None,
    });
    portal.people = people("Nyah Adeyemi");
    portal.facts = Some(facts());
    portal.assessments = assessments();
    portal.outcomes = stories::programme();
    portal.corrections = stories::corrections();
    portal.my_role = Some("Bring one thing to work on; say what you tried.".to_owned());
    portal.asked = vec![
        ask(
            AskKind::Action,
            "Write the one sentence before each leadership meeting.",
            "Concise in the room",
            Some(date(2026, 8, 10)),
        ),
        ask(
            AskKind::Next,
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
    portal.agreement = Some(agreement());
    portal
}

/// What a manager gets of the same engagement.
pub(crate) fn manager() -> PortalView {
    let mut portal = coachee();
    portal.reader = person("Priya Raman", Role::Manager, true);
    portal.sharing = Arc::new(SharingView {
        agreed: Some(date(2026, 2, 2)),
        plan: None,
        since: Vec::new(),
        parts: Part::ALL
            .into_iter()
            .filter(|part| *part != Part::Own)
            .collect(),
        table: None,
        others: 0,
        attendees_see_agendas: false,
        apart: vec![stands_apart(true)],
        answers: None,
    });
    portal.people = people("Priya Raman");
    portal.facts = Some(facts());
    portal.my_role = Some("Notice the behaviour, say so in one-to-ones, open doors.".to_owned());
    portal.asked = vec![
        ask(
            AskKind::Support,
            "Ask for the headline first.",
            "Concise in the room",
            None,
        ),
        ask(
            AskKind::Next,
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
    let mut portal = bare(person("Anders Holm", Role::Sponsor, true));
    portal.sharing = sharing(&[Part::Facts, Part::People, Part::Progress, Part::Reviews]);
    portal.people = people("Anders Holm");
    portal.facts = Some(facts());
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
    let mut portal = bare(person("Lena Fischer", Role::Supporter, true));
    portal.sharing = sharing(&[]);
    portal.goals = vec![Arc::new(empty_goal(1, Some("Goal A")))];
    portal
}

/// A coachee's portal on the first day.
pub(crate) fn new() -> PortalView {
    let mut portal = bare(person("Nyah Adeyemi", Role::Coachee, true));
    portal.sharing = Arc::new(SharingView {
        agreed: None,
        plan: None,
        since: Vec::new(),
        parts: Part::ALL.to_vec(),
        table: Some(Part::ALL.map(|part| shared(part, &[])).to_vec()),
        others: 0,
        attendees_see_agendas: false,
        apart: Vec::new(),
        answers: None,
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
            kind: ScaleKind::Level,
            from: 1,
            to: 7,
            low: Some("never".to_owned()),
            high: Some("always".to_owned()),
        }),
        target: Some(target(5.5, false, 4.9)),
        latest: figure(4.9, false, 6),
        latest_date: date(2026, 8, 14),
        quiet: None,
        period: None,
        corrected: Some(date(2026, 5, 4)),
        change: Some(Arc::new(ChangeView {
            direction: Direction::Better,
            by: figure(1.1, false, 6),
            since: date(2026, 2, 27),
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
        steady: None,
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
        privacy: Some(format!("{long}: {long}.")),
        privacy_address: None,
        logo: None,
    });
    portal.reader = person(
        &format!("Wolfeschlegelsteinhausenbergerdorff-{long}"),
        Role::Coachee,
        true,
    );
    portal.asked.truncate(1);
    let groups = [
        "Priya Raman",
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

fn bare(reader: Arc<PersonView>) -> PortalView {
    PortalView {
        firm: Arc::new(FirmView {
            name: "Harbour Coaching".to_owned(),
            contact: Some("mailto:hello@harbour.example".to_owned()),
            contact_label: Some("hello@harbour.example".to_owned()),
            privacy: Some("harbour.example/privacy".to_owned()),
            privacy_address: Some("https://harbour.example/privacy".to_owned()),
            logo: None,
        }),
        title: "Leading through others".to_owned(),
        reader,
        as_of: Some(TODAY),
        closes: Some(date(2027, 3, 31)),
        closes_soon: false,
        latest: Vec::new(),
        sharing: sharing(&[]),
        people: Vec::new(),
        facts: None,
        assessments: Vec::new(),
        my_role: None,
        asked: Vec::new(),
        goals: Vec::new(),
        withheld: None,
        actions: None,
        next_meeting: None,
        later_meetings: Vec::new(),
        past_meetings: Vec::new(),
        updates: Vec::new(),
        outcomes: Vec::new(),
        corrections: Vec::new(),
        reviews: Vec::new(),
        agreement: None,
    }
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn person(name: &str, role: Role, is_me: bool) -> Arc<PersonView> {
    let title = match role {
        Role::Manager => Some("VP Operations".to_owned()),
        Role::Hr => Some("People Partner".to_owned()),
        _ => None,
    };
    Arc::new(PersonView {
        name: name.to_owned(),
        role,
        title,
        is_me,
        since: None,
        until: None,
        before: Vec::new(),
    })
}

fn sharing(parts: &[Part]) -> Arc<SharingView> {
    Arc::new(SharingView {
        agreed: Some(date(2026, 2, 2)),
        plan: None,
        since: Vec::new(),
        parts: parts.to_vec(),
        table: None,
        others: 0,
        attendees_see_agendas: false,
        apart: Vec::new(),
        answers: None,
    })
}

fn stands_apart(is_me: bool) -> Arc<ApartView> {
    Arc::new(ApartView {
        name: "Priya Raman".to_owned(),
        since: date(2026, 2, 2),
        is_me,
    })
}

fn shared(part: Part, people: &[&str]) -> Arc<SharedPartView> {
    Arc::new(SharedPartView {
        part,
        lines: vec![Arc::new(SharedLineView {
            items: Vec::new(),
            people: texts(people),
            in_part: Vec::new(),
        })],
        to_come: Vec::new(),
    })
}

/// A text that is for all its readers alike.
fn text(html: String) -> Vec<Arc<PassageView>> {
    vec![Arc::new(PassageView {
        html: Html::written(html),
        readers: None,
    })]
}

fn shared_table() -> Vec<Arc<SharedPartView>> {
    let everyone = ["Priya Raman", "Anders Holm", "Mei Tanaka", "Lena Fischer"];
    vec![
        shared(Part::Facts, &everyone),
        shared(Part::People, &everyone),
        shared(Part::Assessments, &["Priya Raman"]),
        shared(Part::Goals, &["Priya Raman", "Lena Fischer"]),
        shared(Part::Actions, &["Priya Raman"]),
        shared(Part::Progress, &["Priya Raman", "Anders Holm"]),
        shared(Part::Groups, &["Priya Raman"]),
        shared(Part::FollowUp, &["Priya Raman", "Anders Holm"]),
        shared(Part::Own, &[]),
        shared(Part::Themes, &["Priya Raman"]),
        shared(Part::Agendas, &[]),
        shared(Part::Updates, &["Priya Raman"]),
        shared(Part::Reviews, &["Priya Raman", "Anders Holm"]),
        shared(Part::Agreement, &["Priya Raman", "Anders Holm"]),
    ]
}

fn ask(kind: AskKind, text: &str, about: &str, due: Option<Date>) -> Arc<AskView> {
    let is_meeting = about == "Quarterly review";
    let anchor = if is_meeting {
        "meeting-2026-05-12"
    } else {
        "goal-1"
    };
    Arc::new(AskView {
        kind,
        text: Some(text.to_owned()),
        goal: (!is_meeting).then(|| goal_name(1, Some(about))),
        meeting: is_meeting.then(|| about.to_owned()),
        anchor: anchor.to_owned(),
        support: (kind == AskKind::Support).then_some(SupportKind::Time),
        agreed: (kind == AskKind::Support).then_some(date(2026, 3, 2)),
        due,
        from: None,
        is_overdue: due.is_some_and(|due| due < TODAY),
    })
}
