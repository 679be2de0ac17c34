//! Links: who has which, what ends one, and what the site tells without them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::project::{Project, Tree, tree};

const ENGAGEMENT: &str = "title = \"Plain words\"\nstart = 2026-01-12\nend = 2026-12-01\n\n[share]\nagreed = 2026-01-20\n\
    facts = [\"everyone\"]\npeople = [\"everyone\"]\nfollow_up = []\n\n[[stakeholder]]\nid = \"ana\"\nname = \"Anastasia Keller\"\nrole = \"coachee\"\n\n[[stakeholder]]\n\
    id = \"max\"\nname = \"Maximilian Ortega\"\nrole = \"manager\"\nlink = 1\n";

/// A content folder with one engagement, and its site.
struct Case(TempDir);

impl Case {
    fn new(engagement: &str) -> Self {
        let case = Self(TempDir::new().unwrap());
        let site = "[firm]\nname = \"Quayside\"\n[site]\nbase_url = \"https://quay.example/x/\"\n";
        case.write("loggia.toml", site);
        case.write("plain/engagement.toml", engagement);
        case
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join("content").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[track_caller]
    fn run(&self, arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_loggia"))
            .args(arguments)
            .args(["--today", "2026-03-01"])
            .current_dir(self.0.path())
            .env_remove("LOGGIA_KEY")
            .env_remove("LOGGIA_PASSPHRASES")
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        String::from_utf8(output.stdout).unwrap() + &told
    }

    /// The paths and codes of everyone by id.
    fn links(&self) -> BTreeMap<String, (String, String)> {
        let told = self.run(&["links", "--json", "--quiet"]);
        let lines: Vec<serde_json::Value> = serde_json::from_str(&told).unwrap();
        let text =
            |line: &serde_json::Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
        lines
            .iter()
            .map(|line| {
                (
                    text(line, "stakeholder"),
                    (text(line, "path"), text(line, "code")),
                )
            })
            .collect()
    }

    fn site(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.0.path().join("site"), "", &mut files);
        files
    }
}

