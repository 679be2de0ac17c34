//! What a page must not do, whatever it says: ask another host, run a script, carry a picture's metadata.

use std::borrow::Cow;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use crate::audit::address::DataAddress;
use crate::audit::markup::{Attribute, Markup, Piece, Tag};
use crate::picture::is_free_of_metadata;

/// Something that a file of a site must not hold, and the line of the file.
pub(super) struct Fault {
    /// What it is, with no word of the page.
    pub(super) message: String,
    /// The line, from 1.
    pub(super) line: u32,
}

/// Whether a page loads something by this attribute as soon as it is shown, or sends something.
fn is_loading(attribute: &str) -> bool {
    matches!(
        attribute,
        "src"
            | "srcset"
            | "poster"
            | "background"
            | "action"
            | "formaction"
            | "ping"
            | "manifest"
            | "archive"
            | "codebase"
            | "classid"
            | "data"
            | "longdesc"
            | "imagesrcset"
            | "dynsrc"
    )
}

/// Whether an attribute is read as a style, in which an address may stand.
fn is_styling(attribute: &str) -> bool {
    matches!(
        attribute,
        "style" | "fill" | "stroke" | "filter" | "mask" | "clip-path" | "cursor"
    ) || attribute.starts_with("marker")
}

/// Whether an address is a script that runs when it is followed. A browser ignores blanks in it.
fn is_script(address: &str) -> bool {
    let mut letters = address.chars().filter(|letter| *letter > ' ');
    let scheme: String = letters.by_ref().take("javascript:".len()).collect();
    scheme.eq_ignore_ascii_case("javascript:")
}

/// Elements that are links and load nothing by their `href`.
const LINKS: [&str; 2] = ["a", "area"];

/// Elements that a page of ours never has: they hold other pages.
const FRAMES: [&str; 6] = ["iframe", "frame", "object", "embed", "portal", "applet"];

/// Returns what is wrong with an HTML file. `scripts` are those it may run, as sources of a content security policy.
pub(super) fn faults(markup: &Markup<'_>, scripts: &[String]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut has_policy = false;
    for (line, piece) in &markup.pieces {
        let mut fault = |message: String| {
            faults.push(Fault {
                message,
                line: *line,
            });
        };
        match piece {
            Piece::Text(_) | Piece::Comment(_) => {}
            Piece::Tag(tag) => {
                has_policy |= is_policy(markup, tag);
                tag_faults(markup, tag, &mut fault);
            }
            Piece::Raw(tag, text) => {
                tag_faults(markup, tag, &mut fault);
                if tag.name == "style" {
                    style_faults(text, &mut fault);
                } else if is_run(markup, tag) && !scripts.contains(&hash_of(text)) {
                    fault("it holds a script that is not Loggia's".to_owned());
                }
            }
        }
    }
    if !has_policy {
        faults.push(Fault {
            message: "no policy forbids it to load anything".to_owned(),
            line: 1,
        });
    }
    faults
}

fn is_policy(markup: &Markup<'_>, tag: &Tag<'_>) -> bool {
    let is_policy = markup
        .attribute(tag, "http-equiv")
        .is_some_and(|name| name.eq_ignore_ascii_case("content-security-policy"));
    let rules = markup.attribute(tag, "content").unwrap_or_default();
    // Hashes stand in quotes; what stands without is a host, a scheme or a star.
    let is_open = |rule: &str| {
        let mut sources = rule.split_ascii_whitespace().skip(1);
        sources.any(|source| {
            let source = source.to_ascii_lowercase();
            source.starts_with("'unsafe") || !(source.starts_with('\'') || source == "data:")
        })
    };
    tag.name == "meta"
        && is_policy
        && rules.contains("default-src 'none'")
        && !rules.split(';').any(is_open)
}

fn tag_faults(markup: &Markup<'_>, tag: &Tag<'_>, fault: &mut impl FnMut(String)) {
    let name = &tag.name;
    if FRAMES.contains(&&**name) {
        fault(format!("`<{name}>` holds another page"));
    }
    if markup
        .attribute(tag, "http-equiv")
        .is_some_and(|value| value.eq_ignore_ascii_case("refresh"))
    {
        fault("it leads its reader elsewhere by itself".to_owned());
    }
    for Attribute {
        name: attribute,
        value,
    } in markup.attributes(tag)
    {
        if attribute.starts_with("on") {
            fault(format!("`{attribute}` in `<{name}>` runs a script"));
        }
        let is_loading = is_loading(attribute)
            || (attribute.ends_with("href") && !(attribute == "href" && LINKS.contains(&&**name)));
        if is_loading && !is_inside(value) {
            fault(format!("`{attribute}` of `<{name}>` asks {}", whom(value)));
        }
        if is_styling(attribute) {
            style_faults(value, fault);
        }
        if is_script(value) && (attribute.ends_with("href") || is_loading) {
            fault(format!("`{attribute}` of `<{name}>` runs a script"));
        }
        if let Some(address) = DataAddress::of(value).filter(DataAddress::is_picture)
            && !is_free_of_metadata(address.ending(), &address.bytes)
        {
            fault(format!(
                "a picture in `<{name}>` carries metadata, or is damaged"
            ));
        }
    }
}

/// Whether a browser runs what an element holds: text of another type it never runs.
fn is_run(markup: &Markup<'_>, tag: &Tag<'_>) -> bool {
    markup
        .attribute(tag, "type")
        .is_none_or(|kind| !kind.eq_ignore_ascii_case("text/plain"))
}

