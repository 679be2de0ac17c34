//! What is hidden in the coded pixels themselves: two files that look alike become the same bytes.

use png::{BitDepth, ColorType, Encoder};

use crate::engagement::picture::Picture;
use crate::picture::clean;
use crate::picture::problem::PictureProblem;
use crate::picture::samples::{
    CANARY, coded_in_parts, plain, png_chunk, sample, segment, webp_chunk, webp_file,
};
use crate::picture::tests::{cleaned, holds, pixels, with};

/// How a PNG stores its pixels.
#[derive(Clone, Copy)]
struct Kind {
    colour: ColorType,
    depth: BitDepth,
}

/// A PNG of eight pixels a line.
fn png(kind: Kind, palette: &[u8], lines: &[u8]) -> Vec<u8> {
    let bits = kind.colour.samples() * kind.depth as usize * 8;
    let height = lines.len() * 8 / bits;
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 8, height as u32);
    encoder.set_color(kind.colour);
    encoder.set_depth(kind.depth);
    if kind.colour == ColorType::Indexed {
        encoder.set_palette(palette);
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(lines).unwrap();
    writer.finish().unwrap();
    bytes
}

/// The same PNG with another size in its header: what is coded stays.
fn resized(bytes: &[u8], width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes(), &height.to_be_bytes(), &bytes[24..29]].concat();
    [&bytes[..8], &png_chunk(b"IHDR", &header), &bytes[33..]].concat()
}

const GREY: Kind = Kind {
    colour: ColorType::Grayscale,
    depth: BitDepth::Eight,
};

#[test]
fn rows_below_a_png_are_dropped() {
    let lines: Vec<u8> = (0..8 * 12u32)
        .map(|place| (place * 3 % 251) as u8)
        .collect();
    let whole = cleaned("a.png", &png(GREY, &[], &lines[..8 * 6]));
    for below in [&lines[8 * 6..], &[0; 8 * 6], &CANARY[..16]] {
        let taller = png(GREY, &[], &[&lines[..8 * 6], below].concat());
        let cut = cleaned("a.png", &resized(&taller, 8, 6));
        assert_eq!(cut.bytes, whole.bytes);
    }
}

#[test]
fn bytes_behind_the_coded_pixels_of_a_png_are_dropped() {
    for name in ["alpha.png", "palette.png"] {
        let original = sample(name);
        let place = original
            .windows(4)
            .position(|part| part == b"IDAT")
            .unwrap();
        let data = &original[place + 4..original.len() - 16];
        for hidden in [CANARY, data] {
            let longer = [
                &original[..place - 4],
                &png_chunk(b"IDAT", &[data, hidden].concat()),
                &png_chunk(b"IEND", b""),
            ];
            assert_eq!(
                cleaned(name, &longer.concat()).bytes,
                cleaned(name, &original).bytes
            );
        }
    }
}

#[test]
fn what_was_erased_and_colours_that_nobody_sees_are_dropped() {
    for (colour, depth, pixel) in [
        (ColorType::Rgba, BitDepth::Eight, 4),
        (ColorType::Rgba, BitDepth::Sixteen, 8),
        (ColorType::GrayscaleAlpha, BitDepth::Eight, 2),
        (ColorType::GrayscaleAlpha, BitDepth::Sixteen, 4),
    ] {
        let kind = Kind { colour, depth };
        let alpha = if depth == BitDepth::Sixteen { 2 } else { 1 };
        let picture = |erased: u8| {
            let mut lines = vec![7; 8 * 3 * pixel];
            for pixel in lines.chunks_exact_mut(pixel).step_by(2) {
                pixel.fill(erased);
                let colours = pixel.len() - alpha;
                pixel[colours..].fill(0);
            }
            cleaned("a.png", &png(kind, &[], &lines)).bytes
        };
        assert_eq!(picture(0), picture(201));
    }
    let indexed = |depth| Kind {
        colour: ColorType::Indexed,
        depth,
    };
    // The second colour is in no pixel.
    let picture = |unseen: u8| {
        let palette = [1, 2, 3, unseen, unseen, unseen, 7, 8, 9];
        let picture = png(
            indexed(BitDepth::Eight),
            &palette,
            &[0, 2, 2, 0, 0, 2, 0, 0],
        );
        cleaned("a.png", &picture).bytes
    };
    assert_eq!(picture(0), picture(99));
    // Three pixels of two bits leave two bits of a byte that show nothing.
    let picture = |rest: u8| {
        let picture = png(indexed(BitDepth::Two), &[9; 12], &[0b0110_1100 | rest, 0]);
        cleaned("a.png", &resized(&picture, 3, 1)).bytes
    };
    assert_eq!(picture(0), picture(3));
}

#[test]
fn bytes_behind_the_coded_pixels_of_a_webp_are_dropped() {
    for (name, bytes) in plain()
        .into_iter()
        .filter(|(name, _)| name.ends_with("webp"))
    {
        let (mut rest, mut chunks) = (&bytes[12..], Vec::new());
        while let Some((head, after)) = rest.split_first_chunk::<8>() {
            let length = u32::from_le_bytes(*head.last_chunk().unwrap()) as usize;
            let data = &after[..length];
            let is_pixels = matches!(&head[..4], b"VP8 " | b"VP8L");
            let hidden = if is_pixels { CANARY } else { b"" };
            chunks.extend(webp_chunk(&head[..4], &[data, hidden].concat()));
            rest = &after[length + length % 2..];
        }
        let longer = cleaned(name, &webp_file(&chunks));
        assert_eq!(longer.bytes, cleaned(name, &bytes).bytes, "{name}");
    }
}

