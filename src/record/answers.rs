//! Answers as they came, still sealed, and which files were written from them.
//!
//! The rule it guards: what is kept says nothing without both keys, only its owner can read it, and a file is written anew only while it is
//! as it was written.
//!
//! ```text
//! .loggia/answers/<sha256 of the message>.txt    a message as it is sent
//! .loggia/answers/written                        lines of "<sha256 of the file> <its path inside the content folder>"
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::diagnostic::Diagnostic;
use crate::files::below::open_below;
use crate::files::modes::Readers;
use crate::publish::replace::Replacement;

/// The folder, inside the content folder.
pub const FOLDER: &str = ".loggia/answers";

/// What the name of a message ends with.
const ENDING: &str = ".txt";

/// The list of files that were written.
const WRITTEN: &str = "written";

/// A longer file is no message and no list.
const LONGEST: u64 = 1024 * 1024;

/// What is kept beside the content.
pub struct KeptAnswers {
    content: PathBuf,
}

/// Which files were written, by path, each with the hash of what was written.
pub type WrittenFiles = BTreeMap<String, String>;

impl KeptAnswers {
    /// What is kept of the folder `content`.
    pub fn of(content: &Path) -> Self {
        Self {
            content: content.to_owned(),
        }
    }

    /// Returns every message that is kept, by its name, as text.
    pub fn texts(&self) -> Result<BTreeMap<String, String>, Diagnostic> {
        let mut texts = BTreeMap::new();
        let folder = self.content.join(FOLDER);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(reason) if reason.kind() == ErrorKind::NotFound => return Ok(texts),
            Err(reason) => return Err(Diagnostic::cannot_read(&folder, &reason)),
        };
        for entry in entries {
            let entry = entry.map_err(|reason| Diagnostic::cannot_read(&folder, &reason))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if let Some(digest) = name.strip_suffix(ENDING) {
                texts.insert(digest.to_owned(), self.read(&name)?);
            }
        }
        Ok(texts)
    }

    /// Keeps a message.
    pub fn keep(&self, digest: &[u8; 32], text: &str) -> Result<(), Diagnostic> {
        self.put(&format!("{}{ENDING}", HEXLOWER.encode(digest)), text)
    }

    /// Deletes a message; nothing where there is none.
    pub fn delete(&self, digest: &[u8; 32]) -> Result<(), Diagnostic> {
        let name = format!("{}{ENDING}", HEXLOWER.encode(digest));
        let path = self.content.join(FOLDER).join(name);
        match fs::remove_file(&path) {
            Err(reason) if reason.kind() != ErrorKind::NotFound => {
                Err(Diagnostic::cannot_write(&path, &reason))
            }
            _ => Ok(()),
        }
    }

    /// Returns which files were written.
    pub fn written(&self) -> Result<WrittenFiles, Diagnostic> {
        if fs::symlink_metadata(self.content.join(FOLDER).join(WRITTEN)).is_err() {
            return Ok(WrittenFiles::new());
        }
        let text = self.read(WRITTEN)?;
        let lines = text.lines().filter_map(|line| line.split_once(' '));
        Ok(lines
            .map(|(hash, path)| (path.to_owned(), hash.to_owned()))
            .collect())
    }

    /// Remembers which files were written.
    pub fn remember(&self, written: &WrittenFiles) -> Result<(), Diagnostic> {
        let lines = written
            .iter()
            .map(|(path, hash)| format!("{hash} {path}\n"));
        self.put(WRITTEN, &lines.collect::<String>())
    }

    fn put(&self, name: &str, text: &str) -> Result<(), Diagnostic> {
        let folder = self.content.join(FOLDER);
        let made = Readers::Owner.folder().recursive(true).create(&folder);
        made.map_err(|reason| Diagnostic::cannot_write(&folder, &reason))?;
        Replacement::private(folder.join(name), text.as_bytes())?.put()
    }

    fn read(&self, name: &str) -> Result<String, Diagnostic> {
        let inside = format!("{FOLDER}/{name}");
        let path = self.content.join(&inside);
        let damaged = || {
            Diagnostic::error("this is not as it was written")
                .in_file(inside.as_str())
                .with_hint("bring it back from a backup, or delete it and collect the mails again")
        };
        let file = open_below(&self.content, &inside).map_err(|_| damaged())?;
        let mut text = String::new();
        let read = file.take(LONGEST).read_to_string(&mut text);
        read.map_err(|reason| match reason.kind() {
            ErrorKind::InvalidData => damaged(),
            _ => Diagnostic::cannot_read(&path, &reason),
        })?;
        Ok(text)
    }
}

/// The hash by which a file is known to be as it was written.
pub fn hash_of(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}
