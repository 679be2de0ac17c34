//! `serve`: one engagement or one page at a time, made by the stages of a build but not published.
//!
//! The rules it guards: a previewed page is the page that a build would publish, byte for byte; and a page is never sealed here with what
//! opens a published one.

use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::access::key::Key;
use crate::access::{Access, Sealed};
use crate::content::folder::trace;
use crate::diagnostic::{Diagnostic, sort};
use crate::engagement::Engagement;
use crate::engagement::asked::Asked;
use crate::engagement::due::DueEntry;
use crate::engagement::firm::AccessMode;
use crate::engagement::later::Later;
use crate::pipeline::asking::AskingPages;
use crate::pipeline::due::AnswersHere;
use crate::pipeline::options::Auditing;
use crate::pipeline::pages::{PageSource, ReaderPage};
use crate::pipeline::preparing::{Preparation, prepare};
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{asking, pages, parallel, records, sealing};
use crate::portal::sight::{OnNoPage, Sight};
use crate::progress;
use crate::progress::past::Past;

/// An engagement in whose files no error was found.
pub struct ValidEngagement {
    title: String,
    /// The engagement, split on the day for which it was looked at last.
    split: Mutex<Split>,
    /// Who stood alone in the rounds that were published.
    past: Past,
    /// How many notes it has.
    notes: usize,
}

/// An engagement as of a day, and what waits then.
struct Split {
    engagement: Engagement,
    later: Later,
}

/// What a build would make of an engagement.
pub struct Preview {
    /// The engagement, if a build would take it.
    pub valid: Option<ValidEngagement>,
    /// The pages that a build would publish.
    pub pages: Vec<PreviewPage>,
    /// Errors and warnings.
    pub problems: Vec<Diagnostic>,
}

/// One reader's page, known by its digest.
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

/// A key for as long as the program runs: whoever reads along learns nothing from it that opens a published page.
pub struct PreviewKey(Key);

/// What a previewed file asks for where its reader types a passphrase.
const STAND_IN: &str = "any passphrase here";

/// One reader's file as it would be published, but for the key, with what opens it.
pub struct SealedPreview {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Where it would lie in a site of this key.
    pub path: String,
    /// The code that opens it; nothing where pages are not sealed.
    pub code: Option<String>,
    /// What stands for the reader's passphrase; nothing where none is asked for.
    pub passphrase: Option<&'static str>,
}

/// Which page of an engagement is wanted.
#[derive(Debug, Clone, Copy)]
pub struct PageOf<'a> {
    /// The reader's id.
    pub reader: &'a str,
    /// The day as of which the page is made.
    pub day: Date,
}

impl PreviewKey {
    /// Makes one.
    pub fn make() -> Result<Self, Diagnostic> {
        Key::make().map(Self)
    }
}

impl ValidEngagement {
    /// Returns the title of the engagement.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Looks at the engagement as it is on `day`: without what waits then.
    fn on<T>(&self, day: Date, look: impl FnOnce(&Split) -> T) -> T {
        let mut split = self.split.lock().unwrap_or_else(PoisonError::into_inner);
        let later = std::mem::take(&mut split.later);
        split.engagement.put_back(later);
        split.later = split.engagement.split_off(day.into());
        look(&split)
    }
}

/// Takes engagements as far as a build would, short of sealing; in their order.
pub fn preview_each(workspace: &Workspace, ids: &[String], today: Date) -> Vec<Preview> {
    parallel::engagements(ids, |id| preview(workspace, id, today))
}

/// Takes one engagement as far as a build would, short of sealing.
pub fn preview(workspace: &Workspace, id: &str, today: Date) -> Preview {
    let known = workspace.book.engagements.iter();
    let Some(id) = known.into_iter().find(|known| known.as_str() == id) else {
        return Preview::failed(Vec::new());
    };
    let mut problems = Vec::new();
    let key = Key::open_if_any(workspace.book.folder());
    let key = key.unwrap_or_else(|problem| {
        problems.push(problem);
        None
    });
    let preparation = Preparation {
        workspace,
        key: key.as_ref(),
        today: today.into(),
        auditing: Auditing::Full,
    };
    let prepared = prepare(&preparation, id);
    problems.extend(prepared.problems.general);
    problems.extend(prepared.problems.leaks);
    let valid = prepared
        .engagement
        .filter(|_| !problems.iter().any(Diagnostic::is_error));
    let Some(engagement) = valid else {
        return Preview::failed(problems);
    };
    let pages = prepared.pages.iter();
    let pages = pages.map(|page| PreviewPage::of(&engagement, page));
    let pages = pages.collect();
    let later = prepared.later;
    Preview {
        pages,
        valid: Some(ValidEngagement {
            title: engagement.title.clone(),
            notes: trace::notes(&workspace.book.folder().join(id.as_str())),
            past: records::past(key.as_ref(), &engagement),
            split: Mutex::new(Split { engagement, later }),
        }),
        problems,
    }
}

