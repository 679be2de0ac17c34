//! pulse/DATE.csv to [`Round`], and pulse/DATE.md to themes.
//!
//! The rules it guards: a comment is dropped here, and goes into no type and no message; and of a row a message quotes no more than the
//! field that it is about.

use std::collections::BTreeSet;
use std::iter::once;
use std::ops::Range;

use jiff::civil::Date;

use crate::content::kinds::known::Known;
use crate::content::kinds::rater;
use crate::content::kinds::round_text::{field_spans, odd_quote, quoted, withholding_comments};
use crate::content::kinds::sheet::{Record, Sheets};
use crate::content::suggest;
use crate::diagnostic::{Diagnostic, Source};
use crate::engagement::goal::Goal;
use crate::engagement::id::{GoalId, StakeholderId};
use crate::engagement::pulse::{Rating, Round, Scale};

/// The columns of a round.
const COLUMNS: [&str; 5] = ["rater", "goal", "score", "followed_up", "comment"];

/// What a round's rows are checked against.
pub(in crate::content) struct Survey<'a> {
    /// Who may rate, what is rated, and what the scores mean.
    pub(in crate::content) known: &'a Known<'a>,
    /// The goals that could be read.
    pub(in crate::content) goals: &'a [Goal],
    /// The day on which the round closes.
    pub(in crate::content) date: Date,
}

/// Where the columns stand.
struct Columns([Option<usize>; COLUMNS.len()]);

impl Columns {
    fn field<'r>(&self, record: &'r Record, name: &str) -> Option<(usize, &'r str)> {
        let column = COLUMNS.iter().position(|known| *known == name)?;
        let index = self.0[column]?;
        record.fields.get(index).map(|text| (index, text.trim()))
    }
}

/// Reads one round.
pub(in crate::content) fn read(
    source: Source,
    survey: &Survey<'_>,
    sheets: &mut Sheets,
    problems: &mut Vec<Diagnostic>,
) -> Option<Round> {
    let text = source.text().to_owned();
    let header_line = 0..text.find('\n').unwrap_or(text.len());
    if let Some(place) = odd_quote(&text) {
        // Where quotes go wrong nobody knows what is a comment: nothing behind the header is quoted, nor the header.
        let end = source.text().len();
        let first = if place < header_line.end {
            0
        } else {
            header_line.end
        };
        let source = source.withholding(once(first..end));
        let problem =
            Diagnostic::error("a quote in this round is not closed, or stands inside a text");
        let place = place..place + 1;
        let hint = "put `\"` around a whole field, and write `\"\"` for a quote inside it";
        problems.push(problem.at(&source, place).with_hint(hint));
        return None;
    }
    let mut rows = sheets.records(&text).into_iter();
    let header = rows.next().map_or_else(Vec::new, |header| header.fields);
    let header: Vec<&str> = header.iter().map(|name| name.trim()).collect();
    let columns = columns(&header, &source, header_line, problems)?;
    let [_, _, score, followed_up, comment] = columns.0;
    let short = [score, followed_up];
    let source = withholding_comments(source, header.len(), comment, &short);
    let width = header.len();
    let table = Table {
        source: &source,
        width,
        columns: &columns,
    };
    let mut ratings = table.answers(rows, survey, problems);
    ratings.sort_by(|one, other| (&one.goal, &one.rater).cmp(&(&other.goal, &other.rater)));
    Some(Round {
        date: survey.date,
        ratings,
    })
}

/// The rows of a round with what is known of all of them.
struct Table<'a> {
    source: &'a Source,
    /// How many fields a row has.
    width: usize,
    columns: &'a Columns,
}

