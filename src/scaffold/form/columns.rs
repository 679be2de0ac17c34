//! Which column asks about which goal, and which says who answered.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::diagnostic::Diagnostic;
use crate::scaffold::form::cell::{score, yes_or_no};
use crate::scaffold::form::export::Export;
use crate::scaffold::survey::{Question, Respondent, Survey};

/// From this likeness on, a header is taken for a question (Sørensen-Dice on pairs of letters: one word changed in a sentence of twenty
/// gives 0.9, two goals of one person 0.3 to 0.5).
const ALIKE: f64 = 0.7;

/// Where the likeness of two goals to one header differs by less than this, the header is ambiguous.
const APART: f64 = 0.1;

/// Headers, in plain letters, of columns that say who answered.
const RATER_HEADERS: [&str; 12] = [
    "rater",
    "name",
    "your name",
    "full name",
    "your full name",
    "e mail",
    "email",
    "email address",
    "your email",
    "username",
    "respondent",
    "stakeholder",
];

/// Headers, in plain letters, of columns that forms add by themselves.
const FORM_HEADERS: [&str; 9] = [
    "id",
    "timestamp",
    "start time",
    "completion time",
    "last modified time",
    "language",
    "score",
    "total points",
    "quiz feedback",
];

/// What forms put before the question in columns of their own.
const FORM_PREFIXES: [&str; 2] = ["points ", "feedback "];

/// What the columns of a form are.
pub(super) struct Columns<'a> {
    /// The columns that ask about a goal.
    pub(super) questions: Vec<(usize, &'a Question)>,
    /// The column that asks whether the coachee followed up.
    pub(super) followed_up: Option<usize>,
    raters: Vec<usize>,
}

impl<'a> Columns<'a> {
    /// Finds them, or says what is unclear.
    pub(super) fn of(export: &Export<'_>, survey: &'a Survey) -> Result<Self, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let mut questions: Vec<(usize, &'a Question)> = Vec::new();
        for (column, header) in export.header.iter().enumerate() {
            let header = plain(header);
            if is_of_form(&header) || RATER_HEADERS.contains(&header.as_str()) {
                continue;
            }
            match question(&header, survey) {
                Match::One(question) => questions.push((column, question)),
                Match::Several(goals) => problems.push(ambiguous(export, column, &goals)),
                Match::None if holds_scores(export, column, survey) => {
                    problems.push(unknown(export, column, survey));
                }
                Match::None => {}
            }
        }
        problems.extend(doubled(export, &questions));
        let asks_about = |column: &usize| questions.iter().any(|(known, _)| known == column);
        let followed_up = (0..export.header.len())
            .filter(|column| !asks_about(column))
            .find(|column| asks_follow_up(export, *column));
        let mut raters: Vec<usize> = (0..export.header.len())
            .filter(|column| RATER_HEADERS.contains(&plain(&export.header[*column]).as_str()))
            .collect();
        if raters.is_empty() {
            raters.extend(
                (0..export.header.len())
                    .filter(|column| !asks_about(column) && names_people(export, *column, survey)),
            );
        }
        if raters.is_empty() {
            let hint =
                "ask for the name or the mail address, and call the column `name` or `email`";
            problems.push(
                export
                    .problem("no column says who answered")
                    .with_hint(hint),
            );
        }
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

    /// Who answered in a row.
    pub(super) fn rater<'s>(
        &self,
        export: &Export<'_>,
        row: usize,
        survey: &'s Survey,
    ) -> Result<&'s Respondent, Diagnostic> {
        let mut found: Vec<&Respondent> = Vec::new();
        for column in &self.raters {
            for person in people(export.cell(row, *column), survey) {
                if !found.iter().any(|known| known.id == person.id) {
                    found.push(person);
                }
            }
        }
        match found.as_slice() {
            [person] => Ok(person),
            [] => {
                let known = survey.people.iter().filter(|person| !person.never_rates);
                let hint = format!(
                    "known here: {}",
                    quoted(known.map(|person| &person.id), ", ")
                );
                Err(export
                    .row_problem(
                        row,
                        "nobody of this engagement has the name or address of this row",
                    )
                    .with_hint(hint))
            }
            several => {
                let names = quoted(several.iter().map(|person| &person.id), " or ");
                let hint = "put the id of the right person into this row";
                Err(export
                    .row_problem(row, &format!("this row could be from {names}"))
                    .with_hint(hint))
            }
        }
    }

    /// The columns that are not read.
    pub(super) fn left_out(&self, export: &Export<'_>) -> Vec<usize> {
        let is_read = |column: &usize| {
            self.questions.iter().any(|(known, _)| known == column)
                || self.raters.contains(column)
                || self.followed_up == Some(*column)
        };
        (0..export.header.len())
            .filter(|column| !is_read(column))
            .collect()
    }
}

