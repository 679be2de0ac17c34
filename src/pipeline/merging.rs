//! Parts of a site, built on many machines, joined to the site that one build would have made.
//!
//! The rule it guards: only parts that fit are joined: of one key, book, theme, version and day, every part once, and each with the files
//! that its build wrote, to the byte. What it writes is the same to the byte as one build. There is no key where parts are joined: who
//! changes a file on the way and its digest with it is not found out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use data_encoding::HEXLOWER;
use jiff::civil::Date;

use crate::access::key::Key;
use crate::access::site_path::page_folder;
use crate::access::{Sealed, root, site_path};
use crate::audit::site::LONGEST;
use crate::diagnostic::Diagnostic;
use crate::pipeline::ends::{LinkChanges, PagePlaces};
use crate::pipeline::news::News;
use crate::pipeline::problems::{Failure, FailureKind};
use crate::pipeline::remembering;
use crate::pipeline::shard::Shard;
use crate::pipeline::workspace::Workspace;
use crate::publish::{MARKER, Ownership, Publication, Published, Site, content_digest};

/// The first line of the file that says what a part is a part of.
const SIGNATURE: &str =
    "loggia part 3: join the parts with `loggia merge`; this file is not published";

/// What every part of a site has in common, by what it is called.
const FITTING: [&str; 6] = ["version", "key", "book", "theme", "day", "links"];

/// A part of a site, read.
struct Part {
    shown: String,
    shard: Shard,
    /// What must be the same in all, in the order of [`FITTING`].
    fitting: Vec<String>,
    /// What the marker of the site is filled up from.
    fillers: String,
    /// The names of the keys that were in the place of this one before.
    earlier: BTreeSet<String>,
    ends: Ends,
    files: BTreeMap<String, Vec<u8>>,
}

/// What the file of a part says.
struct Sheet {
    shard: Shard,
    fitting: Vec<String>,
    fillers: String,
    earlier: BTreeSet<String>,
    ends: Ends,
    /// A digest of every other file of the part with its path, the marker aside.
    digests: BTreeSet<String>,
}

/// What a part knows of links that end.
#[derive(Default)]
struct Ends {
    /// Whether there are people of whom nothing can be read.
    lacks_people: bool,
    /// The places of pages that are no more, and the folder says why.
    explained: BTreeSet<String>,
}

/// Returns the file that says what a part is a part of, and which files it has: `digests`. It holds no name: of the book only a digest that
/// nobody can guess without the key.
///
/// `links` is the record of link numbers: parts of which one was made before a link was ended are not joined. Of `places` it tells where
/// no page is any more, so that whoever joins the parts knows which links end without anyone having said so.
pub(super) fn part_file(
    (workspace, key): (&Workspace, &Key),
    (shard, today): (Shard, Date),
    (links, places): (&str, &PagePlaces),
    digests: &BTreeSet<String>,
) -> Sealed {
    let ids: Vec<&[u8]> = workspace
        .book
        .engagements
        .iter()
        .map(|id| id.as_str().as_bytes())
        .collect();
    let fitting = [
        env!("CARGO_PKG_VERSION").to_owned(),
        key.fingerprint(),
        HEXLOWER.encode(&key.derive("book/v1", &ids)[..16]),
        HEXLOWER.encode(&workspace.theme.digest()[..16]),
        today.to_string(),
        HEXLOWER.encode(&key.derive("part-links/v1", &[links.as_bytes()])[..16]),
    ];
    let mut text = format!("{SIGNATURE}\nshard {shard}\n");
    for (name, value) in FITTING.iter().zip(fitting) {
        text.push_str(&format!("{name} {value}\n"));
    }
    text.push_str(&format!("fillers {}\n", fillers(key)));
    let record = workspace.book.link_record.iter();
    for name in record.flat_map(|record| &record.earlier) {
        text.push_str(&format!("earlier {name}\n"));
    }
    if places.lacks_anyone() {
        text.push_str("unread\n");
    }
    for place in places.explained() {
        text.push_str(&format!("ended {place}\n"));
    }
    for digest in digests {
        text.push_str(&format!("file {digest}\n"));
    }
    root::part_file(text)
}

/// Returns what the marker of a site is filled up from: it follows from the key, and parts are joined where no key is.
pub(super) fn fillers(key: &Key) -> String {
    HEXLOWER.encode(&key.derive("fillers/v1", &[]))
}

/// What became of parts.
pub struct Merged {
    /// What became of the files.
    pub published: Published,
    /// Whose links begin and end.
    pub links: LinkChanges,
}

