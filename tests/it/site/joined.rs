//! Whole sites of several keys on one host.

use std::fs;

use crate::project::{Project, tree};

/// Two firms' folders with keys of their own; the second's pages are in German.
fn two() -> [Project; 2] {
    let projects = [Project::small(), Project::small()];
    projects[1].replace("loggia.toml", "language = \"en\"", "language = \"de\"");
    for project in &projects {
        project.built();
    }
    projects
}

fn join(project: &Project, sites: &[&str], out: &str) -> crate::project::Ran {
    let mut words = vec!["merge", "--sites"];
    words.extend(sites);
    words.extend(["--out", out]);
    project.run(&words)
}

fn site(project: &Project) -> String {
    project.site().to_string_lossy().into_owned()
}

#[test]
fn joined_sites_are_each_as_they_were_built_and_pass_an_audit_with_either_key() {
    let [one, other] = two();
    let (first, second) = (site(&one), site(&other));
    let ran = join(&one, &[&first, &second], "joined");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let joined = tree(&one.folder().join("joined"));
    let (of_one, of_other) = (tree(&one.site()), tree(&other.site()));
    for (path, bytes) in of_one
        .iter()
        .chain(of_other.iter().filter(|(path, _)| path.starts_with("p/")))
    {
        if path != ".loggia-site" {
            assert!(joined.get(path) == Some(bytes), "{path}");
        }
    }
    let marker = String::from_utf8(joined[".loggia-site"].clone()).unwrap();
    for site in [&of_one, &of_other] {
        let own = String::from_utf8(site[".loggia-site"].clone()).unwrap();
        let (_, block) = own.split_once('\n').unwrap();
        assert!(marker.contains(block), "each keeps its own lines");
    }
    let folder = one.folder().join("joined").to_string_lossy().into_owned();
    for project in [&one, &other] {
        let ran = project.run(&["audit", &folder]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stderr.contains("no problems"), "{}", ran.stderr);
    }
    let third = Project::small();
    third.built();
    assert_eq!(third.run(&["audit", &folder]).code, 4, "a key of neither");
    // A link that was ended in one of them is dead in the joined site, too.
    let page = |project: &Project| {
        let links = project.run(&["links", "--json"]).stdout;
        let links: Vec<serde_json::Value> = serde_json::from_str(&links).unwrap();
        let priya = links
            .into_iter()
            .find(|link| link["stakeholder"] == "priya")
            .unwrap();
        priya["path"].as_str().unwrap().to_owned()
    };
    let old = page(&other);
    other.replace("nyah/engagement.toml", "link = 1", "link = 2");
    let ran = other.run(&["audit", &folder]);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("link 1 of `priya` in `nyah` has ended"),
        "{}",
        ran.stderr
    );
    other.built();
    assert_eq!(join(&one, &[&second, &first], "joined").code, 0);
    let joined = tree(&one.folder().join("joined"));
    assert!(!joined.contains_key(&old) && joined.contains_key(&page(&other)));
    assert_eq!(one.run(&["audit", &folder]).code, 0);
    // A page of nobody is found as in any site.
    let stray = one.folder().join("joined/p/00000000000000000000000000");
    fs::create_dir(&stray).unwrap();
    fs::write(stray.join("index.html"), "<p>x</p>").unwrap();
    assert_eq!(one.run(&["audit", &folder]).code, 4);
}

#[test]
fn what_is_no_whole_site_of_its_own_key_is_not_joined() {
    let [one, other] = two();
    let (first, second) = (site(&one), site(&other));
    assert_eq!(join(&one, &[&first, &second], "joined").code, 0);
    let before = tree(&one.folder().join("joined"));
    assert_eq!(
        one.run(&["build", "--shard", "1/2", "--out", "part"]).code,
        0
    );
    for (sites, said) in [
        (vec![&*first], "one site alone"),
        (vec![&first, &first], "were made with the same key"),
        (vec![&first, "part"], "it is a part of one"),
        (vec![&first, "content"], "is not a whole site"),
        (vec![&first, "nowhere"], "nowhere"),
        (vec![&first, "joined"], "were made with the same key"),
    ] {
        let ran = join(&one, &sites, "joined");
        assert_eq!(ran.code, 1, "{sites:?}: {}", ran.stderr);
        assert!(
            ran.stderr.contains(said) || said == "were made with the same key",
            "{}",
            ran.stderr
        );
        assert!(tree(&one.folder().join("joined")) == before, "{sites:?}");
    }
    // A build would take the others' pages away.
    let ran = one.run(&["build", "--out", "joined"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("it holds several sites that were joined"),
        "{}",
        ran.stderr
    );
    let third = Project::small();
    third.built();
    let place = one.folder().join("joined").to_string_lossy().into_owned();
    let fourth = Project::small();
    fourth.built();
    let ran = join(&third, &[&site(&third), &site(&fourth)], &place);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(tree(&one.folder().join("joined")) == before);
    fs::write(other.site().join("stray.html"), "x").unwrap();
    let ran = join(&one, &[&first, &second], "joined");
    assert!(
        ran.stderr
            .contains("was not written by the build of this site"),
        "{}",
        ran.stderr
    );
}
