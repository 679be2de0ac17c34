//! Addresses that hold what they lead to, `data:…`, and letters written by their number, `%41`.

use data_encoding::BASE64;

/// What a `data:` address holds.
pub(super) struct DataAddress {
    media_type: String,
    /// The bytes, decoded.
    pub(super) bytes: Vec<u8>,
}

impl DataAddress {
    /// Reads one; anything else is none. Bytes that cannot be decoded are taken as they are written.
    pub(super) fn of(address: &str) -> Option<Self> {
        let address = address.trim();
        let rest = address
            .get(..5)
            .filter(|scheme| scheme.eq_ignore_ascii_case("data:"))
            .map(|_| &address[5..])?;
        let (head, body) = rest.split_once(',')?;
        let head = head.to_ascii_lowercase();
        let bytes = match head.strip_suffix(";base64") {
            Some(_) => {
                let body: String = body
                    .chars()
                    .filter(|letter| !letter.is_whitespace())
                    .collect();
                let decoded = BASE64.decode(body.as_bytes());
                decoded.unwrap_or_else(|_| body.into_bytes())
            }
            None => unescaped(body),
        };
        let media_type = head.split(';').next().unwrap_or_default().to_owned();
        Some(Self { media_type, bytes })
    }

    /// Whether it says that it is a picture made of pixels.
    pub(super) fn is_picture(&self) -> bool {
        self.media_type.starts_with("image/") && self.media_type != "image/svg+xml"
    }

    /// The ending of a file that holds such a picture.
    pub(super) fn ending(&self) -> &str {
        self.media_type.strip_prefix("image/").unwrap_or_default()
    }
}

/// `%41` to `A`.
pub(super) fn unescaped(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while let Some(byte) = bytes.get(place) {
        let digits = bytes.get(place + 1..place + 3);
        let code = digits
            .filter(|_| *byte == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(code.unwrap_or(*byte));
        place += if code.is_some() { 3 } else { 1 };
    }
    decoded
}
