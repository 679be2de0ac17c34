//! Page to file: each page sealed with its reader's link, and passphrase if there is one.

use crate::access::key::Key;
use crate::access::link::{Link, LinkSource};
use crate::access::passphrase::Passphrase;
use crate::access::{Access, Opening, Sealed};
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::firm::{AccessMode, OpeningMode};
use crate::engagement::id::StakeholderId;
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::link_numbers;
use crate::pipeline::pages::ReaderPage;
use crate::pipeline::passphrases::Words;
use crate::pipeline::problems::Problems;
use crate::pipeline::workspace::Workspace;

/// Makes the file of one page.
pub(super) fn seal(
    workspace: &Workspace,
    key: &Key,
    engagement: &Engagement,
    page: &ReaderPage,
) -> Result<Sealed, Diagnostic> {
    let person = engagement
        .stakeholder(page.reader.id())
        .ok_or_else(|| Diagnostic::error("a reader is unknown"))?;
    let link = link(workspace, key, engagement, person);
    let access = access(workspace, engagement, person, &link)?;
    Ok(Sealed::of(&page.page, &link, &access, &workspace.shell))
}

/// Returns how the pages of an engagement are kept from those they are not for.
pub(super) fn access_mode(workspace: &Workspace, engagement: &Engagement) -> AccessMode {
    engagement.access.unwrap_or(workspace.book.firm.access)
}

/// What a page asks for besides its link.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Asks {
    pub(super) click: bool,
    pub(super) passphrase: bool,
}

impl Asks {
    /// What one of two pages asks for: whoever opens the two by one page is asked for as much there.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            click: self.click || other.click,
            passphrase: self.passphrase || other.passphrase,
        }
    }

    /// Returns what opens a page, with the passphrase stretched for its link. One that is asked for and not at hand is an error.
    pub(super) fn opening(
        self,
        passphrase: Result<&str, Diagnostic>,
        link: &Link,
    ) -> Result<Opening, Diagnostic> {
        let stretched = match self.passphrase {
            true => Some(Passphrase::of(passphrase?, link)?),
            false => None,
        };
        Ok(Opening {
            click: self.click,
            passphrase: stretched,
        })
    }
}

/// Returns what the page of one reader asks for.
pub(super) fn asks(workspace: &Workspace, engagement: &Engagement, person: &Stakeholder) -> Asks {
    match access_mode(workspace, engagement) {
        AccessMode::Link => Asks::default(),
        AccessMode::Sealed => Asks {
            click: person.opening.unwrap_or(workspace.book.firm.opening) == OpeningMode::Click,
            passphrase: person.passphrase,
        },
    }
}

/// Returns how the page of one reader is kept from others, with what opens it.
pub(super) fn access(
    workspace: &Workspace,
    engagement: &Engagement,
    person: &Stakeholder,
    link: &Link,
) -> Result<Access, Diagnostic> {
    match access_mode(workspace, engagement) {
        AccessMode::Link => Ok(Access::Link),
        AccessMode::Sealed => {
            let names = (&engagement.id, engagement.was.as_slice());
            let words = Words::of_reader(workspace, names, person);
            let asks = asks(workspace, engagement, person);
            asks.opening(words.at_hand(), link).map(Access::Sealed)
        }
    }
}

/// Returns an error for every reader of an engagement, of those named, whose page asks for a passphrase that is not at hand.
pub(super) fn missing_passphrases<'a>(
    workspace: &Workspace,
    engagement: &Engagement,
    readers: impl Iterator<Item = &'a StakeholderId>,
) -> Vec<Diagnostic> {
    let people = readers.filter_map(|reader| engagement.stakeholder(reader));
    let asked = people.filter(|person| asks(workspace, engagement, person).passphrase);
    let missing = asked.filter_map(|person| {
        let names = (&engagement.id, engagement.was.as_slice());
        let words = Words::of_reader(workspace, names, person);
        words.at_hand().err()
    });
    missing.collect()
}

/// Returns the pages of an engagement if every passphrase that they ask for is at hand. Otherwise none of them can go out, and the
/// missing ones are added to `problems`.
pub(super) fn with_passphrases(
    (workspace, engagement): (&Workspace, &Engagement),
    pages: Vec<ReaderPage>,
    problems: &mut Problems,
) -> Vec<ReaderPage> {
    let readers = pages.iter().map(|page| page.reader.id());
    let missing = missing_passphrases(workspace, engagement, readers);
    if missing.is_empty() {
        return pages;
    }
    problems.secrets.extend(missing);
    Vec::new()
}

/// Returns what the link of one reader is derived from: the oldest ids, so that a name that is mended ends no link.
pub(super) fn link_source<'a>(
    workspace: &Workspace,
    engagement: &'a Engagement,
    reader: &'a Stakeholder,
) -> LinkSource<'a> {
    LinkSource {
        engagement: engagement.first_id().as_str(),
        stakeholder: reader.first_id().as_str(),
        numbers: link_numbers::numbers(workspace, engagement, reader),
    }
}

/// Returns the link of one reader.
pub(super) fn link(
    workspace: &Workspace,
    key: &Key,
    engagement: &Engagement,
    reader: &Stakeholder,
) -> Link {
    Link::of(key, &link_source(workspace, engagement, reader))
}
