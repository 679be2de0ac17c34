//! Names of files that not every system can keep, or tell from another.

use unicode_normalization::UnicodeNormalization;

/// What Windows takes for a device, whatever ending stands behind it ("Naming Files, Paths, and Namespaces", Microsoft Learn).
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Whether Windows takes a file or folder of this name for a device: `aux`, `CON.png`, `com1.txt`.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end_matches(' ').to_ascii_lowercase();
    let numbered = ["com", "lpt"]
        .iter()
        .find_map(|port| stem.strip_prefix(port));
    let is_number = |rest: &str| {
        let mut letters = rest.chars();
        let first = letters.next();
        first.is_some_and(|first| matches!(first, '1'..='9' | '¹' | '²' | '³'))
            && letters.next().is_none()
    };
    DEVICES.contains(&&*stem) || numbered.is_some_and(is_number)
}

/// A name as Windows and macOS compare it: in one letter case, and in one form of Unicode.
pub fn folded(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::{folded, is_device};

    #[test]
    fn devices_are_known_in_any_case_and_with_any_ending() {
        for name in [
            "con",
            "CON",
            "Aux.png",
            "nul.tar.gz",
            "com1",
            "LPT9.md",
            "com¹",
            "prn .txt",
        ] {
            assert!(is_device(name), "{name}");
        }
        for name in [
            "conrad",
            "icon",
            "com",
            "com0",
            "com10",
            "auxiliary.png",
            "1-con.md",
            "lpt",
            "nula",
        ] {
            assert!(!is_device(name), "{name}");
        }
    }

    #[test]
    fn names_that_differ_by_case_or_form_alone_are_one() {
        assert_eq!(folded("Plan.PNG"), folded("plan.png"));
        assert_eq!(folded("Ma\u{308}rz.png"), folded("m\u{e4}rz.png"));
        assert_ne!(folded("plan.png"), folded("plans.png"));
    }
}
