//! The pictures and documents of a page: its texts name them, and their data follow when the page is put together.
//!
//! The rule it guards: a page holds a file only if a passage shows it or links to it that its reader sees.

use std::collections::BTreeMap;

use data_encoding::BASE64;

use crate::engagement::audience::Reader;
use crate::engagement::prose::Attachment;
use crate::engagement::{Engagement, seen};
use crate::portal::html::escaped;
use crate::portal::markdown;

/// The files of a page, by their names as markup has them.
#[derive(Default)]
pub struct ShownFiles<'a>(BTreeMap<String, ShownFile<'a>>);

/// A file of a page.
#[derive(Clone, Copy)]
pub struct ShownFile<'a> {
    media_type: &'static str,
    bytes: &'a [u8],
}

impl<'a> ShownFiles<'a> {
    /// Returns the files that `reader` sees in the texts of the engagement.
    pub fn of(engagement: &'a Engagement, reader: &Reader) -> Self {
        if engagement.attachments.is_empty() {
            return Self::default();
        }
        let proses = seen::proses(engagement, reader).into_iter();
        let names = proses.flat_map(|prose| markdown::shown_files(prose, reader));
        let attachments = names.filter_map(|name| engagement.attachments.get_key_value(&name));
        let files =
            attachments.map(|(name, attachment)| (escaped(name), ShownFile::of(attachment)));
        Self(files.collect())
    }

    /// The file of this name as markup has it.
    pub fn get(&self, escaped_name: &str) -> Option<ShownFile<'a>> {
        self.0.get(escaped_name).copied()
    }

    /// Whether there is one of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(&escaped(name))
    }
}

impl<'a> ShownFile<'a> {
    fn of(attachment: &'a Attachment) -> Self {
        match attachment {
            Attachment::Document(document) => Self {
                media_type: document.media_type,
                bytes: &document.bytes,
            },
            Attachment::Picture(picture) => Self {
                media_type: picture.kind.mime(),
                bytes: &picture.bytes,
            },
        }
    }

    /// What the file holds.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// How long its address is.
    pub fn address_length(&self) -> usize {
        self.head().len() + BASE64.encode_len(self.bytes.len())
    }

    /// Appends an address that holds all of it.
    pub fn write_address(&self, to: &mut String) {
        to.push_str(&self.head());
        BASE64.encode_append(self.bytes, to);
    }

    /// The beginning of its address.
    fn head(&self) -> String {
        format!("data:{};base64,", self.media_type)
    }
}
