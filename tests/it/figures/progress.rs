//! Figures from outside: ratings in, figures as a line of text out.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop};
use proptest::{prop_assert, prop_assert_eq, proptest};

use loggia::engagement::stakeholder::Role;
use loggia::progress;
use loggia::progress::figures::{Bound, Figure, Figures, Group, Mean, RoundFigures, Share};
use loggia::progress::past::Past;

use crate::figures::survey::{Survey, goal};

/// Everything that is published about one goal, one line a round, as a reader could write it down.
pub(crate) fn lines(figures: &Figures, id: &str) -> Vec<String> {
    figures
        .of_goal(&goal(id))
        .map(|goal| goal.rounds.iter().map(line).collect())
        .unwrap_or_default()
}

/// One round in words.
pub(crate) fn line(round: &RoundFigures) -> String {
    let mut words = vec![format!("all {}", figure(round.total))];
    for group in &round.groups {
        let name = match &group.group {
            Group::Apart(id) => id.to_string(),
            Group::Named(id) => id.to_string(),
            Group::Colleagues => "colleagues".to_owned(),
        };
        words.push(format!("{name} {}", figure(group.figure)));
    }
    if let Some(own) = round.own {
        words.push(format!("self {own}"));
    }
    if let Some(spread) = round.spread {
        let (improved, same, worse) = (spread.improved, spread.same, spread.worse);
        words.push(format!("spread {improved}/{same}/{worse}"));
    }
    if let Some(Share { percent, bound }) = round.followed_up {
        words.push(format!("followed up {percent} %{}", suffix(bound)));
    }
    if round.carries_themes {
        words.push("themes".to_owned());
    }
    words.join(", ")
}

fn figure(figure: Figure) -> String {
    let Figure::Shown(Mean {
        value,
        bound,
        decimals,
        raters,
    }) = figure
    else {
        return "too few".to_owned();
    };
    let decimals = usize::from(decimals);
    format!("{value:.decimals$}{} of {raters}", suffix(bound))
}

fn suffix(bound: Bound) -> String {
    match bound {
        Bound::About => String::new(),
        Bound::OrLess => " or less".to_owned(),
        Bound::OrMore => " or more".to_owned(),
        Bound::UpTo(end) => format!(" to {end:.1}"),
    }
}

#[track_caller]
fn check(survey: Survey, expected: &[&str]) {
    let engagement = survey.build();
    assert_eq!(
        lines(&progress::figures(&engagement, &Past::none()), "a"),
        expected
    );
}

/// The manager, who stands apart, four peers and two reports of the worked example.
fn worked_example() -> Survey {
    Survey::of_change()
        .person("priya", Role::Manager, None)
        .apart("priya", "2026-01-01")
        .people("peer", 4)
        .people("report", 2)
        .goal("a", "Speaks concisely.")
}

const WORKED_ANSWERS: [(&str, i32); 7] = [
    ("priya", 2),
    ("peer-1", 1),
    ("peer-2", 2),
    ("peer-3", 0),
    ("peer-4", 1),
    ("report-1", -2),
    ("report-2", -1),
];

#[test]
fn reports_of_the_worked_example_cannot_be_recovered() {
    check(
        worked_example().answers("2026-03-02", "a", &WORKED_ANSWERS),
        &["all 0.4 of 7, priya 2 of 1, colleagues 0.2 of 6, spread 57/14/29, themes"],
    );
}

#[test]
fn a_slot_with_too_few_is_the_same_for_any_number_of_too_few() {
    for count in 0..3 {
        let survey = worked_example()
            .answers("2026-03-02", "a", &WORKED_ANSWERS)
            .answers("2026-06-01", "a", &WORKED_ANSWERS[..count])
            .answers("2026-06-01", "a", &[("nyah", 3)]);
        check(
            survey,
            &[
                "all 0.4 of 7, priya 2 of 1, colleagues 0.2 of 6, spread 57/14/29, themes",
                "all too few, self 3",
            ],
        );
    }
}

#[test]
fn rounds_before_the_first_figure_are_left_out() {
    let survey = worked_example()
        .answers("2026-01-02", "a", &WORKED_ANSWERS[..2])
        .answers("2026-03-02", "a", &WORKED_ANSWERS);
    check(
        survey,
        &["all 0.4 of 7, priya 2 of 1, colleagues 0.2 of 6, spread 57/14/29, themes"],
    );
    check(
        worked_example().answers("2026-01-02", "a", &WORKED_ANSWERS[..2]),
        &[],
    );
}

