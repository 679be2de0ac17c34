//! Portal to page: one reader's view becomes one HTML file that is complete in itself.
//!
//! The rule it guards: the head of a page is written here and in no template, so that no theme can loosen its policy. Nothing is
//! loaded, stored or sent; the one style sheet is named by its hash.

mod bundled;
mod calendar;
mod contents;
mod format;
mod functions;
mod growth;
mod language;
mod languages;
pub mod page_text;
pub mod phrases;
pub mod policy;
mod strings;
pub mod style_sheet;
mod svg;
pub mod theme;
mod theme_version;
mod used_rules;

use std::sync::Arc;

use minijinja::HtmlEscape;

use crate::render::style_sheet::StyleSheet;

/// One reader's page.
#[derive(Debug)]
pub struct Page {
    document: String,
    style: Arc<StyleSheet>,
    language: String,
}

impl Page {
    /// Takes a whole HTML file, its style sheet, and the language it is written in.
    pub fn of(document: String, style: Arc<StyleSheet>, language: String) -> Self {
        Self {
            document,
            style,
            language,
        }
    }

    /// The whole HTML file.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// Its style sheet.
    pub fn style(&self) -> &Arc<StyleSheet> {
        &self.style
    }

    /// The language it is written in, as a BCP 47 tag.
    pub fn language(&self) -> &str {
        &self.language
    }
}

/// The parts of a page that are put together to one file.
struct Parts<'a> {
    language: &'a str,
    direction: &'a str,
    title: &'a str,
    style: &'a StyleSheet,
    body: &'a str,
}

/// Writes the file: the head by this program, the body by the theme.
fn document(parts: &Parts<'_>) -> String {
    let Parts {
        language,
        direction,
        style,
        body,
        ..
    } = parts;
    let title = HtmlEscape(parts.title);
    let (style, style_source) = (style.text(), style.source());
    format!(
        r#"<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src {style_source}; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow, noarchive">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"#
    )
}

#[cfg(test)]
mod tests;
