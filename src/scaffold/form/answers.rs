//! The rows of an export as answers: whose they are, and what they say.
//!
//! The rule it guards: a message names columns and rows, never what someone wrote.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::scaffold::form::cell::{ScoreWords, number, score};
use crate::scaffold::form::columns::{Columns, Who};
use crate::scaffold::form::export::Export;
use crate::scaffold::form::groups::group;
use crate::scaffold::form::wishes::Wishes;
use crate::scaffold::survey::{Question, Respondent, Survey};
use crate::text::answers::{is_no_answer, yes_or_no};

/// The answers of one row.
pub(super) struct Answers<'a> {
    pub(super) rater: AnswerOf<'a>,
    pub(super) row: usize,
    pub(super) scores: Vec<(&'a Question, i32)>,
    pub(super) not_asked: usize,
    pub(super) followed_up: Option<bool>,
}

/// Whose answers a row holds.
#[derive(Clone, Copy)]
pub(super) enum AnswerOf<'a> {
    /// A person's.
    Person(&'a Respondent),
    /// Somebody's of a group, or of none, without a name.
    Group(Option<&'a str>),
}

impl<'a> AnswerOf<'a> {
    /// What stands in the first column of the round.
    pub(super) fn word(self) -> &'a str {
        match self {
            Self::Person(person) => &person.id,
            Self::Group(group) => group.unwrap_or_default(),
        }
    }

    /// Who it is, where that is known.
    pub(super) fn person(self) -> Option<&'a Respondent> {
        match self {
            Self::Person(person) => Some(person),
            Self::Group(_) => None,
        }
    }
}

/// An export, and the survey that its columns and answers belong to.
pub(super) struct Form<'a> {
    pub(super) export: Export<'a>,
    pub(super) columns: Columns<'a>,
    pub(super) words: ScoreWords,
    pub(super) survey: &'a Survey,
    pub(super) wishes: &'a Wishes,
}

impl<'a> Form<'a> {
    /// Reads the answers of a row; none where it holds no score or its rater is not known.
    pub(super) fn read_row(
        &self,
        row: usize,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Answers<'a>> {
        let (export, columns, survey) = (&self.export, &self.columns, self.survey);
        let mut scores = self.scores(row, problems);
        let followed_up = self.followed_up(row, problems);
        if scores.is_empty() {
            return None;
        }
        let rater = match &columns.raters {
            Who::Named(raters) => raters.rater(export, row, survey).map(AnswerOf::Person),
            Who::Anonymous(column) => self.group(row, *column).map(AnswerOf::Group),
        };
        let rater = rater.map_err(|problem| problems.push(problem)).ok()?;
        if rater.person().is_some_and(|person| person.never_rates) {
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

    /// The group of whoever gave the answers of a row without a name.
    fn group(&self, row: usize, column: Option<usize>) -> Result<Option<&'a str>, Diagnostic> {
        let Some(column) = column else {
            return Ok(None);
        };
        group(self.export.cell(row, column), self.survey).map_err(|()| {
            let known: Vec<String> = self.survey.groups.iter().map(|id| format!("`{id}`")).collect();
            let message = "this is no group that is known here";
            self.export
                .cell_problem(row, column, message)
                .with_hint(format!(
                    "groups are {}, and those of engagement.toml; nothing is somebody of no group; a row of the coachee or the coach \
                     goes out, since an anonymous round holds neither",
                    known.join(", ")
                ))
        })
    }

    fn scores(&self, row: usize, problems: &mut Vec<Diagnostic>) -> Vec<(&'a Question, i32)> {
        let (from, to) = self.survey.scale;
        let mut scores = Vec::new();
        for (column, question) in &self.columns.questions {
            let cell = self.export.cell(row, *column);
            match score(cell, &self.words, self.survey, self.wishes.shift) {
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
}

/// Whether the goal asks this person at all.
fn may_rate(rater: AnswerOf<'_>, question: &Question) -> bool {
    let Some(rater) = rater.person() else {
        let raters = question.raters.as_ref();
        return raters.is_none_or(|raters| !raters.is_empty());
    };
    rater.rates_all
        || question
            .raters
            .as_ref()
            .is_none_or(|raters| raters.contains(&rater.id))
}
