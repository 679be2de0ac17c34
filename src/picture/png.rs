//! PNG: the chunks that make pixels and their colours, up to the end of the picture.
//!
//! Chunk by chunk, https://www.w3.org/TR/png-3/. A colour profile (`iCCP`) is not kept: it names itself, its maker and often the
//! screen it was made for, in words. The numbers of `gAMA`, `cHRM`, `sRGB` and `cICP` are.

use crate::engagement::picture::{Picture, PictureKind};
use crate::picture::cursor::Cursor;
use crate::picture::orientation::Orientation;
use crate::picture::problem::PictureProblem;

/// The eight bytes that every PNG begins with.
const SIGNATURE: &[u8; 8] = b"\x89PNG\r\n\x1a\n";

/// The remainders of the checksum for each byte, so that a picture of some megabytes is checked at once.
const REMAINDERS: [u32; 256] = remainders();

/// A part of the file: its name, its content, and a checksum that was found right.
struct Chunk<'a> {
    name: &'a [u8],
    data: &'a [u8],
}

/// What the first chunk says of the pixels.
struct Header {
    width: u32,
    height: u32,
    depth: u8,
    colour: u8,
}

/// What was kept so far of the chunks before the pixels, and the pixels.
struct Kept<'a> {
    header: Header,
    chunks: Vec<Chunk<'a>>,
    orientation: Option<Orientation>,
    pixels: Vec<&'a [u8]>,
}

/// Returns the picture that `bytes`, which begin like a PNG, hold without its metadata.
pub(super) fn clean(bytes: &[u8]) -> Result<Picture, PictureProblem> {
    let mut file = Cursor::of(bytes);
    file.take(SIGNATURE.len())?;
    let first = Chunk::read(&mut file)?;
    let header = Header::of(&first)?;
    PictureProblem::check_size(header.width, header.height)?;
    let mut kept = Kept {
        header,
        chunks: vec![first],
        orientation: None,
        pixels: Vec::new(),
    };
    let mut are_pixels_over = false;
    loop {
        let chunk = Chunk::read(&mut file)?;
        match chunk.name {
            b"IEND" => break,
            b"IDAT" if are_pixels_over => {
                return Err(PictureProblem::Damaged("its pixels stand in two places"));
            }
            b"IDAT" => kept.pixels.push(chunk.data),
            b"acTL" | b"fcTL" | b"fdAT" => return Err(PictureProblem::Animated),
            // Behind the pixels, decoders heed nothing that is on the list.
            _ if !kept.pixels.is_empty() => are_pixels_over = true,
            _ => kept.heed(chunk)?,
        }
    }
    kept.picture()
}

impl<'a> Chunk<'a> {
    /// Reads the next chunk, and refuses one whose checksum is wrong.
    fn read(file: &mut Cursor<'a>) -> Result<Self, PictureProblem> {
        let length = usize::try_from(file.u32_be()?).map_err(|_| PictureProblem::CUT_OFF)?;
        let named = length.checked_add(4).ok_or(PictureProblem::CUT_OFF)?;
        let (name, data) = file.take(named)?.split_at(4);
        if file.u32_be()? != checksum(name, data) {
            return Err(PictureProblem::Damaged("a checksum in it is wrong"));
        }
        Ok(Self { name, data })
    }
}

impl Header {
    /// Reads the first chunk, and refuses one that no decoder knows.
    fn of(chunk: &Chunk) -> Result<Self, PictureProblem> {
        let wrong = || PictureProblem::Damaged("its header is wrong");
        if chunk.name != b"IHDR" || chunk.data.len() != 13 {
            return Err(wrong());
        }
        let mut data = Cursor::of(chunk.data);
        let (width, height) = (data.u32_be()?, data.u32_be()?);
        let [depth, colour, compression, filter, interlace] = data.array()?;
        let is_known = matches!(
            (colour, depth),
            (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) | (2 | 4 | 6, 8 | 16)
        );
        if !is_known || compression != 0 || filter != 0 || interlace > 1 {
            return Err(wrong());
        }
        Ok(Self {
            width,
            height,
            depth,
            colour,
        })
    }
}

