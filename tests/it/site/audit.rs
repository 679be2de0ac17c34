//! What the audit finds, in a build and in a site that is already out, and that it never says it in words.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::project::{Project, Ran};

/// A sentence that stands in a note, in a private passage, or in something that others may not see.
const SENTENCE: &str = "She has been thinking about leaving since the merger was announced";

/// The same as it could come back: other case, other marks, markup inside, a broken word.
const REWRITTEN: &str =
    "*she* has been **think**ing about leaving, since the merger (was) AN-\nNOUNCED";

const UPDATE: &str = "nyah/updates/2026-03-15-first-month.md";

/// The small engagement, its update saying `text` as well.
fn with_update(text: &str) -> Project {
    let project = Project::small();
    let update = project.read(UPDATE);
    project.write(UPDATE, format!("{update}\n{text}\n"));
    project
}

#[track_caller]
fn told(ran: &Ran) {
    for word in SENTENCE.split(' ').filter(|word| word.len() > 5) {
        let is_quoted = ran.stderr.to_lowercase().contains(&word.to_lowercase());
        assert!(!is_quoted, "`{word}` is quoted: {}", ran.stderr);
    }
}

#[track_caller]
fn overlap_is_found(project: &Project, noun: &str, hidden: &str) {
    for (rule, code) in [("warn", 0), ("deny", 4)] {
        let site = project.read("loggia.toml");
        let site = site.split("\noverlap").next().unwrap();
        project.write("loggia.toml", format!("{site}\noverlap = \"{rule}\"\n"));
        let ran = project.run(&["build"]);
        assert_eq!(ran.code, code, "{}", ran.stderr);
        assert!(ran.stderr.contains(noun), "{}", ran.stderr);
        assert!(ran.stderr.contains(hidden), "{}", ran.stderr);
        assert!(ran.stderr.contains(UPDATE), "{}", ran.stderr);
        told(&ran);
    }
    let ran = project.run(&["build", "--no-audit"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!ran.stderr.contains(noun), "{}", ran.stderr);
}

#[test]
fn words_of_a_note_on_a_page_are_found() {
    let project = with_update(REWRITTEN);
    let note = "nyah/notes/2026-01-20-session.md";
    let text = project.read(note);
    project.write(note, format!("{text}\n\n# Today\n{SENTENCE}.\n"));
    overlap_is_found(&project, "11 words in a row", "also stand in a note");
}

#[test]
fn words_of_a_note_that_another_program_wrote_are_found() {
    let project = with_update(REWRITTEN);
    let note = "nyah/notes/2026-01-20-session.md";
    let text = format!("\u{feff}# Today\r\n{SENTENCE}.\r\n");
    let units = || text.encode_utf16();
    project.write(
        note,
        units().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
    );
    overlap_is_found(&project, "11 words in a row", "also stand in a note");
    project.write(
        note,
        units().flat_map(u16::to_be_bytes).collect::<Vec<u8>>(),
    );
    overlap_is_found(&project, "11 words in a row", "also stand in a note");
    // Without a mark at the beginning it is no text; nothing is compared in silence.
    project.write(
        note,
        units()
            .skip(1)
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>(),
    );
    let ran = project.run(&["build"]);
    assert!(
        ran.stderr.contains("not written in UTF-8"),
        "{}",
        ran.stderr
    );
}

#[test]
fn words_of_a_private_passage_on_a_page_are_found() {
    let project = with_update(REWRITTEN);
    let goal = "nyah/goals/2-calm.md";
    let text = project.read(goal);
    project.write(goal, format!("{text}\n::: private\n{SENTENCE}\n:::\n"));
    overlap_is_found(&project, "a private passage", "`nyah/goals/2-calm.md`");
}

#[test]
fn words_of_a_rater_on_a_page_are_found() {
    let project = with_update(REWRITTEN);
    let round = "nyah/pulse/2026-03-02.csv";
    project.replace(
        round,
        "nyah,clear,1,yes,",
        &format!("nyah,clear,1,yes,\"{SENTENCE}\""),
    );
    overlap_is_found(
        &project,
        "a rater's comment",
        "`nyah/pulse/2026-03-02.csv`, line 2",
    );
}

#[test]
fn words_of_something_shared_with_others_are_found() {
    let project = with_update(REWRITTEN);
    let goal = "nyah/goals/2-calm.md";
    let text = project.read(goal);
    project.write(goal, format!("{text}\n::: only coach\n{SENTENCE}\n:::\n"));
    overlap_is_found(
        &project,
        "something that they may not see",
        "`nyah/goals/2-calm.md`",
    );
}

#[test]
fn words_for_some_and_words_for_all_are_not_in_a_row() {
    // The page goes on behind the picture with the word that the hidden passage begins with.
    let text = "A sentence of no more words\n::: only tom\nSee the other plan.\n:::\n\n![A picture](files/sketch.png)\n\nSee me.";
    let project = with_update(text);
    project.write(
        "nyah/files/sketch.png",
        fs::read("content/nyah-adeyemi/files/before-the-meeting.png").unwrap(),
    );
    let site = project.read("loggia.toml");
    project.write("loggia.toml", site + "\noverlap = \"deny\"\n");
    let update = project.read(UPDATE);
    project.write(
        UPDATE,
        update.replace("share = [\"manager\"]", "share = [\"manager\", \"tom\"]"),
    );
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn fewer_words_in_a_row_are_chance() {
    let project = with_update("She has been thinking about. Leaving since the merger was.");
    let note = "nyah/notes/2026-01-20-session.md";
    project.write(note, format!("{SENTENCE}\n"));
    let ran = project.run(&["build"]);
    assert_eq!((ran.code, ran.stderr.contains("in a row")), (0, true));
    let project = with_update("She has been thinking about the summer. Leaving since the merger.");
    project.write(note, format!("{SENTENCE}\n"));
    let ran = project.run(&["build"]);
    assert!(!ran.stderr.contains("in a row"), "{}", ran.stderr);
}

#[test]
fn the_samples_overlap_nowhere() {
    let ran = Project::samples().run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!ran.stderr.contains("in a row"), "{}", ran.stderr);
}

#[test]
fn pages_are_the_same_with_and_without_audit() {
    let project = with_update(REWRITTEN);
    project.write("nyah/notes/2026-01-20-session.md", SENTENCE);
    let with = project.built();
    fs::remove_dir_all(project.site()).unwrap();
    assert_eq!(project.run(&["build", "--no-audit"]).code, 0);
    assert!(with == crate::project::tree(&project.site()));
}

#[test]
fn without_audit_no_note_is_opened_and_with_it_none_is_waited_for() {
    let project = Project::small();
    project.remove("nyah/notes/2026-01-20-session.md");
    project.pipe("nyah/notes/2026-01-20-session.md");
    // Whoever opens a pipe to which nobody writes waits for ever.
    assert_eq!(project.run(&["build", "--no-audit"]).code, 0);
    assert_eq!(project.run(&["build"]).code, 0);
}

/// The small engagement, its pages sealed.
fn sealed() -> Project {
    Project::small()
}

/// A site that is out, and the portals in it.
fn published(project: &Project) -> (PathBuf, Vec<PathBuf>) {
    assert_eq!(project.run(&["build"]).code, 0);
    let mut portals: Vec<PathBuf> = fs::read_dir(project.site().join("p"))
        .unwrap()
        .map(|entry| entry.unwrap().path().join("index.html"))
        .collect();
    portals.sort();
    (project.site(), portals)
}

#[track_caller]
fn audit_says(project: &Project, code: i32, words: &str) {
    let ran = project.run(&["audit", "site"]);
    assert_eq!(ran.code, code, "{words}: {}", ran.stderr);
    assert!(ran.stderr.contains(words), "{words}: {}", ran.stderr);
    told(&ran);
}

#[test]
fn a_site_as_it_was_published_is_clean() {
    let project = sealed();
    published(&project);
    audit_says(&project, 0, "no problems");
    let samples = Project::samples();
    published(&samples);
    let ran = samples.run(&["audit", "site", "--json"]);
    assert_eq!((ran.code, ran.stdout.trim()), (0, "[]"), "{}", ran.stderr);
}

#[test]
fn every_file_that_should_not_be_there_is_found() {
    type Spoil = fn(&Path, &Project);
    let cases: [(&str, i32, Spoil); 21] = [
        ("a site of Loggia has no such file", 4, |site, _| {
            fs::write(site.join("search.json"), "{}").unwrap();
        }),
        ("the last build did not write this file", 4, |site, _| {
            let id = site.join("p/00000000000000000000000000");
            fs::create_dir(&id).unwrap();
            fs::write(id.join("index.html"), "").unwrap();
        }),
        ("belongs to nobody who has one", 4, |site, _| {
            let id = site.join("p/00000000000000000000000000");
            fs::create_dir(&id).unwrap();
            fs::write(id.join("index.html"), "").unwrap();
        }),
        ("this is no regular file", 4, |site, _| {
            std::os::unix::fs::symlink("/etc/passwd", site.join("index")).unwrap();
        }),
        ("other users of this machine can change", 0, |site, _| {
            fs::set_permissions(site.join("index.html"), fs::Permissions::from_mode(0o666))
                .unwrap();
        }),
        ("holds the key of the site", 4, |site, project| {
            fs::copy(project.path("loggia.key"), site.join("key")).unwrap();
        }),
        ("stand in a note", 4, |site, project| {
            fs::write(
                site.join("backup.txt"),
                project.read("nyah/notes/2026-01-20-session.md"),
            )
            .unwrap();
        }),
        ("carries metadata, or is damaged", 4, |site, _| {
            fs::write(site.join("me.png"), "no picture").unwrap();
        }),
        ("is not what this version of Loggia writes", 4, |site, _| {
            fs::write(site.join("_headers"), "/*\n").unwrap();
        }),
        ("the host is not told what to send", 4, |site, _| {
            fs::remove_file(site.join("_headers")).unwrap();
        }),
        ("the host is not told what to send", 4, |site, _| {
            let text = fs::read_to_string(site.join("_headers")).unwrap();
            fs::write(site.join("_headers"), text.replace("no-store", "public")).unwrap();
        }),
        ("the host is not told what to send", 4, |site, _| {
            let text = fs::read_to_string(site.join("_headers")).unwrap();
            fs::write(site.join("_headers"), text + "  X-Note: warned\n").unwrap();
        }),
        ("does not say what a build writes there", 4, |site, _| {
            fs::write(site.join(".nojekyll"), "Robin was warned.\n").unwrap();
        }),
        (
            "this file is gone: some hosts leave files out",
            4,
            |site, _| {
                fs::remove_file(site.join(".nojekyll")).unwrap();
            },
        ),
        ("a site of Loggia has no such folder", 4, |site, _| {
            fs::create_dir(site.join("Project Falcon")).unwrap();
        }),
        ("a site of Loggia has no such folder", 4, |site, _| {
            fs::create_dir(site.join("p/robin-was-warned")).unwrap();
        }),
        ("a site of Loggia has no such folder", 4, |site, _| {
            let page = fs::read_dir(site.join("p")).unwrap().next().unwrap();
            fs::create_dir(page.unwrap().path().join("robin")).unwrap();
        }),
        ("asks `evil.example`", 4, |site, _| {
            let page = fs::read_to_string(site.join("404.html")).unwrap();
            let page = page.replace("</body>", "<img src=https://evil.example/x></body>");
            fs::write(site.join("404.html"), page).unwrap();
        }),
        ("it holds a script that is not Loggia's", 4, |site, _| {
            let page = fs::read_to_string(site.join("index.html")).unwrap();
            let page = page.replace("</body>", "<script>1</script></body>");
            fs::write(site.join("index.html"), page).unwrap();
        }),
        ("there is no marker", 0, |site, _| {
            fs::remove_file(site.join(".loggia-site")).unwrap();
        }),
        ("confidential term number 1", 4, |site, project| {
            let term = project
                .read("loggia.toml")
                .split("terms = [\"")
                .nth(1)
                .unwrap()
                .to_owned();
            let term = term.split('"').next().unwrap().to_uppercase();
            fs::write(site.join("names.txt"), term).unwrap();
        }),
    ];
    for (words, code, spoil) in cases {
        let project = sealed();
        project.write("nyah/notes/2026-01-20-session.md", SENTENCE);
        let (site, _) = published(&project);
        spoil(&site, &project);
        audit_says(&project, code, words);
    }
}

#[test]
fn pages_that_are_open_damaged_missing_or_ended_are_found() {
    let project = sealed();
    let (site, portals) = published(&project);
    let whole = fs::read(&portals[0]).unwrap();
    fs::write(&portals[0], "<p>hello</p>").unwrap();
    audit_says(&project, 4, "is not sealed");
    let damaged = String::from_utf8(whole.clone()).unwrap().replacen(
        "data-asks=\"code\">A",
        "data-asks=\"code\">B",
        1,
    );
    assert_ne!(damaged.as_bytes(), whole);
    fs::write(&portals[0], damaged).unwrap();
    audit_says(&project, 4, "does not open with the reader's code");
    fs::copy(&portals[1], &portals[0]).unwrap();
    audit_says(&project, 4, "does not open with the reader's code");
    fs::remove_file(&portals[0]).unwrap();
    audit_says(&project, 0, "is not here");
    fs::write(&portals[0], whole).unwrap();
    audit_says(&project, 0, "no problems");

    let people = "nyah/engagement.toml";
    project.replace(people, "link = 1", "link = 2");
    audit_says(&project, 4, "link 1 of `priya` in `nyah` has ended");
    project.replace(people, "link = 2", "link = 1\nportal = false");
    audit_says(&project, 4, "`priya` in `nyah` has no portal");
    assert!(site.exists());
}

#[test]
fn a_folder_without_its_content_is_looked_at_alone() {
    let project = sealed();
    let (_, portals) = published(&project);
    let ran = project.run(&["audit", "site", "--content", "elsewhere"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("there is no content folder here"));
    fs::write(&portals[0], "<p>hello</p>").unwrap();
    let ran = project.run(&["audit", "site", "--content", "elsewhere"]);
    assert_eq!(ran.code, 4, "a page without a policy: {}", ran.stderr);
    assert!(ran.stderr.contains("is not sealed"), "{}", ran.stderr);
    assert!(!project.path("../elsewhere").exists());
}

#[test]
fn a_site_from_before_something_was_taken_back_is_not_current() {
    type Change = fn(&Project);
    let changes: [(&str, Change); 4] = [
        ("figures", |project| {
            let groups = "\ngroups = [\"manager\"]";
            project.replace("nyah/engagement.toml", groups, "\ngroups = []");
        }),
        ("names", |project| {
            let people = "people = [\"everyone\"]";
            project.replace("nyah/engagement.toml", people, "people = []");
        }),
        ("a text", |project| {
            project.remove("nyah/updates/2026-03-15-first-month.md");
        }),
        ("a short word", |project| {
            let title = "title = \"Leading through others\"";
            project.replace("nyah/engagement.toml", title, "title = \"Leading\"");
        }),
    ];
    for (what, change) in changes {
        for access in ["sealed", "link"] {
            let project = sealed();
            let site = format!("[site]\naccess = \"{access}\"\n");
            project.replace("loggia.toml", "[site]\n", &site);
            let (site, portals) = published(&project);
            let before: Vec<Vec<u8>> = portals.iter().map(|page| fs::read(page).unwrap()).collect();
            let old = project.folder().join("old");
            fs::rename(&site, &old).unwrap();
            change(&project);
            let (_, portals) = published(&project);
            let pages = portals.iter().zip(&before);
            let differ = pages.filter(|(page, before)| fs::read(page).unwrap() != **before);
            let differ = differ.count();
            assert!(differ > 0, "{what}");
            let ran = project.run(&["audit", "old"]);
            assert_eq!(ran.code, 4, "{what}, {access}: {}", ran.stderr);
            let told = ran
                .stderr
                .matches("is not the one that a build makes today")
                .count();
            assert_eq!(told, differ, "{what}, {access}: {}", ran.stderr);
            assert!(
                ran.stderr.contains("build and publish again"),
                "{}",
                ran.stderr
            );
            audit_says(&project, 0, "");
        }
    }
}

#[test]
fn an_audit_makes_no_key() {
    let project = sealed();
    published(&project);
    project.remove("loggia.key");
    audit_says(&project, 0, "there is no key, so no page was opened");
    assert!(!project.path("loggia.key").exists());
}

#[test]
fn what_is_added_around_a_sealed_page_is_found() {
    let project = sealed();
    let note = "nyah/notes/2026-01-20-session.md";
    let text = project.read(note);
    project.write(note, format!("{text}\n\n# Today\n{SENTENCE}.\n"));
    project.write(
        "loggia.toml",
        format!(
            "{}overlap = \"deny\"\n[[person]]\nid = \"everywhere\"\nname = \"Priya Raman\"\nengagements = {{ nyah = \"priya\" }}\n",
            project.read("loggia.toml")
        ),
    );
    let (_, portals) = published(&project);
    assert!(portals.len() > 3);
    let strange = "not what this version of Loggia writes";
    for path in &portals {
        let whole = fs::read_to_string(path).unwrap();
        for (code, words, added) in [
            (4, "confidential term number 1", "<p>Project Falcon</p>"),
            (4, "confidential term number 1", "<!-- Project Falcon -->"),
            (4, strange, "<a href='https://x.example'>Open it here</a>"),
            (4, strange, "<p>She was warned.</p>"),
            (4, strange, " "),
        ] {
            fs::write(path, format!("{whole}{added}")).unwrap();
            audit_says(&project, code, words);
        }
        let open = whole.replacen("style-src ", "style-src 'unsafe-inline' ", 1);
        fs::write(path, open).unwrap();
        audit_says(&project, 4, "no policy forbids");
        fs::write(path, whole).unwrap();
    }
    let mut found = 0;
    for path in &portals {
        let whole = fs::read_to_string(path).unwrap();
        fs::write(path, format!("{whole}<p>{REWRITTEN}</p>")).unwrap();
        let told = project.run(&["audit", "site"]).stderr;
        found += usize::from(told.contains("stand in a note"));
        fs::write(path, whole).unwrap();
    }
    // The page of a person belongs to no engagement whose texts could be compared.
    assert_eq!(found, portals.len() - 1);
    audit_says(&project, 0, "no problems");
}
