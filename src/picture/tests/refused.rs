//! What is refused, and in which words.

use crate::engagement::picture::PictureKind;
use crate::picture::clean;
use crate::picture::format::Format;
use crate::picture::limits::HEAVIEST;
use crate::picture::problem::PictureProblem;
use crate::picture::samples::{
    CANARY, exif, plain, png_chunk, sample, segment, webp_chunk, webp_file,
};
use crate::picture::tests::{cleaned, holds, with};

/// Why a file of this name is refused, as the coach reads it.
#[track_caller]
fn refused(name: &str, bytes: &[u8]) -> String {
    let refusal = clean(name, bytes).expect_err(name);
    format!("{refusal}; {}", refusal.hint())
}

#[test]
fn every_refusal_says_what_to_do() {
    let png = sample("alpha.png");
    let svg = b"\xef\xbb\xbf<?xml version='1.0'?><!-- CANARY --><svg onload='x()'/>";
    let save = "save it as PNG, JPEG or WebP";
    let again = "open it in a picture program, and save it again";
    let svg_text = "the picture is SVG, which can hold scripts and hidden text; export it as PNG, and show that";
    assert_eq!(refused("a.svg", svg), svg_text);
    assert_eq!(refused("a.png", svg), svg_text);
    assert_eq!(
        refused("a.gif", b"GIF89a"),
        format!("the picture is GIF, which no page shows; {save}")
    );
    assert_eq!(
        refused("a.heic", b"\0\0\0\x18ftypheic"),
        format!("the picture is HEIC, which no page shows; {save}")
    );
    assert_eq!(
        refused("a.pdf", b"%PDF"),
        format!("the file does not end in `.png`, `.jpg`, `.jpeg` or `.webp`; {save}")
    );
    assert_eq!(
        refused("a.jpg", &png),
        "the picture's name says JPEG, but it is PNG; let its name end in `.png`"
    );
    let heic = b"\0\0\0\x18ftypheic";
    assert_eq!(
        refused("a.jpg", heic),
        format!("the picture's name says JPEG, but it is HEIC; {save}")
    );
    assert_eq!(
        refused("a.jpg", b""),
        format!("the picture's name says JPEG, but it does not begin like one; {save}")
    );
    assert_eq!(
        refused("a.png", &png[..50]),
        format!("the picture is cut off or damaged: it ends too early; {again}"),
    );
    let animated = with(&png, 33, &png_chunk(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]));
    assert_eq!(
        refused("a.png", &animated),
        format!("the picture is animated; {save}, one picture only")
    );
    let frame = [&[0; 16][..], &sample("lossless.webp")[12..]].concat();
    let animated = [
        webp_chunk(b"VP8X", &[2, 0, 0, 0, 7, 0, 0, 5, 0, 0]),
        webp_chunk(b"ANIM", &[0; 6]),
        webp_chunk(b"ANMF", &frame),
    ];
    assert_eq!(
        clean("a.webp", &webp_file(&animated.concat())).unwrap_err(),
        PictureProblem::Animated
    );
}

#[test]
fn names_are_read_without_regard_to_case() {
    let jpeg = sample("baseline.jpg");
    for name in ["a.jpg", "A.JPEG", "files/x.y.Jpg"] {
        assert_eq!(cleaned(name, &jpeg).kind, PictureKind::Jpeg);
    }
    for name in ["jpg", "a.jpg.bak", "", "."] {
        assert_eq!(clean(name, &jpeg).unwrap_err(), PictureProblem::Unknown);
    }
    assert_eq!(
        clean("a.tiff", &jpeg).unwrap_err(),
        PictureProblem::Unshown(Format::Other("TIFF"))
    );
}

#[test]
fn turn_of_a_webp_is_refused() {
    let bytes = sample("lossy.webp");
    let header = webp_chunk(b"VP8X", &[8, 0, 0, 0, 7, 0, 0, 5, 0, 0]);
    let content = [&header, &bytes[12..], &webp_chunk(b"EXIF", &exif(6))].concat();
    assert_eq!(
        clean("a.webp", &webp_file(&content)).unwrap_err(),
        PictureProblem::Unturned
    );
}

#[test]
fn what_is_too_large_for_a_page_is_refused() {
    let sized = |width: u32, height: u32| {
        let header = [
            &width.to_be_bytes()[..],
            &height.to_be_bytes(),
            &[8, 6, 0, 0, 0],
        ]
        .concat();
        let png = sample("alpha.png");
        [&png[..8], &png_chunk(b"IHDR", &header), &png[33..]].concat()
    };
    let smaller = "make it smaller: 1600 pixels along the longer side fill a page";
    assert_eq!(
        refused("a.png", &sized(12_001, 1)),
        format!(
            "the picture measures 12001 by 1 pixels, and 40 megapixels or 12000 pixels a side is the most; {smaller}"
        ),
    );
    for (width, height) in [(8000, 5001), (u32::MAX, u32::MAX), (1, 12_001)] {
        assert_eq!(
            clean("a.png", &sized(width, height)).unwrap_err(),
            PictureProblem::TooLarge { width, height }
        );
    }
    // It holds fewer pixels than it says, but not too many.
    assert!(matches!(
        clean("a.png", &sized(8000, 5000)),
        Err(PictureProblem::Damaged(_))
    ));
    assert_eq!(
        clean("a.png", &sized(0, 1)).unwrap_err(),
        PictureProblem::Damaged("a part of it is malformed")
    );
    // Pixels without any order, which no code makes shorter.
    let mut state = 1u32;
    let mut noise = vec![0; 1100 * 1000 * 4];
    noise.fill_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0] | 1
    });
    let mut heavy = Vec::new();
    let mut encoder = png::Encoder::new(&mut heavy, 1100, 1000);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&noise).unwrap();
    writer.finish().unwrap();
    assert!(heavy.len() < HEAVIEST, "{}", heavy.len());
    clean("a.png", &heavy).unwrap();
}

