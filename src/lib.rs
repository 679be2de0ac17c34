//! Loggia
pub mod content;
pub mod diagnostic;
pub mod engagement;
mod leaks;
pub mod portal;
pub mod progress;
pub mod render;
