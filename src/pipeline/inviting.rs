//! The link of every reader, and the mail that brings it.

use std::path::Path;

use data_encoding::HEXLOWER;
use jiff::civil::Date;

use crate::access::invite;
use crate::access::invite::Besides;
use crate::access::key::Key;
use crate::access::link::{Link, LinkNumbers};
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::firm::AccessMode;
use crate::engagement::id::EngagementId;
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::asking_mails::{AskingMails, RaterMail};
use crate::pipeline::engagement_numbers::EngagementNumbers;
use crate::pipeline::mails::{Written, base_url, midnight};
use crate::pipeline::problems::{Failure, Problems};
use crate::pipeline::remembering::{Memory, PURPOSE};
use crate::pipeline::telling::{Digests, FILES, Telling};
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{keys, link_numbers, pages, reading, records, sealing};
use crate::portal::PortalSource;
use crate::portal::view::PortalView;
use crate::publish::drafts::Drafts;
use crate::record::contents::Invited;
use crate::render::phrases::Phrases;

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
    /// The reader's mail address, if it is known.
    pub email: Option<String>,
    /// The language of the reader's page.
    pub language: String,
    /// Whether a mail with this link was written.
    pub is_invited: bool,
    /// How the page is kept from others.
    pub access: AccessMode,
    /// The link.
    pub link: Link,
}

/// To whom mails are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// Those to whom none with their link was written.
    New,
    /// The same, and those for whom something is new since their last one.
    NewAndNews,
    /// Everyone.
    Everyone,
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
    let hash = |body: &[u8]| key.derive(PURPOSE, &[body]);
    let memory = Memory::of(workspace.book.folder(), out, &hash);
    let mut links = Vec::new();
    let source = Source {
        workspace,
        key: &key,
        memory: &memory,
        today,
    };
    source.of_each(&mut |mails, _| {
        let engagement = mails.engagement;
        let readers = engagement.readers(today.into());
        let people = readers
            .iter()
            .filter_map(|reader| engagement.stakeholder(reader.id()));
        links.extend(people.map(|person| mails.reader_link(person)));
    })?;
    Ok(links)
}

/// What links are told from.
struct Source<'a> {
    workspace: &'a Workspace,
    key: &'a Key,
    memory: &'a Memory<'a>,
    today: Date,
}

impl Source<'_> {
    /// Does something with every engagement. An error for all in which anything is wrong, for every number that was lowered, so that a link
    /// would open that was ended, and for everyone of whom it is not known whether it is still the same person.
    fn of_each(
        &self,
        work: &mut dyn FnMut(&Mails<'_>, &mut Problems),
    ) -> Result<Vec<Diagnostic>, Failure> {
        let (workspace, key) = (self.workspace, self.key);
        let (mut problems, mut numbers) = (Problems::default(), Vec::new());
        for id in &workspace.book.engagements {
            let read = reading::engagement(workspace, id, self.today.into());
            let Some(engagement) = problems.value_of(read.reading) else {
                continue;
            };
            numbers.push(EngagementNumbers::of(&engagement));
            let others = records::other_people(workspace, key, &engagement, self.today.into());
            problems.general.extend(others);
            let mails = Mails {
                workspace,
                key,
                engagement: &engagement,
                memory: self.memory,
            };
            work(&mails, &mut problems);
        }
        let lowered = link_numbers::compare(workspace, key, numbers).err();
        problems.general.extend(lowered.into_iter().flatten());
        problems.into_result()
    }
}

