//! Finds the page of an address in one snapshot.
//!
//! The rule it guards: no address becomes a path on disk. What the snapshot does not hold is not found.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::dev::pages;
use crate::dev::pages::{DevPage, Templates};
use crate::dev::snapshot::{Rendered, Snapshot};
use crate::pipeline::preview;
use crate::pipeline::preview::PageOf;

/// What stays the same from build to build.
pub(super) struct Site {
    /// Where a build would write; the key must not lie there.
    pub(super) out: PathBuf,
    /// The templates of dev mode's own pages.
    pub(super) templates: Templates,
}

/// What is answered.
pub(super) enum Answer {
    /// A page of dev mode itself.
    Dev(DevPage),
    /// A portal, as a build would publish it.
    Portal(Vec<u8>),
    /// A published file, which no other page may hold in a frame.
    Published(Vec<u8>),
    /// A portal as it was before, for a script to compare with.
    Before(Vec<u8>),
    /// A stream of events that tell when the page at this address changes.
    Live(String),
    /// A page that says that there is none.
    NotFound(DevPage),
}

/// An address inside dev mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// Who sees what, in all engagements.
    Start,
    /// Everything that is wrong.
    Problems,
    /// Who sees what in one engagement.
    Engagement(&'a str),
    /// One reader's portal, in some form.
    Reader(PortalAddress<'a>),
}

/// An address of one reader's portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PortalAddress<'a> {
    /// The engagement's id.
    pub(super) engagement: &'a str,
    /// The reader's id.
    pub(super) reader: &'a str,
    /// As of which day; today when absent.
    pub(super) day: Option<Date>,
    /// In which form.
    pub(super) form: PortalForm,
}

/// What is shown of a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PortalForm {
    /// The page with a bar and, in a frame below it, the portal.
    Framed,
    /// The portal alone.
    Portal,
    /// The portal as it was before it last changed.
    Before,
    /// A page that explains the file a host would get.
    PublishedExplained,
    /// The file itself that a host would get.
    Published,
}

impl<'a> Address<'a> {
    /// Reads an address.
    pub(super) fn parse(target: &'a str) -> Option<Self> {
        let names: Vec<&str> = target.strip_prefix('/')?.split('/').collect();
        let of = |engagement, reader, day, form| {
            let address = PortalAddress {
                engagement,
                reader,
                day,
                form,
            };
            Some(Self::Reader(address))
        };
        match names[..] {
            [""] => Some(Self::Start),
            ["problems"] => Some(Self::Problems),
            ["e", id, ""] => Some(Self::Engagement(id)),
            ["e", id, reader, "on", day, form] => {
                let date: Date = day.parse().ok()?;
                let is_exact = date.to_string() == day;
                let form = form_of(form).filter(|_| is_exact)?;
                of(id, reader, Some(date), form)
            }
            ["e", id, reader, "sealed", form] => {
                let form = if form == "page" {
                    PortalForm::Published
                } else if form.is_empty() {
                    PortalForm::PublishedExplained
                } else {
                    return None;
                };
                of(id, reader, None, form)
            }
            ["e", id, reader, form] => of(id, reader, None, form_of(form)?),
            _ => None,
        }
    }
}

fn form_of(word: &str) -> Option<PortalForm> {
    match word {
        "" => Some(PortalForm::Framed),
        "portal" => Some(PortalForm::Portal),
        "before" => Some(PortalForm::Before),
        _ => None,
    }
}

impl Site {
    /// Answers from one snapshot.
    pub(super) fn answer(&self, snapshot: &Snapshot, target: &str) -> Answer {
        let page = target.strip_prefix("/live");
        if let Some(page) = page.filter(|page| page.starts_with('/')) {
            return Answer::Live(page.to_owned());
        }
        let answer = Address::parse(target).and_then(|address| self.look_up(snapshot, &address));
        answer.unwrap_or_else(|| Answer::NotFound(pages::not_found(&self.templates)))
    }

    fn look_up(&self, snapshot: &Snapshot, address: &Address<'_>) -> Option<Answer> {
        match address {
            Address::Problems => Some(Answer::Dev(pages::problems(&self.templates, snapshot))),
            // As long as nothing could be built there is nothing else to show.
            Address::Start | Address::Engagement(_) if snapshot.workspace.is_none() => {
                Some(Answer::Dev(pages::problems(&self.templates, snapshot)))
            }
            Address::Start => Some(Answer::Dev(pages::start(&self.templates, snapshot))),
            Address::Engagement(id) => {
                let page = pages::engagement(&self.templates, snapshot, id)?;
                Some(Answer::Dev(page))
            }
            Address::Reader(address) => self.reader(snapshot, address),
        }
    }

