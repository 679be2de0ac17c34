//! A picture that a page may show, without anything that it does not show.

use std::fmt;

/// A picture whose bytes hold what is seen of it, and nothing else.
///
/// It is confidential until a reader sees a passage that shows it, so it is never cloned, and no message quotes it.
pub struct Picture {
    /// How the bytes are to be read.
    pub kind: PictureKind,
    /// The whole file, as it goes into a page.
    pub bytes: Vec<u8>,
    /// Its width in pixels as it is seen, that is after turning.
    pub width: u32,
    /// Its height in pixels as it is seen.
    pub height: u32,
}

/// The formats that every browser shows, and that can be cleaned without being drawn anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// Portable Network Graphics.
    Png,
    /// JPEG, in a JFIF, Adobe or Exif file.
    Jpeg,
    /// WebP, with or without loss.
    Webp,
}

impl PictureKind {
    /// The media type, as a `data:` address names it.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    /// The format's name as a coach knows it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Webp => "WebP",
        }
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kind,
            bytes,
            width,
            height,
        } = self;
        write!(
            formatter,
            "Picture({}, {width} x {height}, {} bytes)",
            kind.as_str(),
            bytes.len()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Picture, PictureKind};

    #[test]
    fn media_types_are_those_of_the_registry() {
        let kinds = [PictureKind::Png, PictureKind::Jpeg, PictureKind::Webp];
        assert_eq!(
            kinds.map(PictureKind::mime),
            ["image/png", "image/jpeg", "image/webp"]
        );
    }

    #[test]
    fn debug_tells_sizes_only() {
        let picture = Picture {
            kind: PictureKind::Png,
            bytes: b"hush".to_vec(),
            width: 3,
            height: 2,
        };
        assert_eq!(format!("{picture:?}"), "Picture(PNG, 3 x 2, 4 bytes)");
    }
}
