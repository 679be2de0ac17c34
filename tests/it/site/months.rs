//! One engagement through fourteen months, built every week: people come, go and change, names, words and scores are mended, somebody is
//! forgotten, a link is lost, the end comes.
//!
//! After every build: a twin that differs in what is hidden has the same site, every link that should stay has stayed, every link that
//! ended is dead, the audit passes, and nobody has a page but who should.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::project::{Project, Ran, Tree, finish, tree};

const ENGAGEMENT: &str = "nyah/engagement.toml";
const CLEAR: &str = "nyah/goals/1-clear.md";
const MARCH: &str = "nyah/pulse/2026-03-02.csv";

/// What the coach does on a day, and whose link begins or ends by it.
struct Event {
    day: &'static str,
    change: fn(&Project),
    begins: &'static [&'static str],
    ends: &'static [&'static str],
}

/// An event that leaves all links as they are.
const fn quiet(day: &'static str, change: fn(&Project)) -> Event {
    Event {
        day,
        change,
        begins: &[],
        ends: &[],
    }
}

const EVENTS: &[Event] = &[
    quiet("2026-02-02", |project| {
        project.replace(ENGAGEMENT, "held = []", "held = [2026-01-20]");
    }),
    Event {
        day: "2026-02-02",
        change: |project| {
            project.replace(ENGAGEMENT, "[share]\n", "[share]\nagreed = 2026-02-02\n");
        },
        begins: &["coach", "priya", "anders", "tom", "lena"],
        ends: &[],
    },
    quiet("2026-03-02", |project| {
        round(project, "2026-03-02", "tom", "nyah,clear,1,,");
    }),
    // Tom leaves, and another supporter comes, whose id is misspelt.
    Event {
        day: "2026-04-06",
        change: |project| {
            project.replace(
                ENGAGEMENT,
                "id = \"tom\"\n",
                "id = \"tom\"\nuntil = 2026-04-06\n",
            );
            project.replace(
                ENGAGEMENT,
                "[pulse]\n",
                "[[stakeholder]]\nid = \"mnoa\"\nname = \"Mona Lind\"\nrole = \"supporter\"\ngroup = \"peer\"\nfrom = 2026-04-06\n\n[pulse]\n",
            );
            agreed_again(project, "2026-02-02", "2026-04-06");
        },
        begins: &["mnoa"],
        ends: &["tom"],
    },
    // A name that was misspelt, of somebody without an address: a word of the coach says that it is no other person.
    quiet("2026-04-20", |project| {
        project.replace(
            ENGAGEMENT,
            "Anders Hol\"",
            "Anders Holm\"\nsame_person = 2026-04-20",
        );
    }),
    // Words that were mended, of a question that stays the same.
    quiet("2026-05-11", |project| {
        project.replace(
            CLEAR,
            "main point early.\"\n",
            "main point early on.\"\ncorrected = 2026-05-11\n",
        );
    }),
    quiet("2026-06-01", |project| {
        round(project, "2026-06-01", "mnoa", "nyah,clear,2,,");
    }),
    // Lena becomes a manager.
    quiet("2026-07-06", |project| {
        project.replace(
            ENGAGEMENT,
            "name = \"Lena Kovač\"\nrole = \"supporter\"\ngroup = \"peer\"\n",
            "name = \"Lena Kovač\"\nrole = \"manager\"\n\n[[stakeholder.before]]\nrole = \"supporter\"\ngroup = \"peer\"\nuntil = 2026-07-06\n",
        );
        agreed_again(project, "2026-04-06", "2026-07-06");
    }),
    // Lena's score of March was mistyped: another one is refused, and the figure is withdrawn.
    quiet("2026-07-20", |project| {
        project.replace(MARCH, "lena,clear,1", "lena,clear,2");
        let ran = finish(&mut project.command(&["build", "--today", "2026-07-20"]));
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        project.write(MARCH, "rater,goal,score,followed_up,comment\n");
    }),
    // The misspelt id is mended; the rounds still say the old one.
    quiet("2026-08-03", |project| {
        project.replace(
            ENGAGEMENT,
            "id = \"mnoa\"\n",
            "id = \"mona\"\nwas = [\"mnoa\"]\n",
        );
    }),
    quiet("2026-09-07", |project| {
        round(project, "2026-09-07", "mona", "nyah,clear,2,,");
    }),
    quiet("2026-09-14", |project| {
        project.replace(
            ENGAGEMENT,
            "end = 2026-09-30",
            "end = 2027-01-29\ncloses = 2027-03-01",
        );
    }),
    // Priya leaves, and Nils comes in her place.
    Event {
        day: "2026-10-05",
        change: |project| {
            project.replace(
                ENGAGEMENT,
                "id = \"priya\"\n",
                "id = \"priya\"\nuntil = 2026-10-05\n",
            );
            project.replace(
                ENGAGEMENT,
                "[pulse]\n",
                "[[stakeholder]]\nid = \"nils\"\nname = \"Nils Berg\"\nrole = \"manager\"\nfrom = 2026-10-05\n\n[pulse]\n",
            );
            agreed_again(project, "2026-07-06", "2026-10-05");
        },
        begins: &["nils"],
        ends: &["priya"],
    },
    quiet("2026-10-26", |project| {
        project.replace(
            ENGAGEMENT,
            "journey =",
            "paused = { from = 2026-10-26, until = 2026-11-30 }\njourney =",
        );
    }),
    // Anders has lost his mails, and gets another link.
    Event {
        day: "2026-11-16",
        change: |project| {
            project.replace(
                ENGAGEMENT,
                "id = \"anders\"\n",
                "id = \"anders\"\nlink = 2\n",
            );
        },
        begins: &["anders"],
        ends: &["anders"],
    },
    // Tom, who has left, asks to be forgotten; what he answered stays without his name.
    quiet("2026-12-07", |project| {
        let mut command = project.command(&["forget", "nyah", "tom", "--today", "2026-12-07"]);
        let ran = finish(&mut command);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(!project.read(ENGAGEMENT).contains("Tom"));
    }),
    quiet("2027-01-25", |project| {
        project.write(
            "nyah/reviews/2027-01-25-final.md",
            "+++\nkind = \"final\"\n[[outcome]]\nintended = \"Decisions are settled.\"\nactual = \"They are.\"\n+++\n",
        );
    }),
    Event {
        day: "2027-03-01",
        change: |_| {},
        begins: &[],
        ends: &["anders", "coach", "lena", "mona", "nils", "nyah"],
    },
];

