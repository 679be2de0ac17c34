//! `build --timings`: a table on standard error, and not a byte of it anywhere else.

use crate::project::Project;

/// A text without its numbers and without what follows from them: each line as its words.
fn shape(text: &str) -> Vec<String> {
    let word = |word: &str| match word.trim_end_matches([',', ';', ':']) {
        number if number.parse::<f64>().is_ok() => "N".to_owned(),
        "threads" => "thread".to_owned(),
        word => word.to_owned(),
    };
    let line = |line: &str| {
        let words: Vec<String> = line.split_whitespace().map(word).collect();
        words.join(" ")
    };
    text.lines().map(line).collect()
}

#[test]
fn the_table_names_every_stage_and_the_slowest_engagements() {
    let project = Project::samples();
    project.built();
    let plain = project.run(&["build"]);
    assert_eq!(plain.code, 0, "{}", plain.stderr);
    let timed = project.run(&["build", "--timings", "--out", "timed"]);
    assert_eq!((timed.code, timed.stdout), (0, plain.stdout));
    let (told, table) = timed
        .stderr
        .split_at(timed.stderr.find(" s on the").unwrap());
    let (told, wall) = told.rsplit_once('\n').unwrap();
    let table = shape(&format!("{wall}{table}"));
    let stages = "read figures portal render audit seal publish";
    let mut expected =
        vec!["N s on the wall with N thread by stage all thread together".to_owned()];
    let row = |name: &str| format!("{name} N s N %");
    expected.extend(stages.split(' ').map(row));
    expected.push("the slowest of N engagements".to_owned());
    assert_eq!(table[..expected.len()], expected);
    let mut engagements = table[expected.len()..].to_vec();
    engagements.sort();
    let all = [
        "ingrid-solheim",
        "leila-haddad",
        "mateo-silva",
        "nyah-adeyemi",
    ];
    assert_eq!(engagements, all.map(row));
    // What else is told is told either way.
    assert_eq!(shape(told).len(), shape(&plain.stderr).len());
}

#[test]
fn times_are_told_when_they_are_asked_for_and_never_in_a_file() {
    let project = Project::small();
    let without = project.built();
    let quiet = project.run(&["build", "--quiet"]);
    assert_eq!((quiet.code, quiet.stderr.as_str()), (0, ""));
    let timed = project.run(&["build", "--quiet", "--timings"]);
    assert_eq!(timed.code, 0, "{}", timed.stderr);
    assert_eq!(
        shape(&timed.stderr).len(),
        1 + 7 + 1 + 1,
        "{}",
        timed.stderr
    );
    assert!(project.built() == without);
    let report = ["build", "--timings", "--report", "release.json"];
    assert_eq!(project.run(&report).code, 0);
    let report = std::fs::read_to_string(project.folder().join("release.json")).unwrap();
    assert!(!report.contains("wall") && !report.contains("timings"));
    assert!(project.built() == without);
}

#[test]
fn a_build_that_fails_tells_where_its_time_went_too() {
    let project = Project::small();
    project.replace("nyah/goals/1-clear.md", "share = {", "shares = {");
    let timed = project.run(&["build", "--timings"]);
    assert_eq!(timed.code, 3);
    assert!(timed.stderr.contains("\n  read "), "{}", timed.stderr);
}
