//! Loggia
pub mod access;
pub mod diagnostic;
