//! The file that a web form or a spreadsheet saved, and where in it a problem stands.

use crate::diagnostic::Diagnostic;
use crate::scaffold::form::table::{Merged, Table};
use crate::text::fold::fold;

/// The rows of answers and what stands above them, every row as wide as the first.
pub(super) struct Export<'a> {
    file: &'a str,
    /// The header of each column: the question as the form worded it.
    pub(super) header: Vec<String>,
    /// What else stands above each column, where a survey tool writes several rows of headers.
    above: Vec<Vec<String>>,
    /// The answers.
    pub(super) rows: Vec<Vec<String>>,
    /// The number of each row, as a spreadsheet shows it.
    numbers: Vec<usize>,
    /// How many rows of headers there are.
    pub(super) header_rows: usize,
    /// The sheet of a workbook that was read.
    pub(super) sheet: Option<String>,
}

/// What a survey tool writes below a question that is answered in one column.
const ONE_COLUMN: [&str; 9] = [
    "response",
    "open ended response",
    "antwort",
    "offene antwort",
    "reponse",
    "respuesta",
    "resposta",
    "回答",
    "الرد",
];

impl<'a> Export<'a> {
    /// Takes the headers off a table.
    pub(super) fn of(file: &'a str, table: Table) -> Result<Self, Diagnostic> {
        let mut rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.cells.clone()).collect();
        let header_rows = header_rows(&rows);
        let (header, mut above) = headers(header_rows, &mut rows);
        let header = without_codes(header, &mut above);
        if header.len() < 2 {
            let problem = Diagnostic::error("this form has no columns").in_file(file);
            return Err(problem.with_hint(
                "export it as CSV or as a workbook, one row for each answer and one column for each question",
            ));
        }
        let numbers: Vec<usize> = table
            .rows
            .iter()
            .skip(header_rows)
            .map(|row| row.number)
            .collect();
        let is_answer =
            |merged: &&Merged| numbers.iter().any(|number| merged.rows.contains(number));
        if let Some(merged) = table.merged.iter().find(is_answer) {
            let message = format!("row {}: cells of an answer are merged", merged.rows.start());
            let problem = Diagnostic::error(message).in_file(file);
            return Err(problem.with_hint("take them apart in the spreadsheet: nobody can tell which cell the answer belongs to"));
        }
        Ok(Self {
            file,
            header,
            above,
            rows,
            numbers,
            header_rows,
            sheet: table.sheet,
        })
    }

    /// Leaves out the answers of which `is_kept` says so, and returns how many those are.
    pub(super) fn keep(&mut self, is_kept: &[bool]) -> usize {
        let before = self.rows.len();
        let mut kept = is_kept.iter();
        self.rows.retain(|_| kept.next().copied().unwrap_or(true));
        let mut kept = is_kept.iter();
        self.numbers
            .retain(|_| kept.next().copied().unwrap_or(true));
        before - self.rows.len()
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        self.header.len()
    }

    /// Everything that stands above a column.
    pub(super) fn headers(&self, column: usize) -> impl Iterator<Item = &str> {
        let above = self.above[column].iter();
        std::iter::once(&self.header[column])
            .chain(above)
            .map(String::as_str)
    }

    /// The text of a cell.
    pub(super) fn cell(&self, row: usize, column: usize) -> &str {
        &self.rows[row][column]
    }

    /// Every text of a column that is not empty.
    pub(super) fn filled(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows
            .iter()
            .map(move |row| row[column].as_str())
            .filter(|cell| !cell.is_empty())
    }

    /// What is wrong with the whole form.
    pub(super) fn problem(&self, message: &str) -> Diagnostic {
        Diagnostic::error(message).in_file(self.file)
    }

    /// What is wrong with a row.
    pub(super) fn row_problem(&self, row: usize, message: &str) -> Diagnostic {
        self.problem(&format!("row {}: {message}", self.number(row)))
    }

    /// What is wrong with a cell.
    pub(super) fn cell_problem(&self, row: usize, column: usize, message: &str) -> Diagnostic {
        self.problem(&format!(
            "row {}, column {}: {message}",
            self.number(row),
            Self::letter(column)
        ))
    }

    /// The number of a row as a spreadsheet shows it.
    pub(super) fn number(&self, row: usize) -> usize {
        self.numbers[row]
    }

    /// The letters of a column as a spreadsheet shows them.
    pub(super) fn letter(column: usize) -> String {
        let mut letters = Vec::new();
        let mut rest = column + 1;
        while rest > 0 {
            rest -= 1;
            letters.push(b'A' + u8::try_from(rest % 26).unwrap_or_default());
            rest /= 26;
        }
        letters.reverse();
        String::from_utf8_lossy(&letters).into_owned()
    }
}

