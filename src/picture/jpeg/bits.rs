//! The coded bits of a scan, and the codes that give them meaning.
//!
//! https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annexes C and F.2.2.

use crate::picture::problem::PictureProblem;

/// The bits of a scan, which are read one by one. Every byte of which a bit was read is written again, and no other.
pub(super) struct Bits<'a> {
    rest: &'a [u8],
    byte: u8,
    /// How many bits of `byte` are not read yet.
    unread: u8,
    written: Vec<u8>,
}

impl<'a> Bits<'a> {
    /// The bits that `coded` begins with.
    pub(super) fn of(coded: &'a [u8]) -> Self {
        Self {
            rest: coded,
            byte: 0,
            unread: 0,
            written: Vec::new(),
        }
    }

    /// The next bit; refuses a scan that ends before it.
    pub(super) fn bit(&mut self) -> Result<u16, PictureProblem> {
        if self.unread == 0 {
            (self.byte, self.rest) = match self.rest {
                [0xff, 0x00, rest @ ..] => (0xff, rest),
                [0xff, ..] | [] => return Err(PictureProblem::CUT_OFF),
                [byte, rest @ ..] => (*byte, rest),
            };
            self.unread = 8;
            self.write_byte();
        }
        self.unread -= 1;
        Ok(u16::from(self.byte >> self.unread & 1))
    }

    /// The next bits as a number.
    pub(super) fn number(&mut self, bits: u8) -> Result<u16, PictureProblem> {
        let mut number = 0;
        for _ in 0..bits {
            number = number << 1 | self.bit()?;
        }
        Ok(number)
    }

    /// Ends a stretch of coded bits: what is left of the last byte is filled with ones, whatever stood there.
    fn fill(&mut self) {
        if self.unread > 0 {
            self.written
                .truncate(self.written.len() - if self.byte == 0xff { 2 } else { 1 });
            self.byte |= (1 << self.unread) - 1;
            self.unread = 0;
            self.write_byte();
        }
    }

    fn write_byte(&mut self) {
        self.written.push(self.byte);
        if self.byte == 0xff {
            self.written.push(0);
        }
    }

    /// Goes on behind the restart marker of this number. What stands before it and was not read is left out.
    pub(super) fn restart(&mut self, number: u8) -> Result<(), PictureProblem> {
        self.fill();
        let marker = 0xd0 | number;
        let place = marker_in(self.rest, |_| true)?;
        self.rest = match &self.rest[place..] {
            [0xff, found, rest @ ..] if *found == marker => rest,
            _ => return Err(PictureProblem::CUT_OFF),
        };
        self.written.extend([0xff, marker]);
        Ok(())
    }

    /// What was read, and how many bytes of the rest stand before the next marker that is no restart.
    pub(super) fn finish(mut self) -> Result<(Vec<u8>, &'a [u8]), PictureProblem> {
        self.fill();
        let place = marker_in(self.rest, |marker| !matches!(marker, 0xd0..=0xd7))?;
        Ok((self.written, &self.rest[place..]))
    }
}

/// Where the first marker stands that is one of those meant. Fill bytes before it are left behind.
fn marker_in(coded: &[u8], is_meant: impl Fn(u8) -> bool) -> Result<usize, PictureProblem> {
    coded
        .windows(2)
        .position(|pair| {
            matches!(pair, [0xff, marker] if !matches!(marker, 0 | 0xff) && is_meant(*marker))
        })
        .ok_or(PictureProblem::CUT_OFF)
}

/// Codes of up to sixteen bits, the shorter ones for what is frequent.
pub(super) struct Codes {
    /// How many codes there are of each length.
    counts: [u8; 16],
    /// What they mean, in their order.
    symbols: Vec<u8>,
}

impl Codes {
    /// Reads a table, as a segment holds it behind its number.
    pub(super) fn of(table: &[u8]) -> Result<Self, PictureProblem> {
        let (counts, symbols) = table
            .split_first_chunk::<16>()
            .ok_or(PictureProblem::MALFORMED)?;
        let mut free: i32 = 1;
        for count in counts {
            free = 2 * free - i32::from(*count);
            if free < 0 {
                return Err(PictureProblem::MALFORMED);
            }
        }
        Ok(Self {
            counts: *counts,
            symbols: symbols.to_vec(),
        })
    }

    /// What the next code means.
    pub(super) fn next(&self, bits: &mut Bits<'_>) -> Result<u8, PictureProblem> {
        let (mut code, mut first, mut place) = (0, 0, 0);
        for count in self.counts {
            let count = usize::from(count);
            code = code << 1 | usize::from(bits.bit()?);
            first <<= 1;
            if code - first < count {
                return self
                    .symbols
                    .get(place + code - first)
                    .copied()
                    .ok_or(PictureProblem::MALFORMED);
            }
            first += count;
            place += count;
        }
        Err(PictureProblem::MALFORMED)
    }
}
