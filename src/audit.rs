//! Looks for what must not be there: confidential words in what is about to go out, and notes that are not notes.
//!
//! The rule it guards: this is the only module that opens a note, and nothing flows from here to a page.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use crate::diagnostic::Diagnostic;

/// Returns an error for every confidential term that stands in a page. It names the term's number, not the term.
pub fn terms(terms: &[String], document: &str, engagement: &str, reader: &str) -> Vec<Diagnostic> {
    if terms.is_empty() {
        return Vec::new();
    }
    let page = plain(document);
    let mut problems = Vec::new();
    for (index, term) in terms.iter().enumerate() {
        let term = plain(term);
        if !term.is_empty() && page.contains(&term) {
            let message = format!(
                "the portal of `{reader}` would show confidential term number {}",
                index + 1
            );
            let hint = "the terms stand in `[confidential]` of loggia.toml; take the word out of what this reader sees";
            problems.push(
                Diagnostic::error(message)
                    .in_file(engagement)
                    .with_hint(hint),
            );
        }
    }
    problems
}

/// The letters and digits of a text in lower case, without its tags: what is left to compare when spelling is set aside.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut is_tag = false;
    for letter in text.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            letter if !is_tag && letter.is_alphanumeric() => plain.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    plain
}

/// Returns what is wrong with the notes of an engagement: links, and notes that ask to be shared.
pub fn notes(content: &Path, engagement: &str) -> Vec<Diagnostic> {
    let folder = content.join(engagement).join("notes");
    let mut problems = Vec::new();
    if !folder.is_dir() {
        return problems;
    }
    for entry in WalkDir::new(&folder)
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
        } else if entry.file_type().is_file()
            && entry
                .path()
                .extension()
                .is_some_and(|ending| ending == "md")
        {
            let is_shared =
                fs::read_to_string(entry.path()).is_ok_and(|text| asks_to_be_shared(&text));
            if is_shared {
                let problem = Diagnostic::error(shared_note(entry.path())).in_file(inside);
                problems.push(
                    problem.with_hint(
                        "take `share` out, or move what is to be shared into `updates/`",
                    ),
                );
            }
        }
    }
    problems
}

/// What is said of a note that asks to be shared.
fn shared_note(path: &Path) -> String {
    let mut message = "a note cannot be shared".to_owned();
    if crate::leaks::is_on("audit-note-quoted") {
        message += &fs::read_to_string(path).unwrap_or_default();
    }
    message
}

/// Whether the front matter of a note has a `share`.
fn asks_to_be_shared(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
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
    use super::terms;

    #[test]
    fn a_term_is_found_in_any_case_and_across_markup() {
        let found = terms(
            &["Project Falcon".to_owned()],
            "<p>pro<em>ject</em>-FALCON</p>",
            "e",
            "r",
        );
        assert_eq!(found.len(), 1);
        assert!(!found[0].to_string().to_lowercase().contains("falcon"));
        assert!(
            terms(
                &["Project Falcon".to_owned()],
                "<p title=\"x\">Project Kestrel</p>",
                "e",
                "r"
            )
            .is_empty()
        );
    }

    #[test]
    fn a_note_that_asks_to_be_shared_is_found() {
        assert!(asks_to_be_shared("+++\nshare = [\"manager\"]\n+++\n"));
        assert!(!asks_to_be_shared(
            "+++\ntitle = \"share\"\n+++\nshare = 1\n"
        ));
        assert!(!asks_to_be_shared("share = 1\n"));
    }
}