/// Headers without the code before each, where every one has one, such as `id. Response ID`.
fn without_codes(header: Vec<String>, above: &mut [Vec<String>]) -> Vec<String> {
    let parts = |header: &String| {
        let (code, text) = header.split_once(". ")?;
        let is_code = !code.is_empty()
            && code
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "[]_-".contains(letter));
        (is_code && !text.is_empty()).then(|| (code.to_owned(), text.to_owned()))
    };
    let Some(parts) = header.iter().map(parts).collect::<Option<Vec<_>>>() else {
        return header;
    };
    let parts = parts.into_iter().zip(above);
    let texts = parts.map(|((code, text), above)| {
        above.push(code);
        text
    });
    texts.collect()
}

/// Takes the rows of headers off: the header of each column, and what else stands above it.
fn headers(count: usize, rows: &mut Vec<Vec<String>>) -> (Vec<String>, Vec<Vec<String>>) {
    let mut top = rows.drain(..count.min(rows.len()));
    let first = top.next().unwrap_or_default();
    let none = vec![Vec::new(); first.len()];
    let Some(second) = top.next() else {
        return (first, none);
    };
    if count == 3 {
        // Short names, the questions, and names that only the tool reads.
        return (second, first.into_iter().map(|name| vec![name]).collect());
    }
    let mut question = String::new();
    let mut header = Vec::new();
    let mut above = Vec::new();
    for (column, below) in second.into_iter().enumerate() {
        let own = &first[column];
        if !own.is_empty() {
            question.clone_from(own);
        }
        let is_alone = first.get(column + 1).is_none_or(|next| !next.is_empty());
        if below.is_empty() || ONE_COLUMN.contains(&fold(&below).as_str()) {
            header.push(if below.is_empty() {
                own.clone()
            } else {
                question.clone()
            });
            above.push(Vec::new());
        } else {
            header.push(below);
            let own = Some(own.clone()).filter(|own| is_alone && !own.is_empty());
            above.push(own.into_iter().collect());
        }
    }
    (header, above)
}

/// How many rows of headers there are: one, SurveyMonkey's two, or Qualtrics' three.
fn header_rows(rows: &[Vec<String>]) -> usize {
    let filled = |row: &'_ Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count();
    if let [_, _, third, ..] = rows
        && filled(third) > 0
        && third
            .iter()
            .all(|cell| cell.is_empty() || cell.contains("\"ImportId\""))
    {
        return 3;
    }
    if let [first, second, ..] = rows
        && first.first().is_some_and(|cell| !cell.is_empty())
        && second.first().is_some_and(String::is_empty)
        && second.iter().zip(first).any(|(below, own)| {
            !below.is_empty() && (own.is_empty() || ONE_COLUMN.contains(&fold(below).as_str()))
        })
        && !second
            .iter()
            .any(|cell| cell.starts_with(|letter: char| letter.is_ascii_digit()))
    {
        return 2;
    }
    1
}

#[cfg(test)]
mod tests {
    use super::Export;

    #[test]
    fn columns_are_called_as_in_a_spreadsheet() {
        for (column, letter) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (51, "AZ"),
            (52, "BA"),
            (702, "AAA"),
        ] {
            assert_eq!(Export::letter(column), letter);
        }
    }
}
