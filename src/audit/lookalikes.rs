//! Letters that a reader takes for one of the Latin alphabet, so that a term is found however its letters were come by: Cyrillic `К`
//! for `K`, Greek `ο` for `o`. Letters that are Latin themselves, and only small or ornamented, are made plain before.

/// For each Latin letter those of Greek, Coptic, Cyrillic, Armenian, Cherokee and Lisu that look like it in capitals or in lower case.
const ALIKE: [(char, &str); 26] = [
    ('a', "αаⲁꭺꓮ"),
    ('b', "βвьⲃᏼꓐ"),
    ('c', "ϲсҫⲥꮯꓚ"),
    ('d', "ԁꭰꓓ"),
    ('e', "εеҽⲉꭼꓰ"),
    ('f', "ϝғꓝ"),
    ('g', "ԍցꮐꓖ"),
    ('h', "нһⲏηհꮋꓧ"),
    ('i', "ιіⲓӏꭵꓲ"),
    ('j', "ϳјꭻꓙ"),
    ('k', "κкқҝⲕꮶꓗ"),
    ('l', "ӏլꮮꓡ"),
    ('m', "мⲙμꮇꓟ"),
    ('n', "пⲛиηνոꓠ"),
    ('o', "οоσөⲟօꓳ"),
    ('p', "ρрⲣꮲꓑ"),
    ('q', "ԛզ"),
    ('r', "гꭱꓣ"),
    ('s', "ѕꮪꓢ"),
    ('t', "τтⲧꭲꓔ"),
    ('u', "иυμսꓴ"),
    ('v', "ѵνꮩꓦ"),
    ('w', "ωԝѡꮃꓪ"),
    ('x', "χхҳⲭꓫ"),
    ('y', "γуүⲩυꓬ"),
    ('z', "ζꮓꓜ"),
];

/// What stands for a capital `I` among letters in lower case: as a capital alone it looks like an `l`.
pub(super) const CAPITAL_I: char = '\u{131}';

/// Whether two letters or digits of the Latin alphabet look like each other, in some letters of the world: `Pr0ject FaIcon`.
pub(super) fn is_alike_in_latin(one: char, other: char) -> bool {
    let is_pair = |one, other| {
        matches!(
            (one, other),
            ('0', 'o') | ('1', 'l' | 'i' | CAPITAL_I) | (CAPITAL_I, 'l')
        )
    };
    is_pair(one, other) || is_pair(other, one)
}

/// Whether two letters in lower case are the same, or look like the same Latin one.
pub(super) fn is_alike(one: char, other: char) -> bool {
    let [one, other] = [one, other].map(|letter| match letter {
        CAPITAL_I => 'i',
        letter => letter,
    });
    if one == other {
        return true;
    }
    if one.is_ascii() && other.is_ascii() {
        return false;
    }
    let has = |(latin, others): &(char, &str), letter| *latin == letter || others.contains(letter);
    ALIKE.iter().any(|row| has(row, one) && has(row, other))
}

/// A Latin letter that is small, crossed or in a box as its plain one, where no decomposition says so.
pub(super) fn unadorned(letter: char) -> Option<char> {
    const SMALL: [(char, &str); 26] = [
        ('a', "ᴀɑⱥ"),
        ('b', "ʙƀɓ"),
        ('c', "ᴄꞓƈ"),
        ('d', "ᴅɖɗ"),
        ('e', "ᴇɇ"),
        ('f', "ꜰƒ"),
        ('g', "ɢɡǥɠ"),
        ('h', "ʜɦ"),
        ('i', "ɪɨɩᵻ"),
        ('j', "ᴊɉʝ"),
        ('k', "ᴋƙĸⱪ"),
        ('l', "ʟƚɫ"),
        ('m', "ᴍɱ"),
        ('n', "ɴɲŋƞ"),
        ('o', "ᴏɔɵ"),
        ('p', "ᴘƥᵽ"),
        ('q', "ꞯɋ"),
        ('r', "ʀɍɽ"),
        ('s', "ꜱʂȿ"),
        ('t', "ᴛŧƭ"),
        ('u', "ᴜʉ"),
        ('v', "ᴠʋ"),
        ('w', "ᴡⱳ"),
        ('x', "ᶍ"),
        ('y', "ʏɏƴ"),
        ('z', "ᴢƶȥ"),
    ];
    // Letters in boxes and discs, and those of which flags are made.
    for first in ['\u{1f150}', '\u{1f170}', '\u{1f1e6}'] {
        let place = u32::from(letter).checked_sub(u32::from(first));
        let plain = place.filter(|place| *place < 26);
        if let Some(plain) = plain.and_then(|place| char::from_u32(u32::from('a') + place)) {
            return Some(plain);
        }
    }
    let mut small = SMALL.iter();
    let found = small.find(|(_, letters)| letters.contains(letter));
    found.map(|(plain, _)| *plain)
}

#[cfg(test)]
mod tests {
    use super::{ALIKE, is_alike, unadorned};

    #[test]
    fn letters_of_one_shape_are_alike_and_others_are_not() {
        for (one, other) in [
            ('к', 'k'),
            ('k', 'κ'),
            ('к', 'κ'),
            ('ο', 'о'),
            ('ν', 'v'),
            ('ν', 'n'),
        ] {
            assert!(
                is_alike(one, other) && is_alike(other, one),
                "{one} {other}"
            );
        }
        for (one, other) in [('k', 'c'), ('к', 'c'), ('ж', 'x'), ('鷹', 'a'), ('ж', 'ш')] {
            assert!(!is_alike(one, other), "{one} {other}");
        }
        // Every letter of the table is in lower case, as those are that it is asked for.
        for letter in ALIKE.iter().flat_map(|(_, others)| others.chars()) {
            let lower: String = letter.to_lowercase().collect();
            assert_eq!(lower, letter.to_string());
        }
        assert_eq!(unadorned('ᴋ'), Some('k'));
        assert_eq!(unadorned('\u{1f1f0}'), Some('k'));
        assert_eq!(unadorned('k'), None);
    }
}
