//! The TOML of an engagement without one of its people: ids under the keys that hold some, the person's own table, ties and passphrases.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::content::forgotten::edits::{Edits, line_start};
use crate::content::forgotten::person::Forgetting;
use crate::content::kinds::passphrases::PERSONS;
use crate::engagement::stakeholder::Role;

/// The keys under which people stand; besides, all of a table `share` does.
const PEOPLE: [&str; 7] = [
    "owner",
    "attendees",
    "lead",
    "supporters",
    "person",
    "from",
    "with",
];

/// What is taken out of the person's own table: what only that person has, or only a reader needs.
const OWN: [&str; 8] = [
    "was",
    "title",
    "email",
    "same_person",
    "link",
    "language",
    "open",
    "passphrase",
];

/// The text of engagement.toml.
pub(super) fn engagement(text: &str, forgetting: &Forgetting<'_>) -> Result<String, String> {
    let table = parsed(text)?;
    let mut edits = Edits::default();
    let mut place = Place {
        text,
        start: 0,
        forgetting,
        edits: &mut edits,
    };
    place.table(&table, false);
    for own in tables_at(&table, "stakeholder") {
        if text_of(own, "id").is_some_and(|id| id == forgetting.person.id.as_str()) {
            place.stakeholder(own)?;
        }
    }
    Ok(edits.applied(text))
}

/// The text of a file with front matter: ids in it, and ids of passages that are for some alone.
pub(super) fn markdown(text: &str, forgetting: &Forgetting<'_>) -> Result<String, String> {
    let mut edits = Edits::default();
    let (mut start, mut fences) = (0, Vec::new());
    for line in text.split_inclusive('\n') {
        let written = line.trim_end();
        if written == "+++" && fences.len() < 2 {
            fences.push(start..start + line.len());
        } else if fences.len() == 2 && written.trim_start().starts_with(":::") {
            replace_words(&mut edits, (line, start), forgetting);
        }
        start += line.len();
    }
    if let [first, last] = fences.as_slice() {
        let toml = &text[first.end..last.start];
        let table = parsed(toml)?;
        let mut place = Place {
            text,
            start: first.end,
            forgetting,
            edits: &mut edits,
        };
        place.table(&table, false);
    }
    Ok(edits.applied(text))
}

/// The text of loggia.toml: without the tie that makes the person one of several engagements.
pub(super) fn site(text: &str, forgetting: &Forgetting<'_>) -> Result<String, String> {
    let table = parsed(text)?;
    let mut edits = Edits::default();
    for person in tables_at(&table, "person") {
        let Some((ties_key, ties)) = pair(person, "engagements") else {
            continue;
        };
        let DeValue::Table(ties) = ties.get_ref() else {
            continue;
        };
        let mut others = 0;
        let mut tied = None;
        for (engagement, id) in ties {
            let is_here = is_engagement(forgetting, engagement.get_ref());
            let is_meant = string(id).is_some_and(|id| forgetting.is_meant(id));
            if is_here && is_meant {
                tied = Some(engagement.span().start..id.span().end);
            } else {
                others += 1;
            }
        }
        match tied {
            Some(tie) if others > 0 => edits.take_out(text, tie),
            Some(_) => {
                edits.put(whole_table(text, ties_key.span().start)?, "");
            }
            None => {}
        }
    }
    Ok(edits.applied(text))
}

/// The text of passphrases.toml: without the words of the person.
pub(super) fn passphrases(text: &str, forgetting: &Forgetting<'_>) -> Result<String, String> {
    // What stands in this file is never quoted.
    let table = parsed(text).map_err(|_| "this file is no TOML".to_owned())?;
    let mut edits = Edits::default();
    for (engagement, readers) in &table {
        let DeValue::Table(readers) = readers.get_ref() else {
            continue;
        };
        if is_engagement(forgetting, engagement.get_ref()) {
            for (reader, words) in readers {
                if forgetting.is_meant(reader.get_ref()) {
                    edits.take_out(text, reader.span().start..words.span().end);
                }
            }
        } else if engagement.get_ref() == PERSONS {
            for (reader, words) in readers {
                let mut gone = forgetting.persons.iter();
                if gone.any(|person| person.as_str() == reader.get_ref()) {
                    edits.take_out(text, reader.span().start..words.span().end);
                }
            }
        }
    }
    Ok(edits.applied(text))
}

/// A part of a file whose ids are replaced.
struct Place<'a, 'e> {
    /// The file.
    text: &'a str,
    /// Where the TOML begins in it.
    start: usize,
    forgetting: &'a Forgetting<'a>,
    edits: &'e mut Edits,
}

impl Place<'_, '_> {
    fn table(&mut self, table: &DeTable<'_>, are_all_people: bool) {
        for (key, value) in table {
            let key: &str = key.get_ref();
            let is_share = key == "share";
            let are_people = are_all_people || is_share || PEOPLE.contains(&key);
            self.value(value, are_people, is_share || are_all_people);
        }
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, are_people: bool, is_share: bool) {
        match value.get_ref() {
            DeValue::String(word) if are_people => {
                // A role that is an id as well goes on to mean the role in `share`.
                let is_role = is_share && Role::parse(word).is_some();
                if self.forgetting.is_meant(word) && !is_role {
                    self.put(value.span(), self.forgetting.id.as_str());
                }
            }
            DeValue::Array(list) => {
                for one in list {
                    self.value(one, are_people, is_share);
                }
            }
            DeValue::Table(table) => self.table(table, is_share),
            _ => {}
        }
    }

