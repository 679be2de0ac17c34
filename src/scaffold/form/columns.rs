//! Which column asks about which goal, which whether someone followed up, and which says who answered.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::scaffold::form::cell::{NO_NUMBER, ScoreWords, number, score};
use crate::scaffold::form::export::Export;
use crate::scaffold::form::headers::{
    asks_follow_up, asks_group, is_first_name, is_last_name, is_own, says_who,
};
use crate::scaffold::form::question::{Match, question};
use crate::scaffold::form::rater::{Raters, letters, unknown as no_rater};
use crate::scaffold::form::wishes::Wishes;
use crate::scaffold::survey::{Question, Survey};
use crate::text::answers::{is_no_answer, yes_or_no};
use crate::text::fold::fold;

/// What the columns of a form are.
pub(super) struct Columns<'a> {
    /// The columns that ask about a goal.
    pub(super) questions: Vec<(usize, &'a Question)>,
    /// The column that asks whether the coachee followed up.
    pub(super) followed_up: Option<usize>,
    /// Those that say who answered.
    pub(super) raters: Who,
}

/// Which columns say who answered.
pub(super) enum Who {
    /// These, by name.
    Named(Raters),
    /// None: nobody was asked for a name. This column says of which group somebody is.
    Anonymous(Option<usize>),
}

/// Columns that the coach named.
struct Named {
    rater: Option<usize>,
    group: Option<usize>,
    followed_up: Option<usize>,
    asks_no_follow_up: bool,
}

impl<'a> Columns<'a> {
    /// Finds them, or says what is unclear.
    pub(super) fn of(
        export: &Export<'_>,
        wishes: &Wishes,
        survey: &'a Survey,
        words: &ScoreWords,
    ) -> Result<Self, Vec<Diagnostic>> {
        let named = Named::of(export, wishes)?;
        let mut problems = Vec::new();
        let mut questions: Vec<(usize, &'a Question)> = Vec::new();
        let mut others = Vec::new();
        for column in 0..export.width() {
            if [named.rater, named.group, named.followed_up].contains(&Some(column)) {
                continue;
            }
            match question(export, column, is_known(export, column), survey) {
                Match::One(question) => questions.push((column, question)),
                Match::Several(goals) => problems.push(ambiguous(export, column, &goals)),
                Match::None => others.push(column),
            }
        }
        questions = without_comments(export, questions, survey, words);
        problems.extend(doubled(export, &questions));
        let followed_up = named.followed_up.or_else(|| {
            let found = follow_up(export, &named, &others);
            found
                .map_err(|problem| problems.push(problem))
                .ok()
                .flatten()
        });
        for column in &others {
            if followed_up != Some(*column)
                && !is_known(export, *column)
                && holds_scores(export, *column, wishes.shift, survey)
            {
                problems.push(unknown(export, *column, survey));
            }
        }
        let asked = followed_up.as_slice();
        let unknown = others.iter().filter(|column| !asked.contains(column));
        let unknown: Vec<usize> = unknown
            .copied()
            .filter(|column| !is_known(export, *column))
            .collect();
        let raters = who(export, &named, wishes, (&others, &unknown), survey)
            .map_err(|problem| problems.push(problem))
            .unwrap_or(Who::Anonymous(None));
        if questions.is_empty() && problems.is_empty() {
            let hint = format!(
                "word the questions as the goals word the behaviour, or call the columns {}",
                ids(survey.questions.iter())
            );
            problems.push(
                export
                    .problem("no column asks about a goal")
                    .with_hint(hint),
            );
        }
        if problems.is_empty() {
            Ok(Self {
                questions,
                followed_up,
                raters,
            })
        } else {
            Err(problems)
        }
    }

    /// The columns that are not read: those that a survey tool added, and others.
    pub(super) fn left_out(&self, export: &Export<'_>) -> (Vec<usize>, Vec<usize>) {
        let is_read = |column: &usize| {
            self.questions.iter().any(|(known, _)| known == column)
                || self.raters.contains(*column)
                || self.followed_up == Some(*column)
        };
        (0..export.width())
            .filter(|column| !is_read(column))
            .partition(|column| is_known(export, *column))
    }
}

impl Named {
    fn of(export: &Export<'_>, wishes: &Wishes) -> Result<Self, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let mut find = |word: &Option<String>| {
            let found = word.as_ref().map(|word| named(export, word)).transpose();
            found
                .map_err(|problem| problems.push(problem))
                .ok()
                .flatten()
        };
        let asks_no_follow_up = wishes.followed_up.as_deref() == Some("none");
        let rater = find(&wishes.rater);
        let group = find(&wishes.group);
        let followed_up = if asks_no_follow_up {
            None
        } else {
            find(&wishes.followed_up)
        };
        if problems.is_empty() {
            Ok(Self {
                rater,
                group,
                followed_up,
                asks_no_follow_up,
            })
        } else {
            Err(problems)
        }
    }
}

