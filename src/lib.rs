//! Loggia
pub mod access;
pub mod diagnostic;
pub mod publish;
