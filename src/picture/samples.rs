//! Small pictures for the tests, and what programs hide in them.
//!
//! The pictures were made once with Pillow; everything that must not be published is planted here, byte by byte.

use data_encoding::BASE64;

/// What is planted as text; no cleaned file may hold it.
pub(super) const CANARY: &[u8] = b"CANARY-51.5007N-Project-Falcon";

/// Eight by six pixels in colour, baseline.
const JPEG: &str = "\
/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9\
//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAGAAgDASIAAhEB\
AxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS\
0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKz\
tLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgEC\
BAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpj\
ZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6\
/9oADAMBAAIRAxEAPwBkFkpx0ooopQV1qFKpLl3P/9k=";

/// Eight by six pixels in grey, progressive: ten scans with tables between them.
const JPEG_PROGRESSIVE: &str = "\
/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9\
//j/wgALCAAGAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAv/aAAgBAQAAAAE//8QAFhAAAwAAAAAAAAAAAAAAAAAAAAEC/9oACAEBAAEFAlB//8QA\
FBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAGPwJ//8QAFRABAQAAAAAAAAAAAAAAAAAAAAH/2gAIAQEAAT8hk//aAAgBAQAAABD/AP/EABcQAAMBAAAA\
AAAAAAAAAAAAAAABETH/2gAIAQEAAT8QemH/2Q==";

/// 37 by 29 pixels, colours halved both ways, coded anew every two units.
const JPEG_RESTARTS: &str = "\
/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2\
P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAdACUDASIAAhEBAxEB\
/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2\
JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5\
usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBA\
QAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0\
dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/90ABAAC/9oADA\
MBAAIRAxEAPwDjo7f2qzHbZ7Vcit89quRW2e1VRj7QzpYixQjtM9qsJZ57VeWNR90ZNTpA7kZ49hVy9itF7z8v8z1aOIZ//9DPFmAOSB9aK0xaoowTj8M0\
UpTgnZqK9WfRKvpuVIbfNWjDgBR361Yt4lNWEjDSnPY4rCNRqgkt5aH5/Sran//RsxWwAyeBU6xFjhBgetWtgL7ewqx5YAVR3rlnV5YtR2W/dvt6HPRrPQ\
qLbovB6/SitOO3TZRTjCbV1Ffj/megqx//2Q==";

/// 37 by 29 pixels, colours halved one way, progressive: ten scans that add bits to each other.
const JPEG_REFINED: &str = "\
/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk\
//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wgARCAAdACUDASEAAhEBAxEB\
/8QAFwABAQEBAAAAAAAAAAAAAAAAAwAEBf/EABkBAAIDAQAAAAAAAAAAAAAAAAEEAAIFA//aAAwDAQACEAMQAAAB4KyzLdxKNZ9AwEQupcGgY4CKHUqNZ1\
mCqVda6Nf/xAAZEAADAQEBAAAAAAAAAAAAAAAAAQIREiH/2gAIAQEAAQUCUikUCg4FIpMOTgmTBSYckoS9wwUn/8QAGREAAwEBAQAAAAAAAAAAAAAAAAEC\
EgMh/9oACAEDAQE/AYoixWTRzZpkV6RRpkM5s0f/xAAgEQACAgEEAwEAAAAAAAAAAAAAAQIRAxIhIjETIzKB/9oACAECAQE/AVuLDY8UFs2YVZPK58YdD8\
UXTYpVibL0x0rs9S2bL4RRN/T/AAhiVH//xAAWEAADAAAAAAAAAAAAAAAAAAAgITD/2gAIAQEABj8Cqj//xAAcEAEAAgMAAwAAAAAAAAAAAAABABEQMUEg\
UWH/2gAIAQEAAT8h81HYOQTKG8DzjG/ECbhwGaXUoAe4FT//2gAMAwEAAgADAAAAEGPKwXsNUv/EABgRAQEBAQEAAAAAAAAAAAAAAAEAESEQ/9oACAEDAQ\
E/EPPXPPHrDFyW7rCE+ycIV//EACMRAQABAgUEAwAAAAAAAAAAAAEAEVEhMUFhcRCRweGh0fD/2gAIAQIBAT8QHQGaAeSYSYh0uv6/c65jZfEYjNw7xZZr\
4LwdcGz9QW8YrfPKnuUOf//EABwQAQEBAAIDAQAAAAAAAAAAAAERACFBUWFxMf/aAAgBAQABPxD1avWuHGpOMAOUPrqzjX6wODX5nxaejAogfEurzNECfp\
zhCvAZyCDvt1oUT1lZVemanjNIPrT9/9k=";