#[test]
fn a_manager_with_too_few_others_is_counted_with_them() {
    check(
        worked_example().answers("2026-03-02", "a", &WORKED_ANSWERS[..3]),
        &["all 0.3 or more of 3, colleagues 0.3 or more of 3"],
    );
}

/// Ratings of up to eight people in three groups and a manager, about two goals in three rounds.
fn any_ratings() -> impl Strategy<Value = Vec<(usize, usize, usize, i32, Option<bool>)>> {
    let rating = (
        0..3_usize,
        0..2_usize,
        0..PEOPLE.len(),
        -3..=3,
        any::<Option<bool>>(),
    );
    vec(rating, 0..60).prop_map(|mut ratings| {
        ratings.sort_unstable();
        ratings.dedup_by_key(|(round, goal, rater, _, _)| (*round, *goal, *rater));
        ratings
    })
}

const PEOPLE: [(&str, Role, Option<&str>); 14] = [
    ("nyah", Role::Coachee, None),
    ("priya", Role::Manager, None),
    ("anders", Role::Sponsor, None),
    ("ines", Role::Hr, None),
    ("peer-1", Role::Supporter, Some("peer")),
    ("peer-2", Role::Supporter, Some("peer")),
    ("peer-3", Role::Supporter, Some("peer")),
    ("peer-4", Role::Supporter, Some("peer")),
    ("peer-5", Role::Supporter, Some("peer")),
    ("report-1", Role::Supporter, Some("report")),
    ("report-2", Role::Supporter, Some("report")),
    ("report-3", Role::Supporter, Some("report")),
    ("report-4", Role::Supporter, Some("report")),
    ("report-5", Role::Supporter, Some("report")),
];

const DATES: [&str; 3] = ["2026-03-02", "2026-06-01", "2026-09-07"];

/// What is published of these ratings, both goals one after the other.
fn published(
    minimum: u32,
    ratings: &[(usize, usize, usize, i32, Option<bool>)],
) -> Vec<Vec<String>> {
    let mut survey = Survey::of_change().minimum(minimum);
    for (id, role, group) in &PEOPLE[1..] {
        survey = survey.person(id, *role, *group);
    }
    // From the second round on, the manager stands apart.
    survey = survey
        .apart("priya", DATES[1])
        .goal("a", "Speaks concisely.")
        .goal("b", "Hands over.");
    for date in DATES {
        survey = survey.answers(date, "a", &[]);
    }
    for (round, goal, rater, score, seen) in ratings {
        let row = (PEOPLE[*rater].0, *score, *seen);
        survey = survey.all_answers(DATES[*round], ["a", "b"][*goal], [row].into_iter());
    }
    let figures = progress::figures(&survey.build(), &Past::none());
    ["a", "b"].map(|goal| lines(&figures, goal)).to_vec()
}

proptest! {
    #[test]
    fn order_changes_nothing(ratings in any_ratings(), shuffled in any::<prop::sample::Index>()) {
        let mut turned = ratings.clone();
        if !turned.is_empty() {
            let by = shuffled.index(turned.len());
            turned.rotate_left(by);
            turned[by..].reverse();
        }
        prop_assert_eq!(published(3, &ratings), published(3, &turned));
    }

    /// People of one group may swap their answers: only who is in which group counts.
    #[test]
    fn people_of_a_group_are_interchangeable(ratings in any_ratings()) {
        let swapped: Vec<_> = ratings
            .iter()
            .map(|(round, goal, rater, score, seen)| {
                let rater = match rater {
                    4..=8 => 12 - rater,
                    9..=13 => 22 - rater,
                    other => *other,
                };
                (*round, *goal, rater, *score, *seen)
            })
            .collect();
        prop_assert_eq!(published(3, &ratings), published(3, &swapped));
    }

    #[test]
    fn answers_below_the_minimum_move_nothing(ratings in any_ratings(), minimum in 3..9_u32) {
        let count = |question: (usize, usize)| {
            let of_question = ratings.iter().filter(|rating| (rating.0, rating.1) == question);
            of_question.filter(|rating| rating.2 != 0).count()
        };
        let extreme: Vec<_> = ratings
            .iter()
            .map(|&(round, goal, rater, score, seen)| {
                let is_hidden = count((round, goal)) < usize::try_from(minimum).unwrap() && rater != 0;
                let hidden = (3 * (score.signum() + 1) - 3, seen.map(|seen| !seen));
                let (score, seen) = if is_hidden { hidden } else { (score, seen) };
                (round, goal, rater, score, seen)
            })
            .collect();
        prop_assert_eq!(published(minimum, &ratings), published(minimum, &extreme));
    }

    /// A higher minimum never shows a figure of fewer raters, and shows none where a lower one showed none.
    #[test]
    fn a_higher_minimum_shows_less(ratings in any_ratings(), minimum in 3..9_u32) {
        let shown = |minimum| -> Vec<usize> {
            let goals = published(minimum, &ratings);
            goals
                .iter()
                .map(|rounds| rounds.iter().filter(|round| !round.contains("too few")).count())
                .collect()
        };
        for (higher, lower) in shown(minimum + 1).into_iter().zip(shown(minimum)) {
            prop_assert!(higher <= lower);
        }
        for round in published(minimum, &ratings).into_iter().flatten() {
            let groups = round.split(", ").filter(|part| !part.starts_with("priya"));
            for of in groups.filter_map(|part| part.split(" of ").nth(1)) {
                prop_assert!(of.parse::<u32>().unwrap() >= minimum);
            }
        }
    }
}

