//! A record as text, and back.
//!
//! The rule it guards: what is read is exactly what [`written`] writes, under the same key and for the same folder of a site.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::civil::Date;

use crate::record::contents::{
    Invited, Record, RecordedFile, RecordedPage, RecordedPerson, Release,
};
use crate::record::told::Told;

/// What the first line begins with, whatever the version.
const KIND: &str = "loggia record ";

/// The first line of this version.
const SIGNATURE: &str =
    "loggia record 1: what builds made and for whom; private, and never published";

/// The most releases that one holds.
const MOST: usize = 2;

/// Makes the seal of a text with the key of the site.
pub(super) type Sealer<'a> = &'a dyn Fn(&[u8]) -> String;

/// Why a text is no record that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unusable {
    /// Another version wrote it.
    OtherVersion,
    /// It is not as it was written, or was made with another key.
    Damaged,
    /// It is about another folder of a site.
    Foreign,
}

/// The text of a record.
pub(super) fn written(record: &Record, site: &str, seal: Sealer<'_>) -> String {
    let mut body = format!("site {site}\n");
    // Writing to a text cannot fail.
    for invited in &record.invited {
        let _ = write_invited(&mut body, invited);
    }
    for release in record.releases.iter().take(MOST) {
        let _ = write_release(&mut body, release);
    }
    format!("{SIGNATURE}\nseal {}\n{body}", seal(body.as_bytes()))
}

fn write_invited(body: &mut String, invited: &Invited) -> std::fmt::Result {
    let Invited {
        engagement,
        reader,
        path,
        told,
    } = invited;
    writeln!(body, "invited {engagement} {reader} {path}")?;
    write_told(body, told)
}

fn write_told(body: &mut String, told: &Told) -> std::fmt::Result {
    for (part, digests) in &told.parts {
        writeln!(body, " {part} {}", digests.join(" "))?;
    }
    Ok(())
}

fn write_release(body: &mut String, release: &Release) -> std::fmt::Result {
    writeln!(body, "release {}", release.day)?;
    for page in &release.pages {
        let RecordedPage {
            engagement,
            reader,
            file,
            told,
        } = page;
        writeln!(body, "page {engagement} {reader} {}", file_words(file))?;
        write_told(body, told)?;
    }
    for person in &release.persons {
        writeln!(body, "person {} {}", person.id, file_words(&person.file))?;
        for (engagement, digest) in &person.lines {
            writeln!(body, " {engagement} {digest}")?;
        }
    }
    for warning in &release.warnings {
        writeln!(body, "warning {warning}")?;
    }
    Ok(())
}

fn file_words(file: &RecordedFile) -> String {
    let access = if file.is_sealed { "sealed" } else { "link" };
    let opening = if file.waits_for_click {
        "click"
    } else {
        "code"
    };
    format!("{} {} {access} {opening}", file.path, file.sha256)
}

/// Reads the text of a record about the folder `site`.
pub(super) fn read(text: &str, site: &str, seal: Sealer<'_>) -> Result<Record, Unusable> {
    let (first, rest) = text.split_once('\n').ok_or(Unusable::Damaged)?;
    if first != SIGNATURE {
        let is_record = first.starts_with(KIND);
        return Err(if is_record {
            Unusable::OtherVersion
        } else {
            Unusable::Damaged
        });
    }
    let (sealed, body) = rest.split_once('\n').ok_or(Unusable::Damaged)?;
    if sealed.strip_prefix("seal ") != Some(&*seal(body.as_bytes())) {
        return Err(Unusable::Damaged);
    }
    let (of, body) = body.split_once('\n').ok_or(Unusable::Damaged)?;
    if of.strip_prefix("site ") != Some(site) {
        return Err(Unusable::Foreign);
    }
    releases(body).ok_or(Unusable::Damaged)
}

fn releases(body: &str) -> Option<Record> {
    let mut record = Record::default();
    // The lines that follow a page's or a person's are its own.
    let mut owner = Owner::Nobody;
    for line in body.lines() {
        if let Some(line) = line.strip_prefix(' ') {
            owner.add(&mut record, line)?;
            continue;
        }
        let words: Vec<&str> = line.split(' ').collect();
        owner = Owner::Nobody;
        match words[..] {
            ["invited", engagement, reader, path] => {
                record.invited.push(Invited {
                    engagement: engagement.to_owned(),
                    reader: reader.to_owned(),
                    path: path.to_owned(),
                    told: Told::default(),
                });
                owner = Owner::Invited;
            }
            ["release", day] => record.releases.push(Release::of(day.parse::<Date>().ok()?)),
            ["warning", digest] => {
                let release = record.releases.last_mut()?;
                release.warnings.push(digest.to_owned());
            }
            ["page", engagement, reader, path, sha256, access, opening] => {
                let release = record.releases.last_mut()?;
                release.pages.push(RecordedPage {
                    engagement: engagement.to_owned(),
                    reader: reader.to_owned(),
                    file: file(path, sha256, access, opening)?,
                    told: Told::default(),
                });
                owner = Owner::Page;
            }
            ["person", id, path, sha256, access, opening] => {
                let release = record.releases.last_mut()?;
                release.persons.push(RecordedPerson {
                    id: id.to_owned(),
                    file: file(path, sha256, access, opening)?,
                    lines: BTreeMap::new(),
                });
                owner = Owner::Person;
            }
            _ => return None,
        }
    }
    Some(record)
}

/// Whose the indented lines are.
#[derive(Clone, Copy)]
enum Owner {
    Nobody,
    Invited,
    Page,
    Person,
}

impl Owner {
    /// Adds an indented line to what was read last.
    fn add(self, record: &mut Record, line: &str) -> Option<()> {
        let (name, digests) = line.split_once(' ')?;
        let told = match self {
            Self::Nobody => return None,
            Self::Invited => &mut record.invited.last_mut()?.told,
            Self::Page => &mut record.releases.last_mut()?.pages.last_mut()?.told,
            Self::Person => {
                let person = record.releases.last_mut()?.persons.last_mut()?;
                person.lines.insert(name.to_owned(), digests.to_owned());
                return Some(());
            }
        };
        let digests = digests.split(' ').map(str::to_owned).collect();
        told.parts.insert(name.to_owned(), digests);
        Some(())
    }
}

fn file(path: &str, sha256: &str, access: &str, opening: &str) -> Option<RecordedFile> {
    Some(RecordedFile {
        path: path.to_owned(),
        sha256: sha256.to_owned(),
        is_sealed: match access {
            "sealed" => true,
            "link" => false,
            _ => return None,
        },
        waits_for_click: match opening {
            "click" => true,
            "code" => false,
            _ => return None,
        },
    })
}
