//! TOML with the places of its values, so that every problem can say where it stands.

pub(in crate::content) mod colour;
pub(in crate::content) mod document;
pub(in crate::content) mod fault;
pub(in crate::content) mod front_matter;
pub(in crate::content) mod keys;
pub(in crate::content) mod limits;
pub(in crate::content) mod messages;
pub(in crate::content) mod reader;
pub(in crate::content) mod report;
pub(in crate::content) mod shapes;
mod slips;
pub(in crate::content) mod text_or_table;
pub(in crate::content) mod value;
