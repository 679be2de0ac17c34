//! Markdown as the coach wrote it, cut into passages before anyone parses it, and what Markdown may hold.
//!
//! The rule it guards: a reader's text is the file with every line that the reader may not see taken out, as though those lines
//! had never been there. So nothing hidden can define a link, close a list or leave a gap. Of private passages nothing is kept but
//! what makes the hashes of their lines ([`PrivateLines`]): what is for nobody today must not be for others tomorrow without a word.

use std::fmt;

use pulldown_cmark::{Event, LinkType, Options, Tag, TagEnd};

use crate::engagement::audience::{Audience, Guarded, Reader};
use crate::engagement::lock::RecordHash;
use crate::engagement::picture::Picture;

/// What marks passages for some readers in a text: a noncharacter, which no file may hold.
pub const MARK: char = '\u{fffe}';

/// A text in Markdown, made of passages with an audience each.
pub struct Prose {
    passages: Vec<Guarded<String>>,
    private: PrivateLines,
}

/// The lines of private passages, which nobody reads: there is no way to have them back.
#[derive(Default)]
pub struct PrivateLines(Vec<String>);

impl PrivateLines {
    /// Keeps the lines of `passages` for their hashes.
    pub fn of<'a>(passages: impl Iterator<Item = &'a str>) -> Self {
        Self(passages.flat_map(str::lines).map(str::to_owned).collect())
    }
}

impl fmt::Debug for PrivateLines {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PrivateLines(…)")
    }
}

impl Prose {
    /// Joins passages in the order of the file. What is private stands beside them, in no order.
    pub fn of(passages: Vec<Guarded<String>>, private: PrivateLines) -> Self {
        Self { passages, private }
    }

    /// Returns the hashes of the lines that nobody reads, as lines of the text of `item`.
    pub fn private_hashes(
        &self,
        item: &str,
        hash: &RecordHash<'_>,
    ) -> impl Iterator<Item = String> {
        let lines = self.private.0.iter();
        lines.filter_map(|line| hash.line(item, line))
    }

    /// Returns the Markdown that `reader` may see, and nothing that reveals the rest.
    ///
    /// Common lines on both sides of a hidden passage stand together; a passage that is seen stands apart by blank lines.
    pub fn reveal_to(&self, reader: &Reader) -> String {
        let mut text = String::new();
        for passage in &self.passages {
            let is_common = passage.audience() == &Audience::everyone();
            match passage.reveal_to(reader) {
                Some(lines) if is_common => text.push_str(lines),
                Some(lines) => {
                    text.push('\n');
                    text.push_str(lines);
                    text.push('\n');
                }
                None => {}
            }
        }
        text
    }

    /// Returns the same, with the passages marked that are for some readers only: at its begin by [`MARK`] and its number among those
    /// seen, and at its end by [`MARK`] alone, each as a paragraph of its own; and the audiences of those passages.
    pub fn reveal_marked_to(&self, reader: &Reader) -> (String, Vec<&Audience>) {
        let (mut text, mut audiences) = (String::new(), Vec::new());
        for passage in &self.passages {
            let audience = passage.audience();
            match passage.reveal_to(reader) {
                Some(lines) if audience == &Audience::everyone() => text.push_str(lines),
                Some(lines) => {
                    let number = audiences.len();
                    text.push_str(&format!("\n\n{MARK}{number}\n\n{lines}\n\n{MARK}\n\n"));
                    audiences.push(audience);
                }
                None => {}
            }
        }
        (text, audiences)
    }

    /// Returns the lines that `reader` may see, each with the people for whom its passage is.
    pub fn lines(&self, reader: &Reader) -> Vec<(&str, &Audience)> {
        let mut lines = Vec::new();
        for passage in &self.passages {
            if let Some(text) = passage.reveal_to(reader) {
                lines.extend(text.lines().map(|line| (line, passage.audience())));
            }
        }
        lines
    }

    /// Whether `reader` may see every passage.
    pub fn is_whole_to(&self, reader: &Reader) -> bool {
        self.passages
            .iter()
            .all(|passage| passage.audience().admits(reader))
    }
}

impl fmt::Debug for Prose {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Prose(…)")
    }
}

/// A file of `files/` that a shared text shows.
pub enum Attachment {
    /// A picture, free of metadata.
    Picture(Picture),
    /// Any other document, as it is.
    Document(Document),
}

/// A file that texts show, as it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownSource {
    /// Its path inside the engagement's folder.
    pub path: String,
    /// SHA-256 of everything in it, also of what no page shows.
    pub sha256: [u8; 32],
}

/// A document for saving; published only where `documents = true`.
pub struct Document {
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes, unchanged.
    pub bytes: Vec<u8>,
}

/// The extensions of CommonMark that a text may use.
pub fn markdown_options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// Takes `<br>` in a table's cell for the end of a line: Markdown has no other way to write one there. Elsewhere it is the HTML that it is.
#[derive(Debug, Default)]
pub struct CellBreaks {
    is_in_cell: bool,
}

impl CellBreaks {
    /// The next event of a text, as it is meant.
    pub fn read<'a>(&mut self, event: Event<'a>) -> Event<'a> {
        match &event {
            Event::Start(Tag::TableCell) => self.is_in_cell = true,
            Event::End(TagEnd::TableCell) => self.is_in_cell = false,
            Event::InlineHtml(tag) if self.is_in_cell && is_line_break(tag) => {
                return Event::HardBreak;
            }
            _ => {}
        }
        event
    }
}

