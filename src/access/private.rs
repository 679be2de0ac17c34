//! Bytes that only this key opens, for what a build keeps for itself: closed as a page is, under a root of their own.

use crate::access::key::Key;
use crate::access::seal::{seal_padded, unsealed};

/// Closes `bytes`; `label` says what they are for, and the same bytes are closed to the same.
pub fn closed(key: &Key, label: &str, bytes: &[u8]) -> Vec<u8> {
    seal_padded(bytes, label.as_bytes(), &key.derive(label, &[]))
}

/// What [`closed`] closed with this key for this label, if not a bit of it was changed.
pub fn opened(key: &Key, label: &str, closed: &[u8]) -> Option<Vec<u8>> {
    let opened = unsealed(closed, label.as_bytes(), &key.derive(label, &[]))?;
    Some(opened.to_vec())
}

#[cfg(test)]
mod tests {
    use super::{closed, opened};
    use crate::access::key::Key;

    #[test]
    fn only_what_was_closed_so_opens() {
        let (key, other) = (Key::of_tests(), Key::make().unwrap());
        let made = closed(&key, "made", b"some words");
        assert_eq!(made, closed(&key, "made", b"some words"));
        assert!(!made.windows(4).any(|window| window == b"word"));
        assert_eq!(opened(&key, "made", &made).unwrap(), b"some words");
        assert_eq!(opened(&key, "others", &made), None);
        assert_eq!(opened(&other, "made", &made), None);
        for place in 0..made.len() {
            let mut damaged = made.clone();
            damaged[place] ^= 1;
            assert_eq!(opened(&key, "made", &damaged), None);
            assert_eq!(opened(&key, "made", &made[..place]), None);
        }
    }
}
