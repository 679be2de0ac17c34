//! Who sees what and why, down to the line that decided, for the terminal and for programs.

use std::io;
use std::io::Write;

use serde::Serialize;

use crate::cli::json::print_json;
use crate::cli::outcome::Outcome;
use crate::cli::session::Session;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::terminal::Tamed;
use crate::pipeline::explaining;
use crate::pipeline::explaining::{Explanation, Written};
use crate::portal::sight::SightReader;
use crate::portal::sight::row::SightItem;

/// Answers who sees what of an engagement, as far as the words ask for it.
pub(super) fn explain(
    session: &Session<'_>,
    (engagement, words): (&str, &[String]),
    json: bool,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let id = match session.workspace.find(engagement) {
        Ok(id) => id,
        Err(problem) => return Ok(Outcome::failed(vec![problem], 2)),
    };
    let explanation = match explaining::explain(session.workspace, &id, session.today) {
        Ok(explanation) => explanation,
        Err(failure) => return Ok(failure.into()),
    };
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let question = match Question::of(&words, &explanation) {
        Ok(question) => question,
        Err(problem) => return Ok(Outcome::failed(vec![problem], 2)),
    };
    if json {
        question.print_as_json(&explanation, stdout)?;
    } else {
        question.print_as_text(&explanation, stdout)?;
    }
    Ok(Outcome::failed(Vec::new(), 0))
}

/// One answer: whether a reader sees a part of an item, and why.
#[derive(Serialize)]
struct Answer<'a> {
    item: &'a str,
    title: &'a str,
    part: &'a str,
    reader: &'a str,
    role: &'a str,
    seen: &'static str,
    rule: String,
    decided: Option<OriginLine>,
    without: Vec<OriginLine>,
}

#[derive(Serialize)]
struct OriginLine {
    file: String,
    line: usize,
    column: usize,
}

impl From<Written> for OriginLine {
    fn from(origin: Written) -> Self {
        Self {
            file: origin.file,
            line: origin.line,
            column: origin.column,
        }
    }
}

/// What is asked: up to two words, of which one may be a reader and one an item.
struct Question<'a> {
    readers: Vec<&'a SightReader>,
    items: Vec<&'a SightItem>,
}

impl<'a> Question<'a> {
    /// Reads the words; a word that is both is the reader, if there is none yet.
    fn of(words: &[&str], explanation: &'a Explanation) -> Result<Self, Diagnostic> {
        let mut reader = None;
        let mut items = Vec::new();
        for word in words {
            let (found_reader, found_items) = (explanation.reader(word), explanation.items(word));
            if reader.is_none() && found_reader.is_some() {
                reader = found_reader;
            } else if !found_items.is_empty() && items.is_empty() {
                items = found_items;
            } else if word.contains("notes") {
                let problem = Diagnostic::error("a note is for nobody, whatever it says");
                return Err(problem.with_hint(
                    "no word of it can be shared; move what is to be read into `updates/`",
                ));
            } else {
                return Err(explanation.unknown(word));
            }
        }
        let all = &explanation.sight;
        Ok(Self {
            readers: reader.map_or_else(|| all.readers.iter().collect(), |reader| vec![reader]),
            items: if items.is_empty() {
                all.items.iter().collect()
            } else {
                items
            },
        })
    }

    fn answers(&self, explanation: &'a Explanation) -> Vec<Answer<'a>> {
        let mut answers = Vec::new();
        for item in &self.items {
            for part in &item.parts {
                for (reader, cell) in explanation.sight.readers.iter().zip(&part.cells) {
                    if !self.readers.iter().any(|asked| asked.id == reader.id) {
                        continue;
                    }
                    let why = explanation.why(reader, item, cell);
                    answers.push(Answer {
                        item: &item.place,
                        title: &item.title,
                        part: part.name,
                        reader: &reader.id,
                        role: reader.role,
                        seen: cell.seen.as_str(),
                        rule: why.rule,
                        decided: why.origin.map(OriginLine::from),
                        without: why.limits.into_iter().map(OriginLine::from).collect(),
                    });
                }
            }
        }
        answers
    }

    /// Prints the answers as JSON.
    fn print_as_json(&self, explanation: &Explanation, stdout: &mut dyn Write) -> io::Result<()> {
        print_json(&self.answers(explanation), stdout)
    }

    /// Prints the answers for people.
    fn print_as_text(&self, explanation: &Explanation, stdout: &mut dyn Write) -> io::Result<()> {
        let stdout = &mut Tamed(stdout);
        let (mut item, mut part) = ("", "");
        let widths = self.readers.iter().map(|reader| reader.id.len());
        let width = widths.max().unwrap_or_default();
        for answer in self.answers(explanation) {
            if item != answer.item {
                let gap = if item.is_empty() { "" } else { "\n" };
                writeln!(stdout, "{gap}{} ({})", answer.title, answer.item)?;
                (item, part) = (answer.item, "");
            }
            if part != answer.part {
                writeln!(stdout, "  {}", answer.part)?;
                part = answer.part;
            }
            writeln!(
                stdout,
                "    {:<width$}  {}: {}{}",
                answer.reader,
                answer.seen,
                answer.rule,
                shown(answer.decided.as_ref())
            )?;
            for origin in &answer.without {
                writeln!(
                    stdout,
                    "    {:<width$}  without the passage{}",
                    "",
                    shown(Some(origin))
                )?;
            }
        }
        for person in &explanation.sight.without {
            if self.readers.len() > 1 {
                let origin = explanation.why_without(person).map(OriginLine::from);
                writeln!(
                    stdout,
                    "{} has no portal: {}{}",
                    person.name,
                    person.reason.as_str(),
                    shown(origin.as_ref())
                )?;
            }
        }
        Ok(())
    }
}

/// `FILE:LINE:COLUMN` on a line of its own; nothing where it is not known.
fn shown(origin: Option<&OriginLine>) -> String {
    origin.map_or_else(String::new, |origin| {
        format!("\n      {}:{}:{}", origin.file, origin.line, origin.column)
    })
}
