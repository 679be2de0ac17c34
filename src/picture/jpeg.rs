//! JPEG: the tables, the frame and the scans, up to the end of the first picture.
//!
//! Marker by marker, https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B. Of the application segments, only what tells
//! a decoder about colour is kept, and written anew. A colour profile is not: it names itself and its maker in words.

use crate::engagement::picture::{Picture, PictureKind};
use crate::picture::cursor::Cursor;
use crate::picture::orientation::Orientation;
use crate::picture::problem::PictureProblem;

// The markers, by their names in the specification.
const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const DQT: u8 = 0xdb;
const DHT: u8 = 0xc4;
const DRI: u8 = 0xdd;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP14: u8 = 0xee;

/// A JFIF segment that says nothing but that it is one: version 1.1, square pixels of no set size, no preview.
const JFIF: &[u8] = b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0";

/// Everything before the last byte of an Adobe segment: version 100, and no flags.
const ADOBE: &[u8] = b"Adobe\0\x64\0\0\0\0";

/// The words that Exif data begin with.
const EXIF: &[u8] = b"Exif\0\0";

/// A segment that does not follow the format: it could hold anything.
const MALFORMED: PictureProblem = PictureProblem::Damaged("a part of it is malformed");

/// What the segments before the pixels say that changes how these are seen.
#[derive(Default)]
struct Head {
    is_jfif: bool,
    adobe_transform: Option<u8>,
    orientation: Option<Orientation>,
}

