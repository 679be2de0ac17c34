//! The wide export of a web form, one row a rater and one column a question, to a round.
//!
//! The rule it guards: free text is dropped here. A message names columns and rows, never what someone wrote, and an answer that
//! could belong to two people or two goals is an error.

mod cell;
mod columns;
mod decode;
mod export;
mod fold;
mod headers;
mod people;
mod question;
mod rater;
mod wishes;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::scaffold::form::cell::{is_no_answer, number, score, yes_or_no};
use crate::scaffold::form::columns::Columns;
use crate::scaffold::form::export::Export;
use crate::scaffold::form::rater::letters;
use crate::scaffold::new_files::NewFiles;
use crate::scaffold::round::{HEADER, with_rows};
use crate::scaffold::survey::{EarlierRound, Question, Respondent, Survey};
use crate::text::counted;

pub use crate::scaffold::form::wishes::Wishes;

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

/// Fewer answers than this may well be the same twice.
const FEWEST_TO_COMPARE: usize = 3;

/// The answers of one row.
struct Answers<'a> {
    rater: &'a Respondent,
    row: usize,
    scores: Vec<(&'a Question, i32)>,
    not_asked: usize,
    followed_up: Option<bool>,
}

/// An export, and the survey that its columns and answers belong to.
struct Form<'a> {
    export: Export<'a>,
    columns: Columns<'a>,
    survey: &'a Survey,
    wishes: &'a Wishes,
}

