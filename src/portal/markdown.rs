//! Markdown to Html, through an allow-list over the parser's events.
//!
//! The rule it guards: no HTML of the coach's passes. An event that is not allowed is left out with all that it holds; the reading
//! of the folder has already reported it. Attributes are written here and never copied.

use std::sync::Arc;

use pulldown_cmark::html::push_html;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};

use crate::engagement::audience::Reader;
use crate::engagement::prose::{
    Attachment, CellBreaks, MARK, Prose, Target, markdown_options, refusal, target,
};
use crate::portal::html::{Html, NAMED, escaped};
use crate::portal::perspective::Perspective;
use crate::portal::view::sharing::PassageView;

/// What the reader may read of the text of the item at `path`. On the pages of the coachee and the coach, passages for some readers
/// stand apart, each with those who read it.
pub(super) fn passages(
    prose: &Prose,
    path: &str,
    perspective: &Perspective<'_>,
) -> Vec<Arc<PassageView>> {
    let (text, audiences) = match perspective.who_reads {
        Some(_) => prose.reveal_marked_to(perspective.reader),
        None => (prose.reveal_to(perspective.reader), Vec::new()),
    };
    let mut writer = Writer {
        perspective,
        skipping: 0,
        picture: None,
        links: Vec::new(),
        headings: Outline::default(),
        code: None,
    };
    let mut breaks = CellBreaks::default();
    let events = Parser::new_ext(&text, markdown_options()).map(|event| breaks.read(event));
    let events = events.filter_map(|event| writer.allowed(event)).collect();
    let mut passages = Vec::new();
    for (number, events) in stretches(events) {
        let mut markup = String::new();
        push_html(&mut markup, events.into_iter());
        if markup.trim().is_empty() {
            continue;
        }
        let audience = number.and_then(|number| audiences.get(number));
        let readers = audience.and_then(|audience| perspective.readers_of_passage(path, audience));
        passages.push(Arc::new(PassageView {
            html: Html::written(markup),
            readers,
        }));
    }
    passages
}

/// The events between marks, each stretch with the number of its passage if it is one.
fn stretches(events: Vec<Event<'_>>) -> Vec<(Option<usize>, Vec<Event<'_>>)> {
    let (mut stretches, mut current, mut number) = (Vec::new(), Vec::new(), None);
    let mut events = events.into_iter();
    while let Some(event) = events.next() {
        let Event::Text(text) = &event else {
            current.push(event);
            continue;
        };
        let Some(mark) = text.strip_prefix(MARK) else {
            current.push(event);
            continue;
        };
        // A mark is a paragraph of its own: its begin is the last event so far, its end the next.
        current.pop();
        events.next();
        stretches.push((number, std::mem::take(&mut current)));
        number = mark.parse().ok();
    }
    stretches.push((number, current));
    stretches
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
    perspective: &'a Perspective<'a>,
    /// How many tags that are left out are open.
    skipping: usize,
    /// The picture that is open: its file, and the words that stand for it so far.
    picture: Option<(String, String)>,
    /// For every open link, whether it was written.
    links: Vec<bool>,
    /// The headings of the text so far.
    headings: Outline,
    /// The indented code that is open.
    code: Option<IndentedCode>,
}

/// Indented code, where blank lines in a row can be seen. Where a hidden passage was taken out, those before and after it meet and
/// would reveal it, so blank lines in a row are written as one. No passage is read inside a fence of code.
#[derive(Default)]
struct IndentedCode {
    /// Whether the last line was blank.
    is_after_blank: bool,
    /// Whether the last line has not ended yet.
    is_inside_line: bool,
}

impl IndentedCode {
    /// What is shown of the next piece of it.
    fn shown(&mut self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            let is_blank = !self.is_inside_line && line.ends_with('\n') && line.trim().is_empty();
            if !is_blank {
                shown.push_str(line);
            } else if !self.is_after_blank {
                shown.push('\n');
            }
            self.is_after_blank = is_blank;
            self.is_inside_line = !line.ends_with('\n');
        }
        shown
    }
}

/// The headings that a place in a text stands under, by the levels that the coach gave them.
///
/// Whatever those are, the page's outline skips no level: the topmost heading of a text comes right below the page's own, and
/// every other one right below the one that it stands under.
#[derive(Default)]
struct Outline(Vec<HeadingLevel>);

