//! The files and folders that a coach names, read.

use std::fs::File;
use std::io::{Read, stdin};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::access::asking::armour::{Found, MOST};
use crate::access::asking::mail;
use crate::access::asking::mail::TooMuch;
use crate::diagnostic::Diagnostic;
use crate::files::below;
use crate::files::below::NotOpened;

/// No longer file is read: mailboxes of years have a few gigabytes, and one round has few mails.
const LONGEST: u64 = 512 * 1024 * 1024;

/// How deep folders are looked through, for maildirs and what programs export.
const DEPTH: usize = 6;

/// What was found in one mail.
pub(super) struct Incoming {
    /// The file as it is shown.
    pub(super) shown: String,
    /// When the mail says it was sent, in seconds since 1970.
    pub(super) sent: Option<i64>,
    /// What was found.
    pub(super) found: Vec<Found>,
}

/// Reads everything that is named. A file that cannot be read is an error, and then nothing is collected; a mail that is too much to be read
/// is passed over whole, and said.
pub(super) fn read(
    sources: &[PathBuf],
    warnings: &mut Vec<Diagnostic>,
) -> Result<Vec<Incoming>, Diagnostic> {
    let mut incoming = Vec::new();
    for source in sources {
        if source == Path::new("-") {
            let mut bytes = Vec::new();
            let read = stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes);
            read.map_err(|reason| Diagnostic::cannot_read(source, &reason))?;
            incoming.extend(mails("standard input", &bytes, warnings)?);
            continue;
        }
        for path in files(source)? {
            let bytes = bytes(&path)?;
            incoming.extend(mails(&path.display().to_string(), &bytes, warnings)?);
        }
    }
    Ok(incoming)
}

/// The file, or all files of the folder in the order of their names; what begins with a dot is passed over there.
fn files(source: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    if !source.is_dir() {
        return Ok(vec![source.to_owned()]);
    }
    let is_hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let walk = WalkDir::new(source)
        .max_depth(DEPTH)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
    let mut files = Vec::new();
    for entry in walk {
        let entry = entry.map_err(|reason| {
            let message = format!("cannot look through `{}`: {reason}", source.display());
            Diagnostic::error(message)
        })?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

fn bytes(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let file: File = below::open(path).map_err(|reason| match reason {
        NotOpened::Linked => Diagnostic::error(format!("`{}` is a link", path.display()))
            .with_hint("name the file itself"),
        NotOpened::Failed(reason) => Diagnostic::cannot_read(path, &reason),
    })?;
    let mut bytes = Vec::new();
    let read = file.take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(|reason| Diagnostic::cannot_read(path, &reason))?;
    Ok(bytes)
}

fn mails(
    shown: &str,
    bytes: &[u8],
    warnings: &mut Vec<Diagnostic>,
) -> Result<Vec<Incoming>, Diagnostic> {
    if bytes.len() as u64 > LONGEST {
        let problem = Diagnostic::error("this file is longer than 512 MB").in_file(shown);
        return Err(problem.with_hint("export the mails of the round alone"));
    }
    let mut incoming = Vec::new();
    for mail in mail::read(bytes) {
        match mail {
            Ok(mail) => incoming.push(Incoming {
                shown: shown.to_owned(),
                sent: mail.sent,
                found: mail.found,
            }),
            Err(reason) => warnings.push(too_much(reason).in_file(shown)),
        }
    }
    Ok(incoming)
}

/// What is said of a mail that is too much to be read.
fn too_much(reason: TooMuch) -> Diagnostic {
    let problem = match reason {
        TooMuch::Bytes => {
            "a mail in it is longer than 10 MB, and nothing of it was read".to_owned()
        }
        TooMuch::Messages => {
            format!("a mail in it holds more than {MOST} answers, and nothing of it was read")
        }
    };
    let hint = "if it brings answers, save their text in a file and collect that";
    Diagnostic::warning(problem).with_hint(hint)
}