/// Writes the drafts of mails into `folder`.
pub fn invite(
    workspace: &Workspace,
    (folder, out): (&Path, &Path),
    today: Date,
    whom: Whom,
) -> Result<Written, Failure> {
    base_url(workspace)?;
    let key = keys::opened(workspace, out)?;
    let hash = |body: &[u8]| key.derive(PURPOSE, &[body]);
    let memory = Memory::of(workspace.book.folder(), out, &hash);
    let (mut drafts, mut invited, mut left_out) = (Vec::new(), Vec::new(), 0);
    let source = Source {
        workspace,
        key: &key,
        memory: &memory,
        today,
    };
    source.of_each(&mut |mails, problems| {
        let before = drafts.len();
        for mail in problems.value_or_default(mails.all(today, whom)) {
            drafts.push((mail.name, mail.text));
            invited.push(mail.invited);
        }
        left_out += mails.engagement.readers(today.into()).len() - (drafts.len() - before);
        let to_raters = mails.to_raters((today, whom), &invited);
        for mail in problems.value_or_default(to_raters) {
            drafts.push(mail.draft);
            let is_same = |one: &Invited| {
                one.engagement == mail.invited.engagement && one.reader == mail.invited.reader
            };
            // The mail about the portal is what is kept of who has one.
            if !invited.iter().any(is_same) {
                invited.push(mail.invited);
            }
        }
    })?;
    let place = Drafts::begin(folder, out, workspace.book.folder()).map_err(Failure::outside)?;
    place.write(&drafts).map_err(Failure::outside)?;
    let mut warnings: Vec<Diagnostic> = memory.notice().into_iter().collect();
    if !invited.is_empty() {
        warnings.extend(memory.invite(invited).err());
    }
    Ok(Written {
        count: drafts.len(),
        left_out,
        warnings,
    })
}

/// What the mails about one engagement are made from.
struct Mails<'a> {
    workspace: &'a Workspace,
    key: &'a Key,
    engagement: &'a Engagement,
    memory: &'a Memory<'a>,
}

/// The draft of a mail.
struct Mail {
    /// The name of its file.
    name: String,
    text: String,
    /// What is recorded of it.
    invited: Invited,
}

