//! A build leaves alone what did not change, and whatever happened in between, what comes out is what a build would make that makes
//! everything again.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::test_runner::TestCaseError;
use serde_json::Value;

use crate::project::{Project, Ran, finish, tree};
use crate::site::persons;
use crate::worlds::runner;

/// How many random sequences there are unless `LOGGIA_CASES` says otherwise.
const SEQUENCES: u32 = 6;

/// How many steps each of them has.
const STEPS: usize = 6;

const FIRST: Date = date(2026, 3, 20);

/// Words that a page shows, and that nobody may find there once a note says them.
const LONG: &str = "The harbour wall was painted in seven quiet colours before the winter storms came over the bay";

/// What happens to a practice between two builds, by its name; the number says how.
type Step = (&'static str, fn(&mut Practice, u8));

const STEPS_OF_ALL: [Step; 26] = [
    ("nothing", |_, _| ()),
    ("a day passes", |practice, _| practice.pass(1)),
    ("days pass", |practice, how| practice.pass(i64::from(how))),
    ("a day comes back", |practice, _| practice.pass(-1)),
    ("an update is written", |practice, how| {
        practice.append(UPDATE, &format!("\nMore of it, {how}.\n"));
    }),
    ("a word of one length is another", |practice, how| {
        let text = practice.read(UPDATE);
        let other = if how.is_multiple_of(2) {
            "I begin wi"
        } else {
            "I start wi"
        };
        practice.write(
            UPDATE,
            &text
                .replace("I start wi", other)
                .replace("I begin wi", other),
        );
    }),
    ("words of a page are put into a note", |practice, _| {
        practice.append(UPDATE, &format!("\n{LONG}.\n"));
        practice.append("nyah/notes/2026-01-20-session.md", &format!("\n{LONG}.\n"));
    }),
    ("a picture that a page shows is another", |practice, how| {
        practice.show_picture(how);
    }),
    ("a note is written", |practice, how| {
        practice.write(
            &format!("mateo/notes/2026-02-0{}-call.md", how % 9 + 1),
            "Some words.\n",
        );
    }),
    ("sharing is narrowed", |practice, _| {
        practice.swap(
            "nyah/engagement.toml",
            "updates = [\"manager\"]",
            "updates = []",
        );
    }),
    ("sharing is widened", |practice, _| {
        practice.swap(
            "nyah/engagement.toml",
            "updates = []",
            "updates = [\"manager\"]",
        );
    }),
    ("someone leaves on a day to come", |practice, how| {
        let day = practice.day + i64::from(how % 9).days();
        let until = format!("id = \"priya\"\nuntil = {day}");
        practice.swap("nyah/engagement.toml", "id = \"priya\"", &until);
    }),
    ("it closes on a day to come", |practice, how| {
        let day = practice.day + i64::from(how % 9).days();
        let closes = format!("end = 2026-09-30\ncloses = {day}");
        practice.swap("mateo/engagement.toml", "end = 2026-09-30", &closes);
    }),
    ("an update waits for its day", |practice, how| {
        let day = practice.day + i64::from(how % 5).days();
        let text = practice.read(UPDATE);
        practice.write(&format!("nyah/updates/{day}-later.md"), &text);
    }),
    ("a term is to be kept out", |practice, how| {
        let term = ["Falcon", "meetings", "delegation"][usize::from(how) % 3];
        practice.swap(
            "loggia.toml",
            "\"Project Falcon\"",
            &format!("\"Project Falcon\", \"{term}\""),
        );
    }),
    ("the firm has another name", |practice, how| {
        practice.swap("loggia.toml", "Harbour Coaching", &format!("Harbour {how}"));
        practice.swap("loggia.toml", "Harbour", "Harbour Coaching");
    }),
    ("pages are sealed, or not", |practice, _| {
        let text = practice.read("loggia.toml");
        let text = match text.contains("access = \"link\"\n") {
            true => text.replace("access = \"link\"\n", ""),
            false => text.replace("[site]\n", "[site]\naccess = \"link\"\n"),
        };
        practice.write("loggia.toml", &text);
    }),
    ("the theme is another", |practice, how| {
        let theme = practice.project.folder().join("themes/own");
        fs::create_dir_all(theme.join("strings")).unwrap();
        let ours = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/themes/default/strings/en.toml"
        );
        let words = fs::read_to_string(ours).unwrap();
        let words = words.replace("\"Updates\"", &format!("\"Letters {how}\""));
        fs::write(theme.join("strings/en.toml"), words).unwrap();
        fs::write(theme.join("theme.toml"), "version = 2\n").unwrap();
        let text = practice.read("loggia.toml");
        if !text.contains("theme = ") {
            practice.write(
                "loggia.toml",
                &text.replace("[site]\n", "[site]\ntheme = \"own\"\n"),
            );
        }
    }),
    ("a title is another", |practice, how| {
        let title = "Planning out loud";
        practice.swap("mateo/engagement.toml", title, &format!("{title} {how}"));
    }),
    ("an engagement comes or goes", |practice, _| {
        if practice.project.path("ada").exists() {
            practice.project.remove("ada");
        } else {
            for (name, bytes) in tree(&practice.project.path("nyah")) {
                practice.project.write(&format!("ada/{name}"), bytes);
            }
            practice.swap("ada/engagement.toml", "Leading through others", "Saying no");
        }
    }),
    ("pages of the site are tampered with", |practice, how| {
        let site = practice.project.site();
        let pages: Vec<String> = tree(&site)
            .into_keys()
            .filter(|path| path.starts_with("p/"))
            .collect();
        let Some(page) = pages.get(usize::from(how) % pages.len().max(1)) else {
            return;
        };
        let page = site.join(page);
        match how % 3 {
            0 => fs::remove_file(page).unwrap(),
            1 => fs::write(&page, [&fs::read(&page).unwrap()[..], b"x"].concat()).unwrap(),
            _ => fs::set_permissions(page, fs::Permissions::from_mode(0o600)).unwrap(),
        }
    }),
    ("the site is gone", |practice, _| {
        let _ = fs::remove_dir_all(practice.project.site());
    }),
    ("a record is damaged", |practice, how| {
        let records = practice.project.path(".loggia");
        for name in tree(&records)
            .into_keys()
            .filter(|name| how < 128 || name.ends_with(".made"))
        {
            let path = records.join(name);
            let mut bytes = fs::read(&path).unwrap();
            let place = usize::from(how) * 37 % bytes.len().max(1);
            if let Some(byte) = bytes.get_mut(place) {
                *byte ^= 1;
            }
            fs::write(path, bytes).unwrap();
        }
    }),
    ("a build is killed", |practice, how| practice.kill(how)),
    ("it is not audited", |practice, _| {
        practice.is_audited = !practice.is_audited;
    }),
    ("a rating is changed in a round to come", |practice, how| {
        let name = "mateo/pulse/2026-03-02.csv";
        let text = practice.read(name);
        let header = text.lines().next().unwrap().to_owned();
        let month = how % 6 + 4;
        practice.write(
            &format!("mateo/pulse/2026-0{month}-02.csv"),
            &format!("{header}\n"),
        );
    }),
];

