//! PNG: drawn anew from its pixels, so that nothing of the file but these is copied.
//!
//! A colour profile (`iCCP`) is not kept: it names itself, its maker and often the screen it was made for, in words. The numbers of
//! `gAMA`, `cHRM`, `sRGB` and `cICP` are, and so is the turn. What lies under a pixel that is wholly transparent was erased by
//! somebody, and a colour of the palette that no pixel has is not seen: both become black.

use std::io::{Cursor, ErrorKind};

use png::{
    BitDepth, ColorType, Compression, Decoder, DecodingError, Encoder, EncodingError, Filter, Info,
    chunk,
};

use crate::engagement::picture::{Picture, PictureKind};
use crate::picture::orientation::Orientation;
use crate::picture::problem::PictureProblem;

/// A file that the decoder does not take.
const MALFORMED: PictureProblem = PictureProblem::Damaged("a part of it is malformed");

/// Returns the picture that `bytes`, which begin like a PNG, hold without its metadata.
pub(super) fn clean(bytes: &[u8]) -> Result<Picture, PictureProblem> {
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let header = decoder.read_header_info().map_err(damage)?;
    PictureProblem::check_size(header.width, header.height)?;
    let mut reader = decoder.read_info().map_err(damage)?;
    if reader.info().animation_control.is_some() || reader.info().frame_control.is_some() {
        return Err(PictureProblem::Animated);
    }
    let size = reader.output_buffer_size().ok_or(PictureProblem::CUT_OFF)?;
    let mut pixels = vec![0; size];
    let line = reader.next_frame(&mut pixels).map_err(damage)?.line_size;
    reader.finish().map_err(damage)?;
    let info = reader.info();
    if info.color_type == ColorType::Indexed {
        let colours = info.palette.as_deref().map_or(0, <[u8]>::len);
        if !colours.is_multiple_of(3) || !(3..=3 << info.bits_per_pixel()).contains(&colours) {
            return Err(MALFORMED);
        }
    }
    let orientation = info.exif_metadata.as_deref().map(Orientation::of_exif);
    let orientation = orientation.unwrap_or(Orientation::UPRIGHT);
    let (width, height) = orientation.turned(info.width, info.height);
    forget_what_is_unseen(&mut pixels, line, info);
    let bytes = written(info, orientation, &pixels, line).map_err(|_| {
        // No picture that was read is one.
        PictureProblem::Damaged("it cannot be written again")
    })?;
    Ok(Picture {
        kind: PictureKind::Png,
        bytes,
        width,
        height,
    })
}

/// What is wrong with a file that cannot be read.
fn damage(error: DecodingError) -> PictureProblem {
    match error {
        DecodingError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => {
            PictureProblem::CUT_OFF
        }
        _ => MALFORMED,
    }
}

/// Makes black what is wholly transparent, and zero the bits behind the last pixel of a line.
fn forget_what_is_unseen(pixels: &mut [u8], line: usize, info: &Info<'_>) {
    let bytes = info.bytes_per_pixel();
    let alpha = match info.bit_depth {
        BitDepth::Sixteen => 2,
        _ => 1,
    };
    if matches!(info.color_type, ColorType::GrayscaleAlpha | ColorType::Rgba) {
        for pixel in pixels.chunks_exact_mut(bytes) {
            if pixel.iter().rev().take(alpha).all(|byte| *byte == 0) {
                pixel.fill(0);
            }
        }
    }
    let bits = info.bits_per_pixel() * info.width as usize;
    let unseen = bits.next_multiple_of(8) - bits;
    if unseen > 0 {
        for last in pixels.iter_mut().skip(line - 1).step_by(line) {
            *last &= u8::MAX << unseen;
        }
    }
}

/// Writes the file.
fn written(
    info: &Info<'_>,
    orientation: Orientation,
    pixels: &[u8],
    line: usize,
) -> Result<Vec<u8>, EncodingError> {
    let mut kept = Info::with_size(info.width, info.height);
    kept.bit_depth = info.bit_depth;
    kept.color_type = info.color_type;
    kept.source_gamma = info.gama_chunk;
    kept.source_chromaticities = info.chrm_chunk;
    kept.srgb = info.srgb;
    if !orientation.is_upright() {
        kept.exif_metadata = Some(orientation.exif().to_vec().into());
    }
    let is_palette = info.color_type == ColorType::Indexed;
    let clear = info.trns.as_deref();
    match info.color_type {
        ColorType::Indexed => {
            let (palette, clear) = seen_colours(info, pixels, line);
            kept.palette = Some(palette.into());
            kept.trns = clear.map(Into::into);
        }
        ColorType::Grayscale | ColorType::Rgb => {
            // Read with one byte each, written with two.
            kept.trns = clear.map(|clear| match info.bit_depth {
                BitDepth::Sixteen => clear.to_vec().into(),
                _ => clear.iter().flat_map(|value| [0, *value]).collect(),
            });
        }
        ColorType::GrayscaleAlpha | ColorType::Rgba => {}
    }
    let mut bytes = Vec::new();
    let mut encoder = Encoder::with_info(&mut bytes, kept)?;
    encoder.set_compression(Compression::Balanced);
    if is_palette || info.bits_per_pixel() < 8 {
        encoder.set_filter(Filter::NoFilter);
    }
    let mut writer = encoder.write_header()?;
    if let Some(colours) = info.coding_independent_code_points.filter(|_| !is_palette) {
        let numbers = [
            colours.color_primaries,
            colours.transfer_function,
            colours.matrix_coefficients,
            colours.is_video_full_range_image.into(),
        ];
        writer.write_chunk(chunk::cICP, &numbers)?;
    }
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
}

/// The palette and how opaque its colours are. A colour that is not seen, since no pixel has it or since it is wholly transparent,
/// is black.
fn seen_colours(info: &Info<'_>, pixels: &[u8], line: usize) -> (Vec<u8>, Option<Vec<u8>>) {
    let mut is_used = [false; 256];
    let bits = info.bits_per_pixel();
    for line in pixels.chunks_exact(line) {
        for place in (0..info.width as usize * bits).step_by(bits) {
            let number = line[place / 8] << (place % 8) >> (8 - bits);
            is_used[usize::from(number)] = true;
        }
    }
    let mut palette = info.palette.as_deref().unwrap_or_default().to_vec();
    let mut clear = info.trns.as_deref().map(<[u8]>::to_vec);
    if let Some(clear) = &mut clear {
        clear.truncate(palette.len() / 3);
    }
    for (colour, is_used) in palette.chunks_exact_mut(3).zip(is_used) {
        if !is_used {
            colour.fill(0);
        }
    }
    for ((opacity, colour), is_used) in clear
        .iter_mut()
        .flatten()
        .zip(palette.chunks_exact_mut(3))
        .zip(is_used)
    {
        if !is_used || *opacity == 0 {
            *opacity = 0;
            colour.fill(0);
        }
    }
    (palette, clear)
}
