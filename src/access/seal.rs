//! The seal, format `v1`.
//!
//! The rule it guards: without the link's secret (and the passphrase, if there is one) the bytes reveal nothing but their length, and
//! that only roughly; and whoever has them cannot change a bit, or put one page in another's place, unnoticed.
//!
//! ```text
//! L          16 bytes   the link's secret, which its code spells; see link.rs
//! id         16 bytes   HKDF(L, salt = none, info = "path"), the page's path id
//! P          32 bytes   PBKDF2-HMAC-SHA256(passphrase in NFC, without blanks at its ends; salt = id; 600 000 rounds)
//! K                     L without a passphrase; else HKDF(L || P, salt = none, info = "passphrase"), 32 bytes
//!
//! aad        26 bytes   "loggia/v1" 0x00 || id
//! plaintext             length of the document, 4 bytes || the document in UTF-8 || zeros up to a size of `padded_size`
//! s          32 bytes   HMAC-SHA256(HKDF(K, salt = none, info = "siv-mac"), length of aad, 4 bytes || aad || plaintext)
//! key || iv  32 + 12    HKDF(K, salt = s, info = "enc")
//! sealed                0x01 || s || AES-256-GCM(key, iv, aad, plaintext) || tag, 16 bytes
//! ```
//!
//! HKDF is HKDF-SHA256, 32 bytes where no length is given; numbers come most significant byte first; 0x01 is the version. The sealed
//! bytes stand in base64 (RFC 4648, with padding) in the page's `<script type="text/plain" id="sealed">`, beside the path id in `data-id`
//! and, in `data-asks`, what the page asks for besides the code. The path id is in the address anyway; a forged one opens nothing.
//!
//! Key and iv follow from the plaintext, so the same content is the same bytes, and no pair of them ever seals two contents,
//! without a nonce that would have to be remembered. AES-GCM-SIV would do the same, but browsers do not have it.