    fn reader(&self, snapshot: &Snapshot, address: &PortalAddress<'_>) -> Option<Answer> {
        let rendered = snapshot.rendered(address.engagement)?;
        match address.form {
            PortalForm::Framed => {
                let page = pages::portal(&self.templates, snapshot, address)?;
                Some(Answer::Dev(page))
            }
            PortalForm::Portal => Some(Answer::Portal(portal(rendered, address)?)),
            PortalForm::Before => {
                let before = snapshot
                    .engagements
                    .get(address.engagement)?
                    .before
                    .as_ref();
                let document = before.and_then(|before| portal(before, address));
                Some(Answer::Before(document.unwrap_or_default()))
            }
            PortalForm::PublishedExplained => {
                let page = pages::published(&self.templates, rendered, address, &self.out)?;
                Some(Answer::Dev(page))
            }
            PortalForm::Published => {
                let (workspace, wanted) = (&rendered.workspace, wanted(rendered, address));
                let published = preview::published(workspace, &rendered.valid, wanted, &self.out)?;
                Some(Answer::Published(published.ok()?.bytes))
            }
        }
    }

    /// Two digests that tell whether a page has changed: that of the page and that of the portal in it.
    pub(super) fn state(&self, snapshot: &Snapshot, target: &str) -> (String, String) {
        match self.answer(snapshot, target) {
            Answer::Dev(page) | Answer::NotFound(page) => (page.digest, page.portal),
            Answer::Portal(_) | Answer::Published(_) | Answer::Before(_) | Answer::Live(_) => {
                (String::new(), String::new())
            }
        }
    }
}

/// The portal of a drawing as a build would publish it, on the day of the build or another.
fn portal(rendered: &Arc<Rendered>, address: &PortalAddress<'_>) -> Option<Vec<u8>> {
    let wanted = wanted(rendered, address);
    let portal = preview::page(&rendered.workspace, &rendered.valid, wanted)?.ok()?;
    Some(portal.page.document().as_bytes().to_vec())
}

/// The page at an address, as of the day of the build or another.
fn wanted<'a>(rendered: &Rendered, address: &PortalAddress<'a>) -> PageOf<'a> {
    PageOf {
        reader: address.reader,
        day: address.day.unwrap_or(rendered.today),
    }
}

/// The digest of the portal at a address, in letters.
pub(super) fn portal_digest(
    rendered: &Arc<Rendered>,
    address: &PortalAddress<'_>,
) -> Option<String> {
    if address.day.is_none() {
        return Some(letters(&rendered.page(address.reader)?.digest));
    }
    Some(letters(&Sha256::digest(portal(rendered, address)?).into()))
}

/// The first letters of a digest: enough to tell one state from another.
pub(super) fn letters(digest: &[u8; 32]) -> String {
    data_encoding::HEXLOWER.encode(&digest[..10])
}

#[cfg(test)]
mod tests {
    use super::{Address, PortalForm};

    #[test]
    fn addresses_are_exact() {
        assert_eq!(Address::parse("/"), Some(Address::Start));
        assert_eq!(
            Address::parse("/e/nyah/"),
            Some(Address::Engagement("nyah"))
        );
        for (target, form) in [
            ("/e/nyah/priya/", PortalForm::Framed),
            ("/e/nyah/priya/portal", PortalForm::Portal),
            ("/e/nyah/priya/before", PortalForm::Before),
            ("/e/nyah/priya/sealed/", PortalForm::PublishedExplained),
            ("/e/nyah/priya/sealed/page", PortalForm::Published),
            ("/e/nyah/priya/on/2026-12-01/", PortalForm::Framed),
            ("/e/nyah/priya/on/2026-12-01/portal", PortalForm::Portal),
        ] {
            let Some(Address::Reader(address)) = Address::parse(target) else {
                panic!("{target}")
            };
            assert_eq!((address.reader, address.form), ("priya", form), "{target}");
        }
        for target in [
            "",
            "/e",
            "/e/nyah",
            "/e/nyah/priya",
            "/e/nyah/priya/portal/",
            "/e/nyah/priya/on/2026-12-1/",
            "/e/nyah/priya/on/2026-02-30/",
            "/e/nyah/priya/on/2026-12-01/sealed/",
            "/e/nyah/priya/sealed/x",
            "/problems/",
            "/loggia.toml",
            "/p/x/",
        ] {
            assert_eq!(Address::parse(target), None, "{target}");
        }
    }
}
