//! The body of a file cut into passages, line by line, before anyone parses its Markdown.
//!
//! The rule it guards: a line of a private passage is for nobody, and no type that gives back its text holds it. A fence that stands
//! where none may stand, or is not closed, is an error.

use std::ops::Range;

use crate::content::text::code;
use crate::content::text::fence::{Fence, Reach, closes_code, opens_code, remark};
use crate::content::text::slipped::is_front_matter;
use crate::content::toml::front_matter::lines_of;
use crate::content::toml::keys::Keys;
use crate::diagnostic::{Diagnostic, Source};

/// A run of lines with one audience.
#[derive(Debug)]
pub(in crate::content) struct Passage {
    /// For whom.
    pub(in crate::content) reach: Reach,
    /// The bytes of its lines in the file, fences apart.
    pub(in crate::content) lines: Range<usize>,
}

/// The body of a file, cut.
#[derive(Debug)]
pub(in crate::content) struct Cutting {
    /// Its passages in their order.
    pub(in crate::content) passages: Vec<Passage>,
    /// The pieces of code, each with its fences: bytes of the file.
    pub(in crate::content) code: Vec<Range<usize>>,
}

/// An open fence: a passage with what it stands in, or a piece of code.
enum Open {
    Passage {
        line: Range<usize>,
        outer: Reach,
    },
    /// A line that looks like a fence but is none, and what stands below it.
    Nearly {
        outer: Reach,
    },
    Code {
        mark: char,
        width: usize,
        line: Range<usize>,
        /// Whether it stands in a private passage.
        is_hidden: bool,
    },
}

/// Cuts the bytes `body` of a file into passages, below front matter that has the keys `front_matter`. Private ones are returned too, so that they can be withheld from messages; what
/// stands below a fence that is none counts as private, since that is what it may have been meant to be.
pub(in crate::content) fn split(
    source: &Source,
    body: Range<usize>,
    front_matter: &[Keys],
    problems: &mut Vec<Diagnostic>,
) -> Cutting {
    let mut cut = Cut {
        source,
        front_matter,
        passages: Vec::new(),
        reach: Reach::Common,
        start: body.start,
        open: Vec::new(),
        code: Vec::new(),
        marks: Vec::new(),
        problems,
    };
    for line in lines_of(source.text(), body.clone()) {
        cut.read(line);
    }
    cut.at(&(body.end..body.end), Reach::Common);
    let unclear = cut.unclear_code(&body);
    let is_clear = unclear.is_none();
    let Cut {
        passages,
        open,
        code,
        problems,
        ..
    } = cut;
    problems.extend(unclear);
    let open = open
        .into_iter()
        .filter(|open| is_clear || !matches!(open, Open::Code { .. }));
    problems.extend(open.filter_map(|open| unclosed(source, open)));
    Cutting { passages, code }
}

/// The passages so far, and the one that is being read.
struct Cut<'a> {
    source: &'a Source,
    /// The keys of every kind of front matter.
    front_matter: &'a [Keys],
    passages: Vec<Passage>,
    /// For whom the line is that is read next.
    reach: Reach,
    /// Where the passage begins that is being read: behind its fence.
    start: usize,
    /// The fences that are open, the innermost last. Inside code nothing else opens.
    open: Vec<Open>,
    /// The pieces of code, from their first fence to their last.
    code: Vec<Range<usize>>,
    /// The fences of passages outside code.
    marks: Vec<Range<usize>>,
    problems: &'a mut Vec<Diagnostic>,
}

