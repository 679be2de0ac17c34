//! What of a coach's file may reach a terminal: nothing that the terminal would act on, and nothing that puts letters in another order.

use std::io;
use std::io::Write;

/// The text with a stand-in for every letter that a terminal would act on.
pub fn tame(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// The same for a text of several lines.
pub fn tame_lines(text: &str) -> String {
    let line_end = |letter| {
        if letter == '\n' {
            letter
        } else {
            visible(letter)
        }
    };
    text.chars().map(line_end).collect()
}

/// A terminal to which nothing gets that it would act on, but for the ends of lines.
pub struct Tamed<'a>(pub &'a mut dyn Write);

impl Write for Tamed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // `write!` hands over whole pieces of text, so no letter is cut in two.
        let text = tame_lines(&String::from_utf8_lossy(bytes));
        self.0.write_all(text.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// The letter itself, or a stand-in for one that a terminal would act on.
fn visible(letter: char) -> char {
    match letter {
        '\t' => ' ',
        // What sets a direction, what ends a line elsewhere, what cannot be seen, and tags.
        '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
        letter if letter.is_control() => '\u{fffd}',
        letter => letter,
    }
}
