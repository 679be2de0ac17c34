//! A text as its letters, with spelling set aside: what is left to compare when case, accents, hyphens and markup are gone.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::audit::lookalikes::{CAPITAL_I, unadorned};

/// What stands between two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edge {
    /// Nothing.
    None,
    /// Nothing, but case or digits part them, as in `FalconTeam2026`.
    Part,
    /// Something that may stand inside a word: a hyphen, an apostrophe, an inline tag.
    Soft,
    /// A blank, a punctuation mark, a block tag.
    Hard,
}

/// Takes the letters of texts from a [`Tokenizer`].
pub(super) trait LetterSink {
    /// Takes the next letter or digit, what stands before it, and the line it stands in.
    fn push(&mut self, letter: char, before: Edge, line: u32);

    /// Takes the next letters and digits of ASCII, all in one line and with nothing between them.
    fn push_ascii(&mut self, letters: &[u8], before: Edge, line: u32) {
        let mut before = before;
        for letter in letters {
            self.push(char::from(letter.to_ascii_lowercase()), before, line);
            before = Edge::None;
        }
    }
}

/// Splits texts into letters, as if they were one text, and gives each to its sink.
#[derive(Debug)]
pub(super) struct Tokenizer<L> {
    sink: L,
    pending: Edge,
    hyphen: Hyphen,
}

/// Whether a word is being broken at the end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hyphen {
    /// No hyphen came last.
    Absent,
    /// A hyphen came last.
    Last,
    /// A hyphen came last, and then the end of the line.
    Broken,
}

impl<L: LetterSink> Tokenizer<L> {
    /// Begins without any text.
    pub(super) fn of(sink: L) -> Self {
        Self {
            sink,
            pending: Edge::Hard,
            hyphen: Hyphen::Absent,
        }
    }

    /// Returns the sink that took the letters.
    pub(super) fn into_sink(self) -> L {
        self.sink
    }

    /// Adds a text that begins in `line`.
    pub(super) fn push(&mut self, text: &str, line: u32) {
        let (mut rest, mut line) = (text, line);
        loop {
            // Most letters are plain already, and most are followed by another.
            let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if plain > 0 {
                let letters = &rest.as_bytes()[..plain];
                self.sink.push_ascii(letters, self.pending, line);
                self.is_within();
            }
            let mut letters = rest[plain..].chars();
            let Some(letter) = letters.next() else { return };
            if letter.is_whitespace() {
                self.blank(letter);
                line += u32::from(letter == '\n');
            } else {
                self.push_letter(letter, line);
            }
            rest = letters.as_str();
        }
    }

    /// Marks that at least `edge` stands between the last letter and the next one.
    pub(super) fn part(&mut self, edge: Edge) {
        self.pending = self.pending.max(edge);
        self.hyphen = Hyphen::Absent;
    }

    fn blank(&mut self, letter: char) {
        match (self.hyphen, letter) {
            // A hyphen at the end of a line is a hyphen inside a word.
            (Hyphen::Last, '\n' | '\r') | (Hyphen::Broken, _) => self.hyphen = Hyphen::Broken,
            (Hyphen::Absent | Hyphen::Last, _) => self.part(Edge::Hard),
        }
    }

    fn push_letter(&mut self, letter: char, line: u32) {
        if is_ignored(letter) {
            return;
        }
        if is_joining(letter) {
            self.pending = self.pending.max(Edge::Soft);
            self.hyphen = if is_hyphen(letter) {
                Hyphen::Last
            } else {
                Hyphen::Absent
            };
            return;
        }
        if letter.is_ascii() {
            self.part(Edge::Hard);
            return;
        }
        if let Some(letter) = unadorned(letter) {
            self.keep(letter, line);
            return;
        }
        let mut is_read = false;
        decompose_compatible(letter, |part| {
            if !is_combining_mark(part) && part.is_alphanumeric() {
                for part in part.to_lowercase().flat_map(plain) {
                    self.keep(part, line);
                    is_read = true;
                }
            }
        });
        if !is_read && !is_combining_mark(letter) {
            self.part(Edge::Hard);
        }
    }

    fn keep(&mut self, letter: char, line: u32) {
        self.sink.push(letter, self.pending, line);
        self.is_within();
    }

    /// Nothing stands behind the last letter yet.
    fn is_within(&mut self) {
        self.pending = Edge::None;
        self.hyphen = Hyphen::Absent;
    }
}

/// Letters and digits, each with what stands before it and the line it stands in.
#[derive(Debug, Default)]
pub(super) struct Letters {
    letters: Vec<char>,
    edges: Vec<Edge>,
    lines: Vec<u32>,
}

impl LetterSink for Letters {
    fn push(&mut self, letter: char, before: Edge, line: u32) {
        self.letters.push(letter);
        self.edges.push(before);
        self.lines.push(line);
    }

    fn push_ascii(&mut self, letters: &[u8], before: Edge, line: u32) {
        let mut before = before;
        let mut last = None;
        for letter in letters {
            // `TeamFalcon2026` holds three words.
            let is_part = last.is_some_and(|last: u8| {
                last.is_ascii_digit() != letter.is_ascii_digit()
                    || (last.is_ascii_lowercase() && letter.is_ascii_uppercase())
            });
            before = if is_part { Edge::Part } else { before };
            let plain = match letter {
                b'I' => CAPITAL_I,
                letter => char::from(letter.to_ascii_lowercase()),
            };
            self.push(plain, before, line);
            before = Edge::None;
            last = Some(*letter);
        }
    }
}

impl Letters {
    /// The letters of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut tokenizer = Tokenizer::of(Self::default());
        tokenizer.push(text, 1);
        tokenizer.into_sink()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    /// The letters themselves, in lower case but for [`CAPITAL_I`].
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
}

/// Characters that are not seen, or make a word only longer: soft hyphens, joiners, marks of direction, the stroke of Arabic.
fn is_ignored(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{640}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
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
