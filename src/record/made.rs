//! What a build made of what, so that the next one need not make it again where nothing changed.
//!
//! It lies beside the record of releases, closed with the key of the site, since it holds the words of warnings. It may be deleted at any
//! time; then everything is made again.
//!
//! The rules it guards: what is not exactly as a build wrote it counts as not there. Nothing is claimed here that is not checked again: a
//! page counts only while the site holds it byte for byte.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::record::fields::{Fields, FieldsReader};

/// What a build of one site made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// Everything that all pages were made from, as one digest.
    pub of: [u8; 32],
    /// The engagements in their order.
    pub engagements: Vec<MadeEngagement>,
    /// The pages of persons who read several portals.
    pub persons: Vec<MadePerson>,
}

/// What was made of one engagement in which nothing was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeEngagement {
    /// Its id.
    pub id: String,
    /// Its folder, when it was read.
    pub folder: FolderMark,
    /// The files that its texts show, which count with the folder, by their paths inside it.
    pub shown: Vec<String>,
    /// The day for which it was made.
    pub from: Date,
    /// The first day on which anything of it would come out otherwise; none where that is never.
    pub until: Option<Date>,
    /// The pages of its readers.
    pub pages: Vec<MadeFile>,
    /// The pages on which its raters are asked.
    pub asking: Vec<MadeFile>,
    /// The warnings about it.
    pub warnings: Vec<Diagnostic>,
    /// The numbers that its links are derived from, as words.
    pub numbers: Vec<String>,
    /// Whose pages lie where, as words.
    pub places: Vec<String>,
    /// The persons of loggia.toml who read one of its portals.
    pub persons: Vec<String>,
}

/// What a folder was like at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FolderMark {
    /// The moment, in seconds since 1970. Files that had changed just before count by what is in them, all others by their stamps.
    pub moment: u64,
    /// One digest of all files.
    pub digest: [u8; 32],
}

/// The page of a person who reads several portals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadePerson {
    /// The person's id.
    pub id: String,
    /// The engagements whose portals stand on it, in their order.
    pub engagements: Vec<String>,
    /// The page.
    pub file: MadeFile,
}

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeFile {
    /// Its path in the site.
    pub path: String,
    /// SHA-256 of its bytes, by which the record of releases knows it.
    pub sha256: String,
    /// The digest of path and bytes, by which the site is asked for it.
    pub digest: String,
    /// The digest of its stamp in the site, where that tells for good whether it has changed since its bytes were looked at.
    pub stamp: Option<[u8; 32]>,
}

impl Made {
    /// All of it as bytes; `site` says which folder of a site it is about.
    pub fn bytes(&self, site: &str) -> Vec<u8> {
        let mut fields = Fields::default();
        fields.text(site);
        fields.bytes(&self.of);
        fields.list(&self.engagements, |fields, engagement| {
            engagement.add_to(fields);
        });
        fields.list(&self.persons, |fields, person| {
            fields.text(&person.id);
            fields.texts(&person.engagements);
            person.file.add_to(fields);
        });
        fields.into_bytes()
    }

    /// Reads what [`Self::bytes`] writes; anything else is nothing.
    pub fn read(bytes: &[u8], site: &str) -> Option<Self> {
        let mut fields = FieldsReader::of(bytes);
        if fields.text()? != site {
            return None;
        }
        let made = Self {
            of: fields.array()?,
            engagements: fields.list(MadeEngagement::read)?,
            persons: fields.list(|fields| {
                Some(MadePerson {
                    id: fields.text()?,
                    engagements: fields.texts()?,
                    file: MadeFile::read(fields)?,
                })
            })?,
        };
        fields.is_at_end().then_some(made)
    }
}

