//! What stands where on a page, and what each state of an engagement says first.

use std::sync::Arc;

use jiff::civil::date;

use crate::engagement::review::ReviewKind;
use crate::portal::samples;
use crate::portal::view::PortalView;
use crate::portal::view::facts::{FactsView, PauseView};
use crate::portal::view::figures::{ProgressView, QuietView};
use crate::render::theme::Theme;

/// The page of a portal in English.
fn written(portal: PortalView) -> String {
    let theme = Theme::load(None).unwrap();
    theme.page(portal, "en").unwrap().document
}

/// Where each of these stands in a page, from its beginning on.
fn places(page: &str, words: &[&str]) -> Vec<usize> {
    let place = |word: &&str| {
        page.find(word)
            .unwrap_or_else(|| panic!("{word} is missing"))
    };
    words.iter().map(place).collect()
}

#[test]
fn what_is_not_there_has_no_section_and_no_tab() {
    for (name, portal) in samples::all() {
        let present = [
            ("goals", !portal.goals.is_empty()),
            (
                "meetings",
                portal.next_meeting.is_some() || !portal.past_meetings.is_empty(),
            ),
            (
                "news",
                !portal.updates.is_empty() || !portal.reviews.is_empty(),
            ),
            ("overview", true),
            ("about", true),
        ];
        let page = written(portal);
        for (section, is_there) in present {
            let has_section = page.contains(&format!("<section id=\"{section}\""));
            let has_tab = page.contains(&format!("<li><a href=\"#{section}\""));
            assert_eq!(
                (has_section, has_tab),
                (is_there, is_there),
                "{name} {section}"
            );
        }
    }
}

#[test]
fn all_that_is_of_a_goal_stands_in_its_article() {
    let portal = samples::coachee();
    let goals = portal.goals.len();
    let page = written(portal);
    let articles: Vec<&str> = page.split("class=\"goal\"").skip(1).collect();
    assert_eq!(articles.len(), goals);
    let inside: usize = articles
        .iter()
        .map(|rest| {
            rest.split("</article>")
                .next()
                .unwrap()
                .matches("class=\"progress\"")
                .count()
        })
        .sum();
    assert_eq!(inside, page.matches("class=\"progress\"").count());
    assert!(inside > 0);
}

#[test]
fn a_finished_engagement_begins_with_its_report_and_asks_for_nothing() {
    let mut portal = samples::coachee();
    let facts = portal.facts.as_mut().and_then(Arc::get_mut).unwrap();
    facts.is_over = true;
    let mut reviews = portal.reviews.iter_mut().filter_map(Arc::get_mut);
    reviews.next().unwrap().kind = ReviewKind::Final;
    let page = written(portal);
    assert!(!page.contains("Asked of you") && !page.contains("What is next"));
    let order = places(
        &page,
        &["Completed", "id=\"news\"", "id=\"goals\"", "id=\"about\""],
    );
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn with_many_goals_what_is_next_and_asked_comes_before_them() {
    let order = |portal| places(&written(portal), &["What is next", "What raters see"]);
    assert!(!order(samples::coachee()).is_sorted());
    let many = samples::extreme();
    assert!(
        many.goals
            .iter()
            .filter(|goal| goal.progress.is_some())
            .count()
            > 3
    );
    assert!(order(many).is_sorted());
}

/// The sample with all there is, its facts changed.
fn with_facts(change: impl Fn(&mut FactsView)) -> PortalView {
    let mut portal = samples::coachee();
    change(portal.facts.as_mut().and_then(Arc::get_mut).unwrap());
    portal
}

/// The same, the figures of its first goal changed.
fn with_figures(change: impl Fn(&mut ProgressView)) -> PortalView {
    let mut portal = samples::coachee();
    let goal = Arc::get_mut(&mut portal.goals[0]).unwrap();
    change(goal.progress.as_mut().and_then(Arc::get_mut).unwrap());
    portal
}

#[test]
fn each_state_of_an_engagement_is_said_in_the_glance_and_in_no_other_state() {
    let mut none_yet = samples::coachee();
    for goal in &mut none_yet.goals {
        Arc::get_mut(goal).unwrap().progress = None;
    }
    let mut withheld = samples::coachee();
    withheld.withheld = Some(date(2026, 5, 4));
    for goal in &mut withheld.goals {
        Arc::get_mut(goal).unwrap().progress = None;
    }
    let mut closing = samples::coachee();
    closing.closes_soon = true;
    let states = [
        ("Begins on", with_facts(|facts| facts.has_started = false)),
        (
            "Paused until",
            with_facts(|facts| {
                facts.pause = Some(Arc::new(PauseView {
                    from: date(2026, 8, 1),
                    until: date(2026, 9, 1),
                    has_begun: true,
                    is_over: false,
                }));
            }),
        ),
        ("Completed", with_facts(|facts| facts.is_over = true)),
        ("This page closes on", closing),
        ("No figures yet", none_yet),
        ("Too few have answered so far", withheld),
        (
            "none since",
            with_figures(|figures| {
                figures.quiet = Some(Arc::new(QuietView {
                    last: date(2026, 3, 16),
                    from: date(2026, 6, 1),
                }));
            }),
        ),
    ];
    let words = states.each_ref().map(|(words, _)| *words);
    for (said, portal) in states {
        let page = written(portal);
        let glance = page.split("id=\"overview\"").nth(1).unwrap();
        let glance = glance.split("</section>").next().unwrap();
        for words in words {
            assert_eq!(glance.contains(words), words == said, "{said}: {words}");
        }
    }
}
