//! Lines of the front matter that slipped below it, where they would be text for readers and decide nothing.

use crate::content::toml::keys::Keys;

/// Whether a line of the text belongs into the front matter above it: another fence of it, or a key or table of any kind of front
/// matter, whose keys are `known`.
pub(in crate::content) fn is_front_matter(line: &str, known: &[Keys]) -> bool {
    let line = line.trim();
    if line == "+++" {
        return true;
    }
    if line.starts_with('[') {
        return table(line).is_some_and(|name| known.iter().any(|keys| keys.contain_table(name)));
    }
    let line = line.trim_start_matches('"');
    let length = line.find(|letter: char| !letter.is_ascii_alphabetic() && letter != '_');
    let (key, rest) = line.split_at(length.unwrap_or(line.len()));
    let rest = rest.trim_start_matches('"').trim_start();
    // A sentence may well go on behind `title:` or `Share:`; for whom a text is says none.
    if DECIDING.contains(&key) && (rest.starts_with(':') || dotted(rest)) {
        return true;
    }
    let key = key.to_ascii_lowercase();
    if DECIDING.contains(&&*key) {
        return rest.starts_with('=');
    }
    is_assignment(rest) && known.iter().any(|keys| keys.contain(&key))
}

/// Keys that say for whom a text is, or that somebody may take for such.
const DECIDING: [&str; 10] = [
    "only",
    "confidential",
    "hidden",
    "share",
    "supporters",
    "attendees",
    "alias",
    "audience",
    "visibility",
    "private",
];

/// The name in a line that is `[name]` or `[[name]]`, with or without a comment behind it.
fn table(line: &str) -> Option<&str> {
    let line = line.split('#').next()?.trim_end();
    let inner = line.trim_start_matches('[');
    let name = inner
        .strip_suffix("]]")
        .or_else(|| inner.strip_suffix(']'))?;
    Some(name.trim())
}

/// Whether what follows a key gives it a value. An arrow or an equation of the text does not: `Goal => action`, `done == done`.
fn is_assignment(rest: &str) -> bool {
    rest.strip_prefix('=')
        .is_some_and(|value| !value.starts_with(['=', '>']))
}

/// Whether what follows a key is the rest of a dotted one: `share.goals = …`.
fn dotted(rest: &str) -> bool {
    let inner = rest.strip_prefix('.').and_then(|rest| rest.split_once('='));
    inner.is_some_and(|(key, _)| {
        key.trim()
            .chars()
            .all(|letter| letter.is_ascii_alphabetic())
    })
}
