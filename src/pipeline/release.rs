//! What a build sent to whom, by which rule: the firm's record of a release.
//!
//! The rule it guards: it holds names of files, rules and digests, never a text; of what was withheld only how much, by rule.

use std::fs;
use std::path::Path;

use data_encoding::HEXLOWER;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::access::Sealed;
use crate::access::key::Key;
use crate::content::folder::trace;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::firm::AccessMode;
use crate::engagement::id::StakeholderId;
use crate::engagement::later::Later;
use crate::engagement::today::Today;
use crate::pipeline::ending::EndedPage;
use crate::pipeline::persons::PersonPage;
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{asking, records, sealing};
use crate::portal::sight::{OnNoPage, Sight};
use crate::publish::replace::{Replacement, replace};
use crate::record::contents::RecordedFile;
use crate::record::made::MadeFile;

/// A release, engagement by engagement.
#[derive(Debug, Default)]
pub struct Release {
    /// The engagements in their order.
    pub engagements: Vec<ReleasedEngagement>,
    /// The pages of persons who read several portals.
    pub persons: Vec<ReleasedPortal>,
    /// The files that are nobody's page.
    pub files: Vec<ReleasedFile>,
    /// The engagements that could not be built, with what stays of them.
    pub held: Vec<HeldEngagement>,
}

/// What became of an engagement that cannot be built.
#[derive(Debug, Clone)]
pub struct HeldEngagement {
    /// Which one.
    pub engagement: String,
    /// The pages that stay as they were published.
    pub kept: Vec<ReleasedPortal>,
    /// The pages that end, or are not there.
    pub ended: Vec<EndedPage>,
}

/// What was released of one engagement.
#[derive(Debug)]
pub struct ReleasedEngagement {
    /// The day on which the coachee agreed.
    pub agreed: Option<Date>,
    /// Who sees what, and by which rule.
    pub sight: Sight,
    /// The pages.
    pub portals: Vec<ReleasedPortal>,
    /// The pages on which raters are asked.
    pub asking: Vec<ReleasedPortal>,
}

/// A reader's page.
#[derive(Debug, Clone)]
pub struct ReleasedPortal {
    /// The reader's id.
    pub reader: String,
    /// How it is kept from others.
    pub access: AccessMode,
    /// Whether it asks for a passphrase besides the link.
    pub passphrase: bool,
    /// Whether it waits for a click.
    pub waits_for_click: bool,
    /// The file.
    pub file: ReleasedFile,
}

/// A file of the site.
#[derive(Debug, Clone)]
pub struct ReleasedFile {
    /// Its path in the site.
    pub path: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// Refuses a report inside the site: it would be published, and the next build would not know it.
pub fn refuse_inside(file: &Path, out: &Path) -> Result<(), Diagnostic> {
    let folder = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let folder = folder.parent().unwrap_or(&folder);
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let out = out.canonicalize().or_else(|_| std::path::absolute(out));
    if out.is_ok_and(|out| folder.starts_with(out)) {
        let problem = Diagnostic::error(format!(
            "the report `{}` would be published",
            file.display()
        ));
        return Err(problem.with_hint("put it beside the site, not into it"));
    }
    Ok(())
}

/// Writes a file of its own beside the content, whole or not at all.
pub fn keep(file: &Path, text: &str) -> Result<(), Diagnostic> {
    replace(file, text.as_bytes())
}

/// Writes a report beside its place, where it is put once the site is out.
pub fn staged(file: &Path, text: &str) -> Result<StagedReport, Diagnostic> {
    // A device or a pipe would be replaced by the report, not filled with it.
    if fs::metadata(file).is_ok_and(|found| !found.is_file()) {
        let problem = format!("`{}` is not a plain file", file.display());
        return Err(Diagnostic::error(problem).with_hint("name a new file for the report"));
    }
    Replacement::of(file.to_owned(), text.as_bytes()).map(StagedReport)
}

/// A report that is on the disk and not yet in its place.
pub struct StagedReport(Replacement);

impl StagedReport {
    pub(super) fn put(self) -> Result<(), Diagnostic> {
        self.0.put()
    }
}

impl HeldEngagement {
    /// What the coach is told of it, page by page.
    pub(super) fn notices(&self) -> Vec<Diagnostic> {
        let hint = "mend what is wrong there and build again; links stay the same";
        let notice = |page: &EndedPage| {
            let whose = match &page.reader {
                Some(reader) => format!("the page of `{reader}` is not in the site"),
                None => "no page of this engagement is in the site".to_owned(),
            };
            let message = format!("{whose}: {}", page.reason.text());
            Diagnostic::warning(message)
                .in_file(&*self.engagement)
                .with_hint(hint)
        };
        self.ended.iter().map(notice).collect()
    }
}

impl ReleasedPortal {
    /// What the private record keeps of the file.
    pub(super) fn recorded(&self) -> RecordedFile {
        RecordedFile {
            path: self.file.path.clone(),
            sha256: self.file.sha256.clone(),
            is_sealed: self.access == AccessMode::Sealed,
            waits_for_click: self.waits_for_click,
        }
    }
}

impl ReleasedFile {
    /// The same with the digest by which a site is asked for it.
    pub(super) fn made(&self, digest: String) -> MadeFile {
        MadeFile {
            path: self.path.clone(),
            sha256: self.sha256.clone(),
            digest,
            // It is too new to count by its stamp.
            stamp: None,
        }
    }

