//! The lines of an engagement's files as they are written, to find where something stands that a page shows.
//!
//! The rule it guards: no note and no ratings are among them. What is done with a line is decided by whoever asks: this says nothing of
//! who may read it.

use crate::content::Book;
use crate::content::folder::listing;
use crate::content::folder::listing::FileRole;
use crate::content::folder::open::read_text;
use crate::engagement::id::EngagementId;
use crate::text::fold::fold;

/// The words of a text as they are compared with those of another: in small letters, without accents and signs.
pub fn alike(text: &str) -> String {
    fold(text)
}

/// A line of a file.
pub struct Line {
    /// The path inside the content folder.
    pub file: String,
    /// The number of the line, from 1.
    pub number: usize,
    /// What stands in it.
    pub text: String,
}

impl Book {
    /// Returns the lines of every file of an engagement whose words pages show; files that cannot be read are left out.
    pub fn lines(&self, id: &EngagementId) -> Vec<Line> {
        let folder = self.folder().join(id.as_str());
        let listing = listing::list(&folder, id.as_str(), &mut Vec::new());
        let mut lines = Vec::new();
        for file in listing.files {
            match &file.role {
                FileRole::Engagement
                | FileRole::Agreement
                | FileRole::Goal { .. }
                | FileRole::Agenda(..)
                | FileRole::Update(..)
                | FileRole::Review(..)
                | FileRole::Themes(_) => {}
                FileRole::Round(_)
                | FileRole::Record
                | FileRole::AskingKey
                | FileRole::Consent
                | FileRole::File(_) => continue,
            }
            let Ok(source) = read_text(&file.path, &file.shown) else {
                continue;
            };
            let numbered = source.text().lines().zip(1..);
            lines.extend(numbered.map(|(text, number)| Line {
                file: file.shown.clone(),
                number,
                text: text.to_owned(),
            }));
        }
        lines
    }
}
