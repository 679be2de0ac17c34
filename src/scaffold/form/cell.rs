//! What a cell of an export says: a number of the scale with the words beside it, yes or no, or that there is no answer.
//!
//! It never picks: a cell that could be read in two ways is refused.

use unicode_normalization::UnicodeNormalization;

use crate::scaffold::form::fold::{fold, is_one_of};
use crate::scaffold::survey::Survey;

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

/// Words between two answers, as the first of what follows a number.
const OR: &[&str] = &["or", "oder", "ou", "または", "أو"];

/// Words for the lower and the upper end of a scale of change.
const WORSE: &[&str] = &[
    "worse",
    "less effective",
    "schlechter",
    "pire",
    "moins bien",
    "peor",
    "pior",
    "悪",
    "أسوأ",
];
const BETTER: &[&str] = &[
    "better",
    "more effective",
    "besser",
    "mieux",
    "meilleur",
    "mejor",
    "melhor",
    "良",
    "أفضل",
];

/// The months as spreadsheets shorten them.
const MONTHS: [&str; 33] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mär",
    "mrz", "mai", "okt", "dez", "janv", "févr", "mars", "avr", "juin", "juil", "août", "déc",
    "ene", "abr", "ago", "dic", "fev", "set", "out", "sept",
];

/// Why a cell cannot be read, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unclear {
    /// What is wrong with it, without what it says.
    pub(super) message: &'static str,
    /// What to do.
    pub(super) hint: &'static str,
}

/// A cell without a number.
pub(super) const NO_NUMBER: Unclear = Unclear {
    message: "an answer does not begin with a number",
    hint: "let the form offer the scale as numbers, such as `+1` or `2 – noticeable`",
};
const NO_WHOLE_NUMBER: Unclear = Unclear {
    message: "an answer is no whole number",
    hint: "let the form offer whole numbers alone, and ask this person again",
};
const SEVERAL: Unclear = Unclear {
    message: "an answer holds more than one number",
    hint: "leave one number in this cell, as its person says; let the form take one choice alone",
};
const DAY: Unclear = Unclear {
    message: "an answer is a day: a spreadsheet took it for one",
    hint: "export the form again and do not save it with a spreadsheet, or format the column as text first",
};
const MORE: Unclear = Unclear {
    message: "what follows the number in an answer is not clear",
    hint: "leave the number alone in this cell",
};
const AGAINST_ENDS: Unclear = Unclear {
    message: "the words of an answer contradict its number",
    hint: "compare the form's scale with the one in engagement.toml: one of them runs the other way",
};

/// The score in a cell; none where it says that there is no answer.
pub(super) fn score(cell: &str, survey: &Survey, shift: i32) -> Result<Option<i32>, Unclear> {
    let folded = fold(cell);
    let is_end = |end: &Option<String>| {
        let end = end.as_ref().map(|end| fold(end));
        end.is_some_and(|end| !end.is_empty() && end == folded)
    };
    match (is_end(&survey.low), is_end(&survey.high)) {
        (true, false) => return Ok(Some(survey.scale.0)),
        (false, true) => return Ok(Some(survey.scale.1)),
        _ => {}
    }
    if is_no_answer(cell) {
        return Ok(None);
    }
    let (number, words) = number(cell)?;
    let score = number.saturating_add(shift);
    if contradicts(score, &fold(&words), survey) {
        return Err(AGAINST_ENDS);
    }
    Ok(Some(score))
}

/// Whether a cell is empty or says that there is no answer.
pub(super) fn is_no_answer(cell: &str) -> bool {
    let is_dash = |letter: char| matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    cell.chars().all(is_dash) || is_one_of(&fold(cell), NO_ANSWER)
}

