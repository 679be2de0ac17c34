//! A confidential term, found in any spelling: other case, accents, hyphens, across markup, with or without its blanks.
//!
//! A short term is found where it is a word, with what grammar adds to one: endings, the particles of Korean, the small words that
//! Arabic and Hebrew write in front. In scripts that write without blanks it is found anywhere.

use crate::audit::letters::{Edge, Letters};
use crate::audit::lookalikes::{is_alike, is_alike_in_latin};
use crate::audit::words::is_ideograph;

/// From this many letters on a term is found inside other words as well: shorter ones stand in words that have nothing to do
/// with them (`plan nine` holds `ann`), and a build that fails for nothing is soon built without looking.
const TELLING: usize = 8;

/// From this many letters on a term is found in a part of a word that only case or digits set off: shorter ones stand in identifiers.
const DISTINCT: usize = 5;

/// The letters of Arabic and Hebrew that are words of their own and are written as the beginning of the next word.
const PROCLITICS: [char; 14] = [
    'و', 'ف', 'ب', 'ك', 'ل', 'س', 'ا', 'ו', 'ה', 'ב', 'כ', 'ל', 'מ', 'ש',
];

/// The most of them before one word, with the article of Arabic among them, or if the word is long enough to be recognised.
const MOST_PROCLITICS: usize = 4;

/// What Korean adds to a word.
const PARTICLES: [&str; 30] = [
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "에서",
    "에게",
    "에게서",
    "와",
    "과",
    "도",
    "로",
    "으로",
    "만",
    "까지",
    "부터",
    "한테",
    "께",
    "께서",
    "님",
    "님이",
    "님은",
    "씨",
    "씨가",
    "처럼",
    "보다",
    "이랑",
];

/// A word of Korean with so many letters, which are parts of a syllable here, may be followed by anything.
const KOREAN: usize = 6;

/// How letters make words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Blanks stand between words; a word may have a short ending.
    Latin,
    /// Blanks stand between words; endings are longer: Cyrillic, Greek and whatever else is not named here.
    Inflected,
    /// Small words are written together with the next one: Arabic, Hebrew.
    Prefixed,
    /// Particles of any length are written together with the word before: Korean.
    Suffixed,
    /// No blanks stand between words.
    Unspaced,
    /// No letter.
    Digit,
}

impl Script {
    fn of(letter: char) -> Self {
        match letter {
            letter if letter.is_numeric() && !is_ideograph(letter) => Self::Digit,
            letter if is_ideograph(letter) => Self::Unspaced,
            '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7ff}' => Self::Suffixed,
            '\u{590}'..='\u{8ff}' => Self::Prefixed,
            '\0'..='\u{36f}' | '\u{1e00}'..='\u{1eff}' => Self::Latin,
            _ => Self::Inflected,
        }
    }

    /// The longest ending, in letters, of a word with so many: `Falcon`, `Falcons`, `Falkenes`; `Сокол`, `Соколами`.
    fn ending(self, letters: usize) -> usize {
        match (self, letters) {
            (Self::Suffixed, KOREAN..) => usize::MAX,
            (Self::Latin, 4..) => 2,
            (Self::Inflected, 4..) | (Self::Prefixed, 5..) => 3,
            _ => 0,
        }
    }
}

/// A word or words that must appear in no portal.
pub(super) struct Term {
    letters: Letters,
}

impl Term {
    /// Reads a term; one without any letter or digit is found nowhere.
    pub(super) fn of(text: &str) -> Self {
        Self {
            letters: Letters::of(text),
        }
    }

    /// Returns the line in which the term first stands in a text.
    pub(super) fn line_in(&self, text: &Letters) -> Option<u32> {
        let term = self.letters.as_slice();
        let first = term.first()?;
        let places = text.as_slice().iter().enumerate();
        let starts = places.filter(|(_, letter)| {
            is_alike(**letter, *first) || is_alike_in_latin(**letter, *first)
        });
        starts
            .map(|(place, _)| place)
            .find(|place| self.stands_at(text, *place))
            .map(|place| text.line(place))
    }

