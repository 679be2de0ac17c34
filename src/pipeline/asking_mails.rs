//! The link of every rater to the asking page, and the mails that bring it or remind of it.

use std::path::Path;

use data_encoding::HEXLOWER;
use jiff::civil::Date;

use crate::access::asking_mail::AskingMail;
use crate::access::invite::Besides;
use crate::access::key::Key;
use crate::access::link::Link;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::asked::AskedRound;
use crate::engagement::stakeholder::{Role, Stakeholder};
use crate::pipeline::collecting::answered::Answered;
use crate::pipeline::mails::{Written, base_url, midnight};
use crate::pipeline::problems::{Failure, Problems};
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{asking, keys, pages, reading, records};
use crate::publish::drafts::Drafts;
use crate::record::contents::Invited;
use crate::record::told::Told;

/// The link to one rater's asking page.
pub struct AskingLink {
    /// The engagement's id.
    pub engagement: String,
    /// The rater's id there.
    pub rater: String,
    /// The rater's name.
    pub name: String,
    /// The rater's role.
    pub role: &'static str,
    /// The rater's mail address, if it is known.
    pub email: Option<String>,
    /// The language of the page.
    pub language: String,
    /// The link.
    pub link: Link,
}

/// Returns the link of everyone who is asked.
pub fn links(workspace: &Workspace, today: Date, out: &Path) -> Result<Vec<AskingLink>, Failure> {
    let key = keys::opened(workspace, out)?;
    let mut problems = Problems::default();
    let mut links = Vec::new();
    for id in &workspace.book.engagements {
        let read = reading::engagement(workspace, id, today.into());
        let Some(engagement) = problems.value_of(read.reading) else {
            continue;
        };
        for asked in asking::asked(&engagement, today.into()) {
            let person = asked.person;
            links.push(AskingLink {
                engagement: engagement.id.to_string(),
                rater: person.id.to_string(),
                name: person.name.clone(),
                role: asked.role.as_str(),
                email: person.email.clone(),
                language: pages::language(workspace, &engagement, person).to_owned(),
                link: asking::link(workspace, &key, &engagement, person),
            });
        }
    }
    problems.into_result()?;
    Ok(links)
}

/// Writes into `folder` a reminder to everyone who is asked in a round that is open and has not answered yet.
pub fn remind(
    workspace: &Workspace,
    (folder, out): (&Path, &Path),
    today: Date,
) -> Result<Written, Failure> {
    base_url(workspace)?;
    let key = keys::opened(workspace, out)?;
    let mut problems = Problems::default();
    let answered = Answered::of(workspace, today, out)?;
    let (mut drafts, mut all) = (Vec::new(), 0);
    for id in &workspace.book.engagements {
        let read = reading::engagement(workspace, id, today.into());
        let Some(engagement) = problems.value_of(read.reading) else {
            continue;
        };
        // Nobody is written to of whom it is not known who it is.
        let others = records::other_people(workspace, &key, &engagement, today.into());
        problems.general.extend(others);
        let round = engagement.next_asked_round(today.into());
        let Some(round) = round.filter(|round| round.is_open_on(today)) else {
            continue;
        };
        let source = (workspace, &key, &engagement);
        let Some(mails) = AskingMails::of(source, today) else {
            continue;
        };
        let asked = asking::asked(&engagement, today.into());
        all += asked.len();
        let waiting = asked
            .iter()
            .filter(|asked| !answered.holds(&engagement, &asked.person.id, round));
        for asked in waiting {
            match mails.draft(asked.person, Purpose::Reminder) {
                Ok(draft) => drafts.push(draft),
                Err(problem) => problems.general.push(problem),
            }
        }
    }
    problems.into_result()?;
    let place = Drafts::begin(folder, out, workspace.book.folder()).map_err(Failure::outside)?;
    place.write(&drafts).map_err(Failure::outside)?;
    Ok(Written {
        count: drafts.len(),
        left_out: all - drafts.len(),
        warnings: Vec::new(),
    })
}

