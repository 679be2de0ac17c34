//! The style sheet as it is published: without comments and needless spaces.

use crate::render::policy;

/// A style sheet as a page holds it.
#[derive(Debug)]
pub struct StyleSheet {
    text: String,
    source: String,
}

impl StyleSheet {
    /// Takes the exact text inside `<style>`.
    pub fn of(text: String) -> Self {
        let source = policy::source_of(&text);
        Self { text, source }
    }

    /// The exact text inside `<style>`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source of a content security policy that allows this style sheet and no other.
    pub fn source(&self) -> &str {
        &self.source
    }
}

/// The rules that give a page the firm's colour: one on a light page and on paper, one on a dark page. They come after all others.
pub(super) fn tint(light: [u8; 3], dark: [u8; 3]) -> String {
    let rule = |[red, green, blue]: [u8; 3], link: &str, own: [u8; 3]| {
        let colour = format!("#{red:02x}{green:02x}{blue:02x}");
        let link = if link.is_empty() { &colour } else { link };
        let own = if is_close([red, green, blue], own) {
            ";--data-3:var(--ink)"
        } else {
            ""
        };
        format!(":root{{--link:{link};--accent:{colour};--data-1:{colour}{own}}}")
    };
    let (on_light, on_dark) = (rule(light, "", OWN[0]), rule(dark, "", OWN[1]));
    let on_paper = rule(light, "var(--ink)", OWN[0]);
    // Where the reader's system chooses the colours, none of a firm's is left.
    format!(
        "@media (forced-colors:none){{{on_light}@media (prefers-color-scheme:dark){{{on_dark}}}@media print{{{on_paper}}}}}"
    )
}

/// The colour of the coachee's own line in the style sheet, on a light page and on a dark one.
const OWN: [[u8; 3]; 2] = [[0x80, 0x16, 0x50], [0xe7, 0x9c, 0xc2]];

/// Whether two lines in these colours could be taken for one.
fn is_close(one: [u8; 3], other: [u8; 3]) -> bool {
    let apart = one
        .iter()
        .zip(other)
        .map(|(one, other)| u32::from(one.abs_diff(other)).pow(2));
    apart.sum::<u32>() < 96 * 96
}

/// In what the scan of a style sheet is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scanning {
    Rules,
    Comment,
    /// Inside quotes of this kind.
    Quoted(char),
}

/// Leaves out comments and every space that separates nothing. What stands in quotes stays as it is.
pub(super) fn lean(style: &str) -> String {
    let mut kept = String::with_capacity(style.len());
    let mut state = Scanning::Rules;
    let mut is_after_space = false;
    let mut letters = style.chars().peekable();
    while let Some(letter) = letters.next() {
        match state {
            Scanning::Comment => {
                if letter == '*' && letters.next_if_eq(&'/').is_some() {
                    state = Scanning::Rules;
                }
            }
            Scanning::Quoted(quote) => {
                kept.push(letter);
                if letter == '\\' {
                    kept.extend(letters.next());
                } else if letter == quote {
                    state = Scanning::Rules;
                }
            }
            Scanning::Rules if letter == '/' && letters.next_if_eq(&'*').is_some() => {
                state = Scanning::Comment;
            }
            Scanning::Rules if letter.is_whitespace() => is_after_space = true,
            Scanning::Rules => {
                if letter == '"' || letter == '\'' {
                    state = Scanning::Quoted(letter);
                }
                let before = kept.chars().next_back();
                // A space before a colon means something in a selector; one behind it never does.
                let is_needed = before.is_some_and(|before| !is_tight(before) && before != ':');
                if is_after_space && is_needed && !is_tight(letter) {
                    kept.push(' ');
                }
                is_after_space = false;
                if letter == '}' && before == Some(';') {
                    kept.pop();
                }
                // `0.5` is `.5`.
                if letter == '.' && is_bare_zero(&kept) {
                    kept.pop();
                }
                kept.push(letter);
            }
        }
    }
    kept
}

/// Whether no space is needed on either side of a letter.
fn is_tight(letter: char) -> bool {
    matches!(letter, '{' | '}' | ';' | ',' | '>' | '~')
}

/// Whether a text ends with a nought that is a number of its own, not the end of a number or of a name.
fn is_bare_zero(text: &str) -> bool {
    text.strip_suffix('0').is_some_and(|before| {
        let before = before.strip_suffix('-').unwrap_or(before);
        before.ends_with([':', ' ', ',', '('])
    })
}

#[cfg(test)]
mod tests {
    use super::{lean, tint};

    #[test]
    fn a_firm_s_colour_is_never_that_of_the_coachee_s_own_line() {
        let style = include_str!("../../themes/default/style.css");
        for own in super::OWN {
            let [red, green, blue] = own;
            let rule = format!("--data-3: #{red:02x}{green:02x}{blue:02x};");
            assert!(style.contains(&rule), "{rule}");
            assert!(tint(own, own).contains("--data-3:var(--ink)"));
        }
        assert!(!tint([0, 0x33, 0x66], [0x80, 0xb0, 0xf0]).contains("--data-3"));
    }

    #[test]
    fn comments_and_idle_spaces_are_left_out() {
        let style = "/* tokens */\n:root {\n  --a: 1px; /* why */\n\n  --b: 2px;\n}\n";
        assert_eq!(lean(style), ":root{--a:1px;--b:2px}");
    }

    #[test]
    fn noughts_before_a_point_are_left_out_where_they_are_a_number() {
        let style = "a0.b-0.c { margin: 0.5em -0.25em 10.5em 0; top: calc(0.5em - 0.1em); }";
        let lean_style = "a0.b-0.c{margin:.5em -.25em 10.5em 0;top:calc(.5em - .1em)}";
        assert_eq!(lean(style), lean_style);
    }

    #[test]
    fn quotes_stay_as_they_are() {
        let style = "a::after { content: \" /* no  comment */ \\\"\"; }";
        let lean_style = "a::after{content:\" /* no  comment */ \\\"\"}";
        assert_eq!(lean(style), lean_style);
    }

    #[test]
    fn spaces_that_mean_something_stay() {
        let style = "@media (width < 9em) and (hover) {\n.a .b :is(h4, h5) + * > b { margin: calc(1px + 2px) auto; }\n}";
        let lean_style =
            "@media (width < 9em) and (hover){.a .b :is(h4,h5) + *>b{margin:calc(1px + 2px) auto}}";
        assert_eq!(lean(style), lean_style);
    }
}
