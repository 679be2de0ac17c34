//! Loggia
pub mod diagnostic;
pub mod engagement;
mod leaks;
pub mod progress;
