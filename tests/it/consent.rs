//! `share.lock`: nobody reads more than was agreed on the day that `[share] agreed` names.

use crate::project::{Project, tree};

const ENGAGEMENT: &str = "nyah/engagement.toml";
const LOCK: &str = "nyah/share.lock";
const AGENDA: &str = "nyah/agendas/2026-02-03-calibration.md";
const UPDATE: &str = "nyah/updates/2026-03-15-first-month.md";
const AGREEMENT: &str = "nyah/agreement.md";
const REVIEW: &str = "nyah/reviews/2026-03-16-midpoint.md";
const CALM: &str = "nyah/goals/2-calm.md";
const CLEAR: &str = "nyah/goals/1-clear.md";

/// An engagement that is built, with a person of human resources to whom nothing but the facts is shared.
fn built() -> Project {
    let project = Project::small();
    let text = project.read(ENGAGEMENT);
    let hr =
        "[[stakeholder]]\nid = \"farah\"\nname = \"Farah Siddiqui\"\nrole = \"hr\"\n\n[pulse]\n";
    project.write(ENGAGEMENT, text.replace("[pulse]\n", hr));
    let share = "[share]\nagreement = [\"manager\", \"sponsor\"]\n";
    project.replace(ENGAGEMENT, "[share]\n", share);
    let agreement = "+++\n+++\nWe agreed.\n\n::: only priya\nOnly the manager reads this line.\n:::\n\nThat is all.\n";
    project.write(AGREEMENT, agreement);
    let update = project.read(UPDATE);
    let passages =
        "\n::: only priya\nOnly the manager reads this line.\n:::\n\nThe end of the month.\n";
    project.write(UPDATE, format!("{update}{passages}"));
    set(
        &project,
        UPDATE,
        "share",
        "share = [\"manager\", \"anders\"]",
    );
    project.built();
    project
}

/// Puts a line at the beginning of the front matter of a file.
fn begin(project: &Project, name: &str, line: &str) {
    let text = project.read(name);
    project.write(name, text.replacen("+++\n", &format!("+++\n{line}\n"), 1));
}

/// Puts a key into the front matter of a file, in the place of the one that is there.
fn set(project: &Project, name: &str, key: &str, line: &str) {
    let text = project.read(name);
    let beginning = format!("{key} = ");
    let lines = text.lines().map(|old| {
        if old.starts_with(&beginning) {
            line
        } else {
            old
        }
    });
    let lines: Vec<&str> = lines.collect();
    assert_ne!(lines.join("\n"), text.trim_end(), "{name}: {key}");
    project.write(name, lines.join("\n") + "\n");
}

