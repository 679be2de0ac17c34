//! The private record beside the content, as a build uses it: what the last release made, and what this one makes.
//!
//! The rule it guards: a record that cannot be used or written ends no build. Whenever a build is killed, what is out is in the record.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use crate::access::key::Key;
use crate::access::site_path::page_folder;
use crate::diagnostic::Diagnostic;
use crate::pipeline::news;
use crate::pipeline::news::News;
use crate::pipeline::previous::Previous;
use crate::publish::replace::Replacement;
use crate::record::contents::{Invited, Record, Release};
use crate::record::store::{Found, Hash, Store};

/// What the digests that seal a record are made for.
pub(super) const PURPOSE: &str = "record/v1";

/// The records of a content folder, the one about this site among them.
pub(super) struct Memory<'a> {
    store: Store<'a>,
    found: Found,
    all: OnceLock<Vec<Record>>,
}

/// The record of a release that is about to go out.
pub(super) struct Remembered(Option<Replacement>);

impl<'a> Memory<'a> {
    pub(super) fn of(content: &Path, out: &Path, hash: Hash<'a>) -> Self {
        let store = Store::of(content, out, hash);
        Self {
            found: store.read(),
            store,
            all: OnceLock::new(),
        }
    }

    /// What says what was made of what, still closed, if anything does.
    pub(super) fn made(&self) -> Option<Vec<u8>> {
        self.store.made()
    }

    /// Writes down what was made of what; a warning if that fails.
    pub(super) fn put_made(&self, closed: &[u8]) -> Result<(), Diagnostic> {
        let put = self.store.staged_made(closed);
        put.and_then(Replacement::put).map_err(|problem| {
            let message = format!("what was made is not recorded: {}", problem.message());
            Diagnostic::warning(message).with_hint("the next build makes everything again")
        })
    }

    /// Which folder of a site it is about.
    pub(super) fn site(&self) -> &str {
        self.store.site()
    }

    /// Why the record of this site cannot be used, if there is one that cannot.
    pub(super) fn notice(&self) -> Option<Diagnostic> {
        self.found.notice.clone()
    }

    /// Every record of the content folder: the site as published may lie in another folder than this one.
    pub(super) fn all(&self) -> &[Record] {
        self.all.get_or_init(|| self.store.read_all())
    }

    /// The record of this site.
    pub(super) fn record(&self) -> Option<&Record> {
        self.found.record.as_ref()
    }

    /// What was released last, if that is known. A build that was killed has written down two releases; the one that is `out` counts.
    pub(super) fn last(&self, out: Option<&Previous>) -> Option<&Release> {
        let releases = &self.record()?.releases;
        let is_out = |release: &&Release| {
            let files = release.pages.iter().map(|page| &page.file);
            let mut files = files.chain(release.persons.iter().map(|person| &person.file));
            out.is_some_and(|out| files.all(|file| out.holds(&file.path, &file.sha256)))
        };
        match releases.len() {
            0 | 1 => releases.first(),
            _ => releases.iter().find(is_out).or(releases.first()),
        }
    }

    /// Writes down a release that is about to go out, beside the one before it; a warning if that fails.
    pub(super) fn begin(
        &self,
        release: &Release,
        out: Option<&Previous>,
    ) -> Result<Remembered, Diagnostic> {
        let known = self.record();
        if known.is_some_and(|record| matches!(&record.releases[..], [known] if known == release)) {
            return Ok(Remembered(None));
        }
        let before = self.last(out).cloned();
        let mut record = Record {
            releases: [release.clone()].into_iter().chain(before).collect(),
            invited: known.map_or_else(Vec::new, |record| record.invited.clone()),
        };
        let written = || {
            self.store.staged(&record)?.put()?;
            record.releases.truncate(1);
            self.store.staged(&record)
        };
        let mut written = written;
        written()
            .map(|now| Remembered(Some(now)))
            .map_err(unwritten)
    }

    /// Writes down to whom mails were written; a warning if that fails.
    pub(super) fn invite(&self, invited: Vec<Invited>) -> Result<(), Diagnostic> {
        let mut record = self.record().cloned().unwrap_or_default();
        invited.into_iter().for_each(|one| record.invite(one));
        let put = self.store.staged(&record).and_then(Replacement::put);
        put.map_err(|problem| {
            let message = format!("to whom these are is not recorded: {}", problem.message());
            Diagnostic::warning(message).with_hint("the next time they are written again")
        })
    }
}

/// Joins the records of parts to one of the site that they were joined to, and returns what is new since the last one. Where the key or the
/// record of a part is not at hand, nothing is written and nothing is known.
pub(super) fn join(
    content: &Path,
    parts: &[&Path],
    out: &Path,
) -> Result<Option<Vec<News>>, Diagnostic> {
    let Some(key) = Key::open_if_any(content).ok().flatten() else {
        return Ok(None);
    };
    let hash = |body: &[u8]| key.derive(PURPOSE, &[body]);
    let releases = parts.iter().map(|part| {
        let memory = Memory::of(content, part, &hash);
        memory.last(None).cloned()
    });
    let Some(releases) = releases.collect::<Option<Vec<Release>>>() else {
        return Ok(None);
    };
    let joined = releases.into_iter().reduce(|mut whole, part| {
        whole.pages.extend(part.pages);
        whole.persons.extend(part.persons);
        whole.warnings.extend(part.warnings);
        whole
    });
    let Some(joined) = joined else {
        return Ok(None);
    };
    let memory = Memory::of(content, out, &hash);
    let news = memory.last(None).map(|last| news::between(last, &joined));
    memory.begin(&joined, None)?.finish()?;
    Ok(news)
}

/// Whose page lies in which folder, such as `p/<id>`, as the records in `content` know it; nothing where they or their key are not at hand.
pub(super) fn names(content: &Path) -> BTreeMap<String, String> {
    let Some(key) = Key::open_if_any(content).ok().flatten() else {
        return BTreeMap::new();
    };
    let hash = |body: &[u8]| key.derive(PURPOSE, &[body]);
    let records = Store::of(content, content, &hash).read_all();
    let mut names = BTreeMap::new();
    for release in records.iter().flat_map(|record| &record.releases) {
        let pages = release.pages.iter();
        let pages = pages.map(|page| {
            let whose = format!("`{}` in `{}`", page.reader, page.engagement);
            (&page.file.path, whose)
        });
        let persons = release.persons.iter();
        let persons = persons.map(|page| (&page.file.path, format!("person `{}`", page.id)));
        for (path, whose) in pages.chain(persons) {
            names.extend(page_folder(path).map(|folder| (folder.to_owned(), whose)));
        }
    }
    names
}

impl Remembered {
    /// Leaves what has gone out alone in the record.
    pub(super) fn finish(self) -> Result<(), Diagnostic> {
        self.0.map_or(Ok(()), Replacement::put).map_err(unwritten)
    }
}

fn unwritten(problem: Diagnostic) -> Diagnostic {
    let message = format!("what was released is not recorded: {}", problem.message());
    let hint = "the next build takes all for new; a page of an engagement that cannot be built may then end";
    Diagnostic::warning(message).with_hint(hint)
}
