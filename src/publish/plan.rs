//! The files of a site that is being staged, and how far each has come.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::publish::marker;

/// The files of the new site, and the folders made for them so far.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// By path.
    pub(super) files: BTreeMap<String, Fate>,
    /// Those that were made.
    pub(super) folders: BTreeSet<String>,
    /// What stands at which path, a digest each.
    pub(super) digests: BTreeSet<String>,
}

/// How far a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Its path is taken; if it stays so, writing it failed.
    Begun,
    /// It stands in the staged site.
    Written,
    /// The present site holds the same bytes; it is linked when, and if, anything is published.
    Unchanged,
}

impl Plan {
    /// Takes the path of a file, so that no second one can have it.
    pub(super) fn claim(&mut self, path: &str) -> Result<(), Diagnostic> {
        if path == marker::NAME || self.files.contains_key(path) {
            return Err(
                Diagnostic::error(format!("two files of the site would be `{path}`"))
                    .with_hint("this is a mistake in Loggia; please report it"),
            );
        }
        self.files.insert(path.to_owned(), Fate::Begun);
        Ok(())
    }

    /// Refuses a site of which a file is missing because writing it failed.
    pub(super) fn refuse_unfinished(&self) -> Result<(), Diagnostic> {
        match self.files.iter().find(|(_, fate)| **fate == Fate::Begun) {
            Some((path, _)) => Err(Diagnostic::error(format!(
                "`{path}` was not written, so the site is not published"
            ))),
            None => Ok(()),
        }
    }
}

/// The folders that a path leads through, outermost first.
pub(super) fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}
