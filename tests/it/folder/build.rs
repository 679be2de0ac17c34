//! A folder built, and what each reader gets of it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use jiff::civil::Date;
use loggia::diagnostic::Diagnostic;
use loggia::pipeline::checking::check;
use loggia::pipeline::options::{BuildOptions, IfBroken};
use loggia::pipeline::preview::preview;
use loggia::pipeline::workspace::Workspace;
use loggia::pipeline::{BuildRequest, asking_mails, inviting, persons};
use loggia::{access, pipeline};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::folder::write::{ENGAGEMENT, Files};
use crate::folder::{Folder, Number, TODAY};

/// The key of every site here.
const KEY: &str = "0000000000000000000000000000000000000000000000000000n";

/// Where the record of what was agreed is.
const RECORD: &str = "engagement/share.lock";

/// A file that came out: its permissions and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) mode: u32,
    pub(crate) bytes: Vec<u8>,
}

/// How a folder is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Each page as it is.
    Open,
    /// Each page sealed.
    Sealed,
}

/// A site.
pub(crate) struct Site {
    /// Each reader's page, with its path.
    pub(crate) portals: BTreeMap<Number, (String, Output)>,
    /// What each reader reads there.
    pub(crate) texts: BTreeMap<Number, String>,
    /// The page of the person who reads one of these portals, with its path, and what that person reads there.
    pub(crate) person: Option<(String, Output, String)>,
    /// Each rater's asking page, with its path, and what the rater reads there.
    pub(crate) asking: BTreeMap<Number, (String, Output, String)>,
    /// Every file that is nobody's page.
    pub(crate) shared: BTreeMap<String, Output>,
    /// What was told while it was built.
    pub(crate) told: String,
}

/// Whether the program under test is a copy that lets out a deliberate leak, for the tests of the tests.
pub(crate) fn is_leaking() -> bool {
    std::env::var_os("LOGGIA_LEAK").is_some()
}

impl Folder {
    /// Builds it in a folder of its own.
    #[track_caller]
    pub(crate) fn built(&self) -> Site {
        self.built_as(Mode::Open, None)
    }

    /// Builds it, with a page of its own for the person who is `reader` here.
    #[track_caller]
    pub(crate) fn built_as(&self, mode: Mode, reader: Option<Number>) -> Site {
        self.built_of(&self.files_as(mode, reader))
    }

    /// Builds it as the next build after one that left this record of what was agreed.
    #[track_caller]
    pub(crate) fn built_after(&self, record: &str, reader: Option<Number>) -> Site {
        let mut files = self.files_as(Mode::Open, reader);
        files.insert(RECORD.to_owned(), record.as_bytes().to_vec());
        self.built_of(&files)
    }

    /// The folder as it was when the coachee agreed to less on an earlier day; nothing where that cannot have been.
    pub(crate) fn when_agreed_on(&self, day: &str) -> Option<Self> {
        let agreed = self.agreed.as_deref()?;
        if agreed <= day || agreed > TODAY {
            return None;
        }
        let mut past = self.clone();
        past.agreed = Some(day.to_owned());
        // Less was shared then, so that a page has more than one day to tell.
        past.share.remove("goals");
        past.share.remove("updates");
        Some(past)
    }

    /// The record of what was agreed that a build of it leaves; nothing where it cannot be built.
    pub(crate) fn recorded(&self) -> Option<String> {
        let files = self.files();
        let place = place();
        let (content, out) = (place.path().join("content"), place.path().join("site"));
        write(&content, &files);
        let workspace = Workspace::open(&content).ok()?;
        let request = BuildRequest {
            report: None,
            out: &out,
            today: TODAY.parse().unwrap(),
            options: BuildOptions::of(false, is_leaking()),
            if_broken: IfBroken::Stop,
        };
        pipeline::build(&workspace, &request, &|| ()).ok()?;
        fs::read_to_string(content.join(RECORD)).ok()
    }

