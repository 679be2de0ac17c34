//! Letters that nobody sees, and letters that show a line in another order than it is written in.
//!
//! The rule it guards: nothing is published that a reader of the page does not see and a program does; and what the coach reads in the
//! file is what stands in it.

/// What cannot be seen by itself: marks of direction, joiners, fillers, variation selectors and tags.
pub(in crate::content) fn is_unseen(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || is_variation(letter)
        || is_tag(letter)
        || matches!(
            letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
                | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
                | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        )
}

/// Where a text first holds a letter that has no place in any: one that turns a line around, a tag outside a flag, or a variation selector
/// with nothing before it that it could vary.
pub(in crate::content) fn stray(text: &str) -> Option<(usize, char)> {
    let (mut before, mut is_in_flag) = (None, false);
    for (place, letter) in text.char_indices() {
        // The flags of England, Scotland and Wales are a black flag and tags.
        is_in_flag = letter == '\u{1f3f4}' || is_in_flag && is_tag(letter);
        let is_stray = match letter {
            '\u{202d}' | '\u{202e}' => true,
            letter if is_tag(letter) => !is_in_flag,
            letter if is_variation(letter) => before.is_none_or(is_unseen),
            _ => false,
        };
        if is_stray {
            return Some((place, letter));
        }
        before = Some(letter);
    }
    None
}

fn is_tag(letter: char) -> bool {
    matches!(letter, '\u{e0000}'..='\u{e007f}')
}

fn is_variation(letter: char) -> bool {
    matches!(letter, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::{is_unseen, stray};

    #[test]
    fn what_nobody_sees_is_stray_and_what_people_write_is_not() {
        for text in [
            "x\u{202e}y",
            "\u{202d}x",
            "x\u{e0041}y",
            "\u{e0001}",
            "x\u{fe0f}\u{fe0f}",
            "x\u{e0101}\u{e0102}",
            "\u{fe0e}x",
            "x \u{e0150}",
            "x\u{200b}\u{fe00}",
        ] {
            assert!(stray(text).is_some(), "{text:?}");
        }
        for text in [
            "plain",
            "a heart \u{2764}\u{fe0f}, a key 1\u{fe0f}\u{20e3}",
            "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} won",
            "\u{845b}\u{e0100}",
            "\u{1f468}\u{200d}\u{1f4bb}",
            "\u{5d0}\u{200f}(1)",
            "\u{2067}\u{627}\u{2069}",
            "co\u{ad}operation",
        ] {
            assert_eq!(stray(text), None, "{text:?}");
        }
        assert!("\u{200b}\u{3164} \u{e0020}".chars().all(is_unseen));
        assert!(!"x\u{2764}.-".chars().any(is_unseen));
    }
}
