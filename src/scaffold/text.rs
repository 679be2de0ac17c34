//! Templates with gaps, and text as TOML writes it.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::civil::Weekday;

/// Fills the gaps of a template, `{{name}}` each, with text that is put there as it is.
pub(super) fn fill(template: &str, gaps: &[(&str, &str)]) -> String {
    let mut text = template.to_owned();
    for (name, value) in gaps {
        text = text.replace(&format!("{{{{{name}}}}}"), value);
    }
    debug_assert!(!text.contains("{{"), "a gap is left in: {text}");
    text
}

/// A text between quotes, as TOML reads it on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            letter if letter.is_control() => quoted.push(' '),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Words between quotes and commas, as TOML reads a list.
pub(super) fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(quoted).collect();
    format!("[{}]", words.join(", "))
}

/// The day `days` later, or the Monday after it: nobody meets at the weekend.
pub(super) fn workday(day: Date, days: i32) -> Date {
    let day = day.saturating_add(days.days());
    match day.weekday() {
        Weekday::Saturday => day.saturating_add(2.days()),
        Weekday::Sunday => day.saturating_add(1.days()),
        _ => day,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::quoted;
    use super::workday;

    #[test]
    fn quotes_what_would_end_the_text() {
        assert_eq!(quoted("a \"b\" \\ c\n"), "\"a \\\"b\\\" \\\\ c \"");
    }

    #[test]
    fn nobody_meets_at_the_weekend() {
        assert_eq!(workday(date(2026, 2, 6), 1), date(2026, 2, 9));
        assert_eq!(workday(date(2026, 2, 6), 2), date(2026, 2, 9));
        assert_eq!(workday(date(2026, 2, 6), 3), date(2026, 2, 9));
    }
}
