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

mod advice;
mod attacker;
mod audit;
mod damage;
mod explain;
mod folder;
mod folder_build;
mod folder_grow;
mod folder_picture;
mod folder_write;
mod fuzz;
mod house;
#[path = "../leaks/patches.rs"]
mod leaks;
mod links;
mod lock;
mod markup;
mod open_round;
mod opened;
mod oracle;
mod oracle_output;
mod oracle_pages;
mod oracle_search;
mod persons;
mod progress;
mod project;
mod readme;
mod refused;
mod refused_mutated;
mod report;
mod reproducible;
mod scaffold;
mod schema;
mod security;
mod shards;
mod sight;
mod supply;
mod survey;
mod theme;
mod timings;
mod typos;
mod worlds;
mod worlds_change;
mod worlds_found;
