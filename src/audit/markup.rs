//! An HTML file as the audit reads it: tags, texts and remarks, with nothing assumed about who wrote it.
//!
//! The rule it guards: whatever a browser, a search engine or a person with a text editor could read in the file is read here too:
//! attributes, remarks, styles, and what stands inside `data:` addresses.

use data_encoding::BASE64;

use crate::audit::letters::Edge;
use crate::audit::letters::Letters;

/// Tags that stand inside a line, and so inside a word.
const INLINE: [&str; 31] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tspan", "u", "var", "wbr",
];

/// Elements whose text is no markup.
const RAW: [&str; 2] = ["script", "style"];

/// A file cut into its pieces.
pub(super) struct Markup<'a> {
    /// The pieces in their order, each with the line it begins in.
    pub(super) pieces: Vec<(u32, Piece<'a>)>,
}

/// A piece of a file.
pub(super) enum Piece<'a> {
    /// Text between tags, as it is written.
    Text(&'a str),
    /// A tag, opening or closing.
    Tag(Tag),
    /// A remark, a declaration or whatever else a browser passes over.
    Remark(&'a str),
    /// What stands inside a script or style, with the tag before it.
    Raw(Tag, &'a str),
}

/// A tag.
pub(super) struct Tag {
    /// Its name in lower case.
    pub(super) name: String,
    /// Its attributes, names in lower case, values decoded.
    pub(super) attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl<'a> Markup<'a> {
    /// Cuts a file.
    pub(super) fn of(text: &'a str) -> Self {
        let mut cutter = Cutter {
            text,
            place: 0,
            line: 1,
            pieces: Vec::new(),
        };
        cutter.cut();
        Self {
            pieces: cutter.pieces,
        }
    }

    /// Everything that can be read in the file; sealed bytes are not text.
    pub(super) fn letters(&self) -> Letters {
        self.letters_beside("")
    }

    /// The same, without a style sheet that is exactly `style`.
    pub(super) fn letters_beside(&self, style: &str) -> Letters {
        let mut letters = Letters::default();
        for (line, piece) in &self.pieces {
            match piece {
                Piece::Text(text) => {
                    letters.push(&decoded(text), *line);
                }
                Piece::Tag(tag) if INLINE.contains(&&*tag.name) => letters.part(Edge::Soft),
                Piece::Tag(_) | Piece::Remark(_) | Piece::Raw(..) => letters.part(Edge::Hard),
            }
        }
        for (line, piece) in &self.pieces {
            letters.part(Edge::Hard);
            match piece {
                Piece::Text(_) => {}
                Piece::Tag(tag) => push_attributes(&mut letters, tag, *line),
                Piece::Remark(text) => {
                    letters.push(&decoded(text), *line);
                }
                Piece::Raw(tag, text) => {
                    push_attributes(&mut letters, tag, *line);
                    if tag.attribute("id") != Some("sealed") && *text != style {
                        letters.push(text, *line);
                    }
                }
            }
        }
        letters
    }
}

fn push_attributes(letters: &mut Letters, tag: &Tag, line: u32) {
    for (name, value) in &tag.attributes {
        letters.part(Edge::Hard);
        letters.push(name, line);
        letters.part(Edge::Hard);
        match DataAddress::of(value) {
            Some(address) if address.is_picture() => {}
            Some(address) => {
                let text = String::from_utf8_lossy(&address.bytes).into_owned();
                // A calendar file breaks long lines with a blank behind the break, which is none of its text.
                let text = text
                    .replace("\r\n ", "")
                    .replace("\\n", " ")
                    .replace('\\', "");
                letters.push(&text, line);
            }
            None => {
                letters.push(value, line);
                if value.contains('%') {
                    letters.part(Edge::Hard);
                    letters.push(&String::from_utf8_lossy(&unescaped(value)), line);
                }
            }
        }
    }
}

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
fn unescaped(text: &str) -> Vec<u8> {
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

struct Cutter<'a> {
    text: &'a str,
    place: usize,
    line: u32,
    pieces: Vec<(u32, Piece<'a>)>,
}

impl<'a> Cutter<'a> {
    fn cut(&mut self) {
        while self.place < self.text.len() {
            let rest = &self.text[self.place..];
            let inside = rest.strip_prefix('<').unwrap_or_default();
            if let Some(remark) = rest.strip_prefix("<!--") {
                let length = remark.find("-->").map_or(rest.len(), |end| end + 7);
                self.take(length, Piece::Remark);
            } else if inside.starts_with(['!', '?']) {
                let length = rest.find('>').map_or(rest.len(), |end| end + 1);
                self.take(length, Piece::Remark);
            } else if inside
                .trim_start_matches('/')
                .starts_with(|letter: char| letter.is_ascii_alphabetic())
            {
                self.tag(rest);
            } else {
                let first = rest.chars().next().map_or(1, char::len_utf8);
                let next = rest[first..]
                    .find('<')
                    .map_or(rest.len(), |next| first + next);
                self.take(next, Piece::Text);
            }
        }
    }

    /// Takes bytes as one piece.
    fn take(&mut self, length: usize, piece: impl FnOnce(&'a str) -> Piece<'a>) {
        let mut end = (self.place + length).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        let taken = &self.text[self.place..end];
        self.pieces.push((self.line, piece(taken)));
        self.skip(taken);
    }

    fn skip(&mut self, taken: &str) {
        let breaks = taken.bytes().filter(|byte| *byte == b'\n').count();
        self.line += u32::try_from(breaks).unwrap_or_default();
        self.place += taken.len();
    }

    fn tag(&mut self, rest: &'a str) {
        let (tag, length) = read_tag(rest);
        let is_opening = !rest.starts_with("</");
        let line = self.line;
        self.skip(&rest[..length]);
        if !is_opening || !RAW.contains(&&*tag.name) {
            self.pieces.push((line, Piece::Tag(tag)));
            return;
        }
        let rest = &self.text[self.place..];
        let end = format!("</{}", tag.name);
        let length = find_ignoring_case(rest, &end).unwrap_or(rest.len());
        self.pieces
            .push((self.line, Piece::Raw(tag, &rest[..length])));
        self.skip(&rest[..length]);
    }
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    let wanted = wanted.as_bytes();
    let windows = text.as_bytes().windows(wanted.len());
    windows
        .into_iter()
        .position(|window| window.eq_ignore_ascii_case(wanted))
}

/// Reads the tag at the start of `text`; returns it with its length. One without an end goes on to the end of the file.
fn read_tag(text: &str) -> (Tag, usize) {
    let start = text
        .find(|letter: char| letter.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let is_in_name = |letter: char| !letter.is_whitespace() && !matches!(letter, '>' | '/' | '<');
    let end = text[start..]
        .find(|letter| !is_in_name(letter))
        .map_or(text.len(), |end| start + end);
    let mut tag = Tag {
        name: text[start..end].to_ascii_lowercase(),
        attributes: Vec::new(),
    };
    let mut place = end;
    loop {
        let rest = text[place..]
            .trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        place = text.len() - rest.len();
        if rest.is_empty() {
            return (tag, text.len());
        }
        if rest.starts_with('>') {
            return (tag, place + 1);
        }
        place += read_attribute(rest, &mut tag);
    }
}

/// Reads the attribute at the start of `text`; returns its length, which is never nothing.
fn read_attribute(text: &str, tag: &mut Tag) -> usize {
    let is_end = |letter: char| letter.is_whitespace() || matches!(letter, '>' | '/' | '=');
    let first = text.chars().next().map_or(1, char::len_utf8);
    let length = text[first..]
        .find(is_end)
        .map_or(text.len(), |end| first + end);
    let name = text[..length].to_ascii_lowercase();
    let rest = text[length..].trim_start();
    let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
        tag.attributes.push((name, String::new()));
        return length;
    };
    let start = text.len() - value.len();
    let (value, end) = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let inside = &value[1..];
            let length = inside.find(quote).unwrap_or(inside.len());
            (&inside[..length], (start + length + 2).min(text.len()))
        }
        _ => {
            let length = value
                .find(|letter: char| letter.is_whitespace() || letter == '>')
                .unwrap_or(value.len());
            (&value[..length], start + length)
        }
    };
    tag.attributes.push((name, decoded(value)));
    end
}

/// A text with its character references replaced. Letters with accents become plain: they are compared without them anyway.
pub(super) fn decoded(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find('&') {
        decoded.push_str(&rest[..place]);
        rest = &rest[place + 1..];
        let is_in_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '#';
        let end = rest
            .find(|letter| !is_in_name(letter))
            .unwrap_or(rest.len());
        match replacement(&rest[..end]) {
            Some(letters) => {
                decoded.push_str(&letters);
                rest = rest[end..].strip_prefix(';').unwrap_or(&rest[end..]);
            }
            None => decoded.push('&'),
        }
    }
    decoded.push_str(rest);
    decoded
}

/// What a character reference stands for; nothing for one that is none.
fn replacement(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32).map(String::from);
    }
    let letter = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" | "rsquo" | "lsquo" => "'",
        "nbsp" | "ensp" | "emsp" | "thinsp" | "hellip" | "ndash" | "mdash" | "middot" | "bull"
        | "ldquo" | "rdquo" | "laquo" | "raquo" | "Tab" | "NewLine" => " ",
        "shy" | "zwj" | "zwnj" | "lrm" | "rlm" | "ZeroWidthSpace" | "NoBreak" => "",
        "hyphen" | "dash" => "-",
        "szlig" => "ss",
        "aelig" => "ae",
        "AElig" => "AE",
        "oelig" => "oe",
        "OElig" => "OE",
        "thorn" | "THORN" => "th",
        "eth" | "ETH" => "d",
        "inodot" | "imath" => "i",
        _ => return plain_letter(name),
    };
    Some(letter.to_owned())
}

