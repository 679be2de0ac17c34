//! Passages and code: what one reader of a text takes for code is code to every other.

use proptest::collection::vec;
use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::markdown::Visible;
use super::passages::{Cutting, split};
use crate::content::text::fence::Reach;
use crate::content::text::hiding::HIDES_NOTHING;
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

/// Habits of other programs, with `SECRET` for what they hide there.
const ELSEWHERE: &[&str] = &[
    "> [!secret]\n> SECRET",
    "> [!secret]- Title\n> SECRET",
    ">[!hidden]+ x\n> SECRET",
    "> [!NOTE]- Me\n> SECRET",
    "> [!vertraulich]\n> SECRET",
    "- > [!private|x]\n  > SECRET",
    "[!secret] SECRET",
    "@only(tom) SECRET",
    "Well, @only(tom){SECRET} done",
    "@private SECRET",
    "@hidden\nSECRET",
    "@comment{SECRET}",
    "@if(false) SECRET @endif",
    "```{only} html\nSECRET\n```",
    "```{only}\nSECRET\n```",
    "~~~ {.private}\nSECRET\n~~~",
    "```{r, include=FALSE}\nSECRET\n```",
    "``` {=comment}\nSECRET\n```",
    "```comment\nSECRET\n```",
    "```ad-secret\nSECRET\n```",
    "````{admonition} Only me\nSECRET\n````",
    "> ```{only}\n> SECRET\n> ```",
    "!!! private\n    SECRET",
    "!!! secret\n    SECRET",
    "!!! note \"Private\"\n    SECRET",
    "??? hidden\n    SECRET",
    "???+ private \"x\"\n    SECRET",
    "{% comment %}SECRET{% endcomment %}",
    "a {%- comment -%} SECRET {%- endcomment -%} b",
    "{% if false %}\n\nSECRET\n\n{% endif %}",
    "- {% private %} SECRET",
    "{# SECRET #}",
    "x {#SECRET words#} y",
    "{* SECRET *}",
    "{/* SECRET */}",
    "{{/* SECRET */}}",
    "{{!-- SECRET --}}",
    "{{! SECRET }}",
    "{{-- SECRET --}}",
    "{{< private >}}SECRET{{< /private >}}",
    "{{% comment %}} SECRET {{% /comment %}}",
    "{{#if false}}SECRET{{/if}}",
    "{{hidden|SECRET}}",
    "<%# SECRET %>",
    "<%-- SECRET --%>",
    "<#-- SECRET -->",
    "@* SECRET *@",
    "#+BEGIN_COMMENT\nSECRET\n#+END_COMMENT",
    "#+begin_private\nSECRET\n#+end_private",
    "#+COMMENT: SECRET",
    "\\begin{comment}\nSECRET\n\\end{comment}",
    "\\iffalse SECRET \\fi",
    "\\hidden{SECRET}",
    "\\comment{SECRET}",
    "% SECRET",
    "||SECRET||",
    "He said ||SECRET words|| today",
    "|| SECRET ||",
    "||SECRET\nmore||",
    "| a | b |\n|---|---|\n| Tom ||SECRET|| | x |",
    ">!SECRET!<",
    "well >!SECRET words!< so",
    ">! SECRET",
    "> >! SECRET",
    "[SECRET]{.private}",
    "He [SECRET words]{.hidden} today",
    "[SECRET](https://example.org){.private}",
    "# SECRET {.private}",
    "SECRET\n{: .private}",
    "{::comment}\nSECRET\n{:/comment}",
    "[spoiler]SECRET[/spoiler]",
    "[hide=x]SECRET[/hide]",
    "[private: SECRET]",
    "so [confidential: SECRET] so",
    "[]: # (SECRET)",
    "[//]: # (SECRET)",
    "[comment]: # (SECRET)",
    "[comment]: <> (SECRET)",
    "[_]: # SECRET words",
    "[hidden]: SECRET words here",
    "- [x]: # (SECRET)",
    "{only: tom} SECRET",
    "{private}SECRET{private}",
    "{hide:x}SECRET{hide}",
    "{only}`SECRET`",
    "<!-- SECRET -->",
    "Good talk. <!-- SECRET",
    "- item <!-- SECRET",
    "\u{2039}!\u{2014} SECRET \u{2014}>",
    "\u{ff1c}!-- SECRET --\u{ff1e}",
    "a <! -- SECRET -->",
    "<!-- SECRET\n\nSECRET -->",
    "%% SECRET %%",
    "x %%SECRET%% y",
    "\u{ff05}\u{ff05} SECRET \u{ff05}\u{ff05}",
    "\u{ff5c}\u{ff5c}SECRET\u{ff5c}\u{ff5c}",
    "{>> SECRET <<}",
    "{--SECRET--}",
    "{~~SECRET~>said~~}",
    "// SECRET",
    "////\nSECRET\n////",
    "/* SECRET */",
    "//- SECRET",
    "-# SECRET",
    ";; SECRET",
    "=begin\nSECRET\n=end",
    "=pod\n\nSECRET\n\n=cut",
    "#if 0\nSECRET\n#endif",
    "--[[ SECRET ]]",
    "{- SECRET -}",
    ".. comment SECRET",
    ".. only:: html\n\n   SECRET",
    ".. SECRET",
    "..\n   SECRET",
    "- .. SECRET",
    "Para.\n{:SECRET}",
    "{:SECRET words}\nPara.",
    "*[HTML]: SECRET",
    "- *[x y]: SECRET words",
    "$\\phantom{SECRET}$",
    "$$\\hphantom{SECRET}$$",
    "so $\\vphantom{SECRET words}$ so",
    "ifdef::internal[]\nSECRET\nendif::[]",
    "[.private]\nSECRET",
    "SECRET #private",
    "#vertraulich SECRET",
];

