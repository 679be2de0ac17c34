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
const FOLDER: &str = ".loggia";

/// What the name of a record ends with.
const ENDING: &str = ".record";

/// A longer file is none that a build wrote.
const LONGEST: u64 = 256_000_000;

/// Makes 32 bytes of some others with the key of the site.
pub type Hash<'a> = &'a (dyn Fn(&[u8]) -> [u8; 32] + Sync);

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
        let entries = fs::read_dir(self.content.join(FOLDER));
        let names = entries.into_iter().flatten().flatten();
        let mut names: Vec<String> = names
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name.ends_with(ENDING))
            .collect();
        names.sort();
        let site = |name: &str| name.trim_end_matches(ENDING).to_owned();
        names
            .iter()
            .filter_map(|name| self.read_file(name, &site(name)).ok())
            .collect()
    }

    /// Writes the record of the site beside the one that is there, which it replaces only later.
    pub fn staged(&self, record: &Record) -> Result<Replacement, Diagnostic> {
        let folder = self.content.join(FOLDER);
        let made = Readers::Owner.folder().recursive(true).create(&folder);
        made.map_err(|reason| Diagnostic::cannot_write(&folder, &reason))?;
        let text = written(record, &self.site, &|body| self.seal(body));
        Replacement::private(folder.join(self.name()), text.as_bytes())
    }

    pub(super) fn name(&self) -> String {
        format!("{}{ENDING}", self.site)
    }

    fn read_file(&self, name: &str, site: &str) -> Result<Record, Unusable> {
        let file = open_below(&self.content, &format!("{FOLDER}/{name}"));
        let file = file.map_err(|_| Unusable::Damaged)?;
        let is_plain = file
            .metadata()
            .is_ok_and(|data| data.is_file() && data.len() <= LONGEST);
        let mut text = String::new();
        let whole = is_plain && file.take(LONGEST).read_to_string(&mut text).is_ok();
        if !whole {
            return Err(Unusable::Damaged);
        }
        read(&text, site, &|body| self.seal(body))
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
