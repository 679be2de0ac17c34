//! The link of every reader, and the mail that brings it.

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
use crate::pipeline::link_numbers::EngagementNumbers;
use crate::pipeline::problems::{Failure, FailureKind, Problems};
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{keys, link_numbers, pages, reading, records, sealing};
use crate::portal::PortalSource;
use crate::portal::view::PortalView;
use crate::publish::drafts::Drafts;

/// The link to one reader's page.
pub struct ReaderLink {
    /// The engagement.
    pub engagement: EngagementId,
    /// The reader's id there.
    pub stakeholder: String,
    /// The reader's name.
    pub name: String,
    /// The reader's role.
    pub role: &'static str,
    /// How the page is kept from others.
    pub access: AccessMode,
    /// The link.
    pub link: Link,
}

/// The link to a page, whoever it is for.
pub struct PageLink<'a> {
    /// How the page is kept from others.
    pub access: AccessMode,
    /// The link.
    pub link: &'a Link,
}

/// Returns the link of every reader.
pub fn links(workspace: &Workspace, today: Date, out: &Path) -> Result<Vec<ReaderLink>, Failure> {
    let key = keys::opened(workspace, out)?;
    let mut problems = Problems::default();
    let (mut links, mut numbers) = (Vec::new(), Vec::new());
    for id in &workspace.book.engagements {
        let read = reading::engagement(workspace, id, today);
        let Some(engagement) = problems.value_of(read.reading) else {
            continue;
        };
        numbers.push(EngagementNumbers::of(&engagement));
        let readers = engagement.readers(today);
        let people = readers
            .iter()
            .filter_map(|reader| engagement.stakeholder(reader.id()));
        links.extend(people.map(|person| reader_link(workspace, &key, &engagement, person)));
    }
    refuse_lowered(workspace, &key, numbers, &mut problems);
    problems.into_result()?;
    Ok(links)
}

/// Adds an error for every number that was lowered: its link was ended.
fn refuse_lowered(
    workspace: &Workspace,
    key: &Key,
    numbers: Vec<EngagementNumbers>,
    problems: &mut Problems,
) {
    let compared = link_numbers::compare(workspace, key, numbers);
    problems
        .general
        .extend(compared.err().into_iter().flatten());
}

fn reader_link(
    workspace: &Workspace,
    key: &Key,
    engagement: &Engagement,
    person: &Stakeholder,
) -> ReaderLink {
    ReaderLink {
        engagement: engagement.id.clone(),
        stakeholder: person.id.to_string(),
        name: person.name.clone(),
        role: person.role.as_str(),
        access: sealing::access_mode(workspace, engagement),
        link: sealing::link(workspace, key, engagement, person),
    }
}

/// Writes the draft of a mail to every reader into `folder`; returns how many there are.
pub fn invite(
    workspace: &Workspace,
    folder: &Path,
    today: Date,
    out: &Path,
) -> Result<usize, Failure> {
    if workspace.book.firm.base_url.is_none() {
        let problem =
            Diagnostic::error("invitations need the address of the site").in_file("loggia.toml");
        let problem = problem.with_hint("add `base_url = \"https://…/\"` to `[site]`");
        return Err(Failure::of(FailureKind::Content, vec![problem]));
    }
    let key = keys::opened(workspace, out)?;
    let mut problems = Problems::default();
    let (mut drafts, mut numbers) = (Vec::new(), Vec::new());
    for id in &workspace.book.engagements {
        let read = reading::engagement(workspace, id, today);
        let Some(engagement) = problems.value_of(read.reading) else {
            continue;
        };
        numbers.push(EngagementNumbers::of(&engagement));
        let mails = Mails {
            workspace,
            key: &key,
            engagement: &engagement,
        };
        drafts.extend(problems.value_or_default(mails.drafts(today)));
    }
    refuse_lowered(workspace, &key, numbers, &mut problems);
    problems.into_result()?;
    let drafts =
        Drafts::begin(folder, out).and_then(|place| place.write(&drafts).map(|()| drafts.len()));
    drafts.map_err(Failure::outside)
}

