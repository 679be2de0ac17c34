//! What single commands print and write.

mod advice;
mod disk;
mod explain;
pub(crate) mod forms;
mod placeholders;
mod report;
mod scaffold;
mod schema;
mod serve;
mod sight;
mod terminal;
mod timings;
