//! The smallest checked values of the coach's TOML: a text, a day, a local time.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use jiff::civil::{Date, DateTime};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};

use crate::content::text::{fence, unseen};

/// Reads a table with keys. Left to itself, serde would also take a list of values without their keys.
pub(in crate::content) fn table<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::deserialize(OnlyTable(deserializer))
}

/// Reads a table that may be absent.
pub(in crate::content) fn table_if<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    table(deserializer).map(Some)
}

/// Reads a list of tables.
pub(in crate::content) fn tables<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    struct Keyed<T>(T);

    impl<'de, T: Deserialize<'de>> Deserialize<'de> for Keyed<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            table(deserializer).map(Self)
        }
    }

    let tables = Vec::<Keyed<T>>::deserialize(deserializer)?;
    Ok(tables.into_iter().map(|table| table.0).collect())
}

/// Of a deserializer, or of the visitor of a struct, the part that has to do with tables. The names of the struct's fields are passed
/// on, so that they can be asked for.
struct OnlyTable<T>(T);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for OnlyTable<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(OnlyTable(visitor))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_struct(name, fields, OnlyTable(visitor))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq
        tuple tuple_struct map enum identifier ignored_any
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for OnlyTable<V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(map)
    }
}

/// The name by which a value asks for its place: the reader then hands it a map of one entry, the two ends of the place and the value.
pub(in crate::content::toml) const SPANNED: &str = "$loggia::Spanned";

/// A value with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::content) struct Spanned<T> {
    value: T,
    start: usize,
    end: usize,
}

impl<T> Spanned<T> {
    /// Where it stands, in bytes from the start of the TOML.
    pub(in crate::content) fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The value.
    pub(in crate::content) fn get_ref(&self) -> &T {
        &self.value
    }

    /// Another value at the same place.
    pub(in crate::content) fn at_same_place<U>(&self, value: U) -> Spanned<U> {
        Spanned {
            value,
            start: self.start,
            end: self.end,
        }
    }

    /// The value, without its place.
    pub(in crate::content) fn into_inner(self) -> T {
        self.value
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(SPANNED, SpannedVisitor(PhantomData))
    }
}

/// Takes the map that [`SPANNED`] tells of.
struct SpannedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for SpannedVisitor<T> {
    type Value = Spanned<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value with its place")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Spanned<T>, A::Error> {
        let entry = map.next_entry()?;
        let ((start, end), value) = entry.ok_or_else(|| A::Error::custom("there is no value"))?;
        Ok(Spanned { value, start, end })
    }
}

/// What is said of a text that its writer believes hidden in part. Nothing of it is quoted.
pub(in crate::content) const HIDES_NOTHING: &str = "… holds a passage or a remark, and nothing in it is hidden: passages are for the text below the front matter";

/// A line or paragraph of plain text: not empty, trimmed, without control characters, and nothing in it that looks hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::content) struct Text(pub(in crate::content) String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Err(D::Error::custom("… is empty"));
        }
        if trimmed.chars().any(is_unprintable) {
            return Err(D::Error::custom("… holds a control character"));
        }
        if unseen::stray(trimmed).is_some() {
            return Err(D::Error::custom(
                "… holds a letter that nobody sees, or that turns the line around; write it anew",
            ));
        }
        if fence::hides_nothing(trimmed) {
            return Err(D::Error::custom(HIDES_NOTHING));
        }
        Ok(Self(trimmed.replace("\r\n", "\n")))
    }
}

/// Whether a character has no place in a text that people read.
pub(in crate::content) fn is_unprintable(letter: char) -> bool {
    (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
        || matches!(letter, '\u{fffe}' | '\u{ffff}')
}

/// A day, written as a TOML date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::content) struct Day(pub(in crate::content) Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = toml::value::Datetime::deserialize(deserializer)?;
        if written.time.is_some() || written.offset.is_some() {
            return Err(D::Error::custom(
                "… is a day without a time, such as 2026-02-03",
            ));
        }
        written
            .to_string()
            .parse()
            .map(Self)
            .map_err(|_| D::Error::custom("… is a day, such as 2026-02-03"))
    }
}

/// A local time, written as a TOML date and time without a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::content) struct LocalTime(pub(in crate::content) DateTime);

impl<'de> Deserialize<'de> for LocalTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const EXPECTED: &str =
            "… is a day with a time and without a zone, such as 2026-02-03T10:00:00";
        let written = toml::value::Datetime::deserialize(deserializer)?;
        if written.offset.is_some() || written.date.is_none() || written.time.is_none() {
            return Err(D::Error::custom(EXPECTED));
        }
        written
            .to_string()
            .parse()
            .map(Self)
            .map_err(|_| D::Error::custom(EXPECTED))
    }
}