/// What the mails about one engagement are made from.
struct Mails<'a> {
    workspace: &'a Workspace,
    key: &'a Key,
    engagement: &'a Engagement,
}

impl Mails<'_> {
    /// Returns the drafts to all readers, each with the name of its file.
    fn drafts(&self, today: Date) -> Result<Vec<(String, String)>, Vec<Diagnostic>> {
        let engagement = self.engagement;
        let source = PortalSource {
            firm: &self.workspace.book.firm,
            engagement,
            figures: &records::figures(Some(self.key), engagement),
        };
        let mut drafts = Vec::new();
        for reader in engagement.readers(today) {
            let Some(person) = engagement.stakeholder(reader.id()) else {
                continue;
            };
            let view = PortalView::of(source, &reader, today);
            let draft = self
                .draft(person, &view, today)
                .map_err(|problem| vec![problem])?;
            drafts.push((format!("{}--{}.eml", engagement.id, person.id), draft));
        }
        Ok(drafts)
    }

    /// Returns the draft to one reader.
    fn draft(
        &self,
        person: &Stakeholder,
        view: &PortalView,
        today: Date,
    ) -> Result<String, Diagnostic> {
        let Self {
            workspace,
            key,
            engagement,
        } = *self;
        let firm = &workspace.book.firm;
        let language = pages::language(workspace, engagement, person);
        let phrases = workspace.theme.phrases(language)?;
        let contents: Result<Vec<String>, Diagnostic> = view
            .sharing
            .parts
            .iter()
            .map(|part| phrases.say(&format!("part.{}", part.key()), &[]))
            .collect();
        let answers = match &view.sharing.answers {
            Some(answers) => {
                let minimum = answers.minimum.to_string();
                let of_group = answers.minimum_of_group.to_string();
                let gaps = [("minimum", minimum.as_str()), ("of_group", &of_group)];
                Some(phrases.say("sharing.answers", &gaps)?)
            }
            None => None,
        };
        let reader_link = reader_link(workspace, key, engagement, person);
        let base = firm.base_url.as_deref().unwrap_or_default();
        let ids = [engagement.id.as_str(), person.id.as_str()];
        let besides = match sealing::asks(workspace, engagement, person).passphrase {
            true => Besides::Passphrase,
            false => Besides::Nothing,
        };
        let link = &reader_link.link;
        let code = link.code();
        let (url, code) = match reader_link.access {
            AccessMode::Sealed => (link.sealed_url(base).to_string(), Some((&code, besides))),
            AccessMode::Link => (link.plain_url(base), None),
        };
        let numbers = sealing::link_source(workspace, engagement, person).numbers;
        let name = if numbers.is_of_stakeholder_alone() {
            key.derive("mail/v1", &ids.map(str::as_bytes))
        } else {
            let [id, person] = ids.map(str::as_bytes);
            let [site, of_engagement, own, of_person] = &numbers.bytes();
            key.derive(
                "mail/v2",
                &[id, person, site, of_engagement, own, of_person],
            )
        };
        let name = HEXLOWER.encode(&name[..16]);
        let number = numbers.stakeholder;
        let draft = invite::Invitation {
            reader: &person.name,
            address: person.email.as_deref(),
            engagement: &engagement.title,
            firm: &firm.name,
            contact: view.firm.contact_label.as_deref(),
            privacy: firm.privacy.as_deref(),
            answers: answers.as_deref(),
            contents: &contents?,
            url: &url,
            code,
            date: midnight(today),
            message_id: &format!("{name}.{number}@loggia.invalid"),
        };
        draft.eml(&phrases)
    }
}

/// The first second of a day in universal time, counted from 1970.
fn midnight(day: Date) -> i64 {
    day.to_zoned(TimeZone::UTC)
        .map_or(0, |moment| moment.timestamp().as_second())
}