/// A way in which somebody reads more than before.
struct More {
    what: &'static str,
    change: fn(&Project),
    /// Who reads more, of which part, and the file with the line that says so.
    told: [&'static str; 3],
}

const MORE: [More; 15] = [
    More {
        what: "somebody without a portal is asked in the pulse",
        change: |project| {
            project.replace(ENGAGEMENT, "[share]\n", "[share]\nasked = [\"idris\"]\n");
        },
        told: ["`idris`", "`asked`", "nyah/engagement.toml:"],
    },
    More {
        what: "the agreement is for somebody else as well",
        change: |project| {
            set(
                project,
                ENGAGEMENT,
                "agreement",
                "agreement = [\"manager\", \"sponsor\", \"hr\"]",
            );
        },
        told: ["`farah`", "`agreement`", "nyah/engagement.toml:"],
    },
    More {
        what: "a passage of the agreement opens",
        change: |project| {
            project.replace(AGREEMENT, "::: only priya\n", "");
            project.replace(AGREEMENT, "this line.\n:::\n", "this line.\n");
        },
        told: ["`anders`", "a passage of `agreement`", "nyah/agreement.md"],
    },
    More {
        what: "a role is added to a part",
        change: |project| {
            set(
                project,
                ENGAGEMENT,
                "goals",
                "goals = [\"manager\", \"sponsor\", \"supporter\", \"hr\"]",
            );
        },
        told: ["`farah`", "`goals`", "nyah/engagement.toml:"],
    },
    More {
        what: "a part is shared that was not",
        change: |project| {
            project.replace(ENGAGEMENT, "[share]\n", "[share]\nself = [\"manager\"]\n");
        },
        told: ["`priya`", "`self`", "nyah/engagement.toml:"],
    },
    More {
        what: "a new person has a role that is listed",
        change: |project| {
            let text = project.read(ENGAGEMENT);
            let new = "[[stakeholder]]\nid = \"olga\"\nname = \"Olga Nord\"\nrole = \"sponsor\"\n\n[pulse]\n";
            project.write(ENGAGEMENT, text.replace("[pulse]\n", new));
        },
        told: ["`olga`", "`progress`", "nyah/engagement.toml:"],
    },
    More {
        what: "a person has a portal at last",
        change: |project| {
            let text = project.read(ENGAGEMENT);
            project.write(ENGAGEMENT, text.replacen("portal = false\n", "", 1));
        },
        told: ["would read", "`facts`", "nyah/engagement.toml:"],
    },
    More {
        what: "a person gets another role",
        change: |project| {
            project.replace(ENGAGEMENT, "role = \"hr\"", "role = \"manager\"");
        },
        told: ["`farah`", "`groups`", "nyah/engagement.toml:"],
    },
    More {
        what: "an update is for somebody else as well",
        change: |project| {
            set(
                project,
                UPDATE,
                "share",
                "share = [\"manager\", \"anders\", \"hr\"]",
            );
        },
        told: [
            "`farah`",
            "`updates` of `updates/2026-03-15-first-month`",
            "2026-03-15-first-month.md:",
        ],
    },
    More {
        what: "a passage opens",
        change: |project| {
            project.replace(UPDATE, "::: only priya\n", "");
            project.replace(UPDATE, "this line.\n:::\n", "this line.\n");
        },
        told: [
            "`anders`",
            "a passage of `updates/2026-03-15-first-month`",
            "2026-03-15-first-month.md:",
        ],
    },
    More {
        what: "a review is for somebody else as well",
        change: |project| {
            begin(project, REVIEW, "share = [\"everyone\"]");
        },
        told: [
            "`farah`",
            "`reviews` of `reviews/2026-03-16-midpoint`",
            "2026-03-16-midpoint.md:",
        ],
    },
    More {
        what: "a goal that was closed opens in part",
        change: |project| {
            set(
                project,
                CALM,
                "share",
                "share = { goals = [], actions = [], progress = [\"sponsor\"] }",
            );
        },
        told: ["`anders`", "`progress` of `goals/calm`", "2-calm.md:"],
    },
    More {
        what: "a goal that was closed is as the others",
        change: |project| set(project, CALM, "share", ""),
        told: [
            "`priya`",
            "`goals` of `goals/calm`",
            "nyah/engagement.toml:",
        ],
    },
    More {
        what: "the agenda of a meeting is for somebody else as well",
        change: |project| {
            set(
                project,
                AGENDA,
                "share",
                "share = [\"attendees\", \"sponsor\", \"hr\"]",
            );
        },
        told: [
            "`farah`",
            "`agendas` of `agendas/2026-02-03-calibration`",
            "2026-02-03-calibration.md:",
        ],
    },
    More {
        what: "somebody joins a meeting that is over",
        change: |project| {
            set(
                project,
                AGENDA,
                "attendees",
                "attendees = [\"coach\", \"nyah\", \"priya\", \"farah\"]",
            );
        },
        told: [
            "`farah`",
            "`agendas` of `agendas/2026-02-03-calibration`",
            "2026-02-03-calibration.md:",
        ],
    },
];

#[test]
fn more_under_the_same_word_is_an_error_and_under_a_new_one_is_not() {
    for More { what, change, told } in MORE {
        let project = built();
        let (site, lock) = (tree(&project.site()), project.read(LOCK));
        change(&project);
        let (checked, ran) = (project.run(&["check"]), project.run(&["build"]));
        assert_eq!((checked.code, ran.code), (3, 3), "{what}: {}", ran.stderr);
        let block = ran
            .stderr
            .split("\n\n")
            .find(|block| told.iter().all(|word| block.contains(word)));
        assert!(block.is_some(), "{what}: {told:?} in\n{}", ran.stderr);
        assert!(
            ran.stderr.contains("ask the coachee, then set `agreed`"),
            "{what}"
        );
        assert_eq!(tree(&project.site()), site, "{what}");
        assert_eq!(project.read(LOCK), lock, "{what}");
        project.replace(ENGAGEMENT, "agreed = 2026-02-02", "agreed = 2026-03-18");
        let ran = project.run(&["build"]);
        assert_eq!(ran.code, 0, "{what}: {}", ran.stderr);
        let words = project.read(LOCK).matches("[[word]]").count();
        assert_eq!(words, 2, "{what}: both words are kept");
    }
}

/// A private passage, with lines that it shares with no other text.
const PRIVATE: &str = "\n::: private\nNobody reads this line.\n\n- nor this one\n:::\n";

/// A way in which a private passage opens under the same word.
struct Opens {
    what: &'static str,
    /// What stands then in the place of [`PRIVATE`].
    text: &'static str,
}

const OPENS: [Opens; 4] = [
    Opens {
        what: "its fence is gone",
        text: "\nNobody reads this line.\n\n- nor this one\n",
    },
    Opens {
        what: "it is for the manager now",
        text: "\n::: only priya\nNobody reads this line.\n\n- nor this one\n:::\n",
    },
    Opens {
        what: "its fence begins one line later",
        text: "\nNobody reads this line.\n\n::: private\n- nor this one\n:::\n",
    },
    Opens {
        what: "a line of it stands elsewhere as well",
        text: "\n- nor this one\n\n::: private\nNobody reads this line.\n\n- nor this one\n:::\n",
    },
];

#[test]
fn a_private_passage_opens_with_a_new_word_alone() {
    let project = built();
    let files = [AGREEMENT, CLEAR, AGENDA, UPDATE, REVIEW];
    let plain = files.map(|file| project.read(file));
    for (file, text) in files.iter().zip(&plain) {
        project.write(file, format!("{text}{PRIVATE}"));
    }
    project.built();
    let lock = project.read(LOCK);
    assert_eq!(lock.matches("readers = []\nlines = [").count(), files.len());
    assert!(
        !lock.contains("Nobody") && !lock.contains("nor this"),
        "{lock}"
    );
    for (file, text) in files.iter().zip(&plain) {
        for Opens { what, text: opened } in OPENS {
            project.write(file, format!("{text}{opened}"));
            let ran = project.run(&["check"]);
            assert_eq!(ran.code, 3, "{file}: {what}: {}", ran.stderr);
            let told = ran.stderr.split("\n\n");
            let mut told = told.filter(|block| block.contains("a passage of"));
            let is_told = |block: &str| block.contains("`priya`") && block.contains(file);
            assert!(told.any(is_told), "{file}: {what}: {}", ran.stderr);
        }
        // Less is free: the passage may go, or be written anew; and it comes back where nobody reads it.
        project.write(file, text);
        project.built();
        let ran = project.run(&["check"]);
        assert_eq!(ran.code, 0, "{file}: {}", ran.stderr);
        project.write(file, format!("{text}{}", OPENS[0].text));
        let ran = project.run(&["check"]);
        assert_eq!(
            ran.code, 3,
            "{file}: it was taken out first: {}",
            ran.stderr
        );
        project.write(file, format!("{text}{PRIVATE}"));
    }
    project.built();
    assert_eq!(project.read(LOCK), lock);
    for (file, text) in files.iter().zip(&plain) {
        project.write(file, format!("{text}{}", OPENS[0].text));
    }
    project.replace(ENGAGEMENT, "agreed = 2026-02-02", "agreed = 2026-03-18");
    project.built();
}

#[test]
fn a_folder_that_says_nothing_of_the_agreement_shares_it_with_nobody() {
    let project = Project::small();
    project.built();
    let lock = project.read(LOCK);
    project.write(AGREEMENT, "+++\n+++\nWe agreed.\n");
    project.built();
    assert_eq!(project.read(LOCK), lock);
    let share = "[share]\nagreement = [\"manager\"]\n";
    project.replace(ENGAGEMENT, "[share]\n", share);
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let told = "`priya` would read `agreement`";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
}

#[test]
fn a_record_from_before_there_were_agreements_is_read_as_it_is() {
    let project = Project::small();
    project.built();
    let known = project.read(LOCK).contains("\nagreement = []\n");
    assert!(known, "the record names the part from now on");
}

#[test]
fn less_is_free_and_does_not_come_back_by_itself() {
    let project = built();
    let before = project.read(ENGAGEMENT);
    set(&project, ENGAGEMENT, "goals", "goals = [\"manager\"]");
    project.built();
    project.write(ENGAGEMENT, &before);
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("`anders` would read `goals`"),
        "{}",
        ran.stderr
    );
    // A day before the last word is no new word.
    project.replace(ENGAGEMENT, "agreed = 2026-02-02", "agreed = 2026-01-20");
    assert_eq!(project.run(&["build"]).code, 3);
}

