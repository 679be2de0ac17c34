//! What a page says before it is opened, in the language of the site.

/// The words of the pages that stand around the portals. They name nobody, and are text, not HTML.
pub struct ShellStrings {
    /// The language of these words, as a BCP 47 tag.
    pub language: String,
    /// The direction of that language: `ltr` or `rtl`.
    pub direction: String,
    /// The title of every page until it is opened.
    pub title: String,
    /// The site's own page and what takes the place of a page that is not there.
    pub nothing_here: String,
}

impl ShellStrings {
    /// Returns the words in English.
    pub fn english() -> Self {
        Self {
            language: "en".into(),
            direction: "ltr".into(),
            title: "Private page".into(),
            nothing_here: "There is nothing to read at this address. Pages here open only with the whole link from an invitation. \
                           If you followed one, it may have been replaced: ask whoever sent it for the new one."
                .into(),
        }
    }
}
