//! Somebody is forgotten: no file names them but those that are listed, nothing else of anybody's page changes, and all records still hold.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::project::{Project, Ran, TODAY, Tree, finish, tree};
use crate::site::plan::pages;

const ENGAGEMENT: &str = "nyah/engagement.toml";
const ROUND: &str = "nyah/pulse/2026-03-02.csv";

/// The small engagement, in which Tom is named in every way in which somebody can be.
fn project() -> Project {
    let project = Project::small();
    project.replace(
        ENGAGEMENT,
        "id = \"tom\"\nname = \"Tom Weber\"\nrole = \"supporter\"\n",
        "# who sits next to her\nid = \"tom\" # since May\nname = \"Tom Weber\"\nwas = [\"thomas\",\n  \"tommy\"]\ntitle = \"Head of Grain\"\n\
         role   = \"supporter\"\nemail = \"tw@ostrey.example\"\nlink = 3\nlanguage = \"de\"\n",
    );
    project.replace(
        ENGAGEMENT,
        "facts = [\"everyone\"]",
        "facts = [\"everyone\"] # all",
    );
    project.replace(
        ENGAGEMENT,
        "updates = [\"manager\"]",
        "updates = [\"manager\", \"thomas\"]",
    );
    project.replace(ROUND, "tom,clear,2", "\"thomas\",clear,2");
    project.replace(
        "nyah/goals/1-clear.md",
        "[[support]]\nfrom = \"priya\"",
        "[[support]]\nfrom = \"tommy\"\ntext = \"Wave.\"\n\n[[support]]\nfrom = \"priya\"",
    );
    project.replace(
        "nyah/goals/1-clear.md",
        "::: only manager\n",
        "::: only tom, manager\n",
    );
    project.replace(
        "nyah/agendas/2026-02-03-calibration.md",
        "attendees = [\"coach\", ",
        "attendees = [\"tom\", \"coach\", ",
    );
    project.write(
        "nyah/notes/2026-02-20-tom.md",
        "First line.\nWhat Weber said of her.\nOf customs nothing.\n",
    );
    project
}

#[track_caller]
fn forget(project: &Project, more: &[&str]) -> Ran {
    let ran = project.run(&[&["forget", "nyah", "tom"], more].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran
}

/// The lines of the folder that name Tom, as `path:line`.
fn naming(project: &Project) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (path, bytes) in tree(&project.content()) {
        for (index, line) in String::from_utf8_lossy(&bytes).lines().enumerate() {
            let words = line.split(|letter: char| !letter.is_alphanumeric());
            let names = ["tom", "thomas", "tommy", "weber", "tw", "Grain"];
            if words
                .into_iter()
                .any(|word| names.iter().any(|name| name.eq_ignore_ascii_case(word)))
            {
                found.insert(format!("{path}:{}", index + 1));
            }
        }
    }
    found
}

/// Everything about figures on the page of each reader.
fn figures(project: &Project) -> Vec<(String, Vec<String>)> {
    let pages = pages(project, TODAY).into_iter();
    let of_page = |(reader, page): (String, String)| {
        let articles = page.split("class=\"progress\"").skip(1);
        let articles = articles.map(|rest| rest.split("</figure>").next().unwrap().to_owned());
        (reader, articles.collect())
    };
    pages
        .map(of_page)
        .filter(|(reader, _)| reader != "tom")
        .collect()
}

#[test]
fn nobody_finds_the_person_but_where_the_list_says() {
    let project = project();
    let before = project.built();
    let figures_before = figures(&project);
    let toml = project.read(ENGAGEMENT);
    assert!(naming(&project).len() > 8);
    let ran = forget(&project, &[]);
    let listed: BTreeSet<String> = ran
        .stdout
        .lines()
        .filter_map(|line| line.strip_prefix("  ").map(str::to_owned))
        .collect();
    let mut expected = naming(&project);
    expected.insert("nyah/notes/2026-02-20-tom.md (the name of the file)".to_owned());
    assert_eq!(listed, expected);
    assert_eq!(
        naming(&project),
        BTreeSet::from(["nyah/notes/2026-02-20-tom.md:2".to_owned()])
    );
    for said in ["1 round remain", "`--ratings`", "git", "readers have saved"] {
        assert!(ran.stdout.contains(said), "{}", ran.stdout);
    }
    // All else in the coach's file is as it was.
    let own = "# who sits next to her\nid = \"former-1\"\nuntil = 2026-03-20 # since May\nname = \"a former supporter\"\n\
               role   = \"supporter\"\ngroup = \"peer\"\n";
    let now = project.read(ENGAGEMENT);
    assert!(now.contains(own), "{now}");
    let start = toml.find("# who sits").unwrap();
    let above = toml[..start].replace("thomas", "former-1");
    assert!(now.starts_with(&above), "{now}");
    let (_, end) = toml.split_once("group = \"peer\"").unwrap();
    assert!(now.ends_with(end), "{now}");
    assert!(project.read(ROUND).contains("\nformer-1,clear,2"));
    assert!(
        project
            .read("nyah/goals/1-clear.md")
            .contains("::: only former-1, manager\n")
    );
    // The same figures for everyone, and one page less.
    assert_eq!(figures(&project), figures_before);
    let after = project.built();
    assert_eq!(pages_of(&before) - 1, pages_of(&after));
    assert_eq!(project.run(&["build", "--locked"]).code, 0);
    // The record still holds the forgotten answer.
    project.replace(ROUND, "\nformer-1,clear,2", "\nformer-1,clear,1");
    let ran = project.run(&["build"]);
    assert!(
        ran.stderr.contains("1 rating of goal `clear` changed"),
        "{}",
        ran.stderr
    );
}

