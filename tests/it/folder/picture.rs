//! The smallest picture that holds what a test needs: some grey pixels, and a remark that nobody is to see.

/// A PNG of one line of grey pixels with `remark` in its metadata.
pub(crate) fn png(pixels: &[u8], remark: &str) -> Vec<u8> {
    let width = u32::try_from(pixels.len()).unwrap();
    let mut header = width.to_be_bytes().to_vec();
    header.extend([0, 0, 0, 1, 8, 0, 0, 0, 0]);
    let line: Vec<u8> = [&[0], pixels].concat();
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(chunk(b"IHDR", &header));
    bytes.extend(chunk(b"tEXt", format!("Comment\0{remark}").as_bytes()));
    bytes.extend(chunk(b"IDAT", &stored(&line)));
    bytes.extend(chunk(b"IEND", &[]));
    bytes
}

/// A chunk of a PNG.
pub(crate) fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    let body = [kind, data].concat();
    [&length[..], &body, &crc(&body).to_be_bytes()].concat()
}

/// A zlib stream that holds the bytes as they are.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    let mut stream = vec![0x78, 0x01, 1];
    stream.extend(length.to_le_bytes());
    stream.extend((!length).to_le_bytes());
    stream.extend(bytes);
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in bytes {
        low = (low + u32::from(*byte)) % 65521;
        high = (high + low) % 65521;
    }
    stream.extend(((high << 16) | low).to_be_bytes());
    stream
}

fn crc(bytes: &[u8]) -> u32 {
    let mut rest = u32::MAX;
    for byte in bytes {
        rest ^= u32::from(*byte);
        for _ in 0..8 {
            rest = if rest & 1 == 1 {
                (rest >> 1) ^ 0xedb8_8320
            } else {
                rest >> 1
            };
        }
    }
    !rest
}
