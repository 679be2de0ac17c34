//! A text as its letters, with spelling set aside: what is left to compare when case, accents, hyphens and markup are gone.

use std::hash::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;

use unicode_normalization::char::decompose_compatible;
use unicode_normalization::char::is_combining_mark;

/// What stands between two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edge {
    /// Nothing.
    None,
    /// Something that may stand inside a word: a hyphen, an apostrophe, an inline tag.
    Soft,
    /// A blank, a punctuation mark, a block tag.
    Hard,
}

/// Letters and digits, each with what stands before it and the line it stands in.
#[derive(Debug, Default)]
pub(super) struct Letters {
    letters: Vec<char>,
    edges: Vec<Edge>,
    lines: Vec<u32>,
    pending: Option<Edge>,
    hyphen: Hyphen,
}

/// Whether a word is being broken at the end of a line.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Hyphen {
    /// No hyphen came last.
    #[default]
    Absent,
    /// A hyphen came last.
    Last,
    /// A hyphen came last, and then the end of the line.
    Broken,
}

/// A word, by its hash, and the line it stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// The same for the same letters.
    pub(super) hash: u64,
    /// The line, from 1.
    pub(super) line: u32,
    /// How much it says: a number nothing, an ideograph half as much as a word of letters.
    pub(super) weight: u8,
}

impl Letters {
    /// The letters of a text whose first line has the number `line`.
    pub(super) fn of(text: &str, line: u32) -> Self {
        let mut letters = Self::default();
        letters.push(text, line);
        letters
    }

    /// Adds a text that begins in `line`; returns the line in which it ends.
    pub(super) fn push(&mut self, text: &str, line: u32) -> u32 {
        let mut line = line;
        for letter in text.chars() {
            self.push_letter(letter, line);
            line += u32::from(letter == '\n');
        }
        line
    }

    /// Says that what comes now stands apart, at least as far as `edge` says.
    pub(super) fn part(&mut self, edge: Edge) {
        self.pending = self.pending.max(Some(edge));
        self.hyphen = Hyphen::Absent;
    }

    fn push_letter(&mut self, letter: char, line: u32) {
        // Most are plain already.
        if letter.is_ascii_alphanumeric() {
            self.letters.push(letter.to_ascii_lowercase());
            self.keep_from(self.letters.len() - 1, line);
            return;
        }
        if letter.is_whitespace() {
            match (self.hyphen, letter) {
                // A hyphen at the end of a line is a hyphen inside a word.
                (Hyphen::Last, '\n' | '\r') | (Hyphen::Broken, _) => self.hyphen = Hyphen::Broken,
                (Hyphen::Absent | Hyphen::Last, _) => self.part(Edge::Hard),
            }
            return;
        }
        if is_ignored(letter) {
            return;
        }
        if is_joining(letter) {
            self.pending = self.pending.max(Some(Edge::Soft));
            self.hyphen = if is_hyphen(letter) {
                Hyphen::Last
            } else {
                Hyphen::Absent
            };
            return;
        }
        let before = self.letters.len();
        decompose_compatible(letter, |part| {
            if !is_combining_mark(part) && part.is_alphanumeric() {
                for part in part.to_lowercase() {
                    self.letters.extend(plain(part));
                }
            }
        });
        if self.letters.len() == before {
            if !is_combining_mark(letter) {
                self.part(Edge::Hard);
            }
            return;
        }
        self.keep_from(before, line);
    }

    /// Notes what stands before the letters from `before` on, and their line.
    fn keep_from(&mut self, before: usize, line: u32) {
        let first = match before {
            0 => Edge::Hard,
            _ => self.pending.unwrap_or(Edge::None),
        };
        self.edges.push(first);
        self.edges.resize(self.letters.len(), Edge::None);
        self.lines.resize(self.letters.len(), line);
        self.pending = None;
        self.hyphen = Hyphen::Absent;
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    /// The letters themselves.
    pub(super) fn as_slice(&self) -> &[char] {
        &self.letters
    }

    /// What stands before the letter at `place`; behind the last one there is nothing more.
    pub(super) fn edge(&self, place: usize) -> Edge {
        self.edges.get(place).copied().unwrap_or(Edge::Hard)
    }

    /// The line in which the letter at `place` stands.
    pub(super) fn line(&self, place: usize) -> u32 {
        self.lines.get(place).copied().unwrap_or(1)
    }

    /// The words, hyphens inside them ignored.
    pub(super) fn words(&self) -> Vec<Word> {
        let mut words = Vec::new();
        let mut start = 0;
        for end in 1..=self.len() {
            let is_end = self.edge(end) == Edge::Hard
                || is_ideograph(self.letters[end - 1])
                || self
                    .letters
                    .get(end)
                    .is_some_and(|next| is_ideograph(*next));
            if is_end {
                words.push(self.word(start, end));
                start = end;
            }
        }
        words
    }

    fn word(&self, start: usize, end: usize) -> Word {
        let letters = &self.letters[start..end];
        let mut hasher = DefaultHasher::new();
        letters.hash(&mut hasher);
        let weight = match letters {
            [letter] if is_ideograph(*letter) => 1,
            _ if letters.iter().any(|letter| letter.is_alphabetic()) => 2,
            _ => 0,
        };
        Word {
            hash: hasher.finish(),
            line: self.line(start),
            weight,
        }
    }
}

/// Characters that are not seen: soft hyphens, joiners, marks of direction.
fn is_ignored(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// Characters that may stand inside a word: hyphens, apostrophes, and the marks of Markdown that make it bold.
fn is_joining(letter: char) -> bool {
    is_hyphen(letter) || matches!(letter, '\'' | '’' | '‘' | 'ʼ' | '*' | '_' | '`')
}

/// Characters behind which a word goes on, also in the next line.
fn is_hyphen(letter: char) -> bool {
    matches!(
        letter,
        '-' | '\u{2010}' | '\u{2011}' | '\u{2027}' | '\u{30fb}' | '·'
    )
}

/// The plain letters for those that no decomposition makes plain.
fn plain(letter: char) -> impl Iterator<Item = char> {
    let (first, second) = match letter {
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'þ' => ('t', Some('h')),
        'ø' => ('o', None),
        'đ' | 'ð' => ('d', None),
        'ł' => ('l', None),
        'ħ' => ('h', None),
        'ı' => ('i', None),
        'ς' => ('σ', None),
        letter => (letter, None),
    };
    std::iter::once(first).chain(second)
}

/// Letters that are words of their own, in scripts that write without blanks.
fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::Letters;

    fn words(text: &str) -> Vec<u64> {
        let letters = Letters::of(text, 1);
        letters.words().iter().map(|word| word.hash).collect()
    }

    #[test]
    fn spelling_is_set_aside() {
        let plain = words("Cafe strasse cooperate dont");
        for text in [
            "CAFÉ Straße co-operate don’t",
            "Cafe\u{301}, strasse. co\u{ad}operate don't",
            "ｃａｆｅ **stra**sse co-\noperate d_o_nt",
            "c\u{200b}afe strasse\u{a0}cooperate dont",
        ] {
            assert_eq!(words(text), plain, "{text}");
        }
        assert_ne!(words("cafes trasse cooperate dont"), plain);
        // A mark of Markdown at the end of a line breaks no word.
        assert_eq!(words("Cafe *strasse*\n`cooperate`\ndont'\n"), plain);
    }

    #[test]
    fn lines_are_counted() {
        let letters = Letters::of("one\ntwo\n\nthree", 5);
        let lines: Vec<u32> = letters.words().iter().map(|word| word.line).collect();
        assert_eq!(lines, [5, 6, 8]);
    }
}
