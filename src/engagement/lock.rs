//! What was published of a pulse: hashes alone, so that no figure is made twice from different answers.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::engagement::id::{EngagementId, GoalId};

/// The name of the file with the record, in the folder `pulse`.
pub const FILE_NAME: &str = "rounds.lock";

/// The record of everything published, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// The hash of everything below it.
    pub seal: String,
    /// Which key made the hashes.
    pub key: String,
    /// The scale, in words.
    pub scale: String,
    /// Every question that was published, in order of rounds and goals.
    pub published: BTreeMap<(Date, GoalId), Record>,
}

/// What the figures about one goal in one round were made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The hash of the question.
    pub question: String,
    /// The day on which its words were last mended after it was asked.
    pub corrected: Option<Date>,
    /// The hash of who was counted with whom, whatever the groups are called.
    pub groups: String,
    /// The hashes of who answered, sorted.
    pub raters: BTreeSet<String>,
    /// The hashes of what each answered, sorted.
    pub answers: BTreeSet<String>,
    /// The hashes of those who stood alone. Absent in records of version 0.1.0, where every manager did.
    pub alone: Option<BTreeSet<String>>,
}

/// A hash by a key that only the coach has.
pub type KeyedHash<'a> = &'a dyn Fn(&[u8]) -> [u8; 32];

/// Two keys, of which the second takes the place of the first: remembers for each hash that it is asked for what it is by the other.
pub struct Rekeying<'a> {
    keys: (KeyedHash<'a>, KeyedHash<'a>),
    known: RefCell<BTreeMap<String, String>>,
}

impl<'a> Rekeying<'a> {
    /// Begins with nothing known.
    pub fn of_keys(old: KeyedHash<'a>, new: KeyedHash<'a>) -> Self {
        Self {
            keys: (old, new),
            known: RefCell::default(),
        }
    }

    /// The hash by the old key.
    pub fn met(&self, text: &[u8]) -> [u8; 32] {
        let (old, new) = ((self.keys.0)(text), (self.keys.1)(text));
        self.add(hex(&old[..SHORT]), hex(&new[..SHORT]));
        old
    }

    /// The hash by the new key.
    pub fn renewed(&self, text: &[u8]) -> [u8; 32] {
        (self.keys.1)(text)
    }

    /// Remembers what a short hash of the old key is by the new one.
    pub fn add(&self, old: String, new: String) {
        self.known.borrow_mut().insert(old, new);
    }

    /// What a short hash of the old key is by the new one, if it was met.
    pub fn of(&self, old: &str) -> Option<String> {
        self.known.borrow().get(old).cloned()
    }
}

/// How many bytes of a hash are kept where it only tells people, answers and lines apart.
const SHORT: usize = 8;

/// Hashes for one kind of record of one engagement: those of no other record are the same.
#[derive(Clone, Copy)]
pub struct RecordHash<'a> {
    /// The kind of record and its version.
    pub kind: &'static str,
    /// The engagement, by its oldest id.
    pub engagement: &'a EngagementId,
    /// The hash.
    pub hash: KeyedHash<'a>,
}

impl RecordHash<'_> {
    /// Which key makes the hashes.
    pub fn key(&self) -> String {
        self.short(&["key"])
    }

    /// The hash of all that a record says.
    pub fn seal(&self, body: &str) -> String {
        hex(&self.of(&["seal", body]))
    }

    /// A short hash: enough that no two of one engagement are alike.
    pub fn short(&self, words: &[&str]) -> String {
        hex(&self.of(words)[..SHORT])
    }

    /// The short hash of a line of an item's text, or nothing where the line says nothing.
    pub fn line(&self, item: &str, line: &str) -> Option<String> {
        let says_something = line.chars().any(char::is_alphanumeric);
        says_something.then(|| self.short(&["line", item, line.trim()]))
    }

    /// The hash of some words. No word holds the byte that ends it.
    fn of(&self, words: &[&str]) -> [u8; 32] {
        let mut bytes = Vec::new();
        for word in [self.kind, self.engagement.as_str()].iter().chain(words) {
            bytes.extend(word.as_bytes());
            bytes.push(0);
        }
        (self.hash)(&bytes)
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
