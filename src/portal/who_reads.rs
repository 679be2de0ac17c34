//! Who else reads what the coachee and the coach read; no other page says it.

use std::collections::BTreeMap;

use crate::engagement::audience::{Audience, Reader};

/// For each item, by its path inside the engagement's folder, the readers besides the coachee and the coach whose page holds it.
#[derive(Debug, Default)]
pub(super) struct WhoReads(BTreeMap<String, Vec<Reader>>);

impl WhoReads {
    /// Notes that these readers see the item at `path`.
    pub(super) fn add(&mut self, path: &str, readers: Vec<Reader>) {
        self.0.insert(path.to_owned(), readers);
    }

    /// Who sees the item at `path`.
    pub(super) fn of_item(&self, path: &str) -> &[Reader] {
        self.0.get(path).map_or(&[], Vec::as_slice)
    }

    /// Who sees a passage of the item's text that is for `audience`.
    pub(super) fn of_passage(&self, path: &str, audience: &Audience) -> Vec<&Reader> {
        let readers = self.of_item(path).iter();
        readers.filter(|reader| audience.admits(reader)).collect()
    }
}
