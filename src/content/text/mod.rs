//! The text below the settings of a file: its passages, and what Markdown may hold.

pub(in crate::content) mod code;
pub(in crate::content) mod fence;
pub(in crate::content) mod hiding;
pub(in crate::content) mod markdown;
mod mistaken;
pub(in crate::content) mod passages;
pub(in crate::content) mod placeholder;
pub(in crate::content) mod score;
pub(in crate::content) mod slipped;
#[cfg(test)]
mod tests;
pub(in crate::content) mod unseen;
