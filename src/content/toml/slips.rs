//! Lines that people write as they would anywhere else, and how TOML wants them.

use jiff::civil::Date;

/// What is wrong, and what to do about it.
pub(super) struct Told {
    pub(super) message: String,
    pub(super) hint: String,
}

impl Told {
    pub(super) fn of(message: &str, hint: &str) -> Self {
        Self {
            message: message.to_owned(),
            hint: hint.to_owned(),
        }
    }
}

/// What is wrong with a line that cannot be read, if it is one of the usual slips; never more of the line than its key or a day.
pub(super) fn of(line: &str) -> Option<Told> {
    let line = line.trim();
    let Some((key, value)) = line.split_once('=') else {
        return colon(line);
    };
    if let Some(told) = colon(key) {
        return Some(told);
    }
    let value = value.trim();
    day(value).or_else(|| inner_quotes(value))
}

/// `purpose: "To lead"`: a colon where the equals sign belongs.
fn colon(line: &str) -> Option<Told> {
    let (key, value) = line.split_once(':')?;
    // An address is no setting.
    if value.starts_with('/') {
        return None;
    }
    let is_key = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    (!key.is_empty() && key.trim().chars().all(is_key)).then(|| Told {
        message: "a key is followed by `=`, not by a colon".to_owned(),
        hint: format!("write `{} = …`", key.trim()),
    })
}

/// `24.07.2026`, `1/7/2026`, `2026-7-1`, `1 July 2026`: a day as people write it.
fn day(value: &str) -> Option<Told> {
    let written = value.split(['#', ',', '}', ']']).next()?.trim();
    let parts: Vec<&str> = written.split(['.', '/', '-', ' ']).collect();
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let &[first, second, third] = parts.as_slice() else {
        return None;
    };
    let of = |year: &str, month: &str, day: &str| {
        let (year, day) = (year.parse().ok()?, day.parse().ok()?);
        let month = month.parse().ok().or_else(|| month_of(month))?;
        Date::new(year, month, day).ok()
    };
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|digit| digit.is_ascii_digit());
    let days: Vec<Date> = if is_year(first) {
        of(first, second, third).into_iter().collect()
    } else if is_year(third) {
        let by_day = of(third, second, first);
        // Only with slashes, or with the month in a word, does the month come first anywhere.
        let can_be_month = written.contains('/') || month_of(first).is_some();
        let by_month = of(third, first, second).filter(|_| can_be_month);
        let by_month = by_month.filter(|day| Some(*day) != by_day);
        by_day.into_iter().chain(by_month).collect()
    } else {
        return None;
    };
    let spoken = |day: &Date| format!("`{day}` for {}", day.strftime("%-d %B %Y"));
    let hint = match days.as_slice() {
        [day] => format!("write `{day}`"),
        [_, _] => format!(
            "write {}",
            days.iter().map(spoken).collect::<Vec<_>>().join(", ")
        ),
        _ => return None,
    };
    Some(Told {
        message: "a day is written by year, month and day".to_owned(),
        hint,
    })
}

/// The number of a month that is written as an English word.
fn month_of(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let start = word.get(..3)?.to_ascii_lowercase();
    let index = MONTHS.iter().position(|month| *month == start)?;
    i8::try_from(index + 1).ok()
}

/// `"The "big" one"`: quotes inside a text between quotes.
fn inner_quotes(value: &str) -> Option<Told> {
    let inside = value.strip_prefix('"')?;
    // A text of several lines has its own rules.
    let has_more = !inside.starts_with("\"\"") && inside.matches('"').count() > 1;
    has_more.then(|| Told {
        message: "this text has quotes inside its quotes".to_owned(),
        hint: "write `\\\"` for each quote inside, or put `'` around the whole text".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_people_write_them_are_told_as_they_are_meant() {
        for (written, hint) in [
            ("24.07.2026", "write `2026-07-24`"),
            ("1.7.2026 # Monday", "write `2026-07-01`"),
            ("2026-7-1", "write `2026-07-01`"),
            ("2026/07/24", "write `2026-07-24`"),
            ("24/07/2026", "write `2026-07-24`"),
            ("07/24/2026", "write `2026-07-24`"),
            (
                "1/7/2026",
                "write `2026-07-01` for 1 July 2026, `2026-01-07` for 7 January 2026",
            ),
            ("1 July 2026", "write `2026-07-01`"),
            ("July 1 2026", "write `2026-07-01`"),
            ("7/7/2026", "write `2026-07-07`"),
        ] {
            let told = of(&format!("start = {written}"));
            assert_eq!(
                told.map(|told| told.hint).as_deref(),
                Some(hint),
                "{written}"
            );
        }
        for written in [
            "2026-13-45",
            "1.2",
            "1 2 3",
            "some words here",
            "31.02.2026",
        ] {
            assert!(of(&format!("start = {written}")).is_none(), "{written}");
        }
    }

    #[test]
    fn colons_and_inner_quotes_are_told() {
        for line in ["purpose: \"To lead\"", "purpose : x = 3", "minutes: 5"] {
            let told = of(line).unwrap();
            assert!(told.message.contains("not by a colon"), "{line}");
        }
        for line in ["title = \"The \"big\" one\"", "a = \"x\" y\""] {
            let told = of(line).unwrap();
            assert!(told.message.contains("quotes inside"), "{line}");
        }
        for line in [
            "title = \"To lead",
            "[share]",
            "https://x = 3",
            "a = \"\"\"x\"\"\"",
        ] {
            assert!(of(line).is_none(), "{line}");
        }
    }
}
