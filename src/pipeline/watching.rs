//! Whether a folder is still what it was, for whoever watches it; no file of it is read.

use std::path::Path;
use std::path::PathBuf;

use crate::content::folder::trace;

/// How deep an engagement's folder is looked into.
const ENGAGEMENT_DEPTH: usize = 3;

/// How deep a theme's folder is looked into.
const THEME_DEPTH: usize = 8;

/// The trace of loggia.toml and what lies beside it.
pub fn trace_of_book(content: &Path) -> [u8; 32] {
    trace::of_book(content)
}

/// The folders in the content folder.
pub fn folders(content: &Path) -> Vec<String> {
    trace::folders(content)
}

/// The trace of one engagement's folder.
pub fn trace_of_engagement(content: &Path, id: &str) -> [u8; 32] {
    trace::of_folder(&content.join(id), ENGAGEMENT_DEPTH)
}

/// The trace of a theme's folder.
pub fn trace_of_theme(folder: &Path) -> [u8; 32] {
    trace::of_folder(folder, THEME_DEPTH)
}

/// Whether a build passes over whatever has this name.
pub fn is_passed_over(name: &str) -> bool {
    trace::is_passed_over(name)
}

/// The folder of themes beside a content folder.
pub fn themes_folder(content: &Path) -> PathBuf {
    content.join("..").join("themes")
}
