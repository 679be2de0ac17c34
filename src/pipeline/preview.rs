//! A build short of publishing, for a loop around it: one engagement, one reader, one day at a time, on the same path.
//!
//! The rule it guards: a preview page is the page that a build would publish, byte for byte.

use std::path::Path;

use jiff::civil::Date;
use sha2::Digest;
use sha2::Sha256;

use crate::access::key::Key;
use crate::content::folder::trace;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::sort;
use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::firm::AccessMode;
use crate::pipeline::Portal;
use crate::pipeline::Workspace;
use crate::pipeline::link;
use crate::pipeline::options::Auditing;
use crate::pipeline::parallel;
use crate::portal::sight::Sight;
use crate::progress;

/// An engagement without errors, as it was when it was read.
pub struct ValidEngagement {
    /// With all its rounds, those that have not closed yet among them.
    engagement: Engagement,
    notes: usize,
}

/// What became of an engagement on its way through a build.
pub struct Preview {
    /// The engagement, if a build would take it.
    pub valid: Option<ValidEngagement>,
    /// The pages that a build would publish.
    pub pages: Vec<PreviewPage>,
    /// Everything to tell.
    pub problems: Vec<Diagnostic>,
}

/// One reader's page, problems apart from others by its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewPage {
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

impl ValidEngagement {
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

impl Workspace {
    /// The ids of the engagements in their order.
    pub fn engagements(&self) -> impl Iterator<Item = &str> {
        self.book.engagements.iter().map(|id| id.as_str())
    }

    /// What was to be problems of the book itself.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The firm's name.
    pub fn firm(&self) -> &str {
        &self.book.firm.name
    }

    /// Takes engagements as far as a build would, short of sealing; in their order.
    pub fn preview_each(&self, ids: &[String], today: Date) -> Vec<Preview> {
        parallel::engagements(ids, |id| self.preview(id, today))
    }

    /// Takes one engagement as far as a build would, short of sealing.
    pub fn preview(&self, id: &str, today: Date) -> Preview {
        let known = self.book.engagements.iter();
        let Some(id) = known.into_iter().find(|known| known.as_str() == id) else {
            return Preview::failed(Vec::new());
        };
        let mut problems = Vec::new();
        let key = Key::open_if_any(self.book.folder());
        let key = key.unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        let judged = self.judged(id, key.as_ref(), today, Auditing::Full);
        problems.extend(judged.problems.general);
        problems.extend(judged.problems.leaks);
        let valid = judged
            .engagement
            .filter(|_| !problems.iter().any(Diagnostic::is_error));
        let Some(mut engagement) = valid else {
            return Preview::failed(problems);
        };
        let portals = judged.portals.iter();
        let pages = portals.map(|portal| preview(&engagement, portal)).collect();
        engagement.pulse.rounds.extend(judged.later);
        Preview {
            pages,
            valid: Some(ValidEngagement {
                notes: trace::notes(&self.book.folder().join(id.as_str())),
                engagement,
            }),
            problems,
        }
    }

    /// Makes the page of one reader as of a day; nothing if that person has no portal then.
    pub fn page(
        &self,
        valid: &ValidEngagement,
        reader: &str,
        today: Date,
    ) -> Option<Result<Portal, Diagnostic>> {
        let reader = valid.reader(reader, today)?;
        let figures = progress::figures_on(&valid.engagement, today);
        Some(self.portal(&valid.engagement, &figures, &reader, today))
    }

    /// Makes the file of one reader as a build would publish it; nothing if that person has no portal.
    pub fn published(
        &self,
        valid: &ValidEngagement,
        reader: &str,
        today: Date,
        out: &Path,
    ) -> Option<Result<PublishedPage, Diagnostic>> {
        let portal = match self.page(valid, reader, today)? {
            Ok(portal) => portal,
            Err(problem) => return Some(Err(problem)),
        };
        Some(self.publish_one(valid, &portal, out))
    }

    fn publish_one(
        &self,
        valid: &ValidEngagement,
        portal: &Portal,
        out: &Path,
    ) -> Result<PublishedPage, Diagnostic> {
        let engagement = &valid.engagement;
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
    pub fn sight(&self, valid: &ValidEngagement, today: Date) -> Sight {
        let figures = progress::figures_on(&valid.engagement, today);
        Sight::of(&valid.engagement, &figures, today, valid.notes)
    }
}

impl Preview {
    fn failed(mut problems: Vec<Diagnostic>) -> Self {
        sort(&mut problems);
        Self {
            valid: None,
            pages: Vec::new(),
            problems,
        }
    }
}

fn preview(engagement: &Engagement, portal: &Portal) -> PreviewPage {
    let id = portal.reader.id();
    let name = engagement.stakeholder(id).map(|person| person.name.clone());
    PreviewPage {
        reader: id.to_string(),
        name: name.unwrap_or_default(),
        role: portal.reader.role().as_str(),
        digest: Sha256::digest(portal.page.document()).into(),
    }
}
