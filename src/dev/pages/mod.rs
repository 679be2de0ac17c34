//! The pages of dev mode itself: what is due, who sees what, the bar above a portal, and what is wrong.
//!
//! The rule it guards: text is escaped wherever it comes from, a page runs its one script and no other, and a portal stands in a frame
//! of its own, in which no script runs.

mod places;
mod problems;
mod sharing;
mod table;
mod templates;
mod today;
mod view;

pub(super) use crate::dev::pages::places::places;
pub(super) use crate::dev::pages::problems::{counted, not_found, problems};
pub(super) use crate::dev::pages::sharing::engagement;
pub(super) use crate::dev::pages::templates::{DevPage, Templates, policy};
pub(super) use crate::dev::pages::today::start;
pub(super) use crate::dev::pages::view::{portal, published};
