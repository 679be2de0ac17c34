//! What a cell of an export says: a number of the scale with the words beside it, yes or no, or that there is no answer.
//!
//! It never picks: a cell that could be read in two ways is refused.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::scaffold::form::export::Export;
use crate::scaffold::survey::Survey;
use crate::text::answers::{change_words, is_no_answer};
use crate::text::fold::fold;

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

/// How the names of the months begin, in the languages that spreadsheets shorten them in.
const MONTHS: [&[&str]; 12] = [
    &[
        "jan", "janv", "ene", "january", "januar", "janvier", "enero", "janeiro",
    ],
    &[
        "feb",
        "févr",
        "fev",
        "february",
        "februar",
        "février",
        "febrero",
        "fevereiro",
    ],
    &[
        "mar", "mär", "mrz", "mars", "march", "märz", "marzo", "março",
    ],
    &["apr", "avr", "abr", "april", "avril", "abril"],
    &["may", "mai", "mayo", "maio"],
    &["jun", "juin", "june", "juni", "junio", "junho"],
    &["jul", "juil", "july", "juli", "juillet", "julio", "julho"],
    &["aug", "août", "ago", "august", "agosto"],
    &[
        "sep",
        "set",
        "sept",
        "september",
        "septembre",
        "septiembre",
        "setembro",
    ],
    &[
        "oct", "okt", "out", "october", "oktober", "octobre", "octubre", "outubro",
    ],
    &["nov", "november", "novembre", "noviembre", "novembro"],
    &[
        "dec",
        "dez",
        "déc",
        "dic",
        "december",
        "dezember",
        "décembre",
        "diciembre",
        "dezembro",
    ],
];

/// The number of the month that a word names.
pub(super) fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let place = MONTHS
        .iter()
        .position(|names| names.contains(&word.as_str()))?;
    i8::try_from(place + 1).ok()
}

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
    hint: "let the form offer the scale as numbers, such as `+1` or `2 – noticeable`, or say in engagement.toml what its words stand for: \
           `[pulse.words]` and `\"Much better\" = 3`",
};
const ERROR: Unclear = Unclear {
    message: "a spreadsheet could not work out this cell",
    hint: "export the form again, or write into this cell what its person answered",
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

/// Words that stand for scores, each made alike.
pub(super) struct ScoreWords(BTreeMap<String, i32>);

impl ScoreWords {
    /// The words at the ends of the scale, those of engagement.toml, and, on the scale of change, those of the program. Of seven points are
    /// those only where a form says "slightly" somewhere: "better" is another score where there are five.
    pub(super) fn of(survey: &Survey, export: &Export<'_>) -> Self {
        let mut words = BTreeMap::new();
        if survey.is_change {
            let usual = change_words();
            let cells = (0..export.width()).flat_map(|column| export.filled(column));
            let known = cells.filter_map(|cell| {
                let folded = fold(cell);
                usual.get(&folded).map(|score| (folded, *score))
            });
            let known: BTreeMap<String, i32> = known.collect();
            let is_of_seven = known.values().any(|score| score.abs() == 1);
            let known = known.into_iter();
            words.extend(known.filter(|(_, score)| is_of_seven || *score == 0));
        }
        let ends = [
            (&survey.low, survey.scale.0),
            (&survey.high, survey.scale.1),
        ];
        let ends = ends
            .into_iter()
            .filter_map(|(end, score)| Some((fold(end.as_ref()?), score)));
        if survey.low.as_deref().map(fold) != survey.high.as_deref().map(fold) {
            words.extend(ends);
        }
        words.extend(
            survey
                .words
                .iter()
                .map(|(word, score)| (fold(word), *score)),
        );
        words.remove("");
        Self(words)
    }

    fn get(&self, folded: &str) -> Option<i32> {
        self.0.get(folded).copied()
    }
}

/// The score in a cell; none where it says that there is no answer.
pub(super) fn score(
    cell: &str,
    words: &ScoreWords,
    survey: &Survey,
    shift: i32,
) -> Result<Option<i32>, Unclear> {
    let said = words.get(&fold(cell));
    if said.is_some() {
        return Ok(said);
    }
    if is_no_answer(cell) {
        return Ok(None);
    }
    let (number, beside) = number(cell)?;
    let score = number.saturating_add(shift);
    let beside = fold(&beside);
    let said = words.get(&beside);
    if said.is_some_and(|said| said != score)
        || said.is_none() && contradicts(score, &beside, survey)
    {
        return Err(AGAINST_ENDS);
    }
    Ok(Some(score))
}

/// The one number that a cell begins with, and the words behind it.
pub(super) fn number(cell: &str) -> Result<(i32, String), Unclear> {
    let cell: String = cell.nfkc().map(plain_digit).collect();
    let cell = cell.trim().trim_end_matches(';').trim_end();
    if is_day(cell) {
        return Err(DAY);
    }
    if cell.starts_with('#') {
        return Err(ERROR);
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
pub(super) fn plain_digit(letter: char) -> char {
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
    let is_month = |part: &&str| month(part).is_some();
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
