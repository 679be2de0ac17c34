//! Damage of every kind: no panic, and nothing private on a page.
//!
//! The samples are damaged byte by byte and piece by piece and read as a build reads them. `LOGGIA_MUTATIONS` asks for more than the
//! usual number, `LOGGIA_SEED` for others.

use std::collections::BTreeSet;
use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::civil::Date;
use loggia::content::{Book, Fewest};
use loggia::engagement::id::EngagementId;
use loggia::pipeline::reading;
use loggia::pipeline::workspace::Workspace;

use crate::damage::{Dice, worse};
use crate::project::{Project, reader_pages, tree};

/// How many damaged folders are read in an ordinary run, on two threads together.
const USUAL: u64 = 3_000;

/// A day on which the samples are on their way.
pub(crate) const TODAY: &str = "2026-11-22";

#[test]
fn damage_makes_no_panic_and_shows_nothing_private() {
    let asked = env::var("LOGGIA_MUTATIONS")
        .ok()
        .and_then(|number| number.parse().ok());
    let seed = env::var("LOGGIA_SEED")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(1);
    let total = asked.unwrap_or(USUAL);
    let counts = std::thread::scope(|scope| {
        let run = |part: u64| move || damaged(total / 2, seed * 1000 + part);
        let one = scope.spawn(run(1));
        let other = scope.spawn(run(2));
        [one.join().unwrap(), other.join().unwrap()]
    });
    let sound: u64 = counts.iter().sum();
    eprintln!("{total} damaged folders, of which {sound} could still be read");
    // Damage that never leaves anything to read would prove nothing.
    assert!(sound > total / 50 && sound < total, "{sound} of {total}");
}

/// Reads so many damaged folders, and returns how many of them could still be read.
fn damaged(times: u64, seed: u64) -> u64 {
    let project = Project::samples();
    let files: Vec<(String, Vec<u8>)> = tree(&project.content()).into_iter().collect();
    let secrets = Secrets::of(&files);
    let workspace = Workspace::open(&project.content()).unwrap();
    let today: Date = TODAY.parse().unwrap();
    for id in &workspace.book().engagements {
        assert_eq!(secrets.shown(&workspace, id, today), Ok(true), "{id}");
    }
    let mut dice = Dice(seed);
    let mut sound = 0;
    for round in 0..times {
        let (name, bytes) = &files[dice.below(files.len())];
        let worse = worse(bytes, &mut dice);
        project.write(name, &worse);
        let outcome = catch_unwind(AssertUnwindSafe(|| match name.split_once('/') {
            Some((engagement, _)) => {
                let id = EngagementId::parse(engagement).unwrap();
                loggia::audit::notes::problems(&project.content(), engagement);
                secrets.shown(&workspace, &id, today)
            }
            None => Ok(Workspace::open(&project.content()).is_ok()),
        }));
        let kept = || {
            let place = env::temp_dir().join(format!("loggia-damaged-{seed}-{round}"));
            std::fs::write(&place, &worse).unwrap();
            place
        };
        match outcome {
            Ok(Ok(is_sound)) => sound += u64::from(is_sound),
            Ok(Err(secret)) => panic!("{name}: {secret:?} is on a page; see {}", kept().display()),
            Err(_) => panic!("{name}: a panic; see {}", kept().display()),
        }
        project.write(name, bytes);
    }
    sound
}

/// What no page may hold: runs of words from notes, private passages and comments.
pub(crate) struct Secrets(BTreeSet<String>);

impl Secrets {
    /// So many words in a row are nobody's by chance.
    const RUN: usize = 5;

    pub(crate) fn of(files: &[(String, Vec<u8>)]) -> Self {
        let mut secrets = BTreeSet::new();
        let mut open = String::new();
        for (name, bytes) in files {
            let Ok(text) = std::str::from_utf8(bytes) else {
                continue;
            };
            let mut is_private = name.contains("/notes/");
            for line in text.lines() {
                match line {
                    "::: private" => is_private = true,
                    ":::" => is_private = name.contains("/notes/"),
                    line if is_private => secrets.extend(runs(line)),
                    line if name.ends_with(".csv") => {
                        let comment = line.split(',').skip(4).collect::<Vec<_>>().join(",");
                        secrets.extend(runs(&comment));
                    }
                    line => open += &format!("{line}\n"),
                }
            }
        }
        for run in runs(&open) {
            secrets.remove(&run);
        }
        assert!(secrets.len() > 100, "{}", secrets.len());
        Self(secrets)
    }

    /// Whether an engagement can be read; or else the secret that a page of it holds.
    pub(crate) fn shown(
        &self,
        workspace: &Workspace,
        id: &EngagementId,
        today: Date,
    ) -> Result<bool, String> {
        let reading = reading::engagement(workspace, id, today.into()).reading;
        for problem in &reading.problems {
            self.absent_from(&problem.render(true))?;
        }
        let Some(engagement) = reading.value else {
            return Ok(false);
        };
        let Ok(portals) = reader_pages(workspace, &engagement, today) else {
            return Ok(false);
        };
        for portal in portals {
            self.absent_from(portal.page.document())?;
        }
        Ok(true)
    }

