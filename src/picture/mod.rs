//! A picture on its way into a page: what is seen of it stays, everything else is left in the folder.
//!
//! The rule it guards: of a file, only the parts that a decoder needs are copied, each because it is named here. Where the
//! camera stood, who held it, what was cropped away and what was appended are in none of them. The pixels are copied, never
//! drawn anew, so a cleaned picture looks exactly like its original. Two files that differ in metadata alone become the
//! same bytes.

mod cursor;
mod format;
mod jpeg;
mod orientation;
mod png;
pub(crate) mod refusal;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
mod webp;

use crate::engagement::picture::Picture;
use crate::engagement::picture::PictureKind;
use crate::picture::refusal::Refusal;

/// The heaviest cleaned picture, in bytes. A portal is one file with its pictures inside, a third longer for their being
/// text, and it is opened in the memory of a telephone: what is heavier belongs in a smaller version.
const HEAVIEST: usize = 4 * MIB;

/// The longest side, in pixels. No screen shows more, and some browsers give up beyond 16,384.
const LONGEST_SIDE: u32 = 12_000;

/// The most pixels: a browser holds four bytes of each, and 160 MB are as much as a telephone has for one picture.
const MOST_PIXELS: u64 = 40_000_000;

/// Bytes in a mebibyte.
const MIB: usize = 1024 * 1024;

/// Returns the picture that `bytes` hold without its metadata, or says why it is not published.
///
/// `name` is the file's, and must end the way its content begins. Whatever a browser would turn by the Exif tag
/// keeps that one tag; all else of Exif, XMP, IPTC, comments, colour profiles, previews and bytes past the end is dropped.
pub(crate) fn clean(name: &str, bytes: &[u8]) -> Result<Picture, Refusal> {
    let picture = match format::agreed(name, bytes)? {
        PictureKind::Png => png::clean(bytes),
        PictureKind::Jpeg => jpeg::clean(bytes),
        PictureKind::Webp => webp::clean(bytes),
    }?;
    check_weight(picture.bytes.len())?;
    Ok(picture)
}

/// Refuses what is too heavy for a page.
fn check_weight(bytes: usize) -> Result<(), Refusal> {
    if bytes > HEAVIEST {
        Err(Refusal::TooHeavy { bytes })
    } else {
        Ok(())
    }
}

/// Refuses what is empty or too large to be shown.
fn check_size(width: u32, height: u32) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::Damaged("it has no pixels"));
    }
    let is_too_long = width.max(height) > LONGEST_SIDE;
    if is_too_long || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Refusal::TooLarge { width, height });
    }
    Ok(())
}

/// Returns whether a picture with this ending holds nothing besides what is seen of it. What is no picture is not.
pub fn is_free_of_metadata(ending: &str, bytes: &[u8]) -> bool {
    clean(&format!("picture.{ending}"), bytes).is_ok_and(|picture| picture.bytes == bytes)
}
