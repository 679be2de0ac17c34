//! What looks like Markdown and is none: tables whose lines do not fit, lists pasted from a word processor, emphasis that does not begin or
//! end. On the page it would stand as it is written, so the coach is shown what to write instead.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

/// Something that would stand on a page as it is written.
pub(super) struct Mistaken {
    /// Where it stands in the text: on one line.
    pub(super) place: Range<usize>,
    /// What it looks like.
    pub(super) message: String,
    /// What to write instead.
    pub(super) hint: String,
}

/// Everything in a text, given with its events, that looks like Markdown and is none.
pub(super) fn find(text: &str, events: &[(Event<'_>, Range<usize>)]) -> Vec<Mistaken> {
    let mut found = Vec::new();
    for (event, span) in events {
        match event {
            Event::Start(Tag::Paragraph) => {
                let lines = lines(text, span.clone());
                found.extend(table(&lines).or_else(|| list(&lines)));
                found.extend(heading(&lines));
            }
            Event::Text(words) => found.extend(stars(text, words, span)),
            _ => {}
        }
    }
    found
}

/// A line of a paragraph without the marks of the quotation that it may stand in, and where it is.
struct Line<'a> {
    text: &'a str,
    place: Range<usize>,
}

fn lines(text: &str, span: Range<usize>) -> Vec<Line<'_>> {
    let mut start = span.start;
    let lines = text[span].split_inclusive('\n').map(|line| {
        let place = start..start + line.trim_end().len();
        start += line.len();
        let text = line.trim_start_matches(['>', ' ', '\t']).trim_end();
        Line { text, place }
    });
    lines.collect()
}