#[test]
fn what_is_new_under_an_unchanged_audience_is_not_more() {
    let project = built();
    project.write(
        "nyah/updates/2026-03-18-second.md",
        "+++\ntitle = \"Second\"\n+++\nMore of it.\n",
    );
    project.write("nyah/goals/3-more.md", "+++\ntitle = \"More\"\n+++\n");
    let coming = "+++\ntitle = \"Check-in\"\nkind = \"check-in\"\nstart = 2026-03-27T10:00:00\nminutes = 30\nattendees = [\"coach\", \"priya\"]\n+++\n";
    project.write("nyah/agendas/2026-03-27-check-in.md", coming);
    let held = coming.replace("03-27", "03-17");
    project.write("nyah/agendas/2026-03-17-check-in.md", &held);
    project.built();
    // Whoever is asked to a meeting that is still to come may know what it is about.
    let joined = coming.replace("\"priya\"]", "\"priya\", \"farah\"]");
    project.write("nyah/agendas/2026-03-27-check-in.md", joined);
    project.built();
    let joined = held.replace("\"priya\"]", "\"priya\", \"farah\"]");
    project.write("nyah/agendas/2026-03-17-check-in.md", joined);
    assert_eq!(project.run(&["build"]).code, 3);
}

#[test]
fn a_record_that_was_edited_or_is_gone_is_noticed() {
    let project = built();
    let lock = project.read(LOCK);
    assert_eq!(project.run(&["build", "--locked"]).code, 0);
    project.write(
        LOCK,
        lock.replace("goals = [\"anders\"", "goals = [\"farah\", \"anders\""),
    );
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.stderr
            .contains("the record of what was agreed is not as it was written"),
        "{}",
        ran.stderr
    );
    project.write(LOCK, "seal = 1\n");
    let ran = project.run(&["build"]);
    assert!(
        ran.stderr
            .contains("the record of what was agreed cannot be read"),
        "{}",
        ran.stderr
    );
    project.remove(LOCK);
    let ran = project.run(&["build", "--locked"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.stderr
            .contains("this record of what was agreed is not up to date"),
        "{}",
        ran.stderr
    );
    project.built();
    assert_eq!(
        project.read(LOCK),
        lock,
        "the same again gives the same record"
    );
    project.built();
    assert_eq!(project.read(LOCK), lock);
}

