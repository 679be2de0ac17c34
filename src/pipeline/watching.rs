//! Whether a folder has changed, for `serve`: a hash over the names and contents of its files. Notes are not opened: of each note, the
//! path, size and time of change are hashed instead.

use std::path::{Path, PathBuf};

use crate::content::folder::trace;
use crate::diagnostic::Diagnostic;

/// How deep an engagement's folder is looked into.
const ENGAGEMENT_DEPTH: usize = 3;

/// How deep a theme's folder is looked into.
const THEME_DEPTH: usize = 8;

/// Returns a hash of loggia.toml and the other files beside it, the key apart.
pub fn hash_of_book(content: &Path) -> [u8; 32] {
    trace::of_book(content)
}

/// Returns the names of the folders in the content folder.
pub fn folders(content: &Path) -> Vec<String> {
    trace::folders(content)
}

/// Returns a hash of one engagement's folder.
pub fn hash_of_engagement(content: &Path, id: &str) -> [u8; 32] {
    trace::of_folder(&content.join(id), ENGAGEMENT_DEPTH)
}

/// Returns a hash of a theme's folder.
pub fn hash_of_theme(folder: &Path) -> [u8; 32] {
    trace::of_folder(folder, THEME_DEPTH)
}

/// Returns whether a build ignores files and folders of this name.
pub fn is_passed_over(name: &str) -> bool {
    trace::is_passed_over(name)
}

/// Returns the problem with a file of this name, which is shown under this path, if it stands for another.
pub fn stand_in(name: &str, shown: &str) -> Option<Diagnostic> {
    trace::stand_in(name, shown)
}

/// Returns the folder of themes beside a content folder.
pub fn themes_folder(content: &Path) -> PathBuf {
    content.join("..").join("themes")
}
