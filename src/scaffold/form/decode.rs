//! The bytes of an export as text: what spreadsheets save as CSV is not always UTF-8.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::diagnostic::Diagnostic;

/// Reads UTF-8, UTF-16 and Windows-1252.
pub(super) fn decode(file: &str, bytes: &[u8]) -> Result<String, Diagnostic> {
    let refused =
        |message: &str, hint: &str| Err(Diagnostic::error(message).in_file(file).with_hint(hint));
    let as_csv = "save it as \"CSV UTF-8\"";
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return refused(
            "this form is an old workbook, or one with a password",
            "save it as `.xlsx` without a password, or as \"CSV UTF-8\"",
        );
    }
    let zeros_at = |odd: usize| bytes.iter().skip(odd).step_by(2).any(|byte| *byte == 0);
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => read(rest, UTF_16LE),
        [0xfe, 0xff, rest @ ..] => read(rest, UTF_16BE),
        _ if zeros_at(1) && !zeros_at(0) => read(bytes, UTF_16LE),
        _ if zeros_at(0) && !zeros_at(1) => read(bytes, UTF_16BE),
        _ => read(bytes, UTF_8).or_else(|| {
            let text = read(bytes, WINDOWS_1252)?;
            // Five of its bytes are no letter.
            let is_letter = |letter| !('\u{80}'..='\u{9f}').contains(&letter);
            text.chars().all(is_letter).then_some(text)
        }),
    };
    match text {
        Some(text) if !text.contains('\0') => Ok(text),
        _ => refused(
            "this form is neither UTF-8, UTF-16 nor Windows-1252",
            as_csv,
        ),
    }
}

fn read(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn every_way_to_save_gives_the_same_text() {
        let text = "Näme;“Frage”\r\nZoë;2\r\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let windows = b"N\xe4me;\x93Frage\x94\r\nZo\xeb;2\r\n".to_vec();
        let with = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            windows,
            with(&[0xff, 0xfe], &little),
            with(&[0xfe, 0xff], &big),
        ] {
            assert_eq!(decode("form.csv", &bytes).unwrap(), text);
        }
        let plain: Vec<u8> = "Name;Q".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode("form.csv", &plain).unwrap(), "Name;Q");
        for refused in [
            &b"\xd0\xcf\x11\xe0rest"[..],
            b"a\0\0b",
            b"\x81",
            b"\xff\xfea",
        ] {
            decode("form.csv", refused).unwrap_err();
        }
    }
}