/// The one number that a cell begins with, and the words behind it.
pub(super) fn number(cell: &str) -> Result<(i32, String), Unclear> {
    let cell: String = cell.nfkc().map(plain_digit).collect();
    let cell = cell.trim().trim_end_matches(';').trim_end();
    if is_day(cell) {
        return Err(DAY);
    }
    let unsigned = cell.strip_prefix(['+', '-']).unwrap_or(cell).trim_start();
    let (digits, rest) = split_digits(unsigned);
    if digits.is_empty() {
        return Err(NO_NUMBER);
    }
    let rest = match rest.strip_prefix(['.', ',']).map(split_digits) {
        Some(("", _)) | None => rest,
        Some((decimals, rest)) if decimals.bytes().all(|digit| digit == b'0') => rest,
        Some(_) => return Err(NO_WHOLE_NUMBER),
    };
    let words = rest.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let first = words.split_whitespace().next().unwrap_or_default();
    if rest.contains(char::is_numeric) || OR.contains(&first.to_lowercase().as_str()) {
        return Err(SEVERAL);
    }
    let is_apart = rest.starts_with(|letter: char| " ([).:=-–—|,".contains(letter));
    if !rest.is_empty() && (words.is_empty() || !is_apart) {
        return Err(MORE);
    }
    let number: i32 = digits.parse().map_err(|_| NO_NUMBER)?;
    let number = if cell.starts_with('-') {
        -number
    } else {
        number
    };
    Ok((number, words.to_owned()))
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.find(|letter: char| !letter.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}

/// Digits of other scripts as ours, and each minus sign as a hyphen.
fn plain_digit(letter: char) -> char {
    let digit = match letter {
        '\u{2010}'..='\u{2013}' | '\u{2212}' => return '-',
        '\u{660}'..='\u{669}' => u32::from(letter) - 0x660,
        '\u{6f0}'..='\u{6f9}' => u32::from(letter) - 0x6f0,
        '\u{966}'..='\u{96f}' => u32::from(letter) - 0x966,
        _ => return letter,
    };
    char::from_digit(digit, 10).unwrap_or(letter)
}

/// Whether a spreadsheet may have made a day of an answer: a month's name between or beside numbers, or three numbers.
fn is_day(cell: &str) -> bool {
    let is_hour = |part: &&str| part.contains(':');
    let words = cell.split(' ').filter(|word| !is_hour(word));
    let parts = words.flat_map(|word| word.split(['-', '/', '.', '月', '日', '年']));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = |part: &&str| MONTHS.contains(&part.to_lowercase().as_str());
    let numbers = parts.iter().filter(|part| is_number(part)).count();
    let months = parts.iter().filter(|part| is_month(part)).count();
    let is_all = numbers + months == parts.len() && !cell.starts_with(['-', '+']);
    is_all && (months == 1 && numbers > 0 || numbers == 3 || cell.contains('月') && numbers == 2)
}

/// Whether the words beside a score belong to the other end of the scale.
fn contradicts(score: i32, words: &str, survey: &Survey) -> bool {
    if words.is_empty() {
        return false;
    }
    let holds = |list: &[&str]| list.iter().any(|word| words.contains(&fold(word)));
    let (from, to) = survey.scale;
    if survey.low.is_none() && survey.high.is_none() {
        let is_of_change = from < 0 && to > 0;
        return is_of_change
            && (score > 0 && holds(WORSE) && !holds(BETTER)
                || score < 0 && holds(BETTER) && !holds(WORSE));
    }
    let like = |end: &Option<String>| {
        end.as_ref()
            .map_or(0.0, |end| strsim::sorensen_dice(words, &fold(end)))
    };
    let (low, high) = (like(&survey.low), like(&survey.high));
    let is_low = low > 0.99 && high < low;
    let is_high = high > 0.99 && low < high;
    is_low && score != from
        || is_high && score != to
        || score == from && high > low && high > 0.6
        || score == to && low > high && low > 0.6
}

/// Yes or no, in the words that forms write for them.
pub(super) fn yes_or_no(cell: &str) -> Option<bool> {
    let folded = fold(cell.trim_end_matches(';'));
    if is_one_of(&folded, YES) {
        Some(true)
    } else if is_one_of(&folded, NO) {
        Some(false)
    } else {
        None
    }
}