impl Cut<'_> {
    /// Reads the next line, from top to bottom.
    fn read(&mut self, line: Range<usize>) {
        let words = self.source.text()[line.clone()].trim_end();
        if let Some(Open::Code { .. }) = self.open.last() {
            self.read_in_code(words, line);
            return;
        }
        if let Some((mark, width)) = opens_code(words) {
            let is_hidden = self.reach == Reach::Private;
            self.open.push(Open::Code {
                mark,
                width,
                line,
                is_hidden,
            });
            return;
        }
        let fence = Fence::of(words, line.start);
        if !matches!(fence, Fence::None) {
            self.marks.push(line.clone());
        }
        match fence {
            Fence::None => self.look_at_text(words, line),
            Fence::Close => self.close(&line),
            Fence::Open(next) => {
                if matches!(self.open.last(), Some(Open::Passage { .. })) {
                    let problem = Diagnostic::error("a passage cannot stand inside another");
                    let hint = "close the passage above with a line of `:::` first";
                    self.tell(problem.with_hint(hint), line.clone());
                }
                let outer = self.at(&line, next);
                self.open.push(Open::Passage { line, outer });
            }
            Fence::Nearly(nearly) => {
                let nearly = match self.reach {
                    Reach::Private => nearly.unquoted(),
                    Reach::Common | Reach::Only(_) => nearly,
                };
                self.problems.push(nearly.diagnostic(self.source, &line));
                if nearly.closes && !self.open.is_empty() {
                    self.close(&line);
                } else {
                    let outer = self.at(&line, Reach::Private);
                    self.open.push(Open::Nearly { outer });
                }
            }
        }
    }

    /// Reads a line inside a piece of code.
    fn read_in_code(&mut self, words: &str, line: Range<usize>) {
        let Some(Open::Code {
            mark,
            width,
            line: begin,
            ..
        }) = self.open.last()
        else {
            return;
        };
        let begin = begin.start;
        if closes_code(words, *mark, *width) {
            self.open.pop();
            self.code.push(begin..line.end);
        } else if self.reach != Reach::Private
            && !matches!(Fence::of(words, line.start), Fence::None)
        {
            // Code that is indented ends with the list that it stands in, and what another reader sees above may be one.
            let is_indented = self.source.text()[begin..].starts_with(' ');
            let message = "`:::` inside a fence of code is shown as it is written";
            let problem = match is_indented {
                true => code::unclear(),
                false => Diagnostic::warning(message),
            };
            self.tell(problem, line);
        }
    }

    /// Looks for settings in a line that somebody will read.
    fn look_at_text(&mut self, words: &str, line: Range<usize>) {
        if self.reach == Reach::Private || !is_front_matter(words, self.front_matter) {
            return;
        }
        let message = "this line belongs to the front matter, and stands below it";
        let hint = "put it above the second `+++`; what stands below is text for readers";
        let problem = Diagnostic::error(message).with_hint(hint);
        self.problems.push(at(problem, self.source, line, true));
    }

    /// The problem with code that a parser of Markdown sees elsewhere.
    fn unclear_code(&self, body: &Range<usize>) -> Option<Diagnostic> {
        let in_body = |lines: &Range<usize>| lines.start - body.start..lines.end - body.start;
        let is_open = self.open.iter().filter_map(|open| match open {
            Open::Code { line, .. } => Some(line.start..body.end),
            Open::Passage { .. } | Open::Nearly { .. } => None,
        });
        let cut: Vec<Range<usize>> = self.code.iter().cloned().chain(is_open).collect();
        let cut: Vec<Range<usize>> = cut.iter().map(in_body).collect();
        let marks: Vec<Range<usize>> = self.marks.iter().map(in_body).collect();
        let text = &self.source.text()[body.clone()];
        let place = body.start + code::disagreement(text, &cut, &code::parsed(text), &marks)?;
        let mut passages = self.passages.iter();
        let passage = passages.find(|passage| passage.lines.contains(&place));
        // A fence is in no passage, and holds nothing of what it hides.
        let is_hidden = passage.is_none_or(|passage| passage.reach == Reach::Private);
        let end = text[place - body.start..]
            .find('\n')
            .map_or(body.end, |end| place + end);
        Some(at(code::unclear(), self.source, place..end, is_hidden))
    }

    /// Closes the innermost passage at the fence `line`.
    fn close(&mut self, line: &Range<usize>) {
        let outer = match self.open.pop() {
            Some(Open::Passage { outer, .. } | Open::Nearly { outer }) => outer,
            Some(Open::Code { .. }) | None => {
                let message = "`:::` closes a passage that was never opened";
                self.tell(Diagnostic::error(message), line.clone());
                Reach::Common
            }
        };
        self.at(line, outer);
    }

    /// Ends the passage that is being read before the fence `line`, begins another after it, and returns the reach that ended.
    fn at(&mut self, line: &Range<usize>, next: Reach) -> Reach {
        let ended = std::mem::replace(&mut self.reach, next);
        self.passages.push(Passage {
            reach: ended.clone(),
            lines: self.start..line.start,
        });
        self.start = line.end;
        ended
    }

    /// Tells a problem with a line, which is not quoted where it is for nobody.
    fn tell(&mut self, problem: Diagnostic, line: Range<usize>) {
        let is_hidden = self.reach == Reach::Private;
        self.problems
            .push(at(problem, self.source, line, is_hidden));
    }
}

