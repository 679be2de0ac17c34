//! What was agreed on which day: who may read what, as `share.lock` keeps it beside engagement.toml.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::engagement::audience::Part;
use crate::engagement::id::StakeholderId;
use crate::engagement::kind::ItemKind;

/// The name of the file with the record.
pub const FILE_NAME: &str = "share.lock";

/// Who reads something.
pub type Readers = BTreeSet<StakeholderId>;

/// Something of which a part may be read: an item, as [`item`] calls it, or nothing for what belongs to no item.
pub type Place = Option<String>;

/// Since when each reader may read what the reader reads of a part, place by place.
pub type Since = BTreeMap<(StakeholderId, Part), BTreeMap<Place, Date>>;

/// What the record calls the agreement.
pub const AGREEMENT: &str = "agreement";

/// What the record calls how the coaching touches performance reviews.
pub const PERFORMANCE: &str = "performance";

/// What the record calls an item that is a file in a folder of its kind: `goals/concise-in-the-room`.
pub fn item(kind: ItemKind, id: &str) -> String {
    kind.path(id)
}

/// The record of what was agreed, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// The hash of everything below it.
    pub seal: String,
    /// Which key made the hashes.
    pub key: String,
    /// Who may read what, by the day of `[share] agreed`.
    pub words: BTreeMap<Date, Word>,
    /// Who was behind an id, by the oldest; also of those who stand in the file no longer.
    pub people: BTreeMap<StakeholderId, KnownPerson>,
}

/// Who was behind an id, without naming anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPerson {
    /// The hash of the name.
    pub name: String,
    /// Short hashes of the name, whole and with one letter left out: a name that is spelt nearly alike has one of them too.
    pub near: BTreeSet<String>,
    /// The hash of the mail address, if there was one.
    pub email: Option<String>,
    /// The number of the person's link.
    pub link: u32,
    /// The last day on which the coach said that a person of another name or address was the same.
    pub same_person: Option<Date>,
}

/// Who may read what by the word of one day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// Who reads all that is shared, besides the coachee.
    pub everything: Readers,
    /// Who reads a part where an item does not say otherwise.
    pub parts: BTreeMap<Part, Readers>,
    /// Whether whoever attends a meeting reads its agenda.
    pub attendees: bool,
    /// Who reads a part of an item, where that is not as for the part as a whole; of meetings always.
    pub items: BTreeMap<(String, Part), Readers>,
    /// Who reads a line of a text, by item and by the line's hash, where not everyone reads it who reads the item:
    /// nobody, where it stands in a private passage.
    pub lines: BTreeMap<(String, String), Readers>,
}

impl Word {
    /// Whether it lets someone read a part, or a part of an item.
    pub fn admits(&self, reader: &StakeholderId, part: Part, item: Option<&str>) -> bool {
        let own = item.and_then(|item| self.items.get(&(item.to_owned(), part)));
        let readers = own.or_else(|| self.parts.get(&part));
        self.everything.contains(reader) || readers.is_some_and(|readers| readers.contains(reader))
    }
}
