//! What a record holds: the last releases, page by page, and to whom mails were written.

use std::collections::BTreeMap;

use crate::record::told::Told;

/// What the last builds of one folder of a site made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// The releases, the latest first.
    pub releases: Vec<Release>,
    /// The readers to whom a mail was written, once each.
    pub invited: Vec<Invited>,
}

/// A reader to whom a mail was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The engagement.
    pub engagement: String,
    /// The reader's id there.
    pub reader: String,
    /// The path of the page to which the mail leads: another link needs another mail.
    pub path: String,
    /// What the page told then.
    pub told: Told,
}

/// What one build made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Release {
    /// The pages of readers.
    pub pages: Vec<RecordedPage>,
    /// The pages of persons who read several portals.
    pub persons: Vec<RecordedPerson>,
    /// Digests of the warnings that were told.
    pub warnings: Vec<String>,
}

/// A file of the site, and how it is kept from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedFile {
    /// Its path in the site.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// Whether it is sealed.
    pub is_sealed: bool,
    /// Whether it waits for a click.
    pub waits_for_click: bool,
}

/// A reader's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedPage {
    /// The engagement.
    pub engagement: String,
    /// The reader's id there.
    pub reader: String,
    /// The file.
    pub file: RecordedFile,
    /// What it tells.
    pub told: Told,
}

/// The page of a person who reads several portals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedPerson {
    /// The person's id.
    pub id: String,
    /// The file.
    pub file: RecordedFile,
    /// The line of each portal, as a digest by its engagement.
    pub lines: BTreeMap<String, String>,
}

impl Release {
    /// What is recorded of a reader's page.
    pub fn page(&self, engagement: &str, reader: &str) -> Option<&RecordedPage> {
        let mut pages = self.pages.iter();
        pages.find(|page| page.engagement == engagement && page.reader == reader)
    }

    /// What is recorded of the page of a person who reads several portals.
    pub fn person(&self, id: &str) -> Option<&RecordedPerson> {
        self.persons.iter().find(|person| person.id == id)
    }
}

impl Record {
    /// What was recorded of the file with these bytes.
    pub fn page_of(&self, path: &str, sha256: &str) -> Option<&RecordedPage> {
        let pages = self.releases.iter().flat_map(|release| &release.pages);
        let mut pages = pages.filter(|page| page.file.path == path);
        pages.find(|page| page.file.sha256 == sha256)
    }

    /// The mail to a reader whose page is at `path`.
    pub fn invited(&self, engagement: &str, reader: &str, path: &str) -> Option<&Invited> {
        let mut invited = self.invited.iter();
        invited.find(|one| one.engagement == engagement && one.reader == reader && one.path == path)
    }

    /// Keeps that a mail was written, in the place of an earlier one to the same reader.
    pub fn invite(&mut self, invited: Invited) {
        let is_same =
            |one: &Invited| one.engagement == invited.engagement && one.reader == invited.reader;
        self.invited.retain(|one| !is_same(one));
        self.invited.push(invited);
    }

    /// Gives readers another id, and leaves no mail to them; takes out the pages of persons who are gone.
    pub fn forget(
        &mut self,
        is_meant: &dyn Fn(&str, &str) -> bool,
        id: &str,
        is_gone: &dyn Fn(&str) -> bool,
    ) {
        self.invited
            .retain(|one| !is_meant(&one.engagement, &one.reader));
        for release in &mut self.releases {
            release.persons.retain(|person| !is_gone(&person.id));
            for page in &mut release.pages {
                if is_meant(&page.engagement, &page.reader) {
                    page.reader = id.to_owned();
                }
            }
        }
    }

    /// What was recorded of a person's page with these bytes.
    pub fn person_of(&self, path: &str, sha256: &str) -> Option<&RecordedPerson> {
        let persons = self.releases.iter().flat_map(|release| &release.persons);
        let mut persons = persons.filter(|person| person.file.path == path);
        persons.find(|person| person.file.sha256 == sha256)
    }
}
