//! Which columns say who answered: known by their whole header, or named by the coach. None is guessed.

use crate::diagnostic::Diagnostic;
use crate::scaffold::form::export::Export;
use crate::scaffold::form::headers::{is_first_name, is_last_name, is_nobody, says_who};
use crate::scaffold::form::people::people;
use crate::scaffold::survey::{Respondent, Survey};
use crate::text::answers::is_no_answer;

/// Where a row says who answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// A column of names or mail addresses.
    Column(usize),
    /// A column of first names and one of last names.
    Halves(usize, usize),
}

impl Source {
    fn columns(self) -> Vec<usize> {
        match self {
            Self::Column(column) => vec![column],
            Self::Halves(first, last) => vec![first, last],
        }
    }

    /// What a row says here; nothing where it says that nobody is named.
    fn text(self, export: &Export<'_>, row: usize) -> String {
        let cells = self
            .columns()
            .into_iter()
            .map(|column| export.cell(row, column));
        let cells: Vec<&str> = cells
            .filter(|cell| !is_no_answer(cell) && !is_nobody(cell))
            .collect();
        cells.join(" ")
    }
}

/// Everything that says who answered.
pub(super) struct Raters(Vec<Source>);

impl Raters {
    /// The column that the coach named, or those of `columns` that are known by their whole header.
    pub(super) fn of(named: Option<usize>, columns: &[usize], export: &Export<'_>) -> Self {
        if let Some(column) = named {
            return Self(vec![Source::Column(column)]);
        }
        let all = |is_meant: fn(&str) -> bool| -> Vec<usize> {
            let columns = columns.iter().copied();
            columns
                .filter(|column| export.headers(*column).any(is_meant))
                .collect()
        };
        let (firsts, lasts, mut whole) = (all(is_first_name), all(is_last_name), all(says_who));
        let mut sources = Vec::new();
        if let ([first], [last]) = (firsts.as_slice(), lasts.as_slice())
            && first != last
        {
            sources.push(Source::Halves(*first, *last));
            whole.retain(|column| column != first && column != last);
        }
        sources.extend(whole.into_iter().map(Source::Column));
        Self(sources)
    }

    /// Whether any row says who answered.
    pub(super) fn name_somebody(&self, export: &Export<'_>) -> bool {
        let mut rows = 0..export.rows.len();
        rows.any(|row| {
            self.0
                .iter()
                .any(|source| !source.text(export, row).is_empty())
        })
    }

    /// Whether a column is among them.
    pub(super) fn contains(&self, column: usize) -> bool {
        self.0
            .iter()
            .any(|source| source.columns().contains(&column))
    }

    /// The columns, as a spreadsheet calls them.
    pub(super) fn shown(&self) -> String {
        let columns: Vec<usize> = self.0.iter().flat_map(|source| source.columns()).collect();
        let noun = if columns.len() == 1 {
            "column"
        } else {
            "columns"
        };
        format!("{noun} {}", letters(&columns))
    }

    /// Who answered in a row: everything that it says of it means the same person.
    pub(super) fn rater<'s>(
        &self,
        export: &Export<'_>,
        row: usize,
        survey: &'s Survey,
    ) -> Result<&'s Respondent, Diagnostic> {
        let mut found: Vec<&Respondent> = Vec::new();
        let mut strangers = Vec::new();
        for source in &self.0 {
            let text = source.text(export, row);
            if text.is_empty() {
                continue;
            }
            let people = people(&text, survey);
            if people.is_empty() {
                strangers.extend(source.columns());
            }
            for person in people {
                if !found.iter().any(|known| known.id == person.id) {
                    found.push(person);
                }
            }
        }
        match found.as_slice() {
            [person] if strangers.is_empty() => Ok(person),
            [_] => {
                let message = format!(
                    "nobody of this engagement is named in column {}, though another column names someone",
                    letters(&strangers)
                );
                let hint = "`--rater COLUMN` reads one column alone; or mend the row";
                Err(export.row_problem(row, &message).with_hint(hint))
            }
            [] => {
                let known = survey.people.iter().filter(|person| !person.never_rates);
                let ids: Vec<String> = known.map(|person| format!("`{}`", person.id)).collect();
                let message = "nobody of this engagement has the name or address of this row";
                let hint = format!("known here: {}", ids.join(", "));
                Err(export.row_problem(row, message).with_hint(hint))
            }
            several => {
                let ids: Vec<String> = several
                    .iter()
                    .map(|person| format!("`{}`", person.id))
                    .collect();
                let message = format!("this row could be from {}", ids.join(" or "));
                let hint = "put the id of the right person into this row, or read one column alone with `--rater COLUMN`";
                Err(export.row_problem(row, &message).with_hint(hint))
            }
        }
    }
}

/// No column is known to say who answered: those that could.
pub(super) fn unknown(export: &Export<'_>, columns: &[usize], survey: &Survey) -> Diagnostic {
    let names_someone = |column: &&usize| {
        export
            .filled(**column)
            .any(|cell| !people(cell, survey).is_empty())
    };
    let likely: Vec<usize> = columns.iter().filter(names_someone).copied().collect();
    let problem = export.problem("no column says for certain who answered");
    let Some(first) = likely.first() else {
        return problem.with_hint(
            "ask for the name or the mail address, and call the column `name` or `email`; where nobody was asked for a name, say \
             `--anonymous`",
        );
    };
    let noun = if likely.len() == 1 {
        "column"
    } else {
        "columns"
    };
    problem.with_hint(format!(
        "people of this engagement are named in {noun} {}: name the one that is meant, such as `--rater {}`",
        letters(&likely),
        Export::letter(*first)
    ))
}

/// Columns as a spreadsheet calls them.
pub(super) fn letters(columns: &[usize]) -> String {
    let letters: Vec<String> = columns
        .iter()
        .map(|column| Export::letter(*column))
        .collect();
    letters.join(", ")
}
