//! The key of a site, from which every link and every seal is derived.
//!
//! The rule it guards: whoever has the key has every portal, so it is never printed, never readable by others, never in
//! the output and never in git. It is kept as 53 characters: the 32 bytes as `code` writes them.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::access::code;
use crate::diagnostic::Diagnostic;

/// The 32 secret bytes of a site.
pub struct Key {
    bytes: Zeroizing<[u8; Key::LENGTH]>,
    /// What HKDF extracts from them, once for all that is derived.
    extracted: Zeroizing<[u8; Key::LENGTH]>,
    notice: Option<Diagnostic>,
}

impl Key {
    const LENGTH: usize = 32;

    /// Whether `bytes` hold the key as it is kept in the file.
    pub fn stands_in(&self, bytes: &[u8]) -> bool {
        let written = self.written();
        bytes
            .windows(written.len())
            .any(|window| window == written.as_bytes())
    }

    /// Reads a key as [`Key::written`] writes it; nothing else is a key.
    pub(super) fn parse(text: &str) -> Option<Self> {
        code::decode_checked(text).map(Self::of)
    }

    fn of(bytes: Zeroizing<[u8; Self::LENGTH]>) -> Self {
        let (extracted, _) = Hkdf::<Sha256>::extract(None, &*bytes);
        Self {
            bytes,
            extracted: Zeroizing::new(extracted.into()),
            notice: None,
        }
    }

    /// Returns the key as it is kept in the file.
    pub(super) fn written(&self) -> Zeroizing<String> {
        code::encode_checked(&*self.bytes)
    }

    /// Makes a key from the system's randomness.
    pub fn make() -> Result<Self, Diagnostic> {
        let mut bytes = Zeroizing::new([0; Self::LENGTH]);
        getrandom::fill(&mut *bytes).map_err(|reason| {
            Diagnostic::error(format!(
                "cannot make a key: the system gives no randomness: {reason}"
            ))
        })?;
        Ok(Self::of(bytes))
    }

    /// Returns what the key file holds.
    pub fn file_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(64));
        bytes.extend_from_slice(self.written().as_bytes());
        bytes.push(b'\n');
        bytes
    }

    /// The same key, with something that the coach should know about it.
    pub(super) fn with_notice(self, notice: Option<Diagnostic>) -> Self {
        Self { notice, ..self }
    }

    /// What the coach should know about the key: that it is new, or that git may take it. A warning.
    pub fn notice(&self) -> Option<&Diagnostic> {
        self.notice.as_ref()
    }

    /// Returns a name for this key that says nothing about it, for locks and shards to compare.
    pub fn fingerprint(&self) -> String {
        let derived = self.derive("fingerprint/v1", &[]);
        code::encode(&derived[..10]).to_string()
    }

    /// Returns 32 bytes that depend on the key, `label` and `parts`, and reveal nothing about the key or other labels and parts.
    ///
    /// HKDF-SHA256 without salt; its info is `label` and each part, every one behind its length as four bytes, so that no two
    /// lists are the same bytes.
    pub fn derive(&self, label: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut derived = [0; 32];
        self.expand(label, parts, &mut derived);
        derived
    }

    /// Fills `derived` as [`Key::derive`] says.
    pub(super) fn expand(&self, label: &str, parts: &[&[u8]], derived: &mut [u8]) {
        let mut info = Vec::new();
        for part in [label.as_bytes()].iter().chain(parts) {
            let length = u32::try_from(part.len()).expect("no name is as long as 4 GiB");
            info.extend_from_slice(&length.to_be_bytes());
            info.extend_from_slice(part);
        }
        Hkdf::<Sha256>::from_prk(&*self.extracted)
            .expect("32 bytes are enough for HKDF")
            .expand(&info, derived)
            .expect("32 bytes are not too many for HKDF");
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key(…)")
    }
}

#[cfg(test)]
impl Key {
    /// A key that every test knows.
    pub(super) fn of_tests() -> Self {
        let bytes = std::array::from_fn(|index| u8::try_from(index).unwrap());
        Self::of(Zeroizing::new(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn no_two_lists_of_parts_give_the_same_bytes() {
        let key = Key::of_tests();
        let lists: [(&str, &[&[u8]]); 8] = [
            ("a", &[]),
            ("a", &[b""]),
            ("a", &[b"", b""]),
            ("a", &[b"bc"]),
            ("a", &[b"b", b"c"]),
            ("ab", &[b"c"]),
            ("abc", &[]),
            ("a", &[b"\0\0\0\x01b"]),
        ];
        let mut derived = lists.map(|(label, parts)| key.derive(label, parts));
        derived.sort_unstable();
        assert!(derived.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Key::of_tests()), "Key(…)");
    }

    #[test]
    fn fingerprint_stays() {
        assert_eq!(Key::of_tests().fingerprint(), "ty8nqpbav6gmsp3m");
        assert_eq!(
            Key::of_tests().written().as_str(),
            "000g40r40m30e209185gr38e1w8124gk2gahc5rr34d1p70x3rfgw"
        );
    }
}
