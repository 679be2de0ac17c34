//! What the coach knows: plain data, without files, without a clock.

pub(crate) mod picture;
