//! Asking pages: who has one, what stands on it, and that nothing else of the engagement changes a byte of it.

use std::collections::BTreeMap;

use loggia::access;
use loggia::access::key::Key;
use loggia::access::link::{Link, LinkNumbers, LinkSource};

use crate::project::{Project, Tree};

const ENGAGEMENT: &str = "nyah/engagement.toml";
const CLEAR: &str = "nyah/goals/1-clear.md";
const CALM: &str = "nyah/goals/2-calm.md";

/// A point of the curve P-256 whose secret nobody has.
const ASKING_PUB: &str = "loggia-answers-1 BFYAHDlesDgz_sDkoo5O6Usc_aTuOWATqpsVysLV8rS7YOp9PmO258MrZrK_2k3gsAfszCFPWl8_HH7eYzmgBN4\n";

/// The small engagement with a round that is open on the day of these tests: Tom is asked about one goal alone.
pub(super) fn asking() -> Project {
    let project = Project::small();
    project.replace(
        ENGAGEMENT,
        "[share]\n",
        "[share]\nasked = [\"supporter\", \"manager\"]\n",
    );
    let rounds = "[pulse]\nrounds = [2026-03-27, 2026-05-29]\nperiod = \"the last two weeks\"\n";
    project.replace(ENGAGEMENT, "[pulse]\n", rounds);
    for (file, behaviour) in [
        (CLEAR, "She is clear early."),
        (CALM, "She stays calm late."),
    ] {
        let text = project.read(file);
        let lines = text
            .lines()
            .filter(|line| !line.starts_with("behaviour") && !line.starts_with("supporters"));
        let lines: Vec<&str> = lines.collect();
        let supporters = if file == CALM {
            "supporters = [\"lena\", \"idris\"]\n"
        } else {
            ""
        };
        let head = format!("+++\nbehaviour = \"{behaviour}\"\n{supporters}");
        project.write(file, lines.join("\n").replacen("+++\n", &head, 1) + "\n");
    }
    project.write("nyah/pulse/asking.pub", ASKING_PUB);
    project
}

/// Every asking page by its rater, opened.
fn pages(project: &Project, site: &Tree) -> BTreeMap<&'static str, String> {
    let key = Key::open(&project.content(), None).unwrap();
    let mut pages = BTreeMap::new();
    for rater in ["nyah", "coach", "priya", "anders", "tom", "lena", "idris"] {
        let source = LinkSource {
            engagement: "nyah",
            stakeholder: rater,
            numbers: LinkNumbers::of_stakeholder(1),
        };
        let link = Link::asking(&key, &source);
        if let Some(file) = site.get(link.path().as_str()) {
            let file = String::from_utf8_lossy(file);
            pages.insert(rater, access::opened(&file, &link, None).unwrap());
        }
    }
    let asking = site.keys().filter(|path| path.starts_with("a/"));
    assert_eq!(asking.count(), pages.len());
    pages
}

#[test]
fn raters_whom_the_engagement_shares_it_with_have_a_page_and_nobody_else() {
    let project = asking();
    let made = pages(&project, &project.built());
    let raters: Vec<&str> = made.keys().copied().collect();
    assert_eq!(raters, ["idris", "lena", "nyah", "priya", "tom"]);
    assert!(made["tom"].contains("She is clear early.") && !made["tom"].contains("stays calm"));
    assert!(made["idris"].contains("She is clear early.") && made["idris"].contains("stays calm"));
    for page in made.values() {
        assert!(page.contains("the last two weeks") && page.contains("27 March 2026"));
        assert!(
            !page.contains("Leading through others"),
            "the title is told to nobody here"
        );
    }
    assert_eq!(project.run(&["audit", "site"]).code, 0);

    project.replace(
        ENGAGEMENT,
        "asked = [\"supporter\", \"manager\"]",
        "asked = [\"manager\"]",
    );
    let stale = project.run(&["audit", "site"]);
    assert_eq!(stale.code, 4, "{}", stale.stderr);
    assert!(
        stale.stderr.contains("`tom` in `nyah` is not asked today"),
        "{}",
        stale.stderr
    );
    let left = pages(&project, &project.built());
    assert_eq!(left.into_keys().collect::<Vec<_>>(), ["nyah", "priya"]);
    project.replace(ENGAGEMENT, "agreed = 2026-02-02", "agreed = 2026-05-02");
    let left = pages(&project, &project.built());
    assert_eq!(left.into_keys().collect::<Vec<_>>(), ["nyah"]);
    project.replace(
        ENGAGEMENT,
        "end = 2026-09-30",
        "end = 2026-09-30\ncloses = 2026-10-01",
    );
    let closed = pages(&project, &project.built());
    assert_eq!(closed.len(), 1);
}

