//! What pages ask for besides their link: a passphrase that is expected cannot vanish, and a person's page asks for whatever any portal
//! on it asks for.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use data_encoding::BASE64;
use loggia::access;
use loggia::access::key::Key;
use loggia::access::link::{Link, LinkNumbers, LinkSource};
use loggia::access::passphrase::Passphrase;

use crate::project::{Project, Ran, finish, link_of};
use crate::site::persons;

const ENGAGEMENT: &str = "nyah/engagement.toml";
const WORDS: &str = "[nyah]\npriya = \"seven quiet harbours\"\n";

/// The small engagement, whose manager is expected to type a passphrase.
fn expecting() -> Project {
    let project = Project::small();
    project.replace(ENGAGEMENT, "link = 1", "link = 1\npassphrase = true");
    project
}

/// Writes passphrases.toml for its owner alone.
fn write_words(project: &Project, text: &str) {
    project.write("passphrases.toml", text);
    let path = project.path("passphrases.toml");
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

/// Runs the program with passphrases in the environment.
fn run_with(project: &Project, words: &str, arguments: &[&str]) -> Ran {
    let mut command = project.command(arguments);
    command.args(["--today", crate::project::TODAY]);
    finish(command.env("LOGGIA_PASSPHRASES", words))
}

/// What the page at a link asks for, as it says itself.
fn asks(project: &Project, link: &Link) -> String {
    let page = page(project, link);
    let (_, rest) = page.split_once("data-asks=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

fn page(project: &Project, link: &Link) -> String {
    fs::read_to_string(project.site().join(link.path().as_str())).unwrap()
}

fn key(project: &Project) -> Key {
    Key::open_if_any(&project.content()).unwrap().unwrap()
}

#[test]
fn a_build_without_an_expected_passphrase_is_no_build() {
    let project = expecting();
    let told = "the passphrase of `priya` in `nyah` is not at hand";
    for arguments in [&["build"][..], &["build", "--no-audit"], &[]] {
        let ran = project.run(arguments);
        assert_eq!(ran.code, 1, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
        assert!(!project.site().exists());
    }
    // An entry of another reader does not help, and one that is empty is none that will do.
    write_words(&project, "[nyah]\ntom = \"seven quiet harbours\"\n");
    assert_eq!(project.run(&["build"]).code, 3);
    write_words(&project, "[nyah]\npriya = \"\"\n");
    assert_eq!(project.run(&["build"]).code, 3);
    project.remove("passphrases.toml");
    // What a workflow sets for a secret that is not there.
    assert_eq!(run_with(&project, "", &["build"]).code, 1);
    assert!(!project.site().exists());
}

#[test]
fn everyone_whose_passphrase_is_not_at_hand_is_told_at_once() {
    let project = expecting();
    project.replace(
        ENGAGEMENT,
        "id = \"tom\"",
        "id = \"tom\"\npassphrase = true",
    );
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 1);
    for id in ["priya", "tom"] {
        let told = format!("the passphrase of `{id}` in `nyah` is not at hand");
        assert!(ran.stderr.contains(&told), "{}", ran.stderr);
    }
}

#[test]
fn a_page_opens_with_link_and_passphrase_wherever_the_words_are_kept() {
    for in_environment in [false, true] {
        let project = expecting();
        let ran = if in_environment {
            run_with(&project, WORDS, &["build"])
        } else {
            write_words(&project, WORDS);
            project.run(&["build"])
        };
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let link = link_of(&key(&project), "nyah", "priya", 1);
        let page = page(&project, &link);
        assert_eq!(asks(&project, &link), "code passphrase");
        assert!(access::opened(&page, &link, None).is_none());
        let passphrase = Passphrase::of("seven quiet harbours", &link).unwrap();
        let opened = access::opened(&page, &link, Some(&passphrase)).unwrap();
        assert!(opened.contains("Priya Raman"));
        let other = link_of(&key(&project), "nyah", "anders", 1);
        assert_eq!(asks(&project, &other), "code");
    }
}

#[test]
fn an_audit_stops_without_the_passphrase_and_goes_on_with_it() {
    let project = expecting();
    assert_eq!(run_with(&project, WORDS, &["build"]).code, 0);
    let ran = project.run(&["audit", "site"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("the passphrase of `priya` in `nyah` is not at hand")
    );
    assert_eq!(run_with(&project, WORDS, &["audit", "site"]).code, 0);
    let other = "[nyah]\npriya = \"eight quiet harbours\"\n";
    let ran = run_with(&project, other, &["audit", "site"]);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    // A page from before the passphrase was asked for.
    project.replace(ENGAGEMENT, "\npassphrase = true", "");
    assert_eq!(project.run(&["build"]).code, 0);
    project.replace(ENGAGEMENT, "link = 1", "link = 1\npassphrase = true");
    assert_eq!(run_with(&project, WORDS, &["audit", "site"]).code, 4);
}

#[test]
fn commands_that_need_no_passphrase_tell_what_a_build_would_lack() {
    let project = expecting();
    project.write(
        "loggia.toml",
        project
            .read("loggia.toml")
            .replace("[site]\n", "[site]\nbase_url = \"https://quay.example/\"\n"),
    );
    assert_eq!(run_with(&project, WORDS, &["build"]).code, 0);
    for arguments in [
        &["check"][..],
        &["links"],
        &["links", "--invite", "mails", "--all"],
    ] {
        let ran = project.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.stderr);
        let note = "note: the passphrase of `priya` in `nyah` is not at hand; a build needs it";
        assert!(ran.stderr.contains(note), "{arguments:?}: {}", ran.stderr);
        let ran = run_with(&project, WORDS, arguments);
        assert!(!ran.stderr.contains("not at hand"), "{}", ran.stderr);
    }
    // The mail says that one is needed, whether or not it is at hand where the mail is written.
    let mail = fs::read_to_string(project.folder().join("mails/nyah--priya.eml")).unwrap();
    let (_, body) = mail.split_once("\r\n\r\n").unwrap();
    let body = BASE64.decode(body.replace("\r\n", "").as_bytes());
    let body = body.map_or(mail.clone(), |body| String::from_utf8(body).unwrap());
    assert!(body.contains("passphrase"), "{body}");
    let ran = project.run(&["check", "--json"]);
    assert!(!ran.stderr.contains("note"), "{}", ran.stderr);
}

#[test]
fn a_passphrase_that_nobody_expects_or_no_page_can_ask_for_is_refused() {
    let project = Project::small();
    write_words(&project, WORDS);
    let ran = project.run(&["check"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.stderr
            .contains("`priya` of `nyah` has a passphrase and expects none"),
        "{}",
        ran.stderr
    );
    for (file, from, to) in [
        ("loggia.toml", "[site]\n", "[site]\naccess = \"link\"\n"),
        (ENGAGEMENT, "start = ", "access = \"link\"\nstart = "),
    ] {
        let project = expecting();
        write_words(&project, WORDS);
        project.replace(file, from, to);
        let ran = project.run(&["build"]);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        let told = "`priya` expects a passphrase, and a page that is not sealed asks for none";
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
}

#[test]
fn words_that_stand_in_place_of_true_are_not_quoted() {
    let project = Project::small();
    project.replace(
        ENGAGEMENT,
        "link = 1",
        "link = 1\npassphrase = \"seven quiet harbours\"",
    );
    let ran = project.run(&["check"]);
    assert_eq!(ran.code, 3);
    assert!(!ran.stderr.contains("harbours"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("write `passphrase = true` here"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_environment_is_never_quoted() {
    let project = expecting();
    for words in [
        "harbours",
        "[nyah]\nharbours = 1",
        "[harbours]\nx = \"y\"",
        "[person]\nharbours = \"harbours\"",
    ] {
        let ran = run_with(&project, words, &["check"]);
        assert_eq!(ran.code, 3, "{words}: {}", ran.stderr);
        assert!(!ran.stderr.contains("harbours"), "{words}: {}", ran.stderr);
    }
}

#[test]
fn the_report_of_a_release_knows_who_types_one() {
    let project = expecting();
    let ran = run_with(&project, WORDS, &["build", "--report", "report.json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let text = fs::read_to_string(project.folder().join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    for portal in report["engagements"][0]["portals"].as_array().unwrap() {
        assert_eq!(
            portal["passphrase"],
            portal["reader"] == "priya",
            "{portal}"
        );
    }
}

/// The project of persons, one of whose two portals asks for more than its code.
fn with_person(key: &str) -> Project {
    let project = persons::project("");
    let id = "id = \"anders\"";
    project.replace("mateo/engagement.toml", id, &format!("{id}\n{key}"));
    project
}

#[test]
fn a_persons_page_asks_for_a_passphrase_where_a_portal_on_it_does() {
    let project = with_person("passphrase = true");
    let own = "[mateo]\nanders = \"seven quiet harbours\"\n";
    let ran = run_with(&project, own, &["check"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let told = "the page of person `anders-holm` would open without a passphrase";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);

    project.replace(
        "loggia.toml",
        "id = \"anders-holm\"",
        "id = \"anders-holm\"\npassphrase = true",
    );
    let ran = run_with(&project, own, &["build"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let told = "the passphrase of person `anders-holm` is not at hand";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    assert!(!project.site().exists());

    let both = format!("{own}[person]\nanders-holm = \"eight quiet harbours\"\n");
    let ran = run_with(&project, &both, &["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let link = link_of(&key(&project), "*", "anders-holm", 1);
    assert_eq!(asks(&project, &link), "code passphrase");
    assert!(access::opened(&page(&project, &link), &link, None).is_none());
    let words = Passphrase::of("eight quiet harbours", &link).unwrap();
    assert!(access::opened(&page(&project, &link), &link, Some(&words)).is_some());
    // Each portal asks for its own, and the other one for none.
    for (engagement, asked) in [("mateo", "code passphrase"), ("nyah", "code")] {
        let link = link_of(&key(&project), engagement, "anders", 1);
        assert_eq!(asks(&project, &link), asked);
    }
    assert_eq!(run_with(&project, &both, &["audit", "site"]).code, 0);
    let ran = run_with(&project, own, &["audit", "site"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let weak = format!("{own}[person]\nanders-holm = \"eight\"\n");
    for command in ["check", "build"] {
        let ran = run_with(&project, &weak, &[command]);
        assert_eq!(ran.code, 3, "{command}: {}", ran.stderr);
        let told = "the passphrase of person `anders-holm` is shorter";
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
}

#[test]
fn a_passphrase_for_a_person_who_expects_none_is_refused() {
    let project = persons::project("");
    let ran = run_with(
        &project,
        "[person]\nanders-holm = \"seven quiet harbours\"\n",
        &["check"],
    );
    assert_eq!(ran.code, 3);
    let told = "person `anders-holm` has a passphrase and expects none";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    project.rename("mateo", "person");
    project.replace("loggia.toml", "\"mateo\"", "\"person\"");
    let ran = run_with(
        &project,
        "[person]\nanders = \"seven quiet harbours\"\n",
        &["check"],
    );
    assert_eq!(ran.code, 3);
    assert!(
        ran.stderr.contains("an engagement is called so too"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_persons_page_waits_for_a_click_where_a_portal_on_it_does() {
    let project = with_person("open = \"click\"");
    assert_eq!(project.run(&["build"]).code, 0);
    let person = link_of(&key(&project), "*", "anders-holm", 1);
    assert_eq!(asks(&project, &person), "code click");
    for (engagement, asked) in [("mateo", "code click"), ("nyah", "code")] {
        let link = link_of(&key(&project), engagement, "anders", 1);
        assert_eq!(asks(&project, &link), asked);
    }
    assert_eq!(project.run(&["audit", "site"]).code, 0);
}

#[test]
fn raising_a_persons_link_ends_the_codes_that_stood_on_the_page() {
    let project = persons::project("");
    project.built();
    let key = key(&project);
    let person = link_of(&key, "*", "anders-holm", 1);
    let listed = access::opened(&page(&project, &person), &person, None).unwrap();
    let listed = listed.replace("&#x2f;", "/");
    let old = ["mateo", "nyah"].map(|id| link_of(&key, id, "anders", 1));
    for link in &old {
        let address = format!("../{}/#{}", link.id(), link.code().as_str());
        assert!(listed.contains(&address));
    }
    // The stakeholder's own number counts besides.
    project.replace(
        "mateo/engagement.toml",
        "id = \"anders\"",
        "id = \"anders\"\nlink = 3",
    );
    project.replace(
        "loggia.toml",
        "id = \"anders-holm\"",
        "id = \"anders-holm\"\nlink = 2",
    );
    let site = project.built();
    for link in old.iter().chain([&person]) {
        assert!(!site.contains_key(link.path().as_str()));
    }
    let person = link_of(&key, "*", "anders-holm", 2);
    let listed = access::opened(&page(&project, &person), &person, None).unwrap();
    // The person's number is one apart, and no part of a sum.
    let of_person = |engagement, stakeholder| {
        let numbers = LinkNumbers {
            person: 2,
            ..LinkNumbers::of_stakeholder(stakeholder)
        };
        let source = LinkSource {
            engagement,
            stakeholder: "anders",
            numbers,
        };
        Link::of(&key, &source)
    };
    for link in [of_person("mateo", 3), of_person("nyah", 1)] {
        assert!(listed.contains(link.code().as_str()) && site.contains_key(link.path().as_str()));
    }
    // The others keep theirs.
    assert!(site.contains_key(link_of(&key, "mateo", "tom", 1).path().as_str()));
    let told = project.run(&["links", "--json"]).stdout;
    assert!(told.contains(of_person("mateo", 3).code().as_str()));
    assert_eq!(project.run(&["audit", "site"]).code, 0);
}
