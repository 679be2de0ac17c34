//! Messages in what a coach has: a text, a mail, a mailbox.
//!
//! The rule it guards: of a mail nothing is kept or passed on but the messages in it and the time it says it was sent, and whatever is too
//! much to be read is said, not cut.

use std::borrow::Cow;
use std::io::Cursor;

use mail_parser::decoders::html::html_to_text;
use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{HeaderName, Message as Mime, MessageParser, PartType};

use crate::access::asking::armour::{Found, MOST, found_in};

/// No more bytes than this are read of one mail.
pub const LONGEST: usize = 10 * 1024 * 1024;

/// How many mails may stand inside each other.
const DEPTH: usize = 8;

/// A mail or a text, with what was found in it.
#[derive(Debug, Default)]
pub struct Mail {
    /// When it says it was sent, in seconds since 1970.
    pub sent: Option<i64>,
    /// What was found.
    pub found: Vec<Found>,
}

/// Why a mail is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooMuch {
    /// It is too long.
    Bytes,
    /// There are too many messages in it.
    Messages,
}

/// Reads a text, a mail or a mailbox; of a mailbox each mail on its own.
pub fn read(bytes: &[u8]) -> Vec<Result<Mail, TooMuch>> {
    if !bytes.starts_with(b"From ") {
        return vec![one(bytes)];
    }
    // Reading from memory does not fail.
    let mails = MessageIterator::new(Cursor::new(bytes)).map_while(Result::ok);
    mails.map(|mail| one(mail.contents())).collect()
}

/// Reads one mail or text.
fn one(bytes: &[u8]) -> Result<Mail, TooMuch> {
    if bytes.len() > LONGEST {
        return Err(TooMuch::Bytes);
    }
    let mut mail = Mail::default();
    if let Some(mime) = MessageParser::default().parse(bytes).filter(is_mail) {
        mail.sent = mime.date().map(mail_parser::DateTime::to_timestamp);
        in_mime(&mime, DEPTH, &mut mail.found)?;
    }
    if mail.found.is_empty() {
        add(&decoded(bytes), &mut mail.found)?;
    }
    Ok(mail)
}

/// Whether it has what every mail has, and a text only by chance.
fn is_mail(mime: &Mime<'_>) -> bool {
    let names = [
        HeaderName::From,
        HeaderName::Date,
        HeaderName::Received,
        HeaderName::MimeVersion,
        HeaderName::ContentType,
    ];
    names.into_iter().any(|name| mime.header(name).is_some())
}

/// Adds what is found in the texts of a mail: in plain text, or else in HTML; then in what is attached.
fn in_mime(mime: &Mime<'_>, depth: usize, found: &mut Vec<Found>) -> Result<(), TooMuch> {
    let before = found.len();
    for place in 0..mime.text_body_count() {
        if let Some(text) = mime.body_text(place) {
            add(&text, found)?;
        }
    }
    if !found[before..].iter().any(Result::is_ok) {
        let in_plain = found.split_off(before);
        for place in 0..mime.html_body_count() {
            if let Some(html) = mime.body_html(place) {
                add(&html_to_text(&html), found)?;
            }
        }
        if found.len() == before {
            found.extend(in_plain);
        }
    }
    for part in mime.attachments() {
        match &part.body {
            PartType::Text(text) => add(text, found)?,
            PartType::Html(html) => add(&html_to_text(html), found)?,
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
                add(&decoded(bytes), found)?;
            }
            PartType::Message(inner) if depth > 0 => in_mime(inner, depth - 1, found)?,
            PartType::Message(_) | PartType::Multipart(_) => {}
        }
    }
    Ok(())
}

/// Adds what is found in a text.
fn add(text: &str, found: &mut Vec<Found>) -> Result<(), TooMuch> {
    found.extend(found_in(text).map_err(|_| TooMuch::Messages)?);
    if found.len() > MOST {
        return Err(TooMuch::Messages);
    }
    Ok(())
}

/// Bytes as text: UTF-16 where they begin with its mark, and else UTF-8, in which what is no text is no letter of a message either.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let units = |of: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes[2..].as_chunks::<2>();
        let units = pairs.iter().map(|pair| of(*pair));
        let letters = char::decode_utf16(units);
        letters.map(|letter| letter.unwrap_or('\u{fffd}')).collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => Cow::Owned(units(u16::from_le_bytes)),
        [0xfe, 0xff, ..] => Cow::Owned(units(u16::from_be_bytes)),
        _ => String::from_utf8_lossy(bytes),
    }
}
