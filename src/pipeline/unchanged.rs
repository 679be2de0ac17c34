//! What did not change is not made again: an engagement stays as the last build made it where nothing that it was made from is other.
//!
//! The rules it guards: a page stays only while everything is as it was that a build or an audit looks at for it: the files of its
//! engagement, notes included; all that engagements share (loggia.toml and what lies beside it, theme, passphrases, link numbers, the
//! program, the key); how it is built; and no day has come on which anything would come out otherwise. The pages must stand in the site
//! byte for byte, all of them, before one is taken over. Whatever cannot be looked at, or was not written down by this program with
//! this key, is made again.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};
use std::{env, fs};

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::access::key::Key;
use crate::access::private;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::id::EngagementId;
use crate::files::identity::Stamp;
use crate::pipeline::marks::{FolderMarks, Notes};
use crate::pipeline::options::{Auditing, BuildOptions, Remaking, Reporting, Writing};
use crate::pipeline::remembering::Memory;
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{link_record, marks};
use crate::publish::Publication;
use crate::publish::standing;
use crate::publish::standing::Standing;
use crate::record::contents::{RecordedPage, RecordedPerson};
use crate::record::made::{FolderMark, Made, MadeEngagement, MadeFile, MadePerson};

/// What the key closes the record for.
const PURPOSE: &str = "made/v1";

/// What the last build of this site made, as far as it may stay.
pub(super) struct Unchanged<'a> {
    workspace: &'a Workspace,
    key: &'a Key,
    memory: &'a Memory<'a>,
    options: BuildOptions,
    today: Date,
    /// Whether anything stays, and is written down for the next build.
    is_on: bool,
    /// The record as it was found, still closed.
    closed: Option<Vec<u8>>,
    engagements: BTreeMap<String, MadeEngagement>,
    persons: BTreeMap<String, MadePerson>,
    /// What is recorded of pages, by path and digest.
    pages: BTreeMap<[&'a str; 2], &'a RecordedPage>,
    /// The moment before which stamps count.
    moment: u64,
}

/// An engagement of which everything stays.
pub(super) struct KeptEngagement {
    pub(super) made: MadeEngagement,
    /// What is recorded of the pages of its readers.
    pub(super) recorded: Vec<RecordedPage>,
}

/// The folder of an engagement as it is before anything of it is read.
pub(super) struct Looked {
    /// All of it but what texts show.
    marks: Option<FolderMarks>,
    /// With what the texts showed for the last build: whether it is as it was then, and how it is written down from now on if stamps
    /// were not enough to tell.
    since_made: Option<(bool, Option<FolderMark>)>,
}

impl<'a> Unchanged<'a> {
    /// What the last build into this folder made. Dry builds and those that report keep nothing and write nothing down.
    pub(super) fn of(
        (workspace, key): (&'a Workspace, &'a Key),
        memory: &'a Memory<'a>,
        (options, today): (BuildOptions, Date),
    ) -> Self {
        let mut unchanged = Self {
            workspace,
            key,
            memory,
            options,
            today,
            is_on: options.writing == Writing::On && options.reporting == Reporting::Off,
            closed: None,
            engagements: BTreeMap::new(),
            persons: BTreeMap::new(),
            pages: BTreeMap::new(),
            moment: marks::settled_now(),
        };
        if !unchanged.is_on || options.remaking == Remaking::Everything {
            return unchanged;
        }
        unchanged.closed = memory.made();
        let links = workspace.book.link_record.as_ref().map(link_record::text);
        let of = unchanged.shared(&links.unwrap_or_default());
        let opened = unchanged.closed.as_ref();
        let opened = opened.and_then(|closed| private::opened(key, PURPOSE, closed));
        let made = opened.and_then(|bytes| Made::read(&bytes, memory.site()));
        let Some(made) = made.filter(|made| Some(made.of) == of) else {
            return unchanged;
        };
        let engagements = made.engagements.into_iter();
        unchanged.engagements = engagements.map(|made| (made.id.clone(), made)).collect();
        let persons = made.persons.into_iter();
        unchanged.persons = persons.map(|made| (made.id.clone(), made)).collect();
        let releases = memory
            .record()
            .into_iter()
            .flat_map(|record| &record.releases);
        for page in releases.flat_map(|release| &release.pages) {
            let place = [page.file.path.as_str(), page.file.sha256.as_str()];
            unchanged.pages.insert(place, page);
        }
        unchanged
    }

    /// Looks at the folder of an engagement. To be called before anything of it is read, so that what changes later is another folder.
    pub(super) fn look(&self, id: &EngagementId) -> Looked {
        if !self.is_on {
            return Looked {
                marks: None,
                since_made: None,
            };
        }
        let made = self.engagements.get(id.as_str());
        let moments = [
            made.map_or(self.moment, |made| made.folder.moment),
            self.moment,
        ];
        let notes = match self.options.auditing {
            Auditing::Full => Notes::Read,
            Auditing::Off => Notes::Closed,
        };
        let content = self.workspace.book.folder();
        let place = (content, &self.workspace.inputs);
        let marks = FolderMarks::of(place, id.as_str(), notes, moments);
        let since_made = made.zip(marks.clone()).and_then(|(made, mut marks)| {
            let folder = content.join(id.as_str());
            let mut shown = made.shown.iter();
            shown.try_for_each(|path| marks.add_shown(&folder, path))?;
            let ([then, now], is_unsettled) = marks.digests();
            let now = is_unsettled.then_some(FolderMark {
                moment: self.moment,
                digest: now,
            });
            Some((made.folder.digest == then, now))
        });
        Looked { marks, since_made }
    }

