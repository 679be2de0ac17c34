//! What is wrong with a piece of TOML, in words for a coach.

use crate::content::suggest;
use crate::content::toml::fault::{Fault, Needed, Problem};
use crate::content::toml::limits::TOO_DEEP;
use crate::content::toml::slips;
use crate::content::toml::slips::Told;

/// What is wrong with the syntax at `written`, which stands in `line`.
pub(super) fn syntax(message: &str, written: &str, line: &str) -> Told {
    let is_twice = message.contains("duplicate key");
    if let Some(told) = slips::of(line).filter(|_| !is_twice) {
        return told;
    }
    let has_curly = |text: &str| text.contains(['“', '”', '„', '‘', '’', '«', '»']);
    let (text, hint) = match message {
        _ if message.contains("duplicate key") => {
            let message = format!("`{written}` stands here a second time");
            return Told::of(&message, "keep one of the two");
        }
        _ if message.contains("recurse") || message.contains("recursion") => {
            (TOO_DEEP, "no setting needs more than a few levels")
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
            (
                text,
                "the settings are written in TOML; see https://toml.io",
            )
        }
    };
    Told::of(text, hint)
}

/// What to do where the passphrase itself was written instead of `true`.
const NO_WORDS: &str = "write `passphrase = true` here, and the words into passphrases.toml";

/// What is wrong with an entry, and what to do about it.
pub(in crate::content) fn of(fault: &Fault) -> (String, Option<String>) {
    let key = fault
        .key
        .as_ref()
        .map_or_else(|| "this".to_owned(), |key| format!("`{key}`"));
    let every = match fault.is_of_list {
        true => format!("each entry of {key}"),
        false => key.clone(),
    };
    match &fault.problem {
        Problem::UnknownKey { key, known } => {
            let hint = match key.as_str() {
                "share" if known.contains(&"party") => Some("who reads the agreement is said in engagement.toml: `agreement` under `[share]`".to_owned()),
                "share" => Some("`share` is said of a whole file: put it above every `[[…]]`, and in engagement.toml under `[share]`".to_owned()),
                _ => suggest::hint(key, known.iter().copied()),
            };
            (format!("unknown key `{key}`"), hint)
        }
        Problem::MissingKey(key) => (
            format!("`{key}` is missing"),
            Some(format!("add `{key} = …`")),
        ),
        Problem::UnknownWord { word, known } => {
            let hint = suggest::closest(word, known.iter().copied())
                .map(|name| format!("did you mean `{name}`?"));
            (format!("{every} is {}, not `{word}`", choice(known)), hint)
        }
        Problem::WrongKind { needed, found } => {
            let (needed, hint) = match fault.key.as_deref() {
                Some("passphrase") => (kind(*needed).0, Some(NO_WORDS)),
                _ => kind(*needed),
            };
            let hint = hint.map(str::to_owned);
            (format!("{every} is {needed}, not {found}"), hint)
        }
        // The checks of single values say `…` for the key.
        Problem::Refused(message) => {
            let one = match fault.is_of_list {
                true => format!("an entry of {key}"),
                false => key,
            };
            (message.replace('…', &one), None)
        }
    }
}

/// What a value needs to be, and how to write it.
fn kind(needed: Needed) -> (String, Option<&'static str>) {
    let (name, hint) = match needed {
        Needed::Text => ("a text", Some("put it between quotes, as in `\"text\"`")),
        Needed::List => (
            "a list",
            Some("put it between brackets, as in `[\"manager\"]`"),
        ),
        Needed::Table => ("a table", None),
        Needed::Switch => ("`true` or `false`", Some("write it without quotes")),
        Needed::Date => (
            "a date",
            Some("write it without quotes, such as 2026-02-03"),
        ),
        Needed::WholeNumber => ("a whole number", Some("write it in digits, without quotes")),
        Needed::Number => ("a number", Some("write it in digits, without quotes")),
        Needed::Word(known) => return (choice(known), Some("write it between quotes")),
    };
    (name.to_owned(), hint)
}

/// Names in backquotes, as a choice.
fn choice(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}
