//! A passphrase that a reader types besides having the link.
//!
//! The rule it guards: the words themselves are not kept. What is kept is derived from them and one link, and deriving it is
//! so slow that words cannot be tried out by the million.

use std::fmt;

use pbkdf2::pbkdf2_hmac;
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

use crate::access::link::Link;
use crate::diagnostic::Diagnostic;

/// What OWASP's Password Storage Cheat Sheet asks for with SHA-256, a tenth of a second to half a second;
/// readers' browsers do as much.
const ROUNDS: u32 = 600_000;

/// The least number of characters: four words, or letters as random as a password manager makes them.
const SHORTEST: usize = 10;

/// A passphrase, stretched for one link: 32 bytes, PBKDF2-HMAC-SHA256 over the words with the link's path id as salt.
///
/// The words are in Unicode's form NFC, without blanks at their ends, so that it does not matter which keyboard they are typed on.
pub struct Passphrase(Zeroizing<[u8; 32]>);

impl Passphrase {
    /// Stretches the words for a link. Slow by intention, so do it once for each stakeholder.
    pub fn of(words: &str, link: &Link) -> Result<Self, Diagnostic> {
        if let Some((problem, hint)) = Self::weakness(words) {
            return Err(Diagnostic::error(format!("a passphrase {problem}")).with_hint(hint));
        }
        let words = normalised(words);
        let mut stretched = Zeroizing::new([0; 32]);
        pbkdf2_hmac::<Sha256>(words.as_bytes(), link.id_bytes(), ROUNDS, &mut *stretched);
        Ok(Self(stretched))
    }

    /// What is wrong with the words, and what to do; nothing where they will do. Quick, and quotes nothing.
    pub fn weakness(words: &str) -> Option<(String, &'static str)> {
        let words = normalised(words);
        if words.chars().count() < SHORTEST {
            let problem = format!("is shorter than {SHORTEST} characters");
            return Some((problem, "four random words make a good one"));
        }
        let problem = "holds a character that cannot be typed".to_owned();
        let is_typed = !words.chars().any(char::is_control);
        (!is_typed).then_some((problem, "keep it on one line"))
    }

    /// The stretched bytes.
    pub(super) fn stretched(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Passphrase(…)")
    }
}

/// The words as the browser normalises them too.
fn normalised(words: &str) -> Zeroizing<String> {
    // Normalising can make a text three times as long; room for that keeps copies out of freed memory.
    let mut normalised = String::with_capacity(words.len() * 3);
    normalised.extend(words.nfc());
    let trimmed = Zeroizing::new(normalised.trim_matches([' ', '\t', '\r', '\n']).to_owned());
    normalised.zeroize();
    trimmed
}

#[cfg(test)]
impl Passphrase {
    /// A passphrase that took no time to stretch.
    pub(super) fn of_tests(byte: u8) -> Self {
        Self(Zeroizing::new([byte; 32]))
    }
}

#[cfg(test)]
mod tests {
    use super::{Passphrase, normalised};
    use crate::access::key::Key;
    use crate::access::link::Link;

    #[test]
    fn keyboards_and_blanks_do_not_matter() {
        assert_eq!(
            normalised(" Cafe\u{301} au  lait\t\r\n").as_str(),
            "Caf\u{e9} au  lait"
        );
        assert_eq!(normalised("\u{a0}x\u{feff}").as_str(), "\u{a0}x\u{feff}");
    }

    #[test]
    fn weak_words_are_refused_and_never_quoted() {
        let link = Link::numbered(&Key::of_tests(), "a", "b", 1);
        for refused in [
            "",
            "          ",
            "password1",
            "two\nlines of it",
            "ends with a bell\u{7}",
        ] {
            let problem = Passphrase::of(refused, &link).unwrap_err().to_string();
            assert!(
                refused.trim().is_empty() || !problem.contains(refused),
                "{problem}"
            );
        }
    }

    #[test]
    fn each_link_stretches_the_words_its_own_way() {
        let key = Key::of_tests();
        let [first, second] = [1, 2].map(|number| Link::numbered(&key, "a", "b", number));
        let stretched = |link| {
            *Passphrase::of("correct horse battery", link)
                .unwrap()
                .stretched()
        };
        assert_ne!(stretched(&first), stretched(&second));
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Passphrase::of_tests(7)), "Passphrase(…)");
    }
}
