//! Everyone's way in: links, and the mails that bring them.

use std::path::Path;

use data_encoding::HEXLOWER;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::access::invite;
use crate::access::invite::Besides;
use crate::access::key::Key;
use crate::access::link::Link;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::firm::AccessMode;
use crate::engagement::id::EngagementId;
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::Workspace;
use crate::pipeline::link;
use crate::pipeline::problems::Failure;
use crate::pipeline::problems::FailureKind;
use crate::pipeline::problems::Problems;
use crate::portal::view::PortalView;
use crate::progress;
use crate::publish::drafts::Drafts;

/// One reader's way in.
pub struct Invitation {
    /// The engagement.
    pub engagement: EngagementId,
    /// The reader's id there.
    pub stakeholder: String,
    /// The reader's name.
    pub name: String,
    /// The reader's role.
    pub role: &'static str,
    /// How the page is kept.
    pub access: AccessMode,
    /// The link.
    pub link: Link,
}

/// How a page is kept and where it is.
pub struct Way<'a> {
    /// How the page is kept.
    pub access: AccessMode,
    /// The link.
    pub link: &'a Link,
}

impl Invitation {
    /// The way to the reader's page.
    pub fn way(&self) -> Way<'_> {
        Way {
            access: self.access,
            link: &self.link,
        }
    }
}

impl Workspace {
    /// Returns everyone's way in.
    pub fn invitations(&self, today: Date, out: &Path) -> Result<Vec<Invitation>, Failure> {
        let key = Key::open_or_make(self.book.folder(), Some(out)).map_err(Failure::outside)?;
        let mut problems = Problems::default();
        let mut invitations = Vec::new();
        for id in &self.book.engagements {
            let Some(engagement) = problems.value_of(self.engagement(id, today)) else {
                continue;
            };
            let readers = engagement.readers(today);
            let people = readers
                .iter()
                .filter_map(|reader| engagement.stakeholder(reader.id()));
            invitations.extend(people.map(|person| self.invitation(&key, &engagement, person)));
        }
        problems.into_result()?;
        Ok(invitations)
    }

    fn invitation(&self, key: &Key, engagement: &Engagement, person: &Stakeholder) -> Invitation {
        Invitation {
            engagement: engagement.id.clone(),
            stakeholder: person.id.to_string(),
            name: person.name.clone(),
            role: person.role.as_str(),
            access: engagement.access.unwrap_or(self.book.firm.access),
            link: link(key, engagement, person),
        }
    }

    /// Writes the draft of a mail to every reader into `folder`; returns how many there are.
    pub fn invite(&self, folder: &Path, today: Date, out: &Path) -> Result<usize, Failure> {
        if self.book.firm.base_url.is_none() {
            let problem = Diagnostic::error("invitations need the address of the site")
                .in_file("loggia.toml");
            let problem = problem.with_hint("add `base_url = \"https://…/\"` to `[site]`");
            return Err(Failure::of(FailureKind::Content, vec![problem]));
        }
        let key = Key::open_or_make(self.book.folder(), Some(out)).map_err(Failure::outside)?;
        let mut problems = Problems::default();
        let mut drafts = Vec::new();
        for id in &self.book.engagements {
            let Some(engagement) = problems.value_of(self.engagement(id, today)) else {
                continue;
            };
            drafts.extend(problems.list_of(self.drafts(&key, &engagement, today)));
        }
        problems.into_result()?;
        let drafts = Drafts::begin(folder, out)
            .and_then(|place| place.write(&drafts).map(|()| drafts.len()));
        drafts.map_err(Failure::outside)
    }

    /// The drafts to the readers of an engagement, with the names of their files.
    fn drafts(
        &self,
        key: &Key,
        engagement: &Engagement,
        today: Date,
    ) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
        let firm = &self.book.firm;
        let figures = progress::figures(engagement);
        let mut drafts = Vec::new();
        for reader in engagement.readers(today) {
            let Some(person) = engagement.stakeholder(reader.id()) else {
                continue;
            };
            let view = PortalView::of(firm, engagement, &figures, &reader, today);
            let draft = self
                .letter(key, engagement, person, &view)
                .map_err(|problem| vec![problem])?;
            drafts.push((format!("{}--{}.eml", engagement.id, person.id), draft));
        }
        Ok(drafts)
    }

    fn letter(
        &self,
        key: &Key,
        engagement: &Engagement,
        person: &Stakeholder,
        view: &PortalView,
    ) -> Result<String, Diagnostic> {
        let firm = &self.book.firm;
        let phrases = self.theme.phrases(self.language(engagement, person))?;
        let contents: Result<Vec<String>, Diagnostic> = view
            .sharing
            .parts
            .iter()
            .map(|part| phrases.say(&format!("part.{}", part.key()), &[]))
            .collect();
        let way = self.invitation(key, engagement, person);
        let base = firm.base_url.as_deref().unwrap_or_default();
        let has_passphrase = self
            .book
            .passphrases
            .of(engagement.id.as_str(), person.id.as_str())
            .is_some();
        let besides = if has_passphrase {
            Besides::Passphrase
        } else {
            Besides::Nothing
        };
        let code = way.link.code();
        let (url, code) = match way.access {
            AccessMode::Sealed => (
                way.link.sealed_url(base).to_string(),
                Some((&code, besides)),
            ),
            AccessMode::Link => (way.link.plain_url(base), None),
        };
        let parts = [engagement.id.as_str(), person.id.as_str()];
        let name = key.derive("mail/v1", &parts.map(str::as_bytes));
        let name = HEXLOWER.encode(&name[..16]);
        let draft = invite::Invitation {
            reader: &person.name,
            address: person.email.as_deref(),
            engagement: &engagement.title,
            firm: &firm.name,
            contact: view.firm.contact_label.as_deref(),
            contents: &contents?,
            url: &url,
            code,
            date: midnight(view.as_of),
            message_id: &format!("{name}.{}@loggia.invalid", person.link),
        };
        draft.eml(&phrases)
    }
}

/// The first second of a day in universal time, counted from 1970.
fn midnight(day: Date) -> i64 {
    day.to_zoned(TimeZone::UTC)
        .map_or(0, |moment| moment.timestamp().as_second())
}
