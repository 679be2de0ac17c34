//! A place in the bytes of a file, which only moves forward and never past the end.

use crate::picture::problem::PictureProblem;

/// What is left to read.
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// The start of `bytes`.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What is left, without moving.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next `count` bytes; refuses a file that has fewer.
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], PictureProblem> {
        let (taken, rest) = self
            .rest
            .split_at_checked(count)
            .ok_or(PictureProblem::CUT_OFF)?;
        self.rest = rest;
        Ok(taken)
    }

    /// The next `N` bytes by value, as integers are read.
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], PictureProblem> {
        let (taken, rest) = self
            .rest
            .split_first_chunk()
            .ok_or(PictureProblem::CUT_OFF)?;
        self.rest = rest;
        Ok(*taken)
    }

    /// The next byte.
    pub(super) fn byte(&mut self) -> Result<u8, PictureProblem> {
        let [byte] = self.array()?;
        Ok(byte)
    }

    /// The next two bytes as a number, high byte first.
    pub(super) fn u16_be(&mut self) -> Result<u16, PictureProblem> {
        self.array().map(u16::from_be_bytes)
    }

    /// The next four bytes as a length, low byte first.
    pub(super) fn length_le(&mut self) -> Result<usize, PictureProblem> {
        let length = self.array().map(u32::from_le_bytes)?;
        usize::try_from(length).map_err(|_| PictureProblem::CUT_OFF)
    }
}
