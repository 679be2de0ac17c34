//! Notes that are not notes: links, and notes that ask to be shared.

use std::fs::Metadata;
use std::io::Read;
use std::path::Path;

use walkdir::WalkDir;

use crate::content::folder::open::LONGEST_TEXT;
use crate::diagnostic::{Diagnostic, without_byte_order_mark};
use crate::files::below::{is_folder_below, open_below};

/// Returns what is wrong with the notes of an engagement: links, and notes that ask to be shared.
pub fn problems(content: &Path, engagement: &str) -> Vec<Diagnostic> {
    let folder = format!("{engagement}/notes");
    let mut problems = Vec::new();
    // A link that stands for the folder is refused with the other names of the engagement, and nothing behind it is looked at.
    if !is_folder_below(content, &folder) {
        return problems;
    }
    for entry in WalkDir::new(content.join(folder))
        .min_depth(1)
        .follow_links(false)
        .sort_by_file_name()
        .into_iter()
        .flatten()
    {
        let inside = entry
            .path()
            .strip_prefix(content)
            .unwrap_or(entry.path())
            .to_string_lossy()
            .replace('\\', "/");
        if entry.file_type().is_symlink() {
            let problem = Diagnostic::error("this is a symbolic link").in_file(inside);
            problems.push(
                problem.with_hint("links could lead out of the folder; put the file itself here"),
            );
        } else if !entry.file_type().is_file() && !entry.file_type().is_dir() {
            let problem = Diagnostic::error("this is no file that holds text").in_file(inside);
            problems.push(problem.with_hint("remove it"));
        } else if entry.file_type().is_file()
            && inside.ends_with(".md")
            && beginning(content, &inside).is_some_and(|text| asks_to_be_shared(&text))
        {
            let problem = Diagnostic::error("a note cannot be shared").in_file(inside);
            problems.push(
                problem.with_hint("take `share` out, or move what is to be shared into `updates/`"),
            );
        }
    }
    problems
}

/// The text of a note as far as front matter may go, if the file can be opened and is still one.
fn beginning(content: &Path, inside: &str) -> Option<String> {
    let note = open_below(content, inside).ok()?;
    note.metadata().ok().filter(Metadata::is_file)?;
    let mut bytes = Vec::new();
    note.take(LONGEST_TEXT).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether the front matter of a note has a `share`.
fn asks_to_be_shared(text: &str) -> bool {
    let text = without_byte_order_mark(text).trim_start();
    let Some(rest) = text
        .strip_prefix("+++")
        .or_else(|| text.strip_prefix("---"))
    else {
        return false;
    };
    let lines = rest
        .lines()
        .skip(1)
        .map(str::trim)
        .take_while(|line| !matches!(*line, "+++" | "---"));
    let mut is_shared = false;
    for line in lines {
        let key = line
            .split(['=', ':', '.'])
            .next()
            .unwrap_or_default()
            .trim_matches(['"', '\'', ' ', '[', ']']);
        is_shared |= key == "share";
    }
    is_shared
}

#[cfg(test)]
mod tests {
    use super::asks_to_be_shared;

    #[test]
    fn a_note_that_asks_to_be_shared_is_found() {
        assert!(asks_to_be_shared("+++\nshare = [\"manager\"]\n+++\n"));
        assert!(asks_to_be_shared("\u{feff}+++\nshare = 1\n+++\n"));
        assert!(!asks_to_be_shared(
            "+++\ntitle = \"share\"\n+++\nshare = 1\n"
        ));
        assert!(!asks_to_be_shared("share = 1\n"));
    }
}