const UPDATE: &str = "nyah/updates/2026-03-15-first-month.md";

/// Two engagements and a person who reads both, on a day.
struct Practice {
    project: Project,
    day: Date,
    is_audited: bool,
}

impl Practice {
    fn new() -> Self {
        let project = persons::project("access = \"link\"");
        let key = project.path("loggia.key");
        fs::write(
            &key,
            "0000000000000000000000000000000000000000000000000000n",
        )
        .unwrap();
        fs::set_permissions(key, fs::Permissions::from_mode(0o600)).unwrap();
        Self {
            project,
            day: FIRST,
            is_audited: true,
        }
    }

    /// One whose site is out, and of which everything may stay.
    fn published() -> Self {
        let practice = Self::new();
        // The first build writes records, which the second one reads.
        for _ in 0..2 {
            let ran = practice.build(practice.project.folder(), &[]);
            assert_eq!(ran.code, 0, "{}", ran.stderr);
        }
        practice
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.project.path(name)).unwrap_or_default()
    }

    fn write(&self, name: &str, text: &str) {
        self.project.write(name, text);
    }

    fn append(&self, name: &str, text: &str) {
        self.write(name, &(self.read(name) + text));
    }

    /// Replaces a text, if it stands there.
    fn swap(&self, name: &str, from: &str, to: &str) {
        self.write(name, &self.read(name).replacen(from, to, 1));
    }

    /// Has an update show a picture, which is one of two.
    fn show_picture(&self, how: u8) {
        let shown = "![The room](files/room.png)";
        if !self.read(UPDATE).contains(shown) {
            self.append(UPDATE, &format!("\n{shown}\n"));
        }
        let names = ["before-the-meeting.png", "whiteboard-12-october.png"];
        let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/content/nyah-adeyemi/files");
        let name = names[usize::from(how) % names.len()];
        let place = self.project.path("nyah/files/room.png");
        fs::copy(Path::new(samples).join(name), place).unwrap();
    }

    fn pass(&mut self, days: i64) {
        self.day += days.days();
    }

    fn arguments<'a>(&self, day: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let mut arguments = vec!["build", "--today", day];
        arguments.extend((!self.is_audited).then_some("--no-audit"));
        arguments.extend(more);
        arguments
    }

    fn build(&self, folder: &Path, more: &[&str]) -> Ran {
        let day = self.day.to_string();
        let mut command = self.project.command(&self.arguments(&day, more));
        finish(command.current_dir(folder))
    }

    /// How many engagements stay as they were made, and how many files are written.
    fn counts(&self) -> (u64, u64) {
        let ran = self.build(self.project.folder(), &["--json"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let told: Value = serde_json::from_str(&ran.stdout).unwrap();
        let count = |name: &str| told[name].as_u64().unwrap();
        (count("unchanged"), count("written"))
    }

    fn kill(&self, how: u8) {
        let day = self.day.to_string();
        let mut command = self.project.command(&self.arguments(&day, &[]));
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(u64::from(how)));
        let _ = child.kill();
        child.wait().unwrap();
    }

    /// Builds, and the same in a copy where everything is made again; both must come to the same.
    fn check(&self) -> Result<(), String> {
        let copy = tempfile::tempdir().unwrap();
        copy_all(self.project.folder(), copy.path());
        let ran = self.build(self.project.folder(), &[]);
        let fresh = self.build(copy.path(), &["--fresh"]);
        if (ran.code, &ran.stdout, &ran.stderr) != (fresh.code, &fresh.stdout, &fresh.stderr) {
            return Err(format!("{ran:?}\n\nand made again\n\n{fresh:?}"));
        }
        let (one, mut other) = (tree(self.project.folder()), tree(copy.path()));
        let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
        let differ = |name: &&&String| one.get(**name) != other.get(**name);
        let names: Vec<String> = names
            .iter()
            .filter(differ)
            .map(|name| (**name).clone())
            .collect();
        other.clear();
        match names.iter().find(|name| !name.ends_with(".made")) {
            Some(name) => Err(format!("{name} is another")),
            None => Ok(()),
        }
    }
}

