//! A value that is written as a text or, where there is more to say, as a table.
//!
//! It is read by its kind, so that what is told of a mistake is about the text or the table that stands there.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A text or a table.
pub(in crate::content) enum TextOrTable<One, Table> {
    Text(One),
    Table(Table),
}

/// Reads either; `either` says what may stand there, beginning with `… is`.
pub(in crate::content) fn text_or_table<'de, D, One, Table>(
    deserializer: D,
    either: &'static str,
) -> Result<TextOrTable<One, Table>, D::Error>
where
    D: Deserializer<'de>,
    One: Deserialize<'de>,
    Table: Deserialize<'de>,
{
    deserializer.deserialize_any(ByKind {
        either,
        kinds: PhantomData,
    })
}

struct ByKind<One, Table> {
    either: &'static str,
    kinds: PhantomData<(One, Table)>,
}

impl<'de, One: Deserialize<'de>, Table: Deserialize<'de>> Visitor<'de> for ByKind<One, Table> {
    type Value = TextOrTable<One, Table>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.either)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        One::deserialize(text.into_deserializer()).map(TextOrTable::Text)
    }

    /// A date: texts are handed over as they stand in the file, dates are written anew.
    fn visit_string<E: Error>(self, _: String) -> Result<Self::Value, E> {
        Err(E::custom(self.either))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Table::deserialize(MapAccessDeserializer::new(map)).map(TextOrTable::Table)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Err(E::custom(self.either))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Err(E::custom(self.either))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Err(E::custom(self.either))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(A::Error::custom(self.either))
    }
}
