//! One broken folder holds back itself: the rest goes out, and of its own pages those stay that may.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::folder::picture::png;
use crate::project::{Project, Ran, Tree, finish, tree};

const NYAH: &str = "nyah/engagement.toml";
const LOGGIA: &str = "loggia.toml";
const GOAL: &str = "nyah/goals/1-clear.md";
const HIDDEN: &str = "nyah/goals/2-calm.md";
const UPDATE: &str = "nyah/updates/2026-03-15-first-month.md";
const ALL: [&str; 6] = ["nyah", "coach", "priya", "anders", "tom", "lena"];

/// Words that are long enough to be recognised where they stand twice.
const LONG: &str = "The harbour wall was painted in seven quiet colours before the winter storms came over the bay";

/// Two engagements of one practice, published; the first then breaks.
struct Practice {
    project: Project,
    /// Where the page of a reader of the first one lies.
    paths: BTreeMap<String, String>,
    before: Tree,
}

impl Practice {
    fn new(prepare: impl Fn(&Project)) -> Self {
        let project = Project::small();
        for (name, bytes) in tree(&project.path("nyah")) {
            project.write(&format!("ada/{name}"), bytes);
        }
        prepare(&project);
        let before = project.built();
        let links = project.run(&["links", "--json", "--quiet"]);
        let links: Vec<Value> = serde_json::from_str(&links.stdout).unwrap();
        let of_first = links.iter().filter(|line| line["engagement"] == "nyah");
        let text = |line: &Value, key: &str| line[key].as_str().unwrap().to_owned();
        let paths = of_first.map(|line| (text(line, "stakeholder"), text(line, "path")));
        Self {
            paths: paths.collect(),
            before,
            project,
        }
    }

    /// Adds a file that cannot be read to the first engagement, and news to the second.
    fn break_it(&self) {
        self.project
            .write("nyah/updates/2026-03-18-broken.md", "no front matter");
        self.change_the_other();
    }

    fn change_the_other(&self) {
        let update = "ada/updates/2026-03-15-first-month.md";
        self.project
            .replace(update, "I start with", "Now I start with");
    }

    fn build(&self, more: &[&str]) -> Ran {
        self.project.run(&[&["build"], more].concat())
    }

    /// The readers of the first engagement whose pages are as they were; every other page must be gone.
    #[track_caller]
    fn kept(&self) -> BTreeSet<&str> {
        let now = tree(&self.project.site());
        let mut kept = BTreeSet::new();
        for (reader, path) in &self.paths {
            match now.get(path) {
                Some(bytes) if *bytes == self.before[path] => drop(kept.insert(reader.as_str())),
                Some(_) => panic!("the page of {reader} was made anew"),
                None => {}
            }
        }
        kept
    }

    /// Builds with what is broken: the other engagement's news must be out, and of this one's pages these must be gone.
    #[track_caller]
    fn check(&self, code: i32, ended: &[&str]) -> Ran {
        let ran = self.build(&[]);
        assert_eq!(ran.code, code, "{}", ran.stderr);
        let expected: BTreeSet<&str> = ALL.into_iter().filter(|one| !ended.contains(one)).collect();
        assert_eq!(self.kept(), expected, "{}", ran.stderr);
        let now = tree(&self.project.site());
        let others: Vec<_> = self
            .before
            .keys()
            .filter(|path| !self.paths.values().any(|own| own == *path))
            .collect();
        assert!(others.iter().all(|path| now.contains_key(*path)));
        assert!(
            others.iter().any(|path| now[*path] != self.before[*path]),
            "the rest went out"
        );
        for reader in ended {
            let named = format!("the page of `{reader}`");
            let is_named =
                ran.stderr.contains(&named) || ran.stderr.contains("no page of this engagement");
            assert!(is_named, "{reader}: {}", ran.stderr);
        }
        ran
    }
}

/// Publishes, changes the one thing, breaks another file, and looks who still has a page.
#[track_caller]
fn only(change: impl Fn(&Project), ended: &[&str]) -> Ran {
    only_after(|_| (), change, ended)
}

#[track_caller]
fn only_after(prepare: impl Fn(&Project), change: impl Fn(&Project), ended: &[&str]) -> Ran {
    let practice = Practice::new(prepare);
    change(&practice.project);
    practice.break_it();
    practice.check(3, ended)
}