    fn absent_from(&self, text: &str) -> Result<(), String> {
        runs(text)
            .find(|run| self.0.contains(run))
            .map_or(Ok(()), Err)
    }
}

/// Every run of so many words in a text, without tags and marks.
fn runs(text: &str) -> impl Iterator<Item = String> {
    let mut plain = String::with_capacity(text.len());
    let mut is_tag = false;
    for letter in text.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if is_tag => {}
            letter if letter.is_alphanumeric() => plain.extend(letter.to_lowercase()),
            '\'' | '’' => {}
            _ => plain.push(' '),
        }
    }
    let words: Vec<String> = plain.split_whitespace().map(str::to_owned).collect();
    let all: Vec<String> = words
        .windows(Secrets::RUN)
        .map(|run| run.join(" "))
        .collect();
    all.into_iter()
}

#[test]
fn structures_of_every_depth_make_no_panic() {
    let project = Project::small();
    let repeated = |piece: &str, times: usize| piece.repeat(times);
    let goal = "+++\ntitle = \"x\"\n+++\n";
    let bodies = [
        ("nyah/goals/3-deep.md", repeated("> ", 5_000)),
        ("nyah/goals/3-deep.md", repeated("- ", 5_000)),
        ("nyah/goals/3-deep.md", repeated("[", 20_000)),
        ("nyah/goals/3-deep.md", repeated("![](", 5_000)),
        ("nyah/goals/3-deep.md", repeated("*a ", 20_000)),
        ("nyah/goals/3-deep.md", repeated("`", 30_001)),
        ("nyah/goals/3-deep.md", repeated("|a|b|\n|-|-|\n", 2_000)),
        (
            "nyah/goals/3-deep.md",
            repeated("::: only manager\n", 2_000),
        ),
        (
            "nyah/goals/3-deep.md",
            repeated("::: only manager\nx\n:::\n", 2_000),
        ),
        ("nyah/goals/3-deep.md", repeated(":::\n", 2_000)),
        ("nyah/goals/3-deep.md", repeated("```\n", 2_001)),
        ("nyah/goals/3-deep.md", repeated("<", 20_000)),
        ("nyah/goals/3-deep.md", repeated("<!--", 5_000)),
        ("nyah/goals/3-deep.md", repeated("[^", 2_000)),
        ("nyah/goals/3-deep.md", repeated("&#x0;", 5_000)),
        ("nyah/goals/3-deep.md", repeated("1. 1) ", 2_000)),
    ];
    for (name, body) in bodies {
        project.write(name, format!("{goal}{body}"));
        read(&project);
        project.remove(name);
    }
    for toml in [
        repeated("a = [", 5_000),
        format!("x = {}1{}", repeated("[", 5_000), repeated("]", 5_000)),
        format!("x = {}1{}", repeated("{a=", 5_000), repeated("}", 5_000)),
        repeated("[a.", 5_000),
        format!("{}b = 1", repeated("a.", 5_000)),
        repeated("[[stakeholder]]\n", 5_000),
        repeated("[[stakeholder]]\nid = 1\n", 300),
        repeated("title = \"x\"\n", 2_000),
        repeated("unknown-1 = 1\n", 1),
        "title = \"".to_owned() + &repeated("\\u00e9", 5_000),
        "title = \"\"\"".to_owned() + &repeated("\n", 5_000),
    ] {
        let text = project.read("nyah/engagement.toml");
        project.write("nyah/engagement.toml", &toml);
        read(&project);
        project.write("nyah/engagement.toml", text);
    }
    for csv in [
        repeated(",", 10_000),
        repeated("\"", 10_001),
        repeated("\n", 10_000),
        format!("rater,goal,score\n{}", repeated("tom,clear,1\n", 2_000)),
        format!("rater,goal,score\n{}", repeated("\"\"\"\"", 5_000)),
        format!(
            "rater,goal,score,comment\n{}",
            repeated("tom,clear,1,\"a\nb\"\r\n", 500)
        ),
        format!("rater,goal,score\n{}\n", repeated("x", 100_000)),
        "rater,goal,score\rtom,clear,1\rlena,clear,2\r".to_owned(),
    ] {
        let text = project.read("nyah/pulse/2026-03-02.csv");
        project.write("nyah/pulse/2026-03-02.csv", csv);
        read(&project);
        project.write("nyah/pulse/2026-03-02.csv", text);
    }
}

/// Reads the small engagement, and renders whatever is said about it.
fn read(project: &Project) {
    let book = Book::open(&project.content(), Fewest::One).value.unwrap();
    for id in &book.engagements {
        for problem in book.engagement(id, Date::MAX.into()).problems {
            problem.render(true);
        }
    }
}
