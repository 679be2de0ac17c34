//! Files of an engagement without one of its people: the text of each as it is once that person's name, ids and addresses are gone.
//!
//! The rule it guards: only what the program itself understands is changed, and only there: ids, the person's own `[[stakeholder]]`, ties and
//! passphrases. Everything else in a file stays byte for byte. What people wrote is listed with file and line ([`mentions`]) and never
//! edited: what becomes of it is for the coach to decide. This is the only place where notes are opened outside the audit.

mod edits;
pub mod mentions;
pub mod person;
pub mod ratings;
mod tables;

use std::env;
use std::fs;
use std::path::Path;

use crate::content::folder::listing;
use crate::content::folder::listing::FileRole;
use crate::content::forgotten::person::{Forgetting, SITE};
use crate::content::kinds::passphrases;
use crate::diagnostic::{Diagnostic, sort, without_byte_order_mark};

/// A file with its new text.
pub struct Edited {
    /// Its path inside the content folder.
    pub path: String,
    /// The new text.
    pub text: String,
}

/// Returns the files that are other ones without the person.
pub fn edited(folder: &Path, forgetting: &Forgetting<'_>) -> Result<Vec<Edited>, Vec<Diagnostic>> {
    let id = forgetting.engagement.id.as_str();
    let mut problems = Vec::new();
    let files = listing::list(&folder.join(id), id, &mut problems).files;
    let mut edited = Vec::new();
    let mut add = |path: &str, change: &dyn Fn(&str) -> Result<String, String>| match changed(
        folder, path, change,
    ) {
        Ok(text) => edited.extend(text.map(|text| Edited {
            path: path.to_owned(),
            text,
        })),
        Err(problem) => problems.push(problem),
    };
    for file in &files {
        match &file.role {
            FileRole::Engagement => {
                add(&file.shown, &|text| tables::engagement(text, forgetting));
            }
            FileRole::Round(day) => {
                add(&file.shown, &|text| {
                    ratings::without(text, *day, forgetting)
                });
            }
            FileRole::Record | FileRole::AskingKey | FileRole::Consent | FileRole::File(_) => {}
            FileRole::Agreement
            | FileRole::Goal { .. }
            | FileRole::Agenda(..)
            | FileRole::Themes(_)
            | FileRole::Update(..)
            | FileRole::Review(..) => {
                add(&file.shown, &|text| tables::markdown(text, forgetting));
            }
        }
    }
    add(SITE, &|text| tables::site(text, forgetting));
    add(passphrases::FILE, &|text| {
        tables::passphrases(text, forgetting)
    });
    if problems.iter().any(Diagnostic::is_error) {
        sort(&mut problems);
        return Err(problems);
    }
    Ok(edited)
}

/// The new text of a file, if it is another one.
fn changed(
    folder: &Path,
    path: &str,
    change: &dyn Fn(&str) -> Result<String, String>,
) -> Result<Option<String>, Diagnostic> {
    let place = folder.join(path);
    // It was read before, and one that nobody needs may not be there.
    let Ok(text) = fs::read_to_string(&place) else {
        return Ok(None);
    };
    let bare = without_byte_order_mark(&text);
    let mark = &text[..text.len() - bare.len()];
    match change(bare) {
        Ok(new) => Ok((new != bare).then(|| format!("{mark}{new}"))),
        Err(problem) => Err(Diagnostic::error(problem).in_file(path)),
    }
}

/// Whether the environment holds a passphrase of the person, where no program can take it out.
pub fn is_in_environment(forgetting: &Forgetting<'_>) -> bool {
    let text = env::var(passphrases::VARIABLE).unwrap_or_default();
    tables::passphrases(&text, forgetting).is_ok_and(|without| without != text)
}
