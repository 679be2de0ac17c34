//! The switch of the deliberate leaks, and what they share; it is a part of the copy that holds them, never of the program.

use std::path::Path;
use std::sync::Arc;

use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::today::Today;
use crate::render::page_text::PageText;

/// Whether the leak `name` is let out.
pub(crate) fn is_on(name: &str) -> bool {
    std::env::var("LOGGIA_LEAK").is_ok_and(|chosen| chosen == name)
}

/// The text of a file while the leak `name` is let out, and otherwise none.
pub(crate) fn text_if_on(name: &str, file: &Path) -> String {
    let text = || std::fs::read_to_string(file).unwrap_or_default();
    if is_on(name) { text() } else { String::new() }
}

/// The one who sees everything, for leaks that look past a reader.
pub(crate) fn coachee<'t>(engagement: &Engagement, today: impl Into<Today<'t>>) -> Option<Reader> {
    let mut readers = engagement.readers(today.into()).into_iter();
    readers.find(|reader| reader.role().sees_all_that_is_shared())
}

/// The page with a remark at its end.
pub(crate) fn with_remark(page: &PageText, remark: &str) -> PageText {
    PageText {
        document: page
            .document
            .replace("</body>", &format!("<!-- {remark} --></body>")),
        style: Arc::clone(&page.style),
        language: page.language.clone(),
    }
}
