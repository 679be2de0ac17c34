//! Looks for Markdown that no page may hold, so that the coach learns of it at once.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::content::text::code;
use crate::diagnostic::{Diagnostic, Source};
use crate::engagement::prose::{Refusal, Target, markdown_options, refusal, target};

/// The pieces of a text as a reader would get them, with the way back to the file.
pub(in crate::content) struct Visible<'a> {
    source: &'a Source,
    /// The pieces of code in the file, as its passages were cut.
    code: &'a [Range<usize>],
    text: String,
    /// For each piece: where it begins in `text`, and which bytes of the file it is.
    pieces: Vec<(usize, Range<usize>)>,
}

impl<'a> Visible<'a> {
    /// Starts with nothing of a file in which `code` was seen as code.
    pub(in crate::content) fn new(source: &'a Source, code: &'a [Range<usize>]) -> Self {
        Self {
            source,
            code,
            text: String::new(),
            pieces: Vec::new(),
        }
    }

    /// Adds some bytes of the file. `apart` says that blank lines stand around them.
    pub(in crate::content) fn push(&mut self, lines: Range<usize>, apart: bool) {
        if apart {
            self.text.push('\n');
        }
        self.pieces.push((self.text.len(), lines.clone()));
        self.text.push_str(&self.source.text()[lines]);
        if apart {
            self.text.push('\n');
        }
    }

    /// The bytes of the file that `span` of the text is made of.
    fn in_file(&self, span: Range<usize>) -> Range<usize> {
        let piece = self
            .pieces
            .iter()
            .rev()
            .find(|(start, _)| *start <= span.start);
        let Some((start, lines)) = piece else {
            return 0..0;
        };
        let from = (lines.start + span.start - start).min(lines.end);
        from..(from + span.len()).min(lines.end)
    }

    /// Notes everything that no page may hold, and returns the files of `files/` that the text shows or links to.
    pub(in crate::content) fn check(
        &self,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<(String, Range<usize>)> {
        let mut files = Vec::new();
        problems.extend(self.unclear_code());
        // More extensions are on than a page may use: what they find is refused, instead of being shown in a way nobody meant.
        let watched = markdown_options() | Options::ENABLE_FOOTNOTES;
        let mut code = None;
        let mut html_end = 0;
        for (event, span) in Parser::new_ext(&self.text, watched).into_offset_iter() {
            match &event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => code = Some(span.clone()),
                Event::End(TagEnd::CodeBlock) => code = None,
                Event::Text(words) if words.starts_with(":::") && !self.is_code(&span) => {
                    problems.push(self.no_fence(span.clone()));
                }
                Event::Code(_) => {
                    if let Some(line) = fence_inside(&self.text, &span) {
                        problems.push(self.no_fence(line));
                    }
                }
                Event::Text(words) if code.is_none() => {
                    if let Some(at) = remark(words) {
                        problems.push(self.hides_nothing(span.start + at, &words[at..]));
                    }
                }
                Event::Start(Tag::Link {
                    dest_url,
                    link_type,
                    ..
                }) if *link_type != LinkType::Email => {
                    self.note_file(dest_url, &span, &mut files);
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    self.note_file(dest_url, &span, &mut files);
                }
                _ => {}
            }
            if let Some(refusal) = refusal(&event) {
                // A tag and its end on one line are one mistake.
                let is_html = refusal == Refusal::RawHtml;
                if is_html && span.start < html_end {
                    continue;
                }
                if is_html {
                    let rest = &self.text[span.start..];
                    html_end = span.start + rest.find('\n').unwrap_or(rest.len());
                }
                let (message, hint) = wording(&refusal);
                let problem = Diagnostic::error(message)
                    .at(self.source, self.in_file(first_line(&self.text, span)))
                    .with_hint(hint);
                problems.push(problem);
            }
        }
        files
    }

