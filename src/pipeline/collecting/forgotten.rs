//! What `forget` takes along: a person's answers as they came, and the notes with their comments.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, slice};

use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::collecting::known::{Known, rounds, site_keys};
use crate::pipeline::collecting::messages;
use crate::pipeline::collecting::writing::comment_path;
use crate::pipeline::problems::Failure;
use crate::pipeline::workspace::Workspace;
use crate::record::answers::KeptAnswers;

/// What is to be deleted of one person.
#[derive(Default)]
pub(in crate::pipeline) struct Traces {
    /// The answers, by their hashes.
    answers: BTreeSet<[u8; 32]>,
    /// The notes, inside the content folder.
    notes: Vec<String>,
}

impl Traces {
    /// Finds what there is of a person, while the person still has the ids from which it is known.
    pub(in crate::pipeline) fn of(
        workspace: &Workspace,
        engagement: &Engagement,
        person: &Stakeholder,
        out: &Path,
    ) -> Result<Self, Failure> {
        let folder = workspace.book.folder();
        let mut traces = Self::default();
        let ids = person.was.iter().chain([&person.id]);
        for id in ids {
            let paths = rounds(engagement).into_iter();
            let paths = paths.map(|round| comment_path(engagement, round.closes, id));
            traces
                .notes
                .extend(paths.filter(|path| folder.join(path).exists()));
        }
        let kept = messages::kept(&KeptAnswers::of(folder), &mut Vec::new())?;
        if !kept.is_empty() {
            let keys = site_keys(workspace, out)?;
            let known = Known::of(workspace, slice::from_ref(engagement), &keys);
            let ids = known.ids_of(person);
            let theirs = kept.keys().filter(|message| ids.contains(&message.id()));
            traces.answers = theirs.map(|message| message.digest()).collect();
        }
        Ok(traces)
    }

    /// Whether a file is one of the notes.
    pub(in crate::pipeline) fn holds(&self, path: &str) -> bool {
        self.notes.iter().any(|note| note == path)
    }

    /// Deletes them, and returns how many answers and notes these were.
    pub(in crate::pipeline) fn delete(self, folder: &Path) -> Result<(usize, usize), Diagnostic> {
        let kept = KeptAnswers::of(folder);
        for digest in &self.answers {
            kept.delete(digest)?;
        }
        let mut written = kept.written()?;
        for path in &self.notes {
            let file = folder.join(path);
            fs::remove_file(&file).map_err(|reason| Diagnostic::cannot_write(&file, &reason))?;
            written.remove(path);
        }
        if written != kept.written()? {
            kept.remember(&written)?;
        }
        Ok((self.answers.len(), self.notes.len()))
    }
}
