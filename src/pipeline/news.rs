//! What is new for whom since the last release.
//!
//! The rule it guards: it is for the coach and compares what pages tell, so that a day that passes is no news.

use crate::record::contents::Release;

/// What is new for one reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The engagement.
    pub engagement: String,
    /// The reader's id there.
    pub reader: String,
    /// What is new.
    pub kind: NewsKind,
}

/// What is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewsKind {
    /// There was no page under this link.
    New,
    /// Parts of the page are other than before, by the words of `[share]`.
    Changed(Vec<String>),
    /// There is no page any more.
    Ended,
}

/// What is new in a release since the one before, engagement by engagement.
pub(super) fn between(before: &Release, now: &Release) -> Vec<News> {
    let mut news = Vec::new();
    for page in &now.pages {
        let was = before.page(&page.engagement, &page.reader);
        let was = was.filter(|was| was.file.path == page.file.path);
        let kind = match was.map(|was| was.told.changed(&page.told)) {
            None => NewsKind::New,
            Some(parts) if parts.is_empty() => continue,
            Some(parts) => NewsKind::Changed(parts),
        };
        news.push(News {
            engagement: page.engagement.clone(),
            reader: page.reader.clone(),
            kind,
        });
    }
    let gone = before.pages.iter();
    let gone = gone.filter(|page| now.page(&page.engagement, &page.reader).is_none());
    news.extend(gone.map(|page| News {
        engagement: page.engagement.clone(),
        reader: page.reader.clone(),
        kind: NewsKind::Ended,
    }));
    news.sort_by(|one, other| one.engagement.cmp(&other.engagement));
    news
}
