//! The site as it was published: what a build takes pages from that it cannot make anew.
//!
//! The rule it guards: only files count that its own marker names, and only of a site of this key.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::access::key::Key;
use crate::access::site_path::PAGE_FOLDERS;
use crate::diagnostic::Diagnostic;
use crate::files::below::open_below;
use crate::pipeline::options::IfBroken;
use crate::publish::{MARKER, Ownership};

/// The longest file that is looked at: no page of a site is as long.
const LONGEST: u64 = 64_000_000;

/// The folder of a site that was published.
pub(super) struct Previous {
    folder: PathBuf,
    ownership: Ownership,
}

impl Previous {
    /// The site in a folder; nothing if there is none of this key.
    pub(super) fn open(folder: &Path, key: &Key) -> Option<Self> {
        let marker = String::from_utf8(read(folder, MARKER)?).ok()?;
        let ownership = Ownership::parse(&marker)?;
        ownership.is_of(&key.fingerprint()).then(|| Self {
            folder: folder.to_owned(),
            ownership,
        })
    }

    /// Whether it holds a file with these bytes, given by their SHA-256.
    pub(super) fn holds(&self, path: &str, sha256: &str) -> bool {
        let bytes = self.file(path);
        bytes.is_some_and(|bytes| HEXLOWER.encode(&Sha256::digest(bytes)) == sha256)
    }

    /// The folders of its pages, such as `p/<id>`.
    pub(super) fn pages(&self) -> BTreeSet<String> {
        let pages_below = |below: &str| {
            let entries = fs::read_dir(self.folder.join(below)).into_iter().flatten();
            let names = entries.flatten().map(|entry| entry.file_name());
            let names = names.filter_map(|name| name.into_string().ok());
            let folders = names.map(|name| format!("{below}{name}"));
            let is_ours = |folder: &String| self.ownership.names(&format!("{folder}/index.html"));
            folders.filter(is_ours).collect::<Vec<String>>()
        };
        PAGE_FOLDERS.into_iter().flat_map(pages_below).collect()
    }

    /// The bytes of one of its files.
    pub(super) fn file(&self, path: &str) -> Option<Vec<u8>> {
        let is_named = self.ownership.names(path);
        is_named.then(|| read(&self.folder, path)).flatten()
    }
}

/// Whether a folder is a site of one of these keys.
pub(super) fn is_of_any(folder: &Path, names: &[String]) -> bool {
    let marker = read(folder, MARKER).and_then(|bytes| String::from_utf8(bytes).ok());
    let ownership = marker.and_then(|text| Ownership::parse(&text));
    ownership.is_some_and(|ownership| names.iter().any(|name| ownership.is_of(name)))
}

/// The error for a folder that was named as the site as published and is none of this key.
pub(super) fn refused(folder: &Path) -> Diagnostic {
    let problem = format!(
        "`{}` is not a site that was published with this key",
        folder.display()
    );
    Diagnostic::error(problem).with_hint("name with `--previous` the folder of the site as it is on the host, its hidden files included")
}

fn read(folder: &Path, inside: &str) -> Option<Vec<u8>> {
    let file = open_below(folder, inside).ok()?;
    let is_plain = file
        .metadata()
        .is_ok_and(|data| data.is_file() && data.len() <= LONGEST);
    let mut bytes = Vec::new();
    let read = is_plain.then(|| file.take(LONGEST).read_to_end(&mut bytes));
    read.is_some_and(|read| read.is_ok()).then_some(bytes)
}

/// The site as published, from which pages are kept; nothing if none is to be kept, or there is no such site.
pub(super) fn for_build(
    (out, if_broken): (&Path, IfBroken<'_>),
    key: &Key,
    earlier: &[String],
) -> Result<Option<Previous>, Diagnostic> {
    match if_broken {
        IfBroken::Stop => Ok(None),
        IfBroken::KeepPages => Ok(Previous::open(out, key)),
        IfBroken::KeepPagesOf(folder) => {
            let previous = Previous::open(folder, key);
            // Of a site under a key that was replaced no page stays.
            match previous.is_some() || is_of_any(folder, earlier) {
                true => Ok(previous),
                false => Err(refused(folder)),
            }
        }
    }
}
