//! Where a person is named in what people wrote: in prose, notes, comments, and names of files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::content::forgotten::person::SITE;
use crate::engagement::stakeholder::{Role, Stakeholder};

/// A place where a person is named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// The file, inside the content folder.
    pub path: String,
    /// The line, from 1; 0 where it is the name of the file.
    pub line: usize,
}

/// The folder of another engagement, and the names and ids of its people.
pub struct Other {
    /// The folder.
    pub engagement: String,
    /// What its own people are called.
    pub names: Vec<String>,
}

/// Returns every place of an engagement's folder and of loggia.toml that names the person, by name, part of the name, id or address; and
/// of the folders of `others`, where a part of the name that somebody else has as well means that person. Of the files in `new`, what is
/// looked at is the text that stands there.
pub fn of(
    folder: &Path,
    (engagement, others): (&str, &[Other]),
    person: &Stakeholder,
    new: &BTreeMap<String, String>,
) -> Vec<Mention> {
    let words = words(person);
    let mut mentions = in_files(folder, (engagement, &words), new);
    let site = in_file(folder, (SITE, &words), new);
    mentions.extend(site);
    for other in others {
        let words: Vec<String> = words
            .iter()
            .filter(|word| is_whole(word) || !names(&other.names.join("\n"), &[(*word).clone()]))
            .cloned()
            .collect();
        mentions.extend(in_files(folder, (&other.engagement, &words), new));
    }
    mentions.sort();
    mentions
}

/// Whether a word is a whole name, or an address.
fn is_whole(word: &str) -> bool {
    word.contains([' ', '@'])
}

fn in_files(
    folder: &Path,
    (engagement, words): (&str, &[String]),
    new: &BTreeMap<String, String>,
) -> Vec<Mention> {
    let mut files = Vec::new();
    collect(folder, engagement, &mut files);
    let mentions = files.iter().map(|path| in_file(folder, (path, words), new));
    mentions.flatten().collect()
}

fn in_file(
    folder: &Path,
    (path, words): (&str, &[String]),
    new: &BTreeMap<String, String>,
) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let file_name = path.split_once('/').map_or("", |(_, inside)| inside);
    let mention = |line: usize| Mention {
        path: path.to_owned(),
        line,
    };
    if names(file_name, words) {
        mentions.push(mention(0));
    }
    let text = new.get(path).cloned().or_else(|| {
        let bytes = fs::read(folder.join(path)).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    });
    for (index, line) in text.iter().flat_map(|text| text.lines()).enumerate() {
        if names(line, words) {
            mentions.push(mention(index + 1));
        }
    }
    mentions
}

/// All files below a folder.
fn collect(folder: &Path, inside: &str, files: &mut Vec<String>) {
    let entries = fs::read_dir(folder.join(inside)).into_iter().flatten();
    for entry in entries.flatten() {
        let path = format!("{inside}/{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(folder, &path, files),
            Ok(kind) if kind.is_file() => files.push(path),
            _ => {}
        }
    }
}

/// What a text may call the person.
fn words(person: &Stakeholder) -> Vec<String> {
    let ids = person.was.iter().chain([&person.id]);
    let ids = ids.map(|id| id.as_str().to_owned());
    // A word of `share` says nothing about anybody.
    let ids = ids.filter(|id| Role::parse(id).is_none());
    let parts = person.name.split(|letter: char| !letter.is_alphanumeric());
    let parts = parts.filter(|part| part.chars().count() > 1);
    let whole = [person.name.trim().to_owned()];
    let all = ids.chain(parts.map(str::to_owned)).chain(whole);
    let all = all.chain(person.email.clone());
    all.map(|word| word.to_lowercase()).collect()
}

/// Whether a text holds one of these, as a word of its own.
fn names(text: &str, words: &[String]) -> bool {
    let text = text.to_lowercase();
    let is_inside_of_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    words.iter().any(|word| {
        text.match_indices(word.as_str()).any(|(start, _)| {
            let before = text[..start].chars().next_back();
            let after = text[start + word.len()..].chars().next();
            // Scripts without spaces between words have no such ends.
            let stands_alone = !is_inside_of_word(before) && !is_inside_of_word(after);
            stands_alone || !word.is_ascii() && !word.contains(' ')
        })
    })
}
