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

/// Returns the absolute path of a file that is called so inside the content folder: loggia.toml, or one of an engagement. What is not
/// among the names that are there, or is a link, is not found.
pub fn file_called(content: &Path, shown: &str) -> Option<PathBuf> {
    let content = content.canonicalize().ok()?;
    if shown == "loggia.toml" {
        let file = content.join("loggia.toml");
        return file
            .symlink_metadata()
            .is_ok_and(|found| found.is_file())
            .then_some(file);
    }
    let (id, _) = shown.split_once('/')?;
    let folder = trace::folders(&content)
        .into_iter()
        .find(|folder| folder == id)?;
    trace::files(&content.join(&folder), ENGAGEMENT_DEPTH)
        .find(|file| trace::shown(&content, file) == shown)
}

/// Returns the folder of themes beside a content folder.
pub fn themes_folder(content: &Path) -> PathBuf {
    content.join("..").join("themes")
}
