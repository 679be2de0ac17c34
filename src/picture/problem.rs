//! Why a picture is not published, in words for the coach.

use std::fmt;

use crate::engagement::picture::PictureKind;
use crate::picture::format::Format;
use crate::picture::limits::{HEAVIEST, LONGEST_SIDE, MIB, MOST_PIXELS};

/// Why a picture is not published. The text names no file: whoever shows it says where the picture stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PictureProblem {
    /// SVG is a document: it can hold scripts, comments, hidden layers and addresses elsewhere.
    Svg,
    /// Another format, by the name of the file.
    Unshown(Format),
    /// The name does not end like any picture's.
    Unknown,
    /// The name says one format, the content another, or none that is known.
    Misnamed {
        /// What the name says.
        named: PictureKind,
        /// What the content is.
        held: Option<Format>,
    },
    /// It moves: each of its frames would be a picture of its own.
    Animated,
    /// WebP with an Exif tag that wants it turned, which some browsers do and others do not.
    Unturned,
    /// More bytes than a page carries.
    TooHeavy {
        /// The bytes that are left once it is clean.
        bytes: usize,
    },
    /// More pixels than a page shows.
    TooLarge {
        /// In pixels, as it is stored.
        width: u32,
        /// In pixels, as it is stored.
        height: u32,
    },
    /// The file does not follow its format; the text says in what.
    Damaged(&'static str),
}

impl PictureProblem {
    /// A part that does not follow the format: it could hold anything.
    pub(super) const MALFORMED: Self = Self::Damaged("a part of it is malformed");

    /// A file that ends before its parts do.
    pub(super) const CUT_OFF: Self = Self::Damaged("it ends too early");

    /// Says when a picture is too heavy for a page.
    pub(super) fn check_weight(bytes: usize) -> Result<(), Self> {
        if bytes > HEAVIEST {
            Err(Self::TooHeavy { bytes })
        } else {
            Ok(())
        }
    }

    /// Says when a picture is empty or too large to be shown.
    pub(super) fn check_size(width: u32, height: u32) -> Result<(), Self> {
        if width == 0 || height == 0 {
            return Err(Self::Damaged("it has no pixels"));
        }
        let is_too_long = width.max(height) > LONGEST_SIDE;
        if is_too_long || u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(Self::TooLarge { width, height });
        }
        Ok(())
    }

    /// What the coach can do about it.
    pub(crate) fn hint(&self) -> String {
        let save = "save it as PNG, JPEG or WebP";
        match self {
            Self::Svg => "export it as PNG, and show that".to_owned(),
            Self::Misnamed {
                held: Some(Format::Shown(kind)),
                ..
            } => {
                format!(
                    "let its name end in `.{}`",
                    kind.as_str().to_ascii_lowercase()
                )
            }
            Self::Unshown(_) | Self::Unknown | Self::Misnamed { .. } => save.to_owned(),
            Self::Animated => format!("{save}, one picture only"),
            Self::Unturned => {
                "open it in a picture program, turn it upright, and save it without metadata"
                    .to_owned()
            }
            Self::TooHeavy { .. } | Self::TooLarge { .. } => {
                "make it smaller: 1600 pixels along the longer side fill a page".to_owned()
            }
            Self::Damaged(_) => "open it in a picture program, and save it again".to_owned(),
        }
    }
}

impl fmt::Display for PictureProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Svg => {
                formatter.write_str("the picture is SVG, which can hold scripts and hidden text")
            }
            Self::Unshown(format) => {
                write!(formatter, "the picture is {format}, which no page shows")
            }
            Self::Unknown => {
                formatter.write_str("the file does not end in `.png`, `.jpg`, `.jpeg` or `.webp`")
            }
            Self::Misnamed {
                named,
                held: Some(held),
            } => {
                write!(
                    formatter,
                    "the picture's name says {}, but it is {held}",
                    named.as_str()
                )
            }
            Self::Misnamed { named, held: None } => {
                write!(
                    formatter,
                    "the picture's name says {}, but it does not begin like one",
                    named.as_str()
                )
            }
            Self::Animated => formatter.write_str("the picture is animated"),
            Self::Unturned => formatter
                .write_str("the picture is stored turned, and not every browser turns WebP back"),
            Self::TooHeavy { bytes } => {
                let tenths = bytes.saturating_mul(10).div_ceil(MIB);
                let (whole, tenth, limit) = (tenths / 10, tenths % 10, HEAVIEST / MIB);
                write!(
                    formatter,
                    "the picture weighs {whole}.{tenth} MiB without its metadata, and {limit} MiB is the most"
                )
            }
            Self::TooLarge { width, height } => {
                let most = MOST_PIXELS / 1_000_000;
                write!(
                    formatter,
                    "the picture measures {width} by {height} pixels, "
                )?;
                write!(
                    formatter,
                    "and {most} megapixels or {LONGEST_SIDE} pixels a side is the most"
                )
            }
            Self::Damaged(what) => write!(formatter, "the picture is cut off or damaged: {what}"),
        }
    }
}
