//! Deliberate leaks that the tests of the tests must catch. Without the feature `leaks` every one is off and compiles to nothing.

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