    fn put(&mut self, span: Range<usize>, text: &str) {
        let place = self.start + span.start..self.start + span.end;
        let written = toml::Value::String(text.to_owned()).to_string();
        self.edits.put(place, written);
    }

    /// The person's own table.
    fn stakeholder(&mut self, own: &DeTable<'_>) -> Result<(), String> {
        let today = self.forgetting.today;
        for key in OWN {
            if let Some((key, value)) = pair(own, key) {
                let pair = key.span().start..value.span().end;
                self.edits.take_out(self.text, pair);
            }
        }
        let missing = || "this `[[stakeholder]]` has no `id` and `name`".to_owned();
        let (id_key, id) = pair(own, "id").ok_or_else(missing)?;
        let (_, name) = pair(own, "name").ok_or_else(missing)?;
        self.put(name.span(), self.forgetting.name);
        let written = toml::Value::String(self.forgetting.id.to_string()).to_string();
        let has_left = self.forgetting.person.time.until;
        if has_left.is_some_and(|until| until <= today) {
            self.edits.put(id.span(), written);
            return Ok(());
        }
        if let Some((_, until)) = pair(own, "until") {
            self.edits.put(until.span(), today.to_string());
            self.edits.put(id.span(), written);
            return Ok(());
        }
        let start = id_key.span().start;
        let has_line = self.text[line_start(self.text, start)..start]
            .trim()
            .is_empty();
        let rest = self.text[id.span().end..].split('\n').next();
        let rest = rest.unwrap_or_default().trim_start();
        let separator = match has_line && (rest.is_empty() || rest.starts_with('#')) {
            true => "\n",
            false => ", ",
        };
        // What is said of the id in a comment stands behind the day then.
        self.edits
            .put(id.span(), format!("{written}{separator}until = {today}"));
        Ok(())
    }
}

/// The keys and values of a text of TOML.
fn parsed(text: &str) -> Result<DeTable<'_>, String> {
    let table = DeTable::parse(text).map_err(|error| error.message().to_owned())?;
    Ok(table.into_inner())
}

/// The tables of a list, however it is written.
fn tables_at<'t>(table: &'t DeTable<'t>, key: &str) -> Vec<&'t DeTable<'t>> {
    let list = pair(table, key).map(|(_, list)| list.get_ref());
    let Some(DeValue::Array(list)) = list else {
        return Vec::new();
    };
    let tables = list.iter().filter_map(|one| match one.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    });
    tables.collect()
}

type Pair<'t> = (&'t Spanned<DeString<'t>>, &'t Spanned<DeValue<'t>>);

fn pair<'t>(table: &'t DeTable<'t>, key: &str) -> Option<Pair<'t>> {
    let mut pairs = table.iter();
    pairs.find(|(own, _)| own.get_ref() == key)
}

fn text_of<'t>(table: &'t DeTable<'t>, key: &str) -> Option<&'t str> {
    pair(table, key).and_then(|(_, value)| string(value))
}

fn string<'t>(value: &'t Spanned<DeValue<'_>>) -> Option<&'t str> {
    match value.get_ref() {
        DeValue::String(text) => Some(text),
        _ => None,
    }
}

fn is_engagement(forgetting: &Forgetting<'_>, word: &str) -> bool {
    let engagement = forgetting.engagement;
    let mut names = engagement.was.iter().chain([&engagement.id]);
    names.any(|name| name.as_str() == word)
}

/// The lines of the `[[person]]` that a place lies in.
fn whole_table(text: &str, place: usize) -> Result<Range<usize>, String> {
    let header = text[..place].rfind("[[person]]");
    let start = header.map(|header| line_start(text, header));
    let start = start.filter(|start| text[*start..].trim_start().starts_with("[[person]]"));
    let by_hand = "take the person who is forgotten out of `person` by hand first: it is not written as `[[person]]`";
    let start = start.ok_or_else(|| by_hand.to_owned())?;
    let mut end = start;
    for (number, line) in text[start..].split_inclusive('\n').enumerate() {
        let begun = line.trim_start();
        let begins_another = begun.starts_with('[') && !begun.starts_with("[person.");
        if number > 0 && begins_another {
            break;
        }
        end += line.len();
    }
    Ok(start..end)
}

/// Replaces ids in the line that begins a passage.
fn replace_words(edits: &mut Edits, (line, start): (&str, usize), forgetting: &Forgetting<'_>) {
    let is_of_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let mut place = 0;
    for word in line.split_inclusive(|letter| !is_of_word(letter)) {
        let bare = word.trim_end_matches(|letter| !is_of_word(letter));
        let is_role = Role::parse(bare).is_some();
        if forgetting.is_meant(bare) && !is_role {
            let place = start + place..start + place + bare.len();
            edits.put(place, forgetting.id.as_str());
        }
        place += word.len();
    }
}