/// A goal that is kept from someone is not told to that person by a question either.
#[test]
fn nobody_is_asked_about_a_goal_that_is_closed_to_them() {
    let project = asking();
    let made = pages(&project, &project.built());
    assert!(made["priya"].contains("She is clear early.") && !made["priya"].contains("stays calm"));
    assert!(made["nyah"].contains("stays calm"));
    let explain = |person: &str| {
        let told = project.run(&["explain", "nyah", person, "goals/2-calm.md"]);
        told.stdout + &told.stderr
    };
    let (priya, lena) = (explain("priya"), explain("lena"));
    assert!(priya.contains("keeps the goal from them"), "{priya}");
    assert!(lena.contains("question"), "{lena}");
    let closed = "share = { goals = [], actions = [], progress = [] }";
    for (share, supporters, asked) in [
        (closed, "", "nyah"),
        (
            "share = { goals = [\"manager\"] }",
            "",
            "idris lena nyah priya tom",
        ),
        (
            "share = { goals = [\"sponsor\"] }",
            "",
            "idris lena nyah tom",
        ),
        (
            "share = { goals = [\"manager\"] }",
            "supporters = []",
            "nyah priya",
        ),
        (closed, "supporters = [\"tom\"]", "nyah tom"),
        // A manager whom the goal lists rates it, as whoever else it lists.
        (closed, "supporters = [\"priya\"]", "nyah priya"),
        ("share = { progress = [] }", "", "idris lena nyah priya tom"),
        ("", "supporters = [\"tom\"]", "nyah priya tom"),
    ] {
        let text = project.read(CALM);
        let lines = text
            .lines()
            .filter(|line| !line.starts_with("share = ") && !line.starts_with("supporters = "));
        let text = lines.collect::<Vec<_>>().join("\n");
        let head = format!("+++\n{share}\n{supporters}\n");
        project.write(CALM, text.replacen("+++\n", &head, 1) + "\n");
        // Whoever may read what is not this test's subject.
        let consent = project.content().join("nyah/share.lock");
        std::fs::remove_file(consent).unwrap();
        let made = pages(&project, &project.built());
        let calm = made.iter().filter(|(_, page)| page.contains("stays calm"));
        let raters: Vec<&str> = calm.map(|(rater, _)| *rater).collect();
        assert_eq!(raters.join(" "), asked, "{share} {supporters}");
    }
}

#[test]
fn what_a_rater_is_not_asked_changes_no_byte_of_the_page() {
    let project = asking();
    let before = pages(&project, &project.built());
    // The goal that Tom is not asked about, answers, notes, and who else takes part.
    project.replace(CALM, "She stays calm late.", "She stays calm throughout.");
    project.write(
        "nyah/pulse/2026-03-19.csv",
        "rater,goal,score\npriya,clear,3\nlena,clear,-3\nidris,clear,1\n",
    );
    project.write(
        "nyah/notes/2026-03-18-more.md",
        "Idris has answered already.\n",
    );
    project.replace(
        ENGAGEMENT,
        "name = \"Anders Holm\"",
        "name = \"Anders Holm\"\ntitle = \"Chief of operations\"",
    );
    project.replace(
        ENGAGEMENT,
        "follow_up = [\"manager\", \"sponsor\"]",
        "follow_up = []",
    );
    let after = pages(&project, &project.built());
    assert_eq!(before["tom"], after["tom"]);
    assert_ne!(before["idris"], after["idris"]);
    assert_ne!(before["lena"], after["lena"]);
}

