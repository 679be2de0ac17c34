//! Loggia
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "no passage shows a picture yet")
)]
mod content;
pub mod diagnostic;
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "no passage shows a picture yet")
)]
mod engagement;
