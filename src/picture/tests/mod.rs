//! What is promised of every picture, held against samples, against mutations of them, and against exiftool.

mod exiftool;
mod hidden;
mod mutated;
mod refused;

use std::io::Cursor;

use crate::engagement::picture::{Picture, PictureKind};
use crate::picture::clean;
use crate::picture::format::Format;
use crate::picture::problem::PictureProblem;
use crate::picture::samples::{
    CANARY, coded_in_parts, exif, plain, planted, png_chunk, sample, segment, webp_chunk, webp_file,
};

/// Whether `part` stands anywhere in `whole`.
fn holds(whole: &[u8], part: &[u8]) -> bool {
    whole.windows(part.len()).any(|window| window == part)
}

/// The bytes with more of them put in at `place`.
fn with(bytes: &[u8], place: usize, more: &[u8]) -> Vec<u8> {
    [&bytes[..place], more, &bytes[place..]].concat()
}

/// The picture that comes out of a file of this name.
#[track_caller]
fn cleaned(name: &str, bytes: &[u8]) -> Picture {
    clean(name, bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal}"))
}

#[test]
fn metadata_leaves_no_trace() {
    for (name, bytes) in plain() {
        let planted = planted(&bytes);
        let picture = cleaned(name, &planted);
        assert!(holds(&planted, CANARY));
        assert!(!holds(&picture.bytes, &CANARY[..6]), "{name}");
        assert_eq!(picture.bytes, cleaned(name, &bytes).bytes, "{name}");
        assert_eq!((picture.width, picture.height), (8, 6), "{name}");
    }
}

/// The kind that a name says.
fn kind(name: &str) -> PictureKind {
    match Format::named(name) {
        Some(Format::Shown(kind)) => kind,
        other => panic!("{name}: {other:?}"),
    }
}

/// What is seen of a picture, by a decoder.
fn pixels(name: &str, bytes: &[u8]) -> Vec<u8> {
    match kind(name) {
        PictureKind::Jpeg => jpeg_decoder::Decoder::new(bytes).decode().unwrap(),
        PictureKind::Png => {
            let mut decoder = png::Decoder::new(Cursor::new(bytes));
            decoder.set_transformations(png::Transformations::ALPHA | png::Transformations::EXPAND);
            let mut reader = decoder.read_info().unwrap();
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            let info = reader.next_frame(&mut pixels).unwrap();
            let samples = info.color_type.samples();
            let bytes = samples
                * if info.bit_depth == png::BitDepth::Sixteen {
                    2
                } else {
                    1
                };
            blackened(pixels, bytes, bytes / samples)
        }
        PictureKind::Webp => {
            let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).unwrap();
            let mut pixels = vec![0; decoder.output_buffer_size().unwrap()];
            decoder.read_image(&mut pixels).unwrap();
            if decoder.has_alpha() {
                pixels = blackened(pixels, 4, 1);
            }
            pixels
        }
    }
}

/// The pixels with those black of which nothing is seen.
fn blackened(mut pixels: Vec<u8>, bytes: usize, alpha: usize) -> Vec<u8> {
    for pixel in pixels.chunks_exact_mut(bytes) {
        if pixel[bytes - alpha..].iter().all(|byte| *byte == 0) {
            pixel.fill(0);
        }
    }
    pixels
}

#[test]
fn a_picture_looks_as_it_did() {
    for (name, bytes) in plain().into_iter().chain(coded_in_parts()) {
        let picture = cleaned(name, &bytes);
        assert_eq!(pixels(name, &picture.bytes), pixels(name, &bytes), "{name}");
        if picture.kind == PictureKind::Jpeg {
            // Nothing is coded again.
            assert_eq!(picture.bytes, bytes, "{name}");
        }
    }
}