impl Table<'_> {
    /// Reads every row.
    fn answers(
        &self,
        rows: impl Iterator<Item = Record>,
        survey: &Survey<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Rating> {
        let mut ratings: Vec<Rating> = Vec::new();
        let mut seen = BTreeSet::new();
        for record in rows {
            let row = Row {
                record: &record,
                begin: record.begin,
                source: self.source,
            };
            let width = record.fields.len();
            if width != self.width {
                let message = format!("this row has {width} fields, the header has {}", self.width);
                problems.push(
                    row.problem_at(0, &[], message)
                        .with_hint("put quotes around a text that holds a comma"),
                );
                continue;
            }
            let before = problems.len();
            let Some(rating) = row.rating(self.columns, survey, problems) else {
                continue;
            };
            if !seen.insert((rating.rater.clone(), rating.goal.clone())) && problems.len() == before
            {
                let message = format!(
                    "`{}` rates `{}` twice in this round",
                    rating.rater, rating.goal
                );
                problems.push(
                    row.problem_with_pair(self.columns, message)
                        .with_hint("keep one of the two rows"),
                );
            }
            ratings.push(rating);
        }
        ratings
    }
}

fn columns(
    header: &[&str],
    source: &Source,
    line: Range<usize>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Columns> {
    // A first line with more than one strange name may be an answer, comment and all: nothing of it is quoted.
    let strange = header.iter().filter(|name| !COLUMNS.contains(name)).count();
    let is_header = strange <= 1
        && header.len() > 1
        && header.len() <= COLUMNS.len()
        && !source.text()[line.clone()].contains('"');
    let error = |message: String| {
        let problem = Diagnostic::error(message);
        if is_header {
            problem.at(source, line.clone())
        } else {
            problem.in_file(source.path())
        }
    };
    if header.len() == 1
        && header
            .first()
            .is_some_and(|only| only.contains([';', '\t']))
    {
        let problem = error("the columns of this round are not separated by commas".to_owned());
        problems.push(problem.with_hint("save it as comma-separated values"));
        return None;
    }
    // A first line that is no header is an answer, comment and all: nothing of it is quoted.
    let known = header.iter().filter(|name| COLUMNS.contains(name)).count();
    let has_open_quote = source.text()[line.clone()].matches('"').count() % 2 == 1;
    let is_no_header = strange > 1 || (strange > 0 && !is_header);
    if known < 2 || has_open_quote || is_no_header {
        let problem =
            Diagnostic::error("the first line does not name the columns").in_file(source.path());
        problems.push(problem.with_hint(format!("begin the file with `{}`", COLUMNS.join(","))));
        return None;
    }
    let before = problems.len();
    let mut columns = Columns([None; COLUMNS.len()]);
    for (index, name) in header.iter().enumerate() {
        match COLUMNS.iter().position(|known| known == name) {
            None => problems.push(
                error(format!("unknown column {}", quoted(name)))
                    .with_hint_if(suggest::hint(name, COLUMNS)),
            ),
            Some(column) if columns.0[column].is_some() => {
                problems.push(error(format!("two columns are called `{name}`")));
            }
            Some(column) => columns.0[column] = Some(index),
        }
    }
    for (column, name) in COLUMNS.iter().enumerate().take(3) {
        if columns.0[column].is_none() && problems.len() == before {
            let hint = format!("the first line names the columns: {}", COLUMNS.join(","));
            problems.push(error(format!("the column `{name}` is missing")).with_hint(hint));
        }
    }
    (problems.len() == before).then_some(columns)
}

/// One row with its place.
struct Row<'a> {
    record: &'a Record,
    begin: usize,
    source: &'a Source,
}

