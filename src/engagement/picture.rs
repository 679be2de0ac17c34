//! Pictures, free of metadata.

use std::fmt;

/// A picture as it may be published.
pub struct Picture {
    /// Its format.
    pub kind: PictureKind,
    /// Its bytes without metadata.
    pub bytes: Vec<u8>,
    /// Its width in pixels, as it is seen.
    pub width: u32,
    /// Its height in pixels, as it is seen.
    pub height: u32,
}

/// The format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
}

impl PictureKind {
    /// The media type.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Picture({:?}, {}x{}, {} bytes)",
            self.kind,
            self.width,
            self.height,
            self.bytes.len()
        )
    }
}
