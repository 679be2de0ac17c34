//! What lies where a build reads, as one number: two traces are the same when nothing that matters has changed on disk.
//!
//! The rule it guards: what a build passes over leaves no trace, and no note is opened: of notes it is their names, sizes and times that
//! count.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};
use walkdir::{DirEntry, WalkDir};

use crate::content::folder::leavings::is_leaving;
use crate::content::folder::listing;
use crate::content::folder::names::names;
use crate::content::folder::stand_in::StandIn;
use crate::diagnostic::Diagnostic;
use crate::files::below::is_folder_below;

/// The trace of everything beside the engagements: loggia.toml, the logo and whatever else lies there, the keys apart.
pub fn of_book(content: &Path) -> [u8; 32] {
    let mut trace = Sha256::new();
    for (name, kind) in names(content).unwrap_or_default() {
        let is_key = matches!(name.as_str(), "loggia.key" | "answers.key");
        if is_leaving(&name) || is_key || kind.is_dir() {
            continue;
        }
        add(&mut trace, &name, &content.join(&name), kind.is_file());
    }
    trace.finalize().into()
}

/// Whether a build passes over whatever has this name.
pub fn is_passed_over(name: &str) -> bool {
    is_leaving(name)
}

/// The problem with a file of this name, which is shown under this path, if it stands for another.
pub fn stand_in(name: &str, shown: &str) -> Option<Diagnostic> {
    StandIn::of(name).map(|stand_in| stand_in.problem(shown))
}

/// The folders beside loggia.toml: every one is an engagement or a problem.
pub fn folders(content: &Path) -> Vec<String> {
    let names = names(content).unwrap_or_default();
    let folders = names
        .into_iter()
        .filter(|(name, kind)| kind.is_dir() && !is_leaving(name));
    folders.map(|(name, _)| name).collect()
}

/// The trace of a folder of files: an engagement or a theme. `depth` says how deep a build looks into it.
pub fn of_folder(folder: &Path, depth: usize) -> [u8; 32] {
    let mut trace = Sha256::new();
    let mut walk = WalkDir::new(folder)
        .max_depth(depth)
        .sort_by_file_name()
        .into_iter();
    while let Some(entry) = walk.next() {
        let Ok(entry) = entry else { continue };
        let inside = listing::inside(folder, entry.path());
        let is_top = entry.depth() == 0;
        if !is_top && is_leaving(&entry.file_name().to_string_lossy()) {
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        let is_folder = entry.file_type().is_dir();
        if inside == "notes" && is_folder {
            for note in notes_in(folder) {
                add_note(&mut trace, &note);
            }
            walk.skip_current_dir();
        }
        let name = if is_folder { inside + "/" } else { inside };
        add(&mut trace, &name, entry.path(), entry.file_type().is_file());
    }
    trace.finalize().into()
}

/// The files of a folder, no deeper than a build looks into it, and none behind a link.
pub fn files(folder: &Path, depth: usize) -> impl Iterator<Item = PathBuf> {
    let is_seen =
        |entry: &DirEntry| entry.depth() == 0 || !is_leaving(&entry.file_name().to_string_lossy());
    let walk = WalkDir::new(folder).max_depth(depth).into_iter();
    let files = walk.filter_entry(is_seen).flatten();
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(DirEntry::into_path)
}

/// The path of a file inside a folder, with `/` between names.
pub fn shown(folder: &Path, file: &Path) -> String {
    listing::inside(folder, file)
}

/// How many notes an engagement has.
pub fn notes(engagement: &Path) -> usize {
    notes_in(engagement).count()
}

fn notes_in(engagement: &Path) -> impl Iterator<Item = DirEntry> {
    let is_seen = |entry: &DirEntry| !is_leaving(&entry.file_name().to_string_lossy());
    // A walk begins also at a link, which is refused elsewhere: nothing behind it is listed.
    let notes = is_folder_below(engagement, "notes").then(|| {
        WalkDir::new(engagement.join("notes"))
            .min_depth(1)
            .sort_by_file_name()
    });
    let entries = notes
        .into_iter()
        .flat_map(move |notes| notes.into_iter().filter_entry(is_seen));
    let files = entries.flatten();
    files.filter(|entry| entry.file_type().is_file())
}

/// Adds what tells a note from what it was, without a look into it.
fn add_note(trace: &mut Sha256, note: &DirEntry) {
    let metadata = note.metadata().ok();
    let size = metadata.as_ref().map_or(0, std::fs::Metadata::len);
    let time = metadata.and_then(|metadata| metadata.modified().ok());
    let since = time.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let nanoseconds = since.map_or(0, |since| since.as_nanos());
    trace.update(note.path().to_string_lossy().as_bytes());
    trace.update(size.to_le_bytes());
    trace.update(nanoseconds.to_le_bytes());
}

/// Adds a name, and what the file of that name holds.
fn add(trace: &mut Sha256, name: &str, path: &Path, is_file: bool) {
    let bytes = if is_file { fs::read(path).ok() } else { None };
    for part in [name.as_bytes(), bytes.as_deref().unwrap_or_default()] {
        trace.update(part.len().to_le_bytes());
        trace.update(part);
    }
    // A file that cannot be read is not the same as an empty one.
    trace.update([u8::from(is_file), u8::from(bytes.is_some())]);
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{notes, of_folder};

    #[test]
    fn leavings_leave_no_trace_and_notes_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("goals")).unwrap();
        fs::create_dir(path("notes")).unwrap();
        fs::write(path("goals/1-a.md"), "a").unwrap();
        fs::write(path("notes/2026-01-01-x.md"), "a").unwrap();
        let trace = of_folder(folder.path(), 3);
        for name in ["goals/1-a.md~", "goals/.1-a.md.swp", "goals/4913"] {
            fs::write(path(name), "b").unwrap();
            assert_eq!(of_folder(folder.path(), 3), trace, "{name}");
        }
        fs::write(path("notes/2026-01-01-x.md~"), "other").unwrap();
        assert_eq!(of_folder(folder.path(), 3), trace);
        fs::write(path("notes/2026-01-02-x.md"), "other").unwrap();
        assert_eq!(notes(folder.path()), 2);
        let more = of_folder(folder.path(), 3);
        assert_ne!(more, trace);
        fs::write(path("goals/1-a.md"), "b").unwrap();
        assert_ne!(of_folder(folder.path(), 3), more);
    }
}
