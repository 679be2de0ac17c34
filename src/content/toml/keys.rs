//! The keys of the coach's files, learnt from the types that read them, so that no list of keys is kept by hand.
//!
//! What serde derives for a struct tells its deserializer the names of all fields. So a type is read from a deserializer that has no
//! values and only notes these names: first those of the type, then, key by key, those of what stands below the key.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};

/// The keys of a table, each with those of the table, or of the list of tables, that is its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::content) struct Keys(Vec<(&'static str, Option<Keys>)>);

impl Keys {
    /// The keys that a type reads; none if it does not read a table with fixed keys.
    pub(in crate::content) fn of<T: for<'de> Deserialize<'de>>() -> Self {
        Self::below::<T>(&mut Vec::new()).unwrap_or(Self(Vec::new()))
    }

    /// The keys of the table that stands below the keys `path`, if one does.
    fn below<T: for<'de> Deserialize<'de>>(path: &mut Vec<&'static str>) -> Option<Self> {
        let mut found = None;
        // It has no values, so it never ends well; the names are noted before.
        let _ = T::deserialize(Recorder {
            path,
            found: &mut found,
        });
        let mut keys = Vec::new();
        for key in found? {
            path.push(key);
            keys.push((*key, Self::below::<T>(path)));
            path.pop();
        }
        Some(Self(keys))
    }

    /// Each key of the table itself, with the keys below it.
    pub(in crate::content) fn iter(&self) -> impl Iterator<Item = (&'static str, Option<&Keys>)> {
        self.0.iter().map(|(key, below)| (*key, below.as_ref()))
    }

    /// Whether `key` is one of the table or of a table in it.
    pub(in crate::content) fn contain(&self, key: &str) -> bool {
        self.iter()
            .any(|(name, below)| name == key || below.is_some_and(|below| below.contain(key)))
    }

    /// Whether `key` is one, here or further in, that stands for a table or a list of tables.
    pub(in crate::content) fn contain_table(&self, key: &str) -> bool {
        self.iter()
            .any(|(name, below)| below.is_some_and(|below| name == key || below.contain_table(key)))
    }
}

/// A deserializer without values, which follows the keys `path` and notes the names of the fields that it finds at their end.
struct Recorder<'a> {
    path: &'a [&'static str],
    found: &'a mut Option<&'static [&'static str]>,
}

/// How every reading ends: there is no value.
#[derive(Debug)]
struct NoValue;

impl fmt::Display for NoValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("there is no value")
    }
}

impl std::error::Error for NoValue {}

impl Error for NoValue {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for Recorder<'_> {
    type Error = NoValue;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NoValue> {
        Err(NoValue)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoValue> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, NoValue> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoValue> {
        visitor.visit_seq(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NoValue> {
        // The parser's own values, a date and a value with its place, pass as structs of such names.
        if name.starts_with('$') {
            return Err(NoValue);
        }
        match self.path {
            [] => {
                *self.found = Some(fields);
                Err(NoValue)
            }
            _ => visitor.visit_map(self),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple tuple_struct map
        enum identifier ignored_any
    }
}

/// A table that holds the first key of the path alone.
impl<'de> MapAccess<'de> for Recorder<'_> {
    type Error = NoValue;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, NoValue> {
        let (key, rest) = self.path.split_first().ok_or(NoValue)?;
        self.path = rest;
        let key: StrDeserializer<'_, NoValue> = key.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, NoValue> {
        seed.deserialize(Recorder {
            path: self.path,
            found: self.found,
        })
    }
}

/// A list of one entry.
impl<'de> SeqAccess<'de> for Recorder<'_> {
    type Error = NoValue;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, NoValue> {
        seed.deserialize(Recorder {
            path: self.path,
            found: self.found,
        })
        .map(Some)
    }
}
