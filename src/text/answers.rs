//! Words that forms write for answers, in the seven languages of the program: for no answer, for yes and no, and for the points of the scale of
//! change.

use std::collections::BTreeMap;

use crate::text::fold::{fold, is_one_of};

/// Words for no answer. `trifft nicht zu` is not among them: it is the lowest answer of many a German form.
const NO_ANSWER: &[&str] = &[
    "N/A",
    "NA",
    "Not applicable",
    "Does not apply",
    "Don't know",
    "Do not know",
    "I don't know",
    "No opinion",
    "Can't say",
    "Cannot say",
    "Not observed",
    "Unable to rate",
    "No answer",
    "I did not see enough",
    "k. A.",
    "Keine Angabe",
    "Nicht zutreffend",
    "Nicht anwendbar",
    "Weiß nicht",
    "Weiß ich nicht",
    "Keine Antwort",
    "Nicht beobachtet",
    "Entfällt",
    "Kann ich nicht beurteilen",
    "Sans objet",
    "S.O.",
    "Non applicable",
    "Ne s’applique pas",
    "Ne sait pas",
    "Je ne sais pas",
    "Sans avis",
    "Pas de réponse",
    "Non observé",
    "No aplica",
    "No aplicable",
    "No procede",
    "No corresponde",
    "No sé",
    "No lo sé",
    "NS/NC",
    "Sin respuesta",
    "No observado",
    "Não se aplica",
    "Não aplicável",
    "Não sei",
    "Sem resposta",
    "Não observado",
    "該当なし",
    "該当しない",
    "わからない",
    "分からない",
    "無回答",
    "対象外",
    "評価できない",
    "لا ينطبق",
    "غير منطبق",
    "لا أعرف",
    "لا أدري",
    "غير متاح",
    "بدون إجابة",
];

/// Words for yes, and for no.
const YES: &[&str] = &[
    "yes",
    "y",
    "true",
    "ja",
    "j",
    "wahr",
    "oui",
    "o",
    "vrai",
    "sí",
    "verdadero",
    "sim",
    "s",
    "verdadeiro",
    "はい",
    "نعم",
];
const NO: &[&str] = &[
    "no",
    "n",
    "false",
    "nein",
    "falsch",
    "non",
    "faux",
    "falso",
    "não",
    "いいえ",
    "لا",
];

/// Words for the points of the scale of change, from -3 to +3: those of a form that `loggia new round` prints, in the order of the languages
/// of [`LANGUAGES`], and then others. Where a form has words alone, it is known to have seven points by one that says "slightly".
const CHANGE: [&[&str]; 7] = [
    &[
        "Much worse",
        "Viel schlechter",
        "Bien pire",
        "Mucho peor",
        "Muito pior",
        "とても悪くなった",
        "أسوأ بكثير",
    ],
    &[
        "Worse",
        "Schlechter",
        "Pire",
        "Peor",
        "Pior",
        "悪くなった",
        "أسوأ",
    ],
    &[
        "Slightly worse",
        "Etwas schlechter",
        "Un peu pire",
        "Un poco peor",
        "Um pouco pior",
        "少し悪くなった",
        "أسوأ قليلًا",
        "A little worse",
        "Somewhat worse",
        "Légèrement pire",
        "Ligeramente peor",
        "Ligeiramente pior",
    ],
    &[
        "No change",
        "Unverändert",
        "Sans changement",
        "Sin cambios",
        "Sem mudança",
        "変わらない",
        "دون تغيير",
        "Unchanged",
        "The same",
        "About the same",
        "Keine Veränderung",
        "Gleich",
        "Aucun changement",
        "Pareil",
        "Igual",
        "Sin cambio",
    ],
    &[
        "Slightly better",
        "Etwas besser",
        "Un peu mieux",
        "Un poco mejor",
        "Um pouco melhor",
        "少し良くなった",
        "أفضل قليلًا",
        "A little better",
        "Somewhat better",
        "Légèrement mieux",
        "Ligeramente mejor",
        "Ligeiramente melhor",
    ],
    &[
        "Better",
        "Besser",
        "Mieux",
        "Mejor",
        "Melhor",
        "良くなった",
        "أفضل",
    ],
    &[
        "Much better",
        "Viel besser",
        "Bien mieux",
        "Mucho mejor",
        "Muito melhor",
        "とても良くなった",
        "أفضل بكثير",
    ],
];

/// The languages of the words of the scale of change.
pub const LANGUAGES: [&str; 7] = ["en", "de", "fr", "es", "pt", "ja", "ar"];

/// Whether a text is empty or says that there is no answer.
pub fn is_no_answer(text: &str) -> bool {
    let is_dash = |letter: char| matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    // What spreadsheets write where they could not work something out is no answer, but nobody's wish either.
    let is_error = text.starts_with('#');
    text.chars().all(is_dash) || !is_error && is_one_of(&fold(text), NO_ANSWER)
}

/// Yes or no, in the words that forms write for them.
pub fn yes_or_no(text: &str) -> Option<bool> {
    let folded = fold(text.trim_end_matches(';'));
    if is_one_of(&folded, YES) {
        Some(true)
    } else if is_one_of(&folded, NO) {
        Some(false)
    } else {
        None
    }
}

/// The words for scores on the scale of change, each made alike.
pub fn change_words() -> BTreeMap<String, i32> {
    let points = CHANGE.iter().zip(-3..);
    let words = points.flat_map(|(words, score)| words.iter().map(move |word| (fold(word), score)));
    words.collect()
}

/// The score on the scale of change that words stand for.
pub fn change(text: &str) -> Option<i32> {
    change_words().get(&fold(text)).copied()
}

/// The words for a score on the scale of change, in the language of that place in [`LANGUAGES`].
pub fn words_of_change(score: i32, language: usize) -> &'static str {
    let words = usize::try_from(score + 3)
        .ok()
        .and_then(|place| CHANGE.get(place));
    words
        .and_then(|words| words.get(language))
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{
        CHANGE, LANGUAGES, NO, NO_ANSWER, YES, change, is_no_answer, words_of_change, yes_or_no,
    };
    use crate::text::fold::fold;

    #[test]
    fn no_word_has_two_meanings() {
        let mut all: Vec<(String, String)> = Vec::new();
        for word in NO_ANSWER {
            all.push((fold(word), "nothing".to_owned()));
        }
        for (words, meaning) in [(YES, "yes"), (NO, "no")] {
            all.extend(words.iter().map(|word| (fold(word), meaning.to_owned())));
        }
        for (place, words) in CHANGE.iter().enumerate() {
            all.extend(words.iter().map(|word| (fold(word), place.to_string())));
        }
        all.sort();
        for pair in all.windows(2) {
            assert!(pair[0].0 != pair[1].0 || pair[0].1 == pair[1].1, "{pair:?}");
        }
        assert!(all.iter().all(|(word, _)| !word.is_empty()));
    }

    #[test]
    fn the_scale_of_change_has_words_in_every_language() {
        for language in 0..LANGUAGES.len() {
            for score in -3..=3 {
                assert_eq!(change(words_of_change(score, language)), Some(score));
            }
        }
        assert_eq!((change("worse still"), words_of_change(4, 0)), (None, ""));
    }

    #[test]
    fn an_error_of_a_spreadsheet_is_no_missing_answer() {
        assert!(is_no_answer("N/A") && is_no_answer("–") && is_no_answer(""));
        assert!(!is_no_answer("#N/A") && !is_no_answer("none at all"));
        assert_eq!((yes_or_no("Ja;"), yes_or_no("perhaps")), (Some(true), None));
    }
}
