//! Of a row of ratings a message quotes the field that it is about and no other: what is printed is kept by logs, and a log is read by
//! more people than the ratings are.

use crate::project::Project;

const ROUND: &str = "nyah/pulse/2026-03-02.csv";
const COLUMNS: [&str; 5] = ["rater", "goal", "score", "followed_up", "comment"];
/// A good row; the comment holds a word that stands nowhere else.
const ROW: [&str; 5] = ["tom", "clear", "-2", "yes", "hush"];

/// What is wrong with a row: the column, what stands there, and the columns that may be quoted.
const FAULTS: [(usize, &str, &[usize]); 10] = [
    (0, "tmo", &[0]),
    (0, "coach", &[0]),
    (0, "", &[0]),
    (1, "claer", &[1]),
    (1, "", &[1]),
    (2, "77", &[2]),
    (2, "many", &[2]),
    (2, "", &[2]),
    (3, "maybe", &[3]),
    (3, "very much so, since May", &[]),
];

/// Columns in other orders.
const ORDERS: [[usize; 5]; 6] = [
    [0, 1, 2, 3, 4],
    [1, 0, 2, 3, 4],
    [2, 3, 0, 1, 4],
    [4, 3, 2, 1, 0],
    [3, 4, 1, 2, 0],
    [1, 2, 4, 0, 3],
];

fn row(fields: &[&str; 5], order: [usize; 5]) -> String {
    let field = |index: usize| match fields[index] {
        text if text.contains(',') => format!("\"{text}\""),
        text => text.to_owned(),
    };
    order.map(field).join(",") + "\n"
}

/// The excerpts of ratings in what is printed: what stands behind `12 | `, without the lines of marks.
fn excerpts(printed: &str) -> Vec<&str> {
    let lines = printed.lines().filter_map(|line| line.split_once(" | "));
    let of_file = lines.filter(|(number, _)| number.trim().parse::<u32>().is_ok());
    of_file.map(|(_, text)| text).collect()
}

#[test]
fn of_a_row_no_more_is_quoted_than_the_field_at_fault() {
    for order in ORDERS {
        let project = Project::small();
        let mut text = row(&COLUMNS, order);
        for (column, fault, _) in FAULTS {
            let mut fields = ROW;
            fields[column] = fault;
            text += &row(&fields, order);
        }
        project.write(ROUND, text);
        for command in ["check", "build"] {
            let ran = project.run(&[command]);
            assert_eq!(ran.code, 3, "{}", ran.stderr);
            let found = ran.stderr.matches(ROUND).count();
            assert!(found >= FAULTS.len() - 1, "{found}: {}", ran.stderr);
            assert!(
                !ran.stderr.contains("hush") && !ran.stderr.contains("-2"),
                "{}",
                ran.stderr
            );
            let shown = excerpts(&ran.stderr);
            let may_be_shown = |text: &str| {
                let mut faults = FAULTS.iter();
                faults.any(|(_, fault, quoted)| !quoted.is_empty() && text == *fault)
            };
            for text in shown {
                assert!(may_be_shown(text), "{order:?}: {text}\n{}", ran.stderr);
            }
        }
    }
}

#[test]
fn of_a_row_that_is_one_too_many_only_rater_and_goal_are_quoted() {
    for order in ORDERS {
        let project = Project::small();
        let good = row(&ROW, order);
        let stranger = row(&["priya", "other", "-2", "no", "hush"], order);
        project.write(ROUND, row(&COLUMNS, order) + &good + &good + &stranger);
        let ran = project.run(&["check"]);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        assert!(
            ran.stderr.contains("`tom` rates `clear` twice"),
            "{}",
            ran.stderr
        );
        for secret in ["-2", "yes", "hush"] {
            assert!(
                !ran.stderr.contains(secret),
                "{order:?} {secret}: {}",
                ran.stderr
            );
        }
    }
    // A row with a field too many is not quoted at all.
    let project = Project::small();
    project.write(
        ROUND,
        row(&COLUMNS, ORDERS[0]) + "tom,clear,-2,yes,hush,hush\n",
    );
    let ran = project.run(&["check"]);
    assert_eq!(ran.code, 3);
    assert_eq!(excerpts(&ran.stderr), Vec::<&str>::new(), "{}", ran.stderr);
}

/// Rows whose fields stand nowhere else in the folder, each in the order of the columns.
const STRANGE: [[&str; 5]; 3] = [
    ["quibble", "gizmo", "9917", "perhaps", "hush"],
    ["zephyr", "clear", "8826", "perchance", "hush"],
    ["brioche", "widget", "many", "yes", "hush"],
];

#[test]
fn all_messages_of_a_row_together_quote_one_field_of_it() {
    for order in ORDERS {
        for header in ORDERS {
            let project = Project::small();
            let rows: String = STRANGE.iter().map(|fields| row(fields, order)).collect();
            project.write(ROUND, row(&COLUMNS, header) + &rows);
            let ran = project.run(&["check"]);
            assert_eq!(ran.code, 3, "{}", ran.stderr);
            for fields in STRANGE {
                let own = fields
                    .iter()
                    .filter(|field| !["clear", "yes"].contains(field));
                let quoted = own.filter(|field| ran.stderr.contains(**field)).count();
                assert!(
                    quoted < 2,
                    "{header:?} {order:?} {fields:?}: {}",
                    ran.stderr
                );
            }
        }
    }
}

#[test]
fn a_score_is_never_told_beside_who_gave_it() {
    let project = Project::small();
    for fields in [
        ["coach", "clear", "9917", "yes", "hush"],
        ["tom", "claer", "9917", "yes", "hush"],
        ["anders", "clear", "9917", "perhaps", "hush"],
        ["tmo", "clear", "-2", "perhaps", "hush"],
    ] {
        for order in ORDERS {
            let rows = row(&ROW, order) + &row(&fields, order) + &row(&fields, order);
            project.write(ROUND, row(&COLUMNS, order) + &rows);
            let ran = project.run(&["check"]);
            assert_eq!(ran.code, 3, "{}", ran.stderr);
            let is_told = |word: &str| ran.stderr.contains(&format!("`{word}`"));
            let excerpts = excerpts(&ran.stderr);
            let shows = |word: &str| is_told(word) || excerpts.contains(&word);
            assert!(
                !(shows(fields[0]) && shows(fields[2])),
                "{order:?} {fields:?}: {}",
                ran.stderr
            );
        }
    }
}
