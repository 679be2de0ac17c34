//! Whole sites of several keys, joined in one folder for one host.
//!
//! The rule it guards: each site stays as it was built, with its own lines in the marker. Nothing of one is opened or changed for another,
//! and no key is needed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::access::{Sealed, root, site_path};
use crate::diagnostic::Diagnostic;
use crate::pipeline::merging::collect;
use crate::pipeline::problems::Failure;
use crate::publish::{MARKER, Ownership, Publication, Published};

/// A site, read.
struct WholeSite {
    shown: String,
    ownership: Ownership,
    files: BTreeMap<String, Vec<u8>>,
}

/// Joins sites to one in `out`. The pages that stand for every address where there is none are those of the first.
pub fn join(sites: &[&Path], out: &Path) -> Result<Published, Failure> {
    let sources = sites;
    let read: Result<Vec<WholeSite>, Diagnostic> =
        sites.iter().map(|site| WholeSite::read(site)).collect();
    let read = read?;
    refuse_misfits(&read)?;
    let ownerships: Vec<&Ownership> = read.iter().map(|site| &site.ownership).collect();
    let publication = Publication::begin_joined(out, sources, &ownerships)?;
    let mut common = BTreeSet::new();
    for site in &read {
        for (path, bytes) in &site.files {
            let is_common = site_path::ROOT_NAMES.contains(&path.as_str());
            if is_common && !common.insert(path) {
                continue;
            }
            publication.put(&Sealed::carried(path, bytes)?)?;
        }
    }
    Ok(publication.publish()?)
}

fn refuse_misfits(sites: &[WholeSite]) -> Result<(), Diagnostic> {
    let (Some(first), true) = (sites.first(), sites.len() > 1) else {
        let problem = Diagnostic::error("one site alone has nothing to be joined to");
        return Err(problem.with_hint("name two sites or more"));
    };
    for (place, site) in sites.iter().enumerate() {
        let mut before = sites.iter().take(place);
        if let Some(twin) = before.find(|twin| twin.ownership.meets(&site.ownership)) {
            let problem = Diagnostic::error(format!(
                "`{}` and `{}` were made with the same key",
                twin.shown, site.shown
            ));
            return Err(problem.with_hint(
                "name every site once; engagements of one key are one content folder, whose parts are joined without `--sites`",
            ));
        }
        for name in ["_headers", ".nojekyll"] {
            if site.files.get(name) != first.files.get(name) {
                let problem = Diagnostic::error(format!(
                    "`{}/{name}` is not that of `{}`",
                    site.shown, first.shown
                ));
                return Err(problem.with_hint("build all sites with the same version of Loggia"));
            }
        }
    }
    Ok(())
}

impl WholeSite {
    /// Reads a site as it was built: its files, all of those that every site has, and no other.
    fn read(folder: &Path) -> Result<Self, Diagnostic> {
        let shown = folder.display().to_string();
        let mut files = BTreeMap::new();
        collect(folder, "", &mut files)?;
        let not_a_site = |reason: &str| {
            Diagnostic::error(format!("`{shown}` is not a whole site{reason}"))
                .with_hint("name folders that `loggia build --out DIR` wrote")
        };
        if files.contains_key(root::PART) {
            return Err(not_a_site(": it is a part of one"));
        }
        let marker = files.remove(MARKER);
        let marker = marker.and_then(|bytes| String::from_utf8(bytes).ok());
        let ownership = marker.and_then(|text| Ownership::parse(&text));
        let ownership = ownership.ok_or_else(|| not_a_site(""))?;
        if let Some(stranger) = files.keys().find(|path| !ownership.names(path)) {
            let problem = format!("`{shown}/{stranger}` was not written by the build of this site");
            return Err(
                Diagnostic::error(problem).with_hint("take it away, or build the site again")
            );
        }
        let mut names = site_path::ROOT_NAMES.iter();
        if let Some(missing) = names.find(|name| !files.contains_key(**name)) {
            return Err(not_a_site(&format!(": `{missing}` is missing")));
        }
        Ok(Self {
            shown,
            ownership,
            files,
        })
    }
}
