//! The wide export of a web form, one row a rater and one column a question, to a round.
//!
//! The rule it guards: free text is dropped here. A message names columns and rows, never what someone wrote, and an answer that
//! could belong to two people or two goals is an error.

mod answers;
mod cell;
mod columns;
mod csv;
mod decode;
mod earlier;
mod export;
mod groups;
mod header_words;
mod headers;
mod people;
mod question;
mod rater;
mod since;
mod summary;
mod table;
mod wishes;
mod workbook;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::scaffold::form::answers::{Answers, Form};
use crate::scaffold::form::cell::ScoreWords;
use crate::scaffold::form::columns::Columns;
use crate::scaffold::form::earlier::same_as_earlier;
use crate::scaffold::form::export::Export;
use crate::scaffold::form::since::Since;
use crate::scaffold::form::summary::summary;
use crate::scaffold::new_files::NewFiles;
use crate::scaffold::round::{ANONYMOUS_HEADER, HEADER, with_rows};
use crate::scaffold::survey::Survey;

pub use crate::scaffold::form::wishes::{DateOrder, Wishes};

/// An export to read.
pub struct Import<'a> {
    /// The engagement's folder.
    pub folder: &'a str,
    /// The day on which the round closes.
    pub day: Date,
    /// The export's path, as problems show it.
    pub file: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
    /// What the coach says about it.
    pub wishes: &'a Wishes,
}

/// No export of a form is longer than this.
pub const LONGEST: usize = 32 << 20;

/// Turns an export into a round.
pub fn round(import: &Import<'_>, survey: &Survey) -> Result<NewFiles, Vec<Diagnostic>> {
    let mut export = export(import).map_err(|problem| vec![problem])?;
    let since = Since::apply(&mut export, import.wishes)?;
    let words = ScoreWords::of(survey, &export);
    let columns = Columns::of(&export, import.wishes, survey, &words)?;
    let form = Form {
        export,
        columns,
        words,
        survey,
        wishes: import.wishes,
    };
    let mut problems = Vec::new();
    let mut answers: Vec<Answers<'_>> = Vec::new();
    for row in 0..form.export.rows.len() {
        answers.extend(form.read_row(row, &mut problems));
    }
    problems.extend(twice(&form.export, &answers));
    if answers.is_empty() && problems.is_empty() {
        let problem = form.export.problem("this form holds no answer");
        problems.push(problem.with_hint("export it with its answers, one row each"));
    }
    problems.extend(same_as_earlier(&form, &answers));
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut new_files = with_rows(import.folder, import.day, rows(&answers), survey);
    new_files.next = summary(&form, &answers, since.as_ref());
    Ok(new_files)
}

/// The table of a workbook, or of text, with its headers.
fn export<'a>(import: &Import<'a>) -> Result<Export<'a>, Diagnostic> {
    let refused = |message: &str, hint: &str| {
        Err(Diagnostic::error(message)
            .in_file(import.file)
            .with_hint(hint))
    };
    if import.bytes.len() > LONGEST {
        return refused(
            "this form is longer than 32 MB",
            "export its answers alone, without pictures and documents",
        );
    }
    let sheet = import.wishes.sheet.as_deref();
    let table = if workbook::is_packed(import.bytes) {
        workbook::table(import.file, import.bytes, sheet)?
    } else if sheet.is_some() {
        return refused(
            "this form is no workbook and has no sheets",
            "leave `--sheet` out",
        );
    } else {
        csv::table(import.file, &decode::decode(import.file, import.bytes)?)?
    };
    Export::of(import.file, table)
}

/// Whoever sent the form twice.
fn twice(export: &Export<'_>, answers: &[Answers<'_>]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut problems = Vec::new();
    for answer in answers {
        let Some(person) = answer.rater.person() else {
            continue;
        };
        if let Some(row) = first.insert(&person.id, answer.row) {
            let message = format!(
                "`{}` answered twice, in row {} and in this one",
                person.id,
                export.number(row)
            );
            problems.push(
                export
                    .row_problem(answer.row, &message)
                    .with_hint(
                        "keep one of the two rows, usually the later one; where the form was used for an earlier round, `--since DATE` \
                         leaves its answers out",
                    ),
            );
        }
    }
    problems
}

/// The rows of the round, by goal and rater: the order in which people answered is not kept.
fn rows(answers: &[Answers<'_>]) -> String {
    let mut rows = Vec::new();
    for answer in answers {
        let followed_up = match answer.followed_up {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        for (question, score) in &answer.scores {
            let rater = answer.rater.word();
            let row = format!("{rater},{},{score},{followed_up}\n", question.goal);
            rows.push((&question.goal, rater, row));
        }
    }
    rows.sort();
    let is_anonymous = answers.iter().any(|answer| answer.rater.person().is_none());
    let header = if is_anonymous {
        ANONYMOUS_HEADER
    } else {
        HEADER
    };
    let rows = rows.into_iter().map(|(_, _, row)| row);
    std::iter::once(header.to_owned()).chain(rows).collect()
}

#[cfg(test)]
mod tests;
