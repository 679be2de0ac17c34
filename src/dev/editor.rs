//! Opens a file of the content folder in the coach's editor.
//!
//! The rule it guards: content can come from elsewhere and never runs anything. A command comes from the command line or the environment
//! of this program alone; loggia.toml can only name an editor that is in the list below. No shell reads any of it, the file is one
//! absolute argument, and the editor inherits no secret of this program.

use std::ffi::OsString;
use std::path::Path;
use std::process::Stdio;
use std::{io, thread};

use crate::dev::child::without_secrets;

/// The editors that loggia.toml can name, each with its words. In them `{file}` and `{line}` stand for what is to be opened.
const KNOWN: [(&str, &[&str]); 7] = [
    ("emacs", &["emacsclient", "--no-wait", "+{line}", "{file}"]),
    ("idea", &["idea", "--line", "{line}", "{file}"]),
    ("kate", &["kate", "--line", "{line}", "{file}"]),
    ("sublime", &["subl", "{file}:{line}"]),
    ("vscode", &["code", "--goto", "{file}:{line}"]),
    ("vscodium", &["codium", "--goto", "{file}:{line}"]),
    ("zed", &["zed", "{file}:{line}"]),
];

/// How an editor is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Editor {
    words: Vec<String>,
}

impl Editor {
    /// An editor by its name; nothing if no editor is known by it.
    pub(super) fn known(name: &str) -> Option<Self> {
        let (_, words) = KNOWN.iter().find(|(known, _)| *known == name)?;
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        Some(Self { words })
    }

    /// An editor by its name or by a command, whose words stand between blanks. Where none of them says `{file}`, the file is added as
    /// the last one. Nothing if there is no word.
    pub(super) fn of_command(command: &str) -> Option<Self> {
        if let Some(known) = Self::known(command.trim()) {
            return Some(known);
        }
        let mut words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        if words.is_empty() {
            return None;
        }
        if !words.iter().any(|word| word.contains("{file}")) {
            words.push("{file}".to_owned());
        }
        Some(Self { words })
    }

    /// Starts it on a line of a file, and does not wait for its end.
    pub(super) fn open(&self, file: &Path, line: usize) -> io::Result<()> {
        let mut words = self.words.iter();
        let program = words.next().map(String::as_str).unwrap_or_default();
        let mut command = without_secrets(program_of(program));
        let words = words.map(|word| filled(word, file, line));
        let command = command.args(words).stdin(Stdio::null());
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        thread::spawn(move || child.wait());
        Ok(())
    }
}

/// The program as the system calls it. Windows has some editors as batch files, which are not found by their names alone.
fn program_of(word: &str) -> String {
    match word {
        "code" | "codium" if cfg!(windows) => format!("{word}.cmd"),
        word => word.to_owned(),
    }
}

/// A word with the file and the line in their places. A path need not be text, so it is never made into one.
fn filled(word: &str, file: &Path, line: usize) -> OsString {
    let mut filled = OsString::new();
    for (number, piece) in word.split("{file}").enumerate() {
        if number > 0 {
            filled.push(file);
        }
        filled.push(piece.replace("{line}", &line.to_string()));
    }
    filled
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Editor, filled};
    use crate::pipeline::workspace::Workspace;

    #[test]
    fn every_editor_that_a_folder_can_name_is_known_here() {
        for name in Workspace::editors() {
            let editor = Editor::known(name).unwrap_or_else(|| panic!("{name}"));
            let files = editor.words.iter().filter(|word| word.contains("{file}"));
            assert_eq!(files.count(), 1, "{name}");
            assert!(!editor.words[0].contains(['{', '/', ' ']), "{name}");
        }
        assert_eq!(Editor::known("sh"), None);
    }

    #[test]
    fn a_command_gets_the_file_as_one_word() {
        let words = |command: &str| Editor::of_command(command).map(|editor| editor.words);
        assert_eq!(words(" "), None);
        assert_eq!(
            words("vscode"),
            Editor::known("vscode").map(|editor| editor.words)
        );
        let expected = ["my-editor", "-x", "{file}"].map(str::to_owned);
        assert_eq!(words("my-editor  -x"), Some(expected.to_vec()));
        let file = Path::new("/a b/$(touch x);{line}.md");
        assert_eq!(
            filled("{file}:{line}", file, 7),
            "/a b/$(touch x);{line}.md:7"
        );
        assert_eq!(filled("+{line}", file, 7), "+7");
    }
}
