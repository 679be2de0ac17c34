//! Text with separators between its fields, as a form or a spreadsheet saves it, to a table.

use csv::{ReaderBuilder, Trim};

use crate::diagnostic::{Diagnostic, without_byte_order_mark};
use crate::scaffold::form::table::{Row, Table, tidy};

/// Reads what a form or a spreadsheet saved, whatever stands between its fields.
pub(super) fn table(file: &str, text: &str) -> Result<Table, Diagnostic> {
    let text = without_byte_order_mark(text);
    let (separator, text) = separator_line(text);
    if text.matches('"').count() % 2 == 1 {
        // Whatever stands behind it would be one answer.
        let problem = Diagnostic::error("a quote in this form is not closed").in_file(file);
        return Err(problem.with_hint("export it again as CSV"));
    }
    let mut reader = ReaderBuilder::new()
        .delimiter(separator.unwrap_or_else(|| delimiter(text)))
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let lines = row_numbers(text);
    let mut rows: Vec<Row> = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let number = lines.get(index).copied().unwrap_or(index + 1);
        let record = record.map_err(|_| {
            let problem = Diagnostic::error(format!("row {number} of this form cannot be read"));
            problem.in_file(file).with_hint("export it again as CSV")
        })?;
        let mut cells: Vec<String> = record.iter().map(tidy).collect();
        let width = rows.first().map_or(cells.len(), |row| row.cells.len());
        if cells.len() > width && cells[width..].iter().any(|cell| !cell.is_empty()) {
            let message = format!("row {number} has more fields than the header");
            let problem = Diagnostic::error(message).in_file(file);
            return Err(problem.with_hint("put quotes around a text that holds a comma"));
        }
        cells.resize(width, String::new());
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { number, cells });
        }
    }
    Ok(Table::of(rows))
}

/// The line by which a spreadsheet is told what stands between the fields, taken off. A spreadsheet does not count it.
fn separator_line(text: &str) -> (Option<u8>, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let line = line.trim_end_matches('\r').trim_matches('"');
    let separator = line
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("sep="));
    match (separator, line.as_bytes().get(4..)) {
        (Some(_), Some([separator])) => (Some(*separator), rest),
        _ => (None, text),
    }
}

/// The number of each row that holds anything, as a spreadsheet counts: by line ends outside quotes.
fn row_numbers(text: &str) -> Vec<usize> {
    let mut numbers = Vec::new();
    let (mut number, mut is_quoted, mut is_empty) = (1, false, true);
    for letter in text.chars() {
        match letter {
            '\n' if !is_quoted => {
                if !is_empty {
                    numbers.push(number);
                }
                number += 1;
                is_empty = true;
            }
            '\r' if !is_quoted => {}
            letter => {
                is_quoted ^= letter == '"';
                is_empty = false;
            }
        }
    }
    if !is_empty {
        numbers.push(number);
    }
    numbers
}

/// What stands between the fields: what parts every row into as many fields as the first, or what the first line holds most of.
fn delimiter(text: &str) -> u8 {
    let mut best = (b',', (false, 0));
    for delimiter in [b',', b';', b'\t'] {
        let counts = counts(text, delimiter);
        let first = counts.first().copied().unwrap_or_default();
        let is_even = first > 0 && counts.iter().all(|count| *count == first);
        if (is_even, first) > best.1 {
            best = (delimiter, (is_even, first));
        }
    }
    best.0
}

/// How often a letter stands in each row that is not empty, outside quotes.
fn counts(text: &str, delimiter: u8) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut count, mut is_quoted, mut is_empty) = (0, false, true);
    for byte in text.bytes().chain([b'\n']) {
        match byte {
            b'\n' if !is_quoted => {
                if !is_empty {
                    counts.push(count);
                }
                (count, is_empty) = (0, true);
            }
            b'\r' if !is_quoted => {}
            byte => {
                is_quoted ^= byte == b'"';
                count += usize::from(byte == delimiter && !is_quoted);
                is_empty = false;
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::{delimiter, table};

    #[test]
    fn the_first_line_tells_what_stands_between_fields() {
        assert_eq!(delimiter("a,b;c,d\n"), b',');
        assert_eq!(delimiter("\"a,b,c\";d;e\n"), b';');
        assert_eq!(delimiter("a\tb\n"), b'\t');
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        let rows = |text: &str| {
            let rows = table("form.csv", text).unwrap().rows.into_iter();
            rows.map(|row| row.number).collect::<Vec<_>>()
        };
        assert_eq!(rows("a,b\n1,2\n\n3,4\n"), [1, 2, 4]);
        assert_eq!(rows("sep=;\na;b\n1;2\n"), [1, 2]);
    }
}
