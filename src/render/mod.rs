//! PORTAL -> PAGE. A stand-in with the finished page's shape, until the stage itself is here.

/// One reader's page: a complete HTML document, complete in itself.
pub struct Page {
    document: String,
    style: String,
    language: String,
}

impl Page {
    /// A page of its document, the exact text inside its `<style>`, and its language.
    pub fn of(document: String, style: String, language: String) -> Self {
        Self {
            document,
            style,
            language,
        }
    }

    /// The complete HTML document.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// The exact text inside `<style>`.
    pub fn style(&self) -> &str {
        &self.style
    }

    /// The language of the page, as a BCP 47 tag.
    pub fn language(&self) -> &str {
        &self.language
    }
}