    /// The record of a file.
    pub(super) fn of(sealed: &Sealed) -> Self {
        Self {
            path: sealed.path().as_str().to_owned(),
            sha256: HEXLOWER.encode(&Sha256::digest(sealed.bytes())),
        }
    }
}

/// Returns the record of an engagement, still without its pages.
pub(super) fn of_engagement(
    workspace: &Workspace,
    key: &Key,
    (engagement, later): (&Engagement, &Later),
    today: Today<'_>,
) -> ReleasedEngagement {
    let figures = records::figures(Some(key), engagement);
    let notes = trace::notes(&workspace.book.folder().join(engagement.id.as_str()));
    let on_no_page = OnNoPage {
        later: Some(later),
        notes,
    };
    ReleasedEngagement {
        agreed: engagement.agreed_by(today),
        sight: Sight::of(engagement, &figures, today, on_no_page),
        portals: Vec::new(),
        asking: Vec::new(),
    }
}

/// Returns the record of one rater's asking page.
pub(super) fn of_asking_page(
    workspace: &Workspace,
    engagement: &Engagement,
    rater: &StakeholderId,
    sealed: &Sealed,
) -> ReleasedPortal {
    let person = engagement.stakeholder(rater);
    let asks = person.map(|person| asking::asks(workspace, person));
    let asks = asks.unwrap_or_default();
    ReleasedPortal {
        reader: rater.to_string(),
        access: AccessMode::Sealed,
        passphrase: asks.passphrase,
        waits_for_click: asks.click,
        file: ReleasedFile::of(sealed),
    }
}

/// Returns the record of a person's page.
pub(super) fn of_person_page(
    workspace: &Workspace,
    page: &PersonPage,
    sealed: &Sealed,
) -> ReleasedPortal {
    ReleasedPortal {
        reader: workspace.book.firm.persons[page.person].id.to_string(),
        access: page.access,
        passphrase: page.asks.passphrase,
        waits_for_click: page.access == AccessMode::Sealed && page.asks.click,
        file: ReleasedFile::of(sealed),
    }
}

/// Returns the record of one reader's page.
pub(super) fn of_page(
    workspace: &Workspace,
    engagement: &Engagement,
    reader: &Reader,
    sealed: &Sealed,
) -> ReleasedPortal {
    let person = engagement.stakeholder(reader.id());
    let asks = person.map(|person| sealing::asks(workspace, engagement, person));
    let asks = asks.unwrap_or_default();
    ReleasedPortal {
        reader: reader.id().to_string(),
        access: sealing::access_mode(workspace, engagement),
        passphrase: asks.passphrase,
        waits_for_click: asks.click,
        file: ReleasedFile::of(sealed),
    }
}