/// Joins parts to a site in `out`. Whose pages lie where is told by the records in `content`, if they are at hand. More links that end than
/// usual, and of which no part says why, must be as many as `ends`.
pub fn merge(
    content: &Path,
    parts: &[&Path],
    out: &Path,
    ends: Option<usize>,
) -> Result<Merged, Failure> {
    let read: Result<Vec<Part>, Diagnostic> = parts.iter().map(|part| Part::read(part)).collect();
    let read = read.map_err(Failure::outside)?;
    let problems = misfits(&read);
    let Some(first) = read.first().filter(|_| problems.is_empty()) else {
        return Err(Failure::of(FailureKind::Outside, problems));
    };
    // The key's name is the site's name, and stands second.
    let site = Site {
        name: &first.fitting[1],
        secret: &first.fillers,
    };
    let earlier: Vec<String> = first.earlier.iter().cloned().collect();
    let publication = Publication::begin_after(out, parts, site, &earlier);
    let publication = publication.map_err(Failure::outside)?;
    let mut common = BTreeSet::new();
    for part in &read {
        for (path, bytes) in &part.files {
            let is_common = site_path::ROOT_NAMES.contains(&path.as_str());
            if is_common && !common.insert(path) {
                continue;
            }
            let file = Sealed::carried(path, bytes).map_err(Failure::outside)?;
            publication.put(&file).map_err(Failure::outside)?;
        }
    }
    let links = match publication.replaces_another_key(site.name) {
        true => LinkChanges::default(),
        false => places(content, &read).compare(&publication.pages_out(), ends)?,
    };
    let published = publication.publish().map_err(Failure::outside)?;
    Ok(Merged { published, links })
}

/// Whose pages lie where in all parts together.
fn places(content: &Path, parts: &[Part]) -> PagePlaces {
    let paths = parts.iter().flat_map(|part| part.files.keys());
    let made = paths.filter_map(|path| page_folder(path).map(str::to_owned));
    let explained = parts.iter().flat_map(|part| part.ends.explained.clone());
    let lacks_people = parts.iter().any(|part| part.ends.lacks_people);
    let names = remembering::names(content);
    PagePlaces::of_parts(made.collect(), explained.collect(), names, lacks_people)
}

/// Joins what is recorded of parts in `content`, if it is at hand, and returns what is new for whom in the site in `out`.
pub fn remember(
    content: &Path,
    parts: &[&Path],
    out: &Path,
) -> Result<Option<Vec<News>>, Diagnostic> {
    remembering::join(content, parts, out)
}

/// Why the parts are not the parts of one site.
fn misfits(parts: &[Part]) -> Vec<Diagnostic> {
    let Some(first) = parts.first() else {
        return vec![Diagnostic::error("no part was named")];
    };
    let mut problems = Vec::new();
    let mut missing: BTreeSet<u32> = (1..=first.shard.count()).collect();
    for part in parts {
        let mut tell = |message: String, hint: &str| {
            problems.push(Diagnostic::error(message).with_hint(hint));
        };
        if part.shard.count() != first.shard.count() {
            let message = format!(
                "`{}` is part {}, and `{}` is part {}",
                part.shown, part.shard, first.shown, first.shard
            );
            tell(
                message,
                "build all parts with the same number behind the `/`",
            );
        } else if !missing.remove(&part.shard.number()) {
            let message = format!("part {} is here twice: `{}`", part.shard, part.shown);
            tell(message, "name every part once");
        }
        for ((name, own), others) in FITTING.iter().zip(&part.fitting).zip(&first.fitting) {
            if own != others {
                let message = format!(
                    "the {name} of `{}` is not that of `{}`",
                    part.shown, first.shown
                );
                tell(
                    message,
                    "build all parts from the same content, with the same key, theme, version and `--today`",
                );
            }
        }
        for name in site_path::ROOT_NAMES {
            if part.files.get(name) != first.files.get(name) {
                let message = format!("`{}/{name}` is not that of `{}`", part.shown, first.shown);
                tell(
                    message,
                    "build all parts from the same content with the same version",
                );
            }
        }
    }
    if !missing.is_empty() {
        let numbers: Vec<String> = missing.iter().map(u32::to_string).collect();
        let message = format!(
            "of {} parts these are missing: {}",
            first.shard.count(),
            numbers.join(", ")
        );
        problems.push(Diagnostic::error(message).with_hint("name all of them"));
    }
    problems
}

