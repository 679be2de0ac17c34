//! A page becomes a file of the site, encrypted for its reader: the only way out.
//!
//! The rule it guards: a page leaves the machine only as [`Sealed`], and [`Sealed::of`] does not work without an [`Access`]. What
//! [`Sealed::carried`] takes was made by an earlier build of one part of a site.

pub mod asking;
pub mod asking_mail;
mod code;
pub mod invite;
pub mod key;
mod key_file;
mod key_source;
pub mod link;
pub mod passphrase;
pub mod private;
pub mod root;
#[cfg(test)]
mod samples;
mod seal;
mod sealed;
mod sealing;
pub mod shell;
pub mod site_path;
pub mod unfinished;

pub use crate::access::sealed::Sealed;
pub use crate::access::sealing::{Access, Opening, Sealing, is_sealed, opened};
