//! The coded pixels of a JPEG, read just far enough to know which of the bits are seen.
//!
//! The rule it guards: what a decoder does not need is not copied. A file can hold more rows than its frame says, a second picture
//! behind the first, or anything else before the next marker. No decoder tells which bits it used, so they are counted here: each
//! code is read, and no pixel is made. https://www.w3.org/Graphics/JPEG/itu-t81.pdf, annexes A, F and G.

use crate::picture::cursor::Cursor;
use crate::picture::jpeg::bits::{Bits, Codes};
use crate::picture::problem::PictureProblem;

/// A part of the picture that is coded a second time, which hides the first.
const TWICE: PictureProblem = PictureProblem::Damaged("its pixels are coded twice");

/// The marker of a frame whose bits come in several scans.
const PROGRESSIVE: u8 = 0xc2;

/// The numbers of one block.
const BLOCK: u8 = 64;

/// The size of the picture and its components.
pub(super) struct Frame {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Its header as it stands in the file, which holds nothing else.
    pub(super) marker: u8,
    pub(super) header: Vec<u8>,
    is_progressive: bool,
    components: Vec<Component>,
}

/// Brightness, or a colour.
struct Component {
    id: u8,
    /// How many blocks of it lie side by side where the coarsest component has one.
    across: u32,
    /// And one above the other.
    down: u32,
    quantiser: u8,
    /// For each number of a block, the lowest bit that was coded so far.
    coded: [Option<u8>; BLOCK as usize],
    /// For each block, which of its numbers are not zero: a bit each. Only progressive pictures need it.
    used: Vec<u64>,
}

/// What a scan says of itself.
pub(super) struct Scan {
    /// The components by their place in the frame, with the numbers of their two tables.
    parts: Vec<(usize, u8, u8)>,
    first: u8,
    last: u8,
    high: u8,
    low: u8,
}

/// The codes of a scan's components, in their order. Not every scan needs both kinds.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) dc: Vec<Option<Codes>>,
    pub(super) ac: Vec<Option<Codes>>,
}

impl Frame {
    /// Reads the frame header behind this marker, one that says how many bits and components there are and no more.
    pub(super) fn of(marker: u8, segment: &[u8]) -> Result<Self, PictureProblem> {
        let mut data = Cursor::of(segment);
        let depth = data.byte()?;
        let (height, width) = (u32::from(data.u16_be()?), u32::from(data.u16_be()?));
        let count = data.byte()?;
        let is_whole = data.rest().len() == 3 * usize::from(count);
        if depth != 8 || !matches!(count, 1 | 3 | 4) || !is_whole {
            return Err(PictureProblem::MALFORMED);
        }
        PictureProblem::check_size(width, height)?;
        let mut components: Vec<Component> = Vec::new();
        for _ in 0..count {
            let [id, sampling, quantiser] = data.array()?;
            let (across, down) = (u32::from(sampling >> 4), u32::from(sampling & 15));
            let is_known = components.iter().any(|component| component.id == id);
            if is_known || !(1..=4).contains(&across) || !(1..=4).contains(&down) || quantiser > 3 {
                return Err(PictureProblem::MALFORMED);
            }
            components.push(Component {
                id,
                across,
                down,
                quantiser,
                coded: [None; BLOCK as usize],
                used: Vec::new(),
            });
        }
        Ok(Self {
            width,
            height,
            marker,
            header: segment.to_vec(),
            is_progressive: marker == PROGRESSIVE,
            components,
        })
    }

    /// The blocks of one component that are seen, side by side and one above the other.
    fn blocks(&self, component: &Component) -> (usize, usize) {
        let count =
            |pixels: u32, own: u32, most: u32| (pixels * own).div_ceil(most).div_ceil(8) as usize;
        let (across, down) = self.finest();
        (
            count(self.width, component.across, across),
            count(self.height, component.down, down),
        )
    }

    fn finest(&self) -> (u32, u32) {
        let most = |of: fn(&Component) -> u32| self.components.iter().map(of).max().unwrap_or(1);
        (
            most(|component| component.across),
            most(|component| component.down),
        )
    }

    /// The numbers of the tables for the sizes of steps that a scan is the first to need.
    pub(super) fn new_quantisers(&self, scan: &Scan) -> Vec<u8> {
        let parts = scan
            .parts
            .iter()
            .map(|(place, ..)| &self.components[*place]);
        let new = parts.filter(|component| component.coded.iter().all(Option::is_none));
        new.map(|component| component.quantiser).collect()
    }

