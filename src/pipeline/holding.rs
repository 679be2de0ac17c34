//! An engagement that cannot be built holds back itself: its pages stay as they were published, where that is known to be right.
//!
//! The rule it guards: a page stays only if all of this holds, and ends where any of it cannot be judged.
//!
//! - Its reader has a portal today, under the same link: [`Engagement::readers`] and the path that follows from key and number.
//! - It is kept from others as it would be today, and opens with today's code and passphrase.
//! - Opened, it passes today's confidential terms and today's audit.
//! - All that it tells may be read by its reader today, by what of the engagement can be read: what stands in a file that is broken, or
//!   was changed or taken out, counts as taken from the reader. The record of the release knows what the page tells. Where there is no
//!   record, the page must be to the byte what would be made today for the day of that page.

use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use data_encoding::HEXLOWER;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::access;
use crate::access::key::Key;
use crate::access::{Access, Sealed};
use crate::audit::ParsedPage;
use crate::audit::overlap::OverlapSearch;
use crate::content::SoundPart;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::firm::AccessMode;
use crate::engagement::id::{EngagementId, StakeholderId};
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::asking::AskingPages;
use crate::pipeline::ending::{EndedPage, Ending};
use crate::pipeline::holding_asking::HeldAsking;
use crate::pipeline::options::Auditing;
use crate::pipeline::pages::PageSource;
use crate::pipeline::previous::Previous;
use crate::pipeline::release::HeldEngagement;
use crate::pipeline::telling::{Digests, Telling};
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{page_audit, pages, records, release, sealing};
use crate::progress::figures::Figures;
use crate::record::contents::{Record, RecordedPage};
use crate::record::told::Told;

/// The most days for which a page without a record is made again: as many as a page is likely to name.
const MOST_DAYS: usize = 40;

/// What it takes to judge the pages of engagements that cannot be built.
#[derive(Clone, Copy)]
pub(super) struct Holding<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) key: &'a Key,
    pub(super) today: Date,
    pub(super) auditing: Auditing,
    /// The site as published.
    pub(super) previous: &'a Previous,
    /// What is known of the pages in it.
    pub(super) records: &'a [Record],
    pub(super) digests: &'a Digests,
}

/// The pages of an engagement that stay.
pub(super) struct Held {
    pub(super) engagement: HeldEngagement,
    pub(super) files: Vec<Sealed>,
    /// What is recorded of them.
    pub(super) recorded: Vec<RecordedPage>,
    /// What becomes of its asking pages.
    pub(super) asking: HeldAsking,
    /// Passphrases that are needed to judge a page and not at hand.
    pub(super) secrets: Vec<Diagnostic>,
}

/// An engagement as far as it can be read, on one day.
struct Readable {
    engagement: Engagement,
    figures: Figures,
    told: BTreeMap<StakeholderId, Told>,
}