#[test]
fn a_broken_file_holds_back_its_engagement_and_the_rest_goes_out() {
    let ran = only(|_| (), &[]);
    assert!(
        ran.stderr
            .contains("`nyah` is held back: 6 pages as published"),
        "{}",
        ran.stderr
    );
    // Whatever becomes of it later: the next sound build has everything.
    let practice = Practice::new(|_| ());
    practice.break_it();
    practice.check(3, &[]);
    let again = practice.build(&[]);
    assert_eq!(again.code, 3);
    assert_eq!(
        practice.kept().len(),
        6,
        "a page that was held once is held again"
    );
    practice.project.remove("nyah/updates/2026-03-18-broken.md");
    assert_eq!(practice.build(&[]).code, 0);
    assert_eq!(practice.kept().len(), 6);
}

#[test]
fn news_in_the_broken_engagement_waits_and_ends_no_page() {
    only(
        |project| {
            project.write(
                "nyah/updates/2026-03-17-more.md",
                "+++\ntitle = \"More\"\nshare = [\"manager\"]\n+++\nNews.\n",
            );
            project.replace(
                NYAH,
                "updates = [\"manager\"]",
                "updates = [\"manager\", \"sponsor\"]",
            );
            project.replace(GOAL, "::: only manager\n", "::: only manager sponsor\n");
        },
        &[],
    );
}

#[test]
fn a_link_that_was_raised_ends() {
    only(
        |project| {
            project.replace(NYAH, "link = 1", "link = 2");
        },
        &["priya"],
    );
}

#[test]
fn a_reader_without_a_portal_of_today_loses_the_page() {
    let anders = "name = \"Anders Holm\"\n";
    only(
        |project| {
            project.replace(NYAH, anders, &format!("{anders}portal = false\n"));
        },
        &["anders"],
    );
    only(
        |project| {
            project.replace(NYAH, "[share]", "closes = 2026-03-20\n[share]");
        },
        &ALL,
    );
    let others = ["coach", "priya", "anders", "tom", "lena"];
    only(
        |project| {
            project.replace(NYAH, "agreed = 2026-02-02\n", "");
        },
        &others,
    );
    only(
        |project| {
            project.replace(NYAH, "2026-02-02", "2026-03-21");
        },
        &others,
    );
    let lena = "[[stakeholder]]\nid = \"lena\"\nname = \"Lena Kovač\"\nrole = \"supporter\"\ngroup = \"peer\"\n";
    let without = |project: &Project| {
        project.replace(NYAH, lena, "");
        let rounds = "nyah/pulse/2026-03-02.csv";
        let line = project.read(rounds);
        let line = line
            .lines()
            .find(|line| line.starts_with("lena"))
            .unwrap()
            .to_owned();
        project.replace(rounds, &format!("{line}\n"), "");
    };
    // The figures lost a rater, and whoever knew her by name reads less.
    only(
        without,
        &["nyah", "coach", "priya", "anders", "tom", "lena"],
    );
}

#[test]
fn less_in_share_ends_the_pages_of_those_who_lose_something() {
    let less = |from: &'static str, to: &'static str| {
        move |project: &Project| {
            project.replace(NYAH, from, to);
        }
    };
    only(
        less(
            "reviews = [\"manager\", \"sponsor\"]",
            "reviews = [\"manager\"]",
        ),
        &["anders"],
    );
    only(less("actions = [\"manager\"]", "actions = []"), &["priya"]);
    only(less("groups = [\"manager\"]", "groups = []"), &["priya"]);
    only(
        less(
            "facts = [\"everyone\"]",
            "facts = [\"manager\", \"sponsor\"]",
        ),
        &["tom", "lena"],
    );
    only(
        less(
            "people = [\"everyone\"]",
            "people = [\"manager\", \"supporter\"]",
        ),
        &["anders"],
    );
    only(
        less(
            "follow_up = [\"manager\", \"sponsor\"]",
            "follow_up = [\"manager\"]",
        ),
        &["anders"],
    );
    only(less("themes = [\"manager\"]", "themes = []"), &["priya"]);
}

