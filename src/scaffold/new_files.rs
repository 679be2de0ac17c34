//! Files that are made from a template and then written, all of them or none.

use std::fs;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::diagnostic::Diagnostic;

/// Files that are not written yet, and what the coach does once they are.
#[derive(Debug, Default)]
pub struct NewFiles {
    /// The files, in the order in which they are read.
    pub files: Vec<NewFile>,
    /// What to do next, a line each.
    pub next: Vec<String>,
}

/// A file that is not written yet.
#[derive(Debug)]
pub struct NewFile {
    /// Its path inside the folder, with `/` between names.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl NewFiles {
    /// One file and what to do next.
    pub(super) fn one(path: String, text: String, next: Vec<String>) -> Self {
        Self {
            files: vec![NewFile { path, text }],
            next,
        }
    }

    /// Writes the files into `folder`, or nothing at all if one of them is already there.
    pub fn write(&self, folder: &Path) -> Result<(), Vec<Diagnostic>> {
        let taken = self
            .files
            .iter()
            .filter(|new_file| folder.join(&new_file.path).symlink_metadata().is_ok());
        let problems: Vec<Diagnostic> = taken
            .map(|new_file| already_there(&new_file.path))
            .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        for new_file in &self.files {
            write(folder, new_file).map_err(|problem| vec![problem])?;
        }
        Ok(())
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
    let names = fs::read_dir(goals).into_iter().flatten().flatten();
    let numbers = names.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        name.split_once('-')?.0.parse::<u32>().ok()
    });
    numbers.max().unwrap_or(0).saturating_add(1)
}

fn already_there(path: &str) -> Diagnostic {
    let problem = Diagnostic::error("this file is already there").in_file(path);
    problem
        .with_hint("nothing was written; give another date, title or kind, or move the file away")
}

fn write(folder: &Path, new_file: &NewFile) -> Result<(), Diagnostic> {
    let path = folder.join(&new_file.path);
    let failed = |error: std::io::Error| Diagnostic::cannot_write(&path, &error);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    // A file that was made since the check above is not overwritten either.
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .map_err(failed)?;
    file.write_all(new_file.text.as_bytes()).map_err(failed)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{NewFile, NewFiles, refuse_unless_empty};

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
        let problems = new_files.write(folder.path()).unwrap_err();
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
