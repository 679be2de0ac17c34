//! Files that are made from a template and then written, all of them or none.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::files::below::link_on_the_way;
use crate::scaffold::placing::{NewFile, place};

/// Files that are not written yet, and what the coach does once they are.
#[derive(Debug, Default)]
pub struct NewFiles {
    /// The files, in the order in which they are read.
    pub files: Vec<NewFile>,
    /// What to do next, a line each.
    pub next: Vec<String>,
}

/// Why no file was written.
#[derive(Debug)]
pub enum NotWritten {
    /// These are already there.
    Taken(Vec<Diagnostic>),
    /// The disk would not have it.
    Failed(Diagnostic),
}

impl NewFiles {
    /// One file and what to do next.
    pub(super) fn one(path: String, text: String, next: Vec<String>) -> Self {
        Self {
            files: vec![NewFile { path, text }],
            next,
        }
    }

    /// Writes the files into `folder`, or nothing at all if one of them is already there or cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), NotWritten> {
        let refused = self.files.iter().filter_map(|new_file| {
            let link = link_on_the_way(folder, &new_file.path);
            let is_there = || folder.join(&new_file.path).symlink_metadata().is_ok();
            let taken = || is_there().then(|| already_there(&new_file.path));
            link.map(|link| linked(&link)).or_else(taken)
        });
        let problems: Vec<Diagnostic> = refused.collect();
        if !problems.is_empty() {
            return Err(NotWritten::Taken(problems));
        }
        place(folder, &self.files).map_err(NotWritten::Failed)
    }
}

/// Refuses a folder that holds anything but a repository, and says what to do instead.
pub fn refuse_unless_empty(folder: &Path, hint: &str) -> Result<(), Diagnostic> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Diagnostic::cannot_read(folder, &error)),
    };
    let is_empty = entries.flatten().all(|entry| entry.file_name() == ".git");
    if is_empty {
        return Ok(());
    }
    let problem = Diagnostic::error(format!("`{}` is not empty", folder.display()));
    Err(problem.with_hint(hint))
}

/// The number after the highest one in a folder of goals.
pub fn next_number(goals: &Path) -> u32 {
    // A link is refused when the goal is written, and nothing behind it is listed.
    let is_folder = fs::symlink_metadata(goals).is_ok_and(|goals| goals.is_dir());
    let names = is_folder.then(|| fs::read_dir(goals)).into_iter().flatten();
    let names = names.flatten().flatten();
    let numbers = names.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        name.split_once('-')?.0.parse::<u32>().ok()
    });
    numbers.max().unwrap_or(0).saturating_add(1)
}

fn linked(path: &str) -> Diagnostic {
    let problem = Diagnostic::error("this is a symbolic link").in_file(path);
    problem.with_hint("nothing was written; links could lead out of the folder")
}

fn already_there(path: &str) -> Diagnostic {
    let problem = Diagnostic::error("this file is already there").in_file(path);
    problem
        .with_hint("nothing was written; give another date, title or kind, or move the file away")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{NewFile, NewFiles, NotWritten, refuse_unless_empty};

    #[test]
    fn nothing_is_written_if_one_file_is_there() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("b.md"), "mine").unwrap();
        let new_file = |path: &str| NewFile {
            path: path.to_owned(),
            text: "new".to_owned(),
        };
        let new_files = NewFiles {
            files: vec![new_file("a/a.md"), new_file("b.md")],
            next: Vec::new(),
        };
        let Err(NotWritten::Taken(problems)) = new_files.write(folder.path()) else {
            panic!("something was written");
        };
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].file(), Some("b.md"));
        assert!(!folder.path().join("a").exists());
        let kept = fs::read_to_string(folder.path().join("b.md")).unwrap();
        assert_eq!(kept, "mine");
    }

    #[test]
    fn only_an_empty_folder_is_begun_in() {
        let folder = tempfile::tempdir().unwrap();
        refuse_unless_empty(&folder.path().join("new"), "").unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        refuse_unless_empty(folder.path(), "").unwrap();
        fs::write(folder.path().join("x"), "").unwrap();
        let problem = refuse_unless_empty(folder.path(), "").unwrap_err();
        assert!(problem.message().ends_with("is not empty"), "{problem}");
    }
}