#[test]
fn less_in_an_item_ends_the_pages_that_show_it() {
    let goal = |from: &'static str, to: &'static str| {
        move |project: &Project| {
            project.replace(GOAL, from, to);
        }
    };
    only(
        goal(
            "progress = [\"manager\", \"sponsor\"]",
            "progress = [\"manager\"]",
        ),
        &["anders"],
    );
    only(goal("goals = [\"manager\"]", "goals = []"), &["priya"]);
    only(
        goal("::: only manager\n", "::: private\n"),
        &["nyah", "coach", "priya"],
    );
    only(goal("::: only manager\n", "::: only sponsor\n"), &["priya"]);
    only(
        |project| {
            project.replace(UPDATE, "share = [\"manager\"]", "share = []");
        },
        &["priya"],
    );
    only(
        |project| {
            project.remove(UPDATE);
        },
        &["nyah", "coach", "priya"],
    );
    only(
        |project| {
            project.rename(UPDATE, "nyah/updates/2026-03-25-first-month.md");
        },
        &["nyah", "coach", "priya"],
    );
    only(
        goal("Ask for the headline first.", "Ask for something."),
        &["nyah", "coach", "priya"],
    );
}

#[test]
fn what_cannot_be_read_ends_the_pages_that_show_it_and_no_other() {
    only(
        |project| {
            project.replace(GOAL, "alias = ", "alais = ");
        },
        &["nyah", "coach", "priya", "anders"],
    );
    only(
        |project| {
            project.replace(HIDDEN, "title = ", "titel = ");
        },
        &["nyah", "coach"],
    );
    only(
        |project| {
            project.replace(NYAH, "facts = [\"everyone\"]", "facts = [\"everyon\"]");
        },
        &ALL,
    );
    only(
        |project| {
            project.write(NYAH, "title = ");
        },
        &ALL,
    );
    only(
        |project| {
            project.remove(NYAH);
        },
        &ALL,
    );
    // Which of two copies is meant, nobody can tell.
    let copy = "nyah/goals/2-calm (Conflict 1).md";
    only(
        |project| {
            project.write(copy, project.read(HIDDEN));
        },
        &["nyah", "coach"],
    );
    only(
        |project| {
            project.write("nyah/engagement (Conflict 1).toml", project.read(NYAH));
        },
        &ALL,
    );
    only(
        |project| {
            project.rename(UPDATE, "nyah/updates/2026-03-15-first-month.md.icloud");
        },
        &["nyah", "coach", "priya"],
    );
}

#[test]
fn a_passphrase_of_today_must_open_it() {
    let words = |project: &Project, words: &str| {
        project.write("passphrases.toml", format!("[nyah]\npriya = \"{words}\"\n"));
        let path = project.path("passphrases.toml");
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    };
    let expecting = |project: &Project| {
        project.replace(NYAH, "link = 1", "link = 1\npassphrase = true");
        words(project, "seven quiet harbours");
    };
    only(expecting, &["priya"]);
    only_after(expecting, |_| (), &[]);
    only_after(
        expecting,
        |project| words(project, "eight quiet harbours"),
        &["priya"],
    );
    let no_more = |project: &Project| {
        project.replace(NYAH, "link = 1\npassphrase = true", "link = 1");
        project.remove("passphrases.toml");
    };
    only_after(expecting, no_more, &["priya"]);
    // A secret that is not at hand is no fault of the engagement: nothing goes out, and no page ends.
    let practice = Practice::new(expecting);
    practice.break_it();
    practice.project.remove("passphrases.toml");
    let ran = practice.build(&[]);
    assert_ne!(ran.code, 0);
    assert!(ran.stderr.contains("is not at hand"), "{}", ran.stderr);
    assert!(
        tree(&practice.project.site()) == practice.before,
        "{}",
        ran.stderr
    );
}

#[test]
fn it_must_be_kept_from_others_as_it_would_be_today() {
    only(
        |project| {
            project.replace(NYAH, "[share]", "access = \"link\"\n[share]");
        },
        &ALL,
    );
    let open = |project: &Project| {
        project.replace(NYAH, "[share]", "access = \"link\"\n[share]");
    };
    only_after(
        open,
        |project| {
            project.replace(NYAH, "access = \"link\"\n", "");
        },
        &ALL,
    );
    only_after(open, |_| (), &[]);
    only(
        |project| {
            project.replace(NYAH, "link = 1", "link = 1\nopen = \"click\"");
        },
        &["priya"],
    );
}

