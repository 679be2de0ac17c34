//! What the parsers of TOML say, in words for a coach.

use crate::content::suggest;

/// What is wrong with the syntax at `written`, and what to do about it.
pub(in crate::content) fn syntax(message: &str, written: &str) -> (String, String) {
    let has_curly = |text: &str| text.contains(['“', '”', '„', '‘', '’', '«', '»']);
    let (text, hint) = match message {
        _ if message.contains("duplicate key") => {
            return (
                format!("`{written}` stands here a second time"),
                "keep one of the two".to_owned(),
            );
        }
        _ if message.contains("must be quoted") && has_curly(written) => (
            "a text stands between straight quotes",
            "replace the curly quotes by `\"`",
        ),
        _ if message.contains("must be quoted") && written.is_empty() => (
            "a value is missing behind `=`",
            "write one, such as `\"text\"`, `[\"manager\"]`, `2026-02-03` or `true`",
        ),
        _ if message.contains("must be quoted") => {
            ("a text stands between quotes", "write it as `\"text\"`")
        }
        _ if message.contains("in array")
            || message.contains("array elements")
            || message.contains("unclosed array") =>
        {
            (
                "a comma or the closing `]` of a list is missing before this",
                "write a list as `[\"manager\", \"sponsor\"]`",
            )
        }
        _ if message.contains("inline table") => (
            "a comma or the closing `}` of a table is missing before this",
            "write such a table as `{ planned = 12, held = [] }`",
        ),
        _ if message.contains("string") => (
            "the closing quote is missing, or a `\\` stands in this text",
            "end a text on its line with `\"`, and write `\\\\` for a `\\`",
        ),
        _ if message.contains("invalid date")
            || message.contains("invalid time")
            || message.contains("datetime") =>
        {
            (
                "there is no such day or time",
                "write a day as `2026-02-03` and a time as `2026-02-03T10:00:00`",
            )
        }
        _ => {
            let text = message.lines().next().unwrap_or("unreadable");
            return (
                text.to_owned(),
                "the settings are written in TOML; see https://toml.io".to_owned(),
            );
        }
    };
    (text.to_owned(), hint.to_owned())
}

/// What is wrong with the value of the key `name`, and what to do about it, from what serde says.
pub(in crate::content) fn value(
    message: &str,
    name: &str,
    is_of_list: bool,
) -> (String, Option<String>) {
    let subject = if is_of_list {
        format!("each entry of {name}")
    } else {
        name.to_owned()
    };
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        let (written, known) = rest.split_once("expected").unwrap_or((rest, ""));
        let (written, known) = (names(written), names(known));
        let written = written.first().copied().unwrap_or_default();
        let hint = suggest::closest(written, known.iter().copied())
            .map(|name| format!("did you mean `{name}`?"));
        return (
            format!("{subject} is {}, not `{written}`", choice(&known)),
            hint,
        );
    }
    let wrong = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "));
    if let Some((found, expected)) = wrong.and_then(|rest| rest.split_once(", expected ")) {
        let (expected, hint) = expectation(expected);
        let message = format!("{subject} is {expected}, not {}", kind(found));
        return (message, hint.map(str::to_owned));
    }
    // The checks of single values say `…` for the key.
    let subject = if is_of_list {
        format!("an entry of {name}")
    } else {
        name.to_owned()
    };
    (message.replace('…', &subject), None)
}

/// What serde expects, for a coach, and how to write it.
fn expectation(expected: &str) -> (&str, Option<&'static str>) {
    match expected {
        "a string" => ("a text", Some("put it between quotes, as in `\"text\"`")),
        "a sequence" => (
            "a list",
            Some("put it between brackets, as in `[\"manager\"]`"),
        ),
        "a boolean" => ("`true` or `false`", Some("write it without quotes")),
        "a TOML datetime" => (
            "a date",
            Some("write it without quotes, such as 2026-02-03"),
        ),
        "u32" | "i32" | "u64" | "i64" => {
            ("a whole number", Some("write it in digits, without quotes"))
        }
        "f64" => ("a number", Some("write it in digits, without quotes")),
        other => (other, None),
    }
}

/// What serde found, without the value: the line shows it.
fn kind(found: &str) -> &'static str {
    match found.split([' ', '`']).next().unwrap_or_default() {
        "string" | "character" => "a text",
        "integer" if found.contains("`-") => "a negative one",
        "integer" | "floating" => "a number",
        "boolean" => "`true` or `false`",
        "sequence" => "a list",
        "map" | "struct" => "a table",
        _ => "this",
    }
}

/// Names in backticks, as a choice.
fn choice(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

/// The names that stand in backticks.
pub(in crate::content) fn names(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}
