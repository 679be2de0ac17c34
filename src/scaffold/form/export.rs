//! The file that a web form or a spreadsheet saved, and where in it a problem stands.

use csv::{ReaderBuilder, Trim};

use crate::diagnostic::{Diagnostic, without_byte_order_mark};

/// A header and rows, every row as long as the header.
pub(super) struct Export<'a> {
    file: &'a str,
    /// The questions as the form worded them.
    pub(super) header: Vec<String>,
    /// The answers.
    pub(super) rows: Vec<Vec<String>>,
}

impl<'a> Export<'a> {
    /// Reads what a form or a spreadsheet saved, whatever stands between its fields.
    pub(super) fn parse(file: &'a str, text: &str) -> Result<Self, Diagnostic> {
        let text = without_byte_order_mark(text);
        if text.matches('"').count() % 2 == 1 {
            // Whatever stands behind it would be one answer.
            let problem = Diagnostic::error("a quote in this form is not closed").in_file(file);
            return Err(problem.with_hint("export it again as CSV"));
        }
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter(text))
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .from_reader(text.as_bytes());
        let mut rows: Vec<Vec<String>> = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| {
                let line = error.position().map_or(0, csv::Position::line);
                let problem = Diagnostic::error(format!("line {line} of this form cannot be read"));
                problem.in_file(file).with_hint("export it again as CSV")
            })?;
            let mut row: Vec<String> = record.iter().map(tidy).collect();
            let width = rows.first().map_or(row.len(), Vec::len);
            if row.len() > width && row[width..].iter().any(|cell| !cell.is_empty()) {
                let message = format!("row {} has more fields than the header", rows.len() + 1);
                let problem = Diagnostic::error(message).in_file(file);
                return Err(problem.with_hint("put quotes around a text that holds a comma"));
            }
            row.resize(width, String::new());
            if row.iter().any(|cell| !cell.is_empty()) {
                rows.push(row);
            }
        }
        let mut rows = rows.into_iter();
        let header = rows.next().unwrap_or_default();
        if header.len() < 2 {
            let problem = Diagnostic::error("this form has no columns").in_file(file);
            return Err(problem.with_hint(
                "export it as CSV, one row for each answer and one column for each question",
            ));
        }
        Ok(Self {
            file,
            header,
            rows: rows.collect(),
        })
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
        self.problem(&format!("row {}: {message}", Self::line(row)))
    }

    /// What is wrong with a cell.
    pub(super) fn cell_problem(&self, row: usize, column: usize, message: &str) -> Diagnostic {
        self.problem(&format!(
            "row {}, column {}: {message}",
            Self::line(row),
            Self::letter(column)
        ))
    }

    /// The number of a row as a spreadsheet shows it.
    pub(super) fn line(row: usize) -> usize {
        row + 2
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

/// What stands between the fields of the first line: a comma, or what a spreadsheet of another country saves.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => break,
            _ if is_quoted => {}
            _ => {
                for (delimiter, count) in &mut counts {
                    *count += usize::from(*delimiter == byte);
                }
            }
        }
    }
    let mut most = counts[0];
    for next in &counts[1..] {
        if next.1 > most.1 {
            most = *next;
        }
    }
    most.0
}

/// A cell on one line, without the blanks that forms put around texts.
fn tidy(cell: &str) -> String {
    cell.replace('\u{a0}', " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Export, delimiter};

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

    #[test]
    fn the_first_line_tells_what_stands_between_fields() {
        assert_eq!(delimiter("a,b;c,d\n"), b',');
        assert_eq!(delimiter("\"a,b,c\";d;e\n"), b';');
        assert_eq!(delimiter("a\tb\n"), b'\t');
    }
}
