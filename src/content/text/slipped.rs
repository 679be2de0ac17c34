//! Lines of the front matter that slipped below it, where they would be text for readers and decide nothing.

/// Whether a line of the text belongs into the front matter above it: another fence of it, or a key or table that decides something there.
pub(in crate::content) fn is_front_matter(line: &str) -> bool {
    const TABLES: [&str; 6] = ["share", "action", "support", "next", "item", "outcome"];
    const KEYS: [&str; 14] = [
        "title",
        "kind",
        "start",
        "minutes",
        "place",
        "behaviour",
        "statement",
        "good",
        "text",
        "owner",
        "goals",
        "actions",
        "progress",
        "themes",
    ];
    let line = line.trim();
    if line == "+++" {
        return true;
    }
    let inner = line.trim_start_matches('[');
    if inner.len() < line.len() {
        return inner
            .strip_suffix("]]")
            .or_else(|| inner.strip_suffix(']'))
            .is_some_and(|name| TABLES.contains(&name.trim()));
    }
    let line = line.trim_start_matches('"');
    let length = line.find(|letter: char| !letter.is_ascii_alphabetic() && letter != '_');
    let (key, rest) = line.split_at(length.unwrap_or(line.len()));
    let rest = rest.trim_start_matches('"').trim_start();
    // A sentence may well go on behind `title:` or `Share:`; for whom a text is says none.
    let decides = DECIDING.contains(&key) && (rest.starts_with(':') || dotted(rest));
    let key = key.to_ascii_lowercase();
    let is_key = KEYS.contains(&&*key) || DECIDING.contains(&&*key);
    is_key && rest.starts_with('=') || decides
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

/// Whether what follows a key is the rest of a dotted one: `share.goals = …`.
fn dotted(rest: &str) -> bool {
    let inner = rest.strip_prefix('.').and_then(|rest| rest.split_once('='));
    inner.is_some_and(|(key, _)| {
        key.trim()
            .chars()
            .all(|letter| letter.is_ascii_alphabetic())
    })
}
