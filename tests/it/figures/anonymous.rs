//! Rounds that name nobody: the same figures under the same rules, and nothing that was published of them changes.

use std::collections::BTreeMap;

use loggia::engagement::Engagement;
use loggia::engagement::lock::Lock;
use loggia::engagement::pulse::Rater;
use loggia::engagement::stakeholder::Role;
use loggia::progress;
use loggia::progress::past::Past;
use loggia::progress::{lock, lock_rekeyed, lock_text};

use crate::figures::lock::hash_with;
use crate::figures::progress::lines;
use crate::figures::survey::{Survey, goal};

const DAY: &str = "2026-03-02";

/// A manager with a word of her own, peers, and reports.
fn survey() -> Survey {
    Survey::of_change()
        .person("priya", Role::Manager, Some("manager"))
        .apart("priya", "2026-01-01")
        .people("peer", 6)
        .people("report", 6)
        .goal("a", "Speaks concisely.")
        .goal("b", "Hands over.")
}

fn figures(survey: Survey) -> Vec<String> {
    lines(&progress::figures(&survey.build(), &Past::none()), "a")
}

fn of(groups: &[(&'static str, &[i32])]) -> Vec<(&'static str, i32)> {
    let answers = groups
        .iter()
        .flat_map(|(group, scores)| scores.iter().map(|score| (*group, *score)));
    answers.collect()
}

fn locked(survey: Survey) -> Lock {
    lock::check(&survey.build(), None, &hash_with(1)).unwrap()
}

/// What the coach reads of a build after another one.
fn problems(was: &Lock, survey: Survey) -> String {
    let engagement: Engagement = survey.build();
    let problems = lock::check(&engagement, Some(was), &hash_with(1));
    let problems = problems.err().unwrap_or_default().into_iter();
    let shown = problems.map(|problem| problem.diagnostic(&engagement.id).to_string());
    shown.collect::<Vec<_>>().join("\n")
}

#[test]
fn without_groups_there_is_one_figure_from_the_minimum_on() {
    let two = survey().answers(DAY, "a", &of(&[("?", &[1, 2])]));
    assert_eq!(figures(two), Vec::<String>::new());
    let three = survey()
        .answers(DAY, "a", &of(&[("?", &[2, 1, 1])]))
        .build();
    let figures = progress::figures(&three, &Past::none());
    let round = &figures.of_goal(&goal("a")).unwrap().rounds[0];
    assert!(round.is_shown() && round.own.is_none());
    assert_eq!(round.groups.len(), 1);
    let raised = survey()
        .minimum(4)
        .answers(DAY, "a", &of(&[("?", &[2, 1, 1])]));
    assert_eq!(self::figures(raised), Vec::<String>::new());
}

/// Whoever answers with a name, and has no word of their own, is counted as one without.
#[test]
fn names_make_no_difference_where_nobody_stands_apart() {
    let scores = [2, 1, 0, 1, 3, -1, -2, 0, 1, 1, 2, 2, 3];
    for (peers, reports) in [
        (6, 6),
        (5, 5),
        (5, 4),
        (3, 2),
        (6, 2),
        (1, 1),
        (2, 0),
        (0, 6),
    ] {
        let ids = (1..=peers).map(|number| format!("peer-{number}"));
        let ids = ids.chain((1..=reports).map(|number| format!("report-{number}")));
        let ids: Vec<String> = ids.chain(["priya".to_owned()]).collect();
        let answers = ids.iter().zip(scores).enumerate();
        let named: Vec<(&str, i32, Option<bool>)> = answers
            .map(|(index, (id, score))| (id.as_str(), score, Some(index % 3 > 0)))
            .collect();
        let without: Vec<(String, i32, Option<bool>)> = named
            .iter()
            .map(|(id, score, seen)| {
                let group = id.split('-').next().unwrap().replace("priya", "manager");
                (format!("?{group}"), *score, *seen)
            })
            .collect();
        let without = without
            .iter()
            .map(|(who, score, seen)| (who.as_str(), *score, *seen));
        // A word of a later day opens nothing in this round.
        let survey = || survey().apart("priya", "2026-12-31");
        assert_eq!(
            figures(survey().all_answers(DAY, "a", named.iter().copied())),
            figures(survey().all_answers(DAY, "a", without)),
            "{peers} {reports}"
        );
    }
}

/// A group of one is a person: no round without names shows it, whoever has a word.
#[test]
fn nobody_stands_apart_without_a_name() {
    let answers = of(&[("?manager", &[3]), ("?peer", &[1, 1, 0, 2, 1])]);
    let engagement = survey().answers(DAY, "a", &answers).build();
    let figures = progress::figures(&engagement, &Past::none());
    let round = &figures.of_goal(&goal("a")).unwrap().rounds[0];
    assert_eq!(round.groups.len(), 1, "{:?}", round.groups);
    assert!(!lines(&figures, "a").concat().contains("priya"));
}

/// Every total and group that is published is of at least five people where there are several, and of the minimum where there is one.
#[test]
fn no_group_and_no_difference_of_a_total_and_its_groups_is_small() {
    for manager in 0..3 {
        for peers in 0..8 {
            for reports in 0..8 {
                let some = |count: usize| vec![1; count];
                let (managers, peer, report) = (some(manager), some(peers), some(reports));
                let answers = of(&[
                    ("?manager", &managers),
                    ("?peer", &peer),
                    ("?report", &report),
                ]);
                let engagement = survey().answers(DAY, "a", &answers).build();
                let figures = progress::figures(&engagement, &Past::none());
                let Some(figures) = figures.of_goal(&goal("a")) else {
                    assert!(answers.len() < 3);
                    continue;
                };
                let raters: Vec<u32> = figures.rounds[0]
                    .groups
                    .iter()
                    .map(|group| match group.figure {
                        progress::figures::Figure::Shown(mean) => mean.raters,
                        progress::figures::Figure::TooFew => 0,
                    })
                    .collect();
                let least = if raters.len() > 1 { 5 } else { 3 };
                assert!(raters.iter().all(|raters| *raters >= least), "{raters:?}");
                assert_eq!(raters.iter().sum::<u32>() as usize, answers.len());
            }
        }
    }
}

#[test]
fn what_was_published_without_names_stays_or_goes() {
    let rows = [
        ("?peer", &[1, 1, 0, 2, 1][..]),
        ("?report", &[2, 2, 2, 1, 0]),
    ];
    let published = locked(survey().answers(DAY, "a", &of(&rows)));
    let text = lock_text::text(&published);
    assert!(!text.contains("peer") && !text.contains('?'), "{text}");
    // In any order, as long as all are there.
    let turned: Vec<_> = of(&rows).into_iter().rev().collect();
    assert_eq!(
        problems(&published, survey().answers(DAY, "a", &turned)),
        ""
    );
    assert_eq!(problems(&published, survey().answers(DAY, "a", &[])), "");
    for (other, what) in [
        (of(&[("?peer", &[1, 1, 0, 2, 2]), rows[1]]), "a score"),
        (of(&[("?peer", &[1, 1, 0, 2]), rows[1]]), "one less"),
        (of(&[("?peer", &[1, 1, 0, 2, 1, 1]), rows[1]]), "one more"),
        (
            of(&[("?report", rows[0].1), ("?peer", rows[1].1)]),
            "groups exchanged",
        ),
        (of(&[("?", rows[0].1), rows[1]]), "a group left out"),
        (of(&[rows[0]]), "a group withdrawn"),
    ] {
        let shown = problems(&published, survey().answers(DAY, "a", &other));
        assert!(shown.contains("was published"), "{what}: {shown}");
    }
    let ids: Vec<String> = (1..=5).map(|number| format!("peer-{number}")).collect();
    let named: Vec<(&str, i32)> = ids
        .iter()
        .map(String::as_str)
        .zip([1, 1, 0, 2, 1])
        .collect();
    let shown = problems(&published, survey().answers(DAY, "a", &named));
    assert!(shown.contains("was published"), "{shown}");
    let before = locked(survey().answers(DAY, "a", &named));
    let shown = problems(&before, survey().answers(DAY, "a", &of(&rows[..1])));
    assert!(shown.contains("was published"), "{shown}");
}

/// Whoever takes the answers about one goal away, and leaves those about another, has a file that nobody can hold against the form.
#[test]
fn a_round_without_names_is_withdrawn_whole() {
    let rows = of(&[("?peer", &[1, 1, 0, 2, 1])]);
    let asked = |goals: &[&str]| {
        let goals = goals.iter();
        let nothing = survey().answers(DAY, "a", &[]);
        goals.fold(nothing, |survey, goal| survey.answers(DAY, goal, &rows))
    };
    let published = locked(asked(&["a", "b"]));
    for (left, is_whole) in [(&["a"][..], false), (&["b"], false), (&[], true)] {
        let shown = problems(&published, asked(left));
        assert_eq!(shown.is_empty(), is_whole, "{left:?} {shown}");
        assert_eq!(shown.contains("leave its header line alone"), !is_whole);
    }
    // What was too little to be published goes with the rest, and is no reason to stop by itself.
    let few = survey()
        .answers(DAY, "a", &rows)
        .answers(DAY, "b", &rows[..2]);
    let published = locked(few);
    assert_eq!(problems(&published, asked(&["a"])), "");
    let rest = survey().answers(DAY, "b", &rows[..2]);
    assert!(problems(&published, rest).contains("leave its header line alone"));
    // With names, each figure goes by itself.
    let named: Vec<(&str, i32)> = ["peer-1", "peer-2", "peer-3"].map(|id| (id, 1)).into();
    let both = survey().answers(DAY, "a", &named).answers(DAY, "b", &named);
    let rest = survey().answers(DAY, "b", &named);
    assert_eq!(problems(&locked(both), rest), "");
}

/// A record whose key is lost is taken over where there are as many answers as were published, also where nobody gave a name.
#[test]
fn another_number_of_answers_without_names_is_not_adopted() {
    let rows = of(&[("?peer", &[1, 1, 0, 2, 1])]);
    let published = locked(survey().answers(DAY, "a", &rows));
    let lost = |rows: &[(&str, i32)]| {
        let engagement = survey().answers(DAY, "a", rows).build();
        let adopted = lock_rekeyed::adopted(&engagement, &published, &hash_with(2));
        adopted.unwrap().lost.len()
    };
    assert_eq!(lost(&rows), 0);
    assert_eq!(lost(&rows[..4]), 1);
    assert_eq!(lost(&of(&[("?peer", &[1, 1, 0, 2, 1, 3])])), 1);
    assert_eq!(lost(&[]), 1);
}

/// Of a round without names anybody may be the rater of another one.
#[test]
fn nobody_may_be_asked_again_before_the_answers_can_have_changed() {
    let nameless = of(&[("?", &[1, 1, 0, 2, 1])]);
    let ids: Vec<String> = (1..=5).map(|number| format!("peer-{number}")).collect();
    let named: Vec<(&str, i32)> = ids
        .iter()
        .map(String::as_str)
        .zip([1, 1, 0, 2, 1])
        .collect();
    let kinds = BTreeMap::from([(true, &nameless), (false, &named)]);
    for (is_first_nameless, first) in &kinds {
        for (is_second_nameless, second) in &kinds {
            if !is_first_nameless && !is_second_nameless {
                continue;
            }
            let was = locked(survey().answers(DAY, "a", first));
            let both = |day: &str, goal: &str| {
                let survey = survey().answers(DAY, "a", first);
                problems(&was, survey.answers(day, goal, second))
            };
            for day in ["2026-02-24", "2026-03-01", "2026-03-03", "2026-03-08"] {
                let shown = both(day, "a");
                assert!(shown.contains("nobody can tell whether"), "{day} {shown}");
                assert_eq!(both(day, "b"), "", "{day}");
            }
            assert_eq!(both("2026-03-09", "a"), "");
            let after = |day: &str| {
                problems(
                    &was,
                    survey().answers(DAY, "a", &[]).answers(day, "a", second),
                )
            };
            assert!(after("2026-03-29").contains("withdrawn"));
            assert_eq!(after("2026-03-30"), "");
        }
    }
}

#[test]
fn a_rater_without_a_name_is_nobody_in_particular() {
    let rater = Rater::Anonymous(None);
    let engagement = survey().build();
    assert!(
        engagement
            .stakeholders
            .iter()
            .all(|person| !rater.is(&person.id))
    );
}
