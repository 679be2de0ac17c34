//! The operating system: every call that differs by platform, behind functions that say what they promise.
//!
//! The rule it guards: no other folder names `std::os`, `rustix` or a platform (`tests/it/house.rs`). What a system is asked stands in
//! two files with the same functions: `unix.rs`, and `portable.rs` for every other system, which needs only the standard library and
//! crates that know Windows. To bring Loggia to another platform is to go through that list; nothing here knows what Loggia is.
//!
//! With the feature `portable`, Unix is asked as any other system would be. The tests build the samples both ways and compare the sites.

pub mod below;
pub mod curl;
pub mod exchange;
pub mod git;
pub mod identity;
pub mod modes;
pub mod names;
pub mod sync;

mod not_opened;
#[cfg_attr(all(unix, not(feature = "portable")), path = "unix.rs")]
#[cfg_attr(not(all(unix, not(feature = "portable"))), path = "portable.rs")]
mod system;