/// Places a problem at a line, whose words are withheld if they are for nobody.
fn at(problem: Diagnostic, source: &Source, line: Range<usize>, is_hidden: bool) -> Diagnostic {
    let secret = is_hidden.then(|| line.clone());
    problem.at(&source.clone().withholding(secret), line)
}

fn unclosed(source: &Source, open: Open) -> Option<Diagnostic> {
    Some(match open {
        // It has been told already.
        Open::Nearly { .. } => return None,
        Open::Passage { line, outer } => {
            let problem = Diagnostic::error("this passage is not closed");
            let words = source.text()[line.clone()].trim_end();
            let remark = match Fence::of(words, line.start) {
                Fence::Open(Reach::Only(names)) => remark(&names),
                _ => None,
            };
            let source = &source.clone().withholding(remark);
            at(problem, source, line, outer == Reach::Private)
                .with_hint("end it with a line of `:::`")
        }
        Open::Code {
            mark,
            width,
            line,
            is_hidden,
        } => {
            let problem = Diagnostic::error("this fence of code is not closed");
            let end = mark.to_string().repeat(width);
            at(problem, source, line, is_hidden).with_hint(format!("end it with a line of `{end}`"))
        }
    })
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde::Deserialize;

    use super::{Reach, split};
    use crate::content::toml::keys::Keys;
    use crate::diagnostic::Source;

    /// Front matter as a review has it.
    #[derive(Deserialize, JsonSchema)]
    #[expect(dead_code, reason = "only its keys are looked at")]
    struct Settings {
        title: String,
        continues: Vec<String>,
        share: Share,
        action: Vec<Action>,
    }

    /// A table of it.
    #[derive(Deserialize, JsonSchema)]
    #[expect(dead_code, reason = "only its keys are looked at")]
    struct Share {
        goals: Vec<String>,
    }

    /// Another, of which there may be many.
    #[derive(Deserialize, JsonSchema)]
    #[expect(dead_code, reason = "only its keys are looked at")]
    struct Action {
        text: String,
        due: String,
    }

    fn check(text: &str) -> Result<Vec<(Reach, String)>, Vec<String>> {
        let source = Source::of("x.md", text);
        let mut problems = Vec::new();
        let body = 0..text.len();
        let keys = [Keys::of::<Settings>()];
        let passages = split(&source, body, &keys, &mut problems).passages;
        if problems.iter().any(crate::diagnostic::Diagnostic::is_error) {
            return Err(problems
                .iter()
                .map(|problem| problem.message().to_owned())
                .collect());
        }
        Ok(passages
            .into_iter()
            .map(|passage| (passage.reach, text[passage.lines].to_owned()))
            .collect())
    }

    #[test]
    fn passages_are_cut_line_by_line() {
        let found = check("a\n::: private\nb\n:::\nc\n::: only hr, tom\nd\n:::\n").unwrap();
        let shape: Vec<(bool, &str)> = found
            .iter()
            .map(|(reach, text)| (*reach == Reach::Private, text.as_str()))
            .collect();
        assert_eq!(
            shape,
            [
                (false, "a\n"),
                (true, "b\n"),
                (false, "c\n"),
                (false, "d\n"),
                (false, "")
            ]
        );
        let Reach::Only(words) = &found[3].0 else {
            panic!("an `only` passage")
        };
        assert_eq!(
            words
                .iter()
                .map(|(word, _)| word.as_str())
                .collect::<Vec<_>>(),
            ["hr", "tom"]
        );
    }

    #[test]
    fn code_keeps_its_meaning() {
        let found = check("```\n::: private\n```\nx\n").unwrap();
        assert_eq!(found.len(), 1);
    }

    /// Lines that are meant to hide something, and do not.
    const SLIPS: &[&str] = &[
        ":::private",
        "::: Private",
        "::: privat",
        "::: prvate",
        ":::: private",
        ":: private",
        ": private",
        " ::: private",
        "\t::: private",
        "> ::: private",
        "- ::: private",
        "::: only",
        "::: Only tom",
        ":::only tom",
        "::: onyl tom",
        "：：： private",
        "::: private x",
        "; private",
        ";;; private",
        "!!! private",
        "[private]",
        "> [!PRIVATE]",
        "```private",
        "~~~ private",
        "``` privat",
        "{% private %}",
        "@private",
        "@only tom",
        "[only tom]",
        "@only: tom",
        "[only: tom]",
        "{only: tom}",
        "$$$ private",
        "^^^ only tom",
        "??? private",
        "::",
        "::::",
        ": ::",
        ":::\u{a0}private",
        "::: secret",
        "::: confidential",
        ":everyone:: private",
        ":x:: only tom",
        "&#x6a;:: private",
        "next ::: only tom",
        "it ends here :::",
        "x::Private",
        "a：： only tom",
        "… private",
        "；；； private",
        "；；； only tom",
        "・・・ private",
        "——— private",
        "ЖЖЖ private",
        "666 private",
        "§§§ Privat",
        "\"\"\" private",
        "&#58;&#58;: private",
        "&colon;&colon;&colon; private",
        "private",
        "Private:",
        "+++",
        "share = { goals = [] }",
        "share: manager",
        "  supporters = [\"tom\"]",
        "[[action]]",
        "[share]",
        "text = \"Write it down\"",
        "Share = [\"tom\"]",
        "\"share\" = []",
        "share.goals = []",
        "[[action]] # to do",
        "continues = [",
        "due=2026-05-01",
        "audience: tom",
        "private: true",
        "private = true",
    ];

    #[test]
    fn whatever_is_nearly_a_fence_is_refused() {
        for line in SLIPS {
            // With one more end than beginnings, any text is refused; between these two fences only the line itself can be why.
            let text = format!("a\n::: only hr\nb\n\n{line}\nhidden\n:::\n");
            assert!(check(&text).is_err(), "{line:?}");
        }
    }

    #[test]
    fn plain_sentences_are_no_fences() {
        for line in [
            "Private matters stay private.",
            "- private offices",
            "# Private time",
            "only a note: this",
            "> only once",
            "[only here](https://example.org)",
            "I wrote `<!-- x` and meant it",
            "A whole one is refused as HTML: <!-- x -->",
            "title: what I do",
            "Share: what I do",
            "share.html was sent",
            "Private: what stays in the room",
            "x = 3 stays a formula",
            "Goal => action",
            "done == done",
            "Progress\n=======",
            "[next](https://example.org)",
            "[share](https://example.org)",
            "1. private matters",
            "… and only then",
            "My private notes",
            "Only you",
            "(only on Tuesdays)",
            "? only then",
            "**Only** then",
            "time: 10",
            "*private*ly",
            ":smile: private matters",
            "at 10:30: only the two of us",
            "the call was `list::sort`, then 10:45",
        ] {
            let text = format!("{line}\n");
            assert_eq!(
                check(&text),
                Ok(vec![(Reach::Common, text.clone())]),
                "{line:?}"
            );
        }
    }

    #[test]
    fn nothing_of_a_private_passage_is_quoted() {
        for inside in [
            "```\n::: quitting\n```",
            "~~~ quitting",
            "```quitting\nx",
            ":: quitting",
            "::: quitting",
            "::: only quitting",
            " ::: quitting",
            "@private quitting",
            "quitting :::",
        ] {
            let text = format!("a\n::: private\n{inside}\n:::\n");
            let mut problems = Vec::new();
            let source = Source::of("x.md", &text);
            split(&source, 0..text.len(), &[], &mut problems);
            let told: String = problems.iter().map(ToString::to_string).collect();
            assert!(!told.contains("quitting"), "{inside:?}: {told}");
        }
    }

    #[test]
    fn passages_close_and_do_not_nest() {
        for (text, message) in [
            ("::: private\nx\n", "this passage is not closed"),
            ("x\n:::\n", "`:::` closes a passage that was never opened"),
            (
                "::: only hr\n::: private\n:::\n:::\n",
                "a passage cannot stand inside another",
            ),
            ("```\nx\n", "this fence of code is not closed"),
            ("::: private\n```\n:::\n", "this passage is not closed"),
        ] {
            let told = check(text).unwrap_err();
            assert_eq!(told.first().map(String::as_str), Some(message), "{text:?}");
        }
    }
}