/// Eight by six pixels with alpha.
const PNG_RGBA: &str = "\
iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAYAAAD+Bd/7AAAAUUlEQVR4nGNkZGJmkfn397csAwMDNszyX/3vbwYGdobzD5gaZRV46hkY2BmQMQuDJgMD\
AwM7g6EmXz0DAx8DOoYrgAiIYmAsCmRQMA4FynAMALcsDbp6KHQnAAAAAElFTkSuQmCC";

/// Eight by six pixels of four colours, of which two are transparent.
const PNG_PALETTE: &str = "\
iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGAgMAAACDazdoAAAADFBMVEWRpIwdpBxmUjFmFQwKSJHPAAAAAnRSTlMAgJsrThgAAAAaSURBVHicY/zPwMTw\
nzHLjunNDYYQBiYGBgA0LgTH8ZIgCQAAAABJRU5ErkJggg==";

/// Eight by six pixels, lossy, plain file.
const WEBP_LOSSY: &str = "\
UklGRjoAAABXRUJQVlA4IC4AAACwAQCdASoIAAYAB0CWJbACdAEOqt1gAP7Q6VxCDomvTSw68GmDnqzpsB2pZQAA";

/// Eight by six pixels, lossless, plain file.
const WEBP_LOSSLESS: &str = "\
UklGRjAAAABXRUJQVlA4TCMAAAAvB0ABALkyRPQ/dhHR/4CCtm2Y0Cl/im9jMB1zEBMA5AX6PwA=";

/// Eight by six pixels, lossy with alpha, extended file.
const WEBP_ALPHA: &str = "\
UklGRnAAAABXRUJQVlA4WAoAAAAQAAAABwAABQAAQUxQSBwAAAABF6CgbRs21Qe73SIi0odABPFXmOD23CGi/2l0VlA4IC4AAACwAQCdASoIAAYAB0CW\
JbACdAEOqt1gAP7Q6VxCDomvTSw68GmDnqzpsB2pZQAA";

/// The pictures without any metadata, each with the name of its file.
pub(super) fn plain() -> Vec<(&'static str, Vec<u8>)> {
    let named = [
        ("baseline.jpg", JPEG),
        ("progressive.JPEG", JPEG_PROGRESSIVE),
        ("alpha.png", PNG_RGBA),
        ("palette.png", PNG_PALETTE),
        ("lossy.webp", WEBP_LOSSY),
        ("lossless.webp", WEBP_LOSSLESS),
        ("alpha.webp", WEBP_ALPHA),
    ];
    named
        .map(|(name, text)| (name, BASE64.decode(text.as_bytes()).unwrap()))
        .to_vec()
}

/// Larger pictures, made once with libjpeg's own programs, whose coded pixels have every part that the format knows.
pub(super) fn coded_in_parts() -> Vec<(&'static str, Vec<u8>)> {
    [
        ("restarts.jpg", JPEG_RESTARTS),
        ("refined.jpg", JPEG_REFINED),
    ]
    .map(|(name, text)| (name, BASE64.decode(text.as_bytes()).unwrap()))
    .to_vec()
}

/// The plain picture of that name.
pub(super) fn sample(name: &str) -> Vec<u8> {
    plain()
        .into_iter()
        .find(|(other, _)| *other == name)
        .unwrap()
        .1
}

