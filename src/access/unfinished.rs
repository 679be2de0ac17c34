//! A change of several files of the content folder that was begun and not finished: what it was, and what finishes it.

use std::fs;
use std::path::Path;

use crate::diagnostic::Diagnostic;

/// The name of the file, beside loggia.toml, that says so.
pub const UNFINISHED: &str = ".loggia-change";

/// What was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Another key in the place of the key.
    Key,
    /// Somebody was being forgotten.
    Forgetting,
    /// Another key in the place of the one that opens answers.
    OpeningKey,
    /// Answers were being written.
    Collecting,
}

impl Change {
    const ALL: [Self; 4] = [
        Self::Key,
        Self::Forgetting,
        Self::OpeningKey,
        Self::Collecting,
    ];

    /// The first line of the file.
    pub fn signature(self) -> &'static str {
        match self {
            Self::Key => "loggia change 1: `loggia key rotate` finishes it",
            Self::Forgetting => "loggia change 1: `loggia forget` finishes it",
            Self::OpeningKey => "loggia change 1: `loggia key answers` finishes it",
            Self::Collecting => "loggia change 1: `loggia collect` finishes it",
        }
    }

    /// The change that has this first line.
    pub fn of_signature(line: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|change| change.signature() == line)
    }
}

/// The problem with a content folder in which a change was not finished, if there is one.
pub(super) fn problem(content: &Path) -> Option<Diagnostic> {
    let list = content.join(UNFINISHED);
    fs::symlink_metadata(&list).ok()?;
    let text = fs::read_to_string(&list).unwrap_or_default();
    let first = text.lines().next().unwrap_or_default();
    let (message, hint) = match Change::of_signature(first) {
        Some(Change::Forgetting) => (
            "somebody was being forgotten, and that was not finished",
            "run `loggia forget` once more, with the same words: it finishes what was begun, and nothing else",
        ),
        Some(Change::OpeningKey) => (
            "the key that opens answers was being replaced, and that was not finished",
            "run `loggia key answers`: it finishes what was begun, and nothing else",
        ),
        Some(Change::Collecting) => (
            "answers were being written, and that was not finished",
            "run `loggia collect` once more: it finishes what was begun, and nothing else",
        ),
        Some(Change::Key) | None => (
            "the key was being replaced, and that was not finished",
            "run `loggia key rotate`: it finishes what was begun, and nothing else",
        ),
    };
    Some(
        Diagnostic::error(message)
            .in_file(UNFINISHED)
            .with_hint(hint),
    )
}
