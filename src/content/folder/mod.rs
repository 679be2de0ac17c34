//! The folder on disk: which files there are, how they are opened, and what has changed.

pub mod consent;
pub mod inputs;
pub(in crate::content) mod leavings;
pub mod lines;
pub(in crate::content) mod links;
pub(in crate::content) mod listing;
pub mod lock;
pub(in crate::content) mod names;
pub(in crate::content) mod old_ids;
pub mod open;
pub mod origin;
mod record;
pub(in crate::content) mod stand_in;
pub mod trace;
