//! Stand-in for the stage that seals pages; the real one comes from its own branch.

/// A checked path of a file inside the site, such as `p/abc/index.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SitePath(String);

impl SitePath {
    /// Reads a relative path with `/` between its parts; refuses whatever could lead out of the site.
    pub fn parse(text: &str) -> Option<Self> {
        let is_part = |part: &str| !matches!(part, "" | "." | "..");
        let is_plain = !text.contains(|letter: char| letter.is_control() || letter == '\\');
        (is_plain && text.split('/').all(is_part)).then(|| Self(text.to_owned()))
    }

    /// The path as it stands in a link.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A file that may leave the machine.
pub struct Sealed {
    path: SitePath,
    bytes: Vec<u8>,
}

impl Sealed {
    /// A file with any bytes, for tests of what comes after sealing.
    #[cfg(test)]
    pub(crate) fn for_test(path: &str, bytes: &[u8]) -> Self {
        Self {
            path: SitePath::parse(path).unwrap(),
            bytes: bytes.to_vec(),
        }
    }

    /// Where in the site it belongs.
    pub fn path(&self) -> &SitePath {
        &self.path
    }

    /// What is written there.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