/// The goals that a header may mean.
enum Match<'a> {
    None,
    One(&'a Question),
    Several(Vec<&'a Question>),
}

fn question<'a>(header: &str, survey: &'a Survey) -> Match<'a> {
    let mut likely: Vec<(f64, &Question)> = survey
        .questions
        .iter()
        .map(|question| (likeness(header, question), question))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    likely.sort_by(|one, other| other.0.total_cmp(&one.0));
    let Some((best, first)) = likely.first() else {
        return Match::None;
    };
    let close: Vec<&Question> = likely
        .iter()
        .filter(|(likeness, _)| best - likeness < APART)
        .map(|(_, question)| *question)
        .collect();
    if close.len() > 1 {
        Match::Several(close)
    } else {
        Match::One(first)
    }
}

/// How much a header is like a goal: whole where it is or holds the goal's id, title or behaviour.
fn likeness(header: &str, question: &Question) -> f64 {
    let texts = [
        Some(&question.goal),
        Some(&question.title),
        question.behaviour.as_ref(),
    ];
    let likeness = |text: &String| {
        let text = plain(text);
        let words = |text: &str| format!(" {text} ");
        if text.is_empty() {
            0.0
        } else if header == text {
            1.0
        } else if words(header).contains(&words(&text)) {
            // Held but not the whole of it: the longer the text, the surer.
            0.95
        } else {
            strsim::sorensen_dice(header, &text) * 0.95
        }
    };
    texts
        .into_iter()
        .flatten()
        .map(likeness)
        .fold(0.0, f64::max)
}

/// A text in small letters without accents, punctuation, and the number that a form puts before a question.
fn plain(text: &str) -> String {
    let letters = text
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter) && !matches!(letter, '\'' | '\u{2019}'));
    let spaced: String = letters
        .flat_map(char::to_lowercase)
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
    let mut words: Vec<&str> = spaced.split_whitespace().collect();
    let is_number = |word: &&str| word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    if words.len() > 1 && words.first().is_some_and(is_number) {
        words.remove(0);
    }
    words.join(" ")
}

fn is_of_form(header: &str) -> bool {
    FORM_HEADERS.contains(&header)
        || FORM_PREFIXES
            .iter()
            .any(|prefix| header.starts_with(prefix))
}

/// Whether everything in a column is a score, so that somebody meant to ask something with it.
fn holds_scores(export: &Export<'_>, column: usize, survey: &Survey) -> bool {
    let (from, to) = survey.scale;
    export.filled(column).next().is_some()
        && export
            .filled(column)
            .all(|cell| score(cell).is_some_and(|score| (from..=to).contains(&score)))
}

fn asks_follow_up(export: &Export<'_>, column: usize) -> bool {
    let header = plain(&export.header[column]);
    let is_asked = header.contains("follow up") || header.contains("followed up");
    is_asked
        && export.filled(column).next().is_some()
        && export.filled(column).all(|cell| yes_or_no(cell).is_some())
}

fn names_people(export: &Export<'_>, column: usize, survey: &Survey) -> bool {
    export.filled(column).next().is_some()
        && export
            .filled(column)
            .all(|cell| !people(cell, survey).is_empty())
}

/// Everyone whose id, name or mail address a cell holds, in whichever order of names. Nobody is guessed.
fn people<'s>(cell: &str, survey: &'s Survey) -> Vec<&'s Respondent> {
    let written = cell.trim().to_lowercase();
    let mut words = sorted_words(cell);
    words.dedup();
    let is_meant = |person: &&Respondent| {
        let has_address = person
            .email
            .as_ref()
            .is_some_and(|email| email.to_lowercase() == written);
        let has_name = !words.is_empty() && sorted_words(&person.name) == words;
        person.id == written || has_address || has_name
    };
    survey.people.iter().filter(is_meant).collect()
}

fn sorted_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = plain(name)
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.sort();
    words
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
