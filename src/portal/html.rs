//! Markup that needs no more escaping.

use std::fmt::Write;

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

/// The beginning of an address that names a file, whose data follow when the page is put together. In a text, `<` is escaped: no word
/// of the coach's becomes the tag that it stands in.
pub const NAMED: &str = "data:,files/";

/// A picture of the firm as an address that holds all of it.
pub(super) fn data_address(media_type: &str, bytes: &[u8]) -> String {
    format!("data:{media_type};base64,{}", BASE64.encode(bytes))
}

/// Text for an attribute's value.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter if letter.is_control() => {
                let _ = write!(safe, "&#{};", u32::from(letter));
            }
            letter => safe.push(letter),
        }
    }
    safe
}
