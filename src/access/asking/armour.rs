//! Messages in a text as mail programs leave it.
//!
//! The rule it guards: nothing that begins like a message is passed over. It is a message, or it is said why it is none.
//!
//! ```text
//! [loggia answers 1] CRLF, 1416 letters of base64url in lines of 72, [end] CRLF
//! ```
//! Read are also texts that were quoted, wrapped anew, run together or typeset: marks of quoting and whatever cannot be seen is dropped, and
//! every kind of dash is a hyphen. Where two hyphens became one dash, the length is short: dashes are tried as two, four of them at the
//! most. Where the first line is gone, a row of so many letters is a message.

use crate::access::asking::message::{END, LETTERS, LINE, Message, Unreadable};

/// So many messages are read from one mail.
pub const MOST: usize = 1000;

/// What the first line says, once blanks are dropped, up to the version.
const MARK: &str = "[loggiaanswers";

/// The version that is known.
const VERSION: &str = "1";

/// How many dashes are tried as two hyphens, and among how many.
const DOUBLED: usize = 4;
const DASHES: usize = 26;

/// How many places of a text are tried where no first line says where a message begins.
const TRIED: usize = 20_000;

/// What was found in a text: a message, or why there is none where one begins.
pub type Found = Result<Message, Unreadable>;

/// A text that holds more messages than are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany;

/// Returns what is found in a text, in its order.
pub fn found_in(text: &str) -> Result<Vec<Found>, TooMany> {
    let letters = Letter::all_of(text);
    let mut search = Search {
        found: Vec::new(),
        tried: 0,
    };
    let mut start = 0;
    while let Some(mark) = marked(&letters, start) {
        search.unmarked(&letters[start..mark]);
        let version_at = mark + MARK.len();
        let version = letters[version_at..].iter();
        let version: String = version
            .map(|letter| letter.is)
            .take_while(char::is_ascii_digit)
            .take(9)
            .collect();
        start = version_at + version.len();
        let closes = letters.get(start).is_some_and(|letter| letter.is == ']');
        let row = row(&letters, start + usize::from(closes));
        if version == VERSION {
            let (found, read) = read(row);
            search.found.push(found);
            start += usize::from(closes) + read;
        } else {
            search.found.push(Err(Unreadable::Version));
            start += usize::from(closes) + row.len();
        }
        if search.found.len() > MOST {
            return Err(TooMany);
        }
    }
    search.unmarked(&letters[start..]);
    if search.found.len() > MOST {
        return Err(TooMany);
    }
    Ok(search.found)
}

/// A character that counts.
#[derive(Clone, Copy)]
struct Letter {
    is: char,
    /// Whether a blank or the beginning of a line stands before it.
    begins: bool,
}

/// What long dashes become while it is not known for how many hyphens they stand.
const DASH: char = '\u{2014}';

impl Letter {
    /// Everything in a text that counts.
    fn all_of(text: &str) -> Vec<Self> {
        let mut letters = Vec::with_capacity(text.len());
        for line in text.split(['\n', '\r']) {
            // What quotes a line, and what an undecoded mail breaks one with.
            let line = line.trim_start_matches(|letter: char| {
                matches!(letter, '>' | '|') || is_nothing(letter)
            });
            let line = line.strip_suffix('=').unwrap_or(line);
            let mut begins = true;
            for letter in line.chars() {
                if is_nothing(letter) {
                    begins = true;
                    continue;
                }
                let is = match letter {
                    '\u{2010}'..='\u{2012}' | '\u{2212}' => '-',
                    '\u{2013}'..='\u{2015}' => DASH,
                    letter => letter,
                };
                letters.push(Self { is, begins });
                begins = false;
            }
        }
        letters
    }

    /// Whether it can be one of a message.
    fn is_of_message(self) -> bool {
        self.is.is_ascii_alphanumeric() || matches!(self.is, '-' | '_' | DASH)
    }
}

/// Whether a character is nothing to a reader: blanks, and what cannot be seen.
fn is_nothing(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        )
}

/// Where the next first line of a message stands.
fn marked(letters: &[Letter], start: usize) -> Option<usize> {
    let is_mark = |window: &[Letter]| {
        let window = window.iter().map(|letter| letter.is);
        window.eq(MARK.chars())
    };
    let place = letters[start..].windows(MARK.len()).position(is_mark)?;
    Some(start + place)
}

