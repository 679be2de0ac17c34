//! Which command makes a key, how a key is told from others, and what becomes of the records when it is lost or replaced.

use std::fs;

use crate::project::{Project, TODAY, Tree, finish, tree};

/// All files of the content folder.
fn content(project: &Project) -> Tree {
    tree(&project.content())
}

#[test]
fn only_a_first_build_makes_a_key() {
    for arguments in [
        &["links"][..],
        &["links", "--json"],
        &["links", "--invite", "mails"],
        &["build", "--locked"],
        &["key"],
    ] {
        let project = Project::small();
        let base = "[site]\nbase_url = \"https://quay.example/\"\n";
        project.replace("loggia.toml", "[site]\n", base);
        let before = content(&project);
        let ran = project.run(arguments);
        assert_eq!(ran.code, 1, "{arguments:?}: {}", ran.stderr);
        for said in [
            "there is no `loggia.key` here",
            "LOGGIA_KEY",
            "loggia build",
            "adopt",
        ] {
            assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
        }
        assert_eq!(ran.stdout, "");
        assert!(content(&project) == before, "{arguments:?} wrote something");
        assert!(!project.site().exists() && !project.folder().join("mails").exists());
    }
    let project = Project::small();
    let before = content(&project);
    assert_eq!(project.run(&["check"]).code, 0);
    assert!(content(&project) == before, "check wrote something");
}

#[test]
fn a_build_makes_no_second_key_where_something_was_published() {
    let project = Project::small();
    project.built();
    let (before, site) = (content(&project), tree(&project.site()));
    project.remove("loggia.key");
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("run `loggia key adopt`"),
        "{}",
        ran.stderr
    );
    let mut after = content(&project);
    after.insert("loggia.key".to_owned(), before["loggia.key"].clone());
    assert!(after == before && tree(&project.site()) == site);
}

#[test]
fn a_key_is_told_by_its_fingerprint() {
    let project = Project::small();
    let built = project.run(&["build"]);
    let key = project.run(&["key"]);
    assert_eq!(key.code, 0, "{}", key.stderr);
    let key = key.stdout.trim_end();
    assert_eq!(key.len(), 16);
    assert!(
        built.stderr.contains(&format!("; key {key}\n")),
        "{}",
        built.stderr
    );
    let links = project.run(&["links"]);
    assert!(
        links.stderr.contains(&format!("key {key}\n")),
        "{}",
        links.stderr
    );
    let secret = project.read("loggia.key");
    assert!(!secret.contains(key) && !key.contains(secret.trim_end()));
    // The same key out of the environment has the same name.
    project.remove("loggia.key");
    let mut command = project.command(&["key"]);
    let ran = finish(command.env("LOGGIA_KEY", secret.trim_end()));
    assert_eq!(ran.stdout.trim_end(), key);
}

#[test]
fn a_site_of_another_key_is_told_as_that() {
    let (project, other) = (Project::small(), Project::small());
    project.built();
    other.built();
    let key = other.run(&["key"]).stdout;
    let site = project.site().to_string_lossy().into_owned();
    let before = tree(&project.site());
    let ran = other.run(&["audit", &site]);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("was made with another key than the one here"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains(key.trim_end()), "{}", ran.stderr);
    for wrong in [
        "damaged",
        "belongs to nobody",
        "is not here",
        "does not open",
    ] {
        assert!(!ran.stderr.contains(wrong), "{}", ran.stderr);
    }
    let ran = finish(
        other
            .command(&["build", "--today", TODAY, "--out", &site])
            .current_dir(other.folder()),
    );
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("it holds a site that was made with another key"),
        "{}",
        ran.stderr
    );
    assert!(tree(&project.site()) == before);
    // A page of ours among those of another key is still looked at.
    let page = fs::read_dir(other.site().join("p"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    let copy = project.site().join("p").join(page.file_name());
    fs::create_dir(&copy).unwrap();
    fs::write(copy.join("index.html"), "<p>open</p>").unwrap();
    let ran = other.run(&["audit", &site]);
    assert!(ran.stderr.contains("is not sealed"), "{}", ran.stderr);
}
