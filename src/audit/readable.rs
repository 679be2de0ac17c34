//! What can be read in an HTML file.
//!
//! The rule it guards: whatever a browser, a search engine or a person with a text editor could read in the file is read here too:
//! attributes, comments, styles, and what stands inside `data:` addresses.

use crate::audit::address::{DataAddress, unescaped};
use crate::audit::letters::{Edge, LetterSink, Tokenizer};
use crate::audit::markup::{Attribute, Markup, Piece, Tag};
use crate::audit::references::decoded;

/// Whether a tag stands inside a line, and so inside a word.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tspan"
            | "u"
            | "var"
            | "wbr"
    )
}

/// The names of attributes that the program's own pages have: they are nobody's words, and stand in every page. Any other is read, since
/// a theme could have put words there.
const OWN_NAMES: [&str; 24] = [
    "alt",
    "aria-current",
    "aria-describedby",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "charset",
    "class",
    "content",
    "d",
    "datetime",
    "dir",
    "download",
    "height",
    "href",
    "http-equiv",
    "id",
    "lang",
    "name",
    "role",
    "scope",
    "src",
    "tabindex",
    "width",
];

/// Whether a style sheet has nothing that does not stand in `whole` in the same order: it is the same without some of its rules.
fn is_made_of(style: &str, whole: &str) -> bool {
    let mut rest = whole;
    style.split_inclusive(['{', '}']).all(|piece| {
        // Most rules follow the one before also in the whole.
        let after = rest
            .strip_prefix(piece)
            .or_else(|| rest.find(piece).map(|at| &rest[at + piece.len()..]));
        rest = after.unwrap_or_default();
        after.is_some()
    })
}

impl Markup<'_> {
    /// Reads everything in the file to a sink, but for a style sheet that is made of rules of `style`; sealed bytes are not text.
    pub(super) fn read<L: LetterSink>(&self, style: &str, sink: L) -> L {
        let mut tokenizer = Tokenizer::of(sink);
        for (line, piece) in &self.pieces {
            match piece {
                Piece::Text(text) => tokenizer.push(&decoded(text), *line),
                Piece::Tag(tag) if is_inline(&tag.name) => tokenizer.part(Edge::Soft),
                Piece::Tag(_) | Piece::Comment(_) | Piece::Raw(..) => tokenizer.part(Edge::Hard),
            }
        }
        for (line, piece) in &self.pieces {
            tokenizer.part(Edge::Hard);
            match piece {
                Piece::Text(_) => {}
                Piece::Tag(tag) => self.push_attributes(&mut tokenizer, tag, *line),
                Piece::Comment(text) => tokenizer.push(&decoded(text), *line),
                Piece::Raw(tag, text) => {
                    self.push_attributes(&mut tokenizer, tag, *line);
                    if self.attribute(tag, "id") != Some("sealed") && !is_made_of(text, style) {
                        tokenizer.push(text, *line);
                    }
                }
            }
        }
        tokenizer.into_sink()
    }

    fn push_attributes<L: LetterSink>(
        &self,
        tokenizer: &mut Tokenizer<L>,
        tag: &Tag<'_>,
        line: u32,
    ) {
        for Attribute { name, value } in self.attributes(tag) {
            tokenizer.part(Edge::Hard);
            if !OWN_NAMES.contains(&&**name) {
                tokenizer.push(name, line);
                tokenizer.part(Edge::Hard);
            }
            match DataAddress::of(value) {
                Some(address) if address.is_picture() => {}
                Some(address) => {
                    let text = String::from_utf8_lossy(&address.bytes).into_owned();
                    // A calendar file breaks long lines with a blank behind the break, which is none of its text.
                    let text = text
                        .replace("\r\n ", "")
                        .replace("\\n", " ")
                        .replace('\\', "");
                    tokenizer.push(&text, line);
                }
                None => {
                    tokenizer.push(value, line);
                    if value.contains('%') {
                        tokenizer.part(Edge::Hard);
                        tokenizer.push(&String::from_utf8_lossy(&unescaped(value)), line);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_made_of;
    use crate::audit::markup::Markup;
    use crate::audit::words::Words;

    #[test]
    fn broken_markup_is_read_to_its_end() {
        let falcon = Words::of("falcon", 1)[0].hash;
        for text in [
            "<a b=falcon",
            "<a b='falcon",
            "<a falcon",
            "<a/falcon",
            "<a =falcon>",
            "<a é=é falcon",
            "<!--falcon",
            "<!falcon",
            "<?falcon",
            "</>falcon",
            "a< falcon",
            "<script>falcon",
            "<script>x</script falcon",
            "<style>falcon</styl",
            "<style falcon",
            "& falcon",
            "&# falcon",
            "&#x; falcon",
            "&#102;alcon",
            "é<é> falcon",
            "<a b='c>falcon",
            "<a b=\"c'>\" d>falcon</",
        ] {
            let words = Markup::of(text).read("", Words::default()).into_vec();
            assert!(words.iter().any(|word| word.hash == falcon), "{text:?}");
            // Cut off anywhere, it makes no panic and says nothing that did not stand there.
            for (end, _) in text.char_indices() {
                let cut = Markup::of(&text[..end]).read("", Words::default());
                assert!(cut.into_vec().len() <= words.len(), "{:?}", &text[..end]);
            }
        }
    }

    #[test]
    fn a_style_sheet_is_known_without_some_of_its_rules_and_with_no_other() {
        let known = "a{x:1}@media print{b{x:2}c{x:3}}d{x:4}";
        for style in [
            "",
            known,
            "a{x:1}",
            "@media print{c{x:3}}d{x:4}",
            "b{x:2}d{x:4}",
        ] {
            assert!(is_made_of(style, known), "{style}");
        }
        for style in [
            "falcon",
            "d{x:4}a{x:1}",
            "a{x:1}/*falcon*/d{x:4}",
            "a{x:1}a{x:1}",
        ] {
            assert!(!is_made_of(style, known), "{style}");
        }
        assert!(!is_made_of("a{x:1}", ""));
    }

    #[test]
    fn words_that_became_names_of_attributes_are_read() {
        let page = Markup::of("<p lang=en falcon takes=off>");
        let words = page.read("", Words::default()).into_vec();
        assert_eq!(words.len(), Words::of("en falcon takes off", 1).len());
        assert_eq!(words[1].hash, Words::of("falcon", 1)[0].hash);
    }
}