    /// Reads a scan header, and refuses one that codes again what was coded before.
    pub(super) fn scan(&self, segment: &[u8]) -> Result<Scan, PictureProblem> {
        let mut data = Cursor::of(segment);
        let count = usize::from(data.byte()?);
        if !(1..=self.components.len()).contains(&count) || data.rest().len() != 2 * count + 3 {
            return Err(PictureProblem::MALFORMED);
        }
        let mut parts: Vec<(usize, u8, u8)> = Vec::new();
        for _ in 0..count {
            let [id, tables] = data.array()?;
            let place = self
                .components
                .iter()
                .position(|component| component.id == id);
            let place = place.ok_or(PictureProblem::MALFORMED)?;
            if tables & 0xcc != 0 || parts.iter().any(|(other, ..)| *other == place) {
                return Err(PictureProblem::MALFORMED);
            }
            parts.push((place, tables >> 4, tables & 15));
        }
        let [mut first, mut last, bits] = data.array()?;
        let (mut high, mut low) = (bits >> 4, bits & 15);
        if !self.is_progressive {
            (first, last, high, low) = (0, BLOCK - 1, 0, 0);
        }
        let is_alone = if first == 0 {
            last == 0 || !self.is_progressive
        } else {
            count == 1
        };
        let is_next = high == 0 || high == low + 1;
        if first > last || last >= BLOCK || low > 13 || !is_alone || !is_next {
            return Err(PictureProblem::MALFORMED);
        }
        let known = (high > 0).then_some(high);
        let range = usize::from(first)..=usize::from(last);
        for (place, ..) in &parts {
            if self.components[*place].coded[range.clone()]
                .iter()
                .any(|coded| *coded != known)
            {
                return Err(TWICE);
            }
        }
        Ok(Scan {
            parts,
            first,
            last,
            high,
            low,
        })
    }

    /// Reads the coded bits that follow a scan header, and returns those that are seen with what stands behind them, from the next
    /// marker on. `interval` is after how many units the coding starts anew; 0 is never.
    pub(super) fn read<'a>(
        &mut self,
        scan: &Scan,
        tables: &Tables,
        interval: u16,
        coded: &'a [u8],
    ) -> Result<(Vec<u8>, &'a [u8]), PictureProblem> {
        let grids: Vec<(usize, usize)> = scan
            .parts
            .iter()
            .map(|(place, ..)| self.blocks(&self.components[*place]))
            .collect();
        let (units, shares) = match (&*scan.parts, &*grids) {
            ([_], [(wide, high)]) => (wide * high, vec![1]),
            (parts, _) => {
                let (across, down) = self.finest();
                let (wide, high) = (
                    self.width.div_ceil(8 * across),
                    self.height.div_ceil(8 * down),
                );
                let share = |(place, ..): &(usize, u8, u8)| {
                    self.components[*place].across * self.components[*place].down
                };
                let shares: Vec<u32> = parts.iter().map(share).collect();
                if shares.iter().sum::<u32>() > 10 {
                    return Err(PictureProblem::MALFORMED);
                }
                ((wide * high) as usize, shares)
            }
        };
        if self.is_progressive && scan.first > 0 {
            let component = &mut self.components[scan.parts[0].0];
            component.used.resize(units, 0);
        }
        let mut bits = Bits::of(coded);
        let mut run = 0;
        for unit in 0..units {
            let interval = usize::from(interval);
            if interval > 0 && unit > 0 && unit % interval == 0 {
                if run > 0 {
                    return Err(PictureProblem::MALFORMED);
                }
                bits.restart((unit / interval - 1) as u8 % 8)?;
            }
            for (part, share) in shares.iter().enumerate() {
                for _ in 0..*share {
                    let mut none = 0;
                    let used = &mut self.components[scan.parts[part].0].used;
                    let used = used.get_mut(unit).unwrap_or(&mut none);
                    let (dc, ac) = (tables.dc[part].as_ref(), tables.ac[part].as_ref());
                    scan.block(&mut bits, (dc, ac), used, &mut run)?;
                }
            }
        }
        if run > 0 {
            return Err(PictureProblem::MALFORMED);
        }
        for (place, ..) in &scan.parts {
            let range = usize::from(scan.first)..=usize::from(scan.last);
            self.components[*place].coded[range].fill(Some(scan.low));
        }
        bits.finish()
    }
}