impl<'a> Kept<'a> {
    /// Keeps a chunk that stands before the pixels if it is on the list, and refuses one that should be but is malformed:
    /// a chunk of the wrong length could hold anything.
    fn heed(&mut self, chunk: Chunk<'a>) -> Result<(), PictureProblem> {
        let Chunk { name, data } = chunk;
        let colour = self.header.colour;
        let is_well_formed = match name {
            b"eXIf" => {
                self.orientation
                    .get_or_insert_with(|| Orientation::of_exif(data));
                return Ok(());
            }
            b"PLTE" if colour == 3 => {
                data.len().is_multiple_of(3)
                    && (1..=1 << self.header.depth).contains(&(data.len() / 3))
            }
            // Of full-colour pictures, the palette is a mere suggestion; of those with alpha, `tRNS` means nothing.
            b"PLTE" => return Ok(()),
            b"tRNS" if colour >= 4 => return Ok(()),
            b"tRNS" => match colour {
                0 => data.len() == 2,
                2 => data.len() == 6,
                _ => data.len() <= self.colours(),
            },
            b"sRGB" => matches!(data, [0..=3]),
            b"gAMA" | b"cICP" => data.len() == 4,
            b"cHRM" => data.len() == 32,
            // Small letters say that a decoder may pass a chunk over. What it may not, and what nobody knows, is no picture.
            _ if name[0].is_ascii_lowercase() => return Ok(()),
            _ => return Err(PictureProblem::Damaged("a part of it is unknown")),
        };
        if !is_well_formed || self.chunks.iter().any(|kept| kept.name == name) {
            return Err(PictureProblem::Damaged("a part of it is malformed"));
        }
        self.chunks.push(Chunk { name, data });
        Ok(())
    }

    /// How many colours the palette has.
    fn colours(&self) -> usize {
        self.chunks
            .iter()
            .find(|kept| kept.name == b"PLTE")
            .map_or(0, |palette| palette.data.len() / 3)
    }

    /// Writes the file. How the pixels were cut into chunks says only which program did it, so they become one.
    fn picture(self) -> Result<Picture, PictureProblem> {
        if self.pixels.iter().all(|part| part.is_empty())
            || (self.header.colour == 3 && self.colours() == 0)
        {
            return Err(PictureProblem::Damaged("a part of it is missing"));
        }
        PictureProblem::check_weight(self.pixels.iter().map(|part| part.len()).sum())?;
        let mut bytes = SIGNATURE.to_vec();
        for chunk in &self.chunks {
            write_chunk(&mut bytes, chunk.name, chunk.data);
        }
        let orientation = self.orientation.unwrap_or(Orientation::UPRIGHT);
        if !orientation.is_upright() {
            write_chunk(&mut bytes, b"eXIf", &orientation.exif());
        }
        write_chunk(&mut bytes, b"IDAT", &self.pixels.concat());
        write_chunk(&mut bytes, b"IEND", b"");
        let (width, height) = orientation.turned(self.header.width, self.header.height);
        Ok(Picture {
            kind: PictureKind::Png,
            bytes,
            width,
            height,
        })
    }
}

/// Appends a chunk with its length and checksum.
fn write_chunk(bytes: &mut Vec<u8>, name: &[u8], data: &[u8]) {
    let length = u32::try_from(data.len())
        .expect("chunks that are kept are no longer than the heaviest picture");
    bytes.extend(length.to_be_bytes());
    bytes.extend(name);
    bytes.extend(data);
    bytes.extend(checksum(name, data).to_be_bytes());
}

/// The checksum of a chunk, which PNG calls CRC.
pub(super) fn checksum(name: &[u8], data: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in name.iter().chain(data) {
        sum = REMAINDERS[usize::from(sum.to_le_bytes()[0] ^ byte)] ^ (sum >> 8);
    }
    !sum
}

/// Computes the table for [`checksum`], as the appendix of the specification does.
const fn remainders() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < table.len() {
        let mut remainder = index as u32;
        let mut bit = 0;
        while bit < 8 {
            remainder = if remainder & 1 == 1 {
                0xedb8_8320 ^ (remainder >> 1)
            } else {
                remainder >> 1
            };
            bit += 1;
        }
        table[index] = remainder;
        index += 1;
    }
    table
}