impl Row<'_> {
    /// A problem with who rates what: of the row only these two may be quoted.
    fn problem_with_pair(&self, columns: &Columns, message: String) -> Diagnostic {
        let [rater, goal, ..] = columns.0;
        self.problem_at(0, &[rater, goal], message)
    }

    /// A problem with one field: of the row nothing else is quoted, since logs keep what is printed.
    fn problem(&self, index: usize, message: String) -> Diagnostic {
        self.problem_at(index, &[Some(index)], message)
    }

    /// A problem with the field `index`. Of the row only the fields `shown` may be quoted.
    fn problem_at(&self, index: usize, shown: &[Option<usize>], message: String) -> Diagnostic {
        let spans = field_spans(self.source.text(), self.begin);
        let place = spans.get(index).cloned();
        let fields = spans.into_iter().enumerate();
        let hidden = fields.filter(|(index, _)| !shown.contains(&Some(*index)));
        // With the comma before it.
        let hidden = hidden.map(|(index, span)| span.start - usize::from(index > 0)..span.end);
        let source = self.source.clone().hiding(hidden);
        Diagnostic::error(message).at(&source, place.unwrap_or(self.begin..self.begin))
    }

    fn rating(
        &self,
        columns: &Columns,
        survey: &Survey<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Rating> {
        let rater = self.rater(columns, survey, problems);
        let goal = self.goal(columns, survey, problems);
        let score = self.score(columns, survey.known.scale, problems);
        let followed_up = match columns.field(self.record, "followed_up") {
            None | Some((_, "")) => None,
            Some((_, "yes")) => Some(true),
            Some((_, "no")) => Some(false),
            Some((index, other)) => {
                let problem = self.problem(
                    index,
                    format!(
                        "`followed_up` is `yes`, `no` or empty, not {}",
                        quoted(other)
                    ),
                );
                problems.push(problem);
                None
            }
        };
        let (rater, goal) = (rater?, goal?);
        self.check_rater_of_goal((&rater, &goal), columns, survey, problems);
        Some(Rating {
            rater,
            goal,
            score: score?,
            followed_up,
        })
    }

    fn rater(
        &self,
        columns: &Columns,
        survey: &Survey<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<StakeholderId> {
        let (index, word) = columns.field(self.record, "rater")?;
        let Some(person) = survey.known.people.person(word) else {
            if survey.known.people.are_all_known() {
                let problem = self.problem(index, format!("unknown rater {}", quoted(word)));
                problems.push(problem.with_hint(rater::unknown(word, survey.known.people)));
            }
            return None;
        };
        if let Some((message, hint)) = rater::fault(person, survey.date) {
            let problem = self.problem(index, message);
            problems.push(problem.with_hint_if(hint));
        }
        Some(person.id.clone())
    }

    fn goal(
        &self,
        columns: &Columns,
        survey: &Survey<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<GoalId> {
        let (index, word) = columns.field(self.record, "goal")?;
        let found = survey.known.goals.find(word);
        if found.is_none() {
            let known = survey.known.goals.ids().iter().map(GoalId::as_str);
            let problem = self.problem(index, format!("unknown goal {}", quoted(word)));
            problems.push(problem.with_hint_if(suggest::hint(word, known)));
        }
        found.cloned()
    }

    fn score(
        &self,
        columns: &Columns,
        scale: Option<&Scale>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<i32> {
        let (index, word) = columns.field(self.record, "score")?;
        let digits = word
            .strip_prefix('+')
            .unwrap_or(word)
            .replace('\u{2212}', "-");
        let Ok(score) = digits.parse::<i32>() else {
            let problem = if word.is_empty() {
                let problem = self.problem(index, "the score is missing".to_owned());
                problem.with_hint("leave out the rows of people who did not answer")
            } else {
                self.problem(index, format!("score {} is no whole number", quoted(word)))
            };
            problems.push(problem);
            return None;
        };
        if let Some(scale) = scale.filter(|scale| !(scale.from()..=scale.to()).contains(&score)) {
            let (from, to) = (scale.from(), scale.to());
            let message =
                format!("score `{word}` is off the scale, which goes from {from} to {to}");
            problems.push(self.problem(index, message));
        }
        Some(score)
    }

    fn check_rater_of_goal(
        &self,
        (rater, goal): (&StakeholderId, &GoalId),
        columns: &Columns,
        survey: &Survey<'_>,
        problems: &mut Vec<Diagnostic>,
    ) {
        let mut goals = survey.goals.iter();
        let of_goal = goals.find(|known| known.id == *goal);
        let listed = of_goal.and_then(|goal| goal.supporters.as_ref());
        let first_id = of_goal.map_or(goal, |goal| goal.first_id());
        let must_be_listed = rater::must_be_listed(survey.known, survey.date, (rater, first_id));
        if must_be_listed && listed.is_some_and(|listed| !listed.contains(rater)) {
            let message = format!("`{rater}` is not among the supporters of goal `{goal}`");
            let problem = self.problem_with_pair(columns, message);
            problems.push(
                problem.with_hint("add them to the goal's `supporters`, or take the row out"),
            );
        }
    }
}
