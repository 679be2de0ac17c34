//! Where records lie: read, and written whole or not at all.

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::diagnostic::Diagnostic;
use crate::files::below::open_below;
use crate::files::modes::Readers;
use crate::publish::replace::Replacement;
use crate::record::contents::Record;
use crate::record::text::{Unusable, read, written};

/// The folder of all records, inside the content folder.
pub const FOLDER: &str = ".loggia";

/// What the name of a record ends with.
const ENDING: &str = ".record";

/// What the name of a file ends with that says what was made of what.
const MADE_ENDING: &str = ".made";

/// The first bytes of such a file, before those that are closed.
const MADE: &[u8] = b"loggia made 1\n";

/// A longer file is none that a build wrote.
const LONGEST: u64 = 256_000_000;

/// Makes 32 bytes of some others with the key of the site.
pub type Hash<'a> = &'a (dyn Fn(&[u8]) -> [u8; 32] + Sync);

/// Takes away all records, which nobody can read without their key, and what killed builds left beside them.
pub fn remove_all(content: &Path) {
    let is_record = |name: &str| name.ends_with(ENDING) || name.ends_with(MADE_ENDING);
    remove(content, &|name| is_record(name) || is_draft(name));
}

/// Takes away what killed builds left beside the records.
pub fn remove_leavings(content: &Path) {
    remove(content, &is_draft);
}

fn is_draft(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(".new")
}

