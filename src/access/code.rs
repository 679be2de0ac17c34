//! Secrets as people copy them: lower-case Crockford base32, with a check character where a person may mistype.
//!
//! The rule it guards: a mistyped code is published apart from a wrong one, and no character is used that a mail program drops.
//!
//! Bits are taken from the front, the last character is filled with zero bits, and only that filling is accepted. Crockford's
//! own check character (modulo 37) needs `*~$=u`, which linkifiers cut off. Ours stays in the 32 letters: each letter is a
//! number of the field GF(32) (modulo x^5 + x^2 + 1), and the check character is chosen so that, with `n` characters
//! `c` in all, the sum of `c[i] * x^(n-1-i)` is `x^n`. Powers of `x` differ from each other up to `x^30`, so every single wrong
//! character and every exchange of two characters less than 31 places apart is noticed, neighbours among them. The sum is
//! not zero, so that a row of zeros is not a code.

use data_encoding::{Encoding, Specification};
use zeroize::Zeroizing;

/// The letters of Crockford's base32: no `i`, `l`, `o`, which look like digits, and no `u`.
const LETTERS: &str = "0123456789abcdefghjkmnpqrstvwxyz";

/// Whether `text` is 128 bits in letters, as the id of a link is.
pub(super) fn is_id(text: &str) -> bool {
    text.len() == 26 && alphabet().decode(text.as_bytes()).is_ok()
}

/// Returns `bytes` in letters.
pub(super) fn encode(bytes: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(alphabet().encode(bytes))
}

/// Returns `bytes` in letters, with the check character behind them.
pub(super) fn encode_checked(bytes: &[u8]) -> Zeroizing<String> {
    // Room for the check character as well: a string that grows leaves a copy of the secret behind.
    let mut text = Zeroizing::new(String::with_capacity(
        alphabet().encode_len(bytes.len()) + 1,
    ));
    alphabet().encode_append(bytes, &mut text);
    let check = usize::from(times_x(sum(text.bytes())));
    text.push_str(&LETTERS[check..=check]);
    text
}

/// Returns the bytes behind `text`, which must be exactly as [`encode_checked`] writes them.
pub(super) fn decode_checked<const LENGTH: usize>(text: &str) -> Option<Zeroizing<[u8; LENGTH]>> {
    let is_written_so = text
        .bytes()
        .all(|letter| LETTERS.as_bytes().contains(&letter));
    if !is_written_so || text.len() != alphabet().encode_len(LENGTH) + 1 {
        return None;
    }
    let (letters, check) = text.split_at(text.len() - 1);
    let expected = usize::from(times_x(sum(letters.bytes())));
    if check != &LETTERS[expected..=expected] {
        return None;
    }
    let bytes = Zeroizing::new(alphabet().decode(letters.as_bytes()).ok()?);
    let mut fixed = Zeroizing::new([0; LENGTH]);
    fixed.copy_from_slice(&bytes);
    Some(fixed)
}

/// Returns what a person meant: lower case, no dashes or spaces, `o` read as `0`, `i` and `l` as `1`.
pub(super) fn tidy(text: &str) -> Zeroizing<String> {
    let mut tidy = Zeroizing::new(String::with_capacity(text.len()));
    for letter in text.chars() {
        match letter.to_ascii_lowercase() {
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            'o' => tidy.push('0'),
            'i' | 'l' => tidy.push('1'),
            letter if letter.is_whitespace() => {}
            letter => tidy.push(letter),
        }
    }
    tidy
}

/// The letters as an encoding that refuses bits beyond the last byte.
fn alphabet() -> Encoding {
    let mut specification = Specification::new();
    specification.symbols.push_str(LETTERS);
    specification
        .encoding()
        .expect("32 different ASCII letters are an encoding")
}

/// The weighted sum of `letters`, started at 1.
fn sum(letters: impl Iterator<Item = u8>) -> u8 {
    letters.fold(1, |sum, letter| {
        let value = LETTERS
            .bytes()
            .position(|known| known == letter)
            .unwrap_or_default();
        times_x(sum) ^ u8::try_from(value).unwrap_or_default()
    })
}

/// Multiplies by x in GF(32).
fn times_x(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0b10_0000 == 0 {
        shifted
    } else {
        shifted ^ 0b10_0101
    }
}