use aes_gcm::aead::{Aead, AeadInOut, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::access::link::Link;
use crate::access::passphrase::Passphrase;

/// The first byte.
const VERSION: u8 = 1;

/// What the additional data starts with.
const LABEL: &[u8] = b"loggia/v1\0";

/// The least size of a plaintext. A portal of words, its style sheet and a few charts stays below it, so that most portals of a firm
/// have one size; sealed and in base64 it weighs 88 kB, less than one photograph.
const FLOOR: usize = 64 * 1024;

/// Bytes of the synthetic salt.
const SALT: usize = 32;

/// Returns `document`, sealed for `link`.
pub(super) fn seal(document: &str, link: &Link, passphrase: Option<&Passphrase>) -> Vec<u8> {
    let size = padded_size(4 + document.len());
    let mut plaintext = Zeroizing::new(Vec::with_capacity(size));
    plaintext.extend_from_slice(&length(document.as_bytes()));
    plaintext.extend_from_slice(document.as_bytes());
    plaintext.resize(size, 0);
    let additional = [LABEL, link.id_bytes()].concat();
    seal_padded(&plaintext, &additional, &root_of(link, passphrase))
}

/// Seals bytes of the right size under a root secret.
pub(super) fn seal_padded(plaintext: &[u8], additional: &[u8], root: &[u8]) -> Vec<u8> {
    let salt = synthetic_salt(plaintext, additional, root);
    let (cipher, nonce) = cipher_of(root, &salt);
    let mut sealed = Vec::with_capacity(1 + SALT + plaintext.len() + 16);
    sealed.push(VERSION);
    sealed.extend_from_slice(&salt);
    sealed.extend_from_slice(plaintext);
    let content = (&mut sealed[1 + SALT..]).into();
    let tag = cipher
        .encrypt_inout_detached(&nonce, additional, content)
        .expect("no page is as long as 64 GiB");
    sealed.extend_from_slice(&tag);
    sealed
}

/// Returns the document that `sealed` holds for `link`, if it holds one and not a bit of it was changed.
pub(super) fn unseal(
    sealed: &[u8],
    link: &Link,
    passphrase: Option<&Passphrase>,
) -> Option<String> {
    let additional = [LABEL, link.id_bytes()].concat();
    let opened = unsealed(sealed, &additional, &root_of(link, passphrase))?;
    let (length, rest) = opened.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (text, filling) = rest.split_at_checked(length)?;
    let is_whole = filling.iter().all(|byte| *byte == 0);
    String::from_utf8(text.to_vec()).ok().filter(|_| is_whole)
}

/// Opens bytes as [`seal_padded`] seals them.
pub(super) fn unsealed(
    sealed: &[u8],
    additional: &[u8],
    root: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let (version, rest) = sealed.split_first()?;
    let (salt, content) = rest.split_at_checked(SALT)?;
    let (cipher, nonce) = cipher_of(root, salt);
    let payload = Payload {
        msg: content,
        aad: additional,
    };
    let opened = Zeroizing::new(cipher.decrypt(&nonce, payload).ok()?);
    (*version == VERSION && synthetic_salt(&opened, additional, root) == salt).then_some(opened)
}

/// The secret below everything that seals one page: K of the format.
fn root_of(link: &Link, passphrase: Option<&Passphrase>) -> Zeroizing<Vec<u8>> {
    let Some(passphrase) = passphrase else {
        return Zeroizing::new(link.secret().to_vec());
    };
    let both = Zeroizing::new([link.secret().as_slice(), passphrase.stretched()].concat());
    let mut root = Zeroizing::new(vec![0; 32]);
    expand(&both, None, b"passphrase", &mut root);
    root
}

/// The salt that follows from everything that is sealed: s of the format.
fn synthetic_salt(plaintext: &[u8], additional: &[u8], root: &[u8]) -> [u8; SALT] {
    let mut key = Zeroizing::new([0; 32]);
    expand(root, None, b"siv-mac", &mut *key);
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(&*key).expect("HMAC takes a key of any length");
    mac.update(&length(additional));
    mac.update(additional);
    mac.update(plaintext);
    mac.finalize().into_bytes().into()
}

/// The cipher and the nonce for one salt.
fn cipher_of(
    root: &[u8],
    salt: &[u8],
) -> (
    Aes256Gcm,
    Nonce<<Aes256Gcm as aes_gcm::aead::AeadCore>::NonceSize>,
) {
    let mut derived = Zeroizing::new([0; 32 + 12]);
    expand(root, Some(salt), b"enc", &mut *derived);
    let (key, nonce) = derived.split_at(32);
    let cipher = Aes256Gcm::new_from_slice(key).expect("the key has 32 bytes");
    (
        cipher,
        Nonce::try_from(nonce).expect("the nonce has 12 bytes"),
    )
}

/// Fills `derived` by HKDF-SHA256.
fn expand(secret: &[u8], salt: Option<&[u8]>, info: &[u8], derived: &mut [u8]) {
    Hkdf::<Sha256>::new(salt, secret)
        .expand(info, derived)
        .expect("44 bytes are not too many for HKDF");
}

/// A length as four bytes.
fn length(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len())
        .expect("no page is as long as 4 GiB")
        .to_be_bytes()
}

/// The size to which `size` bytes are padded: Padmé over the floor.
///
/// Padmé keeps as many leading bits of a size as that size's exponent has bits, and so adds at most 12 %, here at most 3.2 %.
/// <https://petsymposium.org/popets/2019/popets-2019-0056.pdf>, section 4.
fn padded_size(size: usize) -> usize {
    let size = size.max(FLOOR);
    let exponent = size.ilog2();
    let free_bits = exponent - (exponent.ilog2() + 1);
    size.next_multiple_of(1 << free_bits)
}

#[cfg(test)]
mod tests {
    use super::{FLOOR, padded_size, root_of, seal, seal_padded, synthetic_salt, unseal, unsealed};
    use crate::access::key::Key;
    use crate::access::link::Link;
    use crate::access::passphrase::Passphrase;
    use proptest::prelude::ProptestConfig;
    use proptest::{prop_assert, prop_assert_eq, proptest};

    const ADDITIONAL: &[u8] = b"loggia/v1\0of the tests";

    fn link(number: u32) -> Link {
        Link::numbered(&Key::of_tests(), "nyah-adeyemi", "priya", number)
    }

