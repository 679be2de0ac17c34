//! `init` and `new`: files to start from, in the firm's own folder, that pass `check` as they are.
//!
//! The rule it guards: nothing is ever overwritten, and nobody but the coachee sees what a new file says before a coach has read it.
//! They are made from plain values; only [`NewFiles::write`] touches the disk.

mod agenda;
mod agreement;
mod days;
mod engagement;
mod firm;
pub mod form;
mod goal;
mod names;
mod new_files;
mod participants;
mod placing;
mod questionnaire;
mod round;
mod story;
pub mod survey;
mod templates;

pub use crate::scaffold::agenda::{AgendaKind, agenda};
pub use crate::scaffold::agreement::agreement;
pub use crate::scaffold::engagement::{Brief, Method, Names, engagement};
pub use crate::scaffold::firm::firm;
pub use crate::scaffold::goal::goal;
pub use crate::scaffold::names::{is_kept_by_windows, slug, spoken};
pub use crate::scaffold::new_files::{NewFiles, NotWritten, next_number, refuse_unless_empty};
pub use crate::scaffold::participants::Participants;
pub use crate::scaffold::placing::NewFile;
pub use crate::scaffold::round::round;
pub use crate::scaffold::story::{ReviewKind, note, review, update};
