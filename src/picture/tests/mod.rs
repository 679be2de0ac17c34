//! What is promised of every picture, held against samples, against mutations of them, and against exiftool.

mod exiftool;
mod mutated;
mod refused;

use crate::engagement::picture::Picture;
use crate::picture::clean;
use crate::picture::problem::PictureProblem;
use crate::picture::samples::{
    CANARY, exif, plain, planted, png_chunk, sample, segment, webp_chunk, webp_file,
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

#[test]
fn plain_pictures_stay_as_they_are() {
    for (name, bytes) in plain() {
        assert_eq!(cleaned(name, &bytes).bytes, bytes, "{name}");
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
            ("a.png", png, sample("alpha.png")),
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
    let png = sample("alpha.png");
    let late_gamma = with(&png, png.len() - 12, &png_chunk(b"gAMA", b"CANA"));
    assert_eq!(cleaned("a.png", &late_gamma).bytes, png);
    assert_eq!(
        cleaned("a.png", &with(&png, 33, &png_chunk(b"PLTE", CANARY))).bytes,
        png
    );
    assert_eq!(
        cleaned("a.png", &with(&png, 33, &png_chunk(b"tRNS", CANARY))).bytes,
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
        webp
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
        png
    );
    let apart = [
        png_chunk(b"IDAT", one),
        png_chunk(b"tIME", CANARY),
        png_chunk(b"IDAT", two),
        png_chunk(b"IEND", b""),
    ];
    assert_eq!(
        clean("a.png", &[&png[..33], &apart.concat()].concat()).unwrap_err(),
        PictureProblem::Damaged("its pixels stand in two places")
    );
}