#[test]
fn jpeg_and_png_keep_the_turn_and_nothing_else_of_exif() {
    for number in 1..=8u8 {
        let block = exif(number.into());
        let jpeg = with(
            &sample("baseline.jpg"),
            20,
            &segment(0xe1, &[b"Exif\0\0", &block[..]].concat()),
        );
        let png = with(&sample("alpha.png"), 33, &png_chunk(b"eXIf", &block));
        for (name, bytes, plain) in [
            ("a.jpg", jpeg, sample("baseline.jpg")),
            ("a.png", png, cleaned("a.png", &sample("alpha.png")).bytes),
        ] {
            let picture = cleaned(name, &bytes);
            let size = if number < 5 { (8, 6) } else { (6, 8) };
            assert_eq!((picture.width, picture.height), size);
            assert!(!holds(&picture.bytes, CANARY));
            let added = picture.bytes.len() - plain.len();
            assert_eq!(
                added,
                if number == 1 {
                    0
                } else if name == "a.jpg" {
                    36
                } else {
                    38
                }
            );
            let read =
                exif::Reader::new().read_from_container(&mut std::io::Cursor::new(&picture.bytes));
            let tags = read.map(|exif| {
                exif.fields()
                    .map(|field| (field.tag, field.value.get_uint(0)))
                    .collect::<Vec<_>>()
            });
            match number {
                1 => assert!(matches!(tags, Err(exif::Error::NotFound(_))), "{tags:?}"),
                _ => assert_eq!(
                    tags.unwrap(),
                    [(exif::Tag::Orientation, Some(number.into()))]
                ),
            }
        }
    }
}

#[test]
fn adobe_segment_keeps_its_transform_only() {
    let jpeg = sample("baseline.jpg");
    for (transform, kept) in [(0, 0), (1, 1), (2, 2), (b'N', 2)] {
        let adobe = [&b"Adobe\0\x65\xc0\0CA"[..], &[transform], b"NARY"].concat();
        let picture = cleaned("a.jpg", &with(&jpeg, 20, &segment(0xee, &adobe)));
        let expected = [&b"Adobe\0\x64\0\0\0\0"[..], &[kept]].concat();
        assert_eq!(picture.bytes, with(&jpeg, 20, &segment(0xee, &expected)));
    }
}

#[test]
fn what_decoders_pass_over_is_dropped() {
    let jpeg = sample("progressive.JPEG");
    let last_scan = jpeg
        .windows(2)
        .rposition(|pair| pair == [0xff, 0xda])
        .unwrap();
    let late_exif = segment(0xe1, &[b"Exif\0\0", &exif(6)[..]].concat());
    assert_eq!(
        cleaned("a.jpg", &with(&jpeg, last_scan, &late_exif)).bytes,
        jpeg
    );
    assert_eq!(
        cleaned("a.jpg", &with(&jpeg, last_scan, &[0xff, 0xff])).bytes,
        jpeg
    );
    let original = sample("alpha.png");
    let png = cleaned("a.png", &original).bytes;
    let late_gamma = with(&original, original.len() - 12, &png_chunk(b"gAMA", b"CANA"));
    assert_eq!(cleaned("a.png", &late_gamma).bytes, png);
    assert_eq!(
        cleaned("a.png", &with(&original, 33, &png_chunk(b"PLTE", CANARY))).bytes,
        png
    );
    assert_eq!(
        cleaned("a.png", &with(&original, 33, &png_chunk(b"tRNS", CANARY))).bytes,
        png
    );
    let webp = sample("lossless.webp");
    let chunks = [
        webp_chunk(b"VP8X", &[0x10, 0, 0, 0, 7, 0, 0, 5, 0, 0]),
        webp_chunk(b"ALPH", CANARY),
    ]
    .concat();
    assert_eq!(
        cleaned("a.webp", &webp_file(&[&chunks, &webp[12..]].concat())).bytes,
        cleaned("a.webp", &webp).bytes
    );
}

#[test]
fn pixels_of_a_png_become_one_chunk() {
    let png = sample("alpha.png");
    let data = &png[41..png.len() - 16];
    let (one, two) = data.split_at(data.len() / 3);
    let parts = [
        png_chunk(b"IDAT", one),
        png_chunk(b"IDAT", b""),
        png_chunk(b"IDAT", two),
        png_chunk(b"IEND", b""),
    ];
    assert_eq!(
        cleaned("a.png", &[&png[..33], &parts.concat()].concat()).bytes,
        cleaned("a.png", &png).bytes
    );
    let apart = [
        png_chunk(b"IDAT", one),
        png_chunk(b"tIME", CANARY),
        png_chunk(b"IDAT", two),
        png_chunk(b"IEND", b""),
    ];
    assert_eq!(
        clean("a.png", &[&png[..33], &apart.concat()].concat()).unwrap_err(),
        PictureProblem::Damaged("a part of it is malformed")
    );
}
