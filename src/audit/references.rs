//! Character references, as `&eacute;` and `&#65;`, replaced by what they stand for.

use std::borrow::Cow;

/// A text with its character references replaced. Letters with accents become plain: they are compared without them anyway.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find('&') {
        decoded.push_str(&rest[..place]);
        rest = &rest[place + 1..];
        let is_in_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '#';
        let end = rest
            .find(|letter| !is_in_name(letter))
            .unwrap_or(rest.len());
        match replacement(&rest[..end]) {
            Some(letters) => {
                decoded.push_str(&letters);
                rest = rest[end..].strip_prefix(';').unwrap_or(&rest[end..]);
            }
            None => decoded.push('&'),
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// What a character reference stands for; nothing for one that is none.
fn replacement(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32).map(String::from);
    }
    let letter = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" | "rsquo" | "lsquo" => "'",
        "nbsp" | "ensp" | "emsp" | "thinsp" | "hellip" | "ndash" | "mdash" | "middot" | "bull"
        | "ldquo" | "rdquo" | "laquo" | "raquo" | "Tab" | "NewLine" => " ",
        "shy" | "zwj" | "zwnj" | "lrm" | "rlm" | "ZeroWidthSpace" | "NoBreak" => "",
        "hyphen" | "dash" => "-",
        "szlig" => "ss",
        "aelig" => "ae",
        "AElig" => "AE",
        "oelig" => "oe",
        "OElig" => "OE",
        "thorn" | "THORN" => "th",
        "eth" | "ETH" => "d",
        "inodot" | "imath" => "i",
        _ => return plain_letter(name),
    };
    Some(letter.to_owned())
}

/// The plain letter of a name such as `eacute`.
fn plain_letter(name: &str) -> Option<String> {
    const ACCENTS: [&str; 14] = [
        "acute", "grave", "circ", "uml", "tilde", "cedil", "ring", "caron", "slash", "breve",
        "macr", "ogon", "dot", "strok",
    ];
    let (letter, accent) = name.split_at_checked(1)?;
    (letter.chars().all(|letter| letter.is_ascii_alphabetic()) && ACCENTS.contains(&accent))
        .then(|| letter.to_owned())
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn references_are_replaced_and_anything_else_stays() {
        for (text, plain) in [
            ("no reference", "no reference"),
            ("a&amp;b", "a&b"),
            ("a&ampb", "a&ampb"),
            ("&#65;&#x42;&#X43;", "ABC"),
            ("&eacute;t&eacute", "ete"),
            ("&#xd800;&#;&#x;&;&", "&#xd800;&#;&#x;&;&"),
            ("&lt;b&gt;", "<b>"),
        ] {
            assert_eq!(decoded(text), plain, "{text}");
        }
    }
}