impl Part {
    /// Reads a part as it was built: its files, and no other.
    fn read(folder: &Path) -> Result<Self, Diagnostic> {
        let shown = folder.display().to_string();
        let mut files = BTreeMap::new();
        collect(folder, "", &mut files)?;
        let not_a_part = || {
            Diagnostic::error(format!("`{shown}` is not a part of a site"))
                .with_hint("name folders that `loggia build --shard K/N --out DIR` wrote")
        };
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).ok();
        let marker = files.remove(MARKER).and_then(text);
        let ownership = marker.and_then(|text| Ownership::parse(&text));
        let ownership = ownership.ok_or_else(not_a_part)?;
        let stranger = files.keys().find(|path| !ownership.names(path));
        if let Some(stranger) = stranger {
            let problem = format!("`{shown}/{stranger}` was not written by the build of this part");
            return Err(
                Diagnostic::error(problem).with_hint("take it away, or build the part again")
            );
        }
        let sheet = files.remove(root::PART).and_then(text);
        let sheet = sheet.as_deref().and_then(parse).ok_or_else(not_a_part)?;
        let Sheet {
            shard,
            fitting,
            fillers,
            earlier,
            ends,
            digests,
        } = sheet;
        if !ownership.is_of(&fitting[1]) {
            return Err(not_a_part());
        }
        check_files(&shown, &files, digests)?;
        Ok(Self {
            shown,
            shard,
            fitting,
            fillers,
            earlier,
            ends,
            files,
        })
    }
}

/// Reads the file that says what a part is a part of.
fn parse(text: &str) -> Option<Sheet> {
    let mut lines = text.lines();
    if lines.next()? != SIGNATURE {
        return None;
    }
    let shard = Shard::parse(lines.next()?.strip_prefix("shard ")?)?;
    let mut value = |name: &str| {
        let line = lines.next()?.strip_prefix(name)?;
        Some(line.strip_prefix(' ')?.to_owned())
    };
    let fitting: Option<Vec<String>> = FITTING.iter().map(|name| value(name)).collect();
    let fitting = fitting?;
    let fillers = value("fillers")?;
    let (mut ends, mut digests, mut earlier) = (Ends::default(), BTreeSet::new(), BTreeSet::new());
    for line in lines {
        match line.split_once(' ') {
            None if line == "unread" => ends.lacks_people = true,
            Some(("earlier", name)) => drop(earlier.insert(name.to_owned())),
            Some(("ended", place)) => drop(ends.explained.insert(place.to_owned())),
            Some(("file", digest)) => drop(digests.insert(digest.to_owned())),
            _ => return None,
        }
    }
    Some(Sheet {
        shard,
        fitting,
        fillers,
        earlier,
        ends,
        digests,
    })
}

/// Refuses a part with a file that is not as its build wrote it, or without one that it wrote.
fn check_files(
    shown: &str,
    files: &BTreeMap<String, Vec<u8>>,
    mut written: BTreeSet<String>,
) -> Result<(), Diagnostic> {
    let mut is_written = |(path, bytes): &(&String, &Vec<u8>)| {
        let digest = content_digest(path, bytes);
        written.remove(&digest)
    };
    let changed = files.iter().find(|file| !is_written(file));
    let problem = match (changed, written.len()) {
        (Some((path, _)), _) => {
            format!("`{shown}/{path}` is not as the build of this part wrote it")
        }
        (None, 0) => return Ok(()),
        (None, 1) => format!("a file of `{shown}` is missing"),
        (None, count) => format!("{count} files of `{shown}` are missing"),
    };
    Err(Diagnostic::error(problem).with_hint("build the part again, and bring it here whole"))
}

/// Reads every file below a folder, by its path.
pub(super) fn collect(
    folder: &Path,
    inside: &str,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), Diagnostic> {
    let cannot = |reason| Diagnostic::cannot_read(folder, &reason);
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let name = format!("{inside}{}", entry.file_name().to_string_lossy());
        let path = entry.path();
        let kind = entry.file_type().map_err(cannot)?;
        if kind.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else if kind.is_file() {
            files.insert(name, read_bounded(&path)?);
        } else {
            let problem = format!("`{}` is neither a file nor a folder", path.display());
            return Err(Diagnostic::error(problem).with_hint("build the part again"));
        }
    }
    Ok(())
}

/// The bytes of a file that a build may have written: a longer one is none, and is not read.
fn read_bounded(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let cannot = |reason| Diagnostic::cannot_read(path, &reason);
    let file = File::open(path).map_err(cannot)?;
    let mut bytes = Vec::new();
    let read = file.take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(cannot)?;
    if bytes.len() as u64 > LONGEST {
        let problem = format!("`{}` is longer than any file of a site", path.display());
        let hint = "it was not read; look at how it came there, and build the part again";
        return Err(Diagnostic::error(problem).with_hint(hint));
    }
    Ok(bytes)
}
