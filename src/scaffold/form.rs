//! The wide export of a web form, one row a rater and one column a question, to a round.
//!
//! The rule it guards: free text is dropped here. A message names columns and rows, never what someone wrote, and an answer that
//! could belong to two people or two goals is an error.

mod cell;
mod columns;
mod export;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::scaffold::form::cell::{score, yes_or_no};
use crate::scaffold::form::columns::Columns;
use crate::scaffold::form::export::Export;
use crate::scaffold::new_files::NewFiles;
use crate::scaffold::round::{HEADER, with_rows};
use crate::scaffold::survey::{Question, Respondent, Survey};
use crate::text::counted;

/// The answers of one row.
struct Answers<'a> {
    rater: &'a Respondent,
    row: usize,
    scores: Vec<(&'a Question, i32)>,
    followed_up: Option<bool>,
}

/// An export, and the survey that its columns and answers belong to.
struct Form<'a> {
    export: Export<'a>,
    columns: Columns<'a>,
    survey: &'a Survey,
}

/// Turns `text`, the export in `file`, into the round that closes on `day`.
pub fn round(
    folder: &str,
    day: Date,
    (file, text): (&str, &str),
    survey: &Survey,
) -> Result<NewFiles, Vec<Diagnostic>> {
    let export = Export::parse(file, text).map_err(|problem| vec![problem])?;
    let columns = Columns::of(&export, survey)?;
    let form = Form {
        export,
        columns,
        survey,
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
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut new_files = with_rows(folder, day, csv(&answers), survey);
    new_files.next = form.summary(&answers);
    Ok(new_files)
}

impl<'a> Form<'a> {
    /// Reads the answers of a row; none where it holds no score or its rater is not known.
    fn read_row(&self, row: usize, problems: &mut Vec<Diagnostic>) -> Option<Answers<'a>> {
        let Self {
            export,
            columns,
            survey,
        } = self;
        let mut scores = Vec::new();
        for (column, question) in &columns.questions {
            let cell = export.cell(row, *column);
            if cell.is_empty() {
                continue;
            }
            match score(cell) {
                Some(score) if (survey.scale.0..=survey.scale.1).contains(&score) => {
                    scores.push((*question, score));
                }
                Some(_) => {
                    let (from, to) = survey.scale;
                    let problem = export.cell_problem(row, *column, "an answer is off the scale");
                    problems.push(problem.with_hint(format!("the scale goes from {from} to {to}")));
                }
                None => {
                    let message = "an answer does not begin with a number";
                    let hint =
                        "let the form offer the scale as numbers, such as `+1` or `2 – noticeable`";
                    problems.push(export.cell_problem(row, *column, message).with_hint(hint));
                }
            }
        }
        if scores.is_empty() {
            return None;
        }
        let rater = columns
            .rater(export, row, survey)
            .map_err(|problem| problems.push(problem))
            .ok()?;
        if rater.never_rates {
            let problem = export.row_problem(row, "the coach does not rate");
            problems.push(problem.with_hint("take the row out of the export"));
            return None;
        }
        scores.retain(|(question, _)| may_rate(rater, question));
        let followed_up = columns
            .followed_up
            .and_then(|column| yes_or_no(export.cell(row, column)));
        Some(Answers {
            rater,
            row,
            scores,
            followed_up,
        })
    }

    /// What was read and what was not, a line each.
    fn summary(&self, answers: &[Answers<'_>]) -> Vec<String> {
        let mut lines = Vec::new();
        for (column, question) in &self.columns.questions {
            lines.push(format!(
                "`{}` is answered by {} in column {}",
                question.goal,
                rated(answers, question),
                Export::letter(*column)
            ));
        }
        for question in &self.survey.questions {
            let mut asked = self.columns.questions.iter();
            if !asked.any(|(_, known)| known.goal == question.goal) {
                lines.push(format!("no column asks about `{}`", question.goal));
            }
        }
        let left_out: Vec<String> = self
            .columns
            .left_out(&self.export)
            .into_iter()
            .map(Export::letter)
            .collect();
        if !left_out.is_empty() {
            lines.push(format!(
                "not read, free text among it: columns {}",
                left_out.join(", ")
            ));
        }
        lines.push("delete the export once the round is in: it holds what people wrote".to_owned());
        lines
    }
}

/// Whether the goal asks this person at all.
fn may_rate(rater: &Respondent, question: &Question) -> bool {
    rater.rates_all
        || question
            .raters
            .as_ref()
            .is_none_or(|raters| raters.contains(&rater.id))
}

/// Whoever sent the form twice.
fn twice(export: &Export<'_>, answers: &[Answers<'_>]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut problems = Vec::new();
    for answer in answers {
        if let Some(row) = first.insert(&answer.rater.id, answer.row) {
            let message = format!(
                "`{}` answered twice, in row {} and in this one",
                answer.rater.id,
                Export::line(row)
            );
            problems.push(
                export
                    .row_problem(answer.row, &message)
                    .with_hint("keep one of the two rows, usually the later one"),
            );
        }
    }
    problems
}

/// The rows of the round, by goal and rater: the order in which people answered is not kept.
fn csv(answers: &[Answers<'_>]) -> String {
    let mut rows = Vec::new();
    for answer in answers {
        let followed_up = match answer.followed_up {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        for (question, score) in &answer.scores {
            let row = format!(
                "{},{},{score},{followed_up}\n",
                answer.rater.id, question.goal
            );
            rows.push((&question.goal, &answer.rater.id, row));
        }
    }
    rows.sort();
    let rows = rows.into_iter().map(|(_, _, row)| row);
    std::iter::once(HEADER.to_owned()).chain(rows).collect()
}

/// How many people answered a question.
fn rated(answers: &[Answers<'_>], question: &Question) -> String {
    let scores = answers.iter().flat_map(|answer| &answer.scores);
    let count = scores
        .filter(|(known, _)| known.goal == question.goal)
        .count();
    counted(count, "person", "people")
}

#[cfg(test)]
mod tests;
