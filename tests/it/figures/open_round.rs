//! A round that has not closed is not published, and not recorded.

use loggia::engagement::stakeholder::Role;
use loggia::progress;
use loggia::progress::past::Past;

use crate::figures::survey::{Survey, goal};

#[test]
fn open_round_is_not_known() {
    let raters = ["ana", "ben", "cleo", "dan"];
    let mut survey = Survey::of_change();
    for rater in raters {
        survey = survey.person(rater, Role::Supporter, None);
    }
    let scores = raters.map(|rater| (rater, 1));
    let mut engagement = survey
        .goal("listen", "listens")
        .answers("2026-03-02", "listen", &scores)
        .answers("2026-04-02", "listen", &scores)
        .build();
    engagement.split_off("2026-04-01".parse::<jiff::civil::Date>().unwrap().into());
    let figures = progress::figures(&engagement, &Past::none());
    let rounds = &figures.of_goal(&goal("listen")).unwrap().rounds;
    assert_eq!(
        rounds
            .iter()
            .map(|round| round.date.to_string())
            .collect::<Vec<_>>(),
        ["2026-03-02"]
    );
}
