//! From the folder to the engagement: the only code that reads what the coach wrote.

pub(crate) mod picture;
