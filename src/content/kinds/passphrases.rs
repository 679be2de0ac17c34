//! passphrases.toml: words that some readers type besides having their link.
//!
//! The rule it guards: nothing of this file is ever quoted, and others must not be able to read it.

use std::collections::BTreeMap;
use std::fs;
use std::iter::once;
use std::path::Path;

use zeroize::Zeroizing;

use crate::content::folder::open::read_text;
use crate::content::toml::document::Document;
use crate::content::toml::value::Spanned;
use crate::diagnostic::Diagnostic;
use crate::files::modes::is_open_to_others;

/// The file's name, beside loggia.toml.
pub(in crate::content) const FILE: &str = "passphrases.toml";

/// passphrases.toml: a table for each engagement, and in it the words of each reader.
pub(in crate::content) type PassphrasesFile = BTreeMap<Spanned<String>, BTreeMap<String, String>>;

/// Passphrases by engagement and stakeholder.
#[derive(Default)]
pub struct Passphrases(BTreeMap<(String, String), Zeroizing<String>>);

impl Passphrases {
    /// Returns the words of one reader, if there are any.
    pub fn of(&self, engagement: &str, stakeholder: &str) -> Option<&str> {
        self.0
            .get(&(engagement.to_owned(), stakeholder.to_owned()))
            .map(|words| words.as_str())
    }

    /// The readers of an engagement who have one.
    pub(in crate::content) fn readers(&self, engagement: &str) -> impl Iterator<Item = &str> {
        let keys = self.0.keys().filter(move |(id, _)| id == engagement);
        keys.map(|(_, stakeholder)| stakeholder.as_str())
    }
}

/// Reads the file, if there is one. `engagements` are the known ids.
pub(in crate::content) fn read(
    folder: &Path,
    engagements: &[String],
    problems: &mut Vec<Diagnostic>,
) -> Passphrases {
    let path = folder.join(FILE);
    if fs::symlink_metadata(&path).is_err() {
        return Passphrases::default();
    }
    if let Some(problem) = readable_by_others(&path) {
        problems.push(problem);
        return Passphrases::default();
    }
    let source = match read_text(&path, FILE) {
        Ok(source) => source,
        Err(problem) => {
            problems.push(problem);
            return Passphrases::default();
        }
    };
    let length = source.text().len();
    let document = Document::whole(source.withholding(once(0..length + 1)));
    let Some(tables): Option<PassphrasesFile> = document.read(problems) else {
        return Passphrases::default();
    };
    let mut all = Passphrases::default();
    for (engagement, readers) in tables {
        if !engagements.contains(engagement.get_ref()) {
            problems.push(document.error("there is no engagement of this name", engagement.span()));
        }
        for (reader, words) in readers {
            all.0.insert(
                (engagement.get_ref().clone(), reader),
                Zeroizing::new(words),
            );
        }
    }
    all
}

/// The problem with a file that others on this machine can read.
fn readable_by_others(path: &Path) -> Option<Diagnostic> {
    let data = fs::symlink_metadata(path).ok()?;
    is_open_to_others(&data).then(|| {
        let problem =
            Diagnostic::error("others on this machine can read the passphrases").in_file(FILE);
        problem.with_hint(format!(
            "run `chmod 600 {FILE}` in the content folder, and keep the file out of git"
        ))
    })
}
