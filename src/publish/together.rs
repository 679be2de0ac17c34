//! Several files of one folder, outside the site, that take their places together: all of them or none, whenever the program dies.
//!
//! The new files are written beside the old ones. Then a list of them is put into the folder, in one step: with it the change is decided.
//! Whoever finds the list gives the remaining files their names and takes the list away; without a list, what was written beside them is
//! nobody's.

use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use zeroize::Zeroizing;

use crate::access::unfinished::{Change, UNFINISHED};
use crate::diagnostic::Diagnostic;
use crate::files::exchange::rename;
use crate::files::modes;
use crate::files::modes::Readers;
use crate::files::sync::OpenFolder;

/// What the names of new files end with until they have their own.
const ENDING: &str = ".new";

/// A file with its new bytes.
pub struct NewFile {
    /// Where it is in the folder, its names joined by `/`.
    pub path: String,
    /// What is to stand in it.
    pub bytes: Zeroizing<Vec<u8>>,
    /// Whether only its owner may read it.
    pub is_private: bool,
}

/// Puts all files in their places, or none.
pub fn put_together(folder: &Path, change: Change, files: &[NewFile]) -> Result<(), Diagnostic> {
    put_in_steps(folder, (change, files), &|| Ok(()))
}

/// Finishes a change that was decided, if there is one, and returns which it was.
pub fn finish(folder: &Path) -> Result<Option<Change>, Diagnostic> {
    finish_in_steps(folder, &|| Ok(()))
}

/// Whether a file is there that only its owner can read.
pub fn is_private(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|data| !modes::is_open_to_others(&data))
}

/// Stands before every operation; fails only where a test says so.
type Step<'a> = &'a dyn Fn() -> io::Result<()>;

fn put_in_steps(
    folder: &Path,
    (change, files): (Change, &[NewFile]),
    step: Step<'_>,
) -> Result<(), Diagnostic> {
    let written = write_all(folder, (change, files), step);
    if written.is_err() {
        for file in files {
            let _ = step().and_then(|()| fs::remove_file(beside(folder, &file.path)));
        }
    }
    written?;
    finish_in_steps(folder, step).map(drop)
}

/// Writes the new files beside the old ones, and last the list of them.
fn write_all(
    folder: &Path,
    (change, files): (Change, &[NewFile]),
    step: Step<'_>,
) -> Result<(), Diagnostic> {
    let mut list = format!("{}\n", change.signature());
    for file in files {
        let path = beside(folder, &file.path);
        write(&path, file, step).map_err(|reason| Diagnostic::cannot_write(&path, &reason))?;
        list += &format!("{}\n", file.path);
    }
    let path = folder.join(UNFINISHED);
    let list = NewFile {
        path: UNFINISHED.to_owned(),
        bytes: Zeroizing::new(list.into_bytes()),
        is_private: false,
    };
    let draft = beside(folder, &list.path);
    let listed = write(&draft, &list, step)
        .and_then(|()| step())
        .and_then(|()| rename(&draft, &path));
    if listed.is_err() {
        let _ = step().and_then(|()| fs::remove_file(&draft));
    }
    listed.map_err(|reason| Diagnostic::cannot_write(&path, &reason))
}

fn finish_in_steps(folder: &Path, step: Step<'_>) -> Result<Option<Change>, Diagnostic> {
    let list = folder.join(UNFINISHED);
    let text = match step().and_then(|()| fs::read_to_string(&list)) {
        Ok(text) => text,
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(reason) => return Err(Diagnostic::cannot_read(&list, &reason)),
    };
    let mut lines = text.lines();
    let change = lines.next().and_then(Change::of_signature);
    let Some(change) = change.filter(|_| lines.clone().all(is_inside)) else {
        let problem = Diagnostic::error(format!("`{UNFINISHED}` is no list of this program's"));
        let hint = "bring the whole folder back from a backup";
        return Err(problem.in_file(UNFINISHED).with_hint(hint));
    };
    let put = |path: &str| -> io::Result<()> {
        let (draft, path) = (beside(folder, path), folder.join(path));
        step()?;
        match rename(&draft, &path) {
            // It has its name already.
            Err(reason) if reason.kind() == io::ErrorKind::NotFound && path.exists() => {}
            renamed => renamed?,
        }
        step()?;
        sync_folder(&path)
    };
    for path in lines {
        put(path).map_err(|reason| Diagnostic::cannot_write(&folder.join(path), &reason))?;
    }
    let removed = step().and_then(|()| fs::remove_file(&list));
    removed.map_err(|reason| Diagnostic::cannot_write(&list, &reason))?;
    Ok(Some(change))
}

