//! The file that says that a folder is a site, and which files of it are ours.
//!
//! The rule it guards: it goes out with the site, so it holds digests only. On a host without sealing a path is the whole
//! secret of a link; a list of paths would give all of them to whoever fetches it. Nor does it reveal how many there are: fillers stand
//! among the digests, and since each follows from the site's secret and its number alone, they stay when pages come and go. Whoever fetches
//! the file twice cannot tell the fillers from the files by what has stayed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use data_encoding::HEXLOWER;
use sha2::Digest as _;
use sha2::Sha256;

/// Its name in the site.
pub(super) const NAME: &str = ".loggia-site";

/// The first line of every marker, for the program and for whoever finds the file.
const SIGNATURE: &str =
    "loggia site 1: `loggia build` replaces this folder whole; keep nothing else in it";

/// The first line where the folder holds several sites, each with lines of its own. To programs that know none it is another version.
const JOINED: &str =
    "loggia site 2: `loggia merge --sites` replaces this folder whole; keep nothing else in it";

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
    /// Stand for names that the site had before.
    earlier: BTreeSet<Digest>,
    /// The marker itself, where several sites are joined, each as it was built.
    joined: Option<Marker>,
}

impl SiteId {
    /// The id of a site of this name and secret.
    pub(super) fn of(name: &str, secret: &str) -> Self {
        Self {
            name: name_digest(name),
            secret: secret.to_owned(),
            earlier: BTreeSet::new(),
            joined: None,
        }
    }

    /// The same site, which had other names before: a folder that has one of these is its own as well.
    pub(super) fn with_earlier(mut self, names: &[String]) -> Self {
        self.earlier = names.iter().map(|name| name_digest(name)).collect();
        self
    }

    /// Several sites in one folder.
    pub(super) fn of_joined(sites: &[&Marker]) -> Self {
        let blocks = sites.iter().flat_map(|site| site.sites.clone());
        Self {
            joined: Some(Marker {
                sites: blocks.collect(),
            }),
            ..Self::of("", "")
        }
    }

    /// Returns the marker of the site with exactly these files.
    pub(super) fn marker<'a>(&self, paths: impl Iterator<Item = &'a String>) -> Marker {
        self.joined
            .clone()
            .unwrap_or_else(|| Marker::of(self, paths))
    }

    /// The filler with this number: to whoever does not know the secret it looks like a file.
    fn filler(&self, number: usize) -> Digest {
        digest("filler", &format!("{} {number}", self.secret))
    }
}

/// Whether a text that is no marker of this version is one of another.
pub(super) fn is_of_other_version(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.starts_with(KIND) && first != SIGNATURE && first != JOINED
}

fn name_digest(name: &str) -> Digest {
    digest("site", name)
}

/// What stands in the file: of each site its name and its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    sites: BTreeMap<Digest, BTreeSet<Digest>>,
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
            sites: BTreeMap::from([(site.name, files)]),
        }
    }

    /// Reads one that Loggia wrote; anything else is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let first = lines.next()?;
        if first != SIGNATURE && first != JOINED {
            return None;
        }
        let mut sites = BTreeMap::new();
        let mut name = parse_digest(lines.next()?.strip_prefix("site ")?)?;
        let mut files = BTreeSet::new();
        for line in lines {
            if let Some(next) = line.strip_prefix("site ") {
                sites.insert(name, std::mem::take(&mut files));
                name = parse_digest(next)?;
            } else {
                files.insert(parse_digest(line)?);
            }
        }
        sites.insert(name, files);
        let is_joined = sites.len() > 1;
        (is_joined == (first == JOINED)).then_some(Self { sites })
    }

    /// Whether a build of this site may replace the folder: it holds no other; or, of joined sites, one of these at least.
    pub(super) fn is_of(&self, site: &SiteId) -> bool {
        let mut names = self.sites.keys();
        match &site.joined {
            Some(joined) => names.any(|name| joined.sites.contains_key(name)),
            None => names.all(|name| *name == site.name || site.earlier.contains(name)),
        }
    }

    /// Whether the site of this name is in the folder.
    pub(super) fn is_of_name(&self, name: &str) -> bool {
        self.sites.contains_key(&name_digest(name))
    }

    /// Whether it holds more than one site.
    pub(super) fn is_joined(&self) -> bool {
        self.sites.len() > 1
    }

    /// Whether a site of this marker is in another one as well.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.sites.keys().any(|name| other.sites.contains_key(name))
    }

    /// Whether a build that wrote the marker also wrote this file.
    pub(super) fn names(&self, path: &str) -> bool {
        let file = digest("path", path);
        self.sites.values().any(|files| files.contains(&file))
    }

    /// Whether this file is one of another site than the one of this name.
    pub(super) fn names_for_other(&self, name: &str, path: &str) -> bool {
        let (own, file) = (name_digest(name), digest("path", path));
        let mut others = self.sites.iter().filter(|(name, _)| **name != own);
        others.any(|(_, files)| files.contains(&file))
    }
}

impl fmt::Display for Marker {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = if self.is_joined() { JOINED } else { SIGNATURE };
        writeln!(formatter, "{first}")?;
        for (site, files) in &self.sites {
            writeln!(formatter, "site {}", written(site))?;
            for file in files {
                writeln!(formatter, "{}", written(file))?;
            }
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

/// What stands for one file with its path: it tells whoever has the file that it is as it was written, and whoever has it not nothing.
pub fn content_digest(path: &str, bytes: &[u8]) -> String {
    let mut digest = ContentDigest::of(path);
    digest.add(bytes);
    digest.written()
}

/// A [`content_digest`] that is being made.
pub(super) struct ContentDigest(Sha256);

impl ContentDigest {
    pub(super) fn of(path: &str) -> Self {
        let begun = Sha256::new().chain_update(b"loggia content\0");
        Self(begun.chain_update(path).chain_update([0]))
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub(super) fn written(self) -> String {
        HEXLOWER.encode(&self.0.finalize())
    }
}

fn written(digest: &Digest) -> String {
    HEXLOWER.encode(digest)
}

fn parse_digest(text: &str) -> Option<Digest> {
    let bytes = HEXLOWER.decode(text.as_bytes()).ok()?;
    bytes.try_into().ok()
}