    fn stands_at(&self, text: &Letters, start: usize) -> bool {
        let term = self.letters.as_slice();
        let letters = text.as_slice()[start..].get(..term.len());
        let is_same = |letters: &[char]| {
            let mut others = 0;
            let is_same = letters.iter().zip(term).all(|(letter, own)| {
                let is_same = is_alike(*letter, *own);
                others += usize::from(!is_same);
                is_same || is_alike_in_latin(*letter, *own)
            });
            // A short term stands in too many words and numbers if any letter of it may be another: `Lo` in 10, `Ali` in `all`.
            is_same && (others == 0 || term.len() >= DISTINCT && 2 * others <= term.len())
        };
        if !letters.is_some_and(is_same) {
            return false;
        }
        if term.len() >= TELLING {
            return true;
        }
        // Inside the term, blanks stand only where the term has some, or something that parts its words.
        let is_whole = (1..term.len()).all(|place| {
            text.edge(start + place) != Edge::Hard
                || self.letters.edge(place) != Edge::None
                || Script::of(term[place]) == Script::Unspaced
        });
        is_whole && self.begins_at(text, start) && self.ends_at(text, start + term.len())
    }

    /// Whether a word begins here, or small words that are written in front of one.
    fn begins_at(&self, text: &Letters, start: usize) -> bool {
        let before = &text.as_slice()[..start];
        let is_distinct = self.letters.len() >= DISTINCT || before.ends_with(&['ا', 'ل']);
        let most = if is_distinct { MOST_PROCLITICS } else { 1 };
        let proclitics = before.iter().rev().take(most);
        let most = proclitics
            .take_while(|letter| PROCLITICS.contains(letter))
            .count();
        (start - most..=start).any(|start| self.is_edge(text, start))
    }

    fn ends_at(&self, text: &Letters, end: usize) -> bool {
        let letters = self.letters.as_slice();
        let script = Script::of(letters[letters.len() - 1]);
        let longest = script.ending(letters.len()).min(text.len() - end);
        (end..=end + longest).any(|end| self.is_edge(text, end))
            || script == Script::Suffixed && self.is_followed_by_particle(text, end)
    }

    fn is_followed_by_particle(&self, text: &Letters, end: usize) -> bool {
        let rest = &text.as_slice()[end..];
        PARTICLES.iter().any(|particle| {
            let particle = Letters::of(particle);
            rest.starts_with(particle.as_slice()) && self.is_edge(text, end + particle.len())
        })
    }

    /// Whether a word may begin or end here: something stands between the letters, or they make words in different ways.
    fn is_edge(&self, text: &Letters, place: usize) -> bool {
        let letters = text.as_slice();
        let (Some(before), Some(after)) = (
            place.checked_sub(1).and_then(|place| letters.get(place)),
            letters.get(place),
        ) else {
            return true;
        };
        let (before, after) = (Script::of(*before), Script::of(*after));
        let is_parted = before != after || text.edge(place) == Edge::Part;
        let is_by_digit = before == Script::Digit || after == Script::Digit || before == after;
        text.edge(place) > Edge::Part
            || before == Script::Unspaced
            || after == Script::Unspaced
            || is_parted && (self.letters.len() >= DISTINCT || !is_by_digit)
    }
}

#[cfg(test)]
mod tests {
    use super::Term;
    use crate::audit::letters::Letters;
    use crate::audit::markup::Markup;

    #[test]
    fn a_term_is_found_in_any_spelling() {
        let cases = [
            ("Project Falcon", "<p>pro<em>ject</em>-FALCON</p>"),
            ("Project Falcon", "<p>Project\n  <b>F</b>alcon’s</p>"),
            ("Project Falcon", "<p>ProjectFalcon</p>"),
            ("Falcon", "<p>the fal&shy;cons</p>"),
            ("Falcon", "<p>F&aacute;lc&oacute;n</p>"),
            ("Falcon", "<p>&#70;&#x61;lcon</p>"),
            ("Falcon", "<p>Fal-con</p>"),
            ("Falcon", "<p>Fal-\ncon</p>"),
            ("Falcon", "<p>Fal<wbr>con</p>"),
            ("Falcon", "<p>F\u{200b}a\u{ad}lcon</p>"),
            ("Falcon", "<p>ＦＡＬＣＯＮ</p>"),
            ("Falcon", "<p title='falcon'>x</p>"),
            ("Falcon", "<img alt=\"a Falcon\">"),
            ("Falcon", "<!-- Falcon -->"),
            (
                "Falcon",
                "<a href=\"data:text/calendar,SUMMARY%3A%46alcon\">x</a>",
            ),
            (
                "Falcon",
                "<a href=\"data:text/calendar;base64,U1VNTUFSWTpGYWwNCiBjb24=\">x</a>",
            ),
            ("Café Müller", "<p>cafe mu\u{308}ller</p>"),
            ("Kittiwake", "<p>Kitti- wake</p>"),
            ("M&A", "<p>M&amp;A</p>"),
            ("R2D2", "<p>r2-d2</p>"),
            ("Falcon", "<p>Falcon2026 and 2Falcon</p>"),
            ("Falcon", "<p>our FalconTeam</p>"),
            (
                "Falcon",
                "<a href='https://x.example/ProjectFalcon.pdf'>x</a>",
            ),
            ("Falcon", "<p>今日はFalcon計画</p>"),
            ("鷹計画", "<p>今日は鷹計画の話</p>"),
            ("鷹計画", "<p>この鷹\n計画</p>"),
            ("โครงการ", "<p>นี่คือโครงการใหม่</p>"),
            ("매계획", "<p>새로운 매계획에서는</p>"),
            ("صقر", "<p>قال والصقر، وبالصقر</p>"),
            ("مشروع صقر", "<p>مشروـع صقر</p>"),
            ("צבי", "<p>הצבי</p>"),
            ("Сокол", "<p>с Соколами</p>"),
            ("김", "<p>김이 왔다</p>"),
            ("علي", "<p>قال علي</p>"),
            ("חן", "<p>לחן</p>"),
        ];
        for (term, page) in cases {
            let page_letters = Markup::of(page).read("", Letters::default());
            assert!(
                Term::of(term).line_in(&page_letters).is_some(),
                "{term} in {page}"
            );
        }
    }

