//! The agreement: who reads it, who is asked to say yes, and what a yes to an earlier text is worth.

use std::collections::BTreeMap;

use crate::project::Project;
use crate::site::plan::pages;

const AGREEMENT: &str = "nyah/agreement.md";
const DAY: &str = "2026-03-20";

/// What the glance says to whoever is asked for the first time, and to whoever is asked again.
const ASKED: &str = "let us know whether you say yes to it";
const ASKED_AGAIN: &str = "let us know whether you still say yes";

/// The small engagement with an agreement of these settings that the manager may read.
fn project_with(settings: &str) -> Project {
    let project = Project::small();
    let text = "Sessions stay closed.\n\n::: only nyah\nA line between the two.\n:::\n";
    project.write(AGREEMENT, format!("+++\n{settings}+++\n{text}"));
    let share = "[share]\nagreement = [\"manager\"]\n";
    project.replace("nyah/engagement.toml", "[share]\n", share);
    project
}

/// A party, with the day of a yes or without.
fn party(person: &str, agreed: Option<&str>) -> String {
    let agreed = agreed.map_or(String::new(), |day| format!("agreed = {day}\n"));
    format!("[[party]]\nperson = \"{person}\"\n{agreed}")
}

/// The item of a person in the list of parties.
#[track_caller]
fn item<'a>(page: &'a str, name: &str) -> &'a str {
    let list = page.split("<ul class=\"parties\">").nth(1).unwrap();
    let list = list.split("</ul>").next().unwrap();
    let mut items = list.split("<li ").filter(|item| item.contains(name));
    items.next().unwrap()
}

#[test]
fn only_those_it_is_shared_with_know_of_it_and_only_they_are_asked() {
    let people = ["nyah", "coach", "priya", "anders", "tom"];
    let settings: String = people.map(|id| party(id, None)).concat();
    let with = pages(&project_with(&settings), DAY);
    let without = pages(&Project::small(), DAY);
    for (reader, page) in &with {
        let reads = matches!(reader.as_str(), "nyah" | "coach" | "priya");
        assert_eq!(page.contains("Sessions stay closed."), reads, "{reader}");
        assert_eq!(page.contains(ASKED), reads, "{reader}");
        assert_eq!(*page == without[reader], !reads, "{reader}");
        let is_mine = matches!(reader.as_str(), "nyah" | "coach");
        assert_eq!(page.contains("A line between"), is_mine, "{reader}");
    }
}

#[test]
fn a_yes_counts_for_the_text_as_it_was_on_its_day() {
    let days = [
        None,
        Some(("2026-02-02", "2 February 2026")),
        Some(("2026-02-09", "9 February 2026")),
        Some(("2026-02-16", "16 February 2026")),
    ];
    for changed in [None, Some("2026-02-09")] {
        for agreed in days {
            let line = changed.map_or(String::new(), |day| format!("changed = {day}\n"));
            let project = project_with(&(line + &party("priya", agreed.map(|(day, _)| day))));
            let pages = pages(&project, DAY);
            let expected = match (agreed, changed) {
                (None, _) => "open",
                (Some(agreed), Some(changed)) if agreed.0 < changed => "earlier",
                _ => "yes",
            };
            for reader in ["nyah", "coach", "priya"] {
                let (page, case) = (&pages[reader], format!("{reader}: {agreed:?} {changed:?}"));
                let item = item(page, "Priya Raman");
                assert!(item.starts_with(&format!("class=\"{expected}\"")), "{case}");
                assert_eq!(
                    item.contains(agreed.map_or(" 2026", |(_, words)| words)),
                    agreed.is_some(),
                    "{case}"
                );
                let is_me = reader == "priya";
                assert_eq!(page.contains(ASKED), is_me && expected == "open", "{case}");
                let again = is_me && expected == "earlier";
                assert_eq!(page.contains(ASKED_AGAIN), again, "{case}");
                let says = page.contains("Last changed on 9 February 2026");
                assert_eq!(says, changed.is_some(), "{case}");
            }
        }
    }
}

#[test]
fn it_is_asked_for_before_anything_else() {
    let pages = pages(&project_with(&party("priya", None)), DAY);
    let asks = pages["priya"].split("<ul class=\"asks\">").nth(1).unwrap();
    let first = asks.split("<li>").nth(1).unwrap();
    assert!(
        first.contains(ASKED) && first.contains("href=\"#agreement\""),
        "{first}"
    );
}

#[test]
fn there_is_a_line_to_sign_for_each_party_and_nothing_where_there_is_none() {
    let lines = |pages: &BTreeMap<String, String>| {
        let list = pages["priya"].split("<ul class=\"parties\">").nth(1)?;
        let list = list.split("</ul>").next()?;
        Some(list.matches("class=\"to-sign\">Signature").count())
    };
    let two = party("nyah", Some("2026-02-02")) + &party("priya", None);
    assert_eq!(lines(&pages(&project_with(&two), DAY)), Some(2));
    let none = pages(&project_with(""), DAY);
    assert_eq!(lines(&none), None);
    assert!(!none["priya"].contains("Who has said yes"));
    assert!(
        none["priya"].contains("What we agreed"),
        "it has a heading without a title of its own"
    );
}

#[test]
fn without_the_file_it_is_only_said_for_whom_it_will_be() {
    let row = "What was agreed, and who has said yes";
    assert!(!pages(&Project::small(), DAY)["nyah"].contains(row));
    let project = project_with("");
    project.remove(AGREEMENT);
    let pages = pages(&project, DAY);
    assert!(pages["nyah"].contains(row));
    assert!(!pages["priya"].contains(row));
    for page in pages.values() {
        assert!(!page.contains("id=\"agreement\""));
    }
}

#[test]
fn the_sample_asks_one_person_again_and_prints_four_lines() {
    let project = Project::samples();
    let day = "2026-11-22".parse().unwrap();
    let pages = crate::site::plan::pages_of(&project, "mateo-silva", day);
    for (reader, page) in &pages {
        let reads = matches!(reader.as_str(), "mateo" | "coach" | "hannah" | "seun");
        assert_eq!(page.contains("id=\"agreement\""), reads, "{reader}");
        assert_eq!(page.contains(ASKED_AGAIN), reader == "seun", "{reader}");
        assert!(!page.contains(ASKED), "{reader}");
        let count = page.matches("class=\"to-sign\">Signature").count();
        assert_eq!(count, if reads { 4 } else { 0 }, "{reader}");
    }
}
