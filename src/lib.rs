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
//!   argument that remembers when it would matter ([`engagement::today`]), and the same content, key, theme and day give the same bytes.
//! - Unknown is refused: keys, files, roles, schemes, fences.
//!
//! # What a new key and a new kind touch
//!
//! What is forgotten either does not compile or fails in a test by its name, but for the places under *nobody reminds you*.
//!
//! A new key of a file:
//!
//! - You write it into the type that reads the file ([`content`]; the schema follows, and that the key is refused below the front
//!   matter), and into the plain type in [`engagement`].
//! - The compiler then asks in [`engagement::seen`] whether it is a text that the audit compares with pages.
//! - `grown_folders_hold_every_key_and_every_kind` (`tests/it/folder`) fails until the generator of folders writes it; then tell the oracle
//!   (`tests/it/oracle`) who sees it, else the page has more than the rules allow or less, and the two worlds (`tests/it/worlds`) how it
//!   can change.
//! - Nobody reminds you of the view and where it is filled in [`portal`], of the template, of its words in seven languages, of a line in
//!   the samples, of the files that `init` and `new` write, of the README.
//!
//! A new part of `[share]` is a variant of [`engagement::audience::Part`], has a name in the strings of every language, and, where items
//! differ in it, a line in `consent`, which holds it against what was agreed. The compiler asks for its list in `content`, what of it a page
//! holds (`portal::sharing`) and whether it is of the plan (`portal::since`); nobody reminds you of its row in [`portal::sight`], and of
//! `PARTS` in `tests/it/folder`, without which no grown folder shares it.
//!
//! A new kind of item:
//!
//! - You add a variant and its row to [`engagement::kind`], from which its folder, the names of its files, the title of its schema and its
//!   section follow.
//! - The compiler then asks for its role in `content`'s listing and an example of its name, its reader, its schema, whether rules stand in
//!   its files (`content::folder::origin`), its texts in [`engagement::seen`], and its rows in [`portal::sight`].
//! - These tests fail by the kind's name: `grown_folders_hold_every_key_and_every_kind` and
//!   `samples_and_the_example_of_init_hold_every_kind` (`tests/it/folder`), `every_part_shares_one_kind` ([`engagement::kind`]) and
//!   `every_kind_that_is_shared_has_a_section_and_its_template` (`render`). Once the generator writes it, and the oracle knows who sees it:
//!   `texts_for_the_audit_are_those_that_the_reader_sees`, `table_has_a_row_for_whatever_anyone_sees_and_each_cell_is_right`,
//!   `every_rule_that_names_a_file_has_a_line_in_it`.
//! - Nobody reminds you of its passages and its readers in [`consent`], its days in the advice (`content::practice`), the secrets in its
//!   files (`tests/it/oracle/output.rs`), its view and where that is filled in [`portal`], what its template and `render::bundled` hold, the words
//!   `section.` and `part.` in seven languages, its changes in the two worlds, a scaffold for `loggia new`, and the README.
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

pub mod record;

pub mod audit;

pub mod scaffold;

pub mod pipeline;

pub mod dev;

pub mod cli;

/// Damage by chance, shared by the tests in and beside this crate.
#[cfg(test)]
#[path = "../tests/it/damage.rs"]
mod damage;

/// Answers as asking pages seal them, shared likewise.
#[cfg(test)]
#[path = "../tests/it/sealed_answers.rs"]
mod sealed_answers;
