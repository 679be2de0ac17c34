//! What a program from outside finds in a cleaned picture.

use std::fs;
use std::process::Command;

use crate::picture::samples::{exif, plain, planted, png_chunk, sample, segment};
use crate::picture::tests::{cleaned, with};

/// What exiftool may find in a cleaned picture, group by group. All of it is about how the pixels are coded.
const FOUND: [&str; 41] = [
    "SourceFile",
    "ExifTool:ExifToolVersion",
    "File:FileType",
    "File:FileTypeExtension",
    "File:MIMEType",
    "File:ExifByteOrder",
    "File:ImageWidth",
    "File:ImageHeight",
    "File:EncodingProcess",
    "File:BitsPerSample",
    "File:ColorComponents",
    "File:YCbCrSubSampling",
    "JFIF:JFIFVersion",
    "JFIF:ResolutionUnit",
    "JFIF:XResolution",
    "JFIF:YResolution",
    "APP14:DCTEncodeVersion",
    "APP14:APP14Flags0",
    "APP14:APP14Flags1",
    "APP14:ColorTransform",
    "EXIF:Orientation",
    "PNG:ImageWidth",
    "PNG:ImageHeight",
    "PNG:BitDepth",
    "PNG:ColorType",
    "PNG:Compression",
    "PNG:Filter",
    "PNG:Interlace",
    "PNG:Palette",
    "PNG:Transparency",
    "RIFF:VP8Version",
    "RIFF:ImageWidth",
    "RIFF:ImageHeight",
    "RIFF:HorizontalScale",
    "RIFF:VerticalScale",
    "RIFF:AlphaIsUsed",
    "RIFF:WebP_Flags",
    "RIFF:AlphaPreprocessing",
    "RIFF:AlphaFiltering",
    "RIFF:AlphaCompression",
    "Composite:ImageSize",
];

/// The tags that exiftool finds in these bytes, or nothing where there is no exiftool.
fn tags(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> Option<Vec<String>> {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let arguments = [
        "-json",
        "-G0",
        "-a",
        "-u",
        "-U",
        "-ee",
        "--System:all",
        "--Composite:Megapixels",
    ];
    let output = Command::new("exiftool")
        .args(arguments)
        .arg(&path)
        .output()
        .ok()?;
    let found: Vec<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_slice(&output.stdout).unwrap();
    Some(
        found
            .into_iter()
            .flat_map(|file| file.into_iter().map(|(tag, _)| tag))
            .collect(),
    )
}

#[test]
fn exiftool_finds_how_the_pixels_are_coded_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let turned = with(
        &sample("baseline.jpg"),
        20,
        &segment(0xe1, &[b"Exif\0\0", &exif(6)[..]].concat()),
    );
    let turned_png = with(&sample("alpha.png"), 33, &png_chunk(b"eXIf", &exif(6)));
    let mut pictures = plain();
    pictures.extend([("turned.jpg", turned), ("turned.png", turned_png)]);
    for (name, bytes) in pictures {
        let planted = planted(&bytes);
        let Some(before) = tags(&folder, name, &planted) else {
            return;
        };
        assert!(
            before.iter().any(|tag| !FOUND.contains(&tag.as_str())),
            "nothing was planted in {name}"
        );
        for tag in tags(&folder, name, &cleaned(name, &planted).bytes).unwrap() {
            assert!(FOUND.contains(&tag.as_str()), "{name}: {tag}");
        }
    }
}