/// The same picture with everything planted that its format has room for.
pub(super) fn planted(bytes: &[u8]) -> Vec<u8> {
    let mut planted = match bytes {
        [0xff, ..] => planted_jpeg(bytes),
        [0x89, ..] => planted_png(bytes),
        _ => planted_webp(bytes),
    };
    // A zip behind the picture, and what a cropping tool left of the longer file that it overwrote.
    planted.extend(b"PK\x03\x04");
    planted.extend(CANARY);
    planted.extend(&bytes[bytes.len() / 2..]);
    planted
}

/// An Exif block with a place, a description, a preview that tells more than the picture, and an orientation.
pub(super) fn exif(orientation: u16) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [
            &tag.to_le_bytes()[..],
            &kind.to_le_bytes(),
            &count.to_le_bytes(),
            &value.to_le_bytes(),
        ]
        .concat()
    };
    let length = CANARY.len() as u32;
    // Where the parts begin: a directory is a count, twelve bytes an entry, and where the next one stands.
    let gps = 8 + 2 + 3 * 12 + 4;
    let preview: u32 = gps + 2 + 2 * 12 + 4;
    let text = preview + 2 + 2 * 12 + 4;
    let mut block = b"II\x2a\0\x08\0\0\0".to_vec();
    block.extend(3u16.to_le_bytes());
    block.extend(entry(0x010e, 2, length, text));
    block.extend(entry(0x0112, 3, 1, u32::from(orientation)));
    block.extend(entry(0x8825, 4, 1, gps));
    block.extend(preview.to_le_bytes());
    block.extend(2u16.to_le_bytes());
    block.extend(entry(1, 2, 2, u32::from(b'N')));
    block.extend(entry(2, 5, 3, text));
    block.extend(0u32.to_le_bytes());
    block.extend(2u16.to_le_bytes());
    block.extend(entry(0x0201, 4, 1, text));
    block.extend(entry(0x0202, 4, 1, length));
    block.extend(0u32.to_le_bytes());
    block.extend(CANARY);
    block
}

/// A colour profile as far as it matters here: a header, and words.
fn profile() -> Vec<u8> {
    [&[0; 36][..], b"acsp", &[0; 88], b"desc", CANARY].concat()
}

/// An XMP packet.
fn xmp() -> Vec<u8> {
    [
        b"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><dc:creator>",
        CANARY,
        b"</dc:creator></x:xmpmeta>",
    ]
    .concat()
}

/// A JPEG segment.
pub(super) fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    [
        &[0xff, marker][..],
        &u16::try_from(data.len() + 2).unwrap().to_be_bytes(),
        data,
    ]
    .concat()
}

/// A PNG chunk.
pub(super) fn png_chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap();
    [
        &length.to_be_bytes()[..],
        name,
        data,
        &checksum(name, data).to_be_bytes(),
    ]
    .concat()
}

/// A WebP chunk.
pub(super) fn webp_chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap();
    [name, &length.to_le_bytes(), data, &[0][..data.len() % 2]].concat()
}

/// A WebP file of these chunks.
pub(super) fn webp_file(chunks: &[u8]) -> Vec<u8> {
    webp_chunk(b"RIFF", &[b"WEBP", chunks].concat())
}