/// Returns the picture that `bytes`, which begin like a JPEG, hold without its metadata.
pub(super) fn clean(bytes: &[u8]) -> Result<Picture, PictureProblem> {
    let mut file = Cursor::of(bytes);
    file.take(2)?;
    let mut head = Head::default();
    let mut body = Vec::new();
    let mut frame = None;
    let mut has_scan = false;
    loop {
        let marker = next_marker(&mut file)?;
        match marker {
            EOI => break,
            // Stray restart markers mean nothing outside a scan.
            0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let length = usize::from(file.u16_be()?);
        let segment = file.take(length.checked_sub(2).ok_or(MALFORMED)?)?;
        match marker {
            0xc0..=0xc2 if frame.is_none() => frame = Some(size_of_frame(segment)?),
            SOS if frame.is_some() && is_scan(segment) => has_scan = true,
            DQT if are_quantisers(segment) => {}
            DHT if are_codes(segment) => {}
            DRI if segment.len() == 2 => {}
            // Comments, arithmetic tables, the height again, and whatever a program left for itself.
            0xfe | 0xcc | 0xdc | 0xe0..=0xef => {
                if !has_scan {
                    head.heed(marker, segment);
                }
                continue;
            }
            0xc3 | 0xc5..=0xcf => {
                return Err(PictureProblem::Damaged(
                    "it is a kind of JPEG that browsers do not show",
                ));
            }
            _ => return Err(MALFORMED),
        }
        write_segment(&mut body, marker, segment);
        if marker == SOS {
            copy_scan(&mut file, &mut body)?;
        }
    }
    match frame {
        Some((width, height)) if has_scan => Ok(head.picture(&body, width, height)),
        _ => Err(PictureProblem::Damaged("it has no pixels")),
    }
}

impl Head {
    /// Takes note of what matters in an application segment. As decoders do: JFIF or not, the last word of Adobe's, the
    /// first of Exif's.
    fn heed(&mut self, marker: u8, segment: &[u8]) {
        match marker {
            APP0 if segment.len() >= JFIF.len() && segment.starts_with(b"JFIF\0") => {
                self.is_jfif = true;
            }
            APP1 if segment.starts_with(EXIF) => {
                self.orientation
                    .get_or_insert_with(|| Orientation::of_exif(segment));
            }
            APP14 if segment.starts_with(b"Adobe") => {
                // All that is not 0 or 1 means the same.
                self.adobe_transform = segment
                    .get(ADOBE.len())
                    .map(|transform| *transform.min(&2))
                    .or(self.adobe_transform);
            }
            _ => {}
        }
    }

    /// Writes the file.
    fn picture(&self, body: &[u8], width: u32, height: u32) -> Picture {
        let mut bytes = vec![0xff, SOI];
        if self.is_jfif {
            write_segment(&mut bytes, APP0, JFIF);
        }
        let orientation = self.orientation.unwrap_or(Orientation::UPRIGHT);
        if !orientation.is_upright() {
            write_segment(&mut bytes, APP1, &[EXIF, &orientation.exif()].concat());
        }
        if let Some(transform) = self.adobe_transform {
            write_segment(&mut bytes, APP14, &[ADOBE, &[transform]].concat());
        }
        bytes.extend(body);
        bytes.extend([0xff, EOI]);
        let (width, height) = orientation.turned(width, height);
        Picture {
            kind: PictureKind::Jpeg,
            bytes,
            width,
            height,
        }
    }
}

/// The next marker. Like decoders, it passes over what stands between two segments.
fn next_marker(file: &mut Cursor) -> Result<u8, PictureProblem> {
    loop {
        while file.byte()? != 0xff {}
        let mut marker = file.byte()?;
        while marker == 0xff {
            marker = file.byte()?;
        }
        if marker != 0 {
            return Ok(marker);
        }
    }
}

/// Width and height, of a frame header that says how many bits and components there are and no more.
fn size_of_frame(segment: &[u8]) -> Result<(u32, u32), PictureProblem> {
    let mut data = Cursor::of(segment);
    let depth = data.byte()?;
    let (height, width) = (u32::from(data.u16_be()?), u32::from(data.u16_be()?));
    let components = data.byte()?;
    if depth != 8
        || !matches!(components, 1 | 3 | 4)
        || data.rest().len() != 3 * usize::from(components)
    {
        return Err(MALFORMED);
    }
    PictureProblem::check_size(width, height)?;
    Ok((width, height))
}

/// Whether it is a scan header, with nothing more in it than its components.
fn is_scan(segment: &[u8]) -> bool {
    match segment {
        [components @ 1..=4, rest @ ..] => rest.len() == 2 * usize::from(*components) + 3,
        _ => false,
    }
}

/// Whether it is a row of whole quantisation tables.
fn are_quantisers(segment: &[u8]) -> bool {
    let mut rest = segment;
    while let [kind, values @ ..] = rest {
        let length = match kind {
            0x00..=0x03 => 64,
            0x10..=0x13 => 128,
            _ => return false,
        };
        let Some((_, after)) = values.split_at_checked(length) else {
            return false;
        };
        rest = after;
    }
    true
}

/// Whether it is a row of whole Huffman tables.
fn are_codes(segment: &[u8]) -> bool {
    let mut rest = segment;
    while let [kind, values @ ..] = rest {
        let Some((counts, symbols)) = values.split_first_chunk::<16>() else {
            return false;
        };
        let length = counts.iter().map(|count| usize::from(*count)).sum();
        let Some((_, after)) = symbols.split_at_checked(length) else {
            return false;
        };
        if !matches!(kind, 0x00..=0x03 | 0x10..=0x13) || length > 256 {
            return false;
        }
        rest = after;
    }
    true
}

/// Appends a segment with its marker and length.
fn write_segment(bytes: &mut Vec<u8>, marker: u8, segment: &[u8]) {
    let length = u16::try_from(segment.len() + 2)
        .expect("it was read with a length of two bytes, or is shorter");
    bytes.extend([0xff, marker]);
    bytes.extend(length.to_be_bytes());
    bytes.extend(segment);
}

/// Copies the coded pixels and restart markers that follow a scan header, up to the marker that ends them.
fn copy_scan(file: &mut Cursor, bytes: &mut Vec<u8>) -> Result<(), PictureProblem> {
    loop {
        let plain = file
            .rest()
            .iter()
            .position(|byte| *byte == 0xff)
            .ok_or(PictureProblem::CUT_OFF)?;
        bytes.extend(file.take(plain)?);
        // Any number of 0xff may fill up before a marker; none of them needs to be kept.
        let fill = file
            .rest()
            .iter()
            .position(|byte| *byte != 0xff)
            .ok_or(PictureProblem::CUT_OFF)?;
        match file.rest()[fill] {
            code @ (0x00 | 0xd0..=0xd7) => {
                file.take(fill + 1)?;
                bytes.extend([0xff, code]);
            }
            _ => return Ok(()),
        }
    }
}
