//! The folder on disk: which files there are, how they are opened, and what has changed.

pub mod consent;
pub(in crate::content) mod listing;
pub mod lock;
pub mod open;
pub mod origin;
pub mod trace;
