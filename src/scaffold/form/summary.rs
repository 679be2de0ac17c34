//! What the coach is told of an export that was read.

use crate::scaffold::form::answers::{Answers, Form};
use crate::scaffold::form::columns::Who;
use crate::scaffold::form::export::Export;
use crate::scaffold::form::rater::letters;
use crate::scaffold::form::since::Since;
use crate::scaffold::survey::Question;
use crate::text::counted;

/// What was taken for what, and what to do next.
pub(super) fn summary(
    form: &Form<'_>,
    answers: &[Answers<'_>],
    since: Option<&Since>,
) -> Vec<String> {
    let mut lines = vec![format!("compare what was taken for what: {}", taken(form))];
    for question in &form.survey.questions {
        lines.push(format!(
            "`{}` is answered by {}",
            question.goal,
            rated(answers, question)
        ));
    }
    lines.extend(since.map(Since::shown));
    let silent = form.export.rows.len() - answers.len();
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
    if answers
        .iter()
        .any(|answers| answers.rater.person().is_none())
    {
        lines.push("a form without names cannot tell whether somebody answered twice: let it take one answer each".to_owned());
    }
    lines.push("delete the export once the round is in: it holds what people wrote".to_owned());
    lines
}

/// Which column is what, such as `rater: column B; goal `delegate`: column D; not read: F (free text)`.
fn taken(form: &Form<'_>) -> String {
    let mut parts = match &form.columns.raters {
        Who::Named(raters) => vec![format!("rater: {}", raters.shown())],
        Who::Anonymous(None) => vec!["rater: nobody is named; group: no column".to_owned()],
        Who::Anonymous(Some(column)) => {
            let letter = Export::letter(*column);
            vec![format!("rater: nobody is named; group: column {letter}")]
        }
    };
    for question in &form.survey.questions {
        let mut asked = form.columns.questions.iter();
        let column = asked.find(|(_, known)| known.goal == question.goal);
        let column = column.map_or_else(
            || "no column".to_owned(),
            |(column, _)| format!("column {}", Export::letter(*column)),
        );
        parts.push(format!("goal `{}`: {column}", question.goal));
    }
    if let Some(column) = form.columns.followed_up {
        parts.push(format!("follow-up: column {}", Export::letter(column)));
    }
    if let Some(sheet) = &form.export.sheet {
        parts.push(format!("sheet: `{sheet}`"));
    }
    if form.export.header_rows > 1 {
        parts.push(format!("headers: rows 1 to {}", form.export.header_rows));
    }
    if form.wishes.shift != 0 {
        parts.push(format!("{:+} to every number", form.wishes.shift));
    }
    let (own, free) = form.columns.left_out(&form.export);
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

/// How many people answered a question.
fn rated(answers: &[Answers<'_>], question: &Question) -> String {
    let scores = answers.iter().flat_map(|answer| &answer.scores);
    let count = scores
        .filter(|(known, _)| known.goal == question.goal)
        .count();
    counted(count, "person", "people")
}
