//! What a site looks like from outside: the folders in it, and how its files at the root begin.
//!
//! A folder that no build makes has a name that nobody was to read, also where it is empty.

use std::io::Read;
use std::path::Path;

use walkdir::WalkDir;

use crate::diagnostic::Diagnostic;
use crate::files::below::open_below;

/// Returns an error for every folder of a site that is neither `p` nor `a` nor the folder of one page there.
pub fn strays(site: &Path) -> Vec<Diagnostic> {
    let entries = WalkDir::new(site)
        .min_depth(1)
        .follow_links(false)
        .sort_by_file_name();
    let folders = entries
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_dir());
    let paths = folders.filter_map(|folder| {
        let inside = folder.path().strip_prefix(site).ok()?;
        Some(inside.to_string_lossy().replace('\\', "/"))
    });
    paths
        .filter(|path| !is_usual(path))
        .map(|path| {
            let problem = Diagnostic::error("a site of Loggia has no such folder").in_file(path);
            problem.with_hint("nobody was to get it; take it away from the host")
        })
        .collect()
}

/// Whether a build makes a folder at this path.
fn is_usual(path: &str) -> bool {
    let is_id = |id: &str| {
        let is_of_ids = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit();
        id.len() == 26 && id.bytes().all(is_of_ids)
    };
    let page = path.strip_prefix("p/").or_else(|| path.strip_prefix("a/"));
    path == "p" || path == "a" || page.is_some_and(is_id)
}

/// The first bytes of a file at the root of a site, `most` of them; nothing where no file can be read there without following a link.
pub fn beginning(site: &Path, name: &str, most: usize) -> Option<Vec<u8>> {
    let file = open_below(site, name).ok()?;
    let mut bytes = Vec::new();
    file.take(most as u64).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