/// Whether a path leads to a file below the folder.
fn is_inside(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    !path.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Where the new file stands until it has its name: what begins with a key's name is never taken by git.
fn beside(folder: &Path, path: &str) -> PathBuf {
    let path = folder.join(path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = if name.starts_with("loggia.key") || name.starts_with("answers.key") {
        format!("{name}{ENDING}")
    } else {
        format!(".{name}{ENDING}")
    };
    path.with_file_name(draft)
}

fn write(path: &Path, file: &NewFile, step: Step<'_>) -> io::Result<()> {
    step()?;
    // What a killed run left behind is in the way of `create_new`, which follows no link.
    let _ = fs::remove_file(path);
    let mut options = match file.is_private {
        true => Readers::Owner.writing(),
        false => Readers::Everyone.writing(),
    };
    let mut open = options.create_new(true).open(path)?;
    step()?;
    open.write_all(&file.bytes)?;
    step()?;
    open.sync_all()?;
    sync_folder(path)
}

/// Makes the names in the folder of a file outlast a power cut.
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) => OpenFolder::of(folder)?.sync_names(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{NewFile, finish, finish_in_steps, put_in_steps};
    use crate::access::unfinished::{Change, UNFINISHED};
    use std::cell::Cell;
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::{fs, io};
    use zeroize::Zeroizing;

    const FILES: [&str; 4] = [
        "loggia.key",
        "a/share.lock",
        "a/pulse/rounds.lock",
        "links.lock",
    ];

    fn files() -> Vec<NewFile> {
        let new = |path: &str| NewFile {
            path: path.to_owned(),
            bytes: Zeroizing::new(b"new".to_vec()),
            is_private: path == "loggia.key",
        };
        FILES
            .into_iter()
            .chain(["loggia.key.old"])
            .map(new)
            .collect()
    }

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a/pulse")).unwrap();
        for path in FILES {
            fs::write(folder.path().join(path), "old").unwrap();
        }
        folder
    }

    /// What stands in the files that have their names.
    fn stands(folder: &Path) -> BTreeMap<String, String> {
        let names = FILES.into_iter().chain(["loggia.key.old"]);
        let read =
            |name: &str| Some((name.to_owned(), fs::read_to_string(folder.join(name)).ok()?));
        names.filter_map(read).collect()
    }

    fn all(word: &str, count: usize) -> BTreeMap<String, String> {
        let names = FILES.into_iter().chain(["loggia.key.old"]).take(count);
        names
            .map(|name| (name.to_owned(), word.to_owned()))
            .collect()
    }

    #[test]
    fn whichever_operation_fails_or_is_the_last_all_files_are_new_or_none_is() {
        for is_crash in [false, true] {
            let mut turn = 0;
            loop {
                turn += 1;
                let folder = folder();
                let count = Cell::new(0);
                let step = || {
                    count.set(count.get() + 1);
                    let fails = count.get() == turn || is_crash && count.get() > turn;
                    if fails {
                        Err(io::ErrorKind::StorageFull.into())
                    } else {
                        Ok(())
                    }
                };
                let put = put_in_steps(folder.path(), (Change::Key, &files()), &step);
                let is_decided = folder.path().join(UNFINISHED).exists();
                if !is_decided && put.is_err() {
                    assert_eq!(stands(folder.path()), all("old", 4), "{turn}");
                }
                if is_decided {
                    // Finishing may die as well, at whatever operation.
                    for last in 1..12 {
                        let left = Cell::new(last);
                        let step = || {
                            left.set(left.get() - 1);
                            if left.get() < 0 {
                                Err(io::ErrorKind::Other.into())
                            } else {
                                Ok(())
                            }
                        };
                        let _ = finish_in_steps(folder.path(), &step);
                    }
                    finish(folder.path()).unwrap();
                }
                if is_decided || put.is_ok() {
                    assert_eq!(stands(folder.path()), all("new", 5), "{turn}");
                }
                if !is_crash {
                    let drafts = fs::read_dir(folder.path()).unwrap();
                    let names: Vec<_> = drafts.map(|entry| entry.unwrap().file_name()).collect();
                    assert!(
                        !names
                            .iter()
                            .any(|name| name.to_string_lossy().ends_with(".new")),
                        "{names:?}"
                    );
                }
                // What is left beside the files is in nobody's way.
                put_in_steps(folder.path(), (Change::Forgetting, &files()), &|| Ok(())).unwrap();
                assert_eq!(stands(folder.path()), all("new", 5), "{turn}");
                if count.get() < turn {
                    assert!(turn > 20, "{turn}");
                    break;
                }
            }
        }
    }

    #[test]
    fn a_list_that_leads_elsewhere_is_refused() {
        for path in ["../elsewhere", "/etc/hosts", "a/../../b", ""] {
            let folder = folder();
            let list = format!("{}\n{path}\n", Change::Key.signature());
            fs::write(folder.path().join(UNFINISHED), list).unwrap();
            assert!(finish(folder.path()).is_err(), "{path}");
        }
        let folder = folder();
        fs::write(folder.path().join(UNFINISHED), "").unwrap();
        assert!(finish(folder.path()).is_err());
        assert_eq!(stands(folder.path()), all("old", 4));
    }
}
