//! How large a picture on a page may be.

/// The heaviest cleaned picture, in bytes. A portal is one file with its pictures inside, a third longer for their being
/// text, and it is opened in the memory of a telephone: what is heavier belongs in a smaller version.
pub(super) const HEAVIEST: usize = 4 * MIB;

/// The longest side, in pixels. No screen shows more, and some browsers give up beyond 16,384.
pub(super) const LONGEST_SIDE: u32 = 12_000;

/// The most pixels: a browser holds four bytes of each, and 160 MB are as much as a telephone has for one picture.
pub(super) const MOST_PIXELS: u64 = 40_000_000;

/// Bytes in a mebibyte.
pub(super) const MIB: usize = 1024 * 1024;
