//! How much room words take in a drawing, estimated on the safe side: no font is known when a page is made.

/// The size of all words in a drawing, as in the style sheet.
pub(super) const SIZE: f64 = 13.0;

/// From one line of words to the next.
pub(super) const LEADING: f64 = 18.0;

/// How far above their base line words reach.
pub(super) const ASCENT: f64 = 11.0;

/// How far below their base line words reach.
pub(super) const DESCENT: f64 = 4.0;

/// From words to what stands beside them.
pub(super) const MARGIN: f64 = 8.0;

/// The width of a text.
pub(super) fn width(text: &str) -> f64 {
    text.chars().map(letter_width).sum::<f64>() * SIZE
}

/// The text, shortened to a width with an ellipsis.
pub(super) fn fitted(text: &str, room: f64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        if width(&short) + (letter_width(letter) + letter_width('…')) * SIZE > room {
            break;
        }
        short.push(letter);
    }
    format!("{}…", short.trim_end())
}

/// The width of a letter in parts of the size.
fn letter_width(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.32,
        ' ' | 't' | 'f' | 'r' | '(' | ')' | '-' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '…' => 0.92,
        '+' | '\u{2212}' | '≥' | '≤' => 0.64,
        // Marks that take no room: combining accents, and signs for the direction of writing.
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' => 0.0,
        // Chinese, Japanese and Korean letters fill a square.
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{ffef}' => 1.04,
        letter if letter.is_uppercase() => 0.74,
        _ => 0.6,
    }
}

#[cfg(test)]
mod tests {
    use super::{fitted, width};

    #[test]
    fn long_text_is_shortened_to_its_room() {
        assert_eq!(fitted("Peers", 200.0), "Peers");
        let short = fitted("Innovation and transformation office", 120.0);
        assert!(short.ends_with('…') && width(&short) <= 120.0, "{short}");
    }
}
