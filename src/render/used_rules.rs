//! The rules of a style sheet that a page uses: a page is sent without the others.
//!
//! A rule is left out only where no selector of it can match: it asks for a class, an id or an element that the page does not have.
//! What is not understood stays.

use std::collections::BTreeSet;

/// A style sheet, taken apart once for all pages.
#[derive(Debug)]
pub(super) struct Rules {
    text: String,
    rules: Vec<Rule>,
}

#[derive(Debug)]
enum Rule {
    /// What every page has: a rule for the paper, a font, whatever is not understood.
    Always(String),
    /// Selectors, any of which brings the whole rule.
    Style {
        selectors: Vec<Selector>,
        text: String,
    },
    /// Rules under a condition, such as the width of the screen.
    Group { head: String, rules: Vec<Rule> },
}

/// What a page must have so that a selector can match: all of these.
type Selector = Vec<Need>;

#[derive(Debug)]
enum Need {
    Name(Kind, String),
    /// One of several selectors, as in `:is(h4, h5)`.
    Any(Vec<Selector>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Class,
    Id,
    Element,
}

/// The at-rules that hold rules of the usual kind.
const GROUPS: [&str; 4] = ["@media", "@supports", "@container", "@layer"];

impl Rules {
    /// Takes a style sheet apart that has no comments and no needless spaces.
    pub(super) fn of(text: String) -> Self {
        let rules = rules(&text);
        Self { text, rules }
    }

    /// All of it.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The rules for a page whose body has this markup, as they stand.
    pub(super) fn used_by(&self, body: &str) -> String {
        let names = Names::of(body);
        let mut used = String::new();
        write(&self.rules, &names, &mut used);
        used
    }
}

/// Writes the rules that are used.
fn write(rules: &[Rule], names: &Names<'_>, used: &mut String) {
    for rule in rules {
        match rule {
            Rule::Always(text) => used.push_str(text),
            Rule::Style { selectors, text } => {
                if selectors.iter().any(|selector| names.allow(selector)) {
                    used.push_str(text);
                }
            }
            Rule::Group { head, rules } => {
                let before = used.len();
                used.push_str(head);
                used.push('{');
                let empty = used.len();
                write(rules, names, used);
                if used.len() == empty {
                    used.truncate(before);
                } else {
                    used.push('}');
                }
            }
        }
    }
}

/// The rules of a text, in their order.
fn rules(style: &str) -> Vec<Rule> {
    let mut found = Vec::new();
    let mut rest = style;
    while !rest.is_empty() {
        let opening = end_of(rest, &['{', ';', '}']);
        let (head, block) = rest.split_at(opening);
        let Some(block) = block.strip_prefix('{') else {
            // A statement such as `@layer a;`, or a mistake.
            let (statement, after) = rest.split_at((opening + 1).min(rest.len()));
            found.push(Rule::Always(statement.to_owned()));
            rest = after;
            continue;
        };
        let closing = end_of(block, &['}']);
        let length = (head.len() + 1 + closing + 1).min(rest.len());
        let (text, after) = rest.split_at(length);
        rest = after;
        let is_closed = closing < block.len();
        found.push(
            if is_closed && GROUPS.iter().any(|at| head.starts_with(at)) {
                Rule::Group {
                    head: head.to_owned(),
                    rules: rules(&block[..closing]),
                }
            } else if !is_closed || head.starts_with('@') {
                Rule::Always(text.to_owned())
            } else {
                Rule::Style {
                    selectors: selectors(head),
                    text: text.to_owned(),
                }
            },
        );
    }
    found
}

/// Where the first of some letters stands outside of quotes, of brackets and of other blocks; the end of the text where none does.
fn end_of(text: &str, ends: &[char]) -> usize {
    let (mut depth, mut quote) = (0_usize, None);
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' {
            letters.next();
        } else if quote.is_some() {
            if quote == Some(letter) {
                quote = None;
            }
        } else if depth == 0 && ends.contains(&letter) {
            return at;
        } else {
            match letter {
                '"' | '\'' => quote = Some(letter),
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }
    text.len()
}

/// The selectors of a list.
fn selectors(list: &str) -> Vec<Selector> {
    let mut found = Vec::new();
    let mut rest = list;
    loop {
        let end = end_of(rest, &[',']);
        found.push(needs(&rest[..end]));
        match rest.get(end + 1..) {
            Some(after) => rest = after,
            None => return found,
        }
    }
}

/// What a selector asks of a page. Attributes, states and whatever must not be there ask nothing.
fn needs(selector: &str) -> Selector {
    // Escapes and namespaces are rare enough to leave such a selector alone.
    if selector.contains(['\\', '|']) {
        return Selector::new();
    }
    let mut needs = Selector::new();
    let mut rest = selector;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        let name = &after[..length_of_name(after)];
        rest = match letter {
            '.' => {
                needs.push(Need::Name(Kind::Class, name.to_owned()));
                &after[name.len()..]
            }
            '#' => {
                needs.push(Need::Name(Kind::Id, name.to_owned()));
                &after[name.len()..]
            }
            '[' => &after[(end_of(after, &[']']) + 1).min(after.len())..],
            ':' => {
                let after = &after[name.len()..];
                match after.strip_prefix('(') {
                    Some(inner) => {
                        let end = end_of(inner, &[')']);
                        if matches!(name, "is" | "where" | "has") {
                            needs.push(Need::Any(selectors(&inner[..end])));
                        }
                        &inner[(end + 1).min(inner.len())..]
                    }
                    // The second colon of `::before` comes here too, with an empty name before it.
                    None => after
                        .strip_prefix(':')
                        .map_or(after, |pseudo| &pseudo[length_of_name(pseudo)..]),
                }
            }
            letter if is_of_name(letter) => {
                let name = &rest[..length_of_name(rest)];
                needs.push(Need::Name(Kind::Element, name.to_ascii_lowercase()));
                &rest[name.len()..]
            }
            _ => after,
        };
    }
    needs
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '-' || letter == '_' || !letter.is_ascii()
}