/// Makes the page of one reader as of a day; nothing if that person has no portal then.
pub fn page(
    workspace: &Workspace,
    valid: &ValidEngagement,
    wanted: PageOf<'_>,
) -> Option<Result<ReaderPage, Diagnostic>> {
    valid.on(wanted.day, |split| {
        page_of(workspace, (&split.engagement, &valid.past), wanted)
    })
}

/// Makes the page on which one person is asked, with what follows from this key alone; nothing if that person is not asked then.
pub fn asking(
    workspace: &Workspace,
    valid: &ValidEngagement,
    wanted: PageOf<'_>,
    key: &PreviewKey,
) -> Option<Result<String, Diagnostic>> {
    valid.on(wanted.day, |split| {
        let pages = AskingPages {
            workspace,
            key: Some(&key.0),
            engagement: &split.engagement,
            today: wanted.day.into(),
        };
        let page = pages.of(wanted.reader)?;
        Some(page.map(|page| page.page.document().to_owned()))
    })
}

/// Returns who has an asking page: ids and names.
pub fn asked(valid: &ValidEngagement, today: Date) -> Vec<(String, String)> {
    valid.on(today, |split| {
        let asked = asking::asked(&split.engagement, today.into()).into_iter();
        let person = |asked: Asked<'_>| (asked.person.id.to_string(), asked.person.name.clone());
        asked.map(person).collect()
    })
}

/// Makes the file of one reader as a build with this key would publish it; nothing if that person has no portal.
pub fn sealed(
    workspace: &Workspace,
    valid: &ValidEngagement,
    wanted: PageOf<'_>,
    key: &PreviewKey,
) -> Option<Result<SealedPreview, Diagnostic>> {
    valid.on(wanted.day, |split| {
        let page = page_of(workspace, (&split.engagement, &valid.past), wanted)?;
        Some(page.and_then(|page| seal_one(workspace, &split.engagement, &page, &key.0)))
    })
}

/// Makes the page of one reader of an engagement that was split on the day wanted.
fn page_of(
    workspace: &Workspace,
    (engagement, past): (&Engagement, &Past),
    wanted: PageOf<'_>,
) -> Option<Result<ReaderPage, Diagnostic>> {
    let mut readers = engagement.readers(wanted.day.into()).into_iter();
    let reader = readers.find(|reader| reader.id().as_str() == wanted.reader)?;
    let source = PageSource {
        workspace,
        engagement,
        figures: &progress::figures(engagement, past),
        today: wanted.day.into(),
    };
    Some(pages::of_reader(&source, &reader))
}

fn seal_one(
    workspace: &Workspace,
    engagement: &Engagement,
    page: &ReaderPage,
    key: &Key,
) -> Result<SealedPreview, Diagnostic> {
    let person = engagement
        .stakeholder(page.reader.id())
        .ok_or_else(|| Diagnostic::error("a reader is unknown"))?;
    let link = sealing::link(workspace, key, engagement, person);
    let asks = sealing::asks(workspace, engagement, person);
    let (access, code) = match sealing::access_mode(workspace, engagement) {
        AccessMode::Link => (Access::Link, None),
        AccessMode::Sealed => {
            let opening = asks.opening(Ok(STAND_IN), &link)?;
            let code = link.code().as_str().to_owned();
            (Access::Sealed(opening), Some(code))
        }
    };
    let sealed = Sealed::of(&page.page, &link, &access, &workspace.shell);
    Ok(SealedPreview {
        bytes: sealed.bytes().to_vec(),
        path: sealed.path().as_str().to_owned(),
        code,
        passphrase: asks.passphrase.then_some(STAND_IN),
    })
}

/// Returns what the coach has to think of on a day, by kind and day.
pub fn due(
    workspace: &Workspace,
    valid: &ValidEngagement,
    today: Date,
    answers: &AnswersHere,
) -> Vec<DueEntry> {
    valid.on(today, |split| {
        let engagement = &split.engagement;
        engagement.due(today, |round| answers.counted(workspace, engagement, round))
    })
}

/// Returns who sees what of an engagement.
pub fn sight(valid: &ValidEngagement, today: Date) -> Sight {
    valid.on(today, |Split { engagement, later }| {
        let on_no_page = OnNoPage {
            later: Some(later),
            notes: valid.notes,
        };
        let figures = progress::figures(engagement, &valid.past);
        Sight::of(engagement, &figures, today.into(), on_no_page)
    })
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

impl PreviewPage {
    fn of(engagement: &Engagement, page: &ReaderPage) -> Self {
        let id = page.reader.id();
        let name = engagement.stakeholder(id).map(|person| person.name.clone());
        Self {
            reader: id.to_string(),
            name: name.unwrap_or_default(),
            role: page.reader.role().as_str(),
            digest: Sha256::digest(page.page.document()).into(),
        }
    }
}
