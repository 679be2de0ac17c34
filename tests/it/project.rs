//! A content folder of one's own in a temporary place, the program run on it, and what the coach then reads.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use loggia::access::key::Key;
use loggia::access::link::{Link, LinkNumbers, LinkSource};
use loggia::diagnostic::Diagnostic;
use loggia::engagement::Engagement;
use loggia::pipeline::pages;
use loggia::pipeline::pages::{PageSource, ReaderPage};
use loggia::pipeline::workspace::Workspace;
use loggia::progress;
use loggia::progress::past::Past;
use tempfile::TempDir;

/// The day on which the small engagement's sites are built.
pub(crate) const TODAY: &str = "2026-03-20";

/// The day on which the samples' sites are built: all of them have begun.
const TODAY_OF_SAMPLES: &str = "2026-11-22";

/// Long enough for any build here, and far too short for one that waits for something that never comes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder that holds `content/`.
pub(crate) struct Project {
    folder: TempDir,
    today: &'static str,
}

/// What a run of the program left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Every file of a folder with its bytes, by its path.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

impl Project {
    /// One small engagement with a file of every kind: `tests/cases/small`.
    pub(crate) fn small() -> Self {
        Self::from("tests/cases/small", TODAY)
    }

    /// The samples that the README shows.
    pub(crate) fn samples() -> Self {
        Self::from("content", TODAY_OF_SAMPLES)
    }

    /// An engagement whose rounds version 0.1.0 published and recorded: `tests/cases/recorded`.
    pub(crate) fn recorded() -> Self {
        Self::from("tests/cases/recorded", "2026-11-27")
    }

    fn from(folder: &str, today: &'static str) -> Self {
        let project = Self {
            folder: tempfile::tempdir().unwrap(),
            today,
        };
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &project.content(),
        );
        project
    }

    /// Where the content is.
    pub(crate) fn content(&self) -> PathBuf {
        self.folder.path().join("content")
    }

    /// Where the site is.
    pub(crate) fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// The folder that holds both.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file of the content.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.content().join(name)
    }

    /// Writes a file of the content, new or not.
    #[track_caller]
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// The text of a file of the content.
    #[track_caller]
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Replaces the only place where `from` stands in a file of the content.
    #[track_caller]
    pub(crate) fn replace(&self, name: &str, from: &str, to: &str) -> &Self {
        let text = self.read(name);
        assert_eq!(
            text.matches(from).count(),
            1,
            "`{from}` stands once in {name}"
        );
        self.write(name, text.replacen(from, to, 1))
    }

    /// Takes a file or folder out of the content.
    #[track_caller]
    pub(crate) fn remove(&self, name: &str) -> &Self {
        let path = self.path(name);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(path).unwrap();
        }
        self
    }

    /// Gives a file or folder of the content another name.
    #[track_caller]
    pub(crate) fn rename(&self, from: &str, to: &str) -> &Self {
        fs::rename(self.path(from), self.path(to)).unwrap();
        self
    }

    /// Puts a symbolic link into the content.
    #[track_caller]
    pub(crate) fn link(&self, name: &str, target: &str) -> &Self {
        std::os::unix::fs::symlink(target, self.path(name)).unwrap();
        self
    }

    /// Puts a pipe into the content, at which whoever opens it waits for ever.
    #[track_caller]
    pub(crate) fn pipe(&self, name: &str) -> &Self {
        let made = Command::new("mkfifo")
            .arg(self.path(name))
            .status()
            .unwrap();
        assert!(made.success());
        self
    }

    /// The program, to be run in the folder of this project.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_loggia"));
        command.current_dir(self.folder()).args(arguments);
        for name in [
            "LOGGIA_KEY",
            "LOGGIA_PASSPHRASES",
            "NO_COLOR",
            "CLICOLOR_FORCE",
            "FORCE_COLOR",
        ] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the program on the day of these tests.
    #[track_caller]
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = self.command(arguments);
        finish(command.args(["--today", self.today]))
    }

    /// Builds the site, which must work, and returns it.
    #[track_caller]
    pub(crate) fn built(&self) -> Tree {
        let ran = self.run(&["build"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        tree(&self.site())
    }
}

/// The link of a stakeholder whose own number alone was ever raised.
pub(crate) fn link_of(key: &Key, engagement: &str, stakeholder: &str, number: u32) -> Link {
    let numbers = LinkNumbers::of_stakeholder(number);
    Link::of(
        key,
        &LinkSource {
            engagement,
            stakeholder,
            numbers,
        },
    )
}

/// Runs a program to its end, which must come.
#[track_caller]
pub(crate) fn finish(command: &mut Command) -> Ran {
    let out = tempfile::tempfile().unwrap();
    let error = tempfile::tempfile().unwrap();
    let mut child = command
        .stdin(std::process::Stdio::null())
        .stdout(out.try_clone().unwrap())
        .stderr(error.try_clone().unwrap())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("{command:?} waits for something");
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    Ran {
        code: status.code().unwrap_or(-1),
        stdout: whole(out),
        stderr: whole(error),
    }
}

fn whole(mut file: fs::File) -> String {
    use std::io::{Read, Seek};
    let mut text = String::new();
    file.rewind().unwrap();
    file.read_to_string(&mut text).unwrap();
    text
}

/// Every file below a folder.
pub(crate) fn tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let inside = entry
                .path()
                .strip_prefix(folder)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            tree.insert(inside, fs::read(entry.path()).unwrap());
        }
    }
    tree
}

/// What marks a folder that nothing has replaced or written to.
pub(crate) fn identity(folder: &Path) -> (u64, i64, i64) {
    let data = fs::metadata(folder).unwrap();
    (data.ino(), data.mtime(), data.mtime_nsec())
}

/// Copies what git would have of a folder: everything but a key.
fn copy(from: &Path, to: &Path) {
    for (name, bytes) in tree(from) {
        if name != "loggia.key" && !name.ends_with("rounds.lock") && !name.ends_with("share.lock") {
            let path = to.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
}

/// Makes the page of every reader of an engagement.
pub(crate) fn reader_pages(
    workspace: &Workspace,
    engagement: &Engagement,
    today: Date,
) -> Result<Vec<ReaderPage>, Vec<Diagnostic>> {
    pages::of_all_readers(&PageSource {
        workspace,
        engagement,
        figures: &progress::figures(engagement, &Past::none()),
        today: today.into(),
    })
}