impl Mails<'_> {
    /// The link of one reader, with what is known of the person.
    fn reader_link(&self, person: &Stakeholder) -> ReaderLink {
        let Self {
            workspace,
            key,
            engagement,
            ..
        } = *self;
        let link = sealing::link(workspace, key, engagement, person);
        ReaderLink {
            engagement: engagement.id.clone(),
            stakeholder: person.id.to_string(),
            name: person.name.clone(),
            role: person.role.as_str(),
            email: person.email.clone(),
            language: pages::language(workspace, engagement, person).to_owned(),
            is_invited: self.before(person, &link).is_some(),
            access: sealing::access_mode(workspace, engagement),
            link,
        }
    }

    /// The last mail to a reader with this link.
    fn before(&self, person: &Stakeholder, link: &Link) -> Option<&Invited> {
        let record = self.memory.record()?;
        let (engagement, path) = (self.engagement.id.as_str(), link.path());
        record.invited(engagement, person.id.as_str(), path.as_str())
    }

    /// Returns the mails to those readers to whom one is to be written.
    fn all(&self, today: Date, whom: Whom) -> Result<Vec<Mail>, Vec<Diagnostic>> {
        let engagement = self.engagement;
        let figures = records::figures(Some(self.key), engagement);
        let telling = Telling {
            workspace: self.workspace,
            engagement,
            figures: &figures,
            today: today.into(),
            digests: &Digests::of(self.key),
        };
        let mut told = telling.all();
        let source = PortalSource {
            firm: &self.workspace.book.firm,
            engagement,
            figures: &figures,
        };
        let mut mails = Vec::new();
        for reader in engagement.readers(today.into()) {
            let Some(person) = engagement.stakeholder(reader.id()) else {
                continue;
            };
            let link = sealing::link(self.workspace, self.key, engagement, person);
            let told = told.remove(reader.id()).unwrap_or_default();
            let news = match (self.before(person, &link), whom) {
                (None, _) | (_, Whom::Everyone) => None,
                (Some(_), Whom::New) => continue,
                (Some(before), Whom::NewAndNews) => {
                    let parts = before.told.changed(&told);
                    if parts.is_empty() {
                        continue;
                    }
                    Some(parts)
                }
            };
            let view = PortalView::of(source, &reader, today.into());
            let text = self.draft(person, &view, (today, news.as_deref()));
            mails.push(Mail {
                name: format!("{}--{}.eml", engagement.id, person.id),
                text: text.map_err(|problem| vec![problem])?,
                invited: Invited {
                    engagement: engagement.id.to_string(),
                    reader: person.id.to_string(),
                    path: link.path().as_str().to_owned(),
                    told,
                },
            });
        }
        Ok(mails)
    }

    /// Returns the mails to raters: to those who get one of `invited` for their portal, and to those who have none.
    fn to_raters(
        &self,
        (today, whom): (Date, Whom),
        invited: &[Invited],
    ) -> Result<Vec<RaterMail>, Vec<Diagnostic>> {
        let engagement = self.engagement;
        let readers = engagement.readers(today.into());
        let is_wanted = |person: &Stakeholder, link: &Link| {
            let is_same = |one: &Invited| {
                one.engagement == engagement.id.as_str() && one.reader == person.id.as_str()
            };
            match readers.iter().any(|reader| *reader.id() == person.id) {
                true => invited.iter().any(is_same),
                false => whom == Whom::Everyone || self.before(person, link).is_none(),
            }
        };
        match AskingMails::of((self.workspace, self.key, engagement), today) {
            Some(mails) => mails.invitations(&is_wanted),
            None => Ok(Vec::new()),
        }
    }

    /// Returns the draft to one reader: an invitation, or `news` of these parts.
    fn draft(
        &self,
        person: &Stakeholder,
        view: &PortalView,
        (today, news): (Date, Option<&[String]>),
    ) -> Result<String, Diagnostic> {
        let Self {
            workspace,
            key,
            engagement,
            ..
        } = *self;
        let firm = &workspace.book.firm;
        let language = pages::language(workspace, engagement, person);
        let phrases = workspace.theme.phrases(language)?;
        let contents = contents(&phrases, view, news)?;
        let answers = match &view.sharing.answers {
            Some(answers) => {
                let minimum = answers.minimum.to_string();
                let of_group = answers.minimum_of_group.to_string();
                let gaps = [("minimum", minimum.as_str()), ("of_group", &of_group)];
                Some(phrases.say("sharing.answers", &gaps)?)
            }
            None => None,
        };
        let reader_link = self.reader_link(person);
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
        let name = mail_name(key, ids, numbers);
        let number = match news {
            None => numbers.stakeholder.to_string(),
            Some(_) => format!("{}.{today}", numbers.stakeholder),
        };
        let draft = invite::Invitation {
            brings_news: news.is_some(),
            reader: &person.name,
            address: person.email.as_deref(),
            engagement: &engagement.title,
            firm: &firm.name,
            contact: view.firm.contact_label.as_deref(),
            privacy: firm.privacy.as_deref(),
            answers: answers.as_deref(),
            contents: &contents,
            url: &url,
            code,
            date: midnight(today),
            message_id: &format!("{name}.{number}@loggia.invalid"),
        };
        draft.eml(&phrases)
    }
}

/// The name that mail programs know a mail by: another one for each link.
fn mail_name(key: &Key, ids: [&str; 2], numbers: LinkNumbers) -> String {
    let [engagement, person] = ids.map(str::as_bytes);
    let name = if numbers.is_of_stakeholder_alone() {
        key.derive("mail/v1", &[engagement, person])
    } else {
        let [site, of_engagement, own, of_person] = &numbers.bytes();
        key.derive(
            "mail/v2",
            &[engagement, person, site, of_engagement, own, of_person],
        )
    };
    HEXLOWER.encode(&name[..16])
}

/// What stands on a page, or the parts of it in which something is new, in words.
fn contents(
    phrases: &Phrases,
    view: &PortalView,
    news: Option<&[String]>,
) -> Result<Vec<String>, Diagnostic> {
    let parts: Vec<&str> = match news {
        None => view.sharing.parts.iter().map(|part| part.key()).collect(),
        // Pictures and documents belong to texts of all parts.
        Some(news) => {
            let news = news.iter().map(String::as_str);
            news.filter(|part| *part != FILES).collect()
        }
    };
    let said = |part: &&str| phrases.say(&format!("part.{part}"), &[]);
    parts.iter().map(said).collect()
}
