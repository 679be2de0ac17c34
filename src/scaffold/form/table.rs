//! What a form or a spreadsheet saved, before it is known which of its rows are headers.

use std::ops::RangeInclusive;

/// Rows of texts, each as wide as the first. None is empty.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    /// The cells of a workbook that are shown as one.
    pub(super) merged: Vec<Merged>,
    /// The sheet of a workbook.
    pub(super) sheet: Option<String>,
}

/// A row that holds something.
#[derive(Debug)]
pub(super) struct Row {
    /// As a spreadsheet counts.
    pub(super) number: usize,
    pub(super) cells: Vec<String>,
}

/// Cells that are shown as one.
#[derive(Debug)]
pub(super) struct Merged {
    /// The numbers of their rows.
    pub(super) rows: RangeInclusive<usize>,
}

impl Table {
    /// The rows that hold something.
    pub(super) fn of(mut rows: Vec<Row>) -> Self {
        rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
        Self {
            rows,
            merged: Vec::new(),
            sheet: None,
        }
    }
}

/// A cell on one line, without the blanks that forms put around texts.
pub(super) fn tidy(cell: &str) -> String {
    cell.replace('\u{a0}', " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
