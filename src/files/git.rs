//! What git says about a file: whether it tracks it, and whether the next `git add` would take it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Whether some folder around `folder` is a git repository.
pub fn is_in_repository(folder: &Path) -> bool {
    let folder = resolved(folder);
    folder
        .ancestors()
        .any(|folder| folder.join(".git").exists())
}

/// Whether git tracks a file whose path, from `folder` on, fits a pattern. Without git it does not.
pub fn tracks(folder: &Path, pattern: &str) -> bool {
    is_in_repository(folder)
        && answer(folder, &["ls-files", "--error-unmatch", "--", pattern]) == Some(0)
}

/// Whether the next `git add` would take a file of this name in `folder`. Without git it would not.
pub fn would_take(folder: &Path, name: &str) -> bool {
    is_in_repository(folder) && answer(folder, &["check-ignore", "-q", "--", name]) == Some(1)
}

/// The exit code of git in `folder`; none without git.
fn answer(folder: &Path, question: &[&str]) -> Option<i32> {
    let mut git = Command::new("git");
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        git.env_remove(variable);
    }
    // A repository may name a program for git to run, and may belong to someone else: neither matters for these questions.
    git.args(["-c", "core.fsmonitor=false", "-c", "safe.directory=*"])
        .args(question);
    git.current_dir(resolved(folder))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    git.status().ok()?.code()
}

fn resolved(folder: &Path) -> PathBuf {
    folder
        .canonicalize()
        .or_else(|_| std::path::absolute(folder))
        .unwrap_or_else(|_| folder.to_owned())
}
