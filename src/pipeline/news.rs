//! What is new for whom since the last release.
//!
//! The rule it guards: it is for the coach and compares what pages tell, so that a day that passes is no news.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::contents::{RecordedPage, RecordedPerson, Release};

/// What is new for one reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The engagement; none for the page of a person who reads several portals.
    pub engagement: Option<String>,
    /// The reader's id there, or the person's.
    pub reader: String,
    /// What is new.
    pub kind: NewsKind,
}

/// What is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewsKind {
    /// There was no page under this link.
    New,
    /// Parts of the page are other than before, by the words of `[share]`; of a person's page the lines of these engagements.
    Changed(Vec<String>),
    /// There is no page any more.
    Ended,
}

/// What is new in a release since the one before, engagement by engagement.
pub(super) fn between(before: &Release, now: &Release) -> Vec<News> {
    let mut news = Vec::new();
    let (were, are) = (by_reader(before), by_reader(now));
    for page in &now.pages {
        let was = were.get(&whose(page)).copied();
        let was = was.filter(|was| was.file.path == page.file.path);
        let kind = match was.map(|was| was.told.changed(&page.told)) {
            None => NewsKind::New,
            Some(parts) if parts.is_empty() => continue,
            Some(parts) => NewsKind::Changed(parts),
        };
        news.push(News {
            engagement: Some(page.engagement.clone()),
            reader: page.reader.clone(),
            kind,
        });
    }
    let gone = before.pages.iter();
    let gone = gone.filter(|page| !are.contains_key(&whose(page)));
    news.extend(gone.map(|page| News {
        engagement: Some(page.engagement.clone()),
        reader: page.reader.clone(),
        kind: NewsKind::Ended,
    }));
    news.sort_by(|one, other| one.engagement.cmp(&other.engagement));
    news.extend(of_persons(before, now));
    news
}

/// Whose page it is: the engagement, and the reader's id there.
fn whose(page: &RecordedPage) -> [&str; 2] {
    [&page.engagement, &page.reader]
}

/// The pages of a release by whose they are.
fn by_reader(release: &Release) -> BTreeMap<[&str; 2], &RecordedPage> {
    let pages = release.pages.iter().rev();
    pages.map(|page| (whose(page), page)).collect()
}

/// What is new on the pages of persons who read several portals.
fn of_persons(before: &Release, now: &Release) -> Vec<News> {
    let news = |person: &RecordedPerson, kind: NewsKind| News {
        engagement: None,
        reader: person.id.clone(),
        kind,
    };
    let mut all = Vec::new();
    for page in &now.persons {
        let was = before.person(&page.id);
        let was = was.filter(|was| was.file.path == page.file.path);
        let kind = match was.map(|was| other_lines(was, page)) {
            None => NewsKind::New,
            Some(lines) if lines.is_empty() => continue,
            Some(lines) => NewsKind::Changed(lines),
        };
        all.push(news(page, kind));
    }
    let gone = before.persons.iter();
    let gone = gone.filter(|page| now.person(&page.id).is_none());
    all.extend(gone.map(|page| news(page, NewsKind::Ended)));
    all
}

/// The engagements whose line came, went, or says something else.
fn other_lines(was: &RecordedPerson, now: &RecordedPerson) -> Vec<String> {
    let names: BTreeSet<&String> = was.lines.keys().chain(now.lines.keys()).collect();
    let others = names.into_iter();
    let others = others.filter(|name| was.lines.get(*name) != now.lines.get(*name));
    others.cloned().collect()
}