impl MadeEngagement {
    fn add_to(&self, fields: &mut Fields) {
        fields.text(&self.id);
        fields.number(self.folder.moment);
        fields.bytes(&self.folder.digest);
        fields.texts(&self.shown);
        fields.text(&self.from.to_string());
        let until = self.until.map(|day| day.to_string());
        fields.text(&until.unwrap_or_default());
        for files in [&self.pages, &self.asking] {
            fields.list(files, |fields, file| file.add_to(fields));
        }
        fields.list(&self.warnings, |fields, warning| {
            fields.texts(&warning.fields());
        });
        for texts in [&self.numbers, &self.places, &self.persons] {
            fields.texts(texts);
        }
    }

    fn read(fields: &mut FieldsReader<'_>) -> Option<Self> {
        Some(Self {
            id: fields.text()?,
            folder: FolderMark {
                moment: fields.number()?,
                digest: fields.array()?,
            },
            shown: fields.texts()?,
            from: fields.text()?.parse().ok()?,
            until: match fields.text()?.as_str() {
                "" => None,
                day => Some(day.parse().ok()?),
            },
            pages: fields.list(MadeFile::read)?,
            asking: fields.list(MadeFile::read)?,
            warnings: fields.list(|fields| Diagnostic::of_fields(&fields.texts()?))?,
            numbers: fields.texts()?,
            places: fields.texts()?,
            persons: fields.texts()?,
        })
    }
}

impl MadeFile {
    fn add_to(&self, fields: &mut Fields) {
        for text in [&self.path, &self.sha256, &self.digest] {
            fields.text(text);
        }
        fields.bytes(self.stamp.as_ref().map_or(&[][..], |stamp| stamp));
    }

    fn read(fields: &mut FieldsReader<'_>) -> Option<Self> {
        Some(Self {
            path: fields.text()?,
            sha256: fields.text()?,
            digest: fields.text()?,
            stamp: match fields.bytes()? {
                [] => None,
                stamp => Some(stamp.try_into().ok()?),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{FolderMark, Made, MadeEngagement, MadeFile, MadePerson};
    use crate::diagnostic::Diagnostic;

    fn sample() -> Made {
        let file = |path: &str| MadeFile {
            path: path.to_owned(),
            sha256: "1".repeat(64),
            digest: "2".repeat(64),
            stamp: path.starts_with("p/a").then_some([9; 32]),
        };
        let engagement = |id: &str, until| MadeEngagement {
            id: id.to_owned(),
            folder: FolderMark {
                moment: u64::MAX,
                digest: [7; 32],
            },
            shown: vec!["files/a.png".to_owned()],
            from: date(2026, 1, 2),
            until,
            pages: vec![file("p/a/index.html"), file("p/b/index.html")],
            asking: vec![file("a/a/index.html")],
            warnings: vec![Diagnostic::warning("x").at_line("nyah/a.md", 2, 3)],
            numbers: vec!["nyah".to_owned(), "1".to_owned()],
            places: vec![String::new(), "č".to_owned()],
            persons: vec!["priya".to_owned()],
        };
        Made {
            of: [3; 32],
            engagements: vec![
                engagement("anders", None),
                engagement("nyah", Some(date(2026, 3, 4))),
            ],
            persons: vec![MadePerson {
                id: "priya".to_owned(),
                engagements: vec!["anders".to_owned(), "nyah".to_owned()],
                file: file("p/c/index.html"),
            }],
        }
    }

    #[test]
    fn what_is_written_is_read_and_no_part_of_it_is() {
        for made in [sample(), Made::default()] {
            let bytes = made.bytes("site");
            assert_eq!(Made::read(&bytes, "site"), Some(made));
            assert_eq!(Made::read(&bytes, "other"), None);
            assert_eq!(Made::read(&[&bytes[..], b"\0"].concat(), "site"), None);
            for end in 0..bytes.len() {
                assert_eq!(Made::read(&bytes[..end], "site"), None, "{end}");
            }
        }
    }

    #[test]
    fn other_bytes_are_other_things_or_none() {
        let bytes = sample().bytes("site");
        for place in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[place] ^= 0x80;
            assert_ne!(Made::read(&damaged, "site"), Some(sample()), "{place}");
        }
    }
}
