//! Markup that needs no more escaping.

use data_encoding::BASE64;

/// A piece of HTML that this program wrote itself. Only this folder makes it, from Markdown's events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Takes markup that was written by an allow-list.
    pub(super) fn written(markup: String) -> Self {
        Self(markup)
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A file as an address that holds all of it.
pub(super) fn data_address(media_type: &str, bytes: &[u8]) -> String {
    format!("data:{media_type};base64,{}", BASE64.encode(bytes))
}
