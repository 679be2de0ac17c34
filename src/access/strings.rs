//! What a page says before it is opened, in the language of the site.

use crate::diagnostic::Diagnostic;
use crate::render::words::Words;

/// The words of a theme's `[sealed]` that stand in the pages around the portals, by the names that its files have for them.
const NAMES: [&str; 16] = [
    "title",
    "nothing_here",
    "no_script",
    "no_code",
    "not_a_code",
    "wrong_code",
    "click",
    "passphrase",
    "wrong_passphrase",
    "damaged",
    "not_secure",
    "framed",
    "opening",
    "code_label",
    "passphrase_label",
    "open",
];

/// The words of the pages that stand around the portals. They name nobody, and are text, not HTML.
pub struct ShellStrings([(&'static str, String); NAMES.len() + 2]);

impl ShellStrings {
    /// Takes them from the words of a language.
    pub fn of(words: &Words) -> Result<Self, Diagnostic> {
        let mut strings = [const { ("", String::new()) }; NAMES.len() + 2];
        strings[0] = ("language", words.language().to_owned());
        strings[1] = ("direction", words.direction().to_owned());
        for (string, name) in strings[2..].iter_mut().zip(NAMES) {
            *string = (name, words.say(&format!("sealed.{name}"), &[])?);
        }
        Ok(Self(strings))
    }

    /// The words by the names that a theme's files have for them.
    pub(super) fn by_name(&self) -> [(&'static str, &str); NAMES.len() + 2] {
        self.0.each_ref().map(|(name, text)| (*name, text.as_str()))
    }

    /// The default theme's words in English.
    #[cfg(test)]
    pub(super) fn english() -> Self {
        Self::of(&Words::english()).expect("the default theme has these words")
    }

    /// The same with another word.
    #[cfg(test)]
    pub(super) fn with(mut self, name: &str, text: &str) -> Self {
        let string = self.0.iter_mut().find(|(known, _)| *known == name);
        string.expect("a known name").1 = text.to_owned();
        self
    }
}
