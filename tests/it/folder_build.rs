//! A folder built, and what each reader gets of it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use loggia::diagnostic::Diagnostic;
use loggia::pipeline::Studio;
use loggia::pipeline::manner::Manner;
use tempfile::TempDir;

use crate::folder::Folder;
use crate::folder::Number;
use crate::folder::TODAY;
use crate::folder_write::Files;

/// The key of every site here.
const KEY: &str = "0000000000000000000000000000000000000000000000000000n";

/// A file that came out: its permissions and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) mode: u32,
    pub(crate) bytes: Vec<u8>,
}

/// A site.
pub(crate) struct Site {
    /// Each reader's page, with its path.
    pub(crate) portals: BTreeMap<Number, (String, Output)>,
    /// Every file that is nobody's page.
    pub(crate) shared: BTreeMap<String, Output>,
    /// What was told while it was built.
    pub(crate) told: String,
}

impl Folder {
    /// Builds it in a folder of its own.
    #[track_caller]
    pub(crate) fn built(&self) -> Site {
        let place = place();
        let content = place.path().join("content");
        write(&content, &self.files());
        let out = place.path().join("site");
        let today = TODAY.parse().unwrap();
        let studio =
            Studio::open(&content).unwrap_or_else(|failure| panic!("{}", shown(&failure.problems)));
        // The audit of the program would stop some leaks; here the tests have to.
        let manner = Manner::of(false, cfg!(feature = "leaks"));
        let built = studio
            .build(&out, today, manner)
            .unwrap_or_else(|failure| panic!("{}\n{}", shown(&failure.problems), self.all_files()));
        let mut told = shown(&built.warnings);
        let checked = studio
            .check(today)
            .unwrap_or_else(|failure| panic!("{}", shown(&failure.problems)));
        told += &shown(&checked);
        let mut paths = BTreeMap::new();
        for invitation in studio
            .invitations(today, &out)
            .unwrap_or_else(|failure| panic!("{}", shown(&failure.problems)))
        {
            let person = self
                .people
                .iter()
                .find(|person| person.id == invitation.stakeholder)
                .unwrap();
            paths.insert(person.number, invitation.link.path().as_str().to_owned());
        }
        let mut shared = outputs(&out);
        let page = |shared: &mut BTreeMap<String, Output>, path: String| {
            (shared.remove(&path).unwrap(), path)
        };
        let portals = paths.into_iter().map(|(number, path)| {
            let (output, path) = page(&mut shared, path);
            (number, (path, output))
        });
        Site {
            portals: portals.collect(),
            shared,
            told,
        }
    }
}

impl Folder {
    /// All its files, for whoever has to understand a failure.
    pub(crate) fn all_files(&self) -> String {
        let files = self.files();
        let texts = files
            .iter()
            .map(|(name, bytes)| format!("--- {name}\n{}\n", String::from_utf8_lossy(bytes)));
        texts.collect()
    }
}

/// A folder in memory, where there is one: a thousand sites are written, and nobody has to wait for a disk.
pub(crate) fn place() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

/// Writes a content folder, with its key.
pub(crate) fn write(content: &Path, files: &Files) {
    fs::create_dir_all(content).unwrap();
    for (name, bytes) in files {
        let path = content.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let key = content.join("loggia.key");
    fs::write(&key, KEY).unwrap();
    fs::set_permissions(key, fs::Permissions::from_mode(0o600)).unwrap();
}

/// Every file below a folder, by its path.
pub(crate) fn outputs(folder: &Path) -> BTreeMap<String, Output> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            found.extend(
                outputs(&path)
                    .into_iter()
                    .map(|(inner, output)| (format!("{name}/{inner}"), output)),
            );
        } else {
            let mode = path.metadata().unwrap().permissions().mode();
            found.insert(
                name,
                Output {
                    mode,
                    bytes: fs::read(&path).unwrap(),
                },
            );
        }
    }
    found
}

/// Problems as the coach reads them.
pub(crate) fn shown(problems: &[Diagnostic]) -> String {
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| format!("{problem}\n"))
        .collect();
    lines.concat()
}
