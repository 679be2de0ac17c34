//! What is wrong with a record that a build keeps, where it cannot be read at all.

use crate::diagnostic::{Diagnostic, Source};

/// The first letters of the lines that git writes around two versions of a piece of text.
const MARKS: [&str; 3] = ["<<<<<<< ", ">>>>>>> ", "||||||| "];

/// The problem with a record of `what`, as its text and the reader of TOML tell it.
pub(super) fn unreadable(what: &str, source: &Source, error: &toml::de::Error) -> Diagnostic {
    if let Some(place) = mark(source.text()) {
        let message = format!("the record of {what} holds two versions, which git could not merge");
        let problem = Diagnostic::error(message).at(source, place..place);
        return problem.with_hint(
            "take the whole file of the side that was published last, with `git checkout --ours` or `--theirs`, and build: the build adds \
             what is missing; a record is never merged by hand",
        );
    }
    let span = error.span().unwrap_or_default();
    // Only a version that writes more than this one knows makes such a file.
    if error.message().starts_with("unknown field") {
        let message = format!("the record of {what} was written by a newer version of Loggia");
        let problem = Diagnostic::error(message).at(source, span);
        return problem
            .with_hint("build with that version; this one would drop what it does not know");
    }
    damaged(what, error.message()).at(source, span)
}

/// The problem with a record of `what` that no build writes like this.
pub(super) fn damaged(what: &str, reason: &str) -> Diagnostic {
    Diagnostic::error(format!("the record of {what} cannot be read: {reason}")).with_hint(
        "bring it back from a backup or from version control; it is never edited by hand",
    )
}

/// Where git's first mark stands.
fn mark(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if MARKS.iter().any(|mark| line.starts_with(mark)) {
            return Some(start);
        }
        start += line.len();
    }
    None
}