#[test]
fn no_part_of_a_picture_is_a_picture() {
    for (name, bytes) in plain() {
        for end in 0..bytes.len() {
            let refusal = clean(name, &bytes[..end]).expect_err(name);
            assert!(
                matches!(
                    refusal,
                    PictureProblem::Damaged(_) | PictureProblem::Misnamed { held: None, .. }
                ),
                "{name} up to {end}: {refusal:?}"
            );
        }
    }
}

#[test]
fn bytes_in_place_of_a_colour_are_not_kept() {
    let png = sample("alpha.png");
    for (chunk, data) in [
        (b"sRGB", CANARY),
        (b"cICP", CANARY),
        (b"sRGB", &[4]),
        (b"gAMA", &[1]),
        (b"cHRM", &CANARY[..20]),
    ] {
        let planted = with(&png, 33, &png_chunk(chunk, data));
        if let Ok(picture) = clean("a.png", &planted) {
            assert_eq!(picture.bytes, cleaned("a.png", &png).bytes);
        }
    }
    // Numbers stay, and nothing behind them.
    let gamma = png_chunk(b"gAMA", &[0, 0, 0xb1, 0x8f]);
    let planted = png_chunk(b"gAMA", &[&[0, 0, 0xb1, 0x8f], CANARY].concat());
    assert!(holds(
        &cleaned("a.png", &with(&png, 33, &gamma)).bytes,
        &gamma
    ));
    assert!(!holds(
        &cleaned("a.png", &with(&png, 33, &planted)).bytes,
        CANARY
    ));
    assert_eq!(
        clean("a.png", &with(&png, 33, &png_chunk(b"CgBI", CANARY))).unwrap_err(),
        PictureProblem::Damaged("a part of it is malformed")
    );
    let jpeg = sample("baseline.jpg");
    for (marker, reason) in [
        (0xdb, "a part of it is malformed"),
        (0xc4, "a part of it is malformed"),
        (0xdd, "a part of it is malformed"),
        (0xda, "a part of it is malformed"),
        (0xc0, "a part of it is malformed"),
        (0xf7, "a part of it is malformed"),
        (0xc9, "it is a kind of JPEG that browsers do not show"),
    ] {
        assert_eq!(
            clean("a.jpg", &with(&jpeg, 20, &segment(marker, CANARY))).unwrap_err(),
            PictureProblem::Damaged(reason),
            "{marker:x}"
        );
    }
}

/// In what a file of these parts is damaged.
#[track_caller]
fn damage(name: &str, parts: &[&[u8]]) -> &'static str {
    match clean(name, &parts.concat()).expect_err(name) {
        PictureProblem::Damaged(what) => what,
        other => panic!("{name}: {other}"),
    }
}

#[test]
fn damaged_jpeg_and_webp_are_refused() {
    let jpeg = sample("baseline.jpg");
    let scan = jpeg.len() - jpeg.rsplit(|byte| *byte == 0xda).next().unwrap().len() - 2;
    let (head, pixels) = (&jpeg[..scan], &jpeg[scan + 14..]);
    let long_scan = segment(0xda, &[&jpeg[scan + 4..scan + 14], CANARY].concat());
    assert_eq!(
        damage("a.jpg", &[head, &long_scan, pixels]),
        "a part of it is malformed"
    );
    assert_eq!(damage("a.jpg", &[head, &[0xff, 0xd9]]), "it has no pixels");
    let canvas = webp_chunk(b"VP8X", &[0, 0, 0, 0, 8, 0, 0, 5, 0, 0]);
    let other_size = [&canvas, &sample("lossy.webp")[12..]].concat();
    assert_eq!(
        damage("a.webp", &[&webp_file(&other_size)]),
        "a part of it is malformed"
    );
    let pixels = webp_file(&webp_chunk(b"VP8 ", CANARY));
    for file in [webp_file(&canvas), pixels] {
        assert_eq!(damage("a.webp", &[&file]), "a part of it is malformed");
    }
}

#[test]
fn damaged_png_is_refused() {
    let mut unchecked = sample("alpha.png");
    unchecked[45] ^= 1;
    let malformed = "a part of it is malformed";
    assert_eq!(damage("a.png", &[&unchecked]), malformed);
    let png = sample("palette.png");
    let (header, palette, alpha, pixels) = (&png[..33], &png[33..57], &png[57..71], &png[71..]);
    let long_palette = png_chunk(b"PLTE", &[7; 3 * 5]);
    let no_pixels = [png_chunk(b"IDAT", b""), png_chunk(b"IEND", b"")].concat();
    assert_eq!(
        damage("a.png", &[header, &long_palette, alpha, pixels]),
        malformed
    );
    assert_eq!(
        damage("a.png", &[header, palette, palette, pixels]),
        malformed
    );
    assert_eq!(damage("a.png", &[header, pixels]), malformed);
    assert_eq!(
        damage("a.png", &[header, palette, alpha, &no_pixels]),
        malformed
    );
}
