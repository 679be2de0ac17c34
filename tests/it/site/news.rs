//! What is new for whom since the last release: said by a build, by a build that writes nothing, and by the mails.

use std::collections::BTreeSet;
use std::fs;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::project::{Project, Ran, TODAY, finish, tree};

const NYAH: &str = "nyah/engagement.toml";
const UPDATE: &str = "nyah/updates/2026-03-15-first-month.md";

/// The small engagement, with an address for its mails.
fn project() -> Project {
    let project = Project::small();
    let address = "[site]\nbase_url = \"https://quay.example/x/\"";
    project.replace("loggia.toml", "[site]", address);
    project
}

#[track_caller]
fn run(project: &Project, arguments: &[&str]) -> Ran {
    let ran = project.run(arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran
}

/// What a build says is new: who, what, and in which parts.
#[track_caller]
fn news(project: &Project, more: &[&str]) -> Option<BTreeSet<String>> {
    let ran = run(project, &[&["build", "--json"], more].concat());
    let told: Value = serde_json::from_str(&ran.stdout).unwrap();
    let lines = told["news"].as_array()?.iter();
    let line = |line: &Value| {
        let parts = line["parts"].as_array().unwrap().iter();
        let parts: Vec<&str> = parts.map(|part| part.as_str().unwrap()).collect();
        let (reader, news) = (&line["reader"], &line["news"]);
        format!(
            "{} {} {}",
            reader.as_str().unwrap(),
            news.as_str().unwrap(),
            parts.join(",")
        )
    };
    Some(lines.map(|one| line(one).trim_end().to_owned()).collect())
}

#[track_caller]
fn check(project: &Project, expected: &[&str]) {
    let expected: BTreeSet<String> = expected.iter().map(|&line| line.to_owned()).collect();
    assert_eq!(
        news(project, &["--dry-run"]),
        Some(expected.clone()),
        "said before"
    );
    assert_eq!(news(project, &[]), Some(expected), "said with it");
    assert_eq!(news(project, &[]), Some(BTreeSet::new()), "said once");
}

#[test]
fn a_build_says_what_is_new_for_whom() {
    let project = project();
    assert_eq!(
        news(&project, &[]),
        None,
        "a first build says nothing more than before"
    );
    check(&project, &[]);
    project.replace(UPDATE, "I start with", "Now I start with");
    check(
        &project,
        &[
            "coach changed updates",
            "nyah changed updates",
            "priya changed updates",
        ],
    );
    let anders = "name = \"Anders Holm\"\n";
    project.replace(NYAH, anders, &format!("{anders}portal = false\n"));
    let ran = run(&project, &["build", "--dry-run"]);
    assert!(
        ran.stderr.contains("nyah: ended for anders"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("nothing was written"), "{}", ran.stderr);
    run(&project, &["build"]);
    project.replace(
        NYAH,
        "portal = false\nrole = \"sponsor\"",
        "role = \"sponsor\"",
    );
    // What was taken back comes back with a later word alone.
    project.replace(NYAH, "agreed = 2026-02-02", "agreed = 2026-03-19");
    project.replace(NYAH, "link = 1", "link = 2");
    check(&project, &["anders new", "priya new"]);
    project.replace(NYAH, "date = 2026-06-30", "date = 2026-07-07");
    let everyone = ["anders", "coach", "lena", "nyah", "priya", "tom"];
    let facts = everyone.map(|reader| format!("{reader} changed facts"));
    check(&project, &facts.each_ref().map(String::as_str));
}

#[test]
fn what_is_hidden_from_a_reader_is_no_news_for_that_reader() {
    let project = project();
    run(&project, &["build"]);
    project.replace("nyah/goals/2-calm.md", "coacheecanary", "otherwise");
    project.write("nyah/notes/2026-03-19-session.md", "Another note.\n");
    project.replace("nyah/goals/1-clear.md", "privatecanary", "otherwise");
    check(&project, &["coach changed goals", "nyah changed goals"]);
}

#[test]
fn a_day_that_passes_is_no_news() {
    let project = project();
    run(&project, &["build"]);
    let mut command = project.command(&["build", "--json", "--today", "2026-03-25"]);
    let told: Value = serde_json::from_str(&finish(&mut command).stdout).unwrap();
    assert_eq!(told["news"], Value::Array(Vec::new()));
}

#[test]
fn a_dry_run_writes_nothing() {
    let project = project();
    let before = tree(project.folder());
    let ran = run(&project, &["build", "--dry-run"]);
    assert!(
        ran.stderr
            .contains("6 portals of 1 engagement would go out"),
        "{}",
        ran.stderr
    );
    assert!(tree(project.folder()) == before, "not even a key is made");
    run(&project, &["build"]);
    let before = tree(project.folder());
    project.replace(UPDATE, "I start with", "Now I start with");
    run(&project, &["build", "--dry-run"]);
    project.replace(UPDATE, "Now I start with", "I start with");
    assert!(tree(project.folder()) == before);
    project.write("nyah/updates/2026-03-18-broken.md", "no front matter");
    let before = tree(project.folder());
    let ran = project.run(&["build", "--dry-run", "--json"]);
    assert_eq!(ran.code, 3);
    let told: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(told["published"], false);
    assert_eq!(told["held"][0]["kept"].as_array().unwrap().len(), 6);
    assert!(tree(project.folder()) == before);
}

#[test]
fn a_record_that_cannot_be_used_makes_all_new_and_is_said_in_one_line() {
    let project = project();
    run(&project, &["build"]);
    let folder = project.path(".loggia");
    let name = fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
    let text = fs::read_to_string(name.path()).unwrap();
    let site = tree(&project.site());
    for (damage, said) in [
        ("", "is damaged, or was made with another key"),
        (
            "loggia record 9: of later\n",
            "was written by another version of Loggia",
        ),
        (
            &text[..text.len() - 9],
            "is damaged, or was made with another key",
        ),
    ] {
        fs::write(name.path(), damage).unwrap();
        let ran = run(&project, &["build", "--json"]);
        let told: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(told["news"], Value::Null);
        let problems = told["problems"].as_array().unwrap().iter();
        let of_record: Vec<&str> = problems
            .filter_map(|problem| problem["message"].as_str())
            .filter(|message| message.contains("record of the last release"))
            .collect();
        assert!(
            matches!(of_record[..], [one] if one.contains(said)),
            "{of_record:?}"
        );
        assert!(tree(&project.site()) == site, "the site is the same");
        assert_eq!(
            news(&project, &[]),
            Some(BTreeSet::new()),
            "and it is there again"
        );
    }
    // Nobody else may write it, and a build that cannot goes through all the same.
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "no folder").unwrap();
    let ran = run(&project, &["build"]);
    assert!(
        ran.stderr.contains("what was released is not recorded"),
        "{}",
        ran.stderr
    );
}

/// Names of the mails in a new folder.
#[track_caller]
fn mails(project: &Project, more: &[&str]) -> BTreeSet<String> {
    let folder = project.folder().join("mail");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    run(project, &[&["links", "--invite", "mail"], more].concat());
    let names = tree(&folder).into_keys();
    let names = names.filter_map(|name| {
        Some(
            name.strip_suffix(".eml")?
                .strip_prefix("nyah--")?
                .to_owned(),
        )
    });
    names.collect()
}

fn ids<const N: usize>(ids: [&str; N]) -> BTreeSet<String> {
    ids.map(str::to_owned).into()
}

#[test]
fn mails_go_to_those_who_are_new_and_when_asked_to_those_who_have_news() {
    let project = project();
    run(&project, &["build"]);
    let everyone = ids(["anders", "coach", "lena", "nyah", "priya", "tom"]);
    assert_eq!(mails(&project, &[]), everyone);
    assert_eq!(mails(&project, &[]), ids([]));
    assert_eq!(mails(&project, &["--new"]), ids([]));
    run(&project, &["build"]);
    assert_eq!(
        mails(&project, &[]),
        ids([]),
        "a build keeps to whom a mail was written"
    );

    project.replace(UPDATE, "I start with", "Now I start with");
    assert_eq!(mails(&project, &[]), ids([]));
    assert_eq!(mails(&project, &["--new"]), ids(["coach", "nyah", "priya"]));
    let mail = fs::read_to_string(project.folder().join("mail/nyah--priya.eml")).unwrap();
    let mail = mail.replace("=\r\n", "");
    assert!(mail.contains("Something is new"), "{mail}");
    assert!(
        mail.contains("- Updates") && !mail.contains("- Figures") && !mail.contains("- Meetings"),
        "{mail}"
    );
    assert_eq!(mails(&project, &["--new"]), ids([]), "told once");

    project.replace(NYAH, "link = 1", "link = 2");
    assert_eq!(
        mails(&project, &[]),
        ids(["priya"]),
        "another link needs another mail"
    );
    assert_eq!(mails(&project, &["--all"]), everyone);
}

#[test]
fn programs_are_told_whom_to_write_to() {
    let project = project();
    project.replace(NYAH, "link = 1", "link = 1\nlanguage = \"de\"");
    project.built();
    let line = |project: &Project, reader: &str| {
        let links = run(project, &["links", "--json"]).stdout;
        let links: Vec<Value> = serde_json::from_str(&links).unwrap();
        links
            .into_iter()
            .find(|line| line["stakeholder"] == reader)
            .unwrap()
    };
    let priya = line(&project, "priya");
    assert_eq!(priya["name"], "Priya Raman");
    assert_eq!(priya["email"], "priya@ostrey.example");
    assert_eq!(priya["language"], "de");
    assert_eq!(priya["invited"], false);
    assert_eq!(line(&project, "tom")["email"], Value::Null);
    mails(&project, &[]);
    assert_eq!(line(&project, "priya")["invited"], true);
    project.replace(NYAH, "link = 1", "link = 2");
    assert_eq!(line(&project, "priya")["invited"], false);
    assert_eq!(line(&project, "tom")["invited"], true);
}

/// Whenever a build is killed, what is out stands in the record: a broken file afterwards ends no page.
#[test]
fn a_killed_build_leaves_a_record_of_what_is_out() {
    let project = project();
    run(&project, &["build"]);
    for round in 0..12_u64 {
        let text = project.read(UPDATE);
        project.write(UPDATE, text.replace("I start with", "Again I start with"));
        let mut command = project.command(&["build", "--quiet", "--today", TODAY]);
        let mut child = command.stderr(std::process::Stdio::null()).spawn().unwrap();
        sleep(Duration::from_millis(round * 9));
        let _ = child.kill();
        child.wait().unwrap();
        // Whichever site is out, the content goes back to what both have: nothing was taken from anyone.
        let out = tree(&project.site());
        let broken = "nyah/updates/2026-03-18-broken.md";
        project.write(broken, "no front matter");
        project.write(
            UPDATE,
            "+++\ntitle = \"The first month\"\nshare = [\"manager\"]\n+++\nOther words.\n",
        );
        let ran = project.run(&["build", "--json"]);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        let told: Value = serde_json::from_str(&ran.stdout).unwrap();
        let held = &told["held"][0];
        assert_eq!(held["kept"].as_array().unwrap().len(), 3, "{round}: {told}");
        for page in held["ended"].as_array().unwrap() {
            let reason = page["reason"].as_str().unwrap();
            assert!(
                reason.contains("of `updates`"),
                "{round}: the page is known: {reason}"
            );
        }
        drop(out);
        project.write(UPDATE, text);
        project.remove(broken);
        run(&project, &["build"]);
    }
}

/// Parts are told apart, and the site that they are joined to is told as a whole.
#[test]
fn what_is_new_in_parts_is_counted_where_they_are_joined() {
    let project = Project::samples();
    let join = || {
        for part in ["1", "2"] {
            run(
                &project,
                &[
                    "build",
                    "--shard",
                    &format!("{part}/2"),
                    "--out",
                    &format!("part-{part}"),
                ],
            );
        }
        run(&project, &["merge", "part-1", "part-2", "--out", "joined"]).stderr
    };
    assert!(!join().contains("new for"));
    assert_eq!(join().lines().count(), 1, "nothing is new");
    let text = project.read("mateo-silva/engagement.toml");
    let line = text
        .lines()
        .find(|line| line.starts_with("purpose = "))
        .unwrap();
    project.replace(
        "mateo-silva/engagement.toml",
        line,
        "purpose = \"Another one.\"",
    );
    let told = join();
    assert!(told.contains("mateo-silva: changed for "), "{told}");
    assert!(!told.contains("nyah-adeyemi"), "{told}");
}

#[test]
fn warnings_that_the_last_release_did_not_have_are_told_apart() {
    let project = project();
    let silence = project.read(NYAH);
    let line = silence
        .lines()
        .find(|line| line.starts_with("silence"))
        .unwrap();
    project.replace(NYAH, line, "silence = [\"no-final\", \"no-closes\"]");
    let told = |more: &[&str]| {
        let ran = run(&project, &[&["build", "--json"], more].concat());
        let told: Value = serde_json::from_str(&ran.stdout).unwrap();
        let new = told["new_warnings"].as_array()?.iter();
        Some(
            new.map(|one| one["message"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(told(&[]), None, "nothing was released before");
    assert_eq!(told(&[]), Some(Vec::new()));
    // A line above moves a warning and makes it no other.
    let text = project.read(NYAH);
    project.write(NYAH, format!("# A remark.\n{text}"));
    assert_eq!(told(&[]), Some(Vec::new()));
    project.replace(NYAH, "\"no-final\", ", "");
    let new = ["no closing meeting is booked".to_owned()];
    assert_eq!(told(&["--dry-run"]), Some(new.to_vec()));
    let ran = run(&project, &["build"]);
    let (_, rest) = ran
        .stderr
        .split_once(" warnings are new since the last release:\n")
        .unwrap();
    assert!(
        rest.contains("  nyah/agendas: no closing meeting is booked"),
        "{}",
        ran.stderr
    );
    assert_eq!(told(&[]), Some(Vec::new()));
}
