//! One crate for all tests from outside.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should stop"
)]

mod attacker;
mod folder;
mod folder_build;
mod folder_grow;
mod folder_picture;
mod folder_write;
mod house;
mod links;
mod lock;
mod markup;
mod open_round;
mod opened;
mod oracle;
mod oracle_pages;
mod oracle_search;
mod progress;
mod project;
mod readme;
mod refused;
mod refused_mutated;
mod reproducible;
mod scaffold;
mod survey;
mod typos;
mod worlds;
mod worlds_change;
mod worlds_found;