impl Line<'_> {
    fn mistaken(&self, message: impl Into<String>, hint: impl Into<String>) -> Mistaken {
        Mistaken {
            place: self.place.clone(),
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// How many cells stand between its strokes.
    fn cells(&self) -> usize {
        let inner = self.text.strip_prefix('|').unwrap_or(self.text);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        inner.replace("\\|", "").matches('|').count() + 1
    }

    /// Whether it is what stands below the first line of a table: `| --- | :-: |`.
    fn is_rule(&self) -> bool {
        let is_of_rule = |letter: char| matches!(letter, '|' | '-' | ':' | ' ' | '\t');
        self.text.contains('|') && self.text.contains('-') && self.text.chars().all(is_of_rule)
    }

    fn is_row(&self) -> bool {
        self.text.len() > 2 && self.text.starts_with('|') && self.text.ends_with('|')
    }
}

/// The rule below the first line of a table with so many columns.
fn rule(columns: usize) -> String {
    format!("`|{}`", " --- |".repeat(columns.clamp(1, 20)))
}

fn table(lines: &[Line<'_>]) -> Option<Mistaken> {
    const NONE: &str = "this looks like a table and is none";
    if let Some(at) = lines.iter().position(Line::is_rule).filter(|at| *at > 0) {
        let (head, under) = (&lines[at - 1], &lines[at]);
        let (columns, ruled) = (head.cells(), under.cells());
        if columns != ruled {
            let message =
                format!("{NONE}: its first line has {columns} columns, and this one {ruled}");
            return Some(under.mistaken(message, format!("write {} here", rule(columns))));
        }
        let hint = "put an empty line above its first line";
        return (at > 1).then(|| head.mistaken(NONE, hint));
    }
    let pairs = || lines.windows(2);
    if let Some(pair) = pairs().find(|pair| pair.iter().all(Line::is_row)) {
        let hint = format!("put {} below its first line", rule(pair[0].cells()));
        return Some(pair[0].mistaken(NONE, hint));
    }
    // What a spreadsheet gives has tabs between its cells.
    let is_of_sheet = |line: &Line<'_>| line.text.contains('\t');
    let pair = pairs().find(|pair| pair.iter().all(is_of_sheet))?;
    let columns = pair[0].text.matches('\t').count() + 1;
    let cells = " … |".repeat(columns.clamp(1, 20));
    let hint = format!(
        "write each line as `|{cells}`, and {} below the first",
        rule(columns)
    );
    Some(pair[0].mistaken(NONE, hint))
}

/// How a line of a list begins that is none to Markdown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A sign that word processors put before each line, and no sentence begins with.
    Bullet,
    /// A sign with which a sentence may begin as well.
    Dash,
    /// A number or letter.
    Number,
}

fn mark(line: &str) -> Option<Mark> {
    let mut letters = line.chars();
    let first = letters.next()?;
    let rest = letters.as_str();
    let is_apart = rest.starts_with(char::is_whitespace);
    match first {
        // The last two are what Word's own font has for them.
        '•' | '▪' | '◦' | '‣' | '∙' | '⁃' | '\u{f0b7}' | '\u{f0a7}' if is_apart => {
            Some(Mark::Bullet)
        }
        '•' | '●' | '○' | '■' | '◆' | '・' => Some(Mark::Dash),
        '–' | '—' | '·' | '−' if is_apart => Some(Mark::Dash),
        '-' if rest.starts_with(char::is_alphabetic) => Some(Mark::Dash),
        'o' if rest.starts_with('\t') => Some(Mark::Dash),
        _ => numbered(line).then_some(Mark::Number),
    }
}

/// Whether a line begins as `(1) x`, `a) x`, `1.x`, `１．x` or `١- x`: with a number or letter that no Markdown counts by.
fn numbered(line: &str) -> bool {
    let inner = line.strip_prefix('(');
    let rest = inner.unwrap_or(line);
    let end = rest
        .find(|letter: char| !letter.is_numeric())
        .unwrap_or(rest.len());
    let (number, behind) = match end {
        0 => rest.split_at(rest.chars().next().map_or(0, char::len_utf8)),
        end => rest.split_at(end),
    };
    let mut behind = behind.chars();
    let sign = behind.next();
    let is_apart = behind.as_str().starts_with(char::is_whitespace);
    let is_digits = number.chars().all(|letter| letter.is_ascii_digit());
    match sign {
        Some(')') if inner.is_some() => number.chars().count() < 4,
        Some(')' | '.') if end == 0 => {
            is_apart && number.chars().all(|letter| letter.is_ascii_alphabetic())
        }
        // `1.5` and `1.` are none of these.
        Some('.') if is_digits => {
            number.len() < 3 && behind.as_str().starts_with(char::is_alphabetic)
        }
        Some('.' | ')' | '）' | '．' | '、' | '-' | '–') => end > 0 && !is_digits,
        _ => false,
    }
}

fn list(lines: &[Line<'_>]) -> Option<Mistaken> {
    let marks: Vec<Option<Mark>> = lines.iter().map(|line| mark(line.text)).collect();
    let is_second = |at: usize| marks.get(at + 1) == Some(&marks[at]);
    let at = (0..lines.len()).find(|at| match marks[*at] {
        Some(Mark::Bullet) => true,
        Some(_) => is_second(*at),
        None => false,
    })?;
    let hint = match marks[at] {
        Some(Mark::Number) => "begin each line with its number, a full stop and a blank: `1. `",
        _ => "begin each line with `- `",
    };
    Some(lines[at].mistaken("this looks like a list and is none", hint))
}

fn heading(lines: &[Line<'_>]) -> Option<Mistaken> {
    let is_heading = |line: &&Line<'_>| {
        let title = line.text.trim_start_matches('#');
        let signs = line.text.len() - title.len();
        (2..=6).contains(&signs) && title.starts_with(char::is_alphabetic)
    };
    let line = lines.iter().find(is_heading)?;
    Some(line.mistaken(
        "this looks like a heading and is none",
        "put a blank behind the last `#`",
    ))
}

/// Stars of an emphasis that stand on the page. Where letters are written without blanks, a star beside a bracket is none of Markdown's.
fn stars(text: &str, words: &str, span: &Range<usize>) -> Option<Mistaken> {
    let is_meant = text[..span.start].ends_with('\\') || text.get(span.clone()) != Some(words);
    let pair = words.find("**").or_else(|| words.find('*'));
    let at = pair.filter(|_| !is_meant)?;
    let place = span.start + at..span.start + at + 2;
    // The parser may give one star at a time.
    let is_pair = text[place.start..].starts_with("**");
    let is_second = at == 0 && text[..place.start].ends_with('*');
    let line = text[..place.start].rfind('\n').map_or(0, |end| end + 1);
    let line = text[line..].lines().next().unwrap_or_default();
    // A line of stars is a line of stars.
    let is_line = line.chars().all(|letter| matches!(letter, '*' | ' '));
    (is_pair && !is_second && !is_line).then(|| Mistaken {
        place,
        message: "these stars would stand on the page".to_owned(),
        hint: "no blank may stand inside the stars, and brackets stand outside: `「**…**」`; to show stars, write `\\*\\*`".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Parser;

    use super::{Mistaken, find};
    use crate::engagement::prose::markdown_options;

    fn found(text: &str) -> Vec<Mistaken> {
        let events = Parser::new_ext(text, markdown_options()).into_offset_iter();
        find(text, &events.collect::<Vec<_>>())
    }

    /// What looks like something, where it is told, and what to write instead.
    const PAIRS: &[(&str, &str, &str)] = &[
        (
            "| A | B | C |\n| --- | --- |\n| 1 | 2 | 3 |\n",
            "| --- | --- |",
            "| A | B | C |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n",
        ),
        (
            "A | B\n--- | --- | ---\n1 | 2\n",
            "--- | --- | ---",
            "A | B\n--- | ---\n1 | 2\n",
        ),
        (
            "> | A | B |\n> | :-- |\n",
            "> | :-- |",
            "> | A | B |\n> | :-- | --- |\n",
        ),
        (
            "| A | B |\n| 1 | 2 |\n",
            "| A | B |",
            "| A | B |\n| --- | --- |\n| 1 | 2 |\n",
        ),
        (
            "| A \\| a | B |\n| 1 | 2 |\n",
            "| A \\| a | B |",
            "| A \\| a | B |\n| --- | --- |\n| 1 | 2 |\n",
        ),
        (
            "A\tB\n1\t2\n",
            "A\tB",
            "| A | B |\n| --- | --- |\n| 1 | 2 |\n",
        ),
        (
            "\u{2022} first\n\u{2022} second\n",
            "\u{2022} first",
            "- first\n- second\n",
        ),
        ("\u{2022}\tonly one\n", "\u{2022}\tonly one", "- only one\n"),
        (
            "Two things:\n\u{b7} a\n\u{b7} b\n",
            "\u{b7} a",
            "Two things:\n\n- a\n- b\n",
        ),
        ("\u{2013} dash\n\u{2014} line\n", "", "- dash\n- line\n"),
        (
            "\u{2013} dash\n\u{2013} line\n",
            "\u{2013} dash",
            "- dash\n- line\n",
        ),
        ("-one\n-two\n", "-one", "- one\n- two\n"),
        (
            "\u{30fb}\u{4e00}\n\u{30fb}\u{4e8c}\n",
            "\u{30fb}\u{4e00}",
            "- \u{4e00}\n- \u{4e8c}\n",
        ),
        ("(1) one\n(2) two\n", "(1) one", "1. one\n2. two\n"),
        ("a) one\nb) two\n", "a) one", "1. one\n2. two\n"),
        ("1.one\n2.two\n", "1.one", "1. one\n2. two\n"),
        (
            "\u{ff11}\u{ff0e}one\n\u{ff12}\u{ff0e}two\n",
            "\u{ff11}\u{ff0e}one",
            "1. one\n2. two\n",
        ),
        (
            "\u{661}- one\n\u{662}- two\n",
            "\u{661}- one",
            "1. one\n2. two\n",
        ),
        ("##Title\n", "##Title", "## Title\n"),
        (
            "\u{6700}\u{3082}**\u{300c}\u{91cd}\u{8981}\u{300d}**\u{3067}\u{3059}\n",
            "**",
            "\u{6700}\u{3082}\u{300c}**\u{91cd}\u{8981}**\u{300d}\u{3067}\u{3059}\n",
        ),
        ("a ** b** c\n", "**", "a **b** c\n"),
        ("2 ** 3\n", "**", "2 \\*\\* 3\n"),
    ];

    #[test]
    fn what_looks_like_markdown_is_told_and_what_the_hint_says_is_not() {
        for (text, place, right) in PAIRS {
            let mistaken = found(text);
            // Two dashes of two kinds are told at the first line.
            let place = if place.is_empty() {
                text.lines().next().unwrap()
            } else {
                place
            };
            let told = mistaken
                .first()
                .map(|mistaken| &text[mistaken.place.clone()]);
            assert_eq!(told, Some(place), "{text}");
            assert!(
                mistaken
                    .iter()
                    .all(|mistaken| !text[mistaken.place.clone()].contains('\n'))
            );
            assert!(found(right).is_empty(), "{right}");
        }
    }

    #[test]
    fn sentences_are_left_alone() {
        for text in [
            "\u{2014} Yes, he said.\nAnd so it was.\n",
            "A \u{2013} B\nC \u{2013} D\n",
            "a | b\n",
            "He asked: (a) who, and\n(b) when. He left.\n",
            "In 2026.\nIn 2027.\n",
            "1.5 hours\n2.5 hours\n",
            "I.\nShe.\n",
            "#1 of all\n",
            "`a ** b`\n",
            "    | A |\n    | B |\n",
            "```\n| A | B |\n| 1 | 2 |\n```\n",
            "***\n\nx\n",
            "a \\** b\n",
            "left\tright\n",
            "\n- a\n- b\n\n1. c\n2. d\n",
            "1) one\n2) two\n",
        ] {
            let told: Vec<String> = found(text)
                .into_iter()
                .map(|mistaken| mistaken.message)
                .collect();
            assert!(told.is_empty(), "{text}: {told:?}");
        }
    }
}
