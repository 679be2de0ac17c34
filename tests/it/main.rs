//! One crate for all tests from outside.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should stop"
)]
#![allow(
    clippy::too_many_lines,
    clippy::print_stderr,
    reason = "a table of cases is as long as it is, and a test may say what it counted"
)]

mod commands;
mod consent;
mod damage;
mod figures;
mod folder;
mod house;
#[path = "../leaks/patches.rs"]
mod leaks;
mod oracle;
mod project;
mod refused;
mod sealed_answers;
mod site;
mod worlds;
