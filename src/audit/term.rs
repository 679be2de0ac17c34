//! A confidential term, found in any spelling: other case, accents, hyphens, across markup, with or without its blanks.

use crate::audit::letters::Edge;
use crate::audit::letters::Letters;

/// From this many letters on a term is found inside other words as well: shorter ones stand in words that have nothing to do
/// with them (`plan nine` holds `ann`), and a build that fails for nothing is soon built without looking.
const TELLING: usize = 8;

/// From this many letters on a term may have an ending: a plural, a genitive.
const INFLECTED: usize = 4;

/// The longest ending, in letters: `Falcon`, `Falcons`, `Falkenes`.
const ENDING: usize = 2;

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
        let starts = places.filter(|(_, letter)| *letter == first);
        starts
            .map(|(place, _)| place)
            .find(|place| self.stands_at(text, *place))
            .map(|place| text.line(place))
    }

    fn stands_at(&self, text: &Letters, start: usize) -> bool {
        let term = self.letters.as_slice();
        if !text.as_slice()[start..].starts_with(term) {
            return false;
        }
        if term.len() >= TELLING {
            return true;
        }
        let end = start + term.len();
        // Inside the term, blanks stand only where the term has some, or something that parts its words.
        let is_whole = (1..term.len()).all(|place| {
            text.edge(start + place) != Edge::Hard || self.letters.edge(place) != Edge::None
        });
        is_whole && text.edge(start) != Edge::None && self.ends_at(text, end)
    }

    fn ends_at(&self, text: &Letters, end: usize) -> bool {
        let longest = match self.letters.len() {
            INFLECTED.. => ENDING,
            _ => 0,
        };
        (end..=end + longest).any(|end| text.edge(end) != Edge::None)
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
    fn other_words_are_no_term() {
        let cases = [
            ("Ann", "plan nine"),
            ("Ann", "annual"),
            ("Art", "start of part"),
            ("Falcon", "falconers falco n"),
            ("Nota", "no table"),
            ("Project Falcon", "Project Kestrel"),
            ("…", "anything…"),
        ];
        for (term, text) in cases {
            assert!(
                Term::of(term).line_in(&Letters::of(text)).is_none(),
                "{term} in {text}"
            );
        }
    }
}
