//! A name or an address that is changed behind an id: the same person, or another? Nobody opens the link of somebody before them, and no
//! answers become another's.

use crate::project::{Project, TODAY, finish, tree};

const ENGAGEMENT: &str = "nyah/engagement.toml";
const QUESTION: &str = "the same person, or another?";

/// The small engagement, published. Priya has a mail address and has answered; Anders has neither.
fn project() -> Project {
    let project = Project::small();
    project.built();
    project
}

/// Every command that gives a link to somebody asks, says where, and changes nothing.
#[track_caller]
fn asks(project: &Project, said: &[&str]) {
    let content = tree(&project.content());
    for arguments in [
        &["check"][..],
        &["links"],
        &["links", "--json"],
        &["build", "--strict"],
    ] {
        let ran = project.run(arguments);
        assert_eq!(ran.code, 3, "{arguments:?}: {}", ran.stderr);
        for said in [&[QUESTION], said].concat() {
            assert!(ran.stderr.contains(said), "{said}\n{}", ran.stderr);
        }
    }
    assert_eq!(content, tree(&project.content()));
}

/// Changes lines of somebody's `[[stakeholder]]`; each is a line of it and what stands there instead.
#[track_caller]
fn change(project: &Project, id: &str, changes: &[(&str, &str)]) {
    let text = project.read(ENGAGEMENT);
    let start = text.find(&format!("id = \"{id}\"")).unwrap();
    let end = text[start..]
        .find("\n\n")
        .map_or(text.len(), |end| start + end);
    let mut own = text[start..end].to_owned();
    for (from, to) in changes {
        assert_eq!(own.matches(from).count(), 1, "{from} in {own}");
        own = own.replace(from, to);
    }
    project.write(
        ENGAGEMENT,
        format!("{}{own}{}", &text[..start], &text[end..]),
    );
}

const PRIYA: &str = "name = \"Priya Raman\"";
const MAIL: &str = "priya@ostrey.example";
const ANDERS: &str = "name = \"Anders Holm\"";

#[test]
fn another_name_or_address_is_asked_about() {
    let project = project();
    let sound = project.read(ENGAGEMENT);
    let olga = "name = \"Olga Nord\"";
    for (id, changes, what) in [
        ("priya", &[(PRIYA, olga)][..], "the name of `priya`"),
        (
            "priya",
            &[(MAIL, "olga@ostrey.example")],
            "the mail address of `priya`",
        ),
        (
            "priya",
            &[(PRIYA, olga), (MAIL, "olga@ostrey.example")],
            "the name and the mail address of `priya`",
        ),
        // One letter, and no address that says that it is still she.
        (
            "priya",
            &[
                (PRIYA, "name = \"Priya Ramas\""),
                ("email = \"priya@ostrey.example\"\n", ""),
            ],
            "the name",
        ),
        (
            "anders",
            &[(ANDERS, "name = \"Anders Holt\"")],
            "the name of `anders`",
        ),
        (
            "idris",
            &[("Idris Bello", "Ida Bello")],
            "the name of `idris`",
        ),
    ] {
        project.write(ENGAGEMENT, &sound);
        change(&project, id, changes);
        asks(
            &project,
            &[
                what,
                "`same_person = 2026-03-20`",
                " --> nyah/engagement.toml:",
            ],
        );
    }
    // A number that is raised is enough only where there are no answers.
    project.write(ENGAGEMENT, &sound);
    change(
        &project,
        "priya",
        &[(PRIYA, olga), ("link = 1", "link = 2")],
    );
    asks(&project, &["there are answers of the old one"]);
    // The engagement is the coachee's.
    project.write(ENGAGEMENT, &sound);
    change(&project, "nyah", &[("name = \"Nyah Adeyemi\"", olga)]);
    asks(&project, &["begin another engagement"]);
}