/// The column that a coach named by its letters or by its header.
fn named(export: &Export<'_>, word: &str) -> Result<usize, Diagnostic> {
    let is_meant = |column: &usize| {
        let is_header = |header: &str| {
            header == word.trim() || !fold(word).is_empty() && fold(header) == fold(word)
        };
        Export::letter(*column).eq_ignore_ascii_case(word.trim())
            || export.headers(*column).any(is_header)
    };
    let found: Vec<usize> = (0..export.width()).filter(is_meant).collect();
    match found.as_slice() {
        [column] => Ok(*column),
        [] => {
            let last = Export::letter(export.width().saturating_sub(1));
            let problem = export.problem(&format!("this form has no column `{word}`"));
            Err(problem.with_hint(format!(
                "name it by its letters, from A to {last}, or by its whole header"
            )))
        }
        several => {
            let problem =
                export.problem(&format!("`{word}` could be columns {}", letters(several)));
            Err(problem
                .with_hint("name it by its whole header, or change the headers in the export"))
        }
    }
}

/// Whether a column is known by its whole header, so that nothing has to be asked about it.
fn is_known(export: &Export<'_>, column: usize) -> bool {
    let is_known = |header: &str| {
        is_own(header, &export.header)
            || says_who(header)
            || is_first_name(header)
            || is_last_name(header)
            || asks_group(header)
    };
    export.headers(column).any(is_known)
}

impl Who {
    /// Whether a column is among them.
    fn contains(&self, column: usize) -> bool {
        match self {
            Self::Named(raters) => raters.contains(column),
            Self::Anonymous(group) => *group == Some(column),
        }
    }
}

/// Who answered, by the columns that ask about no goal, of which some are `unknown`. That nobody is named has to be certain: where
/// nothing else is known of a column, it may be the one that names people.
fn who(
    export: &Export<'_>,
    named: &Named,
    wishes: &Wishes,
    (others, unknown): (&[usize], &[usize]),
    survey: &Survey,
) -> Result<Who, Diagnostic> {
    let raters = Raters::of(named.rater, others, export);
    let is_told = wishes.anonymous || named.group.is_some();
    if raters.name_somebody(export) {
        if !is_told {
            return Ok(Who::Named(raters));
        }
        let problem = export.problem(&format!("{} says who answered", raters.shown()));
        return Err(problem.with_hint(
            "leave `--anonymous` and `--group` out, since names stay in the round and no page shows them; or delete the column, where \
             people were promised that nobody keeps their names",
        ));
    }
    let asking = others.iter().copied();
    let asking: Vec<usize> = asking
        .filter(|column| export.headers(*column).any(asks_group))
        .collect();
    let group = match (named.group, asking.as_slice()) {
        (None, []) => None,
        (Some(column), _) | (None, &[column]) => Some(column),
        (None, several) => {
            let message = format!("columns {} could say the group", letters(several));
            let hint = format!("name one: `--group {}`", Export::letter(several[0]));
            return Err(export.problem(&message).with_hint(hint));
        }
    };
    if is_told || unknown.is_empty() {
        return Ok(Who::Anonymous(group));
    }
    Err(no_rater(export, unknown, survey))
}

