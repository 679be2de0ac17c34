//! One row of pulse/DATE.csv to a [`Rating`].
//!
//! The rule it guards: all messages of a row together quote one field of it, or who rates what: never who, and how.

use std::cell::Cell;

use jiff::civil::Date;

use crate::content::kinds::known::Known;
use crate::content::kinds::rater;
use crate::content::kinds::round_text::{field_spans, quoted};
use crate::content::kinds::sheet::Record;
use crate::content::suggest;
use crate::diagnostic::{Diagnostic, Source};
use crate::engagement::goal::Goal;
use crate::engagement::id::{GoalId, GroupId, StakeholderId};
use crate::engagement::pulse::{Rater, Rating, Scale};

/// The columns of a round that names its raters, and then the one that stands in the place of `rater` in a round that names none.
pub(super) const COLUMNS: [&str; 6] = ["rater", "goal", "score", "followed_up", "comment", "group"];

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
pub(super) struct Columns(pub(super) [Option<usize>; COLUMNS.len()]);

impl Columns {
    /// Whether the round names nobody.
    pub(super) fn are_anonymous(&self) -> bool {
        self.0[0].is_none()
    }

    fn field<'r>(&self, record: &'r Record, name: &str) -> Option<(usize, &'r str)> {
        let column = COLUMNS.iter().position(|known| *known == name)?;
        let index = self.0[column]?;
        record.fields.get(index).map(|text| (index, text.trim()))
    }
}

/// One row with its place.
pub(super) struct Row<'a> {
    record: &'a Record,
    source: &'a Source,
    /// Whether a message has quoted something of it: where the columns are in another order than the first line says, two fields that are
    /// wrong are who rates and how.
    is_quoted: Cell<bool>,
}

/// What is said of a row.
pub(super) struct Said {
    /// With what stands there.
    pub(super) message: String,
    /// What may have been meant, by what stands there.
    pub(super) hint: Option<String>,
    /// Without.
    pub(super) plain: &'static str,
}

impl<'a> Row<'a> {
    /// A row of a file, of which nothing has been quoted yet.
    pub(super) fn of(record: &'a Record, source: &'a Source) -> Self {
        Self {
            record,
            source,
            is_quoted: Cell::new(false),
        }
    }

    /// A problem with who rates what: of the row only these two may be quoted.
    pub(super) fn problem_with_pair(&self, columns: &Columns, said: Said) -> Diagnostic {
        let [rater, goal, ..] = columns.0;
        self.problem_once(0, &[rater, goal], said)
    }

    /// A problem with one field: of the row nothing else is quoted, since logs keep what is printed.
    fn problem(&self, index: usize, said: Said) -> Diagnostic {
        self.problem_once(index, &[Some(index)], said)
    }

    /// A problem that quotes the fields `shown` if it is the first of its row.
    fn problem_once(&self, index: usize, shown: &[Option<usize>], said: Said) -> Diagnostic {
        match self.is_quoted.replace(true) {
            false => self
                .problem_at(index, shown, said.message)
                .with_hint_if(said.hint),
            true => self.problem_at(index, &[], said.plain.to_owned()),
        }
    }

    /// A problem with the field `index`. Of the row only the fields `shown` may be quoted.
    pub(super) fn problem_at(
        &self,
        index: usize,
        shown: &[Option<usize>],
        message: String,
    ) -> Diagnostic {
        let spans = field_spans(self.source.text(), self.record.begin);
        let place = spans.get(index).cloned();
        let fields = spans.into_iter().enumerate();
        let hidden = fields.filter(|(index, _)| !shown.contains(&Some(*index)));
        // With the comma before it.
        let hidden = hidden.map(|(index, span)| span.start - usize::from(index > 0)..span.end);
        let source = self.source.clone().hiding(hidden);
        Diagnostic::error(message).at(
            &source,
            place.unwrap_or(self.record.begin..self.record.begin),
        )
    }

    pub(super) fn rating(
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
                let message = format!(
                    "`followed_up` is `yes`, `no` or empty, not {}",
                    quoted(other)
                );
                let said = Said {
                    message,
                    hint: None,
                    plain: "`followed_up` is `yes`, `no` or empty",
                };
                problems.push(self.problem(index, said));
                None
            }
        };
        let (rater, goal) = (rater?, goal?);
        if let Rater::Named(rater) = &rater {
            self.check_rater_of_goal((rater, &goal), columns, survey, problems);
        }
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
    ) -> Option<Rater> {
        if columns.are_anonymous() {
            return self.group(columns, survey, problems).map(Rater::Anonymous);
        }
        let (index, word) = columns.field(self.record, "rater")?;
        let Some(person) = survey.known.people.person(word) else {
            if !survey.known.people.are_all_known() {
                return None;
            }
            let said = Said {
                message: format!("unknown rater {}", quoted(word)),
                hint: Some(rater::unknown(word, survey.known.people)),
                plain: "this rater is unknown",
            };
            problems.push(self.problem(index, said));
            return None;
        };
        if let Some((message, hint)) = rater::fault(person, survey.date) {
            let said = Said {
                message,
                hint,
                plain: "this rater is none of this round",
            };
            problems.push(self.problem(index, said));
        }
        Some(Rater::Named(person.id.clone()))
    }

    /// The group of whoever answered without a name; nothing where that is not said either.
    fn group(
        &self,
        columns: &Columns,
        survey: &Survey<'_>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Option<GroupId>> {
        let (index, word) = columns.field(self.record, "group")?;
        if word.is_empty() {
            return Some(None);
        }
        let known = survey.known.people.groups();
        let group = GroupId::parse(word).filter(|group| known.contains(group.as_str()));
        if group.is_none() && survey.known.people.are_all_known() {
            let said = Said {
                message: format!("unknown group {}", quoted(word)),
                hint: suggest::hint(word, known.iter().copied()),
                plain: "this group is unknown",
            };
            problems.push(self.problem(index, said));
        }
        group.map(Some)
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
            let said = Said {
                message: format!("unknown goal {}", quoted(word)),
                hint: suggest::hint(word, known),
                plain: "this goal is unknown",
            };
            problems.push(self.problem(index, said));
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
                let message = "the score is missing".to_owned();
                let problem = self.problem_at(index, &[Some(index)], message);
                problem.with_hint("leave out the rows of people who did not answer")
            } else {
                let said = Said {
                    message: format!("score {} is no whole number", quoted(word)),
                    hint: None,
                    plain: "this score is no whole number",
                };
                self.problem(index, said)
            };
            problems.push(problem);
            return None;
        };
        if let Some(scale) = scale.filter(|scale| !(scale.from()..=scale.to()).contains(&score)) {
            let (from, to) = (scale.from(), scale.to());
            let message =
                format!("score `{word}` is off the scale, which goes from {from} to {to}");
            let said = Said {
                message,
                hint: None,
                plain: "this score is off the scale",
            };
            problems.push(self.problem(index, said));
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
            let said = Said {
                message,
                hint: None,
                plain: "this rater is not among the supporters of this goal",
            };
            let problem = self.problem_with_pair(columns, said);
            problems.push(
                problem.with_hint("add them to the goal's `supporters`, or take the row out"),
            );
        }
    }
}