#[track_caller]
fn check_change(survey: Survey, expected: &str) {
    let engagement = survey.build();
    let figures = progress::figures(&engagement, &Past::none());
    let goal = figures.of_goal(&goal("a"));
    let change = goal.and_then(|goal| goal.change(&engagement.pulse.scale));
    let words = change.map(|change| {
        let (points, end) = (change.points, suffix(change.bound));
        let (band, rounds) = (change.band, change.rounds);
        format!(
            "{:?} by {points:.1}{end}, band {band:.1}, {rounds} rounds, {} to {}",
            change.direction, change.since, change.until
        )
    });
    assert_eq!(words.unwrap_or_default(), expected);
}

/// Six peers who answer the same list in turn.
fn peers(survey: Survey, date: &str, scores: [i32; 6]) -> Survey {
    let names = ["peer-1", "peer-2", "peer-3", "peer-4", "peer-5", "peer-6"];
    let rows: Vec<_> = names.into_iter().zip(scores).collect();
    survey.answers(date, "a", &rows)
}

#[test]
fn change_is_told_from_the_latest_mean_on_the_change_scale() {
    let survey = || {
        Survey::of_change()
            .people("peer", 6)
            .goal("a", "Speaks concisely.")
    };
    check_change(survey(), "");
    check_change(
        peers(survey(), "2026-03-02", [1, 1, 0, 2, 1, 0]),
        "Better by 0.8, band 0.5, 1 rounds, 2026-03-02 to 2026-03-02",
    );
    check_change(
        peers(survey(), "2026-03-02", [3, 3, 2, 2, 3, 3]),
        "Better by 1.6 or more, band 0.5, 1 rounds, 2026-03-02 to 2026-03-02",
    );
    let earlier = peers(survey(), "2026-03-02", [3, 3, 2, 2, 3, 3]);
    check_change(
        peers(earlier, "2026-06-02", [1, 1, 0, 0, 0, 0]).answers("2026-09-02", "a", &[]),
        "NoClear by 0.3, band 0.5, 2 rounds, 2026-03-02 to 2026-06-02",
    );
}

#[test]
fn change_is_points_moved_on_a_level_scale() {
    let first = |scores| {
        let survey = Survey::of_level(1, 5)
            .people("peer", 6)
            .goal("a", "Speaks concisely.");
        peers(survey, "2026-03-02", scores)
    };
    let low = [2, 3, 2, 3, 2, 2];
    check_change(first(low), "");
    check_change(
        peers(first(low), "2026-06-02", [3, 3, 2, 3, 2, 3]),
        "Better by 0.4, band 0.3, 2 rounds, 2026-03-02 to 2026-06-02",
    );
    check_change(
        peers(first(low), "2026-06-02", [5; 6]),
        "Better by 1.7 or more, band 0.3, 2 rounds, 2026-03-02 to 2026-06-02",
    );
    check_change(
        peers(first([5; 6]), "2026-06-02", [5; 6]),
        "NoClear by -1.0 to 1.0, band 0.3, 2 rounds, 2026-03-02 to 2026-06-02",
    );
    check_change(
        peers(first([5; 6]), "2026-06-02", low),
        "Worse by -1.7 or less, band 0.3, 2 rounds, 2026-03-02 to 2026-06-02",
    );
}