fn length_of_name(text: &str) -> usize {
    text.find(|letter| !is_of_name(letter))
        .unwrap_or(text.len())
}

/// The names that a page has.
struct Names<'a> {
    all: BTreeSet<(Kind, &'a str)>,
    /// Whether there may be others, which are written in a way that is not read here.
    has_more: bool,
}

/// The elements around the body of every page.
const AROUND: [&str; 7] = ["html", "head", "meta", "title", "link", "style", "body"];

/// What a picture becomes in a page that shows it more than once.
const OF_PICTURES: [&str; 3] = ["svg", "image", "use"];

impl<'a> Names<'a> {
    /// Reads them from markup. Where the text of a page holds a `<`, it is escaped.
    fn of(body: &'a str) -> Self {
        let mut names = Self {
            all: AROUND.map(|name| (Kind::Element, name)).into(),
            has_more: false,
        };
        for tag in body.split('<').skip(1) {
            let name = &tag[..length_of_name(tag)];
            if name.is_empty() {
                continue;
            }
            names.has_more |= name.contains(|letter: char| letter.is_ascii_uppercase());
            names.all.insert((Kind::Element, name));
            names.read_attributes(&tag[name.len()..]);
        }
        if names.all.contains(&(Kind::Element, "img")) {
            let more = OF_PICTURES.map(|name| (Kind::Element, name));
            names.all.extend(more);
        }
        names
    }

    /// Reads the classes and the id of a tag.
    fn read_attributes(&mut self, mut rest: &'a str) {
        while let Some(at) = rest.find(['=', '>']) {
            let (before, after) = rest.split_at(at);
            let Some(after) = after.strip_prefix('=') else {
                return;
            };
            let name = before.trim();
            let Some((value, after)) = after
                .strip_prefix('"')
                .and_then(|after| after.split_once('"'))
            else {
                // A value in other quotes or in none.
                self.has_more = true;
                return;
            };
            rest = after;
            let name = name.rsplit(char::is_whitespace).next().unwrap_or(name);
            let kind = match name {
                "class" => Kind::Class,
                "id" => Kind::Id,
                _ => continue,
            };
            self.has_more |= value.contains('&');
            let values = value.split_ascii_whitespace();
            self.all.extend(values.map(|value| (kind, value)));
        }
    }

    /// Whether a selector can match in the page.
    fn allow(&self, selector: &Selector) -> bool {
        self.has_more
            || selector.iter().all(|need| match need {
                Need::Name(kind, name) => self.all.contains(&(*kind, name.as_str())),
                Need::Any(selectors) => selectors.iter().any(|selector| self.allow(selector)),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::Rules;

    #[track_caller]
    fn check(style: &str, body: &str, expected: &str) {
        let used = Rules::of(style.to_owned()).used_by(body);
        assert_eq!(used, expected, "{style} on {body}");
    }

    #[test]
    fn what_cannot_match_is_left_out() {
        let style = ".a{x:1}.b .a{x:2}#c>p{x:3}table,p{x:4}";
        check(style, r#"<p class="z a">"#, ".a{x:1}table,p{x:4}");
        check(style, r#"<div id="c"><p>"#, "#c>p{x:3}table,p{x:4}");
        check(style, "<b>", "");
    }

    #[test]
    fn alternatives_need_one_and_what_must_not_be_there_needs_none() {
        let style =
            ":is(h4,.a b) + *{x:1}p:not(.a):has(> .c:checked){x:2}.d::before{x:3}a:hover{x:4}";
        check(style, r#"<p class="a"><b>"#, ":is(h4,.a b) + *{x:1}");
        check(
            style,
            r#"<p class="c d">"#,
            "p:not(.a):has(> .c:checked){x:2}.d::before{x:3}",
        );
        check(style, "<a>", "a:hover{x:4}");
    }

    #[test]
    fn conditions_stay_with_what_is_in_them() {
        let style = "@media print{.a{x:1}@media (width < 9em){.b{x:2}}}@page{margin:0;@top-left{content:\"}\"}}:root{--a:1}";
        let ending = "@page{margin:0;@top-left{content:\"}\"}}:root{--a:1}";
        check(style, "<p>", ending);
        let used = "@media print{@media (width < 9em){.b{x:2}}}";
        check(style, r#"<p class="b">"#, &format!("{used}{ending}"));
    }

    #[test]
    fn what_is_not_understood_stays() {
        let style = r#"@import "a";@layer a,b;.a\:b{x:1}[dir="rtl"] *{x:2}*|p{x:3}&{x:4}"#;
        check(style, "<b>", style);
        check(".a{x:1", "<b>", ".a{x:1");
        check("}.a{x:1}", "<b>", "}");
        for other in [
            "<b class=a>",
            "<b class='a'>",
            r#"<b class="&#97;">"#,
            "<B>",
        ] {
            check(".a{x:1}b{x:2}", other, ".a{x:1}b{x:2}");
        }
    }

    #[test]
    fn a_picture_may_become_a_drawing() {
        check("svg{x:1}", r#"<img src="a">"#, "svg{x:1}");
        check("svg{x:1}", "<p>", "");
    }
}
