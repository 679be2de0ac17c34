//! An invitation: the mail draft that brings a reader their link.
//!
//! The rule it guards: the link and, on a line of its own, the code stand in the text, since mail programs break links; the same
//! invitation is the same bytes, since date and message id are given and a draft of text alone needs no random boundaries.

use mail_builder::MessageBuilder;
use mail_builder::headers::raw::Raw;

use crate::access::link::Code;
use crate::diagnostic::Diagnostic;
use crate::render::phrases::Phrases;
use crate::text::one_line;

/// One invitation, for one reader.
pub struct Invitation<'a> {
    /// The reader's name.
    pub reader: &'a str,
    /// The reader's mail address, if it is known; a draft can do without.
    pub address: Option<&'a str>,
    /// The title of the engagement.
    pub engagement: &'a str,
    /// The firm's name.
    pub firm: &'a str,
    /// Whom to ask, as a reader reads it: a mail address or a telephone number.
    pub contact: Option<&'a str>,
    /// How personal data is handled: an address or a sentence.
    pub privacy: Option<&'a str>,
    /// What others see of what the reader is asked, if anything is.
    pub answers: Option<&'a str>,
    /// Whether the reader has the link already, and is told what is new on the page.
    pub brings_news: bool,
    /// What the reader will see, or what of it is new, a line each.
    pub contents: &'a [String],
    /// The whole link.
    pub url: &'a str,
    /// The code of a sealed page, with what it asks for besides.
    pub code: Option<(&'a Code, Besides)>,
    /// When it was written, in seconds since 1970.
    pub date: i64,
    /// The message id, without angle brackets.
    pub message_id: &'a str,
}

/// What a sealed page asks for besides its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Besides {
    /// Nothing.
    Nothing,
    /// A passphrase, which does not go by mail.
    Passphrase,
}

impl Invitation<'_> {
    /// Returns the draft, as the text of an `.eml` file that mail programs open for sending.
    pub fn eml(&self, phrases: &Phrases) -> Result<String, Diagnostic> {
        let subject = match self.brings_news {
            true => "invitation.news_subject",
            false => "invitation.subject",
        };
        let draft = Draft {
            subject: phrases.say(subject, &[("engagement", self.engagement)])?,
            text: self.text(phrases)?,
            to: (self.reader, self.address),
            date: self.date,
            message_id: self.message_id,
        };
        draft.eml()
    }

    /// The letter.
    fn text(&self, phrases: &Phrases) -> Result<String, Diagnostic> {
        let reason = [("firm", self.firm), ("engagement", self.engagement)];
        let contents: Vec<String> = self
            .contents
            .iter()
            .map(|line| format!("- {line}"))
            .collect();
        let mut paragraphs = vec![
            phrases.say("invitation.greeting", &[("reader", self.reader)])?,
            match self.brings_news {
                true => phrases.say("invitation.news", &[("engagement", self.engagement)])?,
                false => phrases.say("invitation.reason", &reason)?,
            },
            contents.join("\n"),
            phrases.say("invitation.link", &[])?,
            self.url.to_owned(),
        ];
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        if let Some((code, besides)) = self.code {
            paragraphs.push(phrases.say("invitation.code", &[])?);
            paragraphs.push(code.in_groups().to_string());
            match besides {
                Besides::Nothing => {}
                Besides::Passphrase => paragraphs.push(phrases.say("invitation.passphrase", &[])?),
            }
        }
        paragraphs.push(match self.contact {
            Some(contact) => phrases.say("invitation.help", &[("contact", contact)])?,
            None => phrases.say("invitation.help_firm", &[])?,
        });
        paragraphs.extend(self.answers.map(str::to_owned));
        if let Some(privacy) = self.privacy {
            paragraphs.push(format!("{} {privacy}", phrases.say("page.privacy", &[])?));
        }
        let contact = self.contact.unwrap_or(self.firm);
        paragraphs.push(phrases.say("page.object", &[("contact", contact)])?);
        paragraphs.push(self.firm.to_owned());
        Ok(paragraphs.join("\n\n") + "\n")
    }
}

/// A mail as its draft is written.
pub(super) struct Draft<'a> {
    pub(super) subject: String,
    pub(super) text: String,
    /// The name of whoever gets it, and the address, if it is known.
    pub(super) to: (&'a str, Option<&'a str>),
    /// When it was written, in seconds since 1970.
    pub(super) date: i64,
    /// The message id, without angle brackets.
    pub(super) message_id: &'a str,
}

