//! What a cell of an export says: a score, or yes or no.

/// The number that a cell begins with, such as `+2`, `−1` or `3 (impressed)`.
pub(super) fn score(cell: &str) -> Option<i32> {
    let cell = cell.replace(['\u{2212}', '\u{2013}'], "-");
    let unsigned = cell.strip_prefix(['+', '-']).unwrap_or(&cell).trim_start();
    let end = unsigned
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(unsigned.len());
    let rest = &unsigned[end..];
    let is_whole = !rest.starts_with(['.', ',']) || rest[1..].chars().all(|letter| letter == '0');
    let is_date_or_word = rest.starts_with(['/', ':']) || rest.starts_with(char::is_alphabetic);
    if !is_whole || is_date_or_word {
        return None;
    }
    let number: i32 = unsigned[..end].parse().ok()?;
    Some(if cell.starts_with('-') {
        -number
    } else {
        number
    })
}

/// Yes or no, in the words that forms write for them.
pub(super) fn yes_or_no(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "yes" | "y" | "true" => Some(true),
        "no" | "n" | "false" => Some(false),
        _ => None,
    }
}