#[test]
fn no_two_pages_hold_the_same_ids_or_secrets() {
    let project = asking();
    let made = pages(&project, &project.built());
    for name in ["data-psk", "data-id", "data-q"] {
        let value = |page: &String| {
            let (_, rest) = page.split_once(&format!("{name}=\"")).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        let mut values: Vec<String> = made.values().map(value).collect();
        values.sort();
        values.dedup();
        assert_eq!(values.len(), made.len(), "{name}");
    }
}

#[test]
fn without_a_key_for_answers_nobody_is_asked_and_the_command_is_named() {
    let project = asking();
    project.remove("nyah/pulse/asking.pub");
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("loggia key answers"), "{}", ran.stderr);
    project.write("nyah/pulse/asking.pub", "loggia-answers-1 AAAA\n");
    assert_eq!(project.run(&["check"]).code, 3);
}

#[test]
fn links_invitations_and_reminders_lead_raters_to_their_pages() {
    let project = asking();
    project.built();
    let told = project.run(&["links", "--json"]).stdout;
    let lines: Vec<serde_json::Value> = serde_json::from_str(&told).unwrap();
    let asking = lines.iter().filter(|line| line["page"] == "asking");
    let paths: Vec<&str> = asking.map(|line| line["path"].as_str().unwrap()).collect();
    assert_eq!(paths.len(), 5);
    assert!(paths.iter().all(|path| path.starts_with("a/")));

    project.replace(
        "loggia.toml",
        "[site]",
        "[site]\nbase_url = \"https://quay.example/\"",
    );
    project.built();
    let reminded = project.run(&["links", "--remind", "mails"]);
    assert_eq!(reminded.code, 0, "{}", reminded.stderr);
    let mail = project.folder().join("mails/nyah--idris--reminder.eml");
    assert!(std::fs::read_to_string(mail).unwrap().contains("/a/"));
    let invited = project.run(&["links", "--invite", "invitations"]);
    assert_eq!(invited.code, 0, "{}", invited.stderr);
    let folder = project.folder().join("invitations");
    for name in [
        "nyah--idris--asking.eml",
        "nyah--tom--asking.eml",
        "nyah--tom.eml",
    ] {
        assert!(folder.join(name).is_file(), "{name}");
    }
    // Whoever has the link is not written to again.
    let again = project.run(&["links", "--invite", "again"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(
        !project
            .folder()
            .join("again/nyah--idris--asking.eml")
            .exists()
    );
}

#[test]
fn portals_ask_whoever_is_asked_and_alike_whoever_has_answered() {
    let project = asking();
    project.replace("loggia.toml", "[site]", "[site]\naccess = \"link\"");
    let site = project.built();
    let of = |site: &Tree, rater: &str| {
        let key = Key::open(&project.content(), None).unwrap();
        let link = crate::project::link_of(&key, "nyah", rater, 1);
        String::from_utf8_lossy(&site[link.path().as_str()]).into_owned()
    };
    for (reader, is_asked) in [
        ("tom", true),
        ("priya", true),
        ("nyah", true),
        ("anders", false),
    ] {
        let page = of(&site, reader);
        assert_eq!(
            page.contains("Please answer the pulse"),
            is_asked,
            "{reader}"
        );
    }
}

#[test]
fn an_engagement_that_cannot_be_built_keeps_the_pages_that_would_be_the_same() {
    let project = asking();
    let before = project.built();
    project.write("nyah/updates/2026-03-18-broken.md", "no front matter\n");
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let after = crate::project::tree(&project.site());
    let asking = |site: &Tree| -> Vec<(String, Vec<u8>)> {
        let pages = site.iter().filter(|(path, _)| path.starts_with("a/"));
        pages
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect()
    };
    assert_eq!(asking(&before).len(), 5);
    assert_eq!(asking(&before), asking(&after));
    // Of a goal that cannot be read nobody is asked: those pages end.
    project.write(CALM, "+++\nbroken\n+++\n");
    project.run(&["build"]);
    let left = asking(&crate::project::tree(&project.site()));
    assert_eq!(
        left.len(),
        2,
        "Tom's and Priya's, who were asked about the other goal alone"
    );
}
