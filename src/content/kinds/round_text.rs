//! The text of a round as a message may quote it.
//!
//! The rule it guards: what a rater wrote is quoted nowhere, whichever column it slipped into and however the file is damaged.

use std::ops::Range;

use crate::diagnostic::Source;

/// The place of a quote that neither begins nor ends a field, or of one that never ends. The csv reader would guess.
pub(in crate::content) fn odd_quote(text: &str) -> Option<usize> {
    let mut letters = text.char_indices().peekable();
    let mut is_at_start = true;
    while let Some((index, letter)) = letters.next() {
        match letter {
            '"' if is_at_start => {
                let mut is_closed = false;
                while let Some((_, letter)) = letters.next() {
                    let is_doubled = letters.peek().is_some_and(|(_, next)| *next == '"');
                    match letter {
                        '"' if is_doubled => drop(letters.next()),
                        '"' => {
                            is_closed = true;
                            break;
                        }
                        _ => {}
                    }
                }
                while letters.next_if(|(_, next)| *next == ' ').is_some() {}
                let is_end = letters
                    .peek()
                    .is_none_or(|(_, next)| matches!(next, ',' | '\r' | '\n'));
                if !is_closed || !is_end {
                    return Some(index);
                }
            }
            '"' => return Some(index),
            ',' | '\n' | '\r' => is_at_start = true,
            _ => is_at_start = false,
        }
    }
    None
}

/// The bytes of the fields of the record that begins at `begin`; used for places only, never for values.
pub(in crate::content) fn field_spans(text: &str, begin: usize) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut start = begin.min(text.len());
    let mut is_quoted = false;
    for (index, letter) in text[start..].char_indices() {
        let index = begin + index;
        match letter {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => {
                spans.push(start..index);
                start = index + 1;
            }
            '\n' if !is_quoted => {
                spans.push(start..index);
                return spans;
            }
            _ => {}
        }
    }
    spans.push(start..text.len());
    spans
}

/// Whether a field says more than an id, a name or a number: then it is an answer in words that has slipped here, whatever its column.
fn is_wordy(field: &str) -> bool {
    // Scripts that write without blanks say a sentence in a few letters.
    let dense = field.chars().filter(|letter| *letter >= '\u{e00}').count();
    field.split_whitespace().count() > 2 || field.chars().count() > 60 || dense > 4
}

/// Whether a field says more than its column can hold: a number, or yes and no in some language.
fn is_strange(field: &str) -> bool {
    let field = field.trim().trim_matches('"');
    field.chars().count() > 4 && field.contains(|letter: char| letter.is_alphabetic())
}

/// A field in a message, unless it may be what a rater wrote.
pub(in crate::content) fn quoted(field: &str) -> String {
    if is_wordy(field) {
        "a text".to_owned()
    } else {
        format!("`{field}`")
    }
}

/// The source with every comment withheld from messages, every field that may be one, and every row of which it cannot be said where its
/// comment is. The columns `short` hold a number or a yes.
pub(in crate::content) fn withholding_comments(
    source: Source,
    width: usize,
    comment: Option<usize>,
    short: &[Option<usize>],
) -> Source {
    let text = source.text();
    let mut secret = Vec::new();
    let mut begin = text.find('\n').map_or(text.len(), |end| end + 1);
    while begin < text.len() {
        let spans = field_spans(text, begin);
        let end = spans.last().map_or(text.len(), |last| last.end);
        if spans.len() == width {
            let may_be_one = |index: usize, span: &Range<usize>| {
                let field = &text[span.clone()];
                Some(index) == comment
                    || is_wordy(field)
                    || (short.contains(&Some(index)) && is_strange(field))
            };
            let fields = spans.iter().enumerate();
            let secrets = fields.filter(|(index, span)| may_be_one(*index, span));
            secret.extend(secrets.map(|(_, span)| span.clone()));
        } else {
            secret.push(begin..end);
        }
        begin = end + 1;
    }
    source.withholding(secret)
}
