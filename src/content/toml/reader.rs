//! A parsed table read as a type, with every problem kept as data: what kind it is, and at which entry.
//!
//! Whoever reads a value through serde says which kind it needs, so a value of another kind is refused here and no message has to be
//! taken apart to learn what was expected. serde stops at the first problem; so the entry that has it is noted and left out, and the
//! table is read again, until the rest fits.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::iter::once;
use std::ops::Range;
use std::ptr;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::{Deserializer, forward_to_deserialize_any};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::content::suggest;
use crate::content::toml::fault::{Error, Fault, Needed, Problem};
use crate::content::toml::value::SPANNED;

/// A table is read no more often than this; one with more problems has told enough.
const MOST_TRIES: usize = 200;

/// Reads a document as a `T`, without what is wrong in it, and returns what that is.
pub(in crate::content) fn read<T: DeserializeOwned>(
    document: Spanned<DeTable<'_>>,
) -> (Option<T>, Vec<Fault>) {
    let span = document.span();
    let root = Spanned::new(span, DeValue::Table(document.into_inner()));
    let notes = Notes::default();
    let root = Value {
        value: &root,
        key: None,
        is_of_list: false,
        notes: &notes,
    };
    let mut value = None;
    for _ in 0..MOST_TRIES {
        match T::deserialize(root) {
            Ok(read) => {
                value = Some(read);
                break;
            }
            Err(Error::Noted) => {}
            Err(error) => {
                root.note(error);
                break;
            }
        }
    }
    (value, notes.faults.into_inner())
}

/// What was found so far.
#[derive(Default)]
struct Notes {
    faults: RefCell<Vec<Fault>>,
    /// The addresses of the values that are left out: two values can begin and end at the same places, a list and its only table.
    left_out: RefCell<BTreeSet<usize>>,
}

impl Notes {
    fn leaves_out(&self, value: &Spanned<DeValue<'_>>) -> bool {
        self.left_out
            .borrow()
            .contains(&ptr::from_ref(value).addr())
    }
}

/// A value with the key that it stands under.
#[derive(Clone, Copy)]
struct Value<'de> {
    value: &'de Spanned<DeValue<'de>>,
    key: Option<&'de str>,
    is_of_list: bool,
    notes: &'de Notes,
}

impl<'de> Value<'de> {
    /// Leaves this value out, and notes why, if that is not a consequence of something noted.
    fn note(self, error: Error) -> Error {
        let problem = match error {
            Error::Noted => return Error::Noted,
            Error::Consequence => None,
            Error::Wrong(problem) => Some(problem),
            Error::Needs(needed) => Some(Problem::WrongKind {
                needed,
                found: needed.but_found(self.value.get_ref()),
            }),
            Error::OutOfRange => Some(Problem::Refused("… is not readable".to_owned())),
        };
        self.leave_out(problem, self.value.span());
        Error::Noted
    }

    fn leave_out(self, problem: Option<Problem>, span: Range<usize>) {
        let fault = problem.map(|problem| Fault {
            problem,
            span,
            key: self.key.map(str::to_owned),
            is_of_list: self.is_of_list,
        });
        self.notes.faults.borrow_mut().extend(fault);
        let address = ptr::from_ref(self.value).addr();
        self.notes.left_out.borrow_mut().insert(address);
    }

    /// Hands the value over if it is of the kind that is needed.
    fn visit<V: Visitor<'de>>(self, needed: Needed, visitor: V) -> Result<V::Value, Error> {
        let fits = match self.value.get_ref() {
            DeValue::String(_) => needed == Needed::Text,
            DeValue::Integer(_) => matches!(needed, Needed::WholeNumber | Needed::Number),
            DeValue::Float(_) => needed == Needed::Number,
            DeValue::Boolean(_) => needed == Needed::Switch,
            DeValue::Datetime(_) => needed == Needed::Date,
            DeValue::Array(_) => needed == Needed::List,
            DeValue::Table(_) => needed == Needed::Table,
        };
        if !fits {
            return Err(Error::Needs(needed));
        }
        self.deserialize_any(visitor).map_err(|error| match error {
            Error::OutOfRange => Error::Needs(needed),
            other => other,
        })
    }

    /// The entries of a table that are not left out.
    fn entries(self, table: &'de DeTable<'de>) -> impl Iterator<Item = (Key<'de>, Self)> {
        let entries = table.iter().map(move |(key, value)| {
            let value = Self {
                value,
                key: Some(key.get_ref()),
                is_of_list: false,
                ..self
            };
            (Key(key), value)
        });
        entries.filter(|(_, value)| !value.notes.leaves_out(value.value))
    }

    /// Whether a missing key is one that stands there and is left out, or one that was misspelt.
    fn is_left_out(
        self,
        table: &DeTable<'_>,
        missing: &str,
        known: &'static [&'static str],
    ) -> bool {
        table.iter().any(|(key, value)| {
            let is_meant = key.get_ref() == missing
                || suggest::closest(key.get_ref(), known.iter().copied()) == Some(missing);
            is_meant && self.notes.leaves_out(value)
        })
    }
}