/// A script as a source of a content security policy.
fn hash_of(script: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(&Sha256::digest(script)))
}

/// Addresses in a style sheet.
fn style_faults(text: &str, fault: &mut impl FnMut(String)) {
    let text = without_escapes(text).to_ascii_lowercase();
    for function in ["url(", "src("] {
        for rest in text.split(function).skip(1) {
            let address = rest.split(')').next().unwrap_or_default();
            let address = address.trim().trim_matches(['"', '\'']);
            if !is_inside(address) {
                fault(format!("a style asks {}", whom(address)));
            }
        }
    }
    if text.contains("image-set(") {
        fault("a style chooses among pictures".to_owned());
    }
    if text.contains("@import") {
        fault("a style loads another one".to_owned());
    }
}

/// A style with its escapes replaced: a browser reads `u\72l(` as `url(`.
fn without_escapes(text: &str) -> Cow<'_, str> {
    let Some((plain, rest)) = text.split_once('\\') else {
        return Cow::Borrowed(text);
    };
    let mut whole = plain.to_owned();
    for part in rest.split('\\') {
        let digits = part
            .bytes()
            .take(6)
            .take_while(u8::is_ascii_hexdigit)
            .count();
        let code = u32::from_str_radix(&part[..digits], 16).ok();
        let part = match code.and_then(char::from_u32) {
            Some(letter) => {
                whole.push(letter);
                let rest = &part[digits..];
                rest.strip_prefix([' ', '\t', '\n']).unwrap_or(rest)
            }
            None => part,
        };
        whole.push_str(part);
    }
    Cow::Owned(whole)
}

/// Whether an address is nothing, a place in the page, or holds what it shows.
fn is_inside(address: &str) -> bool {
    let address = address.trim().to_ascii_lowercase();
    address.is_empty() || address.starts_with('#') || address.starts_with("data:")
}

/// The host that an address asks, as far as it is one.
fn whom(address: &str) -> String {
    let address = address.trim();
    let after = address.split_once("//").map_or("", |(_, rest)| rest);
    let host: String = after
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | ':'))
        .collect();
    if host.is_empty() {
        "for another file".to_owned()
    } else {
        format!("`{host}`")
    }
}

#[cfg(test)]
mod tests {
    use super::faults;
    use crate::audit::markup::Markup;

    const POLICY: &str = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">";

    #[test]
    fn whatever_loads_or_runs_is_found() {
        for page in [
            "<img src=https://x.example/a.png>",
            "<img src=//x.example/a.png>",
            "<img src=a.png>",
            "<img srcset='https://x.example/a.png 2x'>",
            "<link rel=stylesheet href='HTTPS://x.example/a.css'>",
            "<base href=https://x.example/>",
            "<use xlink:href='https://x.example/#a'>",
            "<image href='https://x.example/a'>",
            "<style>p{background:URL( 'https://x.example/a' )}</style>",
            "<style>@import 'https://x.example/a';</style>",
            "<p style='background:url(//x.example)'>",
            "<script>1</script>",
            "<script src=https://x.example/a.js></script>",
            "<p onclick=1>",
            "<a href=x ping=https://x.example>",
            "<form action=https://x.example>",
            "<iframe srcdoc=x>",
            "<object data=https://x.example>",
            "<meta http-equiv=refresh content='0;url=https://x.example'>",
            "<video poster=https://x.example/a>",
            "<!--><img src=a.png>-->",
            "<!---><img src=a.png>-->",
            "<!-- a > b --><img src=a.png>",
            "<img src='data:image/png;base64,AAAA'>",
            "<a href='java\nscript:alert(1)'>",
            "<rect stroke='url(https://x.example/a)'>",
            "<path marker-end='url(//x.example/a)'>",
            "<style>p{background:image-set('https://x.example/a' 1x)}</style>",
            "<style>p{background:u\\72l(https://x.example/a)}</style>",
            "<style>p{background:\\000075 rl(https://x.example/a)}</style>",
            "<style>@\\69mport 'https://x.example/a'</style>",
            "<style>@font-face{src:src('https://x.example/a')}</style>",
        ] {
            let text = format!("{POLICY}{page}");
            assert!(!faults(&Markup::of(&text), &[]).is_empty(), "{page}");
        }
        assert_eq!(
            faults(&Markup::of("<p>x</p>"), &[]).len(),
            1,
            "a page without a policy"
        );
    }

    #[test]
    fn a_policy_that_lets_anything_in_is_none() {
        for source in [
            "http:",
            "HTTPS:",
            "ws:",
            "blob:",
            "*",
            "x.example",
            "localhost",
            "//x",
            "'unsafe-inline'",
        ] {
            let policy = format!("default-src 'none'; img-src {source}");
            let page = format!("<meta http-equiv=Content-Security-Policy content=\"{policy}\">");
            assert_eq!(faults(&Markup::of(&page), &[]).len(), 1, "{source}");
        }
    }

    #[test]
    fn links_and_what_the_page_holds_are_not() {
        for page in [
            "<a href=https://x.example>x</a>",
            "<a href=mailto:a@x.example>x</a>",
            "<a href='data:text/calendar;base64,QQ=='>x</a>",
            "<link rel=icon href=data:,>",
            "<use href='#a'>",
            "<style>p { color: red }</style>",
            "<script type=text/plain id=sealed>AAAA</script>",
            "<p>src=https://x.example url(https://x.example)</p>",
        ] {
            let text = format!("{POLICY}{page}");
            let found = faults(&Markup::of(&text), &[]);
            assert!(found.is_empty(), "{page}: {}", found[0].message);
        }
    }
}
