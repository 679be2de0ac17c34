//! The key that opens answers, apart from the key that makes pages: `answers.key`, and what of it is public, `pulse/asking.pub`.
//!
//! The rule it guards: the secret is on the coach's machine only. It comes from no environment variable, and nothing that builds a site
//! opens its file: pages are made with the public key of each engagement, which stands in git.

use std::fmt;
use std::path::Path;

use data_encoding::BASE64URL_NOPAD;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable, Kem, Serializable};
use zeroize::Zeroizing;

use crate::access::key::Key;
use crate::access::key_file::ANSWERS;
use crate::diagnostic::Diagnostic;

/// What `pulse/asking.pub` begins with.
const KIND: &str = "loggia-answers-1 ";

/// The key that opens answers.
pub struct AnswersKey(Key);

impl AnswersKey {
    /// The name of the key file, beside `loggia.toml`.
    pub const FILE_NAME: &str = ANSWERS.name;

    /// Returns the key of the content folder, and makes one if there is none; refuses what [`Key::open_or_make`] refuses.
    pub fn open_or_make(content_dir: &Path, out_dir: Option<&Path>) -> Result<Self, Diagnostic> {
        ANSWERS.open_or_make(content_dir, out_dir).map(Self)
    }

    /// Returns the key of the content folder; one that is not there is an error that says what to do.
    pub fn open(content_dir: &Path) -> Result<Self, Diagnostic> {
        ANSWERS.open(content_dir, None).map(Self)
    }

    /// Returns the key of the content folder, if there is one.
    pub fn open_if_any(content_dir: &Path) -> Result<Option<Self>, Diagnostic> {
        if ANSWERS.exists(content_dir) {
            Self::open(content_dir).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Returns the keys that this one replaced, each with the name of its file.
    pub fn old_ones(content_dir: &Path) -> Result<Vec<(String, Self)>, Diagnostic> {
        let names = ANSWERS.names_of_old_ones(content_dir)?;
        let keys = ANSWERS.old_ones(content_dir)?.into_iter().map(Self);
        Ok(names.into_iter().zip(keys).collect())
    }

    /// Makes a key from the system's randomness, which is kept nowhere yet.
    pub fn make() -> Result<Self, Diagnostic> {
        Key::make().map(Self)
    }

    /// Returns what the key file holds.
    pub fn file_bytes(&self) -> Zeroizing<Vec<u8>> {
        self.0.file_bytes()
    }

    /// Refuses a key file beside the key, of this name, if git would take it.
    pub fn refuse_where_git_takes(content_dir: &Path, name: &str) -> Result<(), Diagnostic> {
        ANSWERS.refuse_where_git_takes(content_dir, name)
    }

    /// Returns a name for this key that says nothing about it.
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint()
    }

    /// What the coach should know about the key: that it is new, or that git may take it.
    pub fn notice(&self) -> Option<&Diagnostic> {
        self.0.notice()
    }

    /// Returns what is public of the key for one engagement, which is called by its oldest id.
    pub fn asking_key(&self, engagement: &str) -> AskingKey {
        AskingKey(self.pair(engagement).1)
    }

    /// Returns both keys of one engagement, as RFC 9180's DeriveKeyPair makes them.
    pub(super) fn pair(
        &self,
        engagement: &str,
    ) -> (
        <DhP256HkdfSha256 as Kem>::PrivateKey,
        <DhP256HkdfSha256 as Kem>::PublicKey,
    ) {
        let seed = Zeroizing::new(self.0.derive("answers/v1", &[engagement.as_bytes()]));
        DhP256HkdfSha256::derive_keypair(&*seed)
    }
}

impl fmt::Debug for AnswersKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AnswersKey(…)")
    }
}

/// What is public of the key that opens answers, for one engagement: a point of the curve P-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskingKey(<DhP256HkdfSha256 as Kem>::PublicKey);

impl AskingKey {
    /// Bytes of the point, uncompressed.
    pub const LENGTH: usize = 65;

    /// Returns the 65 bytes that an asking page seals answers to.
    pub fn bytes(&self) -> [u8; Self::LENGTH] {
        let mut bytes = [0; Self::LENGTH];
        self.0.write_exact(&mut bytes);
        bytes
    }

    /// Returns what `pulse/asking.pub` holds.
    pub fn text(&self) -> String {
        format!("{KIND}{}\n", BASE64URL_NOPAD.encode(&self.bytes()))
    }

    /// Reads what `pulse/asking.pub` holds; `shown` is where that file is, for messages.
    pub fn parse(text: &str, shown: &str) -> Result<Self, Diagnostic> {
        let key = text.strip_suffix('\n').and_then(|line| {
            let line = line.strip_suffix('\r').unwrap_or(line);
            let bytes = BASE64URL_NOPAD.decode(line.strip_prefix(KIND)?.as_bytes());
            point(&bytes.ok()?).map(Self)
        });
        key.ok_or_else(|| {
            Diagnostic::error("this file does not hold a key for asking pages")
                .in_file(shown)
                .with_hint("where `answers.key` is, run `loggia key answers`, which writes it anew")
        })
    }
}

/// A point of the curve as it is written uncompressed; nothing else is one.
pub(super) fn point(bytes: &[u8]) -> Option<<DhP256HkdfSha256 as Kem>::PublicKey> {
    // The other forms of SEC 1 are refused before the curve is asked: compressed points, and those that say their sign twice.
    if bytes.len() != AskingKey::LENGTH || bytes[0] != 4 {
        return None;
    }
    <DhP256HkdfSha256 as Kem>::PublicKey::from_bytes(bytes).ok()
}

#[cfg(test)]
impl AnswersKey {
    /// The key that a file of this text holds.
    pub(super) fn of_tests(written: &str) -> Self {
        Self(Key::parse(written).unwrap())
    }
}