/// Which of the columns that ask about no goal asks about follow-up.
fn follow_up(
    export: &Export<'_>,
    named: &Named,
    columns: &[usize],
) -> Result<Option<usize>, Diagnostic> {
    if named.asks_no_follow_up {
        return Ok(None);
    }
    let filled =
        |column: &usize| export.filled(*column).next().is_some() && !is_known(export, *column);
    let columns: Vec<usize> = columns.iter().copied().filter(filled).collect();
    let asks = |column: &usize| export.headers(*column).any(asks_follow_up);
    let asking: Vec<usize> = columns.iter().copied().filter(asks).collect();
    let answered: Vec<usize> = columns
        .into_iter()
        .filter(|column| holds_yes_and_no(export, *column))
        .collect();
    let likely = if asking.is_empty() {
        &answered
    } else {
        &asking
    };
    match (asking.as_slice(), likely.as_slice()) {
        ([column], _) => Ok(Some(*column)),
        ([], []) => Ok(None),
        (_, likely) => {
            let noun = if likely.len() == 1 {
                "column"
            } else {
                "columns"
            };
            let message = format!("{noun} {} could say who saw a follow-up", letters(likely));
            let hint = format!(
                "name it: `--follow-up {}`; or say `--follow-up none`",
                Export::letter(likely[0])
            );
            Err(export.problem(&message).with_hint(hint))
        }
    }
}

/// The columns without those that hold no number at all beside another column of the same goal: what people say about their answer.
fn without_comments<'a>(
    export: &Export<'_>,
    questions: Vec<(usize, &'a Question)>,
    survey: &Survey,
    words: &ScoreWords,
) -> Vec<(usize, &'a Question)> {
    let holds_number = |column: usize| {
        export
            .filled(column)
            .any(|cell| !matches!(score(cell, words, survey, 0), Err(NO_NUMBER) | Ok(None)))
    };
    let answered: BTreeSet<&String> = questions
        .iter()
        .filter(|(column, _)| holds_number(*column))
        .map(|(_, question)| &question.goal)
        .collect();
    questions
        .into_iter()
        .filter(|(column, question)| !answered.contains(&question.goal) || holds_number(*column))
        .collect()
}

/// Whether everything in a column is a score, so that somebody meant to ask something with it.
fn holds_scores(export: &Export<'_>, column: usize, shift: i32, survey: &Survey) -> bool {
    let (from, to) = survey.scale;
    let mut cells = export
        .filled(column)
        .filter(|cell| !is_no_answer(cell))
        .peekable();
    cells.peek().is_some()
        && cells.all(|cell| {
            number(cell).is_ok_and(|(score, _)| (from..=to).contains(&score.saturating_add(shift)))
        })
}

/// Whether everything in a column is yes or no.
fn holds_yes_and_no(export: &Export<'_>, column: usize) -> bool {
    let mut cells = export
        .filled(column)
        .filter(|cell| !is_no_answer(cell))
        .peekable();
    cells.peek().is_some() && cells.all(|cell| yes_or_no(cell).is_some())
}

fn ambiguous(export: &Export<'_>, column: usize, goals: &[&Question]) -> Diagnostic {
    let message = format!(
        "column {} could ask about {}",
        Export::letter(column),
        ids(goals.iter().copied())
    );
    export
        .problem(&message)
        .with_hint("make the goal's id the first line of this column")
}

fn unknown(export: &Export<'_>, column: usize, survey: &Survey) -> Diagnostic {
    let message = format!(
        "column {} holds scores, but asks about no goal that is known here",
        Export::letter(column)
    );
    export.problem(&message).with_hint(format!(
        "make one of {} the first line of this column, or delete it",
        ids(survey.questions.iter())
    ))
}

/// Goals that two columns ask about.
fn doubled(export: &Export<'_>, questions: &[(usize, &Question)]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (index, (column, question)) in questions.iter().enumerate() {
        if let Some((first, _)) = questions[..index]
            .iter()
            .find(|(_, known)| known.goal == question.goal)
        {
            let message = format!(
                "columns {} and {} both ask about `{}`",
                Export::letter(*first),
                Export::letter(*column),
                question.goal
            );
            problems.push(
                export
                    .problem(&message)
                    .with_hint("delete one of them, or make the right goal's id its first line"),
            );
        }
    }
    problems
}

fn ids<'a>(questions: impl Iterator<Item = &'a Question>) -> String {
    quoted(questions.map(|question| &question.goal), ", ")
}

/// Ids in backquotes, with `between` between them.
fn quoted<'a>(ids: impl Iterator<Item = &'a String>, between: &str) -> String {
    let quoted: Vec<String> = ids.map(|id| format!("`{id}`")).collect();
    quoted.join(between)
}
