//! The page of a person who reads several portals says what those portals say, and nothing that they hide.

use std::path::Path;

use crate::project::{Project, finish};

const PERSON: &str = "\n[[person]]\nid = \"anders-holm\"\nname = \"Anders Holm\"\nengagements = { \"nyah\" = \"anders\", \"mateo\" = \"anders\" }\n";

/// The small engagement twice, and its sponsor in both.
pub(super) fn project(access: &str) -> Project {
    let project = Project::small();
    for entry in walkdir::WalkDir::new(project.path("nyah")) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let inside = entry.path().strip_prefix(project.path("nyah")).unwrap();
            let name = Path::new("mateo").join(inside);
            project.write(name.to_str().unwrap(), std::fs::read(entry.path()).unwrap());
        }
    }
    let title = "title = \"Leading through others\"";
    project.replace(
        "mateo/engagement.toml",
        title,
        "title = \"Planning out loud\"",
    );
    let site = project.read("loggia.toml");
    let site = site.replace(
        "[site]
",
        &format!(
            "[site]
{access}
"
        ),
    );
    project.write("loggia.toml", site + PERSON);
    project
}

/// The person's link as `loggia links --json` tells it.
pub(super) fn way(project: &Project) -> serde_json::Value {
    let ran = project.run(&["links", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let lines: Vec<serde_json::Value> = serde_json::from_str(&ran.stdout).unwrap();
    let mut persons = lines.into_iter().filter(|line| line["role"] == "person");
    let way = persons.next().unwrap();
    assert!(way["engagement"].is_null() && persons.next().is_none());
    way
}

#[track_caller]
fn page(project: &Project) -> String {
    let site = project.built();
    let way = way(project);
    let page = String::from_utf8(site[way["path"].as_str().unwrap()].clone()).unwrap();
    page.replace("&#x2f;", "/")
}

#[test]
fn the_page_lists_the_portals_of_the_person_and_leads_there() {
    let project = project("access = \"link\"");
    let (page, site) = (page(&project), project.built());
    for text in ["Anders Holm", "Leading through others", "Planning out loud"] {
        assert!(page.contains(text), "{text}");
    }
    let addresses: Vec<&str> = page
        .split("href=\"../")
        .skip(1)
        .map(|rest| rest.split('/').next().unwrap())
        .collect();
    assert_eq!(addresses.len(), 2);
    for id in addresses {
        let portal = String::from_utf8(site[&format!("p/{id}/index.html")].clone()).unwrap();
        assert!(portal.contains("For Anders Holm, sponsor"));
    }
}

#[test]
fn what_the_person_may_not_see_changes_nothing() {
    let project = project("access = \"link\"");
    let before = page(&project);
    let hidden = "+++\ntitle = \"Hush\"\nstart = 2026-03-21T10:00:00\nminutes = 30\nattendees = [\"coach\", \"nyah\"]\nshare = [\"manager\"]\n+++\n";
    project.write("mateo/agendas/2026-03-21-hush.md", hidden);
    // More is shared with whoever the meeting names, so the coachee says yes anew.
    let said = |before: &str, day: &str| {
        let (before, day) = (format!("agreed = {before}"), format!("agreed = {day}"));
        project.replace("mateo/engagement.toml", &before, &day);
    };
    said("2026-02-02", "2026-03-10");
    project.write(
        "nyah/goals/3-hush.md",
        "+++\ntitle = \"Hush\"\nshare = { goals = [] }\n+++\n",
    );
    project.write("nyah/notes/2026-03-01-hush.md", "Hush\n");
    project.replace(
        "mateo/agendas/2026-02-03-calibration.md",
        "Purpose of the meeting",
        "Another purpose",
    );
    assert_eq!(page(&project), before);
    project.replace(
        "mateo/agendas/2026-03-21-hush.md",
        "[\"manager\"]",
        "[\"sponsor\"]",
    );
    said("2026-03-10", "2026-03-11");
    assert!(page(&project).contains("Hush"));
}

#[test]
fn a_portal_that_is_gone_is_gone_from_the_page() {
    let project = project("access = \"link\"");
    let text = project.read("mateo/engagement.toml");
    project.write(
        "mateo/engagement.toml",
        text.replace("end = 2026-09-30", "end = 2026-02-10\ncloses = 2026-03-01"),
    );
    assert!(!page(&project).contains("Planning out loud"));
    let text = project.read("nyah/engagement.toml");
    project.write(
        "nyah/engagement.toml",
        text.replace("agreed = 2026-02-02", ""),
    );
    let ran = project.run(&["links", "--json"]);
    assert!(!ran.stdout.contains("person"), "{}", ran.stdout);
}

#[test]
fn one_sealed_portal_seals_the_page() {
    let project = project("access = \"sealed\"");
    let page = page(&project);
    assert!(!page.contains("Anders") && !page.contains("Leading"));
    assert_eq!(way(&project)["access"], "sealed");
    // Whichever of the two it is: the first engagement by name, or the last.
    for sealed in ["mateo", "nyah"] {
        let project = self::project("access = \"link\"");
        project.replace(
            &format!("{sealed}/engagement.toml"),
            "start = 2026-01-12",
            "start = 2026-01-12\naccess = \"sealed\"",
        );
        project.built();
        assert_eq!(way(&project)["access"], "sealed", "{sealed}");
    }
}

#[test]
fn a_tie_to_somebody_else_is_refused() {
    for (from, to, message) in [
        (
            "\"mateo\" = \"anders\"",
            "\"mateo\" = \"priya\"",
            "person `anders-holm` is `Anders Holm`, but `priya` of `mateo` is",
        ),
        (
            "\"mateo\" = \"anders\"",
            "\"mateo\" = \"andres\"",
            "is tied to unknown stakeholder `andres` of `mateo`",
        ),
        (
            "\"mateo\" = \"anders\"",
            "\"matteo\" = \"anders\"",
            "is tied to unknown engagement `matteo`",
        ),
        (
            "id = \"anders-holm\"",
            "id = \"Anders\"",
            "`Anders` is no id of a person",
        ),
    ] {
        let project = project("access = \"link\"");
        project.replace("loggia.toml", from, to);
        let ran = finish(&mut project.command(&["check", "--today", "2026-03-20"]));
        assert_eq!(ran.code, 3, "{to}");
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
    }
}

#[test]
fn an_audit_looks_into_the_page() {
    for access in ["link", "sealed"] {
        let project = project(&format!("access = \"{access}\""));
        project.replace("loggia.toml", "terms = [\"Project Falcon\"]", "terms = []");
        project.replace(
            "mateo/engagement.toml",
            "Planning out loud",
            "Project Falcon out loud",
        );
        project.built();
        project.replace("loggia.toml", "terms = []", "terms = [\"project falcon\"]");
        let ran = project.run(&["audit", "site"]);
        assert_eq!(ran.code, 4, "{}", ran.stderr);
        let told = "`anders-holm` would show confidential term number 1";
        assert!(ran.stderr.contains(told), "{access}: {}", ran.stderr);
    }
}

#[test]
fn a_passphrase_that_will_not_do_is_told_before_anything_is_sealed() {
    use std::os::unix::fs::PermissionsExt;

    let project = project("access = \"sealed\"");
    project.write(
        "passphrases.toml",
        "[nyah]\npriya = \"hush\"\ntom = \"hush too\"\n",
    );
    let text = project.read("nyah/engagement.toml");
    for id in ["priya", "tom"] {
        let text = project.read("nyah/engagement.toml");
        let (from, to) = (
            format!("id = \"{id}\"\n"),
            format!("id = \"{id}\"\npassphrase = true\n"),
        );
        project.write("nyah/engagement.toml", text.replacen(&from, &to, 1));
    }
    let path = project.path("passphrases.toml");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
    for command in ["check", "build"] {
        let ran = project.run(&[command]);
        assert_eq!(ran.code, 3, "{command}: {}", ran.stderr);
        for id in ["priya", "tom"] {
            let told = format!("the passphrase of `{id}` in `nyah` is shorter than 10 characters");
            assert!(ran.stderr.contains(&told), "{command}: {}", ran.stderr);
        }
        assert!(!ran.stderr.contains("hush"));
    }
    project.write("nyah/engagement.toml", text);
    // Whoever mixes up the two sides, or forgets the table, has written a passphrase as a key.
    for slipped in ["[nyah]\nhush-words = 5\n", "hush-words = \"priya\"\n"] {
        project.write("passphrases.toml", slipped);
        let ran = project.run(&["check"]);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        assert!(!ran.stderr.contains("hush"), "{}", ran.stderr);
    }
}

#[test]
fn an_audit_holds_the_page_against_the_one_of_today() {
    for access in ["access = \"link\"", "access = \"sealed\""] {
        let project = project(access);
        project.built();
        let audit = |code: i32, said: &str| {
            let ran = project.run(&["audit", "site"]);
            assert_eq!(ran.code, code, "{}", ran.stderr);
            assert!(ran.stderr.contains(said), "{}", ran.stderr);
        };
        audit(0, "");
        let title = "title = \"Planning out loud\"";
        project.replace("mateo/engagement.toml", title, "title = \"Another\"");
        audit(
            4,
            "the page of person `anders-holm` is not the one that a build makes today",
        );
        project.built();
        audit(0, "");
        // What cannot be read now is told as that, and not as another page.
        project.write("mateo/updates/2026-03-19-x.md", "no front matter");
        let ran = project.run(&["audit", "site"]);
        assert!(!ran.stderr.contains("is not the one"), "{}", ran.stderr);
    }
}

#[test]
fn what_is_new_on_the_page_is_told() {
    let project = project("access = \"sealed\"");
    project.built();
    let told = |said: &str| {
        let ran = project.run(&["build"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let line = ran
            .stderr
            .lines()
            .find(|line| line.starts_with("pages of persons"));
        assert_eq!(line.unwrap_or_default(), said, "{}", ran.stderr);
    };
    told("");
    let title = "title = \"Planning out loud\"";
    project.replace("mateo/engagement.toml", title, "title = \"Another\"");
    told("pages of persons: changed for anders-holm (mateo)");
    told("");
    project.replace(
        "loggia.toml",
        "id = \"anders-holm\"",
        "id = \"anders-holm\"\nlink = 2",
    );
    told("pages of persons: new for anders-holm");
    let firm = project.read("loggia.toml");
    let start = firm.find("[[person]]").unwrap();
    project.write("loggia.toml", &firm[..start]);
    // Without the person the number of the stakeholder has to say that the old links are dead.
    for id in ["nyah", "mateo"] {
        project.replace(
            &format!("{id}/engagement.toml"),
            "id = \"anders\"",
            "id = \"anders\"\nlink = 3",
        );
    }
    told("pages of persons: ended for anders-holm");
}