/// The pages of a site that nobody needs a key for, by their text.
fn pages_with(project: &Project, text: &str) -> usize {
    let pages = tree(&project.site());
    let pages = pages.values().filter(|bytes| {
        let page = String::from_utf8_lossy(bytes);
        let mut plain = String::new();
        for piece in page.split('<') {
            plain += piece.split_once('>').map_or(piece, |(_, text)| text);
        }
        plain.contains(text)
    });
    pages.count()
}

#[test]
fn a_page_says_since_when_and_nothing_of_what_others_read() {
    let project = Project::small();
    let loggia = project.read("loggia.toml");
    project.write(
        "loggia.toml",
        loggia.replace("[site]\n", "[site]\naccess = \"link\"\n"),
    );
    let whole = project.read(ENGAGEMENT);
    let plan: Vec<&str> = whole
        .lines()
        .map(|line| match line.split_once(" = ") {
            Some(("agreed", _)) => "agreed = 2026-01-30",
            Some(("facts" | "people" | "goals" | "actions", list)) if list.starts_with('[') => "",
            Some(("progress" | "groups" | "themes" | "agendas" | "updates" | "reviews", list))
                if list.starts_with('[') =>
            {
                ""
            }
            _ => line,
        })
        .collect();
    let plan = plan.join("\n").replace(
        "follow_up = [\"manager\", \"sponsor\"]",
        "follow_up = []\nfacts = [\"manager\"]\npeople = [\"manager\"]\ngoals = [\"manager\"]\nactions = [\"manager\"]",
    );
    let goal = project.read(CLEAR);
    project.write(ENGAGEMENT, plan);
    set(
        &project,
        CLEAR,
        "share",
        "share = { goals = [\"manager\"], progress = [] }",
    );
    let agenda = project.read(AGENDA);
    set(&project, AGENDA, "share", "share = []");
    let update = project.read(UPDATE);
    set(&project, UPDATE, "share", "share = []");
    project.built();
    project.write(ENGAGEMENT, &whole);
    project.write(CLEAR, goal);
    project.write(AGENDA, agenda);
    project.write(UPDATE, update);
    project.built();
    let sentence =
        "The plan has been shared with you since 30 January 2026, the rest since 2 February 2026.";
    assert_eq!(pages_with(&project, sentence), 1, "the manager's alone");
    let line = "Progress figures (since 2 February 2026)";
    assert_eq!(pages_with(&project, line), 1);
    assert_eq!(
        pages_with(&project, "30 January"),
        1,
        "nobody else can tell that the plan was shared before"
    );
    // A word about what one reader gets moves nobody else's day.
    let before = tree(&project.site());
    project.replace(ENGAGEMENT, "agreed = 2026-02-02", "agreed = 2026-03-10");
    project.replace(
        ENGAGEMENT,
        "updates = [\"manager\"]",
        "updates = [\"manager\", \"sponsor\"]",
    );
    let after = project.built();
    let changed = before
        .iter()
        .filter(|(name, bytes)| after.get(*name) != Some(*bytes));
    let changed = changed.filter(|(name, _)| name.to_string().ends_with(".html"));
    assert_eq!(
        changed.count(),
        2,
        "of the coachee and the coach: there is no update yet that the sponsor would get"
    );
}