/// Turns an export into a round.
pub fn round(import: &Import<'_>, survey: &Survey) -> Result<NewFiles, Vec<Diagnostic>> {
    let text = decode::decode(import.file, import.bytes).map_err(|problem| vec![problem])?;
    let export = Export::parse(import.file, &text).map_err(|problem| vec![problem])?;
    let columns = Columns::of(&export, import.wishes, survey)?;
    let form = Form {
        export,
        columns,
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
    problems.extend(form.same_as_earlier(&answers));
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut new_files = with_rows(import.folder, import.day, csv(&answers), survey);
    new_files.next = form.summary(&answers);
    Ok(new_files)
}

impl<'a> Form<'a> {
    /// Reads the answers of a row; none where it holds no score or its rater is not known.
    fn read_row(&self, row: usize, problems: &mut Vec<Diagnostic>) -> Option<Answers<'a>> {
        let (export, columns, survey) = (&self.export, &self.columns, self.survey);
        let mut scores = self.scores(row, problems);
        let followed_up = self.followed_up(row, problems);
        if scores.is_empty() {
            return None;
        }
        let rater = columns
            .raters
            .rater(export, row, survey)
            .map_err(|problem| problems.push(problem))
            .ok()?;
        if rater.never_rates {
            let problem = export.row_problem(row, "the coach does not rate");
            problems.push(problem.with_hint("take the row out of the export"));
            return None;
        }
        let all = scores.len();
        scores.retain(|(question, _)| may_rate(rater, question));
        Some(Answers {
            rater,
            row,
            not_asked: all - scores.len(),
            scores,
            followed_up,
        })
    }

    fn scores(&self, row: usize, problems: &mut Vec<Diagnostic>) -> Vec<(&'a Question, i32)> {
        let (from, to) = self.survey.scale;
        let mut scores = Vec::new();
        for (column, question) in &self.columns.questions {
            let cell = self.export.cell(row, *column);
            match score(cell, self.survey, self.wishes.shift) {
                Ok(None) => {}
                Ok(Some(score)) if (from..=to).contains(&score) => scores.push((*question, score)),
                Ok(Some(_)) => {
                    let message = "an answer is off the scale";
                    let problem = self.export.cell_problem(row, *column, message);
                    let way = self.shift().map_or_else(String::new, |(begin, shift)| {
                        format!(
                            "; if the scale of the form began at {begin}, `--shift={shift}` reads {begin} as {from}"
                        )
                    });
                    problems.push(
                        problem.with_hint(format!("the scale goes from {from} to {to}{way}")),
                    );
                }
                Err(unclear) => {
                    let problem = self.export.cell_problem(row, *column, unclear.message);
                    problems.push(problem.with_hint(unclear.hint));
                }
            }
        }
        scores
    }

    /// Where a scale as long as the engagement's may begin in the form, and what moves it.
    fn shift(&self) -> Option<(i32, i32)> {
        let (from, to) = self.survey.scale;
        let columns = self.columns.questions.iter();
        let cells = columns.flat_map(|(column, _)| self.export.filled(*column));
        let numbers: BTreeSet<i32> = cells
            .filter_map(|cell| Some(number(cell).ok()?.0))
            .collect();
        let (least, most) = (*numbers.first()?, *numbers.last()?);
        let begin = [1, 0, from]
            .into_iter()
            .find(|begin| *begin <= least && most <= begin + (to - from))?;
        (begin != from).then_some((begin, from - begin))
    }

    fn followed_up(&self, row: usize, problems: &mut Vec<Diagnostic>) -> Option<bool> {
        let column = self.columns.followed_up?;
        let cell = self.export.cell(row, column);
        if is_no_answer(cell) {
            return None;
        }
        let answer = match cell {
            "1" => Some(true),
            "0" => Some(false),
            cell => yes_or_no(cell),
        };
        if answer.is_none() {
            let message = "this is neither yes nor no to whether there was a follow-up";
            let problem = self.export.cell_problem(row, column, message);
            let hint = "write `yes`, `no` or nothing; `--follow-up none` reads no column for it, `--follow-up COLUMN` another one";
            problems.push(problem.with_hint(hint));
        }
        answer
    }

    /// An earlier round with every one of these answers and no other, or whose answers all stand here again.
    fn same_as_earlier(&self, answers: &[Answers<'_>]) -> Option<Diagnostic> {
        if self.wishes.same_again {
            return None;
        }
        let these: BTreeSet<(&str, &str, i32)> = answers
            .iter()
            .flat_map(|answers| {
                let rater = answers.rater.id.as_str();
                let scores = answers.scores.iter();
                scores.map(move |(question, score)| (rater, question.goal.as_str(), *score))
            })
            .collect();
        let is_same = |round: &&EarlierRound| {
            let mut answers = round.answers.iter();
            round.answers.len() >= FEWEST_TO_COMPARE
                && answers.all(|(rater, goal, score)| these.contains(&(rater, goal, *score)))
        };
        let round = self.survey.earlier.iter().find(is_same)?;
        let first = answers.first().map_or(0, |answers| answers.row);
        let last = answers.last().map_or(0, |answers| answers.row);
        let message = format!(
            "rows {} to {}: all the answers of the round of {} stand in this form",
            self.export.number(first),
            self.export.number(last),
            round.day
        );
        Some(self.export.problem(&message).with_hint(
            "export the answers of this round alone; `--same-again` takes them if people did answer as before",
        ))
    }

    /// What was taken for what, and what to do next.
    fn summary(&self, answers: &[Answers<'_>]) -> Vec<String> {
        let mut lines = vec![format!("compare what was taken for what: {}", self.taken())];
        for question in &self.survey.questions {
            lines.push(format!(
                "`{}` is answered by {}",
                question.goal,
                rated(answers, question)
            ));
        }
        let silent = self.export.rows.len() - answers.len();
        if silent > 0 {
            lines.push(format!(
                "{} without an answer left out",
                counted(silent, "row", "rows")
            ));
        }
        let not_asked = answers.iter().map(|answers| answers.not_asked).sum();
        if not_asked > 0 {
            let answers = counted(not_asked, "answer", "answers");
            lines.push(format!(
                "{answers} by people whom the goal does not ask left out"
            ));
        }
        lines.push("delete the export once the round is in: it holds what people wrote".to_owned());
        lines
    }

    /// Which column is what, such as `rater: column B; goal `delegate`: column D; not read: F (free text)`.
    fn taken(&self) -> String {
        let mut parts = vec![format!("rater: {}", self.columns.raters.shown())];
        for question in &self.survey.questions {
            let mut asked = self.columns.questions.iter();
            let column = asked.find(|(_, known)| known.goal == question.goal);
            let column = column.map_or_else(
                || "no column".to_owned(),
                |(column, _)| format!("column {}", Export::letter(*column)),
            );
            parts.push(format!("goal `{}`: {column}", question.goal));
        }
        if let Some(column) = self.columns.followed_up {
            parts.push(format!("follow-up: column {}", Export::letter(column)));
        }
        if self.export.header_rows > 1 {
            parts.push(format!("headers: rows 1 to {}", self.export.header_rows));
        }
        if self.wishes.shift != 0 {
            parts.push(format!("{:+} to every number", self.wishes.shift));
        }
        let (own, free) = self.columns.left_out(&self.export);
        let left_out: Vec<String> = [(own, "of the survey tool"), (free, "free text")]
            .into_iter()
            .filter(|(columns, _)| !columns.is_empty())
            .map(|(columns, what)| format!("{} ({what})", letters(&columns)))
            .collect();
        if !left_out.is_empty() {
            parts.push(format!("not read: {}", left_out.join(", ")));
        }
        parts.join("; ")
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
                export.number(row)
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