impl Scan {
    /// The header, with nothing in it that a decoder does not need.
    pub(super) fn header(&self, frame: &Frame) -> Vec<u8> {
        let mut header = vec![self.parts.len() as u8];
        for (place, dc, ac) in &self.parts {
            header.extend([frame.components[*place].id, dc << 4 | ac]);
        }
        header.extend([self.first, self.last, self.high << 4 | self.low]);
        header
    }

    /// The numbers of the tables that it needs: for the mean of a block, and for the rest of it.
    pub(super) fn tables(&self) -> (Vec<Option<u8>>, Vec<Option<u8>>) {
        let needs_dc = self.first == 0 && self.high == 0;
        let needs_ac = self.last > 0;
        let dc = self.parts.iter().map(|(_, dc, _)| needs_dc.then_some(*dc));
        let ac = self.parts.iter().map(|(_, _, ac)| needs_ac.then_some(*ac));
        (dc.collect(), ac.collect())
    }

    /// Reads one block.
    fn block(
        &self,
        bits: &mut Bits<'_>,
        (dc, ac): (Option<&Codes>, Option<&Codes>),
        used: &mut u64,
        run: &mut u32,
    ) -> Result<(), PictureProblem> {
        if self.first == 0 {
            match dc {
                Some(codes) => {
                    let size = codes.next(bits)?;
                    if size > 15 {
                        return Err(PictureProblem::MALFORMED);
                    }
                    bits.number(size)?;
                }
                None => {
                    bits.bit()?;
                }
            }
        }
        let Some(codes) = ac else { return Ok(()) };
        if self.high == 0 {
            self.first_bits(bits, codes, used, run)
        } else {
            self.one_more_bit(bits, codes, used, run)
        }
    }

    /// The first bits of the numbers of a block.
    fn first_bits(
        &self,
        bits: &mut Bits<'_>,
        codes: &Codes,
        used: &mut u64,
        run: &mut u32,
    ) -> Result<(), PictureProblem> {
        if *run > 0 {
            *run -= 1;
            return Ok(());
        }
        let mut place = self.first.max(1);
        while place <= self.last {
            let code = codes.next(bits)?;
            let (zeros, size) = (code >> 4, code & 15);
            match (zeros, size) {
                (15, 0) => place += 16,
                (_, 0) => {
                    // Only a progressive picture says for more than one block that nothing follows.
                    if self.first > 0 {
                        *run = (1 << zeros) - 1 + u32::from(bits.number(zeros)?);
                    }
                    break;
                }
                _ => {
                    place += zeros;
                    if place > self.last {
                        return Err(PictureProblem::MALFORMED);
                    }
                    bits.number(size)?;
                    *used |= 1 << place;
                    place += 1;
                }
            }
        }
        Ok(())
    }

    /// One more bit of the numbers of a block: of those that are not zero, and of those that become so.
    fn one_more_bit(
        &self,
        bits: &mut Bits<'_>,
        codes: &Codes,
        used: &mut u64,
        run: &mut u32,
    ) -> Result<(), PictureProblem> {
        let mut place = self.first;
        while *run == 0 && place <= self.last {
            let code = codes.next(bits)?;
            let (mut zeros, size) = (code >> 4, code & 15);
            match (zeros, size) {
                (15, 0) => {}
                (_, 0) => {
                    *run = (1 << zeros) + u32::from(bits.number(zeros)?);
                    break;
                }
                (_, 1) => {
                    bits.bit()?;
                }
                _ => return Err(PictureProblem::MALFORMED),
            }
            while place <= self.last {
                if *used >> place & 1 == 1 {
                    bits.bit()?;
                } else if zeros == 0 {
                    break;
                } else {
                    zeros -= 1;
                }
                place += 1;
            }
            if size == 1 {
                if place > self.last {
                    return Err(PictureProblem::MALFORMED);
                }
                *used |= 1 << place;
            }
            place += 1;
        }
        if *run > 0 {
            for place in place..=self.last {
                if *used >> place & 1 == 1 {
                    bits.bit()?;
                }
            }
            *run -= 1;
        }
        Ok(())
    }
}
