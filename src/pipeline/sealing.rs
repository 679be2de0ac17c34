//! Page to file: each page sealed with its reader's link, and passphrase if there is one.

use crate::access::key::Key;
use crate::access::link::Link;
use crate::access::passphrase::Passphrase;
use crate::access::{Access, Opening, Sealed};
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::firm::{AccessMode, OpeningMode};
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::pages::ReaderPage;
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
    let link = link(key, engagement, person);
    let access = access(workspace, engagement, person, &link)?;
    Ok(Sealed::of(&page.page, &link, &access, &workspace.shell))
}

/// Returns how the pages of an engagement are kept from those they are not for.
pub(super) fn access_mode(workspace: &Workspace, engagement: &Engagement) -> AccessMode {
    engagement.access.unwrap_or(workspace.book.firm.access)
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
            let opening = person.opening.unwrap_or(workspace.book.firm.opening);
            let click = opening == OpeningMode::Click;
            let passphrases = &workspace.book.passphrases;
            let words = passphrases.of(engagement.id.as_str(), person.id.as_str());
            let passphrase = words.map(|words| Passphrase::of(words, link)).transpose()?;
            Ok(Access::Sealed(Opening { click, passphrase }))
        }
    }
}

/// Returns the link of one reader.
pub(super) fn link(key: &Key, engagement: &Engagement, person: &Stakeholder) -> Link {
    Link::of(key, engagement.id.as_str(), person.id.as_str(), person.link)
}

/// Returns an error for every passphrase of an engagement that is too weak to seal with.
pub(super) fn weak_passphrases(workspace: &Workspace, engagement: &Engagement) -> Vec<Diagnostic> {
    let people = engagement.stakeholders.iter();
    let problem = |id: &str| {
        let words = workspace.book.passphrases.of(engagement.id.as_str(), id)?;
        let (problem, hint) = Passphrase::weakness(words)?;
        let message = format!("the passphrase of `{id}` in `{}` {problem}", engagement.id);
        let problem = Diagnostic::error(message).in_file("passphrases.toml");
        Some(problem.with_hint(hint))
    };
    people
        .filter_map(|person| problem(person.id.as_str()))
        .collect()
}