/// The plain letter of a name such as `eacute`.
fn plain_letter(name: &str) -> Option<String> {
    const ACCENTS: [&str; 14] = [
        "acute", "grave", "circ", "uml", "tilde", "cedil", "ring", "caron", "slash", "breve",
        "macr", "ogon", "dot", "strok",
    ];
    let (letter, accent) = name.split_at_checked(1)?;
    (letter.chars().all(|letter| letter.is_ascii_alphabetic()) && ACCENTS.contains(&accent))
        .then(|| letter.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Markup;
    use super::Piece;

    #[test]
    fn broken_markup_is_read_to_its_end() {
        for text in [
            "<",
            "<a",
            "<a b",
            "<a b=",
            "<a b='",
            "<!--",
            "<!",
            "</",
            "a<b",
            "<script>x",
            "<style",
            "&",
            "&#",
            "&#x;",
            "é<é",
            "<é>",
            "<a é=é>",
            "<a =>",
        ] {
            let markup = Markup::of(text);
            markup.letters();
        }
    }

    #[test]
    fn attributes_are_read_in_every_notation() {
        let markup = Markup::of("<IMG Src='a&amp;b' alt = x title=\"y>z\" hidden/>text");
        let Piece::Tag(tag) = &markup.pieces[0].1 else {
            panic!("a tag")
        };
        assert_eq!(tag.name, "img");
        assert_eq!(tag.attribute("src"), Some("a&b"));
        assert_eq!(tag.attribute("alt"), Some("x"));
        assert_eq!(tag.attribute("title"), Some("y>z"));
        assert_eq!(tag.attribute("hidden"), Some(""));
        assert!(matches!(markup.pieces[1].1, Piece::Text("text")));
    }
}
