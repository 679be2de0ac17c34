//! Changes of single places of a text.

use std::ops::Range;

/// Changes that do not meet, each a place and what stands there instead.
#[derive(Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts `text` at a place.
    pub(super) fn put(&mut self, place: Range<usize>, text: impl Into<String>) {
        self.0.push((place, text.into()));
    }

    /// Takes a key and its value out, with the line if it has one to itself, or with one comma.
    pub(super) fn take_out(&mut self, text: &str, pair: Range<usize>) {
        let line = line_start(text, pair.start);
        let (before, after) = (&text[line..pair.start], &text[pair.end..]);
        let rest = after.split('\n').next().unwrap_or_default();
        let has_line = rest.trim().is_empty() || rest.trim_start().starts_with('#');
        if before.trim().is_empty() && has_line {
            let end = (pair.end + rest.len() + 1).min(text.len());
            self.put(line..end, "");
            return;
        }
        let spaces = after.len() - after.trim_start().len();
        if after[spaces..].starts_with(',') {
            let behind = &after[spaces + 1..];
            let more = behind.len() - behind.trim_start_matches([' ', '\t']).len();
            self.put(pair.start..pair.end + spaces + 1 + more, "");
        } else {
            let kept = text[..pair.start].trim_end();
            let kept = kept.strip_suffix(',').unwrap_or(kept);
            self.put(kept.len()..pair.end, "");
        }
    }

    /// The text with all changes.
    pub(super) fn applied(mut self, text: &str) -> String {
        self.0.sort_by_key(|(place, _)| place.start);
        let mut new = String::new();
        let mut done = 0;
        for (place, words) in self.0 {
            // Of two that meet the first counts: it holds the second.
            if place.start >= done {
                new += &text[done..place.start];
                new += &words;
                done = place.end;
            }
        }
        new + &text[done..]
    }
}

/// Where the line of a place begins.
pub(super) fn line_start(text: &str, place: usize) -> usize {
    text[..place].rfind('\n').map_or(0, |end| end + 1)
}
