//! The files that shared texts show: pictures without their metadata, and documents where the coach allows them.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::content::folder::listing::{FileRole, RoledFile};
use crate::content::folder::open::read_bytes;
use crate::content::kinds::known::Mentions;
use crate::content::suggest;
use crate::diagnostic::Diagnostic;
use crate::engagement::picture::Picture;
use crate::engagement::prose::{Attachment, Document, ShownSource};
use crate::picture;

/// Pictures and documents are read up to this many bytes, metadata included.
const LARGEST: u64 = 20 << 20;

/// Endings that a picture may have.
const PICTURES: [&str; 4] = ["png", "jpg", "jpeg", "webp"];

/// Documents by ending, with their media types.
const DOCUMENTS: [(&str, &str); 4] = [
    ("pdf", "application/pdf"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
];

/// What texts show of `files/`, and from which files it was read.
#[derive(Default)]
pub(in crate::content) struct Attachments {
    pub(in crate::content) shown: BTreeMap<String, Attachment>,
    pub(in crate::content) sources: Vec<ShownSource>,
}

/// Reads what the texts mention, and nothing else of `files/`.
pub(in crate::content) fn read(
    mentions: &Mentions,
    files: &[RoledFile],
    documents: bool,
    problems: &mut Vec<Diagnostic>,
) -> Attachments {
    let mut attachments = Attachments::default();
    for (name, (source, span)) in mentions {
        // A Mac writes the letters of a name otherwise than a keyboard does; to readers they are the same.
        let is_meant = |file: &&RoledFile| match &file.role {
            FileRole::File(known) => known.nfc().eq(name.nfc()),
            _ => false,
        };
        let found = files.iter().find(is_meant);
        let Some(file) = found else {
            let names = files.iter().filter_map(|file| match &file.role {
                FileRole::File(name) => Some(name.as_str()),
                _ => None,
            });
            let hint =
                suggest::closest(name, names).map(|name| format!("did you mean `files/{name}`?"));
            let problem =
                Diagnostic::error(format!("there is no `files/{name}`")).at(source, span.clone());
            problems.push(problem.with_hint_if(hint));
            continue;
        };
        match attachment(file, name, documents) {
            Ok((attachment, hash, warning)) => {
                problems.extend(warning.map(|warning| warning.at(source, span.clone())));
                attachments.shown.insert(name.clone(), attachment);
                attachments.sources.push(ShownSource {
                    path: file.path_inside(),
                    sha256: hash,
                });
            }
            Err(problem) => problems.push(problem.at(source, span.clone())),
        }
    }
    attachments
}

fn attachment(
    file: &RoledFile,
    name: &str,
    documents: bool,
) -> Result<(Attachment, [u8; 32], Option<Diagnostic>), Diagnostic> {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase())
        .unwrap_or_default();
    let known = DOCUMENTS.iter().find(|(known, _)| *known == ending);
    let Some((_, media_type)) = known.filter(|_| !PICTURES.contains(&ending.as_str())) else {
        let (picture, hash) = read_picture(&file.path, &file.shown, name)?;
        return Ok((Attachment::Picture(picture), hash, None));
    };
    if !documents {
        let hint = "set `documents = true` in engagement.toml to publish documents as they are, with whatever they hold inside";
        return Err(Diagnostic::error(format!(
            "`files/{name}` is a document, and documents are not published"
        ))
        .with_hint(hint));
    }
    let bytes = read_bytes(&file.path, &file.shown, LARGEST)?;
    let warning = Diagnostic::warning(format!(
        "`files/{name}` is published with whatever it holds inside"
    ))
    .with_hint("look into it for authors, comments and earlier versions before you publish");
    let hash = Sha256::digest(&bytes).into();
    let document = Attachment::Document(Document { media_type, bytes });
    Ok((document, hash, Some(warning)))
}

/// Reads a picture and takes everything but the picture out of it; returns SHA-256 of the file, too. `shown` is its path inside the
/// content folder.
pub(in crate::content) fn read_picture(
    path: &Path,
    shown: &str,
    name: &str,
) -> Result<(Picture, [u8; 32]), Diagnostic> {
    if std::fs::symlink_metadata(path).is_ok_and(|data| data.file_type().is_symlink()) {
        return Err(Diagnostic::error(format!("`{name}` is a symbolic link"))
            .with_hint("put the file itself here"));
    }
    let bytes = read_bytes(path, shown, LARGEST)?;
    let picture = picture::clean(name, &bytes).map_err(|refusal| {
        Diagnostic::error(format!("`{name}`: {refusal}")).with_hint(refusal.hint())
    })?;
    Ok((picture, Sha256::digest(&bytes).into()))
}
