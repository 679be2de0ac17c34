//! Folder to engagement: the files of one engagement, read as of a day.

use jiff::civil::Date;

use crate::content::Reading;
use crate::engagement::Engagement;
use crate::engagement::id::EngagementId;
use crate::engagement::pulse::Round;
use crate::pipeline::timing::Stage;
use crate::pipeline::workspace::Workspace;

/// An engagement as its files describe it on a day.
pub struct EngagementAsOf {
    /// The engagement without the rounds that have not closed by that day, and the problems of its files.
    pub reading: Reading<Engagement>,
    /// The rounds that have not closed.
    pub later: Vec<Round>,
}

/// Reads one engagement as of `today`.
pub fn engagement(workspace: &Workspace, id: &EngagementId, today: Date) -> EngagementAsOf {
    workspace.clock.time(Stage::Read, || {
        let book = &workspace.book;
        let mut reading = book.engagement(id);
        let mut later = Vec::new();
        if let Some(engagement) = &mut reading.value {
            reading.problems.extend(book.advice(engagement, today));
            later = engagement.split_off(today);
        }
        EngagementAsOf { reading, later }
    })
}