fn pages_of(site: &Tree) -> usize {
    let pages = site.keys().filter(|path| path.starts_with("p/"));
    pages.filter(|path| path.ends_with(".html")).count()
}

#[test]
fn whoever_gets_the_old_id_later_does_not_get_the_old_link() {
    let project = project();
    project.built();
    forget(&project, &[]);
    project.built();
    project.replace(ENGAGEMENT, "agreed = 2026-02-02", "agreed = 2026-03-19");
    let newcomer =
        "[[stakeholder]]\nid = \"thomas\"\nname = \"Thomas Aho\"\nrole = \"supporter\"\n";
    project.replace(
        ENGAGEMENT,
        "[pulse]",
        &format!("{newcomer}link = 3\n\n[pulse]"),
    );
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("would open links again that were ended"),
        "{}",
        ran.stderr
    );
    // Also the second who is forgotten has an id of their own.
    let ran = project.run(&["forget", "nyah", "lena"]);
    assert!(ran.stderr.contains("`former-2`"), "{}", ran.stderr);
}

#[test]
fn ratings_go_with_the_figures_that_were_made_of_them() {
    let project = project();
    project.built();
    let ran = forget(&project, &["--ratings"]);
    assert!(
        ran.stdout
            .contains("All ratings of goal `clear` are out of the round of 2026-03-02"),
        "{}",
        ran.stdout
    );
    let rows = project.read(ROUND);
    assert_eq!(
        rows,
        "rater,goal,score,followed_up,comment\nnyah,clear,1,yes,\n"
    );
    assert!(
        figures(&project)
            .iter()
            .all(|(_, articles)| articles.is_empty())
    );
    project.built();
    // What was never published loses only the person's own rating.
    let project = self::project();
    forget(&project, &["--ratings"]);
    let rows = project.read(ROUND);
    assert!(
        rows.contains("priya,clear,2") && !rows.contains("thomas"),
        "{rows}"
    );
}

#[test]
fn ties_and_passphrases_go_as_well() {
    let project = project();
    project.replace(ENGAGEMENT, "title = \"Head of Grain\"", "passphrase = true");
    project.replace(
        "loggia.toml",
        "[confidential]",
        "[[person]]\nid = \"weber\"\nname = \"Tom Weber\"\npassphrase = true\nengagements = { nyah = \"tommy\" }\n\n[confidential]",
    );
    project.write(
        "passphrases.toml",
        "[nyah]\ntommy = \"five words of his alone\"\n[person]\nweber = \"five words of his alone\"\n",
    );
    let path = project.path("passphrases.toml");
    let owner = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(&path, owner).unwrap();
    let ran = project.run(&["forget", "nyah", "tom"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(project.read("passphrases.toml"), "[nyah]\n[person]\n");
    assert!(!project.read("loggia.toml").contains("person"));
    let mode = std::fs::metadata(&path).unwrap().permissions();
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&mode) & 0o777,
        0o600
    );
    project.built();
}

#[test]
fn a_forgetting_that_is_killed_is_done_or_not() {
    for wait in (0..12).map(|turn| Duration::from_millis(turn * 8)) {
        let project = project();
        project.built();
        let is_old = |tree: &Tree| {
            let text = String::from_utf8_lossy(&tree[ENGAGEMENT]).into_owned();
            text.contains("\"Tom Weber\"")
        };
        let visible = || {
            let mut files = tree(&project.content());
            files.retain(|path, _| !path.rsplit('/').next().unwrap().starts_with('.'));
            files
        };
        let before = visible();
        let arguments = ["forget", "nyah", "tom", "--today", TODAY, "--quiet"];
        let mut child = project.command(&arguments).spawn().unwrap();
        std::thread::sleep(wait);
        child.kill().unwrap();
        child.wait().unwrap();
        if project.path(".loggia-change").exists() {
            for command in [&["build"][..], &["links"], &["check"], &["key"]] {
                let ran = project.run(command);
                assert_ne!(ran.code, 0);
                let said = "somebody was being forgotten";
                assert!(ran.stderr.contains(said), "{}", ran.stderr);
                assert!(ran.stderr.contains("`loggia forget`"), "{}", ran.stderr);
            }
            assert_eq!(project.run(&["forget", "nyah", "tom"]).code, 0);
            assert!(!is_old(&visible()));
        }
        if is_old(&visible()) {
            assert!(visible() == before);
            forget(&project, &[]);
        }
        assert_eq!(naming(&project).len(), 1);
        project.built();
    }
}

