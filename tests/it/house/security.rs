//! SECURITY.md holds what it says: each claim names a test, each test is there, and each requirement stands once.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Requirements of which a part has no test yet. The page says "not proved yet" at these and at no others.
const NOT_PROVED: [&str; 2] = ["R39", "R40"];

/// How many requirements there are.
const REQUIREMENTS: usize = 51;

/// What stands where a part has no test.
const MARK: &str = "not proved yet";

#[test]
fn every_test_that_is_named_is_there() {
    let page = page();
    let named = named(&page);
    assert!(named.len() > 100, "{}", named.len());
    let absent: Vec<String> = named
        .iter()
        .filter(|(name, file)| !is_there(name, file))
        .map(|(name, file)| format!("{file} has no test `{name}`"))
        .collect();
    assert_eq!(absent, Vec::<String>::new());
}

#[test]
fn every_requirement_stands_once_with_its_tests() {
    let page = page();
    let rows: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("| R"))
        .collect();
    let numbers: Vec<&str> = rows.iter().map(|row| number(row)).collect();
    let expected: Vec<String> = (1..=REQUIREMENTS)
        .map(|number| format!("R{number}"))
        .collect();
    assert_eq!(numbers, expected);
    let unproved: BTreeSet<&str> = rows
        .iter()
        .filter(|row| row.contains(MARK))
        .map(|row| number(row))
        .collect();
    assert_eq!(unproved, BTreeSet::from(NOT_PROVED));
    for row in rows {
        assert!(!named(row).is_empty(), "{} names no test", number(row));
    }
}

#[test]
fn every_claim_names_its_test() {
    let page = page();
    let claims = page
        .split("\n## ")
        .find(|part| part.starts_with("What each can learn"))
        .unwrap();
    let claims: Vec<&str> = claims.split("\n- ").skip(1).collect();
    assert!(claims.len() > 10, "{}", claims.len());
    for claim in claims {
        assert!(
            !named(claim).is_empty(),
            "this claim names no test: {claim}"
        );
    }
}

fn page() -> String {
    fs::read_to_string(root().join("SECURITY.md")).unwrap()
}

/// The number of a row.
fn number(row: &str) -> &str {
    row.split(['|', ' ']).find(|word| !word.is_empty()).unwrap()
}

/// The tests that a text names as [`name`](file).
fn named(text: &str) -> Vec<(&str, &str)> {
    let mut named = Vec::new();
    for part in text.split("[`").skip(1) {
        let Some((name, rest)) = part.split_once("`](") else {
            continue;
        };
        let (file, _) = rest.split_once(')').unwrap();
        if Path::new(file).starts_with("src") || Path::new(file).starts_with("tests") {
            named.push((name, file));
        }
    }
    named
}

/// Whether a file holds a test of this name.
fn is_there(name: &str, file: &str) -> bool {
    let Ok(text) = fs::read_to_string(root().join(file)) else {
        return false;
    };
    if file.ends_with(".mjs") {
        return ['"', '`']
            .iter()
            .any(|quote| text.contains(&format!("test({quote}{name}{quote},")));
    }
    let before = text.split_once(&format!("fn {name}("));
    before.is_some_and(|(before, _)| before.trim_end().ends_with("#[test]"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