    /// The problem with code that was not seen as such when the file was cut into passages, or is none to this reader.
    fn unclear_code(&self) -> Option<Diagnostic> {
        let is_shown = |block: &&Range<usize>| {
            let mut pieces = self.pieces.iter();
            pieces.any(|(_, lines)| lines.start <= block.start && block.end <= lines.end)
        };
        let cut: Vec<Range<usize>> = self.code.iter().filter(is_shown).cloned().collect();
        let parsed: Vec<Range<usize>> = code::parsed(&self.text)
            .into_iter()
            .map(|block| {
                let last = self.in_file(block.end.saturating_sub(1)..block.end);
                self.in_file(block).start..last.end
            })
            .collect();
        let text = self.source.text();
        let start = code::disagreement(text, &cut, &parsed, &[])?;
        let line = first_line(text, start..text.len());
        Some(code::unclear().at(self.source, line))
    }

    /// Whether some bytes of the text were seen as code when the file was cut into passages.
    fn is_code(&self, span: &Range<usize>) -> bool {
        let start = self.in_file(span.clone()).start;
        self.code.iter().any(|block| block.contains(&start))
    }

    /// The problem with a fence that is text to the reader.
    fn no_fence(&self, span: Range<usize>) -> Diagnostic {
        let problem = Diagnostic::error("`:::` is not at the start of a line of its own here");
        problem.at(self.source, self.in_file(span))
    }

    /// The problem with a remark as other programs write it, of which nothing is quoted.
    fn hides_nothing(&self, at: usize, remark: &str) -> Diagnostic {
        let mark: String = remark
            .chars()
            .take_while(|letter| !letter.is_alphanumeric())
            .collect();
        let mark = mark.trim_end();
        let span = self.in_file(at..at + mark.len());
        Diagnostic::error(format!("`{mark}` hides nothing on a page"))
            .at(self.source, span)
            .with_hint("to leave a remark for yourself, put it between `::: private` and `:::`")
    }

    fn note_file(
        &self,
        destination: &str,
        span: &Range<usize>,
        files: &mut Vec<(String, Range<usize>)>,
    ) {
        if let Some(Target::File(name)) = target(destination) {
            let span = self.in_file(first_line(&self.text, span.clone()));
            files.push((name.to_owned(), span));
        }
    }
}

/// Where a text holds a remark in the way of Obsidian (`%% … %%`), or a remark or deletion in the way of CriticMarkup (`{>> … <<}`,
/// `{-- … --}`), whose writers believe it hidden.
fn remark(text: &str) -> Option<usize> {
    // `100%%` is a slip of another kind.
    let begins = |at: &usize| !text[..*at].ends_with(|letter: char| letter.is_alphanumeric());
    let obsidian = text.match_indices("%%").map(|(at, _)| at).find(begins);
    let critic = ["{>>", "{--"]
        .into_iter()
        .filter_map(|mark| text.find(mark));
    obsidian.into_iter().chain(critic).min()
}

/// The first line of a piece of code inside a text that begins as a fence of a passage does.
fn fence_inside(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let mut start = span.start;
    for line in text[span.clone()].split_inclusive('\n') {
        let words = line.trim_start_matches(|letter: char| letter == '`' || letter.is_whitespace());
        if words.starts_with(":::") {
            let length = line.trim_end().len();
            return Some(start..start + length);
        }
        start += line.len();
    }
    None
}

/// A span up to the end of its first line.
fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let length = text[span.clone()].find('\n').unwrap_or(span.len());
    span.start..span.start + length
}

fn leads_to_notes(destination: &str) -> bool {
    destination.split(['/', '\\']).any(|part| part == "notes")
}

fn wording(refusal: &Refusal) -> (String, String) {
    match refusal {
        Refusal::RawHtml => (
            "raw HTML is not published".to_owned(),
            "write it in Markdown; to leave a remark for yourself, put it between `::: private` and `:::`".to_owned(),
        ),
        Refusal::Link(destination) if leads_to_notes(destination) => (
            "a page cannot link to a note".to_owned(),
            "notes are never published; say what readers may know in `updates/`".to_owned(),
        ),
        Refusal::Link(destination) => (
            format!("a page cannot link to `{destination}`"),
            "links lead to https, http, mailto or tel addresses, or to `files/NAME`".to_owned(),
        ),
        Refusal::RemotePicture(destination) => (
            format!("a page cannot show the picture `{destination}`"),
            "put the picture into the engagement's `files/` and write `![what it shows](files/NAME)`".to_owned(),
        ),
        Refusal::Extension(name) => (format!("{name} are not part of a page's Markdown"), "write it as plain text".to_owned()),
    }
}
