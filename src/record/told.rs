//! What a page tells its reader, as keyed digests.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write;
use std::sync::Arc;

use data_encoding::HEXLOWER;

/// What a page tells, as keyed digests by part: written as in the record, since hardly any of it is ever looked into. A copy takes no
/// memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told(Arc<str>);

/// What a page tells, while it is gathered. Equal texts have equal digests, as often as they stand there.
#[derive(Debug, Clone, Default)]
pub struct Gathered(BTreeMap<String, Vec<TextDigest>>);

/// The keyed digest of something that a page tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextDigest([u8; 8]);

impl TextDigest {
    /// The digest that begins with these bytes.
    pub fn of(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    /// Reads a digest as it is written: sixteen hexadecimal digits in small letters.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 8];
        let is_whole = text.len() == 16;
        let read = is_whole.then(|| HEXLOWER.decode_mut(text.as_bytes(), &mut bytes));
        read?.ok().map(|_| Self(bytes))
    }
}

impl fmt::Display for TextDigest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; 16];
        HEXLOWER.encode_mut(&self.0, &mut text);
        formatter.write_str(str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

/// What follows the name of a part whose digests only make news.
const NEWS: char = '~';

/// What follows the name of a part whose digests are no news.
const RIGHT: char = '!';

impl Gathered {
    /// Adds something that the page shows.
    pub fn add(&mut self, part: &str, digest: TextDigest) {
        match self.0.get_mut(part) {
            Some(digests) => digests.push(digest),
            None => {
                self.0.insert(part.to_owned(), vec![digest]);
            }
        }
    }

    /// Adds something whose change is news, and whose going takes nothing from the reader, as the hour of a meeting.
    pub fn add_news(&mut self, part: &str, digest: TextDigest) {
        self.add(&format!("{part}{NEWS}"), digest);
    }

    /// Adds that the reader may read a part, whatever there is of it: that this changes is no news.
    pub fn add_right(&mut self, part: &str, digest: TextDigest) {
        self.add(&format!("{part}{RIGHT}"), digest);
    }

    /// All of it, the digests of a part in an order that says nothing.
    pub fn told(self) -> Told {
        let mut text = String::new();
        for (part, mut digests) in self.0 {
            digests.sort();
            text.extend([" ", &part]);
            for digest in digests {
                let _ = write!(text, " {digest}");
            }
            text.push('\n');
        }
        Told(text.into())
    }
}

impl Told {
    /// What stands in a record in lines of its own, each behind a space.
    pub(super) fn of_lines(lines: &str) -> Self {
        Self(lines.into())
    }

    /// The same lines.
    pub(super) fn lines(&self) -> &str {
        &self.0
    }

    /// The parts with their digests. The seal of the record holds that each line is as it was written.
    fn parts(&self) -> BTreeMap<&str, Vec<TextDigest>> {
        let parts = self.0.lines().filter_map(|line| {
            let mut words = line.split_ascii_whitespace();
            Some((words.next()?, words.filter_map(TextDigest::parse).collect()))
        });
        parts.collect()
    }

    /// The first part of which something is shown that `now` does not show.
    pub fn beyond<'a>(&'a self, now: &Self) -> Option<&'a str> {
        if self == now {
            return None;
        }
        let there = now.parts();
        let parts = self.parts();
        let mut parts = parts.into_iter().filter(|(part, _)| !part.ends_with(NEWS));
        let lacks = |part: &str, digests: &[TextDigest]| {
            let there = there.get(part).map_or(&[][..], Vec::as_slice);
            is_more(digests, there)
        };
        parts
            .find(|(part, digests)| lacks(part, digests))
            .map(|(part, _)| part.trim_end_matches(RIGHT))
    }

    /// The parts in which anything differs.
    pub fn changed(&self, other: &Self) -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        if self == other {
            return parts;
        }
        let (ours, theirs) = (self.parts(), other.parts());
        let all = ours.keys().chain(theirs.keys());
        for part in all.filter(|part| !part.ends_with(RIGHT)) {
            let name = part.trim_end_matches(NEWS);
            if ours.get(part) != theirs.get(part) && !parts.iter().any(|known| known == name) {
                parts.push(name.to_owned());
            }
        }
        parts.sort();
        parts
    }
}

/// Whether one of the digests stands more often here than there.
fn is_more(here: &[TextDigest], there: &[TextDigest]) -> bool {
    let mut left: BTreeMap<TextDigest, usize> = BTreeMap::new();
    for digest in there {
        *left.entry(*digest).or_default() += 1;
    }
    here.iter().any(|digest| match left.get_mut(digest) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    })
}