impl Outline {
    /// The level at which the page shows a heading that begins here.
    fn enter(&mut self, level: HeadingLevel) -> HeadingLevel {
        self.0.retain(|above| *above < level);
        self.0.push(level);
        self.level()
    }

    /// The level at which the page shows the heading that began last: below the page's own three.
    fn level(&self) -> HeadingLevel {
        match self.0.len() {
            0 | 1 => HeadingLevel::H4,
            2 => HeadingLevel::H5,
            _ => HeadingLevel::H6,
        }
    }
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
            Event::End(TagEnd::Heading(_)) => {
                Some(Event::End(TagEnd::Heading(self.headings.level())))
            }
            Event::End(TagEnd::CodeBlock) => {
                self.code = None;
                Some(Event::End(TagEnd::CodeBlock))
            }
            Event::Text(text) => Some(Event::Text(match &mut self.code {
                Some(code) => code.shown(&text).into(),
                None => text,
            })),
            Event::End(TagEnd::Table) => Some(markup("</tbody></table></div>\n")),
            Event::TaskListMarker(is_done) => {
                Some(Event::Text(if is_done { "☑ " } else { "☐ " }.into()))
            }
            allowed => Some(allowed),
        }
    }

    fn start<'e>(&mut self, tag: Tag<'e>) -> Option<Event<'e>> {
        match tag {
            Tag::Heading { level, .. } => Some(Event::Start(Tag::Heading {
                level: self.headings.enter(level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            })),
            Tag::CodeBlock(kind) => {
                self.code = (kind == CodeBlockKind::Indented).then(IndentedCode::default);
                Some(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)))
            }
            // An alignment would be written as a `style`, which the page's policy forbids. A wide table scrolls in a box of its own,
            // which the keyboard must reach.
            Tag::Table(_) => Some(markup(
                "<div class=\"wide\" role=\"group\" tabindex=\"0\"><table>",
            )),
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
                self.perspective.engagement.attachments.get(name)?;
                let name = escaped(name);
                Some(format!("<a href=\"{NAMED}{name}\" download=\"{name}\">"))
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
                    self.perspective.engagement.attachments.get(name.as_str())
                else {
                    self.picture = None;
                    return None;
                };
                let (name, alt) = (escaped(name), escaped(words));
                let size = format!("width=\"{}\" height=\"{}\"", picture.width, picture.height);
                self.picture = None;
                return Some(markup(format!(
                    "<img src=\"{NAMED}{name}\" alt=\"{alt}\" {size}>"
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

#[cfg(test)]
mod tests {
    use pulldown_cmark::HeadingLevel;

    use super::{IndentedCode, Outline};

    #[test]
    fn blank_lines_in_a_row_are_one_in_indented_code() {
        let shown = |pieces: &[&str]| {
            let mut code = IndentedCode::default();
            let pieces = pieces.iter().map(|piece| code.shown(piece));
            pieces.collect::<String>()
        };
        assert_eq!(shown(&["x\n", "\n", "y\n"]), "x\n\ny\n");
        assert_eq!(shown(&["x\n\n", "  \n\n", "y\n", "\n"]), "x\n\ny\n\n");
        assert_eq!(shown(&["x", "\n", "  ", "\ny", "\n\n\n"]), "x\n  \ny\n\n");
    }

    #[test]
    fn headings_of_a_text_skip_no_level() {
        let shown = |levels: &[u8]| {
            let mut outline = Outline::default();
            let level = |level: &u8| HeadingLevel::try_from(usize::from(*level)).unwrap();
            let shown = levels.iter().map(|given| outline.enter(level(given)) as u8);
            shown.collect::<Vec<_>>()
        };
        assert_eq!(shown(&[1, 2, 3, 4]), [4, 5, 6, 6]);
        assert_eq!(shown(&[2, 2, 3, 2]), [4, 4, 5, 4]);
        assert_eq!(shown(&[1, 3, 2, 3, 1]), [4, 5, 5, 6, 4]);
        assert_eq!(shown(&[3, 1, 6, 6]), [4, 4, 5, 5]);
    }
}