impl Draft<'_> {
    /// Returns the text of an `.eml` file.
    pub(super) fn eml(self) -> Result<String, Diagnostic> {
        let mut message = MessageBuilder::new()
            .date(self.date)
            .message_id(self.message_id)
            .subject(one_line(&self.subject))
            // Outlook opens a mail with this header as a draft, not as one that was received.
            .header("X-Unsent", Raw::new("1"))
            .text_body(self.text);
        if let (name, Some(address)) = self.to {
            if !is_address(address) {
                return Err(Diagnostic::error(format!(
                    "`{}` is no mail address",
                    address.escape_debug()
                ))
                .with_hint("write it as `name@firm.example`, without name or brackets"));
            }
            message = message.to((one_line(name), address.to_owned()));
        }
        let written = message.write_to_string();
        written.map_err(|reason| Diagnostic::error(format!("cannot write an invitation: {reason}")))
    }
}

/// Whether `text` can stand as one address in a header.
fn is_address(text: &str) -> bool {
    let is_plain = |letter: char| {
        !letter.is_control() && !letter.is_whitespace() && !"<>()[],;:\"\\".contains(letter)
    };
    let parts = text.split_once('@');
    text.chars().all(is_plain)
        && parts
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::{Besides, Invitation};
    use crate::access::key::Key;
    use crate::access::link::Link;
    use crate::render::phrases::Phrases;

    /// An invitation for Priya, changed by `change`.
    fn eml(change: impl FnOnce(&mut Invitation<'_>)) -> Result<String, String> {
        let link = Link::numbered(&Key::of_tests(), "nyah-adeyemi", "priya", 1);
        let (url, code) = (link.sealed_url("https://portal.example"), link.code());
        let mut invitation = Invitation {
            reader: "Priya Raman",
            address: Some("priya@firm.example"),
            engagement: "Leading through others",
            firm: "Harbour Coaching",
            contact: Some("hello@harbour.example"),
            privacy: Some("https://harbour.example/privacy"),
            answers: None,
            brings_news: false,
            contents: &[
                "The wording of goals".to_owned(),
                "Progress figures".to_owned(),
            ],
            url: &url,
            code: Some((&code, Besides::Nothing)),
            date: 1_770_000_000,
            message_id: "priya.1@portal.example",
        };
        change(&mut invitation);
        invitation
            .eml(&Phrases::english())
            .map_err(|problem| problem.to_string())
    }

    #[test]
    fn invitation_has_link_and_code_on_lines_of_their_own() {
        let text = eml(|_| {}).unwrap();
        assert_eq!(
            text,
            include_str!("../../tests/access/invitation.eml").replace('\n', "\r\n")
        );
    }

    #[test]
    fn page_that_is_not_sealed_has_no_code_and_a_passphrase_is_announced() {
        assert!(
            !eml(|invitation| invitation.code = None)
                .unwrap()
                .contains("access code")
        );
        let asked = eml(|invitation| {
            invitation.code = invitation.code.map(|(code, _)| (code, Besides::Passphrase));
        })
        .unwrap();
        assert!(asked.contains("passphrase"));
        assert!(
            !eml(|invitation| invitation.address = None)
                .unwrap()
                .contains("\r\nTo:")
        );
    }

    #[test]
    fn nothing_that_is_filled_in_becomes_a_header() {
        let hostile = eml(|invitation| {
            invitation.reader = "Priya\r\nBcc: all@firm.example\r\n\r\n<script>";
            invitation.engagement = "x\nX-Evil: 1\n{{code}}";
        });
        let text = hostile.unwrap();
        let headers = text.split("\r\n\r\n").next().unwrap();
        assert!(
            headers
                .lines()
                .all(|line| !line.starts_with("Bcc") && !line.starts_with("X-Evil")),
            "{headers}"
        );
        for address in [
            "",
            "priya",
            "a b@c",
            "a@b\r\nBcc: x@y",
            "<a@b>",
            "a@b,c@d",
            "@b",
            "a@",
            "a@b@c",
        ] {
            let told = eml(|invitation| invitation.address = Some(address)).unwrap_err();
            let expected = format!("`{}` is no mail address", address.escape_debug());
            assert!(told.contains(&expected), "{told}");
        }
    }
}
