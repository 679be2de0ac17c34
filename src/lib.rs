//! Loggia
pub mod diagnostic;
