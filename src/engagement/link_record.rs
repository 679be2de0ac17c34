//! The highest numbers that links were ever published with, as `links.lock` keeps them beside loggia.toml.

use std::collections::BTreeMap;

/// The name of the file with the record.
pub const FILE_NAME: &str = "links.lock";

/// The record, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRecord {
    /// The hash of everything below it.
    pub seal: String,
    /// The fingerprint of the key.
    pub key: String,
    /// The fingerprints of the keys that were in its place before, first to last.
    pub earlier: Vec<String>,
    /// The numbers above 1, each by a hash of what it is the number of: the file names nobody.
    pub raised: BTreeMap<String, u32>,
}

impl LinkRecord {
    /// The highest number that was published of what has this hash.
    pub fn highest(&self, hash: &str) -> u32 {
        self.raised.get(hash).copied().unwrap_or(1)
    }
}
