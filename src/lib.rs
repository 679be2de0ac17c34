//! Loggia: one read-only portal per stakeholder of a coaching engagement, confidential notes excluded when it is built.
//!
//! # The way through
//!
//! ```text
//! folder ─ content ─▶ Engagement ─ portal ─▶ PortalView ─ render ─▶ Page ─ access ─▶ Sealed ─ publish ─▶ site
//!                          └─ progress ─▶ Figures ─┘
//! ```
//!
//! # What always holds
//!
//! - What a reader may not see cannot be found in, or inferred from, what that reader gets: change anything hidden, and the
//!   reader's bytes stay the same.
//! - Confidential text is readable only through [`engagement::audience::Guarded::reveal_to`]. `Guarded`, `Prose` and keys are
//!   never cloned, printed, serialised or made a template value.
//! - `notes/` is not opened on the way to a page. Only [`audit`] reads it, and nothing flows from there to a page.
//! - What a template can see is made in [`portal`] alone, field by field. Only [`content`] deserialises.
//! - A page leaves the machine only as [`access::Sealed`]: closed with the reader's code, or, where the coach chose `access = "link"`,
//!   open under a path that nobody can guess.
//! - Between the two ends there are functions from values to values: files, clock and randomness stand outside, today is an
//!   argument, and the same content, key, theme and day give the same bytes.
//! - Unknown is refused: keys, files, roles, schemes, fences.
//!
//! # What a new key and a new kind touch
//!
//! A new key: the type that reads its file in [`content`] (its schema, and that it is refused below the front matter, follow), the plain
//! type in [`engagement`], [`engagement::seen`] (which does not compile until it says whether the key is a text that the audit compares),
//! a view and where it is filled in [`portal`], and a template. A new part of `[share]` is a variant of [`engagement::audience::Part`], has
//! a name in the strings of every language, and, where items differ in it, a line in `consent`, which holds it against what was agreed.
//!
//! A new kind of item: a row in [`engagement::kind`], from which its folder, names, schema title and section follow. What else it needs
//! does not compile until it is there: its role in `content`'s listing, its reader, its schema, its texts in [`engagement::seen`] and
//! its line in [`portal::sight`]. Then its view, where it is filled, its section and its template.
//!
//! Modules in reading order; `src/README.md` says in a line what each is for. Who may import whom is held by a test
//! (`tests/it/house/imports.rs`).

pub mod diagnostic;
pub mod engagement;
pub mod files;
pub mod text;

pub mod picture;

pub mod content;

pub mod consent;
pub mod progress;

pub mod portal;

pub mod render;

pub mod access;

pub mod publish;

pub mod audit;

pub mod scaffold;

pub mod pipeline;

pub mod dev;

pub mod cli;

/// Damage by chance, shared by the tests in and beside this crate.
#[cfg(test)]
#[path = "../tests/it/damage.rs"]
mod damage;
