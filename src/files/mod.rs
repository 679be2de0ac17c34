//! The operating system: every call that differs by platform, behind functions that say what they promise.
//!
//! The rule it guards: no other folder names `std::os`, `rustix` or a platform (`tests/it/house.rs`). To bring Loggia to another
//! platform is to write this folder once more, promise by promise; nothing here knows what Loggia is.

pub mod below;
pub mod git;
pub mod identity;
pub mod modes;

pub mod exchange;
pub mod sync;
