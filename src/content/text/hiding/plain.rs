//! A text as it is searched for marks: without code, and with the wide and the pointed letters of some keyboards as plain ones.

use std::ops::Range;

/// What stands for a letter inside code.
const CODE: char = '\u{1}';

/// What stands for the border of a cell.
pub(super) const CELL: char = '\u{2}';

/// A text that is searched.
pub(super) struct Plain {
    /// What is searched.
    pub(super) text: String,
    /// For each byte of it the place in the text that it is made of, if the two differ.
    places: Vec<usize>,
}

impl Plain {
    /// Makes it of a text, in which some bytes are code and some are tables.
    pub(super) fn of(text: &str, code: &[Range<usize>], tables: &[Range<usize>]) -> Self {
        let mut plain = Self {
            text: String::with_capacity(text.len()),
            places: Vec::with_capacity(text.len() + 1),
        };
        let (mut code, mut tables) = (Inside::of(code), Inside::of(tables));
        let mut before = '\n';
        for (place, letter) in text.char_indices() {
            let (in_code, in_table) = (code.reaches(place), tables.reaches(place));
            let shown = match letter {
                '\n' => letter,
                _ if in_code => CODE,
                '|' if in_table && !is_spoiler(&text[place..], before) => CELL,
                _ => plainly(letter),
            };
            plain.text.push(shown);
            plain.places.resize(plain.text.len(), place);
            before = letter;
        }
        plain.places.push(text.len());
        plain
    }

    /// The place in the text itself of a place in what is searched.
    pub(super) fn place(&self, place: usize) -> usize {
        self.places.get(place).copied().unwrap_or_default()
    }
}

/// Whether a bar inside a table, with the letter `before` it, belongs to two that stand apart from the cells as those of a spoiler do:
/// ` ||words|| `.
fn is_spoiler(rest: &str, before: char) -> bool {
    if before == '|' {
        return true;
    }
    let Some(after) = rest.strip_prefix("||") else {
        return false;
    };
    let is_blank = |letter: Option<char>| letter.is_none_or(|letter| letter.is_whitespace());
    let after = after.chars().next();
    match before.is_whitespace() {
        true => before != '\n' && !is_blank(after) && after != Some('|'),
        false => is_blank(after),
    }
}

/// A letter of a wide keyboard as its plain one.
fn plainly(letter: char) -> char {
    match letter {
        '‹' | '﹤' | '〈' | '《' => '<',
        '›' | '﹥' | '〉' | '》' => '>',
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(letter) - 0xff01 + 0x21).unwrap_or(letter)
        }
        '\u{3000}' => ' ',
        letter => letter,
    }
}

/// Ranges in their order, asked for one place after the other.
struct Inside<'a> {
    ranges: std::iter::Peekable<std::vec::IntoIter<&'a Range<usize>>>,
}

impl<'a> Inside<'a> {
    fn of(ranges: &'a [Range<usize>]) -> Self {
        let mut ranges: Vec<&Range<usize>> = ranges.iter().collect();
        ranges.sort_by_key(|range| range.start);
        Self {
            ranges: ranges.into_iter().peekable(),
        }
    }

    fn reaches(&mut self, place: usize) -> bool {
        while self.ranges.next_if(|range| range.end <= place).is_some() {}
        self.ranges.peek().is_some_and(|range| range.start <= place)
    }
}
