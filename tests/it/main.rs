//! One crate for all tests from outside.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should stop"
)]

mod attacker;
mod lock;
mod progress;
mod sight;
mod survey;