#[test]
fn no_private_record_names_the_person() {
    let project = project();
    project.replace(
        "loggia.toml",
        "[confidential]",
        "[[person]]\nid = \"weber\"\nname = \"Tom Weber\"\nengagements = { nyah = \"tom\" }\n\n[confidential]",
    );
    project.replace(
        "loggia.toml",
        "[site]",
        "[site]\nbase_url = \"https://a.example/\"",
    );
    project.built();
    project.run(&["links", "--invite", "mail"]);
    assert_eq!(project.run(&["build", "--out", "other"]).code, 0);
    // One that cannot be used, and what a killed build left.
    project.write(".loggia/0123456789abcdef.record", "loggia record 9: tom\n");
    project.write(".loggia/.0123456789abcdef.record.77.new", "tom\n");
    let in_records = |project: &Project| {
        let found = naming(project).into_iter();
        found.filter(|place| place.starts_with(".loggia/")).count()
    };
    assert!(in_records(&project) > 6, "{:?}", naming(&project));
    forget(&project, &[]);
    assert_eq!(in_records(&project), 0, "{:?}", naming(&project));
    // What was known of the others is known still, and the page that ends is told under the new id.
    let ran = project.run(&["build"]);
    assert!(ran.stderr.contains("ended for former-1"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("new for"), "{}", ran.stderr);
    // Without a key nobody can tell whom records name.
    let project = self::project();
    project.write(".loggia/0123456789abcdef.record", "loggia record 9: tom\n");
    forget(&project, &[]);
    assert_eq!(in_records(&project), 0);
}

#[test]
fn other_engagements_and_the_environment_are_looked_through() {
    let project = project();
    for (path, bytes) in tree(&project.path("nyah")) {
        if !path.starts_with("notes/") {
            project.write(&format!("mateo/{path}"), bytes);
        }
    }
    project.replace(
        "mateo/engagement.toml",
        "name = \"Tom Weber\"",
        "name = \"Tom Lund\"",
    );
    project.replace(
        "mateo/engagement.toml",
        "email = \"tw@ostrey.example\"",
        "email = \"lund@ostrey.example\"",
    );
    project.write(
        "mateo/notes/2026-02-21-talk.md",
        "Tom said it.\nWeber said it.\nTom Weber said it.\ntw@ostrey.example\n",
    );
    project.replace(
        "nyah/engagement.toml",
        "title = \"Head of Grain\"",
        "passphrase = true",
    );
    let mut command = project.command(&["forget", "nyah", "tom", "--today", TODAY]);
    command.env(
        "LOGGIA_PASSPHRASES",
        "[nyah]\ntommy = \"five words of his alone\"\n",
    );
    let ran = finish(&mut command);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let elsewhere: Vec<&str> = ran
        .stdout
        .lines()
        .filter_map(|line| line.trim().strip_prefix("mateo/"))
        .collect();
    // Another Tom has a part in that engagement.
    assert_eq!(
        elsewhere,
        [
            "notes/2026-02-21-talk.md:2",
            "notes/2026-02-21-talk.md:3",
            "notes/2026-02-21-talk.md:4"
        ]
    );
    let said = "`LOGGIA_PASSPHRASES` holds a passphrase of the person";
    assert!(ran.stdout.contains(said), "{}", ran.stdout);
    assert!(!ran.stdout.contains("five words"), "{}", ran.stdout);
}

#[test]
fn nobody_is_forgotten_in_part() {
    for (words, said) in [
        (["nyah", "nyah"], "the engagement is about `nyah`"),
        (["nyah", "tim"], "there is no `tim` in `nyah`"),
        (["nya", "tom"], "there is no engagement `nya`"),
        (["nyah", "anders"], "only later"),
    ] {
        let project = project();
        project.replace(
            ENGAGEMENT,
            "id = \"anders\"",
            "id = \"anders\"\nfrom = 2026-04-01",
        );
        let before = tree(&project.content());
        let ran = project.run(&["forget", words[0], words[1]]);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
        assert!(tree(&project.content()) == before);
    }
    // A record that is not sound is not carried over.
    let project = project();
    project.built();
    let record = project.read("nyah/share.lock");
    project.write(
        "nyah/share.lock",
        record.replacen("seal = \"", "seal = \"0", 1),
    );
    let before = tree(&project.content());
    let ran = project.run(&["forget", "nyah", "tom"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(tree(&project.content()) == before);
}

#[test]
fn the_last_engagement_can_be_taken_down_on_request() {
    let project = Project::small();
    let before = project.built();
    project.remove("nyah");
    assert_eq!(project.run(&["build"]).code, 3);
    let ran = project.run(&["build", "--empty"]);
    assert!(ran.stderr.contains("--ends 6"), "{}", ran.stderr);
    assert!(tree(&project.site()) == before);
    let ran = project.run(&["build", "--empty", "--ends", "6"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let after = tree(&project.site());
    assert_eq!(pages_of(&after), 0);
    assert!(pages_of(&before) > 0 && after.contains_key("404.html"));
    // What is not there is not passed over where nobody asks for it.
    assert_eq!(project.run(&["build"]).code, 3);
}