/// Declares what a value of a type needs to be.
macro_rules! needs {
    ($($method:ident)* => $needed:expr) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.visit($needed, visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value.get_ref() {
            DeValue::String(text) => visitor.visit_borrowed_str(text),
            DeValue::Integer(number) => {
                let number = i64::from_str_radix(number.as_str(), number.radix());
                visitor.visit_i64(number.map_err(|_| Error::OutOfRange)?)
            }
            DeValue::Float(number) => {
                let number = number.as_str().parse();
                visitor.visit_f64(number.map_err(|_| Error::OutOfRange)?)
            }
            DeValue::Boolean(is_true) => visitor.visit_bool(*is_true),
            DeValue::Datetime(date) => visitor.visit_string(date.to_string()),
            DeValue::Array(list) => {
                let mut entries = Vec::new();
                for value in list {
                    let is_of_list = true;
                    let entry = Self {
                        value,
                        is_of_list,
                        ..self
                    };
                    entries.push(entry);
                }
                entries.retain(|entry| !self.notes.leaves_out(entry.value));
                visitor.visit_seq(Entries(entries.into_iter()))
            }
            DeValue::Table(table) => {
                let fields = Fields {
                    entries: self.entries(table),
                    value: None,
                };
                visitor.visit_map(fields).map_err(|error| match error {
                    Error::Wrong(Problem::MissingKey(key)) if self.is_left_out(table, key, &[]) => {
                        Error::Consequence
                    }
                    other => other,
                })
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == SPANNED {
            return with_span(self.value.span(), self, visitor);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        // The parser's type of a date asks for a struct of such a name, and finds the date in its only field.
        if let ("$", [field]) = (name.get(..1).unwrap_or_default(), known) {
            return match self.value.get_ref() {
                DeValue::Datetime(date) => {
                    visitor.visit_map(MapDeserializer::new(once((*field, date.to_string()))))
                }
                _ => Err(Error::Needs(Needed::Date)),
            };
        }
        let DeValue::Table(table) = self.value.get_ref() else {
            return Err(Error::Needs(Needed::Table));
        };
        for (Key(key), value) in self.entries(table) {
            let is_known = known.iter().any(|known| key.get_ref() == known);
            if !is_known {
                let key_text = key.get_ref().to_string();
                let problem = Problem::UnknownKey {
                    key: key_text,
                    known,
                };
                value.leave_out(Some(problem), key.span());
            }
        }
        self.visit(Needed::Table, visitor)
            .map_err(|error| match error {
                Error::Wrong(Problem::MissingKey(key)) if self.is_left_out(table, key, known) => {
                    Error::Consequence
                }
                other => other,
            })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.value.get_ref() {
            DeValue::String(word) => {
                let word: &str = word;
                visitor.visit_enum(word.into_deserializer())
            }
            _ => Err(Error::Needs(Needed::Word(known))),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.visit(Needed::List, visitor)
    }

    needs! { deserialize_str deserialize_string deserialize_char => Needed::Text }
    needs! { deserialize_bool => Needed::Switch }
    needs! { deserialize_seq => Needed::List }
    needs! { deserialize_map => Needed::Table }
    needs! { deserialize_f32 deserialize_f64 => Needed::Number }
    needs! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        => Needed::WholeNumber
    }

    forward_to_deserialize_any! {
        i128 u128 bytes byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Error> for Value<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The key of an entry.
#[derive(Clone, Copy)]
struct Key<'de>(&'de Spanned<DeString<'de>>);

impl<'de> Deserializer<'de> for Key<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.0.get_ref())
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == SPANNED {
            return with_span(self.0.span(), self, visitor);
        }
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Error> for Key<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Hands over a value with its place, as [`crate::content::toml::value::Spanned`] takes it.
fn with_span<'de, V: Visitor<'de>>(
    span: Range<usize>,
    value: impl IntoDeserializer<'de, Error>,
    visitor: V,
) -> Result<V::Value, Error> {
    let span = SeqDeserializer::new([span.start, span.end].into_iter());
    visitor.visit_map(MapDeserializer::new(once((span, value))))
}

/// The entries of a list.
struct Entries<I>(I);

impl<'de, I: Iterator<Item = Value<'de>>> SeqAccess<'de> for Entries<I> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(value) = self.0.next() else {
            return Ok(None);
        };
        let read = seed.deserialize(value);
        read.map(Some).map_err(|error| value.note(error))
    }
}

/// The entries of a table; the value is kept between the two calls for a key and its value.
struct Fields<'de, I> {
    entries: I,
    value: Option<Value<'de>>,
}

impl<'de, I: Iterator<Item = (Key<'de>, Value<'de>)>> MapAccess<'de> for Fields<'de, I> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((key, value)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let value = self.value.take().ok_or(Error::Noted)?;
        seed.deserialize(value).map_err(|error| value.note(error))
    }
}
