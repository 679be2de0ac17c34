//! pulse/DATE.csv to [`Round`], and pulse/DATE.md to themes.
//!
//! The rule it guards: a comment is dropped here. It goes into no type and no message.

use std::collections::BTreeSet;
use std::iter::once;
use std::ops::Range;

use csv::Reader;
use csv::ReaderBuilder;
use csv::StringRecord;
use csv::Trim;
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use crate::content::agenda_file::find_goal;
use crate::content::front_matter::FrontMatter;
use crate::content::people::People;
use crate::content::suggest;
use crate::content::value::Text;
use crate::content::value::tables;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Source;
use crate::engagement::goal::Goal;
use crate::engagement::goal::Theme;
use crate::engagement::id::GoalId;
use crate::engagement::id::StakeholderId;
use crate::engagement::pulse::Rating;
use crate::engagement::pulse::Round;
use crate::engagement::pulse::Scale;
use crate::engagement::stakeholder::Role;

/// The columns of a round.
const COLUMNS: [&str; 5] = ["rater", "goal", "score", "followed_up", "comment"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemesFile {
    #[serde(default, deserialize_with = "tables")]
    theme: Vec<ThemeTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeTable {
    goal: Spanned<String>,
    text: Text,
}

/// What a round's rows are checked against.
pub(super) struct Survey<'a> {
    /// Who may rate.
    pub(super) people: &'a People<'a>,
    /// What is rated: every goal that has a file.
    pub(super) ids: &'a [GoalId],
    /// The goals that could be read.
    pub(super) goals: &'a [Goal],
    /// What the scores mean; absent where engagement.toml could not be read.
    pub(super) scale: Option<&'a Scale>,
}

/// Where the columns stand.
struct Columns([Option<usize>; COLUMNS.len()]);

impl Columns {
    fn field<'r>(&self, record: &'r StringRecord, name: &str) -> Option<(usize, &'r str)> {
        let column = COLUMNS.iter().position(|known| *known == name)?;
        let index = self.0[column]?;
        record.get(index).map(|text| (index, text))
    }
}

/// Reads one round.
pub(super) fn read(
    source: Source,
    date: Date,
    survey: &Survey<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Round> {
    let start = if source.text().starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let text = source.text()[start..].to_owned();
    let header_line = start..start + text.find('\n').unwrap_or(text.len());
    if let Some(place) = odd_quote(&text) {
        // Where quotes go wrong nobody knows what is a comment: nothing behind the header is quoted, nor the header.
        let end = source.text().len();
        let first = if start + place < header_line.end {
            start
        } else {
            header_line.end
        };
        let source = source.withholding(once(first..end));
        let problem =
            Diagnostic::error("a quote in this round is not closed, or stands inside a text");
        let place = start + place..start + place + 1;
        let hint = "put `\"` around a whole field, and write `\"\"` for a quote inside it";
        problems.push(problem.at(&source, place).with_hint(hint));
        return None;
    }
    let mut reader = ReaderBuilder::new()
        .trim(Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(_) => StringRecord::new(),
    };
    let columns = columns(&header, &source, header_line, problems)?;
    let source = withholding_comments(source, start, &header, &columns);
    let width = header.len();
    let table = Table {
        source: &source,
        start,
        width,
        columns: &columns,
    };
    let mut ratings = table.answers(reader, survey, problems);
    ratings.sort_by(|one, other| (&one.goal, &one.rater).cmp(&(&other.goal, &other.rater)));
    Some(Round { date, ratings })
}

/// The rows of a round with what is known of all of them.
struct Table<'a> {
    source: &'a Source,
    /// Where the text begins in the file.
    start: usize,
    /// How many fields a row has.
    width: usize,
    columns: &'a Columns,
}

