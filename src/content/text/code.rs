//! What is code: to the cutting of passages, which goes line by line, and to the parser of Markdown, which knows lists and quotations.
//!
//! The rule it guards: where the two see a fence of code differently, it is an error. Else a line that opens a private passage could
//! count as code, and be shown as text.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use crate::diagnostic::Diagnostic;
use crate::engagement::prose::markdown_options;

/// The fences of code in a text, and the lines between them, as the parser of Markdown reads them.
pub(in crate::content) fn parsed(text: &str) -> Vec<Range<usize>> {
    Parser::new_ext(text, markdown_options())
        .into_offset_iter()
        .filter_map(|(event, span)| match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => Some(span),
            _ => None,
        })
        .collect()
}

/// Where the first of the blocks `cut` begins that is none of the blocks `parsed`, or the first of the fences of passages `marks`
/// that stands in a block of its own. All are places in `text`.
pub(in crate::content) fn disagreement(
    text: &str,
    cut: &[Range<usize>],
    parsed: &[Range<usize>],
    marks: &[Range<usize>],
) -> Option<usize> {
    let parsed: Vec<Range<usize>> = parsed.iter().map(|block| lines(text, block)).collect();
    let unknown = cut.iter().map(|block| lines(text, block));
    let unknown = unknown
        .filter(|block| !parsed.contains(block))
        .map(|block| block.start);
    let inside = marks.iter().map(|mark| mark.start).filter(|mark| {
        let mut blocks = parsed.iter();
        blocks.any(|block| block.contains(mark))
    });
    unknown.chain(inside).min()
}

/// What is said of a fence of code that is not the same to both.
pub(in crate::content) fn unclear() -> Diagnostic {
    Diagnostic::error("it is not clear where the code around this line begins and ends").with_hint(
        "begin and end each piece of code with a line of its own of three backquotes, at the start of the line, outside lists and quotations",
    )
}

/// The whole lines of a block, without the end of the last one.
fn lines(text: &str, block: &Range<usize>) -> Range<usize> {
    let start = text[..block.start].rfind('\n').map_or(0, |place| place + 1);
    let inside = text[start..block.end].trim_end();
    let last = start + inside.len();
    let end = text[last..]
        .find('\n')
        .map_or(text.len(), |place| last + place);
    start..end
}