/// A round that four people have answered besides the coachee.
fn round(project: &Project, day: &str, fourth: &str, own: &str) {
    let rows = format!(
        "rater,goal,score,followed_up,comment\n{own}\npriya,clear,2,yes,\n{fourth},clear,2,yes,said in confidence\n\
         lena,clear,1,no,\nidris,clear,0,,\n"
    );
    project.write(&format!("nyah/pulse/{day}.csv"), rows);
}

fn agreed_again(project: &Project, before: &str, day: &str) {
    let (from, to) = (format!("agreed = {before}"), format!("agreed = {day}"));
    project.replace(ENGAGEMENT, &from, &to);
}

/// The small engagement on its first day.
fn begun() -> Project {
    let project = Project::small();
    for gone in [
        "nyah/pulse/2026-03-02.csv",
        "nyah/pulse/2026-03-02.md",
        "nyah/reviews/2026-03-16-midpoint.md",
        "nyah/updates/2026-03-15-first-month.md",
    ] {
        project.remove(gone);
    }
    project.replace(ENGAGEMENT, "agreed = 2026-02-02\n", "");
    project.replace(ENGAGEMENT, "held = [2026-01-20, 2026-02-10]", "held = []");
    project.replace(CLEAR, "done = 2026-03-12\n", "");
    project.replace(ENGAGEMENT, "Anders Holm", "Anders Hol");
    project
}

/// The same with other hidden words: in a note, and in a passage that nobody reads.
fn twin(week: usize, project: &Project) {
    let note = format!("Week {week}: said in confidence, and in this world alone.\n");
    project.write("nyah/notes/2026-01-13-week.md", note);
}

#[track_caller]
fn run(project: &Project, arguments: &[&str], today: Date) -> Ran {
    let today = today.to_string();
    let ran = finish(project.command(arguments).args(["--today", today.as_str()]));
    assert_eq!(ran.code, 0, "{today} {arguments:?}: {}", ran.stderr);
    ran
}

/// The folder of every reader's page, by the reader's id.
fn links(project: &Project, today: Date) -> BTreeMap<String, String> {
    let links = run(project, &["links", "--json"], today).stdout;
    let links: Vec<serde_json::Value> = serde_json::from_str(&links).unwrap();
    let text = |link: &serde_json::Value, key: &str| link[key].as_str().unwrap().to_owned();
    let links = links.iter();
    links
        .map(|link| (text(link, "stakeholder"), text(link, "path")))
        .collect()
}

/// The pages of a site.
fn pages(site: &Tree) -> BTreeSet<String> {
    let pages = site.keys().filter(|path| path.starts_with("p/"));
    pages.cloned().collect()
}

#[test]
fn an_engagement_lives_for_fourteen_months() {
    let (project, other) = (begun(), begun());
    other.replace(CLEAR, "privatecanary", "othercanary");
    let mut today: Date = "2026-01-12".parse().unwrap();
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut dead = BTreeSet::new();
    for week in 0..61 {
        let is_due = |event: &&Event| event.day.parse::<Date>().unwrap() == today;
        let (mut begins, mut ends) = (BTreeSet::new(), BTreeSet::new());
        for event in EVENTS.iter().filter(is_due) {
            for project in [&project, &other] {
                (event.change)(project);
            }
            begins.extend(event.begins.iter().map(|id| (*id).to_owned()));
            ends.extend(event.ends.iter().map(|id| (*id).to_owned()));
        }
        twin(week, &other);
        run(&project, &["build"], today);
        if week == 0 {
            fs::copy(project.path("loggia.key"), other.path("loggia.key")).unwrap();
        }
        run(&other, &["build"], today);
        let site = tree(&project.site());
        assert!(
            tree(&other.site()) == site,
            "{today}: the twin has another site"
        );
        run(&project, &["audit", "site"], today);

        let now = links(&project, today);
        if week == 0 {
            begins.insert("nyah".to_owned());
        }
        for (id, path) in &known {
            // A name that is mended keeps its link.
            let id_now = if id == "mnoa" && !now.contains_key(id) {
                "mona"
            } else {
                id
            };
            match ends.contains(id_now) {
                true => drop(dead.insert(path.clone())),
                false => assert_eq!(now.get(id_now), Some(path), "{today}: {id}"),
            }
        }
        for (id, path) in &now {
            let is_known = known.values().any(|before| before == path);
            assert_eq!(begins.contains(id), !is_known, "{today}: {id}");
        }
        assert_eq!(pages(&site), now.values().cloned().collect(), "{today}");
        assert!(
            pages(&site).is_disjoint(&dead),
            "{today}: a dead link opens"
        );
        known = now;
        today = today.checked_add(7.days()).unwrap();
    }
    assert!(known.is_empty(), "someone still has a page: {known:?}");
    assert_eq!(dead.len(), 9, "{dead:?}");
}