/// The JPEG samples.
fn jpegs() -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    let plain = plain().into_iter().filter(|(_, bytes)| bytes[0] == 0xff);
    plain.chain(coded_in_parts())
}

/// Where a part of these two bytes begins, each time.
fn places(bytes: &[u8], part: [u8; 2]) -> Vec<usize> {
    let places = 0..bytes.len() - 1;
    places
        .filter(|place| bytes[*place..].starts_with(&part))
        .collect()
}

/// Where the coded pixels of each scan end.
fn ends(bytes: &[u8]) -> Vec<usize> {
    let scans = places(bytes, [0xff, 0xda]);
    let end = |scan: &usize| {
        let is_end = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7);
        scan + 2 + bytes[scan + 2..].windows(2).position(is_end).unwrap()
    };
    scans.iter().map(end).collect()
}

#[test]
fn bytes_behind_the_coded_pixels_of_a_jpeg_are_dropped() {
    for (name, bytes) in jpegs() {
        for end in ends(&bytes) {
            for hidden in [
                CANARY,
                b"\x07",
                b"\xff\xd0later\xff\x00\xff\xd1",
                b"\xff\xff",
            ] {
                let picture = cleaned(name, &with(&bytes, end, hidden));
                assert_eq!(picture.bytes, bytes, "{name} {end}");
            }
        }
    }
    // Before a restart, too.
    let restarts = sample_of("restarts.jpg");
    let place = places(&restarts, [0xff, 0xd0])[0];
    assert_eq!(
        cleaned("a.jpg", &with(&restarts, place, CANARY)).bytes,
        restarts
    );
}

fn sample_of(name: &str) -> Vec<u8> {
    let found = jpegs().find(|(other, _)| *other == name);
    found.unwrap().1
}

/// The same JPEG with another height in its header.
fn lowered(bytes: &[u8], height: u8) -> Vec<u8> {
    let mut lowered = bytes.to_vec();
    let frames = [0xc0, 0xc1, 0xc2].map(|marker| places(bytes, [0xff, marker]));
    let frame = frames.concat()[0];
    lowered[frame + 5..frame + 7].copy_from_slice(&[0, height]);
    lowered
}

#[test]
fn the_lower_half_of_a_jpeg_is_dropped() {
    let baseline = sample_of("restarts.jpg");
    let upper = lowered(&baseline, 16);
    let picture = cleaned("a.jpg", &upper);
    assert_eq!(pixels("a.jpg", &picture.bytes), pixels("a.jpg", &upper));
    assert!(picture.bytes.len() + 50 < upper.len());
    // Whatever stands where the lower half is coded, the file is the same.
    let end = *ends(&upper).last().unwrap();
    for lost in [10, 30, 50] {
        let mut other = upper.clone();
        other[end - lost..end].fill(0x55);
        assert_eq!(cleaned("a.jpg", &other).bytes, picture.bytes);
    }
    // Of a progressive picture each scan has a lower half, which is one line of units that were to follow.
    let grey = sample_of("progressive.JPEG");
    let refined = sample_of("refined.jpg");
    for (bytes, height) in [(grey, 5), (refined, 28)] {
        let same = cleaned("a.jpg", &lowered(&bytes, height));
        assert_eq!(same.height, u32::from(height));
    }
}

#[test]
fn the_last_bits_of_a_jpeg_and_tables_without_use_are_dropped() {
    let bytes = sample_of("baseline.jpg");
    // The last byte of the coded pixels ends with bits that fill it up.
    let last = bytes.len() - 3;
    let free = bytes[last].trailing_ones();
    assert!(free > 0);
    for bits in 0..free {
        let mut other = bytes.clone();
        other[last] &= !(1 << bits);
        let picture = clean("a.jpg", &other).map(|picture: Picture| picture.bytes);
        // A one that does not fill up makes other pixels.
        if pixels("a.jpg", &other) == pixels("a.jpg", &bytes) {
            assert_eq!(picture.unwrap(), bytes);
        }
    }
    let quantisers = segment(0xdb, &[&[3][..], CANARY, &[0; 64]].concat()[..65]);
    let codes = segment(
        0xc4,
        &[
            &[0x13, 0, 0, 0, 0, 0, 0, 0, CANARY.len() as u8][..],
            &[0; 8],
            CANARY,
        ]
        .concat(),
    );
    for table in [quantisers, codes] {
        assert!(holds(&table, CANARY));
        assert_eq!(cleaned("a.jpg", &with(&bytes, 20, &table)).bytes, bytes);
    }
}

#[test]
fn a_second_picture_behind_the_first_is_refused() {
    for (name, bytes) in jpegs() {
        let scans = places(&bytes, [0xff, 0xda]);
        let (first, end) = (scans[0], ends(&bytes)[0]);
        let again = with(&bytes, end, &bytes[first..end]);
        assert_eq!(
            clean(name, &again).unwrap_err(),
            PictureProblem::Damaged("its pixels are coded twice"),
            "{name}"
        );
    }
}
