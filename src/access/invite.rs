//! An invitation: the mail draft that brings a reader their link.
//!
//! The rule it guards: the link and, on a line of its own, the code stand in the text, since mail programs break links; the same
//! invitation is the same bytes, since date and message id are given and a draft of text alone needs no random boundaries.

use mail_builder::MessageBuilder;
use mail_builder::headers::raw::Raw;

use crate::access::link::Code;
use crate::access::template::Template;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Source;

/// What the paragraphs of an invitation may name.
const NAMES: [&str; 5] = ["reader", "engagement", "firm", "contact", "contents"];

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
    pub contact: &'a str,
    /// What the reader will see, worded as part of a sentence.
    pub contents: &'a str,
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

/// The paragraphs of invitations in one language; each may name `{{reader}}`, `{{engagement}}`, `{{firm}}`, `{{contact}}` and
/// `{{contents}}`.
pub struct InvitationWords {
    /// The subject.
    pub subject: String,
    /// The first line.
    pub greeting: String,
    /// Why this mail comes, and what the reader will see.
    pub reason: String,
    /// Leads to the link.
    pub link: String,
    /// Leads to the code.
    pub code: String,
    /// Says that a passphrase is asked for.
    pub passphrase: String,
    /// Whom the page is for, and whom to ask.
    pub help: String,
}

impl InvitationWords {
    /// Returns the words in English.
    pub fn english() -> Self {
        Self {
            subject: "Your page for \u{201c}{{engagement}}\u{201d}".into(),
            greeting: "Dear {{reader}},".into(),
            reason: "{{firm}} keeps a page for you about the coaching engagement \u{201c}{{engagement}}\u{201d}. On it you \
                     will find {{contents}}. You need no account to read it."
                .into(),
            link: "Open your page with this link, whenever you like. It stays the same when the page changes:".into(),
            code: "If the link has been cut short on its way, the page asks for your access code. This is it:".into(),
            passphrase: "The page also asks for the passphrase that you were given in another way.".into(),
            help: "The link is for you alone: whoever has it can read what you can read, so please do not pass it on. If it \
                   has got lost, if others have seen it, or if anything is unclear, ask {{contact}}."
                .into(),
        }
    }
}

impl Invitation<'_> {
    /// Returns the draft, as the text of an `.eml` file that mail programs open for sending.
    pub fn eml(&self, words: &InvitationWords) -> Result<String, Diagnostic> {
        let mut message = MessageBuilder::new()
            .date(self.date)
            .message_id(self.message_id)
            .subject(one_line(&self.filled(&words.subject)?))
            // Outlook opens a mail with this header as a draft, not as one that was received.
            .header("X-Unsent", Raw::new("1"))
            .text_body(self.text(words)?);
        if let Some(address) = self.address {
            if !is_address(address) {
                return Err(Diagnostic::error(format!(
                    "`{}` is no mail address",
                    address.escape_debug()
                ))
                .with_hint("write it as `name@firm.example`, without name or brackets"));
            }
            message = message.to((one_line(self.reader), address.to_owned()));
        }
        let written = message.write_to_string();
        written.map_err(|reason| Diagnostic::error(format!("cannot write an invitation: {reason}")))
    }

    /// The letter.
    fn text(&self, words: &InvitationWords) -> Result<String, Diagnostic> {
        let mut paragraphs = vec![
            self.filled(&words.greeting)?,
            self.filled(&words.reason)?,
            self.filled(&words.link)?,
        ];
        paragraphs.push(self.url.to_owned());
        if let Some((code, besides)) = self.code {
            paragraphs.push(self.filled(&words.code)?);
            paragraphs.push(code.in_groups().to_string());
            match besides {
                Besides::Nothing => {}
                Besides::Passphrase => paragraphs.push(self.filled(&words.passphrase)?),
            }
        }
        paragraphs.push(self.filled(&words.help)?);
        paragraphs.push(self.firm.to_owned());
        Ok(paragraphs.join("\n\n") + "\n")
    }

    /// A paragraph with what it names.
    fn filled(&self, paragraph: &str) -> Result<String, Diagnostic> {
        let template = Template::parse(&Source::of("invitation", paragraph), &[], &NAMES)?;
        Ok(template.fill(|name| match name {
            "reader" => self.reader,
            "engagement" => self.engagement,
            "firm" => self.firm,
            "contact" => self.contact,
            _ => self.contents,
        }))
    }
}

/// The text without line ends and other control characters, which would begin another header.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
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
    use super::Besides;
    use super::Invitation;
    use super::InvitationWords;
    use crate::access::key::Key;
    use crate::access::link::Link;

    /// An invitation for Priya, changed by `change`.
    fn eml(change: impl FnOnce(&mut Invitation<'_>)) -> Result<String, String> {
        let link = Link::of(&Key::of_tests(), "nyah-adeyemi", "priya", 1);
        let (url, code) = (link.sealed_url("https://portal.example"), link.code());
        let mut invitation = Invitation {
            reader: "Priya Raman",
            address: Some("priya@firm.example"),
            engagement: "Leading through others",
            firm: "Harbour Coaching",
            contact: "hello@harbour.example",
            contents: "the goals, the agreed actions and how far they have come",
            url: &url,
            code: Some((&code, Besides::Nothing)),
            date: 1_770_000_000,
            message_id: "priya.1@portal.example",
        };
        change(&mut invitation);
        invitation
            .eml(&InvitationWords::english())
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
            eml(|invitation| invitation.address = Some(address)).unwrap_err();
        }
    }
}
