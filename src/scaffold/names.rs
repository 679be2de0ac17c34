//! Titles to ids and ids to names.

use unicode_normalization::UnicodeNormalization;

use crate::files::names::is_device;

/// An id made of a title is no longer than this: it shares its file's name with a number or a date.
const LONGEST: usize = 48;

/// Whether no folder can have this id on Windows, which keeps it for a device.
pub fn is_kept_by_windows(id: &str) -> bool {
    is_device(id)
}

/// Lower-case words joined by hyphens, made of what a person wrote; nothing if it holds no letter that an id may hold.
pub fn slug(title: &str) -> Option<String> {
    let mut slug = String::new();
    for letter in title.nfkd().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if is_between_words(letter) && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    if slug.len() > LONGEST {
        slug.truncate(LONGEST);
        let end = slug.rfind('-').unwrap_or(LONGEST);
        slug.truncate(end);
    }
    let slug = slug.trim_end_matches('-').to_owned();
    (!slug.is_empty()).then_some(slug)
}

/// Accents and apostrophes stand inside a word.
fn is_between_words(letter: char) -> bool {
    !letter.is_alphanumeric() && !matches!(letter, '\'' | '\u{2019}' | '\u{300}'..='\u{36f}')
}

/// A name as people say it, made of an id.
pub fn spoken(id: &str) -> String {
    let words = id.split('-').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{slug, spoken};

    #[test]
    fn ids_are_made_of_titles() {
        for (title, id) in [
            ("Concise in the room", "concise-in-the-room"),
            ("  Say “no” – upwards!", "say-no-upwards"),
            ("Don't rush", "dont-rush"),
            ("Écouter d’abord", "ecouter-dabord"),
            ("360", "360"),
        ] {
            assert_eq!(slug(title).as_deref(), Some(id), "{title}");
        }
        assert_eq!(slug("会议"), None);
        assert_eq!(slug("—"), None);
        let long = slug(&"a word and ".repeat(20)).unwrap();
        assert!(
            long.len() <= super::LONGEST && long.ends_with("-a"),
            "{long}"
        );
    }

    #[test]
    fn names_are_made_of_ids() {
        assert_eq!(spoken("nyah-adeyemi"), "Nyah Adeyemi");
    }
}
