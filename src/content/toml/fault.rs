//! What is wrong with an entry of a TOML file, as data: its kind, its place and its key.

use std::fmt;
use std::ops::Range;

use serde::de::{self, Expected, Unexpected};
use toml::de::DeValue;

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::content) enum Problem {
    /// The table has no such key.
    UnknownKey {
        key: String,
        known: &'static [&'static str],
    },
    /// The table needs this key.
    MissingKey(&'static str),
    /// The word is none of those that can stand here.
    UnknownWord {
        word: String,
        known: &'static [&'static str],
    },
    /// The value is of another kind than the one that is needed.
    WrongKind { needed: Needed, found: &'static str },
    /// What a check of the value says; `…` stands for the key.
    Refused(String),
}

/// The kind of value that a key needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::content) enum Needed {
    Text,
    List,
    Table,
    Switch,
    Date,
    WholeNumber,
    Number,
    /// One of some words.
    Word(&'static [&'static str]),
}

impl Needed {
    /// What to call a value that is of another kind than the one needed.
    pub(super) fn but_found(self, value: &DeValue<'_>) -> &'static str {
        let is_whole_needed = self == Self::WholeNumber;
        match value {
            DeValue::String(_) => "a text",
            DeValue::Integer(number) if is_whole_needed && number.as_str().starts_with('-') => {
                "a negative one"
            }
            DeValue::Integer(_) if is_whole_needed => "one as large as this",
            DeValue::Float(_) if is_whole_needed => "one with a point",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "`true` or `false`",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        }
    }
}

/// A problem with its place.
pub(in crate::content) struct Fault {
    pub(in crate::content) problem: Problem,
    /// Counted from the start of the TOML.
    pub(in crate::content) span: Range<usize>,
    /// The key of the entry; none for the whole document.
    pub(in crate::content) key: Option<String>,
    /// Whether the problem is with one entry of the list that the key stands for.
    pub(in crate::content) is_of_list: bool,
}

/// Why a value could not be read.
#[derive(Debug)]
pub(super) enum Error {
    /// What stands further in is noted and left out: to be read again.
    Noted,
    /// A key is missing because the entry that has it, or was meant to have it, is left out.
    Consequence,
    /// The value is of the kind that was needed, but is not one that can be.
    OutOfRange,
    Wrong(Problem),
    Needs(Needed),
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self:?}")
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Wrong(Problem::Refused(message.to_string()))
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::OutOfRange
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::OutOfRange
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        let word = word.to_owned();
        Self::Wrong(Problem::UnknownWord { word, known })
    }

    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        let key = key.to_owned();
        Self::Wrong(Problem::UnknownKey { key, known })
    }

    fn missing_field(key: &'static str) -> Self {
        Self::Wrong(Problem::MissingKey(key))
    }
}
