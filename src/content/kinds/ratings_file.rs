//! pulse/DATE.csv to [`Round`], and pulse/DATE.md to themes.
//!
//! Its first line names the columns: `rater,goal,score` and, where they are wanted, `followed_up` and `comment`; in a round that names nobody
//! `group` stands in the place of `rater`, and may be empty.
//!
//! The rules it guards: a comment is dropped here, and goes into no type and no message; and of a row a message quotes no more than the
//! field that it is about.

use std::collections::BTreeSet;
use std::iter::once;
use std::ops::Range;

use crate::content::kinds::ratings_row::{COLUMNS, Columns, Row, Said, Survey};
use crate::content::kinds::round_text::{odd_quote, quoted, withholding_comments};
use crate::content::kinds::sheet::{Record, Sheets};
use crate::content::suggest;
use crate::diagnostic::{Diagnostic, Source};
use crate::engagement::pulse::{Rater, Rating, Round};

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
    let [_, _, score, followed_up, comment, _] = columns.0;
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
            let row = Row::of(&record, self.source);
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
            if let Rater::Named(rater) = &rating.rater
                && !seen.insert((rater.clone(), rating.goal.clone()))
                && problems.len() == before
            {
                let message = format!("`{rater}` rates `{}` twice in this round", rating.goal);
                let said = Said {
                    message,
                    hint: None,
                    plain: "this rater rates this goal twice in this round",
                };
                problems.push(
                    row.problem_with_pair(self.columns, said)
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
        problems
            .push(problem.with_hint(format!("begin the file with `{}`", COLUMNS[..5].join(","))));
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
    problems.extend(clash(&columns).map(|(message, hint)| error(message).with_hint(hint)));
    if problems.len() == before {
        let missing = missing(&columns).into_iter();
        let told = missing.map(|(message, hint)| error(message).with_hint(hint));
        problems.extend(told);
    }
    (problems.len() == before).then_some(columns)
}

/// What to say where both the raters and their groups are named.
fn clash(columns: &Columns) -> Option<(String, &'static str)> {
    let both = columns.0[0].zip(columns.0[5]);
    both.map(|_| {
        let message = "a round names its raters or their groups, and this one has both columns";
        let hint = "where it names people, take `group` out: a person's group stands in engagement.toml; answers without names are a round \
                    of their own, with its own date";
        (message.to_owned(), hint)
    })
}

/// The columns without which there is no answer, where they are missing.
fn missing(columns: &Columns) -> Vec<(String, String)> {
    let is_anonymous = columns.0[5].is_some();
    let needed = COLUMNS.iter().enumerate().take(3);
    let missing = needed.filter(|(column, _)| {
        let stands_in = *column == 0 && is_anonymous;
        columns.0[*column].is_none() && !stands_in
    });
    let told = missing.take(1).map(|(_, name)| {
        let names = COLUMNS[..5].join(",");
        let hint = format!("the first line names the columns: {names}");
        (format!("the column `{name}` is missing"), hint)
    });
    told.collect()
}
