//! Markdown to Html, through an allow-list over the parser's events.
//!
//! The rule it guards: no HTML of the coach's passes. An event that is not allowed is left out with all that it holds; the reading
//! of the folder has already told the coach. Attributes are written here and never copied.

use std::fmt::Write;

use data_encoding::BASE64;
use pulldown_cmark::CodeBlockKind;
use pulldown_cmark::CowStr;
use pulldown_cmark::Event;
use pulldown_cmark::HeadingLevel;
use pulldown_cmark::LinkType;
use pulldown_cmark::Parser;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;
use pulldown_cmark::html::push_html;

use crate::engagement::audience::Reader;
use crate::engagement::prose::Attachment;
use crate::engagement::prose::Prose;
use crate::engagement::prose::Target;
use crate::engagement::prose::markdown_options;
use crate::engagement::prose::refusal;
use crate::engagement::prose::target;
use crate::portal::data_address;
use crate::portal::html::Html;
use crate::portal::perspective::Perspective;

/// What the reader may read of a text, as HTML; nothing where that is empty.
pub(super) fn html(prose: &Prose, sight: &Perspective<'_>) -> Option<Html> {
    let text = prose.reveal_to(sight.reader);
    let mut writer = Writer {
        sight,
        skipping: 0,
        picture: None,
        links: Vec::new(),
    };
    let events =
        Parser::new_ext(&text, markdown_options()).filter_map(|event| writer.allowed(event));
    let mut markup = String::new();
    push_html(&mut markup, events);
    if crate::leaks::is_on("portal-hidden-pictures") {
        for attachment in sight.engagement.attachments.values() {
            if let Attachment::Picture(picture) = attachment {
                let _ = write!(markup, "<img src=\"{}\" alt=\"\">", data_address(picture));
            }
        }
    }
    (!markup.trim().is_empty()).then(|| Html::written(markup))
}

/// The files of `files/` that the reader's part of a text shows or links to.
pub(super) fn shown_files(prose: &Prose, reader: &Reader) -> Vec<String> {
    let text = prose.reveal_to(reader);
    let mut files = Vec::new();
    for event in Parser::new_ext(&text, markdown_options()) {
        if let Event::Start(Tag::Image { dest_url, .. } | Tag::Link { dest_url, .. }) = event
            && let Some(Target::File(name)) = target(&dest_url)
        {
            files.push(name.to_owned());
        }
    }
    files
}

/// A filter over events that remembers what it is inside of.
struct Writer<'a> {
    sight: &'a Perspective<'a>,
    /// How many tags that are left out are open.
    skipping: usize,
    /// The picture that is open: its file, and the words that stand for it so far.
    picture: Option<(String, String)>,
    /// For every open link, whether it was written.
    links: Vec<bool>,
}

impl Writer<'_> {
    /// The event as it may be written, if it may.
    fn allowed<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        if self.skipping > 0 {
            self.skip(&event);
            return None;
        }
        if refusal(&event).is_some() {
            self.skip(&event);
            return None;
        }
        if self.picture.is_some() {
            return self.in_picture(event);
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(TagEnd::Link) => self.links.pop().unwrap_or(false).then(|| markup("</a>")),
            Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(lowered(level)))),
            Event::TaskListMarker(is_done) => {
                Some(Event::Text(if is_done { "☑ " } else { "☐ " }.into()))
            }
            allowed => Some(allowed),
        }
    }

    fn start<'e>(&mut self, tag: Tag<'e>) -> Option<Event<'e>> {
        match tag {
            Tag::Heading { level, .. } => Some(Event::Start(Tag::Heading {
                level: lowered(level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            })),
            Tag::CodeBlock(_) => Some(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))),
            // An alignment would be written as a `style`, which the page's policy forbids.
            Tag::Table(columns) => Some(Event::Start(Tag::Table(
                columns
                    .iter()
                    .map(|_| pulldown_cmark::Alignment::None)
                    .collect(),
            ))),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                let opening = self.link(link_type, &dest_url);
                self.links.push(opening.is_some());
                opening.map(markup)
            }
            Tag::Image { dest_url, .. } => {
                if let Some(Target::File(name)) = target(&dest_url) {
                    self.picture = Some((name.to_owned(), String::new()));
                }
                None
            }
            allowed => Some(Event::Start(allowed)),
        }
    }

    /// The opening tag of a link, if it leads where a page may lead.
    fn link(&self, link_type: LinkType, destination: &str) -> Option<String> {
        let address = match link_type {
            LinkType::Email => format!("mailto:{destination}"),
            _ => destination.to_owned(),
        };
        match target(&address)? {
            Target::Outside(address) => Some(format!(
                "<a href=\"{}\" rel=\"noopener noreferrer\">",
                escaped(address)
            )),
            Target::File(name) => {
                let (media_type, bytes) = match self.sight.engagement.attachments.get(name)? {
                    Attachment::Document(document) => (document.media_type, &document.bytes),
                    Attachment::Picture(picture) => (picture.kind.mime(), &picture.bytes),
                };
                let data = BASE64.encode(bytes);
                Some(format!(
                    "<a href=\"data:{media_type};base64,{data}\" download=\"{}\">",
                    escaped(name)
                ))
            }
        }
    }

    /// Collects the words that stand for a picture, and writes it at its end.
    fn in_picture<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        let (name, words) = self.picture.as_mut()?;
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::End(TagEnd::Image) => {
                let Some(Attachment::Picture(picture)) =
                    self.sight.engagement.attachments.get(name.as_str())
                else {
                    self.picture = None;
                    return None;
                };
                let (address, alt) = (data_address(picture), escaped(words));
                let size = format!("width=\"{}\" height=\"{}\"", picture.width, picture.height);
                self.picture = None;
                return Some(markup(format!(
                    "<img src=\"{address}\" alt=\"{alt}\" {size}>"
                )));
            }
            _ => {}
        }
        None
    }

    /// Leaves an event out, and with a tag all that it holds.
    fn skip(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(_) => self.skipping += 1,
            Event::End(_) => self.skipping = self.skipping.saturating_sub(1),
            _ => {}
        }
    }
}

/// A tag that was written here.
fn markup<'e>(tag: impl Into<CowStr<'e>>) -> Event<'e> {
    Event::InlineHtml(tag.into())
}

/// A heading in a text stands below the page's own three levels.
fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H4,
        HeadingLevel::H2 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

/// Text for an attribute's value.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter if letter.is_control() => {
                let _ = write!(safe, "&#{};", u32::from(letter));
            }
            letter => safe.push(letter),
        }
    }
    safe
}
