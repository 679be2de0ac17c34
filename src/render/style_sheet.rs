//! The style sheet as it is published: without its comments and its indentation, which say nothing to a browser.

/// Where in a style sheet a letter stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Rules,
    Comment,
    /// Inside quotes of this kind.
    Quoted(char),
}

/// Leaves out comments, indentation and empty lines. What stands in quotes stays as it is.
pub(super) fn lean(style: &str) -> String {
    let mut kept = String::with_capacity(style.len());
    let mut place = Place::Rules;
    let mut letters = style.chars().peekable();
    while let Some(letter) = letters.next() {
        match place {
            Place::Comment => {
                if letter == '*' && letters.next_if_eq(&'/').is_some() {
                    place = Place::Rules;
                }
            }
            Place::Quoted(quote) => {
                kept.push(letter);
                if letter == '\\' {
                    kept.extend(letters.next());
                } else if letter == quote {
                    place = Place::Rules;
                }
            }
            Place::Rules if letter == '/' && letters.next_if_eq(&'*').is_some() => {
                place = Place::Comment;
            }
            Place::Rules => {
                if letter == '"' || letter == '\'' {
                    place = Place::Quoted(letter);
                }
                let is_space = letter.is_whitespace();
                if !is_space {
                    kept.push(letter);
                } else if letter == '\n' || letter == '\r' {
                    kept.truncate(kept.trim_end().len());
                    kept.push('\n');
                } else if !kept.ends_with('\n') {
                    kept.push(' ');
                }
            }
        }
    }
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::lean;

    #[test]
    fn comments_and_indentation_are_left_out() {
        let style = "/* tokens */\n:root {\n  --a: 1px; /* why */\n\n  --b: 2px;\n}\n";
        assert_eq!(lean(style), ":root {\n--a: 1px;\n--b: 2px;\n}");
    }

    #[test]
    fn quotes_stay_as_they_are() {
        let style = "a::after { content: \" /* no  comment */ \\\"\"; }";
        assert_eq!(lean(style), style);
    }
}
