//! `links.lock`, the record of the highest link numbers: how it is sealed, held against its key and written.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;

use crate::access::key::Key;
use crate::diagnostic::Diagnostic;
use crate::engagement::link_record::{FILE_NAME, LinkRecord};

/// What the file begins with.
const HEADER: &str = "\
# Written by `loggia build`: the highest numbers (`link`) that links were published with. A number that is lowered would open links that
# were ended, so the build compares, and stops. Keep this file with loggia.toml and do not edit it: it is sealed with `loggia.key`.

";

/// Refuses a record of another key, or one that is not as it was written.
pub(super) fn verify(record: Option<&LinkRecord>, key: &Key) -> Result<(), Diagnostic> {
    let Some(record) = record else {
        return Ok(());
    };
    let name = key.fingerprint();
    if record.key != name {
        let problem = Diagnostic::error(format!(
            "the links of this site were made with another key: the record says `{}`, and the key here is `{name}`",
            record.key
        ));
        return Err(problem.in_file(FILE_NAME).with_hint(
            "bring back the `loggia.key` of the last publish, or give it as `LOGGIA_KEY`; if it is gone for good, run `loggia key adopt`, \
             which takes the records over and says what can no longer be checked",
        ));
    }
    if record.seal != seal(key, record) {
        let problem = Diagnostic::error("the record of link numbers is not as it was written");
        return Err(problem.in_file(FILE_NAME).with_hint(
            "bring it back from a backup or from version control; it is never edited by hand",
        ));
    }
    Ok(())
}

/// Keeps a number that was raised; the first tells nothing.
pub(super) fn put(raised: &mut BTreeMap<String, u32>, hash: String, number: u32) {
    if number > 1 {
        raised.insert(hash, number);
    } else {
        raised.remove(&hash);
    }
}

/// What stands for the owner of a number.
pub(super) fn hash(key: &Key, words: &[&str]) -> String {
    let parts: Vec<&[u8]> = words.iter().map(|word| word.as_bytes()).collect();
    HEXLOWER.encode(&key.derive("links/v1", &parts)[..16])
}

/// The record with its seal.
pub(super) fn sealed(key: &Key, record: LinkRecord) -> LinkRecord {
    LinkRecord {
        seal: seal(key, &record),
        ..record
    }
}

/// The hash of all that a record says.
fn seal(key: &Key, record: &LinkRecord) -> String {
    let body = body(record);
    HEXLOWER.encode(&key.derive("links-seal/v1", &[body.as_bytes()]))
}

/// The file's text.
pub(super) fn text(record: &LinkRecord) -> String {
    format!("{HEADER}seal = \"{}\"\n{}", record.seal, body(record))
}

/// What the seal is the hash of.
fn body(record: &LinkRecord) -> String {
    let mut body = format!("key = {:?}\n", record.key);
    if !record.earlier.is_empty() {
        body += &format!("earlier = {:?}\n", record.earlier);
    }
    if !record.raised.is_empty() {
        body += "\n[raised]\n";
    }
    for (hash, number) in &record.raised {
        body += &format!("{hash:?} = {number}\n");
    }
    body
}
