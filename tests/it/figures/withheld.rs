//! What is said where rounds were held and no figure of them can be shown.

use crate::project::Project;
use crate::site::plan::pages;

const ROUND: &str = "nyah/pulse/2026-03-02.csv";
const WITHHELD: &str = "Too few have answered so far";

/// A folder in which two raters answered about the goal whose figures are shared, and these about one whose figures are not.
fn project(others: &[&str]) -> Project {
    let project = Project::small();
    let calm = "nyah/goals/2-calm.md";
    project.replace(calm, "goals = []", "goals = [\"supporter\"]");
    let mut rows =
        String::from("rater,goal,score,followed_up,comment\ntom,clear,2,yes,\nlena,clear,1,no,\n");
    for rater in others {
        rows += &format!("{rater},calm,1,yes,\n");
    }
    project.write(ROUND, rows);
    project
}

#[test]
fn a_round_is_withheld_for_those_who_would_see_figures_whatever_other_goals_show() {
    let (without, with) = (project(&[]), project(&["tom", "lena", "idris"]));
    let (without, with) = (pages(&without, "2026-03-20"), pages(&with, "2026-03-20"));
    let figures = "What raters see";
    assert!(with["nyah"].contains("+0.3 or more"), "{}", with["nyah"]);
    for reader in ["priya", "anders"] {
        assert!(with[reader].contains(WITHHELD), "{reader}");
        assert_eq!(with[reader], without[reader], "{reader}");
    }
    for reader in ["tom", "lena"] {
        assert!(!with[reader].contains(figures), "{reader}");
        assert_eq!(with[reader], without[reader], "{reader}");
    }
}
