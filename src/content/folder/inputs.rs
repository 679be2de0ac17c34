//! What a build reads, as it lies on disk: not what is in it, but its size, its times and which file it is.
//!
//! The rule it guards: a page is made of files as they were at one time. A build looks at its inputs before it reads the first and
//! before anything goes out; if the two differ, nothing does.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::content::folder::leavings::is_leaving;
use crate::content::folder::listing::names;
use crate::diagnostic::Diagnostic;
use crate::engagement::kind::{ItemKind, NameForm};
use crate::engagement::link_record;
use crate::files::identity::Stamp;

/// The files that a build reads. Notes are not among them, nor what is passed over, nor what a build writes itself: the key and the
/// records, which another build may write at the same time from the same files. Of `files/`, where most may be mentioned by no text, the
/// names count.
#[derive(Debug, PartialEq, Eq)]
pub struct Inputs(BTreeMap<String, Option<Stamp>>);

impl Inputs {
    /// Looks at the content folder.
    pub fn of(content: &Path) -> Self {
        let mut inputs = Self(BTreeMap::new());
        for (name, is_folder) in inputs.add(content, "") {
            if !is_folder {
                continue;
            }
            for (inside, is_folder) in inputs.add(content, &name) {
                if is_folder && !inside.ends_with("/notes") {
                    inputs.add(content, &inside);
                }
            }
        }
        inputs
    }

    /// Adds the files in a folder, and returns all names in it by their paths, with whether they are folders.
    fn add(&mut self, content: &Path, folder: &str) -> Vec<(String, bool)> {
        let mut found = Vec::new();
        let is_unread = folder.ends_with(&format!("/{}", ItemKind::File.place()));
        for (name, kind) in names(&content.join(folder)).unwrap_or_default() {
            if is_leaving(&name) || is_written_by_builds(folder, &name) {
                continue;
            }
            let path = match folder {
                "" => name,
                folder => format!("{folder}/{name}"),
            };
            if !kind.is_dir() {
                let data = (!is_unread).then(|| fs::symlink_metadata(content.join(&path)));
                let stamp = data.and_then(Result::ok).as_ref().map(Stamp::from);
                self.0.insert(path.clone(), stamp);
            }
            found.push((path, kind.is_dir()));
        }
        found
    }

    /// The problem with inputs that are `now` others than before.
    pub fn changed(&self, now: &Self) -> Option<Diagnostic> {
        let mut names: Vec<&String> = self.0.keys().chain(now.0.keys()).collect();
        names.retain(|name| self.0.get(*name) != now.0.get(*name));
        names.sort();
        names.dedup();
        let (first, others) = names.split_first()?;
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

/// Whether a file of this name in a folder is written by a build.
fn is_written_by_builds(folder: &str, name: &str) -> bool {
    let is_record = |kind: &ItemKind| match kind.row().name {
        NameForm::Fixed(fixed) => fixed == name,
        _ => false,
    };
    let is_of_site =
        folder.is_empty() && (name.starts_with("loggia.key") || name == link_record::FILE_NAME);
    is_of_site || [ItemKind::Record, ItemKind::Consent].iter().any(is_record)
}
