//! Folder to engagement: the files of one engagement, read as of a day.

use crate::content::Reading;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::id::EngagementId;
use crate::engagement::kind::ItemKind;
use crate::engagement::later::{Later, WaitingFile};
use crate::engagement::today::Today;
use crate::pipeline::timing::Stage;
use crate::pipeline::workspace::Workspace;

/// An engagement as its files describe it on a day.
pub struct EngagementAsOf {
    /// The engagement without what is dated after that day, and the problems of its files.
    pub reading: Reading<Engagement>,
    /// What is dated after that day and waits for its own.
    pub later: Later,
}

/// Reads one engagement as of `today`.
pub fn engagement(workspace: &Workspace, id: &EngagementId, today: Today<'_>) -> EngagementAsOf {
    workspace.clock.time(Stage::Read, || {
        let book = &workspace.book;
        let mut reading = book.engagement(id, today);
        let mut later = Later::default();
        if let Some(engagement) = &mut reading.value {
            reading.problems.extend(book.advice(engagement, today));
            later = engagement.split_off(today);
            let files = later.files().into_iter();
            let notices = files.map(|file| notice(id, file, today));
            reading.problems.extend(notices);
        }
        EngagementAsOf { reading, later }
    })
}

/// Says of a file that it waits for its day: its writer may have meant today.
fn notice(id: &EngagementId, file: WaitingFile, today: Today<'_>) -> Diagnostic {
    let WaitingFile { kind, path, date } = file;
    let (what, place) = match kind {
        ItemKind::Engagement => ("a text in it waits for its day", "its `date`"),
        _ => ("this waits for its day", "the day in the file's name"),
    };
    let message = format!("{what}, {date}: today is {today}");
    let hint = format!("nobody reads it before; if it is meant for today, mend {place}");
    Diagnostic::warning(message)
        .in_file(format!("{id}/{path}"))
        .with_hint(hint)
}
