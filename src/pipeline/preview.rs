//! A build in pieces, for a loop around it: one engagement, one reader, one day at a time, on the same path.
//!
//! The rule it guards: a previewed page is the page that a build would publish, byte for byte.

use std::path::Path;
use std::path::PathBuf;

use jiff::civil::Date;
use sha2::Digest;
use sha2::Sha256;

use crate::access::key::Key;
use crate::content::trace;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::sort;
use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::firm::AccessMode;
use crate::pipeline::Portal;
use crate::pipeline::Studio;
use crate::pipeline::link;
use crate::pipeline::manner::Auditing;
use crate::pipeline::spread;
use crate::pipeline::verdict::Failure;
use crate::pipeline::verdict::FailureKind;
use crate::portal::sight::Sight;
use crate::progress;

/// How deep an engagement's folder is looked into.
const ENGAGEMENT_DEPTH: usize = 3;

/// How deep a theme's folder is looked into.
const THEME_DEPTH: usize = 8;

/// An engagement without errors, as it was when it was read.
pub struct Draft {
    /// With all its rounds, those that have not closed yet among them.
    engagement: Engagement,
    notes: usize,
}

/// What became of an engagement on its way through a build.
pub struct Drafted {
    /// The engagement, if a build would take it.
    pub draft: Option<Draft>,
    /// The pages that a build would publish.
    pub pages: Vec<DraftedPage>,
    /// Everything to tell.
    pub problems: Vec<Diagnostic>,
}

/// One reader's page, told apart from others by its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftedPage {
    /// The reader's id.
    pub reader: String,
    /// The reader's name.
    pub name: String,
    /// The reader's role.
    pub role: &'static str,
    /// SHA-256 of the page.
    pub digest: [u8; 32],
}

/// One reader's file as it is published, with what opens it.
pub struct PublishedPage {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Where it lies in the site.
    pub path: String,
    /// The code that opens it; nothing where pages are not sealed.
    pub code: Option<String>,
}

impl Draft {
    /// The title of the engagement.
    pub fn title(&self) -> &str {
        &self.engagement.title
    }

    fn reader(&self, id: &str, today: Date) -> Option<Reader> {
        let readers = self.engagement.readers(today);
        readers
            .into_iter()
            .find(|reader| reader.id().as_str() == id)
    }
}

impl Studio {
    /// The ids of the engagements in their order.
    pub fn engagements(&self) -> impl Iterator<Item = &str> {
        self.book.engagements.iter().map(|id| id.as_str())
    }

    /// What was to be told of the book itself.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The firm's name.
    pub fn firm(&self) -> &str {
        &self.book.firm.name
    }

    /// Takes engagements as far as a build would, short of sealing; in their order.
    pub fn draft_each(&self, ids: &[String], today: Date) -> Vec<Drafted> {
        spread::engagements(ids, |id| self.draft(id, today))
    }

    /// Takes one engagement as far as a build would, short of sealing.
    pub fn draft(&self, id: &str, today: Date) -> Drafted {
        let known = self.book.engagements.iter();
        let Some(id) = known.into_iter().find(|known| known.as_str() == id) else {
            return Drafted::failed(Vec::new());
        };
        let mut problems = Vec::new();
        let key = Key::open_if_any(self.book.folder());
        let key = key.unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        let judged = self.judged(id, key.as_ref(), today, Auditing::Full);
        problems.extend(judged.told.problems);
        problems.extend(judged.told.leaks);
        let sound = judged
            .engagement
            .filter(|_| !problems.iter().any(Diagnostic::is_error));
        let Some(mut engagement) = sound else {
            return Drafted::failed(problems);
        };
        let portals = judged.portals.iter();
        let pages = portals.map(|portal| drafted(&engagement, portal)).collect();
        engagement.pulse.rounds.extend(judged.later);
        Drafted {
            pages,
            draft: Some(Draft {
                notes: trace::notes(&self.book.folder().join(id.as_str())),
                engagement,
            }),
            problems,
        }
    }