/// Copies a folder with all that is in it, permissions included.
fn copy_all(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).min_depth(1) {
        let entry = entry.unwrap();
        let place = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(&place).unwrap();
        } else {
            fs::copy(entry.path(), &place).unwrap();
        }
        fs::set_permissions(&place, entry.metadata().unwrap().permissions()).unwrap();
    }
}

#[test]
fn whatever_happens_in_between_a_build_makes_what_a_fresh_one_would() {
    let steps = vec((0..STEPS_OF_ALL.len(), any::<u8>()), STEPS);
    let steps = steps.prop_map(|steps| {
        let steps = steps.into_iter();
        steps
            .map(|(step, how)| (STEPS_OF_ALL[step], how))
            .collect::<Vec<_>>()
    });
    let result = runner(SEQUENCES).run(&steps, |steps| {
        let mut practice = Practice::published();
        let mut told = Vec::new();
        for ((name, step), how) in steps {
            step(&mut practice, how);
            told.push(format!("{name} ({how})"));
            let checked = practice.check();
            checked.map_err(|why| TestCaseError::fail(format!("{told:#?}\n{why}")))?;
        }
        Ok(())
    });
    if let Err(proptest::test_runner::TestError::Fail(why, _)) = result {
        panic!("{why}");
    }
}

#[test]
fn each_thing_that_happens_is_noticed() {
    for ((name, step), how) in STEPS_OF_ALL.into_iter().zip(1..) {
        let mut practice = Practice::published();
        step(&mut practice, how);
        let checked = practice.check();
        checked.unwrap_or_else(|why| panic!("{name} ({how}): {why}"));
        // Each day until what was to come has come.
        let is_to_come = name.contains("to come") || name.contains("its day");
        for later in 1..=if is_to_come { 9 } else { 1 } {
            practice.pass(1);
            let checked = practice.check();
            checked.unwrap_or_else(|why| panic!("{name} ({how}), {later} days later: {why}"));
        }
    }
}

#[test]
fn nothing_is_made_where_nothing_changed() {
    let mut practice = Practice::published();
    assert_eq!(practice.counts(), (2, 0));
    practice.pass(1);
    assert_eq!(practice.counts(), (2, 0));
    practice.append(UPDATE, "\nMore of it.\n");
    let (unchanged, written) = practice.counts();
    assert_eq!(unchanged, 1);
    assert!(written > 0);
    assert_eq!(practice.counts(), (2, 0));
    // The milestone is over.
    practice.day = date(2026, 7, 1);
    assert_eq!(practice.counts().0, 0);
    assert_eq!(practice.counts(), (2, 0));
}