#[test]
fn what_other_programs_hide_is_refused_and_not_quoted() {
    let mut wrong = Vec::new();
    for text in ELSEWHERE {
        let text = text.replace("SECRET", "quitting");
        let inside = format!("Before.\n\n{text}\n\nAfter.\n");
        for text in [text, inside] {
            let told = common(&text).map_err(|told| told.concat());
            let is_good = told.as_ref().is_err_and(|told| {
                (told.contains(HIDES_NOTHING) || told.contains("`::`"))
                    && !told.contains("quitting")
            });
            if !is_good {
                wrong.push(format!("{text:?}: {told:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What people write to each other, in the languages of a page.
const PROSE: &[&str] = &[
    "We agreed: she opens each meeting with the decision (see the table), and stops after 45 minutes.\n\n| When | Who | Result |\n|---|---|---|\n| Monday || done |\n|| Ada | x |\n| a ||| b |\n|a||b||c|\n",
    "> She said: \"Only if we all agree.\" Private matters stay private!\n>\n> - Tom\n\nSee [the guide][guide] and [this](https://example.org/a/*b).\n\n[guide]: https://example.org/guide#only \"A title\"\n[next]: <https://example.org>\n",
    "Is it true or not || maybe? 50% of us; 100%% sure. It costs $5 {sic} [sic] [...] and/or #3, #goals, C:\\private\\x, a@private.example, me@example.org.",
    "!!! Important: be on time !!!\n\n! Achtung\n\n> ! Important\n\n[!] Watch out. [?] Unsure. (*starred*) {*} :-{ ;-) <3 >:( (: :)\n",
    "# Private time\n\n## Secret of success\n\n-- Anna\n\n--- \n\n1. private matters\n2. only then\n\n- [ ] internal talk\n- [x] comment on it\n\n* hidden strengths\n",
    "```\n{% comment %} ||x|| >!y!< [a]{.b}\n```\n\nWrite `{% x %}`, `||x||` and `[x]{.private}` as code.\n\n    #+BEGIN_COMMENT\n\n``` toml\na = 1\n```\n",
    "Im Team: „Nur wenn alle zustimmen“ – vertraulich bleibt vertraulich. 50\n% der Zeit; intern/extern, z. B. #2, Ziel -> Ergebnis, A/B. {Name}\n\n!!! Wichtig !!!\n\n- Kommentar: gut\n- nur dienstags\n",
    "Elle a dit : « Seulement si tout le monde est d’accord ! » Privé ou public ? 50\n% du temps ; l’équipe interne (et externe) : c’est noté.\n\n> Un commentaire : « Bravo ! »\n",
    "¡Solo si todos están de acuerdo! ¿Privado o público? El 50 % del tiempo; comentario interno: bien.\n\n> ¡Hola!\n\n| Qué | Quién |\n|---|---|\n| Reunión || \n",
    "Só se todos concordarem! Privado ou público? 50% do tempo; comentário interno: bom. Olá @ana, obrigado.\n\n- apenas às terças\n",
    "فقط إذا وافق الجميع! خاص أم عام؟ ٥٠٪ من الوقت؛ تعليق داخلي: جيد.\n\n> مرحبا!\n\n- (خاص) بالفريق\n",
    "全員が賛成した場合のみ！非公開か公開か？　５０％の時間、コメント：良い。\n\n＞ こんにちは！\n\n《秘密》という本、〈内部〉と【限定】、［注］、｛例｝、Ａ｜Ｂ。\n\n- 限定的に話す\n",
    "Good <3 and 3 < 4, a <- b, x -> y, 5 > 4! Done. \\o/ Fine // or not, http://example.org//x and so on.\n",
    "Note to Tom @ 10:30; call @tom or @anna. @tom: please lead. (private conversation) *private*ly, _secretly_, \"hidden\".\n",
];

#[test]
fn a_link_with_a_text_that_nobody_sees_is_refused_and_not_quoted() {
    for text in [
        "[](https://example.org/SECRET)",
        "a [ ](https://example.org/SECRET) b",
        "[\u{200b}](https://example.org/SECRET)",
        "[\u{3164}\u{2800}](mailto:SECRET@example.org)",
        "[**\u{2060}**](https://example.org/SECRET)",
        "- [&#8203;](https://example.org/SECRET)",
        "[][x]\n\n[x]: https://example.org/SECRET",
    ] {
        let told = common(text);
        let told = told.expect_err(text).concat();
        assert!(
            told.contains("no text that anyone sees"),
            "{text:?}: {told}"
        );
        assert!(!told.contains("SECRET"), "{text:?}: {told}");
    }
    for text in [
        "[x](https://example.org)",
        "[`x`](https://example.org)",
        "[\u{2764}\u{fe0f}](https://example.org)",
        "[![room](files/room.png)](https://example.org)",
        "<https://example.org>",
        "<a@example.org>",
    ] {
        assert!(common(text).is_ok(), "{text:?} is {:?}", common(text));
    }
}

#[test]
fn ordinary_prose_is_shown() {
    let mut wrong = Vec::new();
    for text in PROSE {
        let inside = format!("Before.\n\n{text}\n\nAfter.\n");
        for text in [(*text).to_owned(), inside] {
            if let Err(told) = common(&text) {
                wrong.push(format!("{text:?}: {}", told.concat()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
