//! Engagement to what one reader sees: the one place where a reader's view is made.
pub mod chart;
pub mod html;
#[cfg(test)]
pub(crate) mod samples;
pub mod view;
