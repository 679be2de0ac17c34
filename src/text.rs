//! How text is written alike everywhere, and read alike: counted nouns, strings of TOML, templates, texts made alike before they are compared,
//! and the words of answers.
//!
//! It knows no other area but the problems that it reports, so that every area can use it.

pub mod answers;
pub mod fault;
pub mod fold;
pub mod template;

/// A number of things in English: `1 portal`, `2 portals`. What readers see is counted by their language instead.
pub fn counted(number: usize, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{number} {noun}")
}

/// The text with a space for each line end or other control character.
pub fn one_line(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

/// The text between quotes, as a string of TOML on one line.
pub fn toml_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(letter)));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{counted, one_line, toml_string};

    #[test]
    fn one_is_singular() {
        let people = |number| counted(number, "person", "people");
        assert_eq!(
            [people(0), people(1), people(2)],
            ["0 people", "1 person", "2 people"]
        );
    }

    #[test]
    fn a_string_of_toml_is_read_as_it_was() {
        let text = "a \"b\" \\ c\n\t\u{7f}{{é}}";
        let file = format!("text = {}", toml_string(text));
        let table: toml::Table = file.parse().unwrap();
        assert_eq!(table["text"].as_str(), Some(text));
        assert_eq!(one_line("a\r\nb"), "a  b");
    }
}
