//! Reads `links.lock`, the record of the numbers that links were published with.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::content::folder::open::read_text;
use crate::content::folder::record::{damaged, unreadable};
use crate::diagnostic::{Diagnostic, Source};
use crate::engagement::link_record::{FILE_NAME, LinkRecord};

/// What it is a record of.
const WHAT: &str = "link numbers";

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRecord {
    seal: String,
    key: String,
    #[serde(default)]
    earlier: Vec<String>,
    #[serde(default)]
    raised: BTreeMap<String, u32>,
}

/// Reads the record beside loggia.toml, if there is one.
pub(in crate::content) fn read(
    folder: &Path,
    problems: &mut Vec<Diagnostic>,
) -> Option<LinkRecord> {
    let path = folder.join(FILE_NAME);
    fs::symlink_metadata(&path).ok()?;
    let read =
        read_text(&path, FILE_NAME).and_then(|source| parse(&source).map_err(|problem| *problem));
    read.map_err(|problem| problems.push(problem)).ok()
}

/// Returns the record that a file holds. Whether it is as it was written, only its seal can tell.
fn parse(source: &Source) -> Result<LinkRecord, Box<Diagnostic>> {
    let raw: RawRecord = toml::from_str(source.text())
        .map_err(|error| Box::new(unreadable(WHAT, source, &error)))?;
    if raw.raised.values().any(|number| *number < 2) {
        return Err(Box::new(
            damaged(WHAT, "a number in it was never raised").in_file(FILE_NAME),
        ));
    }
    Ok(LinkRecord {
        seal: raw.seal,
        key: raw.key,
        earlier: raw.earlier,
        raised: raw.raised,
    })
}