/// Whether `[share]` shares goals that are still to be written is nothing that a reader of one goal may know, nor whether there would be
/// something to read of another: the day follows from what is on the page.
#[test]
fn since_when_follows_from_what_is_on_the_page() {
    let of_sponsor = "goals = [\"sponsor\"]";
    let of_calm = "actions = []";
    let page_of_manager = |goals: &str, actions: &str| {
        let project = Project::small();
        let loggia = project.read("loggia.toml");
        project.write(
            "loggia.toml",
            loggia.replace("[site]\n", "[site]\naccess = \"link\"\n"),
        );
        set(&project, ENGAGEMENT, "goals", of_sponsor);
        project.built();
        let later = project.read(ENGAGEMENT).replace(of_sponsor, goals);
        project.write(
            ENGAGEMENT,
            later.replace("agreed = 2026-02-02", "agreed = 2026-03-10"),
        );
        project.write(CALM, project.read(CALM).replace(of_calm, actions));
        let pages = project.built().into_values();
        let pages = pages.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let mut pages =
            pages.filter(|page| page.contains("onlymanager") && !page.contains("coacheecanary"));
        pages.next().unwrap()
    };
    let plain = page_of_manager(of_sponsor, of_calm);
    let others = [
        page_of_manager("goals = [\"sponsor\", \"manager\"]", of_calm),
        page_of_manager(of_sponsor, "actions = [\"manager\"]"),
    ];
    for other in others {
        assert!(plain == other, "the manager's page tells another day");
    }
}

#[test]
fn a_folder_of_the_first_version_is_told_what_to_write() {
    let project = Project::small();
    let before = project.built();
    project.remove(LOCK);
    let whole = project.read(ENGAGEMENT);
    let old = whole.replace("people = [\"everyone\"]\n", "");
    let old = old.replace("follow_up = [\"manager\", \"sponsor\"]\n", "");
    project.write(ENGAGEMENT, &old);
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(!project.path(LOCK).exists(), "nothing is recorded");
    for told in [
        "`[share]` does not say who may read `people`, which was part of `facts`",
        "`people = [\"everyone\"]`",
        "`follow_up = [\"manager\", \"sponsor\"]`",
        "`people = []`",
        "it was shared with `priya`, `anders` so far, who without it no longer read how many raters saw a follow-up",
    ] {
        assert!(ran.stderr.contains(told), "{told} in\n{}", ran.stderr);
    }
    assert_eq!(tree(&project.site()), before, "the old site still stands");
    let lines = "[share]\npeople = [\"everyone\"]\nfollow_up = [\"manager\", \"sponsor\"]\n";
    project.write(ENGAGEMENT, old.replace("[share]\n", lines));
    assert_eq!(
        project.built(),
        before,
        "nobody reads anything else than before"
    );
    assert!(project.path(LOCK).exists());
    // To share it with nobody is an answer too.
    project.remove(LOCK);
    project.write(
        ENGAGEMENT,
        old.replace("[share]\n", "[share]\npeople = []\nfollow_up = []\n"),
    );
    project.built();
    // Without a word nobody read anything, and nothing is asked.
    project.remove(LOCK);
    project.write(ENGAGEMENT, old.replace("agreed = 2026-02-02\n", ""));
    project.built();
    assert!(!project.path(LOCK).exists());
}
