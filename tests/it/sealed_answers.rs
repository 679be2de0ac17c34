//! Seals answers as an asking page does: the same bytes each time, and whatever bytes a test wants inside. The tests of `src` use it too.

use std::convert::Infallible;

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeS, PskBundle, Serializable};
use sha2::{Digest, Sha256};

/// With what a message is sealed.
#[derive(Clone)]
pub(crate) struct SealedWith {
    pub(crate) key: [u8; 65],
    pub(crate) psk: [u8; 32],
    pub(crate) id: [u8; 8],
    pub(crate) q: [u8; 8],
}

/// What a page puts into a message: time, ratings with follow-up as bytes, comment.
pub(crate) fn plain(time: u64, goals: &[(i8, u8)], comment: &str) -> Vec<u8> {
    let mut bytes = time.to_be_bytes()[2..].to_vec();
    bytes.push(u8::try_from(goals.len()).unwrap());
    for (rating, follow_up) in goals {
        bytes.extend([rating.cast_unsigned(), *follow_up]);
    }
    bytes.extend(u16::try_from(comment.len()).unwrap().to_be_bytes());
    bytes.extend(comment.as_bytes());
    bytes.resize(960, 0);
    bytes
}

/// The message that seals these bytes with a pair that follows from `seed`.
pub(crate) fn sealed(with: &SealedWith, plain: &[u8], seed: u8) -> Vec<u8> {
    let mut bytes = vec![1];
    bytes.extend(with.id);
    bytes.extend(with.q);
    let info = [b"loggia/answers/v1\0", &bytes[..]].concat();
    let mode = OpModeS::Psk(PskBundle::new(&with.psk, &with.id).unwrap());
    let key = <DhP256HkdfSha256 as Kem>::PublicKey::from_bytes(&with.key).unwrap();
    let (enc, ct) = hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, DhP256HkdfSha256>(
        &mode,
        &key,
        &info,
        plain,
        &[],
        &mut Same(seed),
    )
    .unwrap();
    bytes.extend(enc.to_bytes());
    bytes.extend(ct);
    checked(bytes)
}

/// These bytes with the check that fits them.
pub(crate) fn checked(mut bytes: Vec<u8>) -> Vec<u8> {
    let check = Sha256::digest([b"loggia/answers/v1 check\0", &bytes[..]].concat());
    bytes.extend(&check[..4]);
    bytes
}

/// Bytes that are no chance at all.
struct Same(u8);

impl TryRng for Same {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from(self.0))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from(self.0))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill(self.0);
        Ok(())
    }
}

impl TryCryptoRng for Same {}