impl Table<'_> {
    /// Reads every row.
    fn answers(
        &self,
        reader: Reader<&[u8]>,
        survey: &Survey<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Rating> {
        let mut ratings: Vec<Rating> = Vec::new();
        let mut seen = BTreeSet::new();
        for record in reader.into_records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    let message = format!("line {line} of this round cannot be read");
                    problems.push(
                        Diagnostic::error(message)
                            .in_file(self.source.path())
                            .with_hint("look for an unusual quote"),
                    );
                    continue;
                }
            };
            let begin = self.start
                + record
                    .position()
                    .map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
            let row = Row {
                record: &record,
                begin: skip_blank(self.source.text(), begin),
                source: self.source,
            };
            if record.len() != self.width {
                let message = format!(
                    "this row has {} fields, the header has {}",
                    record.len(),
                    self.width
                );
                problems.push(
                    row.problem_at_start(message)
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
                    row.problem_at_start(message)
                        .with_hint("keep one of the two rows"),
                );
            }
            ratings.push(rating);
        }
        ratings
    }
}

fn columns(
    header: &StringRecord,
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
    if header.len() == 1 && header.get(0).is_some_and(|only| only.contains([';', '\t'])) {
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
        match COLUMNS.iter().position(|known| *known == name) {
            None => problems.push(
                error(format!("unknown column `{name}`"))
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
    record: &'a StringRecord,
    begin: usize,
    source: &'a Source,
}

impl Row<'_> {
    fn problem_at_start(&self, message: String) -> Diagnostic {
        let spans = field_spans(self.source.text(), self.begin);
        Diagnostic::error(message).at(
            self.source,
            spans.first().cloned().unwrap_or(self.begin..self.begin),
        )
    }

    fn problem(&self, index: usize, message: String) -> Diagnostic {
        let spans = field_spans(self.source.text(), self.begin);
        Diagnostic::error(message).at(
            self.source,
            spans.get(index).cloned().unwrap_or(self.begin..self.begin),
        )
    }

    fn rating(
        &self,
        columns: &Columns,
        survey: &Survey<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Rating> {
        let rater = self.rater(columns, survey, problems);
        let goal = self.goal(columns, survey, problems);
        let score = self.score(columns, survey.scale, problems);
        let followed_up = match columns.field(self.record, "followed_up") {
            None | Some((_, "")) => None,
            Some((_, "yes")) => Some(true),
            Some((_, "no")) => Some(false),
            Some((index, other)) => {
                let problem = self.problem(
                    index,
                    format!("`followed_up` is `yes`, `no` or empty, not `{other}`"),
                );
                problems.push(problem);
                None
            }
        };
        let (rater, goal) = (rater?, goal?);
        self.check_rater_of_goal(&rater, &goal, survey, problems);
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
        let Some(person) = survey.people.person(word) else {
            if !survey.people.are_all_known() {
                return None;
            }
            let known = survey.people.all().iter().map(|person| person.id.as_str());
            let problem = self.problem(index, format!("unknown rater `{word}`"));
            problems.push(problem.with_hint_if(suggest::hint(word, known)));
            return None;
        };
        if person.role == Role::Coach {
            problems.push(self.problem(index, "the coach does not rate".to_owned()));
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
        let found = survey.ids.iter().find(|goal| goal.as_str() == word);
        if found.is_none() {
            let known = survey.ids.iter().map(GoalId::as_str);
            let problem = self.problem(index, format!("unknown goal `{word}`"));
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
                self.problem(index, format!("score `{word}` is no whole number"))
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
        rater: &StakeholderId,
        goal: &GoalId,
        survey: &Survey<'_>,
        problems: &mut Vec<Diagnostic>,
    ) {
        let listed = survey
            .goals
            .iter()
            .find(|known| known.id == *goal)
            .and_then(|goal| goal.supporters.as_ref());
        let role = survey
            .people
            .all()
            .iter()
            .find(|person| person.id == *rater)
            .map(|person| person.role);
        let must_be_listed = !matches!(role, Some(Role::Coachee | Role::Manager) | None);
        if must_be_listed && listed.is_some_and(|listed| !listed.contains(rater)) {
            let problem = self.problem_at_start(format!(
                "`{rater}` is not among the supporters of goal `{goal}`"
            ));
            problems.push(
                problem.with_hint("add them to the goal's `supporters`, or take the row out"),
            );
        }
    }
}

/// The place of a quote that neither begins nor ends a field, or of one that never ends. The csv reader would guess.
fn odd_quote(text: &str) -> Option<usize> {
    let mut letters = text.char_indices().peekable();
    let mut is_at_start = true;
    while let Some((index, letter)) = letters.next() {
        match letter {
            '"' if is_at_start => {
                let mut is_closed = false;
                while let Some((_, letter)) = letters.next() {
                    let is_doubled = letters.peek().is_some_and(|(_, next)| *next == '"');
                    match letter {
                        '"' if is_doubled => drop(letters.next()),
                        '"' => {
                            is_closed = true;
                            break;
                        }
                        _ => {}
                    }
                }
                while letters.next_if(|(_, next)| *next == ' ').is_some() {}
                let is_end = letters
                    .peek()
                    .is_none_or(|(_, next)| matches!(next, ',' | '\r' | '\n'));
                if !is_closed || !is_end {
                    return Some(index);
                }
            }
            '"' => return Some(index),
            ',' | '\n' | '\r' => is_at_start = true,
            _ => is_at_start = false,
        }
    }
    None
}

/// The bytes of the fields of the record that begins at `begin`; used for places only, never for values.
fn field_spans(text: &str, begin: usize) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut start = begin.min(text.len());
    let mut is_quoted = false;
    for (index, letter) in text[start..].char_indices() {
        let index = begin + index;
        match letter {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => {
                spans.push(start..index);
                start = index + 1;
            }
            '\n' if !is_quoted => {
                spans.push(start..index);
                return spans;
            }
            _ => {}
        }
    }
    spans.push(start..text.len());
    spans
}

/// The first byte at or after `begin` that is not an empty line.
fn skip_blank(text: &str, begin: usize) -> usize {
    let begin = begin.min(text.len());
    let rest = text.get(begin..).unwrap_or_default();
    begin + (rest.len() - rest.trim_start_matches(['\r', '\n']).len())
}

/// The source with every comment withheld from messages, and every row of which it cannot be said where its comment is.
fn withholding_comments(
    source: Source,
    start: usize,
    header: &StringRecord,
    columns: &Columns,
) -> Source {
    let comment = columns.0[COLUMNS.len() - 1];
    if crate::leaks::is_on("content-comment-quoted") {
        return source;
    }
    let text = source.text();
    let mut secret = Vec::new();
    let mut begin = text[start..]
        .find('\n')
        .map_or(text.len(), |end| start + end + 1);
    while begin < text.len() {
        let spans = field_spans(text, begin);
        let end = spans.last().map_or(text.len(), |last| last.end);
        match comment {
            // A row that is longer than the header may hold a comment all the same.
            _ if spans.len() != header.len() => secret.push(begin..end),
            Some(comment) => secret.extend(spans.get(comment).cloned()),
            None => {}
        }
        begin = end + 1;
    }
    source.withholding(secret)
}

/// Reads what the coach says about the round of `round`, goal by goal.
pub(super) fn read_themes(
    file: &FrontMatter,
    round: Date,
    goals: &[GoalId],
    problems: &mut Vec<Diagnostic>,
) -> Vec<(GoalId, Theme)> {
    let document = &file.document;
    let text = &document.source().text()[file.body.clone()];
    if !text.trim().is_empty() {
        let problem = Diagnostic::error("what is said about a round stands in `[[theme]]` tables")
            .in_file(document.source().path());
        problems.push(problem.with_hint(
            "write `[[theme]]` with `goal` and `text` into the front matter, and nothing below it",
        ));
    }
    let Some(file): Option<ThemesFile> = document.read(problems) else {
        return Vec::new();
    };
    let mut themes = Vec::new();
    for table in file.theme {
        if let Some(goal) = find_goal(
            table.goal.get_ref(),
            table.goal.span(),
            goals,
            document,
            problems,
        ) {
            themes.push((
                goal,
                Theme {
                    round,
                    text: table.text.0,
                },
            ));
        }
    }
    themes
}