    /// Builds these files of it.
    #[track_caller]
    fn built_of(&self, files: &Files) -> Site {
        let place = place();
        let content = place.path().join("content");
        write(&content, files);
        let out = place.path().join("site");
        let today = TODAY.parse().unwrap();
        let workspace = Workspace::open(&content)
            .unwrap_or_else(|failure| panic!("{}", shown(&failure.problems)));
        // The audit of the program would stop some leaks; here the tests have to.
        let options = BuildOptions::of(false, is_leaking());
        let request = BuildRequest {
            report: None,
            out: &out,
            today,
            options,
            if_broken: IfBroken::Stop,
        };
        let built = pipeline::build(&workspace, &request, &|| ())
            .unwrap_or_else(|failure| panic!("{}\n{}", shown(&failure.problems), self.all_files()));
        let mut told = shown(&built.warnings);
        let checked = check(&workspace, today)
            .unwrap_or_else(|failure| panic!("{}", shown(&failure.problems)));
        told += &shown(&checked);
        self.sorted_out(&workspace, &out, today, told)
    }

    /// Its files, where loggia.toml says how pages are kept and who reads several portals.
    fn files_as(&self, mode: Mode, reader: Option<Number>) -> Files {
        let mut files = self.files();
        let site = files.get_mut("loggia.toml").unwrap();
        let mut text = String::from_utf8(std::mem::take(site)).unwrap();
        if mode == Mode::Sealed {
            text = text.replace("access = \"link\"", "access = \"sealed\"");
        }
        if let Some(number) = reader {
            let person = self.person(number);
            let (id, name) = (&person.id, toml::Value::from(person.name.clone()));
            text += &format!(
                "[[person]]\nid = \"the-reader\"\nname = {name}\nengagements = {{ \"{ENGAGEMENT}\" = \"{id}\" }}\n"
            );
        }
        *site = text.into_bytes();
        files
    }

    /// Finds in a site what is whose.
    fn sorted_out(&self, workspace: &Workspace, out: &Path, today: Date, told: String) -> Site {
        let mut shared = outputs(out);
        let mut read = |link: &loggia::access::link::Link| {
            let path = link.path().as_str().to_owned();
            let output = shared.remove(&path).unwrap();
            let file = String::from_utf8(output.bytes.clone()).unwrap();
            let text = access::opened(&file, link, None).unwrap_or(file);
            (path, output, text)
        };
        let (mut portals, mut texts) = (BTreeMap::new(), BTreeMap::new());
        let invitations = inviting::links(workspace, today, out);
        for invitation in
            invitations.unwrap_or_else(|failure| panic!("{}", shown(&failure.problems)))
        {
            let mut people = self.people.iter();
            let person = people.find(|person| person.id == invitation.stakeholder);
            let (path, output, text) = read(&invitation.link);
            let number = person.unwrap().number;
            portals.insert(number, (path, output));
            texts.insert(number, text);
        }
        let asked = asking_mails::links(workspace, today, out)
            .unwrap_or_else(|failure| panic!("{}", shown(&failure.problems)));
        let mut asking = BTreeMap::new();
        for link in asked {
            let person = self.people.iter().find(|person| person.id == link.rater);
            asking.insert(person.unwrap().number, read(&link.link));
        }
        let ways = persons::links(workspace, today, out)
            .unwrap_or_else(|failure| panic!("{}", shown(&failure.problems)));
        let person = ways.first().map(|way| read(&way.link));
        Site {
            portals,
            texts,
            person,
            asking,
            shared,
            told,
        }
    }

    /// Holds what is previewed against a site that is not sealed: each page is the one that was published.
    pub(crate) fn check_preview(&self, site: &Site) -> Result<(), String> {
        let place = place();
        let content = place.path().join("content");
        write(&content, &self.files());
        let workspace = Workspace::open(&content).map_err(|failure| shown(&failure.problems))?;
        let preview = preview(&workspace, ENGAGEMENT, TODAY.parse().unwrap());
        if preview.valid.is_none() || preview.pages.len() != site.portals.len() {
            return Err(format!(
                "the preview has other pages:\n{}",
                shown(&preview.problems)
            ));
        }
        for page in &preview.pages {
            let mut people = self.people.iter();
            let person = people.find(|person| person.id == page.reader).unwrap();
            let (_, published) = &site.portals[&person.number];
            let digest: [u8; 32] = Sha256::digest(&published.bytes).into();
            if digest != page.digest {
                return Err(format!("the preview of {:?} is another page", page.reader));
            }
        }
        Ok(())
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
