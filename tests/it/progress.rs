//! Figures from outside: ratings in, figures as a line of text out.

use loggia::engagement::stakeholder::Role;
use loggia::progress;
use loggia::progress::figures::Bound;
use loggia::progress::figures::Figure;
use loggia::progress::figures::Figures;
use loggia::progress::figures::Group;
use loggia::progress::figures::Mean;
use loggia::progress::figures::RoundFigures;
use loggia::progress::figures::Share;

use crate::survey::Survey;
use crate::survey::goal;

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
            Group::Manager => "manager".to_owned(),
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
    assert_eq!(lines(&progress::figures(&engagement), "a"), expected);
}

/// The manager, four peers and two reports of the worked example in DOMAIN section 4.
fn worked_example() -> Survey {
    Survey::of_change()
        .person("priya", Role::Manager, None)
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
        &["all 0.4 of 7, manager 2 of 1, colleagues 0.2 of 6, themes"],
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
                "all 0.4 of 7, manager 2 of 1, colleagues 0.2 of 6, themes",
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
        &["all 0.4 of 7, manager 2 of 1, colleagues 0.2 of 6, themes"],
    );
    check(
        worked_example().answers("2026-01-02", "a", &WORKED_ANSWERS[..2]),
        &[],
    );
}

#[test]
fn a_manager_with_too_few_others_vanishes_into_the_total() {
    check(
        worked_example().answers("2026-03-02", "a", &WORKED_ANSWERS[..3]),
        &["all 0.3 or more of 3"],
    );
}
