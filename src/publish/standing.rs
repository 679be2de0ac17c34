//! A file that an earlier build made, and whether it still stands in the site.

use std::time::SystemTime;

/// A file of the site as an earlier build made it.
#[derive(Clone, Copy)]
pub struct MadeFile<'a> {
    /// Its path in the site.
    pub path: &'a str,
    /// Its [`content_digest`](super::content_digest).
    pub digest: &'a str,
    /// What its [`Standing`] said of its stamp, when its bytes were looked at last.
    pub stamp: Option<[u8; 32]>,
    /// A file counts by its stamp if it changed last before this moment, else by its bytes.
    pub moment: SystemTime,
}

/// A file that stands in the site as it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The digest of its stamp, where that tells for good whether it changes from now on.
    pub stamp: Option<[u8; 32]>,
}
