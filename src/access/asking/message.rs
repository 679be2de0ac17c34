//! A sealed answer as it is sent, byte by byte.
//!
//! The rule it guards: a message opens with the private key of its engagement and the secret of its rater's link, both of them, and only
//! while not a bit of it is changed.
//!
//! ```text
//! head  = 0x01 || id || q                                                      17
//! enc   = 0x04 || X || Y, of a pair that was made for this message             65
//! ct    = Seal of HPKE (RFC 9180), mode_psk, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM: psk, psk_id = id,
//!         info = "loggia/answers/v1" 0x00 || head, no aad, sequence 0          960 + 16
//! check = SHA-256("loggia/answers/v1 check" 0x00 || head || enc || ct)         the first 4
//! ```
//! The check needs no key: it tells a message that was damaged on its way from one that was changed.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, PskBundle};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::access::asking::answers_key::{AnswersKey, point};

/// Bytes inside a message, whatever was answered.
pub(super) const PLAIN: usize = 960;

/// The id of an answer or of its questions, as it stands in a message.
pub type MessageId = [u8; 8];

/// Bytes of a message.
pub(super) const LENGTH: usize = HEAD + ENC + SEALED + CHECK;

/// Letters of a message: four for three bytes, with nothing left over.
pub const LETTERS: usize = LENGTH / 3 * 4;

const HEAD: usize = 17;
const ENC: usize = 65;
const SEALED: usize = PLAIN + 16;
const CHECK: usize = 4;

/// The version of what a message looks like, its first byte.
const VERSION: u8 = 1;

/// What stands before and behind the letters of a message.
const BEGIN: &str = "[loggia answers 1]";
pub(super) const END: &str = "[end]";

/// Letters of a line.
pub(super) const LINE: usize = 72;

/// A sealed answer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message(Box<[u8; LENGTH]>);

/// Why letters are no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// There are so many of them, and not all.
    Cut(usize),
    /// They are not as they were written.
    Damaged,
    /// They are of a version that is not known here.
    Version,
}

impl Message {
    /// Reads the letters of a message.
    pub(super) fn of_letters(letters: &[u8]) -> Result<Self, Unreadable> {
        if letters.len() < LETTERS {
            return Err(Unreadable::Cut(letters.len()));
        }
        let bytes = BASE64URL_NOPAD.decode(letters);
        let bytes = bytes.ok().and_then(|bytes| bytes.try_into().ok());
        let message = Self(bytes.ok_or(Unreadable::Damaged)?);
        if message.0[LENGTH - CHECK..] != message.check() {
            return Err(Unreadable::Damaged);
        }
        if message.0[0] != VERSION {
            return Err(Unreadable::Version);
        }
        Ok(message)
    }

    /// Returns the message as it is sent.
    pub fn armoured(&self) -> String {
        let letters = BASE64URL_NOPAD.encode(&*self.0);
        let mut text = format!("{BEGIN}\r\n");
        let mut rest = letters.as_str();
        while !rest.is_empty() {
            let (line, after) = rest.split_at(LINE.min(rest.len()));
            text.push_str(line);
            text.push_str("\r\n");
            rest = after;
        }
        text.push_str(END);
        text.push_str("\r\n");
        text
    }

    /// Whose answer to which round it is.
    pub fn id(&self) -> MessageId {
        self.part(1)
    }

    /// To which questions it is an answer.
    pub fn questions_id(&self) -> MessageId {
        self.part(9)
    }

    /// A hash of the whole message.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(*self.0).into()
    }

    fn part(&self, start: usize) -> MessageId {
        std::array::from_fn(|place| self.0[start + place])
    }

    fn check(&self) -> [u8; CHECK] {
        let mut hash = Sha256::new();
        hash.update(b"loggia/answers/v1 check\0");
        hash.update(&self.0[..LENGTH - CHECK]);
        let hash: [u8; 32] = hash.finalize().into();
        std::array::from_fn(|place| hash[place])
    }

    /// Opens the message of a rater of one engagement, which is called by its oldest id and whose link's secret is `psk`; nothing if it is
    /// not as that rater's page sealed it.
    pub fn opened(
        &self,
        key: &AnswersKey,
        engagement: &str,
        psk: &[u8; 32],
    ) -> Option<Zeroizing<Vec<u8>>> {
        let (secret, _) = key.pair(engagement);
        let (head, rest) = self.0.split_at(HEAD);
        let (enc, rest) = rest.split_at(ENC);
        point(enc)?;
        let enc = <DhP256HkdfSha256 as Kem>::EncappedKey::from_bytes(enc).ok()?;
        let info = [b"loggia/answers/v1\0", head].concat();
        let id = self.id();
        let mode = OpModeR::Psk(PskBundle::new(psk, &id).ok()?);
        let opened = hpke::single_shot_open::<AesGcm256, HkdfSha256, DhP256HkdfSha256>(
            &mode,
            &secret,
            &enc,
            &info,
            &rest[..SEALED],
            &[],
        );
        opened.ok().map(Zeroizing::new)
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Message(…)")
    }
}

#[cfg(test)]
impl Message {
    /// A message of these bytes, whatever they are.
    pub(super) fn of_tests(bytes: &[u8]) -> Self {
        Self(Box::new(bytes.try_into().unwrap()))
    }

    /// All its bytes.
    pub(super) fn bytes(&self) -> &[u8; LENGTH] {
        &self.0
    }
}