#[cfg(test)]
mod tests {
    use super::{LETTERS, decode_checked, encode, encode_checked, tidy, times_x};
    use proptest::prelude::any;
    use proptest::{prop_assert_eq, proptest};

    const EXAMPLE: [u8; 16] = [
        0, 17, 34, 51, 68, 85, 102, 119, 136, 153, 170, 187, 204, 221, 238, 255,
    ];

    #[test]
    fn sixteen_bytes_are_twenty_six_letters_and_a_check() {
        assert_eq!(encode(&EXAMPLE).len(), 26);
        assert_eq!(encode_checked(&EXAMPLE).len(), 27);
    }

    #[test]
    fn powers_of_x_all_differ() {
        let mut power = 1;
        let mut powers = Vec::new();
        for _ in 0..31 {
            powers.push(power);
            power = times_x(power);
        }
        assert_eq!(power, 1);
        powers.sort_unstable();
        assert_eq!(powers, (1..32).collect::<Vec<u8>>());
    }

    #[test]
    fn every_single_wrong_character_is_noticed() {
        for bytes in [[0; 16], [255; 16], EXAMPLE] {
            let code = encode_checked(&bytes);
            for place in 0..code.len() {
                for letter in LETTERS
                    .chars()
                    .filter(|letter| !code[place..].starts_with(*letter))
                {
                    let wrong = format!("{}{letter}{}", &code[..place], &code[place + 1..]);
                    assert!(decode_checked::<16>(&wrong).is_none(), "{wrong}");
                }
            }
        }
    }

    #[test]
    fn every_exchange_of_two_characters_is_noticed() {
        // The check is a sum of one term for each place, so the other 25 letters cancel out: all pairs of places and of
        // letters are covered by codes that are `0` elsewhere.
        for first in 0..26 {
            for second in first + 1..27 {
                for (left, right) in pairs() {
                    let mut places = [0; 27];
                    (places[first], places[second]) = (left, right);
                    let straight = weigh(&places);
                    places.swap(first, second);
                    assert_ne!(weigh(&places), straight);
                }
            }
        }
    }

    /// All pairs of different letter values.
    fn pairs() -> impl Iterator<Item = (u8, u8)> {
        (0..32)
            .flat_map(|left| (0..32).map(move |right| (left, right)))
            .filter(|(left, right)| left != right)
    }

    /// The sum over a whole code, check character included.
    fn weigh(places: &[u8]) -> u8 {
        super::sum(
            places
                .iter()
                .map(|value| LETTERS.as_bytes()[usize::from(*value)]),
        )
    }

    #[test]
    fn what_is_not_a_code_is_refused() {
        let code = encode_checked(&EXAMPLE);
        let zeros = "0".repeat(27);
        let upper = code.to_uppercase();
        let (short, long) = (&code[..26], format!("{}0", *code));
        for refused in [
            "",
            "0",
            &zeros,
            &upper,
            short,
            &long,
            "é".repeat(27).as_str(),
            "u00000000000000000000000000",
        ] {
            assert!(decode_checked::<16>(refused).is_none(), "{refused}");
        }
        assert!(decode_checked::<32>(&code).is_none());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(bytes in any::<[u8; 16]>(), key in any::<[u8; 32]>()) {
            prop_assert_eq!(*decode_checked::<16>(&encode_checked(&bytes)).unwrap(), bytes);
            prop_assert_eq!(*decode_checked::<32>(&encode_checked(&key)).unwrap(), key);
        }

        #[test]
        fn slips_that_cannot_mean_anything_else_are_mended(bytes in any::<[u8; 16]>(), every in 1_usize..9) {
            let code = encode_checked(&bytes);
            let mut copied = String::new();
            for (place, letter) in code.to_uppercase().chars().enumerate() {
                if place % every == 0 { copied.push_str(" -\n"); }
                copied.push(match letter { '0' => 'O', '1' if place % 2 == 0 => 'I', '1' => 'l', letter => letter });
            }
            prop_assert_eq!(tidy(&copied), code);
        }

        #[test]
        fn no_text_makes_reading_panic(text in ".{0,60}") {
            decode_checked::<16>(&tidy(&text));
            decode_checked::<32>(&text);
        }
    }
}
