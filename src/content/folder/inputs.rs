//! What a build reads, as it lies on disk: not what is in it, but its size, its times and which file it is.
//!
//! The rule it guards: a page is made of files as they were at one time. A build looks at its inputs before it reads the first and
//! before anything goes out; if the two differ, nothing does.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::content::folder::leavings::{is_emacs_link, is_leaving};
use crate::content::folder::names::names;
use crate::diagnostic::Diagnostic;
use crate::engagement::kind::{ItemKind, NameForm};
use crate::engagement::link_record;
use crate::files::identity::Stamp;

/// Everything that a build looks at, by its path inside the content folder. Notes are not among it, nor keys; what is passed over is
/// there by its name alone.
#[derive(Debug)]
pub struct Inputs {
    entries: BTreeMap<String, Entry>,
    passed_over: Vec<String>,
}

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A folder.
    Folder,
    /// A file that a build reads, as it was found; nothing where that could not be told.
    Read(Option<Stamp>),
    /// A record that a build reads and writes: another one may do so at the same time, from the same files.
    Record(Option<Stamp>),
    /// A file in `files/`, which nobody looks at before a text mentions it.
    Named,
    /// What is neither a file nor a folder, or has a name that cannot be read.
    Other,
}

impl Inputs {
    /// Looks at the content folder.
    pub fn of(content: &Path) -> Self {
        Self::but(content, |_| false)
    }

    /// Looks at the content folder, but not into the engagements that stay as they are.
    fn but(content: &Path, stays: impl Fn(&str) -> bool) -> Self {
        let mut inputs = Self {
            entries: BTreeMap::new(),
            passed_over: Vec::new(),
        };
        for name in inputs.add(content, "") {
            if stays(&name) {
                continue;
            }
            for inside in inputs.add(content, &name) {
                if !inside.ends_with("/notes") {
                    inputs.add(content, &inside);
                }
            }
        }
        inputs
    }

    /// Adds what is in a folder, and returns the folders in it by their paths.
    fn add(&mut self, content: &Path, folder: &str) -> Vec<String> {
        let mut folders = Vec::new();
        let is_unread = folder.ends_with(&format!("/{}", ItemKind::File.place()));
        let place = content.join(folder);
        for (name, kind) in names(&place).unwrap_or_default() {
            let path = match folder {
                "" => name.clone(),
                folder => format!("{folder}/{name}"),
            };
            let is_link = kind.is_symlink() && !is_emacs_link(&name);
            let is_unreadable = is_link || name.contains(char::REPLACEMENT_CHARACTER);
            if !is_unreadable && is_leaving(&name) {
                self.passed_over.push(path);
                continue;
            }
            if folder.is_empty() && is_key(&name) {
                continue;
            }
            let stamp = || {
                let found = fs::symlink_metadata(place.join(&name)).ok();
                found.as_ref().map(Stamp::from)
            };
            let entry = if is_unreadable || !(kind.is_dir() || kind.is_file()) {
                Entry::Other
            } else if kind.is_dir() {
                folders.push(path.clone());
                Entry::Folder
            } else if is_unread {
                Entry::Named
            } else if is_record(folder, &name) {
                Entry::Record(stamp())
            } else {
                Entry::Read(stamp())
            };
            self.entries.insert(path, entry);
        }
        folders
    }

    /// What lies in the folder of an engagement, by its path inside that.
    pub fn of_engagement<'a>(&'a self, id: &str) -> impl Iterator<Item = (&'a str, Entry)> {
        let start = format!("{id}/");
        let from = self.entries.range(start.clone()..);
        from.map_while(move |(path, entry)| Some((path.strip_prefix(&start)?, *entry)))
    }

    /// What lies beside loggia.toml.
    pub fn beside(&self) -> impl Iterator<Item = (&str, Entry)> {
        let entries = self.entries.iter();
        let beside = entries.filter(|(path, _)| !path.contains('/'));
        beside.map(|(path, entry)| (path.as_str(), *entry))
    }

    /// The files that are passed over: dotfiles and what editors leave behind.
    pub fn passed_over(&self) -> &[String] {
        &self.passed_over
    }

    /// The problem if the content folder is no longer as it was. Engagements that stay as they are are not looked at again.
    pub fn changed_in(&self, content: &Path, stays: impl Fn(&str) -> bool) -> Option<Diagnostic> {
        let now = Self::but(content, &stays);
        let is_looked_at = |path: &&String| {
            let engagement = path.split_once('/');
            engagement.is_none_or(|(engagement, _)| !stays(engagement))
        };
        let count = |entry: Option<&Entry>| match entry {
            Some(Entry::Record(_)) | None => None,
            Some(entry) => Some(*entry),
        };
        let paths = self.entries.keys().chain(now.entries.keys());
        let mut paths: Vec<&String> = paths.filter(is_looked_at).collect();
        paths.retain(|path| count(self.entries.get(*path)) != count(now.entries.get(*path)));
        paths.sort();
        paths.dedup();
        let (first, others) = paths.split_first()?;
        let message = match others.len() {
            0 => "this file changed while the site was built".to_owned(),
            others => format!("this file changed while the site was built, and {others} more"),
        };
        let hint = "nothing went out; wait until the program that writes them is done, a cloud drive perhaps, and build again";
        Some(
            Diagnostic::error(message)
                .in_file((*first).clone())
                .with_hint(hint),
        )
    }
}

/// Whether this is the name of a key, or of one that was replaced or will be.
fn is_key(name: &str) -> bool {
    name.starts_with("loggia.key") || name.starts_with("answers.key")
}

/// Whether a file of this name in a folder is a record that a build writes.
fn is_record(folder: &str, name: &str) -> bool {
    let is_of_engagement = |kind: &ItemKind| match kind.row().name {
        NameForm::Fixed(fixed) => fixed == name,
        _ => false,
    };
    let is_of_site = folder.is_empty() && name == link_record::FILE_NAME;
    is_of_site
        || [ItemKind::Record, ItemKind::Consent]
            .iter()
            .any(is_of_engagement)
}