    /// Makes the page of one reader as of a day; nothing if that person has no portal then.
    pub fn page(
        &self,
        draft: &Draft,
        reader: &str,
        today: Date,
    ) -> Option<Result<Portal, Diagnostic>> {
        let reader = draft.reader(reader, today)?;
        let figures = progress::figures_on(&draft.engagement, today);
        Some(self.portal(&draft.engagement, &figures, &reader, today))
    }

    /// Makes the file of one reader as a build would publish it; nothing if that person has no portal.
    pub fn published(
        &self,
        draft: &Draft,
        reader: &str,
        today: Date,
        out: &Path,
    ) -> Option<Result<PublishedPage, Diagnostic>> {
        let portal = match self.page(draft, reader, today)? {
            Ok(portal) => portal,
            Err(problem) => return Some(Err(problem)),
        };
        Some(self.publish_one(draft, &portal, out))
    }

    fn publish_one(
        &self,
        draft: &Draft,
        portal: &Portal,
        out: &Path,
    ) -> Result<PublishedPage, Diagnostic> {
        let engagement = &draft.engagement;
        let key = Key::open_or_make(self.book.folder(), Some(out))?;
        let sealed = self.seal(&key, engagement, portal)?;
        let person = engagement
            .stakeholder(portal.reader.id())
            .ok_or_else(|| Diagnostic::error("a reader is unknown"))?;
        let code = match engagement.access.unwrap_or(self.book.firm.access) {
            AccessMode::Sealed => Some(link(&key, engagement, person).code().as_str().to_owned()),
            AccessMode::Link => None,
        };
        Ok(PublishedPage {
            bytes: sealed.bytes().to_vec(),
            path: sealed.path().as_str().to_owned(),
            code,
        })
    }

    /// Who sees what of an engagement.
    pub fn sight(&self, draft: &Draft, today: Date) -> Sight {
        let figures = progress::figures_on(&draft.engagement, today);
        Sight::of(&draft.engagement, &figures, today, draft.notes)
    }
}

impl Studio {
    /// Who sees what of every engagement, or what stands in the way.
    pub fn sights(&self, today: Date) -> Result<Vec<Sight>, Failure> {
        let mut sights = Vec::new();
        let mut problems = self.warnings.clone();
        for id in self.engagements() {
            let drafted = self.draft(id, today);
            problems.extend(drafted.problems);
            sights.extend(drafted.draft.map(|draft| self.sight(&draft, today)));
        }
        sort(&mut problems);
        if problems.iter().any(Diagnostic::is_error) {
            return Err(Failure::of(FailureKind::Content, problems));
        }
        Ok(sights)
    }
}

impl Drafted {
    fn failed(mut problems: Vec<Diagnostic>) -> Self {
        sort(&mut problems);
        Self {
            draft: None,
            pages: Vec::new(),
            problems,
        }
    }
}

fn drafted(engagement: &Engagement, portal: &Portal) -> DraftedPage {
    let id = portal.reader.id();
    let name = engagement.stakeholder(id).map(|person| person.name.clone());
    DraftedPage {
        reader: id.to_string(),
        name: name.unwrap_or_default(),
        role: portal.reader.role().as_str(),
        digest: Sha256::digest(portal.page.document()).into(),
    }
}

/// The trace of loggia.toml and what lies beside it.
pub fn trace_of_book(content: &Path) -> [u8; 32] {
    trace::of_book(content)
}

/// The folders in the content folder.
pub fn folders(content: &Path) -> Vec<String> {
    trace::folders(content)
}

/// The trace of one engagement's folder.
pub fn trace_of_engagement(content: &Path, id: &str) -> [u8; 32] {
    trace::of_folder(&content.join(id), ENGAGEMENT_DEPTH)
}

/// The trace of a theme's folder.
pub fn trace_of_theme(folder: &Path) -> [u8; 32] {
    trace::of_folder(folder, THEME_DEPTH)
}

/// Whether a build passes over whatever has this name.
pub fn is_passed_over(name: &str) -> bool {
    trace::is_passed_over(name)
}

/// The folder of themes beside a content folder.
pub fn themes_folder(content: &Path) -> PathBuf {
    content.join("..").join("themes")
}