#[test]
fn an_answer_lets_the_change_pass_once() {
    let project = project();
    let before = project.built();
    let links = |project: &Project| project.run(&["links", "--json"]).stdout;
    let old_links = links(&project);
    change(
        &project,
        "priya",
        &[(PRIYA, "name = \"Priya Lund\"\nsame_person = 2026-03-20")],
    );
    assert_eq!(before.len(), project.built().len());
    assert_eq!(
        old_links.replace("Priya Raman", "Priya Lund"),
        links(&project)
    );
    assert_eq!(project.run(&["build", "--locked"]).code, 0);
    // The line that was left there answers for no later change.
    change(&project, "priya", &[("Priya Lund", "Olga Nord")]);
    let build = |day: &str| finish(&mut project.command(&["build", "--strict", "--today", day]));
    let ran = build("2026-03-21");
    assert!(
        ran.code == 3 && ran.stderr.contains(QUESTION),
        "{}",
        ran.stderr
    );
    change(&project, "priya", &[("2026-03-20", "2026-03-21")]);
    // A word of a day to come is none yet.
    assert_eq!(build(TODAY).code, 3);
    let ran = build("2026-03-21");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn another_person_gets_another_link() {
    let project = project();
    let path = |project: &Project| {
        let links = project.run(&["links", "--json"]).stdout;
        let links: Vec<serde_json::Value> = serde_json::from_str(&links).unwrap();
        let own = links.iter().find(|link| link["stakeholder"] == "anders");
        own.unwrap()["path"].as_str().unwrap().to_owned()
    };
    let old = path(&project);
    change(
        &project,
        "anders",
        &[(ANDERS, "name = \"Olga Nord\"\nlink = 2")],
    );
    let site = project.built();
    assert!(!site.contains_key(&old));
    assert_ne!(path(&project), old);
    // The name of before is now the other one.
    change(&project, "anders", &[("Olga Nord", "Anders Holm")]);
    asks(&project, &["the name of `anders`", "raise `link` to 3"]);
}

#[test]
fn an_id_that_was_gone_is_still_known() {
    let project = project();
    let whole = project.read(ENGAGEMENT);
    let table = "[[stakeholder]]\nid = \"anders\"\nname = \"Anders Holm\"\nrole = \"sponsor\"\n\n";
    project.replace(ENGAGEMENT, table, "");
    project.replace(ENGAGEMENT, "agreed = 2026-02-02", "agreed = 2026-02-03");
    let text = project.read("nyah/goals/1-clear.md");
    project.built();
    project.write("nyah/goals/1-clear.md", text);
    project.write(
        ENGAGEMENT,
        whole
            .replace("Anders Holm", "Olga Nord")
            .replace("2026-02-02", "2026-02-04"),
    );
    asks(&project, &["the name of `anders`"]);
}

#[test]
fn a_name_that_is_mended_is_not_asked_about() {
    let project = project();
    change(
        &project,
        "anders",
        &[(
            ANDERS,
            "name = \"Anders Holm\"\nemail = \"a.holm@ostrey.example\"",
        )],
    );
    change(&project, "lena", &[("Lena Kovač", "LENA  Kovac")]);
    for name in [
        "Priya Ramann",
        "Prya Ramann",
        "Pyra Ramann",
        "Pyra Ramànn",
        "Pyra-Ramànn",
    ] {
        let text = project.read(ENGAGEMENT);
        let start = text.find("id = \"priya\"\nname = ").unwrap();
        let line = text[start..].lines().nth(1).unwrap();
        change(&project, "priya", &[(line, &format!("name = \"{name}\""))]);
        project.built();
    }
    // An address that is taken out is still known.
    change(
        &project,
        "anders",
        &[("email = \"a.holm@ostrey.example\"\n", "")],
    );
    project.built();
    change(
        &project,
        "anders",
        &[(
            ANDERS,
            "name = \"Anders Holm\"\nemail = \"olga@ostrey.example\"",
        )],
    );
    asks(&project, &["the mail address of `anders`"]);
}

#[test]
fn what_was_not_published_is_changed_freely() {
    let project = Project::small();
    project.replace(ENGAGEMENT, "agreed = 2026-02-02\n", "");
    project.built();
    change(
        &project,
        "priya",
        &[
            (PRIYA, "name = \"Olga Nord\""),
            (MAIL, "olga@ostrey.example"),
        ],
    );
    project.built();
}

#[test]
fn nobody_is_written_to_before_the_question_is_answered() {
    let project = Project::small();
    let address = "[site]\nbase_url = \"https://quay.example/x/\"";
    project.replace("loggia.toml", "[site]", address);
    project.built();
    change(&project, "priya", &[(PRIYA, "name = \"Olga Nord\"")]);
    for how in ["--invite", "--remind"] {
        let ran = project.run(&["links", how, "mail"]);
        assert_eq!(ran.code, 3, "{how}: {}", ran.stderr);
        assert!(ran.stderr.contains(QUESTION), "{how}: {}", ran.stderr);
        assert!(!project.folder().join("mail").exists());
    }
}
