//! The mail that brings a rater the link to the asking page, or reminds of it.
//!
//! The rule it guards: it says who asks, about whom and until when, and nothing of the engagement besides; a reminder says the same to
//! everyone who gets one.

use crate::access::invite::{Besides, Draft};
use crate::access::link::Code;
use crate::diagnostic::Diagnostic;
use crate::render::phrases::Phrases;

/// One mail to one rater.
pub struct AskingMail<'a> {
    /// The rater's name.
    pub rater: &'a str,
    /// The rater's mail address, if it is known.
    pub address: Option<&'a str>,
    /// Whose coaching it is.
    pub coachee: &'a str,
    /// The firm's name.
    pub firm: &'a str,
    /// Whom to ask, as a reader reads it.
    pub contact: Option<&'a str>,
    /// How personal data is handled: an address or a sentence.
    pub privacy: Option<&'a str>,
    /// The first and the last day of the round, as the rater reads them.
    pub days: (&'a str, &'a str),
    /// Whether the rater is reminded.
    pub reminds: bool,
    /// The whole link.
    pub url: &'a str,
    /// The code of the page.
    pub code: &'a Code,
    /// What the page asks for besides.
    pub besides: Besides,
    /// When it was written, in seconds since 1970.
    pub date: i64,
    /// The message id, without angle brackets.
    pub message_id: &'a str,
}

impl AskingMail<'_> {
    /// Returns the draft, as the text of an `.eml` file that mail programs open for sending.
    pub fn eml(&self, phrases: &Phrases) -> Result<String, Diagnostic> {
        let draft = Draft {
            subject: phrases.say("asking_mail.subject", &[("name", self.coachee)])?,
            text: self.text(phrases)?,
            to: (self.rater, self.address),
            date: self.date,
            message_id: self.message_id,
        };
        draft.eml()
    }

    /// The letter.
    fn text(&self, phrases: &Phrases) -> Result<String, Diagnostic> {
        let (from, until) = self.days;
        let gaps = [
            ("firm", self.firm),
            ("name", self.coachee),
            ("from", from),
            ("until", until),
        ];
        let mut paragraphs = vec![
            phrases.say("invitation.greeting", &[("reader", self.rater)])?,
            match self.reminds {
                true => phrases.say("asking_mail.reminder", &[gaps[1], gaps[3]])?,
                false => phrases.say("asking_mail.reason", &gaps)?,
            },
            phrases.say("asking_mail.link", &[])?,
            self.url.to_owned(),
            phrases.say("invitation.code", &[])?,
            self.code.in_groups().to_string(),
        ];
        match self.besides {
            Besides::Nothing => {}
            Besides::Passphrase => paragraphs.push(phrases.say("invitation.passphrase", &[])?),
        }
        paragraphs.push(phrases.say("asking_mail.own", &[])?);
        if let Some(privacy) = self.privacy {
            paragraphs.push(format!("{} {privacy}", phrases.say("page.privacy", &[])?));
        }
        let contact = self.contact.unwrap_or(self.firm);
        paragraphs.push(phrases.say("page.object", &[("contact", contact)])?);
        paragraphs.push(self.firm.to_owned());
        Ok(paragraphs.join("\n\n") + "\n")
    }
}
