//! The words of a text and the runs of them, known by their hashes: two texts are compared without keeping either.

use std::ops::Range;

use crate::audit::letters::{Edge, LetterSink, Tokenizer};

/// So many words in a row are no coincidence. Between the pages of the sample engagements and what their readers may not see, runs of two
/// coincide in 317 pairs of places, of three in 67, of four in 18, of five in 3, and of six in none.
const RUN: u8 = 6;

/// The weight of that many words.
const WEIGHT: u32 = 2 * RUN as u32;

/// A run with its numbers and signs is never longer than this: lists of dates say nothing.
const LONGEST: usize = 24;

/// An odd number without a pattern: 2^64 divided by the golden ratio.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

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

/// The words of a text while it is read, hyphens inside them ignored.
#[derive(Debug, Default)]
pub(super) struct Words {
    words: Vec<Word>,
    /// The word that is being read; its hash is mixed when it is closed.
    open: Option<Word>,
}

impl Words {
    /// The words of a text whose first line has the number `line`.
    pub(super) fn of(text: &str, line: u32) -> Vec<Word> {
        let mut tokenizer = Tokenizer::of(Self::default());
        tokenizer.push(text, line);
        tokenizer.into_sink().into_vec()
    }

    /// All words, the last one included.
    pub(super) fn into_vec(mut self) -> Vec<Word> {
        self.close();
        self.words
    }

    /// The word to which a letter belongs that stands behind `before`.
    fn word(&mut self, before: Edge, line: u32, is_ideograph: bool) -> &mut Word {
        if before == Edge::Hard || is_ideograph || self.open.is_some_and(|word| word.weight == 1) {
            self.close();
        }
        self.open.get_or_insert(Word {
            hash: 0,
            line,
            weight: 0,
        })
    }

    fn close(&mut self) {
        self.words.extend(self.open.take().map(|word| Word {
            hash: mixed(word.hash),
            ..word
        }));
    }
}

impl LetterSink for Words {
    fn push(&mut self, letter: char, before: Edge, line: u32) {
        let is_ideograph = is_ideograph(letter);
        let word = self.word(before, line, is_ideograph);
        word.hash = with_letter(word.hash, letter.into());
        if is_ideograph {
            word.weight = 1;
        } else if letter.is_alphabetic() {
            word.weight = 2;
        }
    }

    fn push_ascii(&mut self, letters: &[u8], before: Edge, line: u32) {
        let word = self.word(before, line, false);
        let (mut hash, mut weight) = (word.hash, word.weight);
        for letter in letters {
            hash = with_letter(hash, letter.to_ascii_lowercase().into());
            if letter.is_ascii_alphabetic() {
                weight = 2;
            }
        }
        (word.hash, word.weight) = (hash, weight);
    }
}

fn with_letter(hash: u64, letter: u32) -> u64 {
    (hash.rotate_left(5) ^ u64::from(letter)).wrapping_mul(MIX)
}

/// A hash of which every bit depends on all.
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(MIX);
    hash ^ (hash >> 29)
}

/// Letters that are words of their own, in scripts that write without blanks.
pub(super) fn is_ideograph(letter: char) -> bool {
    letter >= '\u{e00}'
        && matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Words in a row of one text.
pub(super) struct Run {
    /// The same for the same words in the same order.
    pub(super) hash: u64,
    /// Which words of the text they are.
    pub(super) words: Range<usize>,
    /// The line in which they begin, from 1.
    pub(super) line: u32,
}

/// The runs of a text: one from every word on that says something, as long as it takes to weigh enough.
///
/// A window slides over the words; its hash is a polynomial in [`MIX`], which can be taken on at either end.
pub(super) fn runs(words: &[Word]) -> impl Iterator<Item = Run> {
    let (mut end, mut weight, mut hash) = (0, 0, 0_u64);
    let run = move |start: usize| {
        while weight < WEIGHT && end < words.len() && end - start < LONGEST {
            hash = hash.wrapping_mul(MIX).wrapping_add(words[end].hash);
            weight += u32::from(words[end].weight);
            end += 1;
        }
        let first = words[start];
        let run = (weight >= WEIGHT && first.weight > 0).then_some(Run {
            hash,
            words: start..end,
            line: first.line,
        });
        hash = hash.wrapping_sub(first.hash.wrapping_mul(POWERS[end - start - 1]));
        weight -= u32::from(first.weight);
        run
    };
    (0..words.len()).filter_map(run)
}

/// The powers of [`MIX`], from the power 0 on.
const POWERS: [u64; LONGEST] = {
    let mut powers = [1_u64; LONGEST];
    let mut power = 1;
    while power < LONGEST {
        powers[power] = powers[power - 1].wrapping_mul(MIX);
        power += 1;
    }
    powers
};

#[cfg(test)]
mod tests {
    use super::{LONGEST, WEIGHT, Word, Words, runs};

    fn words(text: &str) -> Vec<u64> {
        Words::of(text, 1).iter().map(|word| word.hash).collect()
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
        let words = Words::of("one\ntwo\n\nthree", 5);
        let lines: Vec<u32> = words.iter().map(|word| word.line).collect();
        assert_eq!(lines, [5, 6, 8]);
    }

    /// What a run is, without a window: from a word that says something on, as far as it takes.
    fn plainly(words: &[Word], start: usize) -> Option<std::ops::Range<usize>> {
        let mut weight = 0;
        for (index, word) in words.iter().enumerate().skip(start).take(LONGEST) {
            weight += u32::from(word.weight);
            if weight >= WEIGHT {
                return (words[start].weight > 0).then_some(start..index + 1);
            }
        }
        None
    }

    #[test]
    fn the_window_finds_the_runs_that_are_there() {
        let text = "One two 3 four five six seven 8 9 10 你好嗎 eight nine ten eleven twelve 1 2 3 4 5 6 7 8 9 10 11 12 13 14 \
                    15 16 17 18 19 20 21 thirteen one two 3 four five six seven 8 9 10 你好嗎 eight nine ten eleven twelve";
        let words = Words::of(text, 1);
        let found: Vec<_> = runs(&words).map(|run| run.words).collect();
        let expected: Vec<_> = (0..words.len())
            .filter_map(|start| plainly(&words, start))
            .collect();
        assert_eq!(found, expected);
        let hashes: Vec<(Vec<u64>, u64)> = runs(&words)
            .map(|run| {
                let inside = words[run.words].iter().map(|word| word.hash).collect();
                (inside, run.hash)
            })
            .collect();
        let mut twice = 0;
        for (one, hash) in &hashes {
            for (other, other_hash) in &hashes {
                assert_eq!(one == other, hash == other_hash);
                twice += usize::from(one == other);
            }
        }
        assert!(
            twice > hashes.len(),
            "a run that comes again is found again"
        );
    }
}
