//! WebP: drawn anew from its pixels, without loss, so that nothing of the file but these is copied.
//!
//! What was stored with loss grows by that. It cannot be checked as JPEG is: its bits are coded together, and no decoder tells where
//! those end that are seen. What lies under a pixel that is wholly transparent was erased by somebody, and becomes black.

use std::io::Cursor as Reader;

use image_webp::{ColorType, WebPDecoder, WebPEncoder};

use crate::engagement::picture::{Picture, PictureKind};
use crate::picture::cursor::Cursor;
use crate::picture::orientation::Orientation;
use crate::picture::problem::PictureProblem;

/// A file that the decoder does not take.
const MALFORMED: PictureProblem = PictureProblem::Damaged("a part of it is malformed");

/// Returns the picture that `bytes`, which begin like a WebP, hold without its metadata.
pub(super) fn clean(bytes: &[u8]) -> Result<Picture, PictureProblem> {
    let mut file = Cursor::of(bytes);
    file.take(4)?;
    let length = file.length_le()?;
    file.take(length)?;
    let mut decoder = WebPDecoder::new(Reader::new(bytes)).map_err(|_| MALFORMED)?;
    if decoder.is_animated() {
        return Err(PictureProblem::Animated);
    }
    let (width, height) = decoder.dimensions();
    PictureProblem::check_size(width, height)?;
    let exif = decoder.exif_metadata().map_err(|_| MALFORMED)?;
    if exif.is_some_and(|exif| !Orientation::of_exif(&exif).is_upright()) {
        return Err(PictureProblem::Unturned);
    }
    let mut pixels = vec![0; decoder.output_buffer_size().ok_or(MALFORMED)?];
    decoder.read_image(&mut pixels).map_err(|_| MALFORMED)?;
    let mut colour = ColorType::Rgb8;
    if decoder.has_alpha() {
        colour = ColorType::Rgba8;
        let mut is_opaque = true;
        for pixel in pixels.chunks_exact_mut(4) {
            is_opaque &= pixel[3] == u8::MAX;
            if pixel[3] == 0 {
                pixel.fill(0);
            }
        }
        if is_opaque {
            // A picture that only says that it is transparent looks like one that does not.
            pixels = pixels
                .chunks_exact(4)
                .flat_map(|pixel| &pixel[..3])
                .copied()
                .collect();
            colour = ColorType::Rgb8;
        }
    }
    let mut bytes = Vec::new();
    WebPEncoder::new(&mut bytes)
        .encode(&pixels, width, height, colour)
        .map_err(|_| PictureProblem::Damaged("it cannot be written again"))?;
    Ok(Picture {
        kind: PictureKind::Webp,
        bytes,
        width,
        height,
    })
}
