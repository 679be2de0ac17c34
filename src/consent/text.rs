//! `share.lock` as text.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::engagement::consent::{Consent, KnownPerson, Readers, Word};

/// What the file begins with.
const HEADER: &str = "\
# Written by `loggia build`: who may read what, by the day on which the coachee agreed. The build compares, and stops when somebody
# could read more than was agreed. To share more, ask the coachee, and set `agreed` in engagement.toml to the day of the answer. Below
# stands who was behind each id, as hashes: the build asks before another name or address takes over a link and answers.
# Keep this file with engagement.toml and do not edit it: it is sealed with `loggia.key`.

";

/// The file's text.
pub fn text(consent: &Consent) -> String {
    format!("{HEADER}seal = \"{}\"\n{}", consent.seal, body(consent))
}

/// What the seal is the hash of.
pub(super) fn body(consent: &Consent) -> String {
    let mut body = format!("key = \"{}\"\n", consent.key);
    for (day, word) in &consent.words {
        let everything = list(&word.everything);
        put(
            &mut body,
            format_args!("\n[[word]]\nagreed = {day}\neverything = {everything}\n"),
        );
        put(
            &mut body,
            format_args!("attendees = {}\n[word.share]\n", word.attendees),
        );
        for (part, readers) in &word.parts {
            put(
                &mut body,
                format_args!("{} = {}\n", part.key(), list(readers)),
            );
        }
        for ((item, part), readers) in &word.items {
            let (part, readers) = (part.key(), list(readers));
            put(
                &mut body,
                format_args!(
                    "[[word.item]]\nitem = \"{item}\"\npart = \"{part}\"\nreaders = {readers}\n"
                ),
            );
        }
        passages(&mut body, word);
    }
    for (id, person) in &consent.people {
        put(&mut body, format_args!("\n[[person]]\nid = \"{id}\"\n"));
        known_person(&mut body, person);
    }
    body
}

/// Who was behind an id.
fn known_person(body: &mut String, person: &KnownPerson) {
    let KnownPerson {
        name,
        near,
        email,
        link,
        same_person,
    } = person;
    let near: Vec<String> = near.iter().map(|hash| format!("\"{hash}\"")).collect();
    let near = near.join(", ");
    put(body, format_args!("name = \"{name}\"\nnear = [{near}]\n"));
    if let Some(email) = email {
        put(body, format_args!("email = \"{email}\"\n"));
    }
    put(body, format_args!("link = {link}\n"));
    if let Some(day) = same_person {
        put(body, format_args!("same_person = {day}\n"));
    }
}

/// The lines that not everyone reads, by item and readers.
fn passages(body: &mut String, word: &Word) {
    let mut groups: BTreeMap<(&str, &Readers), Vec<&str>> = BTreeMap::new();
    for ((item, line), readers) in &word.lines {
        groups.entry((item, readers)).or_default().push(line);
    }
    for ((item, readers), lines) in groups {
        let (readers, lines) = (list(readers), lines.join("\", \""));
        put(
            body,
            format_args!(
                "[[word.passage]]\nitem = \"{item}\"\nreaders = {readers}\nlines = [\"{lines}\"]\n"
            ),
        );
    }
}

/// A list of ids.
fn list(readers: &Readers) -> String {
    let ids: Vec<String> = readers.iter().map(|id| format!("\"{id}\"")).collect();
    format!("[{}]", ids.join(", "))
}

fn put(body: &mut String, piece: std::fmt::Arguments<'_>) {
    // Writing to a text cannot fail.
    let _ = body.write_fmt(piece);
}
