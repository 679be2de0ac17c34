//! An HTML file cut into tags, texts and comments, with nothing assumed about who wrote it.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr_iter};

use crate::audit::references::decoded;

/// Elements whose text is no markup.
const RAW: [&str; 2] = ["script", "style"];

/// A file cut into its pieces.
pub(super) struct Markup<'a> {
    /// The pieces in their order, each with the line it begins in.
    pub(super) pieces: Vec<(u32, Piece<'a>)>,
    attributes: Vec<Attribute<'a>>,
}

/// A piece of a file.
pub(super) enum Piece<'a> {
    /// Text between tags, as it is written.
    Text(&'a str),
    /// A tag, opening or closing.
    Tag(Tag<'a>),
    /// A comment, a declaration or whatever else a browser does not show.
    Comment(&'a str),
    /// What stands inside a script or style, with the tag before it.
    Raw(Tag<'a>, &'a str),
}

/// A tag.
pub(super) struct Tag<'a> {
    /// Its name in lower case.
    pub(super) name: Cow<'a, str>,
    /// Which attributes of the file are its own.
    attributes: Range<usize>,
}

/// An attribute of a tag.
pub(super) struct Attribute<'a> {
    /// Its name in lower case.
    pub(super) name: Cow<'a, str>,
    /// Its value, decoded.
    pub(super) value: Cow<'a, str>,
}

impl<'a> Markup<'a> {
    /// Cuts a file.
    pub(super) fn of(text: &'a str) -> Self {
        let mut cutter = Cutter {
            text,
            place: 0,
            line: 1,
            markup: Self {
                pieces: Vec::with_capacity(text.len() / 32),
                attributes: Vec::with_capacity(text.len() / 32),
            },
        };
        cutter.cut();
        cutter.markup
    }

    /// The attributes of a tag.
    pub(super) fn attributes(&self, tag: &Tag<'_>) -> &[Attribute<'a>] {
        &self.attributes[tag.attributes.clone()]
    }

    /// The value of an attribute of a tag.
    pub(super) fn attribute(&self, tag: &Tag<'_>, name: &str) -> Option<&str> {
        let mut attributes = self.attributes(tag).iter();
        let found = attributes.find(|attribute| attribute.name == name)?;
        Some(&found.value)
    }
}

struct Cutter<'a> {
    text: &'a str,
    /// Where what is not cut yet begins; always between two letters.
    place: usize,
    /// The line of that place, from 1.
    line: u32,
    markup: Markup<'a>,
}

impl<'a> Cutter<'a> {
    fn cut(&mut self) {
        while self.place < self.text.len() {
            let rest = &self.text[self.place..];
            match rest.as_bytes() {
                [b'<', b'!', b'-', b'-', ..] => {
                    // `<!-->` is a whole one.
                    let length = rest[2..].find("-->").map_or(rest.len(), |end| end + 5);
                    self.take(length, Piece::Comment);
                }
                [b'<', b'!' | b'?', ..] => {
                    let length = rest.find('>').map_or(rest.len(), |end| end + 1);
                    self.take(length, Piece::Comment);
                }
                [b'<', inside @ ..] if begins_tag(inside) => self.tag(rest),
                [_, inside @ ..] => {
                    let next = memchr(b'<', inside).unwrap_or(inside.len());
                    self.take(next + 1, Piece::Text);
                }
                [] => {}
            }
        }
    }

