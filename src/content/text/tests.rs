//! Passages and code: what one reader of a text takes for code is code to every other.

use proptest::collection::vec;
use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::markdown::Visible;
use super::passages::{Cutting, split};
use crate::content::text::fence::Reach;
use crate::diagnostic::{Diagnostic, Source};
use crate::engagement::prose::markdown_options;

/// What a reader outside every passage gets, or what is said instead.
fn common(text: &str) -> Result<String, Vec<String>> {
    let source = Source::of("x.md", text);
    let mut problems = Vec::new();
    let Cutting { passages, code } = split(&source, 0..text.len(), &[], &mut problems);
    let mut visible = Visible::new(&source, &code);
    let mut common = String::new();
    for passage in passages {
        if passage.reach == Reach::Common {
            common.push_str(&text[passage.lines.clone()]);
            visible.push(passage.lines, false);
        }
    }
    visible.check(&mut problems);
    if problems.iter().any(Diagnostic::is_error) {
        return Err(problems.iter().map(ToString::to_string).collect());
    }
    Ok(common)
}

/// The words of a text outside fences of code that no list and no quotation holds, as a page would show them.
fn outside_code(text: &str) -> String {
    let (mut shown, mut depth, mut code) = (String::new(), 0, false);
    for event in Parser::new_ext(text, markdown_options()) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = depth == 0,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Text(words) | Event::Code(words) if !code => {
                shown.push_str(&words);
                shown.push('\n');
            }
            _ => {}
        }
    }
    shown
}

const PIECES: &[&str] = &[
    "```",
    "~~~",
    "````",
    "- ```",
    "> ```",
    "1. ~~~",
    "- x",
    "10. x",
    "> x",
    "  ```",
    "   ```",
    "    ```",
    "     ~~~",
    "\t```",
    "```\u{a0}",
    "```\r~~~",
    "``` x",
    "`",
    "a ` b",
    "``",
    "words",
    "  words",
    "",
    "<div>",
    "[a]: https://example.org \"",
    "::: private",
    "secret",
    ":::",
    "::: only hr",
    "::: private\nsecret\n:::",
    "\n::: private\nsecret\n:::\n",
    "- ```\n  x\n  ```",
    "```\nx\n```",
];

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 4000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_well_written_private_passage_is_never_text_to_a_reader(
        pieces in vec(prop::sample::select(PIECES), 1..12)
    ) {
        let text = pieces.join("\n") + "\n";
        if let Ok(shown) = common(&text) {
            prop_assert!(!outside_code(&shown).contains(":::"), "{text:?} shows {shown:?}");
            // What stands below `::: private` outside code, as any other program sees the file, is in nobody's text.
            let whole = outside_code(&text);
            if whole.contains("::: private\nsecret") && !whole.replace("::: private\nsecret\n", "").contains("secret") {
                prop_assert!(!outside_code(&shown).contains("secret"), "{text:?} shows {shown:?}");
            }
        }
    }
}

#[test]
fn code_that_is_not_code_to_every_program_is_refused() {
    for text in [
        "- ```\n  x\n  ```\n::: private\nsecret\n:::\n```\n",
        "- ```\n  x\n  ```\n`\n::: private\nsecret\n:::\n`\n```\n",
        "- ```\n  x\n  ```\n\n~~~\n::: private\nsecret\n:::\n~~~\n```\n",
        "> ```\n> x\n```\n::: private\nsecret\n:::\n> ```\n```\n```\n",
        "1. ~~~\n   x\n   ~~~\n`a\n::: private\nsecret\n:::\nb`\n~~~\n",
        "```\nx\n```\u{a0}\n::: private\nsecret\n:::\n```\nx\n```\n",
        "::: private\n```\nx\n```\u{a0}\n:::\nsecret\n```\nx\n```\n",
        "- x\n::: only hr\ny\n:::\n  ```\na\n`\n::: private\nsecret\n:::\n`\n  ```\n",
        "  ```\n  x\n::: private\nsecret\n:::\n  ```\n",
        "<div>\n```\n</div>\n\n`\n::: private\nsecret\n:::\n`\n```\n",
        "- ```\n  x\n  ```\n",
    ] {
        let told = common(text);
        assert!(told.is_err(), "{text:?} is {told:?}");
        let told = told.unwrap_err().concat();
        assert!(!told.contains("secret"), "{text:?}: {told}");
    }
}

#[test]
fn code_in_its_usual_places_stays() {
    for text in [
        "```\nx\n```\n",
        "a\n~~~ toml\nx\n\n```\n~~~\nb\n",
        "- x\n\n  ```\n  code\n  ```\n\n- y\n",
        "10. x\n\n    ```\n    code\n    ```\n",
        "> ```\n> code\n> ```\n",
        "```\n::: private\n```\n",
        "a ``` b\n",
        "    indented\n",
        "::: private\n> ```\n> x\n:::\nb\n",
        "```\r\nx\r\n```\r\n",
        "one `two` three\n",
    ] {
        assert!(common(text).is_ok(), "{text:?} is {:?}", common(text));
    }
}
