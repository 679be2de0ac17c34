//! The file that says that a folder is a site, and which files of it are ours.
//!
//! The rule it guards: it goes out with the site, so it holds digests only. On a host without sealing a path is the whole
//! secret of a link; a list of paths would give all of them to whoever fetches it. Nor does it reveal how many there are: fillers stand
//! among the digests, and since each follows from the site's secret and its number alone, they stay when pages come and go. Whoever fetches
//! the file twice cannot tell the fillers from the files by what has stayed.

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

/// What the first line begins with, whatever the version.
const KIND: &str = "loggia site ";

/// Digests come in multiples of this, so that few practices show how many readers they have.
const ROUNDED: usize = 256;

/// 128 bits are enough here: they tell files apart, and a link's id has as many to guess.
type Digest = [u8; 16];

/// Which site a folder belongs to, the same for every build of it.
#[derive(Debug)]
pub(super) struct SiteId {
    /// Stands for the site's name, which may name a person, without telling it.
    name: Digest,
    /// What fillers are made of, which nobody else knows.
    secret: String,
}

impl SiteId {
    /// The id of a site of this name and secret.
    pub(super) fn of(name: &str, secret: &str) -> Self {
        Self {
            name: name_digest(name),
            secret: secret.to_owned(),
        }
    }

    /// The filler with this number: to whoever does not know the secret it looks like a file.
    fn filler(&self, number: usize) -> Digest {
        digest("filler", &format!("{} {number}", self.secret))
    }
}

/// Whether a text that is no marker of this version is one of another.
pub(super) fn is_of_other_version(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.starts_with(KIND) && first != SIGNATURE
}

fn name_digest(name: &str) -> Digest {
    digest("site", name)
}

/// What stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    site: Digest,
    files: BTreeSet<Digest>,
}

impl Marker {
    /// The marker of a site with exactly these files.
    pub(super) fn of<'a>(site: &SiteId, paths: impl Iterator<Item = &'a String>) -> Self {
        let mut files = paths
            .map(|path| digest("path", path))
            .collect::<BTreeSet<_>>();
        let missing = files.len().next_multiple_of(ROUNDED) - files.len();
        files.extend((0..missing).map(|number| site.filler(number)));
        Self {
            site: site.name,
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
        Some(Self { site, files })
    }

    /// Whether the folder belongs to this site.
    pub(super) fn is_of(&self, site: &SiteId) -> bool {
        self.site == site.name
    }

    /// Whether the folder belongs to the site of this name.
    pub(super) fn is_of_name(&self, name: &str) -> bool {
        self.site == name_digest(name)
    }

    /// Whether the build that wrote the marker also wrote this file.
    pub(super) fn names(&self, path: &str) -> bool {
        self.files.contains(&digest("path", path))
    }
}

impl fmt::Display for Marker {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{SIGNATURE}\nsite {}", written(&self.site))?;
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