/// Who is shown with whom, when so many of each group answer.
#[track_caller]
fn check_groups(scale: Survey, people: &[(&str, usize)], expected: &str) {
    let mut survey = scale.goal("a", "Speaks concisely.");
    for (group, count) in people {
        for number in 0..*count {
            let (role, own) = match *group {
                "manager" | "apart" => (Role::Manager, None),
                "sponsor" => (Role::Sponsor, None),
                group => (Role::Supporter, Some(group)),
            };
            let id = format!("{group}-{number}");
            survey = survey
                .person(&id, role, own)
                .answers("2026-03-02", "a", &[(&id, 0)]);
            if *group == "apart" {
                survey = survey.apart(&id, "2026-03-02");
            }
        }
    }
    let figures = progress::figures(&survey.build(), &Past::none());
    let line = lines(&figures, "a").concat();
    let sizes = line.split(", ").filter(|part| part.contains(" of "));
    let sizes: Vec<_> = sizes
        .map(|part| part.replace(" 0.0 of", "").replace(" 0 of", ""))
        .collect();
    assert_eq!(sizes.join(", "), expected);
}

#[test]
fn groups_merge_until_each_can_stand_alone() {
    let check = |people: &[_], expected| check_groups(Survey::of_change(), people, expected);
    check(&[("peer", 2)], "");
    check(&[("peer", 3)], "all 3, peer 3");
    check(&[("peer", 5), ("report", 5)], "all 10, peer 5, report 5");
    check(&[("peer", 6), ("report", 4)], "all 10, colleagues 10");
    check(
        &[("peer", 5), ("report", 3), ("skip", 2)],
        "all 10, peer 5, colleagues 5",
    );
    check(
        &[("peer", 6), ("report", 5), ("sponsor", 1)],
        "all 12, peer 6, colleagues 6",
    );
    check(
        &[("peer", 5), ("report", 5), ("skip", 4)],
        "all 14, report 5, colleagues 9",
    );
    check(&[("manager", 1)], "");
    check(&[("manager", 1), ("peer", 1)], "");
    check(&[("manager", 1), ("peer", 2)], "all 3, colleagues 3");
    check(&[("manager", 1), ("peer", 3)], "all 4, colleagues 4");
    check(
        &[("manager", 2), ("peer", 2), ("sponsor", 2)],
        "all 6, colleagues 6",
    );
    check(&[("apart", 1), ("peer", 2)], "all 3, colleagues 3");
    check(&[("apart", 1), ("peer", 3)], "all 4, apart-0 1, peer 3");
    check(
        &[("apart", 2), ("peer", 2), ("sponsor", 2)],
        "all 6, apart-0 1, apart-1 1, colleagues 4",
    );
    check(
        &[("apart", 1), ("manager", 1), ("peer", 4)],
        "all 6, apart-0 1, colleagues 5",
    );
    let check = |people: &[_], expected| check_groups(Survey::of_level(-2, 2), people, expected);
    check(&[("peer", 3)], "");
    check(&[("manager", 1), ("peer", 3)], "all 4, colleagues 4");
    check(&[("apart", 1), ("peer", 3)], "all 4, colleagues 4");
    check(&[("apart", 1), ("peer", 4)], "all 5, apart-0 1, peer 4");
}

#[test]
fn a_follow_up_is_told_in_cells() {
    for (yes, expected) in [
        (0, "34 % or less"),
        (2, "34 % or less"),
        (3, "50 %"),
        (4, "66 % or more"),
        (6, "66 % or more"),
    ] {
        let names = ["peer-1", "peer-2", "peer-3", "peer-4", "peer-5", "peer-6"];
        let answers = names.into_iter().enumerate();
        let answers = answers.map(|(index, name)| (name, 0, Some(index < yes)));
        let survey = Survey::of_change()
            .people("peer", 6)
            .goal("a", "Speaks concisely.");
        let engagement = survey.all_answers("2026-03-02", "a", answers).build();
        let line = lines(&progress::figures(&engagement, &Past::none()), "a").concat();
        assert!(line.contains(expected), "{yes}: {line}");
    }
}