/// Whether a tag is `<br>`, in any way that it is written.
fn is_line_break(tag: &str) -> bool {
    let inner = tag
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'));
    let name = inner.map(|inner| inner.strip_suffix('/').unwrap_or(inner).trim_end());
    name.is_some_and(|name| name.eq_ignore_ascii_case("br"))
}

/// Why a piece of Markdown is not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A tag, a comment or another piece of HTML.
    RawHtml,
    /// A link to something that is neither on the web, a mail, a call nor one of the engagement's files.
    Link(String),
    /// A picture that is not one of the engagement's files.
    RemotePicture(String),
    /// An extension of Markdown that pages do not use.
    Extension(&'static str),
}

/// Where a link or picture leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target<'a> {
    /// A page on the web, a mail address or a telephone number.
    Outside(&'a str),
    /// A file of the engagement's `files/`, by its name there.
    File(&'a str),
}

/// Returns where `destination` leads, or nothing if a page must not lead there.
pub fn target(destination: &str) -> Option<Target<'_>> {
    if destination
        .chars()
        .any(|letter| letter.is_control() || letter.is_whitespace())
    {
        return None;
    }
    if let Some(name) = destination.strip_prefix("files/") {
        let is_plain = !name.is_empty()
            && !name.starts_with('.')
            && !name.contains(['/', '\\', '%', '?', '#', ':']);
        return is_plain.then_some(Target::File(name));
    }
    let (scheme, rest) = destination.split_once(':')?;
    let is_whole = match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest
            .strip_prefix("//")
            .is_some_and(|host| !host.is_empty() && !host.starts_with('/')),
        "mailto" | "tel" => !rest.is_empty(),
        _ => false,
    };
    is_whole.then_some(Target::Outside(destination))
}

/// Returns why `event` must not be published, or nothing if it may be. Every kind that is allowed is named here.
pub fn refusal(event: &Event<'_>) -> Option<Refusal> {
    match event {
        Event::Start(tag) => tag_refusal(tag),
        Event::End(_)
        | Event::Text(_)
        | Event::Code(_)
        | Event::SoftBreak
        | Event::HardBreak
        | Event::Rule => None,
        Event::TaskListMarker(_) => None,
        Event::Html(_) | Event::InlineHtml(_) => Some(Refusal::RawHtml),
        Event::FootnoteReference(_) => Some(Refusal::Extension("footnotes")),
        Event::InlineMath(_) | Event::DisplayMath(_) => Some(Refusal::Extension("formulas")),
    }
}

fn tag_refusal(tag: &Tag<'_>) -> Option<Refusal> {
    match tag {
        Tag::Paragraph
        | Tag::BlockQuote(None)
        | Tag::CodeBlock(_)
        | Tag::List(_)
        | Tag::Item
        | Tag::Table(_)
        | Tag::TableHead
        | Tag::TableRow
        | Tag::TableCell
        | Tag::Emphasis
        | Tag::Strong
        | Tag::Strikethrough => None,
        Tag::Heading {
            id: None,
            classes,
            attrs,
            ..
        } if classes.is_empty() && attrs.is_empty() => None,
        Tag::Heading { .. } => Some(Refusal::Extension("heading attributes")),
        Tag::HtmlBlock => Some(Refusal::RawHtml),
        // The parser gives the bare address and adds `mailto:` itself when it writes.
        Tag::Link {
            link_type: LinkType::Email,
            ..
        } => None,
        Tag::Link { dest_url, .. } => target(dest_url)
            .is_none()
            .then(|| Refusal::Link(dest_url.to_string())),
        Tag::Image { dest_url, .. } => match target(dest_url) {
            Some(Target::File(_)) => None,
            Some(Target::Outside(_)) | None => Some(Refusal::RemotePicture(dest_url.to_string())),
        },
        Tag::BlockQuote(Some(_)) => Some(Refusal::Extension("alerts")),
        Tag::FootnoteDefinition(_) => Some(Refusal::Extension("footnotes")),
        Tag::MetadataBlock(_) => Some(Refusal::Extension("metadata blocks")),
        Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
            Some(Refusal::Extension("definition lists"))
        }
        Tag::Superscript | Tag::Subscript => Some(Refusal::Extension("raised and lowered letters")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Target, target};

    #[test]
    fn links_lead_to_the_web_mail_telephone_and_files_only() {
        for good in [
            "https://example.org/a?b#c",
            "HTTP://example.org",
            "mailto:a@example.org",
            "tel:+441234",
        ] {
            assert_eq!(target(good), Some(Target::Outside(good)));
        }
        assert_eq!(target("files/plan.png"), Some(Target::File("plan.png")));
        for bad in [
            "",
            "#",
            "#goals",
            "/x",
            "x",
            "../notes/a.md",
            "notes/a.md",
            "files/",
            "files/../notes/a.md",
            "files/a/b.png",
            "files/.key",
            "files/%2e%2e",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "https:evil.example",
            "http:///x",
            "ftp://x",
            " https://x",
            "mailto:",
        ] {
            assert_eq!(target(bad), None, "{bad:?}");
        }
    }
}
