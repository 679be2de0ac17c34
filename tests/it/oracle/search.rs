//! Looks for tokens in what came out, in every spelling in which a text could hide.

use std::collections::BTreeSet;
use std::io::Cursor;

use data_encoding::{BASE64, HEXLOWER};

use crate::folder::tokens;

/// Every token of some output: as it stands, unescaped, percent-decoded, from base64 and hexadecimal, and from UTF-16.
pub(crate) fn found(bytes: &[u8]) -> BTreeSet<String> {
    let whole = String::from_utf8_lossy(bytes);
    // The style sheet is long and the same on every page: it is looked at as it stands.
    let sheet = |text: &str| Some(text.find("<style>")?..text.find("</style>")?);
    let style = sheet(&whole)
        .filter(|style| !style.is_empty())
        .unwrap_or_default();
    let text = format!("{} {}", &whole[..style.start], &whole[style.end..]);
    let mut found = tokens(&whole[style].to_lowercase());
    found.extend(plain(&text));
    for inner in encoded(&text) {
        found.extend(plain(&String::from_utf8_lossy(&inner)));
    }
    let spaced: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    if spaced.len() < bytes.len() {
        found.extend(plain(&String::from_utf8_lossy(&spaced)));
    }
    found
}

/// The tokens of a text in its plain spellings. What is in an address may be escaped twice.
fn plain(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let (mut spelling, mut last) = (text.to_lowercase(), String::new());
    while spelling != last {
        found.extend(tokens(&spelling));
        // A token may be broken by a fold of lines, as in calendar entries, or by a soft hyphen.
        let joined: String = spelling
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '\u{ad}')
            .collect();
        found.extend(tokens(&joined));
        last = spelling;
        spelling = percent_decoded(&unescaped(&last)).to_lowercase();
    }
    found
}

/// Runs of base64 and hexadecimal, decoded.
fn encoded(text: &str) -> Vec<Vec<u8>> {
    let is_letter =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '=');
    let mut decoded = Vec::new();
    for run in text
        .split(|letter| !is_letter(letter))
        .filter(|run| run.len() >= 7)
    {
        let run = run.trim_end_matches('=');
        for start in 0..4.min(run.len()) {
            let whole = &run[start..start + (run.len() - start) / 4 * 4];
            decoded.extend(BASE64.decode(whole.as_bytes()));
        }
        let mut padded = run.to_owned();
        while !padded.len().is_multiple_of(4) {
            padded.push('=');
        }
        decoded.extend(BASE64.decode(padded.as_bytes()));
        decoded.extend(HEXLOWER.decode(run.to_lowercase().as_bytes()));
    }
    let is_telling = |bytes: &Vec<u8>| {
        bytes
            .iter()
            .any(|byte| matches!(byte, b'q' | b'Q' | b'&' | b'%'))
    };
    let pictures: Vec<Vec<u8>> = decoded.iter().filter_map(|bytes| pixels(bytes)).collect();
    decoded.extend(pictures);
    decoded.retain(is_telling);
    decoded
}

/// What is seen of a PNG.
fn pixels(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut picture = png::Decoder::new(Cursor::new(bytes)).read_info().ok()?;
    let mut pixels = vec![0; picture.output_buffer_size()?];
    picture.next_frame(&mut pixels).ok()?;
    Some(pixels)
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("&#") {
        plain += &rest[..start];
        rest = &rest[start + 2..];
        let end = rest.find(';').filter(|end| *end < 9);
        let letter = end.and_then(|end| {
            let digits = &rest[..end];
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => digits.parse(),
            };
            code.ok().and_then(char::from_u32)
        });
        if let (Some(letter), Some(end)) = (letter, end) {
            plain.push(letter);
            rest = &rest[end + 1..];
        }
    }
    plain += rest;
    plain
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let code = more
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &more[2..] } else { more };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_token_is_found_in_any_spelling() {
    for hidden in [
        "qz7zq",
        "QZ7ZQ",
        "<p title=\"qz7zq\">",
        "&#113;z7zq",
        "q&#x7a;7zq",
        "%717a7zq%20%71%7a7zq",
        "cXo3enE=",
        "eHF6N3pxeA==",
        "data:text/calendar;base64,U1VNTUFSWTpxejd6cQ",
        "717a377a71",
        "qz7\n zq",
        "qz7\u{ad}zq",
        "q\0z\u{0}7\0z\0q\0",
    ] {
        assert!(found(hidden.as_bytes()).contains("qz7zq"), "{hidden:?}");
    }
    assert!(found(b"qz77zq qz zq").iter().all(|token| token == "qz77zq"));
}