    /// The engagement as it was made, if all of it stays and stands in the site.
    pub(super) fn kept(
        &self,
        id: &EngagementId,
        looked: &Looked,
        publication: &Publication,
    ) -> Result<Option<KeptEngagement>, Diagnostic> {
        let made = self.engagements.get(id.as_str());
        let is_of_day = |made: &&MadeEngagement| {
            made.from <= self.today && made.until.is_none_or(|until| self.today < until)
        };
        let Some((true, now)) = looked.since_made else {
            return Ok(None);
        };
        let Some(made) = made.filter(is_of_day) else {
            return Ok(None);
        };
        let recorded = made.pages.iter().map(|page| {
            let page = self.pages.get(&[page.path.as_str(), page.sha256.as_str()]);
            page.filter(|page| page.engagement == id.as_str())
                .copied()
                .cloned()
        });
        let Some(recorded) = recorded.collect::<Option<Vec<RecordedPage>>>() else {
            return Ok(None);
        };
        let mut made = made.clone();
        for file in made.pages.iter_mut().chain(&mut made.asking) {
            let Some(standing) = self.standing(file, publication)? else {
                return Ok(None);
            };
            file.stamp = standing.stamp;
        }
        if let Some(now) = now {
            // From now on stamps may be enough.
            made.folder = now;
        }
        Ok(Some(KeptEngagement { made, recorded }))
    }

    /// The page of a person as it was made of the portals in these engagements, if it stands in the site.
    pub(super) fn kept_person(
        &self,
        id: &str,
        engagements: &[String],
        publication: &Publication,
    ) -> Result<Option<(MadePerson, RecordedPerson)>, Diagnostic> {
        let made = self.persons.get(id);
        let Some(made) = made.filter(|made| made.engagements == engagements) else {
            return Ok(None);
        };
        let MadeFile { path, sha256, .. } = &made.file;
        let recorded = self.memory.record();
        let recorded = recorded.and_then(|record| record.person_of(path, sha256));
        let recorded = recorded.filter(|recorded| recorded.id == id);
        let standing = match recorded {
            Some(_) => self.standing(&made.file, publication)?,
            None => None,
        };
        Ok(recorded.zip(standing).map(|(recorded, standing)| {
            let mut made = made.clone();
            made.file.stamp = standing.stamp;
            (made, recorded.clone())
        }))
    }

    /// Whether a file stands in the site as it was made.
    fn standing(
        &self,
        file: &MadeFile,
        publication: &Publication,
    ) -> Result<Option<Standing>, Diagnostic> {
        publication.holds(&standing::MadeFile {
            path: &file.path,
            digest: &file.digest,
            stamp: file.stamp,
            moment: SystemTime::UNIX_EPOCH + Duration::from_secs(self.moment),
        })
    }

    /// Writes down for the next build what this one made, if that is other than before; a warning if that fails. `links` is the record
    /// of link numbers as the build leaves it.
    pub(super) fn remember(
        &self,
        links: &str,
        (engagements, persons): (Vec<MadeEngagement>, Vec<MadePerson>),
    ) -> Result<(), Diagnostic> {
        let Some(of) = self.shared(links).filter(|_| self.is_on) else {
            return Ok(());
        };
        let made = Made {
            of,
            engagements,
            persons,
        };
        let bytes = made.bytes(self.memory.site());
        let closed = private::closed(self.key, PURPOSE, &bytes);
        if self.closed.as_ref() == Some(&closed) {
            return Ok(());
        }
        self.memory.put_made(&closed)
    }

    /// How the folder of an engagement that was made is written down, with what its texts show; nothing where it cannot be.
    pub(super) fn folder(&self, looked: Looked, engagement: &Engagement) -> Option<FolderMark> {
        let mut marks = looked.marks?;
        let folder = self.workspace.book.folder().join(engagement.id.as_str());
        let mut sources = engagement.shown_sources.iter();
        sources.try_for_each(|source| marks.add_read(&folder, &source.path, source.sha256))?;
        let ([_, digest], _) = marks.digests();
        Some(FolderMark {
            moment: self.moment,
            digest,
        })
    }

    /// One digest of all that is the same for every engagement. Nothing where anything of it cannot be looked at.
    fn shared(&self, links: &str) -> Option<[u8; 32]> {
        let mut digest = Sha256::new();
        let mut add = |bytes: &[u8]| {
            digest.update((bytes.len() as u64).to_be_bytes());
            digest.update(bytes);
        };
        add(env!("CARGO_PKG_VERSION").as_bytes());
        add(&program()?);
        add(&self.workspace.shared?);
        add(links.as_bytes());
        let BuildOptions {
            auditing, shard, ..
        } = self.options;
        add(&[u8::from(auditing == Auditing::Full)]);
        add(shard.to_string().as_bytes());
        for words in self.workspace.book.passphrases.all() {
            for word in words {
                add(word.as_bytes());
            }
        }
        Some(self.key.derive(PURPOSE, &[&digest.finalize()]))
    }
}

/// Which program this is: two that call themselves the same version may have been built from different sources.
fn program() -> Option<Vec<u8>> {
    let path = env::current_exe().ok()?;
    let found = path.metadata().ok()?;
    // Nobody writes to a program that runs, so its stamp tells at once.
    let always = SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 32);
    let stamp = Stamp::from(&found).settled_before(always);
    stamp.or_else(|| Some(Sha256::digest(fs::read(path).ok()?).to_vec()))
}