impl Holding<'_> {
    /// Judges the pages of an engagement that cannot be built.
    pub(super) fn hold(&self, id: &EngagementId) -> Held {
        let mut held = Held {
            engagement: HeldEngagement {
                engagement: id.to_string(),
                kept: Vec::new(),
                ended: Vec::new(),
            },
            files: Vec::new(),
            recorded: Vec::new(),
            asking: HeldAsking::default(),
            secrets: Vec::new(),
        };
        let ended = &mut held.engagement.ended;
        let Some(readable) = self.readable(id, self.today) else {
            ended.push(EndedPage {
                reader: None,
                reason: Ending::Unreadable,
            });
            return held;
        };
        let readers = readable.engagement.readers(self.today.into());
        let asked = readers.iter().map(Reader::id);
        held.secrets = sealing::missing_passphrases(self.workspace, &readable.engagement, asked);
        let nothing = Told::default();
        for reader in &readers {
            let told = readable.told.get(reader.id()).unwrap_or(&nothing);
            match self.judge(&readable, reader, told) {
                Ok(page) => {
                    let engagement = &readable.engagement;
                    let kept = release::of_page(self.workspace, engagement, reader, &page);
                    let recorded = RecordedPage {
                        engagement: id.to_string(),
                        reader: reader.id().to_string(),
                        file: kept.recorded(),
                        told: self.told(&page).unwrap_or(told).clone(),
                    };
                    held.recorded.push(recorded);
                    held.engagement.kept.push(kept);
                    held.files.push(page);
                }
                Err(reason) => held.engagement.ended.push(EndedPage {
                    reader: Some(reader.id().to_string()),
                    reason,
                }),
            }
        }
        self.add_gone(&mut held.engagement);
        let source = AskingPages {
            workspace: self.workspace,
            key: Some(self.key),
            engagement: &readable.engagement,
            today: self.today.into(),
        };
        held.asking = HeldAsking::of(&source, self.key, self.previous);
        held
    }

    /// Adds the readers who have a page in the published site and no portal today.
    fn add_gone(&self, held: &mut HeldEngagement) {
        let releases = self.records.iter().flat_map(|record| &record.releases);
        let pages = releases.flat_map(|release| &release.pages);
        let of_engagement = pages.filter(|page| page.engagement == held.engagement);
        let gone: BTreeSet<&str> = of_engagement
            .filter(|page| self.previous.file(&page.file.path).is_some())
            .map(|page| page.reader.as_str())
            .collect();
        for reader in gone {
            let is_known = held.kept.iter().any(|page| page.reader == reader)
                || held
                    .ended
                    .iter()
                    .any(|page| page.reader.as_deref() == Some(reader));
            if !is_known {
                held.ended.push(EndedPage {
                    reader: Some(reader.to_owned()),
                    reason: Ending::NoPortal,
                });
            }
        }
    }

    /// The engagement as far as it can be read.
    fn readable(&self, id: &EngagementId, day: Date) -> Option<Readable> {
        let SoundPart {
            mut engagement,
            lacks_record,
        } = self.workspace.book.sound_part(id, self.today.into())?;
        engagement.split_off(day.into());
        let figures = match lacks_record {
            true => Figures::default(),
            false => records::figures(Some(self.key), &engagement),
        };
        // What goes beyond what was agreed keeps the engagement from being built; here it is asked since when who reads what.
        let _ =
            records::compare_consent(self.workspace, Some(self.key), &mut engagement, day.into());
        let telling = Telling {
            workspace: self.workspace,
            engagement: &engagement,
            figures: &figures,
            today: day.into(),
            digests: self.digests,
        };
        let told = telling.all();
        Some(Readable {
            engagement,
            figures,
            told,
        })
    }

    /// The page of a reader as it was published, or why it does not stay.
    fn judge(&self, readable: &Readable, reader: &Reader, told: &Told) -> Result<Sealed, Ending> {
        let engagement = &readable.engagement;
        let person = engagement
            .stakeholder(reader.id())
            .ok_or(Ending::NoPortal)?;
        let link = sealing::link(self.workspace, self.key, engagement, person);
        let path = link.path();
        let bytes = self.previous.file(path.as_str()).ok_or(Ending::OtherLink)?;
        let sealed = Sealed::carried(path.as_str(), &bytes).map_err(|_| Ending::OtherLink)?;
        let file = String::from_utf8(bytes).map_err(|_| Ending::DoesNotOpen)?;
        let document = self.opened(engagement, person, &file)?;
        self.look_for_leaks(engagement, reader, &document)?;
        match self.recorded(&sealed) {
            Some(recorded) => {
                let asks = sealing::asks(self.workspace, engagement, person);
                if recorded.file.waits_for_click != asks.click {
                    return Err(Ending::OtherProtection);
                }
                match recorded.told.beyond(told) {
                    Some(part) => Err(Ending::Narrowed(part.to_owned())),
                    None => Ok(sealed),
                }
            }
            None if self.is_made_today(readable, reader, &document, &file) => Ok(sealed),
            None => Err(Ending::NoRecord),
        }
    }

    /// What the reader of a page sees of it.
    fn opened(
        &self,
        engagement: &Engagement,
        person: &Stakeholder,
        file: &str,
    ) -> Result<String, Ending> {
        let is_to_be_sealed = match sealing::access_mode(self.workspace, engagement) {
            AccessMode::Sealed => true,
            AccessMode::Link => false,
        };
        if access::is_sealed(file) != is_to_be_sealed {
            return Err(Ending::OtherProtection);
        }
        let link = sealing::link(self.workspace, self.key, engagement, person);
        match sealing::access(self.workspace, engagement, person, &link) {
            Err(_) => Err(Ending::DoesNotOpen),
            Ok(Access::Link) => Ok(file.to_owned()),
            Ok(Access::Sealed(opening)) => {
                let document = access::opened(file, &link, opening.passphrase.as_ref());
                document.ok_or(Ending::DoesNotOpen)
            }
        }
    }

    /// Compares a page with today's confidential terms, and with what its reader may not read today.
    fn look_for_leaks(
        &self,
        engagement: &Engagement,
        reader: &Reader,
        document: &str,
    ) -> Result<(), Ending> {
        let (workspace, id) = (self.workspace, reader.id().as_str());
        let page = ParsedPage::of(document, workspace.theme.known_style());
        let mut leaks = page_audit::leaks(workspace, &page, engagement.id.as_str(), id);
        if self.auditing == Auditing::Full {
            let folder = workspace.book.folder();
            let mut search = OverlapSearch::over(folder, engagement, self.today.into());
            search.look(reader, &page);
            leaks.extend(search.findings(workspace.book.firm.overlap).leaks);
        }
        match leaks.is_empty() {
            true => Ok(()),
            false => Err(Ending::Leak),
        }
    }

    fn recorded(&self, page: &Sealed) -> Option<&RecordedPage> {
        let sha256 = HEXLOWER.encode(&Sha256::digest(page.bytes()));
        let mut records = self.records.iter();
        records.find_map(|record| record.page_of(page.path().as_str(), &sha256))
    }

    fn told(&self, page: &Sealed) -> Option<&Told> {
        self.recorded(page).map(|recorded| &recorded.told)
    }

    /// Whether a page is to the byte what would be made today, for one of the days that it names.
    fn is_made_today(
        &self,
        readable: &Readable,
        reader: &Reader,
        document: &str,
        file: &str,
    ) -> bool {
        let engagement = &readable.engagement;
        let Some(person) = engagement.stakeholder(reader.id()) else {
            return false;
        };
        let mut days = days_in(document, self.today);
        let day =
            days.find(|day| self.made(&engagement.id, reader, *day).as_deref() == Some(document));
        let is_open = sealing::access_mode(self.workspace, engagement) == AccessMode::Link;
        day.is_some() && (is_open || self.makes(engagement, person, document, file))
    }

    /// Whether a sealed file is what a site has for a document today, also around what is sealed.
    fn makes(
        &self,
        engagement: &Engagement,
        person: &Stakeholder,
        document: &str,
        file: &str,
    ) -> bool {
        let link = sealing::link(self.workspace, self.key, engagement, person);
        let access = sealing::access(self.workspace, engagement, person, &link);
        let Ok(Access::Sealed(opening)) = access else {
            return false;
        };
        let sealing = access::Sealing {
            link: &link,
            opening: &opening,
            shell: &self.workspace.shell,
        };
        sealing.makes(file, document)
    }

    /// The page of a reader as it would be made from what can be read today, for some day.
    fn made(&self, id: &EngagementId, reader: &Reader, day: Date) -> Option<String> {
        let readable = self.readable(id, day)?;
        let source = PageSource {
            workspace: self.workspace,
            engagement: &readable.engagement,
            figures: &readable.figures,
            today: day.into(),
        };
        let page = pages::of_reader(&source, reader).ok()?;
        Some(page.page.document().to_owned())
    }
}

/// The days that a page names, up to today, and today itself.
fn days_in(document: &str, today: Date) -> impl Iterator<Item = Date> {
    let named = document.split("datetime=\"").skip(1);
    let named = named.filter_map(|rest| rest.get(..10)?.parse::<Date>().ok());
    // What is over on a page was told from the day after on.
    let named = named.flat_map(|day| [day, day.tomorrow().unwrap_or(day)]);
    let named = named.filter(|day| *day <= today);
    let mut days: Vec<Date> = Vec::new();
    for day in slice::from_ref(&today).iter().copied().chain(named) {
        if !days.contains(&day) {
            days.push(day);
        }
    }
    days.into_iter().take(MOST_DAYS)
}
