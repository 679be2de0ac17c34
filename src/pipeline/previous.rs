//! The site as it was published: what a build takes pages from that it cannot make anew.
//!
//! The rule it guards: only files count that its own marker names, and only of a site of this key.

use std::io::Read;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::access::key::Key;
use crate::diagnostic::Diagnostic;
use crate::files::below::open_below;
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

    /// The bytes of one of its files.
    pub(super) fn file(&self, path: &str) -> Option<Vec<u8>> {
        let is_named = self.ownership.names(path);
        is_named.then(|| read(&self.folder, path)).flatten()
    }
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
