//! Figures of the rounds: how they are worked out, what can be inferred from them, and what fixes them once they are published.

mod anonymous;
mod apart;
mod attacker;
mod corrected;
pub(crate) mod lock;
mod notes;
mod open_round;
mod progress;
mod recorded;
mod survey;
mod withheld;
