//! What two raters who compare notes learn of a third: beyond what is promised, so it is counted, and SECURITY.md says how much it is.

use std::collections::BTreeMap;

use loggia::progress;
use loggia::progress::past::Past;

use crate::figures::progress::lines;
use crate::figures::survey::Survey;

/// What is published of so many peers on the change scale, by the sum of their answers.
fn lines_by_sum(raters: usize) -> BTreeMap<i32, String> {
    let most = 3 * i32::try_from(raters).unwrap();
    let names: Vec<String> = (1..=raters)
        .map(|number| format!("peer-{number}"))
        .collect();
    let mean_of = |sum: i32| {
        // Any answers with that sum: the mean follows the sum alone.
        let mut rest = sum;
        let mut left = i32::try_from(raters).unwrap();
        let answers = names.iter().map(|name| {
            left -= 1;
            let score = (rest + 3 * left).clamp(-3, 3).min(rest + 3 * left);
            rest -= score;
            (name.as_str(), score)
        });
        let answers: Vec<_> = answers.collect();
        let survey = Survey::of_change()
            .people("peer", raters)
            .goal("a", "Speaks concisely.")
            .answers("2026-03-02", "a", &answers);
        let line = lines(&progress::figures(&survey.build(), &Past::none()), "a").concat();
        line.split(", ").next().unwrap().to_owned()
    };
    (-most..=most).map(|sum| (sum, mean_of(sum))).collect()
}

/// In how many of all cases two raters know a third one's answer exactly, in percent.
fn told(raters: usize) -> f64 {
    let lines = lines_by_sum(raters);
    // How many ways the others, of whom one is the third, have to reach a sum.
    let mut ways: BTreeMap<i32, f64> = BTreeMap::from([(0, 1.0)]);
    for _ in 0..raters - 3 {
        let mut next = BTreeMap::new();
        for (sum, count) in &ways {
            for score in -3..=3 {
                *next.entry(sum + score).or_default() += count;
            }
        }
        ways = next;
    }
    let (mut known, mut all) = (0.0, 0.0);
    for two in (-3..=3).flat_map(|one| (-3..=3).map(move |other| one + other)) {
        let mut thirds: BTreeMap<&str, BTreeMap<i32, f64>> = BTreeMap::new();
        for third in -3..=3 {
            for (rest, count) in &ways {
                let line = thirds.entry(&lines[&(two + third + rest)]).or_default();
                *line.entry(third).or_default() += count;
            }
        }
        for line in thirds.values() {
            let count: f64 = line.values().sum();
            all += count;
            known += if line.len() == 1 { count } else { 0.0 };
        }
    }
    100.0 * known / all
}

#[test]
fn two_raters_who_compare_notes_learn_as_much_as_is_said() {
    let told = [3, 4, 5, 6].map(told);
    let said = [14.0, 1.2, 0.2, 0.05];
    assert!((told[0] - said[0]).abs() < 0.5, "{told:?}");
    assert!((told[1] - said[1]).abs() < 0.05, "{told:?}");
    assert!((told[2] - said[2]).abs() < 0.05, "{told:?}");
    assert!(told[3] < said[3], "{told:?}");
}
