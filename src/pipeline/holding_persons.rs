//! The page of a person who reads several portals, where one of these engagements cannot be built.
//!
//! The rule it guards: the page stays as it was published only if each portal on it is there and the page says of it what it would say
//! today; otherwise it is made anew without the portals that cannot be built. So nobody learns from it that an engagement is held back.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::access;
use crate::access::Sealed;
use crate::audit::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::engagement::firm::AccessMode;
use crate::engagement::id::EngagementId;
use crate::engagement::person::Person;
use crate::pipeline::holding::Holding;
use crate::pipeline::passphrases::Words;
use crate::pipeline::persons::PersonPage;
use crate::pipeline::release::{HeldEngagement, ReleasedFile, ReleasedPortal};
use crate::pipeline::sealing::Asks;
use crate::pipeline::{page_audit, persons};
use crate::record::contents::RecordedPerson;

/// The page of a person that stays.
pub(super) struct HeldPerson {
    pub(super) file: Sealed,
    pub(super) released: ReleasedPortal,
    pub(super) recorded: RecordedPerson,
}

/// A person, and what there is of the portals.
pub(super) struct PersonNow<'a> {
    pub(super) person: &'a Person,
    /// The page as it would be made without the engagements that are held back.
    pub(super) page: Option<&'a PersonPage>,
    /// The engagements that are held back.
    pub(super) held: &'a [HeldEngagement],
}

/// What the coach is told of a page that does not stay and cannot be made.
pub(super) fn ended(person: &Person) -> Diagnostic {
    let message = format!(
        "the page of person `{}` is not in the site: no portal on it can be built",
        person.id
    );
    Diagnostic::warning(message)
        .in_file("loggia.toml")
        .with_hint("mend what is wrong there and build again; links stay the same")
}

impl PersonNow<'_> {
    /// Whether one of the person's engagements is held back.
    pub(super) fn is_concerned(&self) -> bool {
        let mut held = self.held.iter();
        held.any(|held| self.reader_in(&held.engagement).is_some())
    }

    fn reader_in(&self, engagement: &str) -> Option<&str> {
        let mut readers = self.person.engagements.iter();
        let found = readers.find(|(id, _)| id.as_str() == engagement);
        found.map(|(_, reader)| reader.as_str())
    }

    /// The person's portal in an engagement that is held back, if that stays.
    fn kept(&self, engagement: &str) -> Option<&ReleasedPortal> {
        let mut held = self.held.iter();
        let held = held.find(|held| held.engagement == engagement)?;
        let reader = self.reader_in(engagement)?;
        held.kept.iter().find(|page| page.reader == reader)
    }

    /// The page as it was published, if it stays.
    pub(super) fn hold(&self, holding: &Holding<'_>) -> Option<HeldPerson> {
        let link = persons::person_link(holding.workspace, holding.key, self.person);
        let path = link.path();
        let bytes = holding.previous.file(path.as_str())?;
        let file = Sealed::carried(path.as_str(), &bytes).ok()?;
        let sha256 = HEXLOWER.encode(&Sha256::digest(&bytes));
        let mut records = holding.records.iter();
        let recorded = records.find_map(|record| record.person_of(path.as_str(), &sha256))?;
        let asks = self.asks_of(holding, recorded)?;
        let is_sealed = asks.is_some();
        let asks = asks.unwrap_or_default();
        if recorded.file.is_sealed != is_sealed || recorded.file.waits_for_click != asks.click {
            return None;
        }
        let text = String::from_utf8(bytes).ok()?;
        let document = match is_sealed {
            false => text,
            true => {
                let words = Words::of_person(holding.workspace, self.person.id.as_str());
                let opening = asks.opening(words.at_hand(), &link).ok()?;
                access::opened(&text, &link, opening.passphrase.as_ref())?
            }
        };
        let page = ParsedPage::of(&document, holding.workspace.theme.known_style());
        let id = self.person.id.as_str();
        let leaks = page_audit::leaks(holding.workspace, &page, "loggia.toml", id);
        leaks.is_empty().then(|| HeldPerson {
            released: ReleasedPortal {
                reader: id.to_owned(),
                access: match is_sealed {
                    true => AccessMode::Sealed,
                    false => AccessMode::Link,
                },
                passphrase: asks.passphrase,
                waits_for_click: asks.click,
                file: ReleasedFile::of(&file),
            },
            recorded: recorded.clone(),
            file,
        })
    }

    /// What the page must ask for, or that it need not be sealed, if all of its lines may stay. Nothing if one may not.
    fn asks_of(&self, holding: &Holding<'_>, recorded: &RecordedPerson) -> Option<Option<Asks>> {
        let mut asks = persons::own_asks(holding.workspace, self.person);
        let mut is_sealed = false;
        let said = self.page.map_or(&[][..], |page| &page.lines);
        if let Some(page) = self.page {
            asks = asks.or(page.asks);
            is_sealed |= page.access == AccessMode::Sealed;
        }
        let is_recorded = |(id, line): &(EngagementId, String)| {
            let digest = holding.digests.line(line);
            recorded.lines.get(id.as_str()) == Some(&digest)
        };
        if !said.iter().all(is_recorded) {
            return None;
        }
        for engagement in recorded.lines.keys() {
            if said.iter().any(|(id, _)| id.as_str() == engagement) {
                continue;
            }
            let portal = self.kept(engagement)?;
            is_sealed |= portal.access == AccessMode::Sealed;
            asks = asks.or(Asks {
                click: portal.waits_for_click,
                passphrase: portal.passphrase,
            });
        }
        Some(is_sealed.then_some(asks))
    }
}
