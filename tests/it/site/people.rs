//! People have a time: whoever has left reads nothing, stays in past rounds, and is a line of their own beside whoever came.

use std::collections::BTreeMap;

use crate::project::Project;

const ENGAGEMENT: &str = "nyah/engagement.toml";
const CLEAR: &str = "nyah/goals/1-clear.md";

/// Priya has left, and Nils has come in her place, on a day that has passed.
const REPLACED: &str = "until = 2026-03-10\n\n[[stakeholder]]\nid = \"nils\"\nname = \"Nils Berg\"\nrole = \"manager\"\nfrom = 2026-03-10\n";

/// The small engagement with everything open, and other words in its file of people.
fn open(changes: &[(&str, &str)]) -> Project {
    let project = Project::small();
    let text = project.read("loggia.toml");
    let text = text.replace("access = \"sealed\"", "access = \"link\"");
    let text = match text.contains("access = \"link\"") {
        true => text,
        false => text.replace("[site]\n", "[site]\naccess = \"link\"\n"),
    };
    project.write("loggia.toml", text);
    for (from, to) in changes {
        project.replace(ENGAGEMENT, from, to);
    }
    project
}

/// The file of every reader's page in the site, by the reader's id.
fn links(project: &Project) -> BTreeMap<String, String> {
    let ran = project.run(&["links", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let links: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let links = links.as_array().unwrap().iter();
    let text = |link: &serde_json::Value, key: &str| link[key].as_str().unwrap().to_owned();
    links
        .map(|link| (text(link, "stakeholder"), text(link, "path")))
        .collect()
}

/// Every reader's page by the reader's id.
fn pages(project: &Project) -> BTreeMap<String, String> {
    let site = project.built();
    let page = |path: &String| {
        let path = path.trim_end_matches('/').trim_end_matches("/index.html");
        String::from_utf8(site[&format!("{path}/index.html")].clone()).unwrap()
    };
    let links = links(project);
    links
        .iter()
        .map(|(id, path)| (id.clone(), page(path)))
        .collect()
}

/// The part of a page that says who is who.
fn who_is_who(page: &str) -> &str {
    let part = page.split("<dl class=\"people\">").nth(1).unwrap();
    part.split("</dl>").next().unwrap()
}

#[test]
fn whoever_has_left_has_no_page_and_is_told_with_everyone_who_takes_part() {
    let project = open(&[("link = 1\n", REPLACED)]);
    let pages = pages(&project);
    let readers: Vec<&str> = pages.keys().map(String::as_str).collect();
    assert_eq!(readers, ["anders", "coach", "lena", "nils", "nyah", "tom"]);
    for page in pages.values() {
        let people = who_is_who(page);
        let (nils, priya) = (people.find("Nils Berg"), people.find("Priya Raman"));
        assert!(nils.unwrap() < priya.unwrap(), "{people}");
        assert!(people[nils.unwrap()..].contains("since 10 March 2026"));
        assert!(people[priya.unwrap()..].contains("until 10 March 2026"));
    }
}

#[test]
fn without_people_only_those_who_are_there_now_are_told() {
    let nobody = ("people = [\"everyone\"]", "people = []");
    let project = open(&[("link = 1\n", REPLACED), nobody]);
    let pages = pages(&project);
    let people = who_is_who(&pages["anders"]);
    assert!(
        people.contains("Nils Berg") && !people.contains("Priya"),
        "{people}"
    );
    assert!(!people.contains("10 March 2026"), "{people}");
    assert!(who_is_who(&pages["nyah"]).contains("Priya Raman"));
}

/// A day to come is told to nobody, and changes nothing before it comes.
#[test]
fn a_day_to_come_changes_no_page() {
    let before = pages(&open(&[]));
    let leaves = ("link = 1\n", "until = 2026-06-30\n");
    let becomes = (
        "group = \"peer\"\nportal = false\n",
        "portal = false\n[[stakeholder.before]]\nrole = \"supporter\"\ngroup = \"peer\"\nuntil = 2026-06-30\n",
    );
    let idris = (
        "name = \"Idris Bello\"\nrole = \"supporter\"",
        "name = \"Idris Bello\"\nrole = \"manager\"",
    );
    assert_eq!(before, pages(&open(&[leaves, becomes, idris])));
}

#[test]
fn the_page_of_whoever_left_is_found_where_it_still_is() {
    let project = open(&[]);
    project.built();
    project.replace(ENGAGEMENT, "link = 1\n", "until = 2026-03-20\n");
    let ran = project.run(&["audit", "site"]);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    let message = "`priya` in `nyah` has no portal, and the page is still here";
    assert!(ran.stderr.contains(message), "{}", ran.stderr);
    let table = project.run(&["check", "--who-sees-what"]);
    let whole = table.stdout + &table.stderr;
    assert!(whole.contains("the day in `until` has come"), "{whole}");
}

/// A promotion is more than was agreed, unless it was known when that was agreed.
#[test]
fn a_promotion_asks_the_coachee_once() {
    let promoted = |day: &str| {
        let role = (
            "name = \"Tom Weber\"\nrole = \"supporter\"\ngroup = \"peer\"",
            "name = \"Tom Weber\"\nrole = \"manager\"".to_owned(),
        );
        let before = format!(
            "[[stakeholder.before]]\nrole = \"supporter\"\ngroup = \"peer\"\nuntil = {day}\n"
        );
        (role.0, format!("{}\n{before}", role.1))
    };
    let project = open(&[]);
    project.built();
    let (from, to) = promoted("2026-03-10");
    project.replace(ENGAGEMENT, from, &to);
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("`tom`"), "{}", ran.stderr);

    let (from, to) = promoted("2026-04-10");
    let project = open(&[(from, &to)]);
    let tom = pages(&project).remove("tom").unwrap();
    assert!(!tom.contains("onlymanager"));
    let link = links(&project).remove("tom").unwrap();
    let later = ["build", "--today", "2026-04-10"];
    let ran = crate::project::finish(&mut project.command(&later));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let page = project
        .site()
        .join(link.trim_end_matches("index.html"))
        .join("index.html");
    let tom = std::fs::read_to_string(page).unwrap();
    assert!(tom.contains("onlymanager"), "{tom}");
}

/// The list of supporters says who is asked now; whoever answered a round that was published stays valid.
#[test]
fn raters_of_recorded_rounds_need_not_be_listed() {
    let project = open(&[]);
    let list = |project: &Project, from: &str, to: &str| {
        let text = project.read(CLEAR);
        project.write(CLEAR, text.replacen(from, to, 1));
    };
    list(&project, "+++\n", "+++\nsupporters = [\"tom\", \"lena\"]\n");
    let ran = project.run(&["build"]);
    assert!(
        ran.stderr
            .contains("`idris` is not among the supporters of goal `clear`")
    );
    list(&project, ", \"lena\"]", ", \"lena\", \"idris\"]");
    project.built();
    list(&project, ", \"lena\", \"idris\"]", ", \"lena\"]");
    project.built();

    // Nor need whoever has left, whether or not the round was published.
    let left = ("portal = false\n", "portal = false\nuntil = 2026-03-10\n");
    let project = open(&[left]);
    list(&project, "+++\n", "+++\nsupporters = [\"tom\", \"lena\"]\n");
    project.built();
}

/// Someone who was taken out of the file of people is to be put back.
#[test]
fn a_rater_who_was_taken_out_is_to_be_put_back() {
    let project = open(&[]);
    let text = project.read(ENGAGEMENT);
    let (before, after) = text.split_once("[[stakeholder]]\nid = \"idris\"").unwrap();
    let (_, after) = after.split_once("portal = false\n").unwrap();
    project.write(ENGAGEMENT, format!("{before}{after}"));
    let ran = project.run(&["build"]);
    assert!(
        ran.stderr.contains("with the day as `until = DATE`"),
        "{}",
        ran.stderr
    );
    let back = "[[stakeholder]]\nid = \"idris\"\nname = \"Idris Bello\"\nrole = \"supporter\"\ngroup = \"peer\"\nuntil = 2026-03-10\n\n[pulse]\n";
    project.replace(ENGAGEMENT, "[pulse]\n", back);
    project.built();
}
