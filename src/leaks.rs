//! Deliberate leaks that the tests of the tests must catch. Without the feature `leaks` every one is off and compiles to nothing.

use crate::engagement::Engagement;
use crate::engagement::audience::Reader;

/// Returns whether the leak `name` is injected. Only a build with the feature `leaks` reads `LOGGIA_LEAK`.
#[cfg(feature = "leaks")]
pub(crate) fn is_on(name: &str) -> bool {
    std::env::var("LOGGIA_LEAK").is_ok_and(|chosen| chosen == name)
}

/// Returns whether the leak `name` is injected: never.
#[cfg(not(feature = "leaks"))]
pub(crate) const fn is_on(_name: &str) -> bool {
    false
}

/// Returns the one who sees everything, for leaks that look past a reader.
#[cfg(feature = "leaks")]
pub(crate) fn coachee(engagement: &Engagement, today: jiff::civil::Date) -> Option<Reader> {
    let mut readers = engagement.readers(today).into_iter();
    readers.find(|reader| reader.role().sees_all_that_is_shared())
}

/// Returns the one who sees everything: nobody, where nothing leaks.
#[cfg(not(feature = "leaks"))]
pub(crate) const fn coachee(_: &Engagement, _: jiff::civil::Date) -> Option<Reader> {
    None
}