#[test]
fn opened_it_must_pass_todays_terms_and_audit() {
    let readers = ["nyah", "coach", "priya"];
    let long = |project: &Project| {
        project.replace(UPDATE, "I start with the point.", LONG);
    };
    let term = |project: &Project| {
        project.replace(LOGGIA, "Project Falcon", "harbour wall");
    };
    only_after(long, term, &readers);
    let note = |project: &Project| {
        project.replace(
            LOGGIA,
            "[confidential]\n",
            "[confidential]\noverlap = \"deny\"\n",
        );
        project.write("nyah/notes/2026-03-19-session.md", format!("{LONG}.\n"));
    };
    only_after(long, note, &readers);
}

#[test]
fn a_leak_holds_back_its_engagement_with_its_own_exit_code() {
    let practice = Practice::new(|_| ());
    practice.change_the_other();
    practice
        .project
        .replace(UPDATE, "I start with", "Project Falcon: I start with");
    // What the update said is said no more, and what it says now must not leave.
    practice.check(4, &["nyah", "coach", "priya"]);
    let practice = Practice::new(|_| ());
    practice.change_the_other();
    let text = "+++\ntitle = \"More\"\nshare = [\"manager\"]\n+++\nProject Falcon.\n";
    practice
        .project
        .write("nyah/updates/2026-03-17-more.md", text);
    let ran = practice.check(4, &[]);
    let site = tree(&practice.project.site());
    assert!(
        !ran.stdout.contains("Falcon")
            && site
                .values()
                .all(|bytes| !bytes.windows(6).any(|some| some == b"Falcon"))
    );
}

#[test]
fn more_than_was_agreed_and_a_broken_record_hold_back_their_engagement() {
    let practice = Practice::new(|_| ());
    practice.change_the_other();
    practice.project.replace(
        NYAH,
        "actions = [\"manager\"]",
        "actions = [\"manager\", \"sponsor\"]",
    );
    practice.project.replace(
        GOAL,
        "share = { goals = [\"manager\"], ",
        "share = { goals = [\"manager\"], actions = [\"manager\", \"sponsor\"], ",
    );
    practice.check(3, &[]);
    let practice = Practice::new(|_| ());
    practice.change_the_other();
    practice.project.write("nyah/share.lock", "no record");
    practice.check(3, &[]);
    // Without the record of rounds nobody can tell which figures may be shown.
    let practice = Practice::new(|_| ());
    practice.change_the_other();
    practice
        .project
        .write("nyah/pulse/rounds.lock", "no record");
    practice.check(3, &["nyah", "coach", "priya", "anders"]);
    let practice = Practice::new(|_| ());
    practice.change_the_other();
    practice
        .project
        .remove("nyah/pulse/2026-03-02.csv")
        .remove("nyah/pulse/2026-03-02.md");
    practice.check(3, &["nyah", "coach", "priya", "anders"]);
}

#[test]
fn a_picture_that_was_exchanged_ends_the_pages_that_show_it() {
    let picture = |pixels: &[u8]| png(pixels, "");
    let shown = |project: &Project| {
        project.write("nyah/files/room.png", picture(&[1, 2, 3]));
        project.replace(
            UPDATE,
            "I start with",
            "![The room](files/room.png)\n\nI start with",
        );
    };
    let exchanged = |project: &Project| {
        project.write("nyah/files/room.png", picture(&[3, 2, 1]));
    };
    only_after(shown, exchanged, &["nyah", "coach", "priya"]);
}

#[test]
fn a_name_that_is_no_longer_said_ends_the_pages_that_say_it() {
    // Everyone reads who takes part.
    only(
        |project| {
            project.replace(NYAH, "Idris Bello", "A former supporter");
        },
        &ALL,
    );
    let hidden = |project: &Project| {
        project.replace(NYAH, "people = [\"everyone\"]", "people = [\"manager\"]");
    };
    only_after(
        hidden,
        |project| {
            project.replace(NYAH, "Idris Bello", "A former supporter");
        },
        &["nyah", "coach", "priya"],
    );
}

#[test]
fn what_is_hidden_from_a_reader_never_ends_the_page() {
    let hidden = |project: &Project| {
        project.replace(HIDDEN, "coacheecanary", "otherwise");
        project.replace(GOAL, "privatecanary", "otherwise");
        project.write("nyah/notes/2026-03-19-session.md", "Another note.\n");
        project.replace(
            "nyah/pulse/2026-03-02.csv",
            "commentcanary, said in confidence",
            "otherwise",
        );
    };
    only(hidden, &["nyah", "coach"]);
    only(
        |project| {
            project.rename(HIDDEN, "nyah/goals/7-calm.md");
        },
        &[],
    );
    only(
        |project| {
            project.remove(HIDDEN);
        },
        &["nyah", "coach"],
    );
}

