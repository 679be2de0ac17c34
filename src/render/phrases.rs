//! The sentences of a language for what is not written by a template: the pages around sealed ones, and invitations.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::render::language::{Filling, Language};

/// The sentences of one language of a theme, as plain text.
pub struct Phrases(Language);

impl Phrases {
    /// Takes a language of a theme.
    pub(super) fn of(language: Language) -> Self {
        Self(language)
    }

    /// The language, as a BCP 47 tag.
    pub fn language(&self) -> &str {
        &self.0.tag
    }

    /// The direction of its script: `ltr` or `rtl`.
    pub fn direction(&self) -> &str {
        self.0.direction()
    }

    /// A day as a reader reads it.
    pub fn date(&self, day: Date) -> String {
        self.0.formats.long(day)
    }

    /// The sentence `key` as plain text, with its gaps filled.
    pub fn say(&self, key: &str, gaps: &[(&str, &str)]) -> Result<String, Diagnostic> {
        let gaps: Vec<(&str, Filling)> = gaps
            .iter()
            .map(|(name, text)| (*name, Filling::Text((*text).to_owned())))
            .collect();
        self.0
            .text(key, &gaps)
            .map_err(|fault| Diagnostic::error(fault.to_string()))
    }
}