#[test]
fn what_was_made_is_for_its_owner_and_closed() {
    let practice = Practice::published();
    let records = practice.project.path(".loggia");
    let made = tree(&records)
        .into_iter()
        .filter(|(name, _)| name.ends_with(".made"));
    let made: Vec<(String, Vec<u8>)> = made.collect();
    assert_eq!(made.len(), 1);
    for (name, bytes) in made {
        let mode = fs::metadata(records.join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        for word in ["nyah", "priya", "goals", "index.html"] {
            let is_there = bytes
                .windows(word.len())
                .any(|window| window == word.as_bytes());
            assert!(!is_there, "{word}");
        }
    }
    let ran = practice.project.run(&["forget", "nyah", "tom"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let made = tree(&records)
        .into_iter()
        .filter(|(name, _)| name.ends_with(".made"));
    assert!(made.map(|(_, bytes)| bytes).all(|bytes| bytes.is_empty()));
}

#[test]
fn another_passphrase_makes_the_page_again() {
    let practice = Practice::new();
    let text = practice.read("loggia.toml");
    practice.write("loggia.toml", &text.replace("access = \"link\"\n", ""));
    let priya = "id = \"priya\"\npassphrase = true";
    practice.swap("nyah/engagement.toml", "id = \"priya\"", priya);
    let build = |words: &str, more: &[&str]| {
        let mut command = practice
            .project
            .command(&practice.arguments("2026-03-20", more));
        let passphrases = format!("[nyah]\npriya = \"{words}\"\n");
        let ran = finish(command.env("LOGGIA_PASSPHRASES", passphrases));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        tree(&practice.project.site())
    };
    build("six quiet herons over the wide bay", &[]);
    let first = build("six quiet herons over the wide bay", &[]);
    let second = build("nine loud lanterns under a low roof", &[]);
    assert_ne!(first, second);
    assert_eq!(
        build("nine loud lanterns under a low roof", &["--fresh"]),
        second
    );
}

/// Once files are old enough their stamps count, of the folder and of the site, and they tell of every change.
#[test]
fn stamps_of_old_files_tell_what_changed() {
    let practice = Practice::published();
    std::thread::sleep(Duration::from_millis(4500));
    // By what is in the files, then by their stamps.
    for _ in 0..3 {
        assert_eq!(practice.counts(), (2, 0));
    }
    let site = practice.project.site();
    let pages = tree(&site);
    let is_page = |name: &&String| name.starts_with("p/") && name.ends_with("index.html");
    let page = site.join(pages.keys().find(is_page).unwrap());
    let was = fs::read(&page).unwrap();
    let time = fs::metadata(&page).unwrap().modified().unwrap();
    let mut other = was.clone();
    let middle = other.len() / 2;
    other[middle] ^= 1;
    fs::write(&page, &other).unwrap();
    // As long as it was, and as if nobody had written to it.
    let file = fs::File::options().write(true).open(&page).unwrap();
    file.set_modified(time).unwrap();
    drop(file);
    // Old enough once more: what tells of the change is the stamp, not its age.
    std::thread::sleep(Duration::from_millis(4500));
    let (unchanged, written) = practice.counts();
    assert!(unchanged == 1 && written > 0, "{unchanged} {written}");
    assert_eq!(fs::read(&page).unwrap(), was);
    practice.append(UPDATE, "\nMore of it.\n");
    assert_eq!(practice.counts().0, 1);
    practice.check().unwrap();
}

#[test]
fn a_picture_makes_pages_again_where_a_text_shows_it() {
    let practice = Practice::published();
    practice.show_picture(0);
    let unseen = practice.project.path("nyah/files/unseen.png");
    fs::write(&unseen, "1").unwrap();
    assert_eq!(practice.counts().0, 1, "the other engagement");
    assert_eq!(practice.counts(), (2, 0));
    practice.show_picture(1);
    let (unchanged, written) = practice.counts();
    assert!(unchanged == 1 && written > 0);
    assert_eq!(practice.counts(), (2, 0));
    fs::write(&unseen, "2").unwrap();
    assert_eq!(practice.counts(), (2, 0), "nobody looks at that one");
    practice.check().unwrap();
}

#[test]
fn another_theme_makes_pages_again() {
    let mut practice = Practice::published();
    let (_, step) = STEPS_OF_ALL
        .into_iter()
        .find(|(name, _)| name.contains("theme"))
        .unwrap();
    // The first step names the theme in loggia.toml, the second one changes the theme alone.
    for how in [1, 2] {
        let before = tree(&practice.project.site());
        step(&mut practice, how);
        practice.check().unwrap();
        assert!(tree(&practice.project.site()) != before);
    }
}

#[test]
fn what_went_out_without_an_audit_is_audited_when_that_is_asked_for() {
    let mut practice = Practice::published();
    // Without notes an engagement is the same folder for both.
    practice.project.remove("nyah/notes");
    practice.is_audited = false;
    let private = format!("\n::: private\n{LONG}.\n:::\n");
    practice.append("nyah/goals/1-clear.md", &private);
    practice.append(UPDATE, &format!("\n{LONG}.\n"));
    practice.check().unwrap();
    practice.is_audited = true;
    let ran = practice.build(practice.project.folder(), &[]);
    assert!(
        ran.stderr.contains("also stand in a private passage"),
        "{}",
        ran.stderr
    );
    practice.check().unwrap();
}