    /// Takes bytes as one piece.
    fn take(&mut self, length: usize, piece: impl FnOnce(&'a str) -> Piece<'a>) {
        let taken = &self.text[self.place..self.place + length];
        self.markup.pieces.push((self.line, piece(taken)));
        self.skip(taken);
    }

    fn skip(&mut self, taken: &str) {
        let breaks = memchr_iter(b'\n', taken.as_bytes()).count();
        self.line += u32::try_from(breaks).unwrap_or_default();
        self.place += taken.len();
    }

    fn tag(&mut self, rest: &'a str) {
        let (tag, length) = read_tag(rest, &mut self.markup.attributes);
        let is_opening = !rest.starts_with("</");
        let line = self.line;
        self.skip(&rest[..length]);
        if !is_opening || !RAW.contains(&&*tag.name) {
            self.markup.pieces.push((line, Piece::Tag(tag)));
            return;
        }
        let rest = &self.text[self.place..];
        let length = end_of(rest, &tag.name);
        self.take(length, |text| Piece::Raw(tag, text));
    }
}

/// Whether what stands behind `<` makes it a tag.
fn begins_tag(inside: &[u8]) -> bool {
    let slashes = inside.iter().take_while(|byte| **byte == b'/').count();
    inside.get(slashes).is_some_and(u8::is_ascii_alphabetic)
}

/// The place of the first byte from `start` on for which `is_end` holds, or the end.
fn until(text: &[u8], start: usize, is_end: impl Fn(u8) -> bool) -> usize {
    let rest = text[start..].iter();
    start + rest.take_while(|byte| !is_end(**byte)).count()
}

/// How long the text of an element is that holds no markup.
fn end_of(text: &str, name: &str) -> usize {
    let closes = |place: &usize| {
        let after = text.as_bytes().get(place + 2..place + 2 + name.len());
        after.is_some_and(|after| after.eq_ignore_ascii_case(name.as_bytes()))
    };
    let mut places = text.match_indices("</").map(|(place, _)| place);
    places.find(closes).unwrap_or(text.len())
}

/// Reads the tag at the start of `text`; returns it with its length. One without an end goes on to the end of the file.
fn read_tag<'a>(text: &'a str, attributes: &mut Vec<Attribute<'a>>) -> (Tag<'a>, usize) {
    let bytes = text.as_bytes();
    let start = until(bytes, 0, |byte| byte.is_ascii_alphabetic());
    let is_end = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'<');
    let mut place = until(bytes, start, is_end);
    let name = lower(&text[start..place]);
    let first = attributes.len();
    loop {
        place = until(bytes, place, |byte| {
            !byte.is_ascii_whitespace() && byte != b'/'
        });
        if let None | Some(b'>') = bytes.get(place) {
            let tag = Tag {
                name,
                attributes: first..attributes.len(),
            };
            return (tag, (place + 1).min(text.len()));
        }
        let (attribute, length) = read_attribute(&text[place..]);
        attributes.push(attribute);
        place += length;
    }
}

/// A name in lower case, as most are written.
fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|letter| letter.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Reads the attribute at the start of `text`; returns it with its length, which is never nothing.
fn read_attribute(text: &str) -> (Attribute<'_>, usize) {
    let bytes = text.as_bytes();
    let is_blank = |byte: u8| byte.is_ascii_whitespace();
    let end = until(bytes, 1, |byte| {
        is_blank(byte) || matches!(byte, b'>' | b'/' | b'=')
    });
    let name = lower(&text[..end]);
    let sign = until(bytes, end, |byte| !is_blank(byte));
    if bytes.get(sign) != Some(&b'=') {
        let value = Cow::Borrowed("");
        return (Attribute { name, value }, end);
    }
    let start = until(bytes, sign + 1, |byte| !is_blank(byte));
    let (value, length) = match bytes.get(start) {
        Some(quote @ (b'"' | b'\'')) => {
            let rest = &text[start + 1..];
            let end = memchr(*quote, rest.as_bytes()).unwrap_or(rest.len());
            (&rest[..end], (start + 1 + end + 1).min(text.len()))
        }
        _ => {
            let end = until(bytes, start, |byte| is_blank(byte) || byte == b'>');
            (&text[start..end], end)
        }
    };
    let value = decoded(value);
    (Attribute { name, value }, length)
}

#[cfg(test)]
mod tests {
    use super::{Markup, Piece};

    #[test]
    fn attributes_are_read_in_every_notation() {
        let markup = Markup::of("<IMG Src='a&amp;b' alt = x title=\"y>z\" hidden/>text");
        let Piece::Tag(tag) = &markup.pieces[0].1 else {
            panic!("a tag")
        };
        assert_eq!(tag.name, "img");
        assert_eq!(markup.attribute(tag, "src"), Some("a&b"));
        assert_eq!(markup.attribute(tag, "alt"), Some("x"));
        assert_eq!(markup.attribute(tag, "title"), Some("y>z"));
        assert_eq!(markup.attribute(tag, "hidden"), Some(""));
        assert!(matches!(markup.pieces[1].1, Piece::Text("text")));
    }
}