fn collect(folder: &Path, inside: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{inside}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

#[test]
fn raising_a_link_ends_the_old_one_and_no_other() {
    let case = Case::new(ENGAGEMENT);
    case.run(&["build"]);
    let (before, old) = (case.site(), case.links());
    case.write(
        "plain/engagement.toml",
        &ENGAGEMENT.replace("link = 1", "link = 2"),
    );
    case.run(&["build"]);
    let (after, new) = (case.site(), case.links());
    assert_eq!(old["ana"], new["ana"]);
    assert_eq!(before[&old["ana"].0], after[&new["ana"].0]);
    assert_ne!(old["max"], new["max"]);
    assert!(!after.contains_key(&old["max"].0), "the old page is gone");
    assert!(after.contains_key(&new["max"].0));
}

#[test]
fn sealed_site_tells_nothing_but_its_size_class() {
    let case = Case::new(ENGAGEMENT);
    let told = case.run(&["build"]);
    let site = case.site();
    let key = fs::read_to_string(case.0.path().join("content/loggia.key")).unwrap();
    for (path, code) in case.links().values() {
        assert!(
            !told.contains(code.as_str()) && !told.contains(path.as_str()),
            "a build prints no link"
        );
        assert!(!told.contains(key.trim()));
    }
    for (name, bytes) in &site {
        let text = String::from_utf8_lossy(bytes);
        for word in [
            "Plain words",
            "Anastasia",
            "Maximilian",
            "Quayside",
            "coachee alone",
            key.trim(),
        ] {
            assert!(!text.contains(word), "`{name}` holds `{word}`");
        }
    }
    let sizes = |site: &BTreeMap<String, Vec<u8>>| {
        site.iter()
            .map(|(name, bytes)| (name.clone(), bytes.len()))
            .collect::<Vec<_>>()
    };
    case.write(
        "plain/engagement.toml",
        &ENGAGEMENT.replace("Plain words", "Plainer words than before"),
    );
    case.run(&["build"]);
    assert_eq!(sizes(&site), sizes(&case.site()));
    assert_ne!(site, case.site());
}

#[test]
fn files_outside_the_portals_are_the_same_for_all() {
    let (one, other) = (
        Case::new(ENGAGEMENT),
        Case::new(
            &ENGAGEMENT
                .replace("Maximilian", "Mia")
                .replace("\"max\"", "\"mia\""),
        ),
    );
    one.run(&["build"]);
    other.run(&["build"]);
    let shared = |case: &Case| {
        let mut files = case.site();
        files.retain(|name, _| !name.starts_with("p/") && name != ".loggia-site");
        files
    };
    assert_eq!(shared(&one), shared(&other));
    assert_eq!(
        shared(&one).keys().collect::<Vec<_>>(),
        [".nojekyll", "404.html", "_headers", "index.html"]
    );
}

#[test]
fn closed_engagement_and_unagreed_one_have_no_other_portals() {
    let closed =
        Case::new(&ENGAGEMENT.replace("end = 2026-12-01", "end = 2026-02-01\ncloses = 2026-03-01"));
    closed.run(&["build"]);
    assert!(closed.links().is_empty());
    assert!(!closed.site().keys().any(|name| name.starts_with("p/")));
    let unagreed = Case::new(&ENGAGEMENT.replace("agreed = 2026-01-20\n", ""));
    unagreed.run(&["build"]);
    assert_eq!(unagreed.links().keys().collect::<Vec<_>>(), ["ana"]);
}

#[test]
fn invitations_hold_link_and_code_and_are_private() {
    let case = Case::new(&ENGAGEMENT.replace("link = 1", "email = \"max@firm.example\""));
    case.run(&["build"]);
    case.run(&["links", "--invite", "mail"]);
    let path = case.0.path().join("mail/plain--max.eml");
    let mail = fs::read_to_string(&path).unwrap().replace("=\r\n", "");
    let (page, code) = case.links()["max"].clone();
    let folder = page.strip_suffix("index.html").unwrap();
    assert!(
        mail.contains(&format!("https://quay.example/x/{folder}#{code}")),
        "{mail}"
    );
    assert!(mail.contains("To: \"Maximilian Ortega\" <max@firm.example>"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn no_letter_is_written_into_the_content_or_a_site() {
    let project = Project::small();
    project.replace(
        "loggia.toml",
        "[site]",
        "[site]\nbase_url = \"https://quay.example/x/\"",
    );
    project.built();
    fs::rename(project.site(), project.folder().join("older")).unwrap();
    project.built();
    std::os::unix::fs::symlink("content/nyah", project.folder().join("way")).unwrap();
    let before = tree(project.folder());
    for (folder, place) in [
        ("content", "the content"),
        ("content/", "the content"),
        ("./content/mails", "the content"),
        ("content/nyah", "the content"),
        ("content/nyah/notes/mails", "the content"),
        ("way/mails", "the content"),
        ("site", "the site"),
        ("site/mails/new", "the site"),
        ("older", "the site"),
        ("older/p/mails", "the site"),
    ] {
        let ran = project.run(&["links", "--invite", folder]);
        assert_eq!(ran.code, 1, "{folder}: {}", ran.stderr);
        let told = format!("`{folder}` is inside {place}");
        assert!(ran.stderr.contains(&told), "{folder}: {}", ran.stderr);
        assert_eq!(tree(project.folder()), before, "{folder}");
    }
}

/// The letter to every reader of the small engagement.
fn letters(project: &Project) -> Tree {
    let ran = project.run(&["links", "--invite", "mail", "--all"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    tree(&project.folder().join("mail"))
}

#[test]
fn what_a_reader_may_not_see_changes_nothing_in_the_letter() {
    let project = Project::small();
    project.replace(
        "loggia.toml",
        "[site]",
        "[site]\nbase_url = \"https://quay.example/x/\"",
    );
    project.built();
    let before = letters(&project);
    for (hidden, text) in [
        ("updates = [\"manager\"]", "updates = []"),
        ("themes = [\"manager\"]", "themes = []"),
        ("actions = [\"manager\"]", "actions = []"),
    ] {
        project.replace("nyah/engagement.toml", hidden, text);
    }
    project.remove("nyah/updates/2026-03-15-first-month.md");
    project.write("nyah/notes/2026-03-16-hush.md", "Hush.\n");
    let after = letters(&project);
    let changed = before
        .iter()
        .filter(|(name, letter)| after.get(*name) != Some(letter));
    let changed: Vec<&str> = changed.map(|(name, _)| name.as_str()).collect();
    assert_eq!(before.len(), after.len());
    // The coachee and the coach see all that anyone sees; of the others, only Priya saw what went.
    assert_eq!(
        changed,
        ["nyah--coach.eml", "nyah--nyah.eml", "nyah--priya.eml"]
    );
}

#[test]
fn a_marker_that_is_fetched_twice_does_not_tell_how_many_pages_there_are() {
    let project = Project::small();
    let lines = |site: &Tree| -> std::collections::BTreeSet<String> {
        let marker = String::from_utf8(site[".loggia-site"].clone()).unwrap();
        marker.lines().skip(2).map(str::to_owned).collect()
    };
    let before = lines(&project.built());
    project.replace(
        "nyah/engagement.toml",
        "id = \"tom\"",
        "id = \"tom\"\nportal = false",
    );
    let after = lines(&project.built());
    // One page went, and one line that stands for nothing came in the place of its own.
    assert_eq!(before.len(), after.len());
    assert_eq!(after.difference(&before).count(), 1);
    // Another site has other fillers, so those of two sites are not known by comparing them.
    let other = Project::small();
    assert!(lines(&other.built()).intersection(&after).count() < 10);
}