#[test]
fn what_is_wrong_with_the_firm_holds_back_everything() {
    for (from, to) in [
        ("[site]", "[sitee]"),
        ("name = \"Harbour Coaching\"", "name = 1"),
    ] {
        let practice = Practice::new(|_| ());
        practice.break_it();
        practice.project.replace(LOGGIA, from, to);
        assert_eq!(practice.build(&[]).code, 3);
        assert!(tree(&practice.project.site()) == practice.before);
    }
}

#[test]
fn asked_to_be_strict_or_without_the_published_site_nothing_goes_out() {
    let practice = Practice::new(|_| ());
    practice.break_it();
    let ran = practice.build(&["--strict"]);
    assert_eq!(ran.code, 3);
    assert!(tree(&practice.project.site()) == practice.before);
    let ran = practice.build(&["--out", "other"]);
    assert_eq!(ran.code, 3);
    assert!(!practice.project.folder().join("other").exists());
    for absent in ["nowhere", "content"] {
        let ran = practice.build(&["--out", "other", "--previous", absent]);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(
            ran.stderr
                .contains("is not a site that was published with this key"),
            "{}",
            ran.stderr
        );
        assert!(!practice.project.folder().join("other").exists());
    }
    // A site of another key is another site.
    let key = practice.project.path("loggia.key");
    fs::rename(&key, practice.project.folder().join("old.key")).unwrap();
    let ran = practice.build(&["--out", "other", "--previous", "site"]);
    assert_ne!(ran.code, 0);
    assert!(!practice.project.folder().join("other").exists());
}

