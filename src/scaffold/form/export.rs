//! The file that a web form or a spreadsheet saved, and where in it a problem stands.

use csv::{ReaderBuilder, Trim};

use crate::diagnostic::{Diagnostic, without_byte_order_mark};
use crate::scaffold::form::fold::fold;

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
    /// Reads what a form or a spreadsheet saved, whatever stands between its fields.
    pub(super) fn parse(file: &'a str, text: &str) -> Result<Self, Diagnostic> {
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
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut numbers = Vec::new();
        for (index, record) in reader.records().enumerate() {
            let number = lines.get(index).copied().unwrap_or(index + 1);
            let record = record.map_err(|_| {
                let problem =
                    Diagnostic::error(format!("row {number} of this form cannot be read"));
                problem.in_file(file).with_hint("export it again as CSV")
            })?;
            let mut row: Vec<String> = record.iter().map(tidy).collect();
            let width = rows.first().map_or(row.len(), Vec::len);
            if row.len() > width && row[width..].iter().any(|cell| !cell.is_empty()) {
                let message = format!("row {number} has more fields than the header");
                let problem = Diagnostic::error(message).in_file(file);
                return Err(problem.with_hint("put quotes around a text that holds a comma"));
            }
            row.resize(width, String::new());
            if row.iter().any(|cell| !cell.is_empty()) {
                rows.push(row);
                numbers.push(number);
            }
        }
        let header_rows = header_rows(&rows);
        let (header, above) = headers(header_rows, &mut rows);
        if header.len() < 2 {
            let problem = Diagnostic::error("this form has no columns").in_file(file);
            return Err(problem.with_hint(
                "export it as CSV, one row for each answer and one column for each question",
            ));
        }
        let numbers = numbers.split_off(numbers.len() - rows.len());
        Ok(Self {
            file,
            header,
            above,
            rows,
            numbers,
            header_rows,
        })
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

/// The line by which a spreadsheet is told what stands between the fields, taken off.
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
