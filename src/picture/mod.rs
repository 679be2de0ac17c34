//! A picture on its way into a page: what is seen of it stays, everything else is left in the folder.
//!
//! The rule it guards: two files that look alike become the same bytes, whatever else they hold. Where the camera stood, who held
//! it, what was cropped away, erased or appended is in none of them, be it beside the coded pixels or behind their end. PNG and WebP
//! are decoded and written anew, without loss. Of a JPEG, which that would cost some of what is seen, the parts that a decoder needs
//! are copied, and of the coded pixels just those bits that it reads. So a cleaned picture looks exactly like its original.

mod cursor;
mod format;
mod jpeg;
mod limits;
mod orientation;
mod png;
pub(crate) mod problem;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
mod webp;

use crate::engagement::picture::{Picture, PictureKind};
use crate::picture::format::Format;
use crate::picture::problem::PictureProblem;

/// Returns the picture that `bytes` hold without its metadata, or says why it is not published.
///
/// `name` is the file's, and must end the way its content begins. Whatever a browser would turn by the Exif tag
/// keeps that one tag; all else of Exif, XMP, IPTC, comments, colour profiles, previews and bytes past the end is dropped.
pub(crate) fn clean(name: &str, bytes: &[u8]) -> Result<Picture, PictureProblem> {
    let picture = match agreed(name, bytes)? {
        PictureKind::Png => png::clean(bytes),
        PictureKind::Jpeg => jpeg::clean(bytes),
        PictureKind::Webp => webp::clean(bytes),
    }?;
    PictureProblem::check_weight(picture.bytes.len())?;
    Ok(picture)
}

/// Returns whether a picture with this ending holds nothing besides what is seen of it. What is no picture is not.
pub fn is_free_of_metadata(ending: &str, bytes: &[u8]) -> bool {
    clean(&format!("picture.{ending}"), bytes).is_ok_and(|picture| picture.bytes == bytes)
}

/// Returns the format that the name and the content of a file agree on.
fn agreed(name: &str, bytes: &[u8]) -> Result<PictureKind, PictureProblem> {
    let held = Format::held(bytes);
    match (Format::named(name), held) {
        (Some(Format::Svg), _) | (_, Some(Format::Svg)) => Err(PictureProblem::Svg),
        (Some(Format::Shown(named)), Some(Format::Shown(held))) if named == held => Ok(named),
        (Some(Format::Shown(named)), held) => Err(PictureProblem::Misnamed { named, held }),
        (Some(other @ Format::Other(_)), _) => Err(PictureProblem::Unshown(other)),
        (None, _) => Err(PictureProblem::Unknown),
    }
}
