//! The file that says that a folder is a site, and which files of it are ours.
//!
//! The rule it guards: it goes out with the site, so it holds digests only. On a host without sealing a path is the whole
//! secret of a link; a list of paths would give all of them to whoever fetches it. Nor does it reveal how many there are.

use std::collections::BTreeSet;
use std::fmt;

use data_encoding::HEXLOWER;
use sha2::Digest as _;
use sha2::Sha256;

/// Its name in the site.
pub(super) const NAME: &str = ".loggia-site";

/// The first line of every marker, for the program and for whoever finds the file.
const SIGNATURE: &str =
    "loggia site 1: `loggia build` replaces this folder whole; keep nothing else in it";

/// Digests come in multiples of this, so that few practices show how many readers they have.
const ROUNDED: usize = 256;

/// 128 bits are enough here: they tell files apart, and a link's id has as many to guess.
type Digest = [u8; 16];

/// Which site a folder belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SiteId(Digest);

impl SiteId {
    /// The id that stands for a site's name, which may name a person, without telling it.
    pub(super) fn of(site: &str) -> Self {
        Self(digest("site", site))
    }
}

/// What stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    site: SiteId,
    files: BTreeSet<Digest>,
}

impl Marker {
    /// The marker of a site with exactly these files.
    pub(super) fn of<'a>(site: &SiteId, paths: impl Iterator<Item = &'a String>) -> Self {
        let paths = paths.map(String::as_str).collect::<Vec<_>>();
        let mut files = paths
            .iter()
            .map(|path| digest("path", path))
            .collect::<BTreeSet<_>>();
        // Made of the paths, fillers look like files to everyone who does not know every path already.
        let seed = written(&digest("paths", &paths.join("\n")));
        for number in files.len()..files.len().next_multiple_of(ROUNDED) {
            files.insert(digest("filler", &format!("{seed} {number}")));
        }
        Self {
            site: site.clone(),
            files,
        }
    }

    /// Reads one that Loggia wrote; anything else is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != SIGNATURE {
            return None;
        }
        let site = parse_digest(lines.next()?.strip_prefix("site ")?)?;
        let files = lines.map(parse_digest).collect::<Option<_>>()?;
        Some(Self {
            site: SiteId(site),
            files,
        })
    }

    /// Whether the folder belongs to this site.
    pub(super) fn is_of(&self, site: &SiteId) -> bool {
        self.site == *site
    }

    /// Whether the build that wrote the marker also wrote this file.
    pub(super) fn names(&self, path: &str) -> bool {
        self.files.contains(&digest("path", path))
    }
}

impl fmt::Display for Marker {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{SIGNATURE}\nsite {}", written(&self.site.0))?;
        for file in &self.files {
            writeln!(formatter, "{}", written(file))?;
        }
        Ok(())
    }
}

fn digest(kind: &str, text: &str) -> Digest {
    let hash = Sha256::new()
        .chain_update(b"loggia ")
        .chain_update(kind)
        .chain_update([0])
        .chain_update(text)
        .finalize();
    let mut digest = Digest::default();
    digest.copy_from_slice(&hash[..16]);
    digest
}

fn written(digest: &Digest) -> String {
    HEXLOWER.encode(digest)
}

fn parse_digest(text: &str) -> Option<Digest> {
    let bytes = HEXLOWER.decode(text.as_bytes()).ok()?;
    bytes.try_into().ok()
}
