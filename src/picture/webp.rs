//! WebP: the coded pixels and their transparency, in the plainest file that can hold them.
//!
//! Chunk by chunk, https://www.rfc-editor.org/rfc/rfc9649. A picture that needs no extended file gets none, so that one that was
//! given metadata and one that never had any become the same.

use crate::engagement::picture::{Picture, PictureKind};
use crate::picture::cursor::Cursor;
use crate::picture::orientation::Orientation;
use crate::picture::problem::PictureProblem;

/// The bit of an extended header that says: it moves.
const ANIMATION: u8 = 0x02;

/// The bit of an extended header that says: it is transparent.
const ALPHA: u8 = 0x10;

/// What makes the picture.
#[derive(Default)]
struct Kept<'a> {
    canvas: Option<(u32, u32)>,
    alpha: Option<&'a [u8]>,
    pixels: Option<Pixels<'a>>,
}

/// The chunk that holds the pixels.
struct Pixels<'a> {
    name: &'a [u8],
    data: &'a [u8],
    size: (u32, u32),
}

/// Returns the picture that `bytes`, which begin like a WebP, hold without its metadata.
pub(super) fn clean(bytes: &[u8]) -> Result<Picture, PictureProblem> {
    let mut outside = Cursor::of(bytes);
    outside.take(4)?;
    let length = outside.length_le()?;
    let mut file = Cursor::of(outside.take(length)?);
    file.take(4)?;
    let mut kept = Kept::default();
    while !file.is_at_end() {
        let name = file.take(4)?;
        let length = file.length_le()?;
        let data = file.take(length)?;
        if length % 2 == 1 && !file.is_at_end() {
            file.byte()?;
        }
        kept.heed(name, data)?;
    }
    kept.picture()
}

impl<'a> Kept<'a> {
    /// Keeps a chunk if it is on the list and the first of its name.
    fn heed(&mut self, name: &'a [u8], data: &'a [u8]) -> Result<(), PictureProblem> {
        match name {
            b"ANIM" | b"ANMF" => return Err(PictureProblem::Animated),
            b"VP8X" if self.canvas.is_none() && self.pixels.is_none() => {
                self.canvas = Some(canvas(data)?);
            }
            b"ALPH" if self.canvas.is_some() && self.pixels.is_none() => {
                self.alpha.get_or_insert(data);
            }
            b"VP8 " | b"VP8L" if self.pixels.is_none() => {
                self.pixels = Some(Pixels::of(name, data)?);
            }
            b"EXIF" if !Orientation::of_exif(data).is_upright() => {
                return Err(PictureProblem::Unturned);
            }
            _ => {}
        }
        Ok(())
    }

    /// Writes the file.
    fn picture(self) -> Result<Picture, PictureProblem> {
        let Some(Pixels { name, data, size }) = self.pixels else {
            return Err(PictureProblem::Damaged("it has no pixels"));
        };
        if self.canvas.is_some_and(|canvas| canvas != size) {
            return Err(PictureProblem::Damaged("its header is wrong"));
        }
        // Lossless pixels bring their own transparency.
        let alpha = self.alpha.filter(|_| name == b"VP8 ");
        PictureProblem::check_weight(data.len().saturating_add(alpha.map_or(0, <[u8]>::len)))?;
        let (width, height) = size;
        let mut content = b"WEBP".to_vec();
        if let Some(alpha) = alpha {
            let [w0, w1, w2, _] = (width - 1).to_le_bytes();
            let [h0, h1, h2, _] = (height - 1).to_le_bytes();
            write_chunk(
                &mut content,
                b"VP8X",
                &[ALPHA, 0, 0, 0, w0, w1, w2, h0, h1, h2],
            );
            write_chunk(&mut content, b"ALPH", alpha);
        }
        write_chunk(&mut content, name, data);
        let mut bytes = Vec::new();
        write_chunk(&mut bytes, b"RIFF", &content);
        Ok(Picture {
            kind: PictureKind::Webp,
            bytes,
            width,
            height,
        })
    }
}

impl<'a> Pixels<'a> {
    /// Measures the pixels, and refuses what does not begin like any.
    fn of(name: &'a [u8], data: &'a [u8]) -> Result<Self, PictureProblem> {
        let size = match name {
            b"VP8L" => size_of_lossless(data),
            _ => size_of_lossy(data),
        };
        let (width, height) =
            size.ok_or(PictureProblem::Damaged("its pixels do not begin like any"))?;
        PictureProblem::check_size(width, height)?;
        Ok(Self {
            name,
            data,
            size: (width, height),
        })
    }
}

/// Width and height, as an extended header has them; refuses one that promises movement.
fn canvas(data: &[u8]) -> Result<(u32, u32), PictureProblem> {
    let mut data = Cursor::of(data);
    let [flags, _, _, _] = data.array()?;
    if flags & ANIMATION != 0 {
        return Err(PictureProblem::Animated);
    }
    let [w0, w1, w2, h0, h1, h2] = data.array()?;
    Ok((
        u32::from_le_bytes([w0, w1, w2, 0]) + 1,
        u32::from_le_bytes([h0, h1, h2, 0]) + 1,
    ))
}

/// Width and height, as a lossy key frame has them.
fn size_of_lossy(data: &[u8]) -> Option<(u32, u32)> {
    let [tag, _, _, 0x9d, 0x01, 0x2a, w0, w1, h0, h1, ..] = *data else {
        return None;
    };
    // The upper two bits are a wish for scaling, which browsers ignore.
    let size = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3fff);
    (tag & 1 == 0).then(|| (size(w0, w1), size(h0, h1)))
}

/// Width and height, as lossless pixels have them: 14 bits each, behind one byte.
fn size_of_lossless(data: &[u8]) -> Option<(u32, u32)> {
    let [0x2f, b0, b1, b2, b3, ..] = *data else {
        return None;
    };
    let bits = u32::from_le_bytes([b0, b1, b2, b3]);
    Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
}

/// Appends a chunk with its length, filled up to an even number of bytes.
fn write_chunk(bytes: &mut Vec<u8>, name: &[u8], data: &[u8]) {
    let length = u32::try_from(data.len())
        .expect("chunks that are kept are no longer than the heaviest picture");
    bytes.extend(name);
    bytes.extend(length.to_le_bytes());
    bytes.extend(data);
    if data.len() % 2 == 1 {
        bytes.push(0);
    }
}