fn remove(content: &Path, is_meant: &dyn Fn(&str) -> bool) {
    let entries = fs::read_dir(content.join(FOLDER));
    for entry in entries.into_iter().flatten().flatten() {
        if is_meant(&entry.file_name().to_string_lossy()) {
            // What cannot be removed is in nobody's way.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The records of a content folder, and which of them is about one folder of a site.
pub struct Store<'a> {
    content: PathBuf,
    site: String,
    hash: Hash<'a>,
}

/// What was found where the record of a folder is kept.
#[derive(Debug)]
pub struct Found {
    /// The record, if it can be used.
    pub record: Option<Record>,
    /// Why it cannot be used, in one line, where there is something that cannot.
    pub notice: Option<Diagnostic>,
}

impl<'a> Store<'a> {
    /// The records in `content`, the one about the site in `out` among them. `hash` is made with the key of the site.
    pub fn of(content: &Path, out: &Path, hash: Hash<'a>) -> Self {
        let between = way(content, out);
        let digest = Sha256::digest(between.as_encoded_bytes());
        Self {
            content: content.to_owned(),
            site: HEXLOWER.encode(&digest[..8]),
            hash,
        }
    }

    /// Reads the record of the site.
    pub fn read(&self) -> Found {
        let name = self.name();
        if fs::symlink_metadata(self.content.join(FOLDER).join(&name)).is_err() {
            return Found {
                record: None,
                notice: None,
            };
        }
        match self.read_file(&name, &self.site) {
            Ok(record) => Found {
                record: Some(record),
                notice: None,
            },
            Err(reason) => Found {
                record: None,
                notice: Some(notice(&format!("{FOLDER}/{name}"), reason)),
            },
        }
    }

    /// Reads all records that can be used, whatever the folder of the site.
    pub fn read_all(&self) -> Vec<Record> {
        let names = self.names();
        let names = names.iter().filter(|name| name.ends_with(ENDING));
        let site = |name: &str| name.trim_end_matches(ENDING).to_owned();
        names
            .filter_map(|name| self.read_file(name, &site(name)).ok())
            .collect()
    }

    /// Every record as `change` makes it, by path inside the content folder. One that cannot be used is emptied: nobody can tell whom it names.
    pub fn changed(&self, change: &dyn Fn(&mut Record)) -> Vec<(String, String)> {
        let names = self.names();
        let names = names.iter().filter(|name| name.ends_with(ENDING));
        let changed = names.map(|name| {
            let site = name.trim_end_matches(ENDING);
            let mut record = self.read_file(name, site).unwrap_or_default();
            change(&mut record);
            let text = written(&record, site, &|body| self.seal(body));
            (format!("{FOLDER}/{name}"), text)
        });
        // What says what was made of what holds words about people, and everything is made again without it.
        let names = self.names();
        let made = names.iter().filter(|name| name.ends_with(MADE_ENDING));
        let emptied = made.map(|name| (format!("{FOLDER}/{name}"), String::new()));
        changed.chain(emptied).collect()
    }

    /// The names of all files where records lie.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.content.join(FOLDER));
        let names = entries.into_iter().flatten().flatten();
        let mut names: Vec<String> = names
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    /// Writes the record of the site beside the one that is there, which it replaces only later.
    pub fn staged(&self, record: &Record) -> Result<Replacement, Diagnostic> {
        let text = written(record, &self.site, &|body| self.seal(body));
        Replacement::private(self.folder()?.join(self.name()), text.as_bytes())
    }

    pub(super) fn name(&self) -> String {
        format!("{}{ENDING}", self.site)
    }

    /// The bytes that say what was made of what, still closed, if there are any.
    pub fn made(&self) -> Option<Vec<u8>> {
        let mut bytes = self.bytes_of(&self.made_name())?;
        bytes.starts_with(MADE).then(|| bytes.split_off(MADE.len()))
    }

    /// Writes these bytes beside those that are there, which they replace only later.
    pub fn staged_made(&self, closed: &[u8]) -> Result<Replacement, Diagnostic> {
        let path = self.folder()?.join(self.made_name());
        Replacement::private(path, &[MADE, closed].concat())
    }

    /// Which folder of a site it is about.
    pub fn site(&self) -> &str {
        &self.site
    }

    fn made_name(&self) -> String {
        format!("{}{MADE_ENDING}", self.site)
    }

    /// The folder of all records, made if it is not there.
    fn folder(&self) -> Result<PathBuf, Diagnostic> {
        let folder = self.content.join(FOLDER);
        let made = Readers::Owner.folder().recursive(true).create(&folder);
        made.map_err(|reason| Diagnostic::cannot_write(&folder, &reason))?;
        Ok(folder)
    }

    fn read_file(&self, name: &str, site: &str) -> Result<Record, Unusable> {
        let bytes = self.bytes_of(name).ok_or(Unusable::Damaged)?;
        let text = String::from_utf8(bytes).map_err(|_| Unusable::Damaged)?;
        read(&text, site, &|body| self.seal(body))
    }

    /// The bytes of a plain file where records lie.
    fn bytes_of(&self, name: &str) -> Option<Vec<u8>> {
        let file = open_below(&self.content, &format!("{FOLDER}/{name}")).ok()?;
        let is_plain = file
            .metadata()
            .is_ok_and(|data| data.is_file() && data.len() <= LONGEST);
        let mut bytes = Vec::new();
        let read = is_plain.then(|| file.take(LONGEST).read_to_end(&mut bytes));
        read.is_some_and(|read| read.is_ok()).then_some(bytes)
    }

    fn seal(&self, body: &[u8]) -> String {
        HEXLOWER.encode(&(self.hash)(body))
    }
}

fn notice(shown: &str, reason: Unusable) -> Diagnostic {
    let reason = match reason {
        Unusable::OtherVersion => "was written by another version of Loggia",
        Unusable::Damaged => "is damaged, or was made with another key",
        Unusable::Foreign => "is about another folder",
    };
    Diagnostic::warning(format!(
        "the record of the last release {reason}: everything counts as new"
    ))
    .in_file(shown)
    .with_hint("nothing needs to be done: a build writes it anew")
}

/// The way from one folder to another, so that a practice can be moved with its records.
fn way(from: &Path, to: &Path) -> std::ffi::OsString {
    let whole = |path: &Path| {
        let whole = path.canonicalize().or_else(|_| {
            // It may not be there yet, but what it lies in is.
            let absolute = std::path::absolute(path)?;
            let (parent, name) = (absolute.parent(), absolute.file_name());
            let parent = parent.map(Path::canonicalize).transpose()?;
            Ok::<_, std::io::Error>(parent.unwrap_or_default().join(name.unwrap_or_default()))
        });
        whole.unwrap_or_else(|_| path.to_owned())
    };
    let (from, to) = (whole(from), whole(to));
    let (mut ours, mut theirs) = (from.components().peekable(), to.components().peekable());
    while let (Some(one), Some(other)) = (ours.peek(), theirs.peek())
        && one == other
    {
        ours.next();
        theirs.next();
    }
    let up = ours.map(|_| Component::ParentDir);
    up.chain(theirs).collect::<PathBuf>().into_os_string()
}