#[test]
fn pages_are_kept_from_another_folder_too() {
    let practice = Practice::new(|_| ());
    practice.break_it();
    let ran = practice.build(&["--out", "other", "--previous", "site"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(
        tree(&practice.project.site()) == practice.before,
        "what is named is only read"
    );
    let other = tree(&practice.project.folder().join("other"));
    for path in practice.paths.values() {
        assert!(other.get(path) == practice.before.get(path));
    }
    assert_eq!(other.len(), practice.before.len());
}

/// Where nothing but git and the published site is at hand, a page stays that would be made today for its own day.
#[test]
fn without_a_record_a_page_stays_if_nothing_changed_for_its_reader() {
    let practice = Practice::new(|_| ());
    practice.break_it();
    practice.project.remove(".loggia");
    practice.check(3, &[]);
    for day in ["2026-03-22", "2026-04-20"] {
        let practice = Practice::new(|_| ());
        practice.break_it();
        practice.project.remove(".loggia");
        let mut command = practice.project.command(&["build", "--today", day]);
        let ran = finish(&mut command);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        assert_eq!(practice.kept().len(), 6, "{day}: {}", ran.stderr);
    }
    let practice = Practice::new(|_| ());
    practice.project.write(
        "nyah/updates/2026-01-13-more.md",
        "+++\ntitle = \"More\"\nshare = [\"manager\"]\n+++\nNews.\n",
    );
    practice.break_it();
    practice.project.remove(".loggia");
    practice.check(3, &["nyah", "coach", "priya"]);
}

#[test]
fn a_page_that_was_changed_on_the_host_does_not_come_back() {
    let practice = Practice::new(|_| ());
    practice.break_it();
    let path = practice.project.site().join(&practice.paths["priya"]);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("<body", "<body data-x=\"1\"", 1)).unwrap();
    practice.check(3, &["priya"]);
    let practice = Practice::new(|_| ());
    practice.break_it();
    let (one, other) = (&practice.paths["priya"], &practice.paths["anders"]);
    fs::copy(
        practice.project.site().join(one),
        practice.project.site().join(other),
    )
    .unwrap();
    practice.check(3, &["anders"]);
}

#[test]
fn programs_are_told_what_was_published_and_what_was_held() {
    let practice = Practice::new(|_| ());
    practice.project.replace(NYAH, "link = 1", "link = 2");
    practice.break_it();
    let ran = practice.build(&["--json", "--report", "report.json"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let told: Value = serde_json::from_str(&ran.stdout).unwrap();
    let report = fs::read_to_string(practice.project.folder().join("report.json")).unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    for told in [&told, &report] {
        assert_eq!(told["published"], true);
        let held = &told["held"][0];
        assert_eq!(held["engagement"], "nyah");
        let ids = |key: &str| -> BTreeSet<String> {
            let pages = held[key].as_array().unwrap().iter();
            pages
                .map(|page| page["reader"].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(ids("ended"), BTreeSet::from(["priya".to_owned()]));
        assert_eq!(ids("kept").len(), 5);
    }
    let problems = told["problems"].as_array().unwrap();
    assert!(
        problems
            .iter()
            .any(|problem| problem["severity"] == "error")
    );
    let ran = practice.build(&["--json", "--strict"]);
    let told: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        (&told["published"], told["held"].as_array().unwrap().len()),
        (&Value::Bool(false), 0)
    );
    practice.project.write(LOGGIA, "[firm");
    let ran = practice.build(&["--json"]);
    assert_eq!(ran.code, 3);
    let told: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(told["published"], false);
}

/// Someone who reads both engagements, with a page of her own.
const PERSON: &str = "\n[[person]]\nid = \"both\"\nname = \"Priya Raman\"\n\n[person.engagements]\nnyah = \"priya\"\nada = \"priya\"\n";

#[test]
fn the_page_of_a_person_says_nothing_of_an_engagement_that_is_held_back() {
    let with_person = |project: &Project| {
        project.write(LOGGIA, project.read(LOGGIA) + PERSON);
    };
    let path = |practice: &Practice| {
        let links = practice.project.run(&["links", "--json", "--quiet"]).stdout;
        let links: Vec<Value> = serde_json::from_str(&links).unwrap();
        let line = links
            .iter()
            .find(|line| line["stakeholder"] == "both")
            .unwrap();
        line["path"].as_str().unwrap().to_owned()
    };
    let now = |practice: &Practice, path: &str| tree(&practice.project.site()).get(path).cloned();
    let practice = Practice::new(with_person);
    let page = path(&practice);
    practice.break_it();
    practice.check(3, &[]);
    assert!(
        now(&practice, &page).as_ref() == Some(&practice.before[&page]),
        "it stays as it was"
    );

    // Where one of her portals ends, or another one changes what it says there, the page is made anew without the broken one.
    for (file, from, to) in [
        (NYAH, "agreed = 2026-02-02", "agreed = 2026-03-30"),
        (
            "ada/engagement.toml",
            "title = \"Leading through others\"",
            "title = \"Leading on\"",
        ),
    ] {
        let practice = Practice::new(with_person);
        let page = path(&practice);
        practice.project.replace(file, from, to);
        practice.break_it();
        let ran = practice.build(&[]);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        let made = now(&practice, &page);
        assert!(
            made.is_some() && made.as_ref() != Some(&practice.before[&page]),
            "{file}"
        );
    }

    // Where none of her portals can be built and hers ends, so does the page.
    let practice = Practice::new(|project| {
        project.write(
            LOGGIA,
            project.read(LOGGIA) + &PERSON.replace("ada = \"priya\"\n", ""),
        );
    });
    let page = path(&practice);
    practice
        .project
        .replace(NYAH, "agreed = 2026-02-02", "agreed = 2026-03-30");
    practice.break_it();
    let ran = practice.build(&[]);
    assert!(now(&practice, &page).is_none());
    assert!(
        ran.stderr
            .contains("the page of person `both` is not in the site"),
        "{}",
        ran.stderr
    );
}

/// Parts that hold back an engagement, each from the site as published, are joined to the site of one build.
#[test]
fn parts_hold_back_as_the_whole_does() {
    let practice = Practice::new(|project| {
        project.write(LOGGIA, project.read(LOGGIA) + PERSON);
    });
    practice.break_it();
    let mut merge = vec!["merge".to_owned()];
    for number in 1..=3 {
        let (shard, out) = (format!("{number}/3"), format!("part-{number}"));
        let ran = practice.build(&["--shard", &shard, "--out", &out, "--previous", "site"]);
        assert!(ran.code == 0 || ran.code == 3, "{}", ran.stderr);
        merge.push(out);
    }
    merge.extend(["--out", "joined"].map(str::to_owned));
    let words: Vec<&str> = merge.iter().map(String::as_str).collect();
    let ran = practice.project.run(&words);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(practice.build(&[]).code, 3);
    let joined = tree(&practice.project.folder().join("joined"));
    assert!(joined == tree(&practice.project.site()));
}
