//! What of a coach's file may reach a terminal: nothing that the terminal would act on.

/// The text with a stand-in for every letter that a terminal would act on.
pub fn tame(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// The letter itself, or a stand-in for one that a terminal would act on.
fn visible(letter: char) -> char {
    match letter {
        '\t' => ' ',
        '\u{feff}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        letter if letter.is_control() => '\u{fffd}',
        letter => letter,
    }
}
