//! What holds of any bytes whatsoever.

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::sample::Index;
use proptest::test_runner::Config;
use proptest::{prop_assert_eq, proptest};

use crate::damage::{Damage, fuzz};
use crate::picture::clean;
use crate::picture::samples::{
    exif, plain, planted, png_chunk, sample, segment, webp_chunk, webp_file,
};
use crate::picture::tests::{cleaned, with};

/// Checks what holds of any bytes: no panic, and what comes out comes out of itself again.
fn check_any(name: &str, bytes: &[u8]) -> Result<(), proptest::test_runner::TestCaseError> {
    if let Ok(picture) = clean(name, bytes) {
        let again = cleaned(name, &picture.bytes);
        prop_assert_eq!((picture.width, picture.height), (again.width, again.height));
        prop_assert_eq!(picture.bytes, again.bytes);
    }
    Ok(())
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn damage_makes_no_panic(
        which: Index,
        is_planted: bool,
        edits in vec((any::<Index>(), any::<u8>(), 0u8..4), 0..8),
        end in proptest::option::of(any::<Index>()),
    ) {
        let (name, mut bytes) = plain().swap_remove(which.index(plain().len()));
        if is_planted {
            bytes = planted(&bytes);
        }
        for (place, value, edit) in edits {
            let place = place.index(bytes.len());
            match edit {
                0 => bytes.insert(place, value),
                1 if bytes.len() > 1 => drop(bytes.remove(place)),
                2 => bytes[place] ^= 1 << (value % 8),
                _ => bytes[place] = value,
            }
        }
        bytes.truncate(end.map_or(bytes.len(), |end| end.index(bytes.len() + 1)));
        check_any(name, &bytes)?;
    }

    #[test]
    fn chunks_of_anything_make_no_panic(
        header in vec(any::<u8>(), 13),
        chunks in vec((0usize..13, vec(any::<u8>(), 0..40)), 0..8),
        is_header_whole: bool,
    ) {
        let names: [&[u8; 4]; 13] = [
            b"IDAT", b"IDAT", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"cICP", b"eXIf", b"tEXt", b"IHDR", b"ABCD", b"IEND",
        ];
        let png = sample("palette.png");
        let first = if is_header_whole { png[8..33].to_vec() } else { png_chunk(b"IHDR", &header) };
        let chunks = chunks.iter().map(|(name, data)| png_chunk(names[*name], data)).collect::<Vec<_>>().concat();
        check_any("a.png", &[&png[..8], &first, &chunks, &png_chunk(b"IEND", b"")].concat())?;
    }

    #[test]
    fn segments_of_anything_make_no_panic(
        segments in vec((0usize..12, vec(any::<u8>(), 0..40)), 0..8),
        place: bool,
    ) {
        let markers = [0xdb, 0xc4, 0xc0, 0xda, 0xdd, 0xe0, 0xe1, 0xee, 0xfe, 0xc8, 0xd8, 0xd0];
        let jpeg = sample("progressive.JPEG");
        let more = segments.iter().map(|(marker, data)| segment(markers[*marker], data)).collect::<Vec<_>>().concat();
        let place = if place { 20 } else { jpeg.windows(2).rposition(|pair| pair == [0xff, 0xda]).unwrap() };
        check_any("a.jpg", &with(&jpeg, place, &more))?;
    }

    #[test]
    fn riff_of_anything_makes_no_panic(chunks in vec((0usize..7, vec(any::<u8>(), 0..40)), 0..6), last: Index) {
        let names: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"EXIF", b"XMP ", b"note"];
        let chunks = chunks.iter().map(|(name, data)| webp_chunk(names[*name], data)).collect::<Vec<_>>().concat();
        let plain = sample(["lossy.webp", "lossless.webp", "alpha.webp"][last.index(3)]);
        check_any("a.webp", &webp_file(&[&chunks, &plain[12..]].concat()))?;
    }

    #[test]
    fn exif_of_anything_makes_no_panic(edits in vec((any::<Index>(), any::<u8>()), 0..12), number in 0u16..10) {
        let mut block = exif(number);
        for (place, value) in edits {
            let place = place.index(block.len());
            block[place] = value;
        }
        check_any("a.png", &with(&sample("alpha.png"), 33, &png_chunk(b"eXIf", &block)))?;
    }
}

#[test]
fn whatever_comes_out_comes_out_of_itself_again() {
    let (names, mut samples): (Vec<_>, Vec<_>) = plain().into_iter().unzip();
    samples.extend(samples.clone().iter().map(|bytes| planted(bytes)));
    fuzz("picture", &samples, Damage::Once, |sample, bytes| {
        let name = names[sample % names.len()];
        check_any(name, bytes).map_err(|wrong| wrong.to_string())?;
        Ok(clean(name, bytes).is_ok())
    });
}
