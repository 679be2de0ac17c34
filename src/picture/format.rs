//! Which format a file is in, by its name and by how it begins.

use std::fmt;

use crate::engagement::picture::PictureKind;

/// A format that is recognised, to be shown or to be refused by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// One that pages show.
    Shown(PictureKind),
    /// Drawings as XML.
    Svg,
    /// One that pages do not show, with its name.
    Other(&'static str),
}

/// How far into a file that begins like XML the drawing may begin, in bytes: behind a licence or a document type.
const SVG_SEARCHED: usize = 4096;

impl Format {
    /// The format that a file's name ends in.
    pub(super) fn named(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Some(match extension.to_ascii_lowercase().as_str() {
            "png" => Self::Shown(PictureKind::Png),
            "jpg" | "jpeg" => Self::Shown(PictureKind::Jpeg),
            "webp" => Self::Shown(PictureKind::Webp),
            "svg" | "svgz" => Self::Svg,
            "gif" => Self::Other("GIF"),
            "heic" | "heif" => Self::Other("HEIC"),
            "avif" => Self::Other("AVIF"),
            "bmp" => Self::Other("BMP"),
            "tif" | "tiff" => Self::Other("TIFF"),
            _ => return None,
        })
    }

    /// The format that a file begins like.
    pub(super) fn held(bytes: &[u8]) -> Option<Self> {
        Some(match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => {
                Self::Shown(PictureKind::Png)
            }
            [0xff, 0xd8, 0xff, ..] => Self::Shown(PictureKind::Jpeg),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Self::Shown(PictureKind::Webp),
            [b'G', b'I', b'F', b'8', ..] => Self::Other("GIF"),
            [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => Self::Other("AVIF"),
            [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', ..] => Self::Other("HEIC"),
            [b'B', b'M', ..] => Self::Other("BMP"),
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Self::Other("TIFF"),
            _ if begins_like_svg(bytes) => Self::Svg,
            _ => return None,
        })
    }
}

/// Whether it is markup in which a drawing begins early.
fn begins_like_svg(bytes: &[u8]) -> bool {
    let text = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let start = &text[..text.len().min(SVG_SEARCHED)];
    start.starts_with(b"<")
        && start
            .windows(4)
            .any(|part| part.eq_ignore_ascii_case(b"<svg"))
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Shown(kind) => kind.as_str(),
            Self::Svg => "SVG",
            Self::Other(name) => name,
        })
    }
}
