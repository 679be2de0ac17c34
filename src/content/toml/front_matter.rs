//! A Markdown file cut into its front matter and its body.
//!
//! The rule it guards: front matter that is not recognised is an error. It never becomes part of the text.

use std::ops::Range;
use std::rc::Rc;

use crate::content::toml::document::Document;
use crate::content::toml::keys::Keys;
use crate::diagnostic::{Diagnostic, Source};

/// The line above and below front matter.
const FENCE: &str = "+++";

/// A file with front matter: the TOML, and where the text begins.
pub(in crate::content) struct FrontMatter {
    /// The TOML between the fences.
    pub(in crate::content) document: Document,
    /// The bytes of the text after it.
    pub(in crate::content) body: Range<usize>,
    /// The keys of every kind of front matter. A line of the text that sets one has slipped below the fence.
    pub(in crate::content) keys: Rc<[Keys]>,
}

/// Cuts a file at its fences; `keys` are those of every kind of front matter.
pub(in crate::content) fn split(
    source: Source,
    keys: &Rc<[Keys]>,
) -> Result<FrontMatter, Diagnostic> {
    let text = source.text();
    let mut lines = lines_of(text, 0..text.len());
    let first = lines.next().unwrap_or(0..0);
    if text[first.clone()].trim_end() != FENCE {
        let hint = "put the front matter between two lines of `+++`, the first of them at the very start of the file";
        return Err(
            // The line may be a remark, or the first of a note.
            Diagnostic::error("the file does not start with front matter")
                .at_line(source.path(), 1, 1)
                .with_hint(hint),
        );
    }
    let Some(last) = lines.find(|line| text[line.clone()].trim_end() == FENCE) else {
        let hint = "end it with a line that holds `+++` and nothing else";
        return Err(Diagnostic::error("the front matter is not closed")
            .at(&source, trimmed(text, first))
            .with_hint(hint));
    };
    let (toml, body) = (first.end..last.start, last.end..text.len());
    drop(lines);
    // Where a fence has slipped, lines of TOML stand in the text: their remarks are not quoted either.
    let remarks: Vec<Range<usize>> = lines_of(source.text(), body.clone())
        .filter_map(|line| {
            let remark = source.text()[line.clone()].find(" #")?;
            Some(line.start + remark..line.end)
        })
        .collect();
    let source = source.withholding(remarks);
    Ok(FrontMatter {
        document: Document::part(source, toml),
        body,
        keys: Rc::clone(keys),
    })
}

/// The lines of a part of a text, each with its end.
pub(in crate::content) fn lines_of(
    text: &str,
    range: Range<usize>,
) -> impl Iterator<Item = Range<usize>> {
    let mut start = range.start;
    text[range].split_inclusive('\n').map(move |line| {
        let line = start..start + line.len();
        start = line.end;
        line
    })
}

/// A line without the space around it.
fn trimmed(text: &str, line: Range<usize>) -> Range<usize> {
    line.start..line.start + text[line].trim_end().len()
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::split;
    use crate::diagnostic::Source;

    #[test]
    fn only_a_whole_fence_opens_and_closes() {
        for (text, body) in [
            ("+++\na = 1\n+++\nhello", "hello"),
            ("+++\r\na = 1\r\n+++ \r\nhello", "hello"),
            ("+++\na = 1\n+++", ""),
            ("+++\na = 1\n+++\n+++\n", "+++\n"),
        ] {
            let split = split(Source::of("x.md", text), &Rc::from([])).unwrap();
            assert_eq!(&text[split.body], body, "{text:?}");
        }
        let (absent, open) = (
            "the file does not start with front matter",
            "the front matter is not closed",
        );
        for (text, message) in [
            ("", absent),
            ("hello", absent),
            ("\n+++\na = 1\n+++\n", absent),
            ("---\na: 1\n---\n", absent),
            ("++++\n++++\n", absent),
            ("+++\na = 1\n", open),
            ("+++", open),
            (" +++\n+++\n", absent),
            ("++\n++\n", absent),
        ] {
            let problem = split(Source::of("x.md", text), &Rc::from([]))
                .err()
                .unwrap();
            assert_eq!(problem.message(), message, "{text:?}");
        }
    }
}
