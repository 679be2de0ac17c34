//! A record as text, and back.
//!
//! The rule it guards: what is read is exactly what [`written`] writes, under the same key and for the same folder of a site.

use std::fmt::Write;

use crate::record::contents::{
    Invited, Record, RecordedFile, RecordedPage, RecordedPerson, Release,
};
use crate::record::told::Told;

/// What the first line begins with, whatever the version.
const KIND: &str = "loggia record ";

/// The first line of this version.
const SIGNATURE: &str =
    "loggia record 1: what builds made and for whom; private, and never published";

/// How many hexadecimal digits a seal has.
const SEAL_DIGITS: usize = 64;

/// About as many letters as the line of a page has, for a guess at the length of the whole.
const PAGE_LINE: usize = 256;

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

/// The text of a record. It is the longest thing that a build of many engagements holds, so it is there once only.
pub(super) fn written(record: &Record, site: &str, seal: Sealer<'_>) -> String {
    let releases = || record.releases.iter().take(MOST);
    let told = record.invited.iter().map(|invited| &invited.told);
    let told =
        told.chain(releases().flat_map(|release| release.pages.iter().map(|page| &page.told)));
    let length: usize = told.map(|told| told.lines().len() + PAGE_LINE).sum();
    let mut text = String::with_capacity(length);
    let open = "0".repeat(SEAL_DIGITS);
    // Writing to a text cannot fail.
    let _ = writeln!(text, "{SIGNATURE}\nseal {open}");
    let begin = text.len();
    let _ = writeln!(text, "site {site}");
    for invited in &record.invited {
        let _ = write_invited(&mut text, invited);
    }
    for release in releases() {
        let _ = write_release(&mut text, release);
    }
    let sealed = seal(&text.as_bytes()[begin..]);
    text.replace_range(begin - 1 - SEAL_DIGITS..begin - 1, &sealed);
    text
}

fn write_invited(body: &mut String, invited: &Invited) -> std::fmt::Result {
    let Invited {
        engagement,
        reader,
        path,
        told,
    } = invited;
    writeln!(body, "invited {engagement} {reader} {path}")?;
    body.push_str(told.lines());
    Ok(())
}

fn write_release(body: &mut String, release: &Release) -> std::fmt::Result {
    writeln!(body, "release")?;
    for page in &release.pages {
        let RecordedPage {
            engagement,
            reader,
            file,
            told,
        } = page;
        writeln!(body, "page {engagement} {reader} {}", file_words(file))?;
        body.push_str(told.lines());
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

fn releases(mut body: &str) -> Option<Record> {
    let mut record = Record::default();
    while !body.is_empty() {
        let (line, rest) = body.split_once('\n')?;
        // The lines that follow a page's or a person's are its own.
        let (own, rest) = rest.split_at(indented(rest));
        body = rest;
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["invited", engagement, reader, path] => record.invited.push(Invited {
                engagement: engagement.to_owned(),
                reader: reader.to_owned(),
                path: path.to_owned(),
                told: Told::of_lines(own),
            }),
            ["release"] if own.is_empty() => record.releases.push(Release::default()),
            ["warning", digest] if own.is_empty() => {
                let release = record.releases.last_mut()?;
                release.warnings.push(digest.to_owned());
            }
            ["page", engagement, reader, path, sha256, access, opening] => {
                let release = record.releases.last_mut()?;
                release.pages.push(RecordedPage {
                    engagement: engagement.to_owned(),
                    reader: reader.to_owned(),
                    file: file(path, sha256, access, opening)?,
                    told: Told::of_lines(own),
                });
            }
            ["person", id, path, sha256, access, opening] => {
                let release = record.releases.last_mut()?;
                let lines = own.lines().map(|line| {
                    let (engagement, digest) = line.trim_start().split_once(' ')?;
                    Some((engagement.to_owned(), digest.to_owned()))
                });
                release.persons.push(RecordedPerson {
                    id: id.to_owned(),
                    file: file(path, sha256, access, opening)?,
                    lines: lines.collect::<Option<_>>()?,
                });
            }
            _ => return None,
        }
    }
    Some(record)
}

/// The length of the lines at the beginning of a text that stand behind a space.
fn indented(text: &str) -> usize {
    let mut end = 0;
    while text[end..].starts_with(' ') {
        end = text[end..]
            .find('\n')
            .map_or(text.len(), |line| end + line + 1);
    }
    end
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
