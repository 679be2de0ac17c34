//! Scores and quotations in a line of text, as far as they can be told by their form.

/// Words between the two numbers of a score such as `4 of 5`.
const OF: [&str; 9] = ["of", "out of", "von", "sur", "de", "van", "su", "من", "av"];

/// Words that make a number beside them a score.
const SCORES: [&str; 19] = [
    "score",
    "scores",
    "scored",
    "rated",
    "rating",
    "ratings",
    "point",
    "points",
    "percent",
    "percentile",
    "punkt",
    "punkte",
    "punkten",
    "prozent",
    "puntos",
    "pontos",
    "نقطة",
    "نقاط",
    "درجة",
];

/// Signs of quotation in pairs.
const MARKS: [(char, char); 7] = [
    ('"', '"'),
    ('“', '”'),
    ('„', '“'),
    ('«', '»'),
    ('»', '«'),
    ('「', '」'),
    ('『', '』'),
];

/// Whether a text holds a figure that looks like a score: a decimal, a share of a hundred or of a scale, a figure with a sign, a number
/// beside a word such as `points`. Years, days and plain numbers are none.
pub(in crate::content) fn holds_score(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let mut start = 0;
    while start < letters.len() {
        if !letters[start].is_numeric() {
            start += 1;
            continue;
        }
        let end = end_of_number(&letters, start);
        if is_score(&letters, start, end) {
            return true;
        }
        start = end;
    }
    false
}

/// Whether a text holds four words or more in quotation marks; of a language without spaces, ten letters.
pub(in crate::content) fn holds_quotation(text: &str) -> bool {
    MARKS.iter().any(|(opening, closing)| {
        let quoted = text.split_once(*opening);
        let quoted = quoted.and_then(|(_, rest)| rest.split_once(*closing));
        quoted.is_some_and(|(inside, _)| {
            let is_spaced = inside.contains(' ');
            inside.split_whitespace().count() >= 4 || !is_spaced && inside.chars().count() >= 10
        })
    })
}

/// The end of a number with its separators, as in `4.2`, `12/2026` or `2026-03-02`.
fn end_of_number(letters: &[char], start: usize) -> usize {
    let mut end = start;
    while let Some(letter) = letters.get(end) {
        let is_inside =
            is_separator(*letter) && letters.get(end + 1).is_some_and(|next| next.is_numeric());
        if !letter.is_numeric() && !is_inside {
            break;
        }
        end += 1;
    }
    end
}

fn is_separator(letter: char) -> bool {
    matches!(letter, '.' | ',' | '٫' | '/' | '-' | ':')
}

/// Whether the number from `start` to `end` is a score by its own form or by what stands beside it.
fn is_score(letters: &[char], start: usize, end: usize) -> bool {
    let number: String = letters[start..end].iter().collect();
    let before: String = letters[..start].iter().collect();
    let after: String = letters[end..].iter().collect();
    let is_signed = before.ends_with(['+', '−', '±']) || before.ends_with(" -") || before == "-";
    let is_share = after
        .trim_start()
        .starts_with(['%', '٪', '％', '‰', '点', '／']);
    is_signed
        || is_share
        || is_decimal(&number)
        || is_part_of_scale(&number)
        || has_word(&before, &after)
}

/// `4.2` and `3,75`, but not `10,000`, a day or a time.
fn is_decimal(number: &str) -> bool {
    let pieces: Vec<&str> = number.split(['.', ',', '٫']).collect();
    let [whole, rest] = pieces.as_slice() else {
        return false;
    };
    let is_plain = |piece: &str| piece.chars().all(char::is_numeric);
    let is_short = |piece: &str| (1..=2).contains(&piece.chars().count());
    is_plain(whole) && is_plain(rest) && is_short(whole) && is_short(rest)
}

/// `4/5` and `80/100`, but not `24/7`.
fn is_part_of_scale(number: &str) -> bool {
    let Some((part, whole)) = number.split_once('/') else {
        return false;
    };
    let (Ok(part), Ok(whole)) = (part.parse::<f64>(), whole.parse::<f64>()) else {
        return false;
    };
    part <= whole && (whole <= 10.0 || (whole - 100.0).abs() < 0.5)
}

/// Whether a number has a word for scores beside it, or another number behind a word such as `of`.
fn has_word(before: &str, after: &str) -> bool {
    let clean = |word: &str| {
        word.trim_matches(|letter: char| !letter.is_alphabetic())
            .to_lowercase()
    };
    let is_for_scores =
        |word: Option<&str>| word.is_some_and(|word| SCORES.contains(&&*clean(word)));
    let is_number = |rest: &str| rest.trim_start().starts_with(char::is_numeric);
    let rest = after.trim_start();
    let is_of = OF.iter().any(|word| {
        let behind = rest.strip_prefix(word);
        behind.is_some_and(|behind| behind.starts_with(' ') && is_number(behind))
    });
    let mut earlier = before.split_whitespace().rev();
    let has_earlier = is_for_scores(earlier.next()) || is_for_scores(earlier.next());
    // An ordinal has letters behind it, as in `90th`.
    let behind = after.trim_start_matches(char::is_alphabetic);
    let has_later = behind.starts_with(' ') && is_for_scores(behind.split_whitespace().next());
    is_of || has_earlier || has_later
}

#[cfg(test)]
mod tests {
    use super::{holds_quotation, holds_score};

    #[test]
    fn scores_are_told_from_other_numbers() {
        for text in [
            "Listening 4.2",
            "Zuhören: 3,75",
            "4/5 on delegation",
            "80 % see it",
            "80% see it",
            "٨٠٪ يرون ذلك",
            "傾聴は80点",
            "scored 4 on listening",
            "a score of 4",
            "4 out of 5 on clarity",
            "6 von 10 Punkten",
            "4 sur 5",
            "+2 in the eyes of peers",
            "-1 from reports",
            "the 90th percentile",
            "5 points below the norm",
        ] {
            assert!(holds_score(text), "{text}");
        }
        for text in [
            "Clear, calm and slow to hand things over",
            "Available 24/7, and it shows",
            "Since 2024 she listens more",
            "Two of the three teams wait for her",
            "Runs 3 depots and 1,200 people by hand",
            "Since 12.06.2026",
            "Since 2026-03-02",
            "A point made once is enough",
            "Goal 1 comes first",
        ] {
            assert!(!holds_score(text), "{text}");
        }
    }

    #[test]
    fn quotations_are_told_from_single_words() {
        for text in [
            "\"She never lets me finish a sentence\"",
            "Said to be “always right in the end”",
            "„Sie lässt mich nie ausreden“",
            "«Elle ne me laisse jamais finir»",
            "「彼女は最後まで話を聞かない」",
        ] {
            assert!(holds_quotation(text), "{text}");
        }
        for text in [
            "Too \"nice\" for her own good",
            "The “three o’clock rush”",
            "Doesn't wait, doesn't ask",
        ] {
            assert!(!holds_quotation(text), "{text}");
        }
    }
}