/// The letters of a message from a place on, as far as they go.
fn row(letters: &[Letter], start: usize) -> &[Letter] {
    let rest = letters.get(start..).unwrap_or_default();
    let end = rest.iter().position(|letter| !letter.is_of_message());
    &rest[..end.unwrap_or(rest.len())]
}

/// Reads the message at the beginning of a row, and returns how many of its letters that takes.
fn read(row: &[Letter]) -> (Found, usize) {
    match tried(row) {
        Ok((message, length)) => (Ok(message), length),
        Err(reason) => (Err(reason), row.len()),
    }
}

/// The message at the beginning of a row with its length there; dashes are tried as one hyphen and as two.
fn tried(row: &[Letter]) -> Result<(Message, usize), Unreadable> {
    let mut reason = Unreadable::Cut(row.len());
    for doubled in 0..=DOUBLED {
        let length = LETTERS - doubled;
        let Some(row) = row.get(..length) else {
            continue;
        };
        let dashes = row.iter().enumerate();
        let dashes: Vec<usize> = dashes
            .filter(|(_, letter)| letter.is == DASH)
            .map(|(place, _)| place)
            .take(DASHES)
            .collect();
        for chosen in choices(&dashes, doubled) {
            match Message::of_letters(&spelt(row, &chosen)) {
                Ok(message) => return Ok((message, length)),
                Err(Unreadable::Version) => return Err(Unreadable::Version),
                Err(other) if doubled == 0 => reason = other,
                Err(_) => {}
            }
        }
    }
    Err(reason)
}

/// A row with those dashes as two hyphens.
fn spelt(row: &[Letter], doubled: &[usize]) -> Vec<u8> {
    let mut letters = Vec::with_capacity(LETTERS);
    for (place, letter) in row.iter().enumerate() {
        let is = if letter.is == DASH { '-' } else { letter.is };
        // What is of a message is one byte.
        letters.extend(u8::try_from(is));
        if doubled.contains(&place) {
            letters.push(b'-');
        }
    }
    letters
}

/// Every choice of so many places.
fn choices(places: &[usize], count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (index, place) in places.iter().enumerate() {
        for mut rest in choices(&places[index + 1..], count - 1) {
            rest.push(*place);
            all.push(rest);
        }
    }
    all
}

/// What was found so far.
struct Search {
    found: Vec<Found>,
    /// How many places were tried without a first line.
    tried: usize,
}

impl Search {
    /// Looks for messages whose first line is gone.
    fn unmarked(&mut self, letters: &[Letter]) {
        let mut start = 0;
        while start < letters.len() {
            let row = row(letters, start);
            let end = letters[start + row.len()..].iter().take(END.len());
            let is_ended = end.map(|letter| letter.is).eq(END.chars());
            self.in_row(row, is_ended);
            start += row.len() + 1;
        }
    }

    /// Looks for messages in a row of letters, behind which the last line of a message may stand.
    fn in_row(&mut self, row: &[Letter], is_ended: bool) {
        let mut start = 0;
        let found = self.found.len();
        while start + LETTERS <= row.len() + DOUBLED && self.tried < TRIED {
            let rest = &row[start..];
            if !(start == 0 || rest[0].begins) || !begins_as_message(rest) {
                start += 1;
                continue;
            }
            self.tried += 1;
            match tried(rest) {
                Ok((message, length)) => {
                    self.found.push(Ok(message));
                    start += length;
                }
                Err(_) => start += 1,
            }
            if self.found.len() > MOST {
                return;
            }
        }
        if self.found.len() > found {
            return;
        }
        if row.len() == LETTERS && begins_as_message(row) {
            self.found.push(Err(Unreadable::Damaged));
        } else if is_ended && row.len() >= LINE {
            self.found.push(Err(if row.len() < LETTERS {
                Unreadable::Cut(row.len())
            } else {
                Unreadable::Damaged
            }));
        }
    }
}

/// Whether the first byte that letters stand for is the version.
fn begins_as_message(letters: &[Letter]) -> bool {
    let second = |letter: char| {
        letter.is_ascii_uppercase() && letter >= 'Q' || ('a'..='f').contains(&letter)
    };
    matches!(letters, [first, next, ..] if first.is == 'A' && second(next.is))
}