    #[test]
    fn sealed_page_opens_with_its_own_link_alone() {
        let sealed = seal("<h1>Nyah – élan</h1>", &link(1), None);
        assert_eq!(
            unseal(&sealed, &link(1), None).unwrap(),
            "<h1>Nyah – élan</h1>"
        );
        assert!(unseal(&sealed, &link(2), None).is_none());
    }

    #[test]
    fn passphrase_is_needed_besides_the_link() {
        let [right, wrong] = [1, 2].map(Passphrase::of_tests);
        let sealed = seal("x", &link(1), Some(&right));
        assert_eq!(unseal(&sealed, &link(1), Some(&right)).unwrap(), "x");
        assert!(unseal(&sealed, &link(1), Some(&wrong)).is_none());
        assert!(unseal(&sealed, &link(1), None).is_none());
        assert!(unseal(&seal("x", &link(1), None), &link(1), Some(&right)).is_none());
    }

    #[test]
    fn page_in_another_pages_place_does_not_open() {
        // Not even if both had one secret: the path id is sealed with the content.
        let root = root_of(&link(1), None);
        let sealed = seal_padded(b"content", b"loggia/v1\0first", &root);
        assert!(unsealed(&sealed, b"loggia/v1\0first", &root).is_some());
        assert!(unsealed(&sealed, b"loggia/v1\0other", &root).is_none());
    }

    #[test]
    fn no_bit_can_be_changed_and_no_byte_lost() {
        let root = root_of(&link(1), None);
        let sealed = seal_padded(b"what only one reader may see", ADDITIONAL, &root);
        assert!(unsealed(&sealed, ADDITIONAL, &root).is_some());
        for place in 0..sealed.len() {
            for bit in 0..8 {
                let mut changed = sealed.clone();
                changed[place] ^= 1 << bit;
                assert!(
                    unsealed(&changed, ADDITIONAL, &root).is_none(),
                    "bit {bit} of byte {place}"
                );
            }
            assert!(unsealed(&sealed[..place], ADDITIONAL, &root).is_none());
            assert!(unsealed(&sealed[place + 1..], ADDITIONAL, &root).is_none());
        }
        assert!(unsealed(&[&sealed, &[0][..]].concat(), ADDITIONAL, &root).is_none());
    }

    #[test]
    fn salts_differ_with_everything_they_follow_from() {
        let salts = [
            synthetic_salt(b"plain", b"additional", b"root"),
            synthetic_salt(b"plain ", b"additional", b"root"),
            synthetic_salt(b"lplain", b"additiona", b"root"),
            synthetic_salt(b"plain", b"additional", b"boot"),
        ];
        for (index, salt) in salts.iter().enumerate() {
            assert!(!salts[..index].contains(salt));
        }
    }

    #[test]
    fn sizes_are_those_of_padme_over_the_floor() {
        let sizes = [
            (4, FLOOR),
            (65_536, 65_536),
            (65_537, 67_584),
            (67_585, 69_632),
            (100_000, 100_352),
            (131_071, 131_072),
            (131_073, 135_168),
            (1_000_000, 1_015_808),
        ];
        for (size, padded) in sizes {
            assert_eq!(padded_size(size), padded, "{size}");
            assert_eq!(padded_size(padded), padded, "{size}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn padding_is_small_and_never_negative(size in 4_usize..50_000_000) {
            let padded = padded_size(size);
            prop_assert!(padded >= size.max(FLOOR));
            prop_assert!(padded - size.max(FLOOR) <= size * 32 / 1000);
            prop_assert!(padded_size(size + 1) >= padded);
        }

        #[test]
        fn any_document_comes_back_and_seals_the_same_twice(text in "\\PC{0,200}", number in 0_u32..9) {
            let sealed = seal(&text, &link(number), None);
            prop_assert_eq!(&sealed, &seal(&text, &link(number), None));
            prop_assert_eq!(sealed.len(), 1 + 32 + FLOOR + 16);
            prop_assert_eq!(unseal(&sealed, &link(number), None).unwrap(), text);
        }
    }
}
