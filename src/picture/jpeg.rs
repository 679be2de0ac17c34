//! JPEG: the tables, the frame and the scans, up to the end of the first picture.
//!
//! Marker by marker, https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annex B. Of the application segments, only what tells
//! a decoder about colour is kept, and written anew. A colour profile is not: it names itself and its maker in words. The coded
//! pixels are kept as they are, since coding them again would cost some of what is seen; `scan` finds out how far they are seen.

mod bits;
mod scan;

use crate::engagement::picture::{Picture, PictureKind};
use crate::picture::cursor::Cursor;
use crate::picture::jpeg::bits::Codes;
use crate::picture::jpeg::scan::{Frame, Tables};
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

/// A table that a scan needs and nobody gave.
const MISSING: PictureProblem = PictureProblem::Damaged("a part of it is missing");

/// What the segments before the pixels say that changes how these are seen.
#[derive(Default)]
struct Head {
    is_jfif: bool,
    adobe_transform: Option<u8>,
    orientation: Option<Orientation>,
}

/// What was read so far, and what of it is written.
#[derive(Default)]
struct Body {
    frame: Option<Frame>,
    is_frame_written: bool,
    /// The tables in the order in which they were given, each at most once.
    tables: Vec<Table>,
    /// After how many units the coding starts anew.
    interval: u16,
    written_interval: u16,
    has_scan: bool,
    bytes: Vec<u8>,
}

/// A table of a `DQT` or `DHT` segment, which is written once a scan needs it.
struct Table {
    marker: u8,
    /// Its kind and number, as the segment has them.
    kind: u8,
    values: Vec<u8>,
    is_written: bool,
}

/// Returns the picture that `bytes`, which begin like a JPEG, hold without its metadata.
pub(super) fn clean(bytes: &[u8]) -> Result<Picture, PictureProblem> {
    let mut file = Cursor::of(bytes);
    file.take(2)?;
    let mut head = Head::default();
    let mut body = Body::default();
    loop {
        let marker = next_marker(&mut file)?;
        match marker {
            EOI => break,
            // Stray restart markers mean nothing outside a scan.
            0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let length = usize::from(file.u16_be()?);
        let segment = file.take(length.checked_sub(2).ok_or(PictureProblem::MALFORMED)?)?;
        match marker {
            0xc0..=0xc2 if body.frame.is_none() => {
                body.frame = Some(Frame::of(marker, segment)?);
            }
            SOS => file = Cursor::of(body.scan(segment, file.rest())?),
            DQT | DHT => body.define(marker, segment)?,
            DRI => {
                body.interval =
                    u16::from_be_bytes(segment.try_into().map_err(|_| PictureProblem::MALFORMED)?);
            }
            // Comments, arithmetic tables, the height again, and whatever a program left for itself.
            0xfe | 0xcc | 0xdc | 0xe0..=0xef => {
                if !body.has_scan {
                    head.heed(marker, segment);
                }
            }
            0xc3 | 0xc5..=0xcf => {
                return Err(PictureProblem::Damaged(
                    "it is a kind of JPEG that browsers do not show",
                ));
            }
            _ => return Err(PictureProblem::MALFORMED),
        }
    }
    match body.frame {
        Some(frame) if body.has_scan => Ok(head.picture(&body.bytes, frame.width, frame.height)),
        _ => Err(PictureProblem::Damaged("it has no pixels")),
    }
}

impl Body {
    /// Takes the tables of a segment, each in the place of an earlier one of its kind and number.
    fn define(&mut self, marker: u8, segment: &[u8]) -> Result<(), PictureProblem> {
        let mut rest = segment;
        while let [kind, values @ ..] = rest {
            let length = match (marker, kind) {
                (DQT, 0x00..=0x03) => 64,
                (DQT, 0x10..=0x13) => 128,
                (DHT, 0x00..=0x03 | 0x10..=0x13) => {
                    let counts = values
                        .first_chunk::<16>()
                        .ok_or(PictureProblem::MALFORMED)?;
                    let symbols: usize = counts.iter().map(|count| usize::from(*count)).sum();
                    if symbols > 256 {
                        return Err(PictureProblem::MALFORMED);
                    }
                    16 + symbols
                }
                _ => return Err(PictureProblem::MALFORMED),
            };
            let (values, after) = values
                .split_at_checked(length)
                .ok_or(PictureProblem::MALFORMED)?;
            self.tables.retain(|table| !table.is(marker, *kind));
            self.tables.push(Table {
                marker,
                kind: *kind,
                values: values.to_vec(),
                is_written: false,
            });
            rest = after;
        }
        Ok(())
    }

    /// Takes a scan, with the tables that it needs before it. Returns what stands behind its coded pixels.
    fn scan<'a>(&mut self, segment: &[u8], coded: &'a [u8]) -> Result<&'a [u8], PictureProblem> {
        let frame = self.frame.as_mut().ok_or(PictureProblem::MALFORMED)?;
        let scan = frame.scan(segment)?;
        for number in frame.new_quantisers(&scan) {
            // The numbers of a table have one byte each or two.
            let is_meant = |table: &Table| table.marker == DQT && table.kind & 15 == number;
            let table = self.tables.iter_mut().rfind(|table| is_meant(table));
            table.ok_or(MISSING)?.write(&mut self.bytes);
        }
        if !self.is_frame_written {
            write_segment(&mut self.bytes, frame.marker, &frame.header);
            self.is_frame_written = true;
        }
        let (dc, ac) = scan.tables();
        let mut codes = |number: &Option<u8>, class: u8| {
            let Some(number) = number else {
                return Ok(None);
            };
            let table = self
                .tables
                .iter_mut()
                .find(|table| table.is(DHT, class | number));
            let table = table.ok_or(MISSING)?;
            table.write(&mut self.bytes);
            Codes::of(&table.values).map(Some)
        };
        let mut tables = Tables::default();
        for (dc, ac) in dc.iter().zip(&ac) {
            tables.dc.push(codes(dc, 0x00)?);
            tables.ac.push(codes(ac, 0x10)?);
        }
        if self.interval != self.written_interval {
            write_segment(&mut self.bytes, DRI, &self.interval.to_be_bytes());
            self.written_interval = self.interval;
        }
        write_segment(&mut self.bytes, SOS, &scan.header(frame));
        let (pixels, rest) = frame.read(&scan, &tables, self.interval, coded)?;
        self.bytes.extend(pixels);
        self.has_scan = true;
        Ok(rest)
    }
}

impl Table {
    /// Whether it is that of this kind and number.
    fn is(&self, marker: u8, kind: u8) -> bool {
        self.marker == marker && self.kind == kind
    }

    /// Writes it in a segment of its own, unless it was.
    fn write(&mut self, bytes: &mut Vec<u8>) {
        if !self.is_written {
            write_segment(bytes, self.marker, &[&[self.kind], &*self.values].concat());
            self.is_written = true;
        }
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

/// Appends a segment with its marker and length.
fn write_segment(bytes: &mut Vec<u8>, marker: u8, segment: &[u8]) {
    let length = u16::try_from(segment.len() + 2)
        .expect("it was read with a length of two bytes, or is shorter");
    bytes.extend([0xff, marker]);
    bytes.extend(length.to_be_bytes());
    bytes.extend(segment);
}