fn planted_jpeg(bytes: &[u8]) -> Vec<u8> {
    // The samples begin with SOI and a JFIF segment of 18 bytes, whose density is metadata too.
    let mut jfif = bytes[2..20].to_vec();
    jfif[11..16].copy_from_slice(&[1, 0, 72, 0, 72]);
    let mut planted = [&bytes[..2], &jfif].concat();
    let preview = [b"JFXX\0\x10", bytes, CANARY].concat();
    let pictures = [b"MPF\0II\x2a\0\x08\0\0\0", CANARY].concat();
    planted.extend(segment(0xe0, &preview));
    planted.extend(segment(0xe1, &[b"Exif\0\0", &exif(1)[..]].concat()));
    planted.extend(segment(
        0xe1,
        &[b"http://ns.adobe.com/xap/1.0/\0", &xmp()[..]].concat(),
    ));
    planted.extend(segment(
        0xe2,
        &[b"ICC_PROFILE\0\x01\x01", &profile()[..]].concat(),
    ));
    planted.extend(segment(0xe2, &pictures));
    planted.extend(segment(
        0xed,
        &[
            b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x23\x1c\x02\x05\0\x1e",
            CANARY,
            b"\0",
        ]
        .concat(),
    ));
    planted.extend(segment(0xe5, CANARY));
    planted.extend(segment(0xfe, CANARY));
    // Between two segments, where decoders pass over it.
    planted.extend(CANARY);
    // Before the last scan too: a progressive picture has room for comments there.
    let last_scan = bytes
        .windows(2)
        .rposition(|pair| pair == [0xff, 0xda])
        .unwrap();
    planted.extend(&bytes[20..last_scan]);
    planted.extend(segment(0xfe, CANARY));
    planted.extend(segment(0xe1, &[b"Exif\0\0", &exif(6)[..]].concat()));
    planted.extend(&bytes[last_scan..]);
    planted
}

fn planted_png(bytes: &[u8]) -> Vec<u8> {
    let mut planted = bytes[..33].to_vec();
    planted.extend(png_chunk(b"tEXt", &[b"Comment\0", CANARY].concat()));
    planted.extend(png_chunk(b"zTXt", &[b"Author\0\0", CANARY].concat()));
    planted.extend(png_chunk(
        b"iTXt",
        &[b"XML:com.adobe.xmp\0\0\0\0\0", &xmp()[..]].concat(),
    ));
    planted.extend(png_chunk(b"iCCP", &[CANARY, b"\0\0", CANARY].concat()));
    planted.extend(png_chunk(b"eXIf", &exif(1)));
    planted.extend(png_chunk(b"pHYs", &[0, 0, 0x0b, 0x13, 0, 0, 0x0b, 0x13, 1]));
    planted.extend(png_chunk(b"tIME", &[7, 0xea, 1, 20, 14, 3, 59]));
    planted.extend(png_chunk(b"caBX", CANARY));
    let end = bytes.len() - 12;
    planted.extend(&bytes[33..end]);
    planted.extend(png_chunk(b"eXIf", &exif(6)));
    planted.extend(png_chunk(b"tEXt", &[b"Comment\0", CANARY].concat()));
    planted.extend(&bytes[end..]);
    planted
}

fn holds_lossless(bytes: &[u8]) -> bool {
    bytes.windows(4).any(|name| name == b"VP8L")
}

fn planted_webp(bytes: &[u8]) -> Vec<u8> {
    let (flags, chunks) = if &bytes[12..16] == b"VP8X" {
        (0x3c, &bytes[30..])
    } else {
        (0x2c, &bytes[12..])
    };
    let mut content = webp_chunk(b"VP8X", &[flags, 0, 0, 0, 7, 0, 0, 5, 0, 0]);
    content.extend(webp_chunk(b"ICCP", &profile()));
    content.extend(webp_chunk(b"note", CANARY));
    content.extend(chunks);
    content.extend(webp_chunk(b"EXIF", &exif(1)));
    content.extend(webp_chunk(b"XMP ", &xmp()));
    // Other pixels behind the first, which no decoder looks at.
    let name = if holds_lossless(bytes) {
        b"VP8L"
    } else {
        b"VP8 "
    };
    content.extend(webp_chunk(name, CANARY));
    webp_file(&content)
}

/// The checksum of a chunk, which PNG calls CRC, bit by bit.
fn checksum(name: &[u8], data: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in name.iter().chain(data) {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                0xedb8_8320 ^ (sum >> 1)
            } else {
                sum >> 1
            };
        }
    }
    !sum
}