    #[test]
    fn a_term_is_found_in_letters_that_look_alike() {
        let cases = [
            ("Kittiwake", "<p>the \u{41a}ittiwake</p>"),
            ("Kittiwake", "<p>K\u{456}ttiw\u{430}k\u{435}s</p>"),
            ("Kittiwake", "<p>\u{39a}ittiwake</p>"),
            ("Kittiwake", "<p>ᴋɪᴛᴛɪᴡᴀᴋᴇ</p>"),
            ("Kittiwake", "<p>Kɪᴛᴛɪᴡᴀᴋᴇ’s</p>"),
            (
                "Kittiwake",
                "<p>\u{1f17a}\u{1f178}\u{1f183}\u{1f183}\u{1f178}wake</p>",
            ),
            ("Kittiwake", "<p>𝐊𝐢𝐭𝐭𝐢𝐰𝐚𝐤𝐞</p>"),
            ("Falcon", "<p>F\u{430}lc\u{3bf}n</p>"),
            ("Сокол", "<p>Co\u{43a}ол</p>"),
            ("M&A", "<p>\u{41c}&amp;\u{391}</p>"),
            ("Project Falcon", "<p>Project FaIcon</p>"),
            ("Project Falcon", "<p>Pr0ject Falc0n</p>"),
            ("Project Falcon", "<p>Project Fa<b>1</b>con</p>"),
            ("Falcon", "<p>FaIcons</p>"),
            ("Falcon", "<p>Fa1c0n</p>"),
            ("FALCON", "<p>Fa1con</p>"),
            ("Idris", "<p>ldris</p>"),
            ("Kittiwake", "<p>K1tt1wake</p>"),
            ("Room 101", "<p>Room lOl</p>"),
        ];
        for (term, page) in cases {
            let page_letters = Markup::of(page).read("", Letters::default());
            let line = Term::of(term).line_in(&page_letters);
            assert!(line.is_some(), "{term} in {page}");
        }
    }

    #[test]
    fn other_words_are_no_term() {
        let cases = [
            ("Ann", "plan nine"),
            ("Ann", "annual"),
            ("Ali", "all"),
            ("Lo", "10 of 10"),
            ("Mails", "malls"),
            ("Falls", "fails"),
            ("Ian", "LAN"),
            ("Oslo 0110", "0510 0110"),
            ("Art", "start of part"),
            ("Falcon", "falconers falco n"),
            ("Nota", "no table"),
            ("Project Falcon", "Project Kestrel"),
            ("…", "anything…"),
            ("Сокол", "Соколовский"),
            ("Ed", "UID 70e37d6ed8ecc1 0ed0093eb"),
            ("VW", "100vw 2VWx"),
            ("Bea", "f1bea4"),
            ("علي", "يعتمد عليه وعليهم"),
            ("חן", "השולחן"),
            ("정", "정말"),
            ("한", "한국"),
            ("김", "김치"),
            ("매계획", "선매계획은"),
            ("صقر", "مصقر صقريوناتها"),
            ("AB", "TABS 12abc"),
            ("Falcon", "Falсoners"),
            ("Fall", "fail"),
        ];
        for (term, text) in cases {
            assert!(
                Term::of(term).line_in(&Letters::of(text)).is_none(),
                "{term} in {text}"
            );
        }
    }
}