/// What the mails to raters of an engagement are made from.
pub(super) struct AskingMails<'a> {
    workspace: &'a Workspace,
    key: &'a Key,
    engagement: &'a Engagement,
    round: AskedRound,
    today: Date,
}

/// A mail that brings a rater the link.
pub(super) struct RaterMail {
    /// The name and the text of the draft.
    pub(super) draft: (String, String),
    /// What is recorded of it.
    pub(super) invited: Invited,
}

/// What a mail is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To bring the link.
    Invitation,
    /// To remind of the questions.
    Reminder,
}

impl Purpose {
    /// What stands for it in the names of drafts and mails.
    fn name(self) -> &'static str {
        match self {
            Self::Invitation => "asking",
            Self::Reminder => "reminder",
        }
    }
}

impl<'a> AskingMails<'a> {
    /// The mails about the next round of an engagement, if there is one.
    pub(super) fn of(
        (workspace, key, engagement): (&'a Workspace, &'a Key, &'a Engagement),
        today: Date,
    ) -> Option<Self> {
        let round = engagement.next_asked_round(today.into())?;
        Some(Self {
            workspace,
            key,
            engagement,
            round,
            today,
        })
    }

    /// The mails that bring their links to those raters to whom one is to be written, with what is recorded of each.
    pub(super) fn invitations(
        &self,
        is_wanted: &dyn Fn(&Stakeholder, &Link) -> bool,
    ) -> Result<Vec<RaterMail>, Vec<Diagnostic>> {
        let mut mails = Vec::new();
        for asked in asking::asked(self.engagement, self.today.into()) {
            let person = asked.person;
            let link = asking::link(self.workspace, self.key, self.engagement, person);
            if !is_wanted(person, &link) {
                continue;
            }
            let draft = self.draft(person, Purpose::Invitation);
            let invited = Invited {
                engagement: self.engagement.id.to_string(),
                reader: person.id.to_string(),
                path: link.path().as_str().to_owned(),
                told: Told::default(),
            };
            mails.push(RaterMail {
                draft: draft.map_err(|problem| vec![problem])?,
                invited,
            });
        }
        Ok(mails)
    }

    /// Returns the name and the text of the draft to one rater.
    fn draft(
        &self,
        person: &Stakeholder,
        purpose: Purpose,
    ) -> Result<(String, String), Diagnostic> {
        let Self {
            workspace,
            key,
            engagement,
            round,
            today,
        } = *self;
        let firm = &workspace.book.firm;
        let language = pages::language(workspace, engagement, person);
        let phrases = workspace.theme.phrases(language)?;
        let link = asking::link(workspace, key, engagement, person);
        let base = firm.base_url.as_deref().unwrap_or_default();
        let mut people = engagement.stakeholders.iter();
        let coachee = people.find(|person| person.role == Role::Coachee);
        let path = link.path();
        let round_day = round.closes.to_string();
        let name = key.derive("mail/v2", &[path.as_str().as_bytes(), round_day.as_bytes()]);
        let name = HEXLOWER.encode(&name[..16]);
        let contact = firm.contact.as_deref().map(|address| {
            let mut schemes = ["mailto:", "tel:", "https://"].iter();
            let bare = schemes.find_map(|scheme| address.strip_prefix(scheme));
            bare.unwrap_or(address)
        });
        let mail = AskingMail {
            rater: &person.name,
            address: person.email.as_deref(),
            coachee: coachee.map_or("", |person| person.name.as_str()),
            firm: &firm.name,
            contact,
            privacy: firm.privacy.as_deref(),
            days: (&phrases.date(round.opens), &phrases.date(round.closes)),
            reminds: purpose == Purpose::Reminder,
            url: &link.sealed_url(base),
            code: &link.code(),
            besides: match asking::asks(workspace, person).passphrase {
                true => Besides::Passphrase,
                false => Besides::Nothing,
            },
            date: midnight(today),
            message_id: &format!("{name}.{}.{today}@loggia.invalid", purpose.name()),
        };
        let name = format!("{}--{}--{}.eml", engagement.id, person.id, purpose.name());
        Ok((name, mail.eml(&phrases)?))
    }
}
