//! Which way a picture is to be turned before it is seen: the one thing of its Exif data that is kept.

/// How the stored pixels lie, as Exif numbers it: 1 is upright, 2 to 8 are turned or mirrored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Orientation(u8);

/// The number of the tag in Exif's directories.
const TAG: u16 = 0x0112;

/// The number of the type that the tag's value has: two bytes without a sign.
const SHORT: u16 = 3;

impl Orientation {
    /// The pixels lie as they are seen.
    pub(super) const UPRIGHT: Self = Self(1);

    /// Reads the tag from an Exif block, with or without the prefix that JPEG gives it.
    ///
    /// A block that cannot be read, or holds no such tag, or one that means nothing, says what browsers take it to say: upright.
    pub(super) fn of_exif(block: &[u8]) -> Self {
        let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
        match number_in(block).map(u8::try_from) {
            Some(Ok(number @ 1..=8)) => Self(number),
            _ => Self::UPRIGHT,
        }
    }

    /// Whether the pixels lie as they are seen.
    pub(super) fn is_upright(self) -> bool {
        self == Self::UPRIGHT
    }

    /// Width and height as they are seen, of those that are stored.
    pub(super) fn turned(self, width: u32, height: u32) -> (u32, u32) {
        if self.0 >= 5 {
            (height, width)
        } else {
            (width, height)
        }
    }

    /// The smallest Exif block that says the same: a TIFF header and one directory with this one tag.
    pub(super) fn exif(self) -> [u8; 26] {
        let mut block = *b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
        block[19] = self.0;
        block
    }
}

/// The tag's value in the first directory of a TIFF header, which is where browsers look.
///
/// Nothing else is followed. A reader of all that Exif can hold makes 300 MB and more of a block of 64 KiB whose directories
/// overlap, and the rest is dropped anyway.
fn number_in(block: &[u8]) -> Option<u16> {
    let is_little = match block.get(..4)? {
        b"II\x2a\0" => true,
        b"MM\0\x2a" => false,
        _ => return None,
    };
    let short = |place: usize| {
        let bytes = *block.get(place..)?.first_chunk()?;
        Some(if is_little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    };
    let long = |place: usize| {
        let bytes = *block.get(place..)?.first_chunk()?;
        Some(if is_little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    for index in 0..usize::from(short(directory)?) {
        let entry = directory.checked_add(2 + 12 * index)?;
        if short(entry)? == TAG {
            let is_one_short = short(entry + 2)? == SHORT && long(entry + 4)? == 1;
            return if is_one_short { short(entry + 8) } else { None };
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Orientation;

    #[test]
    fn block_says_what_was_read() {
        for number in 1..=8 {
            assert_eq!(
                Orientation::of_exif(&Orientation(number).exif()),
                Orientation(number)
            );
        }
    }

    #[test]
    fn what_means_nothing_is_upright() {
        for block in [
            &b""[..],
            b"Exif\0\0",
            b"MM\0\x2a\0\0\0\x08",
            &Orientation(0).exif(),
            &Orientation(9).exif(),
        ] {
            assert_eq!(
                Orientation::of_exif(block),
                Orientation::UPRIGHT,
                "{block:?}"
            );
        }
    }

    #[test]
    fn only_a_quarter_turn_swaps_the_sides() {
        for number in 1..=4 {
            assert_eq!(Orientation(number).turned(8, 6), (8, 6));
        }
        for number in 5..=8 {
            assert_eq!(Orientation(number).turned(8, 6), (6, 8));
        }
    }
}
