//! The bytes of an export as text: what spreadsheets save as CSV is not always UTF-8.

use crate::diagnostic::Diagnostic;

/// What bytes 0x80 to 0x9f are in Windows-1252; `\0` where they are nothing.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Reads UTF-8, UTF-16 and Windows-1252.
pub(super) fn decode(file: &str, bytes: &[u8]) -> Result<String, Diagnostic> {
    let refused =
        |message: &str, hint: &str| Err(Diagnostic::error(message).in_file(file).with_hint(hint));
    let as_csv = "save it as \"CSV UTF-8\"";
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return refused("this form is a workbook, not CSV", as_csv);
    }
    let zeros_at = |odd: usize| bytes.iter().skip(odd).step_by(2).any(|byte| *byte == 0);
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ if zeros_at(1) && !zeros_at(0) => utf16(bytes, u16::from_le_bytes),
        _ if zeros_at(0) && !zeros_at(1) => utf16(bytes, u16::from_be_bytes),
        _ => std::str::from_utf8(bytes)
            .ok()
            .map(str::to_owned)
            .or_else(|| windows_1252(bytes)),
    };
    match text {
        Some(text) if !text.contains('\0') => Ok(text),
        _ => refused(
            "this form is neither UTF-8, UTF-16 nor Windows-1252",
            as_csv,
        ),
    }
}

fn utf16(bytes: &[u8], number: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let numbers: Vec<u16> = pairs.iter().map(|pair| number(*pair)).collect();
    String::from_utf16(&numbers)
        .ok()
        .filter(|_| rest.is_empty())
}

fn windows_1252(bytes: &[u8]) -> Option<String> {
    let letter = |byte: &u8| match byte {
        0x80..=0x9f => {
            Some(WINDOWS_1252[usize::from(byte - 0x80)]).filter(|letter| *letter != '\0')
        }
        _ => Some(char::from(*byte)),
    };
    bytes.iter().map(letter).collect()
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
        for refused in [&b"PK\x03\x04rest"[..], b"a\0\0b", b"\x81", b"\xff\xfea"] {
            decode("form.csv", refused).unwrap_err();
        }
    }
}
