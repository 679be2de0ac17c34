//! Looks for Markdown that no page may hold, so that the coach learns of it at once.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::content::text::{code, hiding, mistaken, unseen};
use crate::diagnostic::{Diagnostic, Source};
use crate::engagement::prose::{CellBreaks, Refusal, Target, markdown_options, refusal, target};

/// Quotations, lists and whatever else may stand inside each other.
const DEEPEST: usize = 50;

/// So many problems of a text are noted at most.
const MOST_NOTED: usize = 1000;

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
        let parser = Parser::new_ext(&self.text, watched).into_offset_iter();
        let mut breaks = CellBreaks::default();
        let read = |(event, span)| (breaks.read(event), span);
        let events: Vec<(Event<'_>, Range<usize>)> = parser.map(read).collect();
        self.note_mistaken(&events, problems);
        let remarks = self.note_hidden(&events, problems);
        self.note_unseen_links(&events, problems);
        let mut html_end = 0;
        let (mut depth, mut is_deep) = (0_usize, false);
        let before = problems.len();
        for (event, span) in events {
            depth = match &event {
                Event::Start(_) => depth + 1,
                Event::End(_) => depth.saturating_sub(1),
                _ => depth,
            };
            if depth > DEEPEST && !is_deep {
                is_deep = true;
                let problem = Diagnostic::error("this is nested more than 50 levels deep");
                let line = self.in_file(first_line(&self.text, span.clone()));
                problems.push(problem.at(self.source, line));
            }
            // So many are never shown, and each takes its time.
            if problems.len() > before + MOST_NOTED {
                break;
            }
            self.note(&event, &span, problems, &mut files);
            if let Some(refusal) = refusal(&event) {
                // A tag and its end on one line are one mistake.
                let is_html = refusal == Refusal::RawHtml;
                let is_told = remarks.iter().any(|remark| remark.contains(&span.start));
                if is_html && (span.start < html_end || is_told) {
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

    /// Notes the files of an event, and fences of passages that are text to the reader.
    fn note(
        &self,
        event: &Event<'_>,
        span: &Range<usize>,
        problems: &mut Vec<Diagnostic>,
        files: &mut Vec<(String, Range<usize>)>,
    ) {
        match event {
            Event::Text(words) if words.starts_with(":::") && !self.is_code(span) => {
                problems.push(self.no_fence(span.clone()));
            }
            Event::Code(_) => {
                if let Some(line) = fence_inside(&self.text, span) {
                    problems.push(self.no_fence(line));
                }
            }
            Event::Start(Tag::Link {
                dest_url,
                link_type,
                ..
            }) if *link_type != LinkType::Email => {
                self.note_file(dest_url, span, files);
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.note_file(dest_url, span, files);
            }
            _ => {}
        }
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

    /// Notes whatever other programs would hide, of which nothing is quoted; returns the remarks of HTML among it.
    fn note_hidden(
        &self,
        events: &[(Event<'_>, Range<usize>)],
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Range<usize>> {
        let (mut code, mut tables) = (Vec::new(), Vec::new());
        for (event, span) in events {
            match event {
                Event::Code(_) | Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                    code.push(span.clone());
                }
                // What the first line says about the code is for no reader.
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                    code.push(first_line(&self.text, span.clone()).end..span.end);
                }
                Event::Start(Tag::Table(_)) => tables.push(span.clone()),
                _ => {}
            }
        }
        let mut remarks = Vec::new();
        let found = hiding::find(&self.text, &code, &tables);
        for found in found.into_iter().take(MOST_NOTED) {
            let hidden = self.in_file(found.hidden.clone());
            let source = self.source.clone().withholding([hidden]);
            let hint = format!(
                "{} is shown as it is written: what is for no reader stands between a line of `::: private` and a line of `:::`",
                found.what
            );
            let problem = Diagnostic::error(hiding::HIDES_NOTHING)
                .at(&source, self.in_file(found.mark.clone()))
                .with_hint(hint);
            problems.push(problem);
            if self.text[found.mark.clone()].starts_with("<!") {
                remarks.push(found.mark.start..found.hidden.end);
            }
        }
        remarks
    }

    /// Notes links with nothing in them that a reader would see. What stands in them is not quoted.
    fn note_unseen_links(
        &self,
        events: &[(Event<'_>, Range<usize>)],
        problems: &mut Vec<Diagnostic>,
    ) {
        let mut is_unseen = true;
        let mut noted = 0;
        for (event, span) in events {
            match event {
                Event::Start(Tag::Link { .. }) => is_unseen = true,
                Event::Text(words) | Event::Code(words) => {
                    is_unseen &= words.chars().all(unseen::is_unseen);
                }
                Event::Start(Tag::Image { .. }) => is_unseen = false,
                Event::End(TagEnd::Link) if is_unseen && noted < MOST_NOTED => {
                    noted += 1;
                    let place = self.in_file(first_line(&self.text, span.clone()));
                    let source = self.source.clone().withholding([place.clone()]);
                    let problem = Diagnostic::error("this link has no text that anyone sees");
                    problems.push(problem.at(&source, place).with_hint(
                        "write between `[` and `]` what the link is to be called, or take it out",
                    ));
                }
                _ => {}
            }
        }
    }

    /// Warns of what looks like Markdown and would stand on the page as it is written.
    fn note_mistaken(&self, events: &[(Event<'_>, Range<usize>)], problems: &mut Vec<Diagnostic>) {
        let found = mistaken::find(&self.text, events);
        for mistaken in found.into_iter().take(MOST_NOTED) {
            let problem = Diagnostic::warning(mistaken.message)
                .at(self.source, self.in_file(mistaken.place))
                .with_hint(mistaken.hint);
            problems.push(problem);
        }
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
