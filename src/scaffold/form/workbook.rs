//! A workbook (`.xlsx`) to a table: of one sheet, each cell as the text that CSV would have of it, and days as `2026-03-01 09:14:02`.
//!
//! The rule it guards: how much is unpacked is bounded before anything is read, and a damaged workbook is refused, whatever the damage.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use zip::ZipArchive;

use crate::diagnostic::Diagnostic;
use crate::scaffold::form::table::{Merged, Row, Table, tidy};
use crate::text::fold::fold;

/// A workbook holds no more parts than this.
const PARTS: usize = 2_000;

/// Unpacked, it is no longer than this.
const UNPACKED: u64 = 64 << 20;

/// No answer stands below this row, and none to the right of this column.
const ROWS: u32 = 20_000;
const COLUMNS: u32 = 1_000;

/// Why a workbook cannot be read.
enum Trouble {
    /// It is no workbook of this kind, or not whole.
    Damaged,
    /// It is longer than a form can be.
    TooLong,
    /// These sheets hold something, and none was named.
    Several(Vec<String>),
    /// No sheet is called like that: these are.
    NoSheet(Vec<String>),
    /// No sheet holds anything.
    Empty,
}

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// The cells of a sheet that hold something, by row and column.
type Cells = BTreeMap<u32, BTreeMap<u32, String>>;

/// Whether these are the bytes of a workbook or another packed file.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads the sheet that the coach named, or the only one that holds something.
pub(super) fn table(file: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Table, Diagnostic> {
    // Some damage makes the library panic, such as a number that is too large for it. What it had read until then is dropped.
    let result = catch_unwind(AssertUnwindSafe(|| read(bytes, sheet)));
    result
        .unwrap_or(Err(Trouble::Damaged))
        .map_err(|trouble| trouble.problem().in_file(file))
}

impl Trouble {
    fn problem(&self) -> Diagnostic {
        let names = |names: &[String]| {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            names.join(", ")
        };
        match self {
            Self::Damaged => Diagnostic::error("this is no workbook that can be read")
                .with_hint("export the form again as `.xlsx` or as CSV, and not with a password"),
            Self::TooLong => {
                Diagnostic::error("this workbook is longer than the answers to a form")
                    .with_hint("export the form again, or save its sheet of answers as CSV")
            }
            Self::Several(sheets) => {
                let message = format!(
                    "more than one sheet of this workbook holds something: {}",
                    names(sheets)
                );
                let first = sheets.first().map_or("Sheet1", String::as_str);
                Diagnostic::error(message).with_hint(format!(
                    "name the one with the answers: `--sheet \"{first}\"`"
                ))
            }
            Self::NoSheet(sheets) => Diagnostic::error("this workbook has no sheet of that name")
                .with_hint(format!("its sheets are {}", names(sheets))),
            Self::Empty => Diagnostic::error("no sheet of this workbook holds anything")
                .with_hint("export the form again, with its answers"),
        }
    }
}

fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Table, Trouble> {
    check_length(bytes)?;
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Trouble::Damaged)?;
    let (name, cells) = match sheet {
        Some(sheet) => named(&mut book, sheet)?,
        None => only(&mut book)?,
    };
    let merged = book
        .merge_cells_by_sheet_name(&name)
        .map_err(|_| Trouble::Damaged)?;
    let number = |row: u32| usize::try_from(row).map_or(usize::MAX, |row| row.saturating_add(1));
    let merged = merged.into_iter().filter(|cells| cells.start != cells.end);
    let merged = merged.map(|cells| {
        let (one, other) = (number(cells.start.0), number(cells.end.0));
        Merged {
            rows: one.min(other)..=one.max(other),
        }
    });
    let merged = merged.collect();
    let width = cells
        .values()
        .filter_map(|row| row.keys().next_back())
        .max();
    let width = width.map_or(0, |last| last + 1);
    let rows = cells.into_iter().map(|(row, mut cells)| Row {
        number: number(row),
        cells: (0..width)
            .map(|column| cells.remove(&column).unwrap_or_default())
            .collect(),
    });
    Ok(Table {
        rows: rows.collect(),
        merged,
        sheet: Some(name),
    })
}

/// Unpacks everything once to nowhere: what a workbook says of its own length may be untrue.
fn check_length(bytes: &[u8]) -> Result<(), Trouble> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Trouble::Damaged)?;
    if archive.len() > PARTS {
        return Err(Trouble::TooLong);
    }
    let mut left = UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| Trouble::Damaged)?;
        let length = io::copy(&mut part.take(left + 1), &mut io::sink());
        let length = length.map_err(|_| Trouble::Damaged)?;
        left = left.checked_sub(length).ok_or(Trouble::TooLong)?;
    }
    Ok(())
}

/// The names of the sheets that a reader of the workbook sees.
fn sheets(book: &Book<'_>) -> Vec<String> {
    let sheets = book.sheets_metadata().iter();
    let seen = sheets.filter(|sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
    });
    seen.map(|sheet| sheet.name.clone()).collect()
}

fn named(book: &mut Book<'_>, word: &str) -> Result<(String, Cells), Trouble> {
    let all = sheets(book);
    let exact = all.iter().find(|name| *name == word);
    let mut alike = all.iter().filter(|name| fold(name) == fold(word));
    let found = exact.or_else(|| alike.next().filter(|_| alike.next().is_none()));
    let Some(name) = found.cloned() else {
        return Err(Trouble::NoSheet(all));
    };
    let cells = cells(book, &name)?;
    if cells.is_empty() {
        return Err(Trouble::Empty);
    }
    Ok((name, cells))
}

/// The only sheet that holds something.
fn only(book: &mut Book<'_>) -> Result<(String, Cells), Trouble> {
    let mut found = Vec::new();
    for name in sheets(book) {
        let cells = cells(book, &name)?;
        if !cells.is_empty() {
            found.push((name, cells));
        }
    }
    if found.len() > 1 {
        return Err(Trouble::Several(
            found.into_iter().map(|(name, _)| name).collect(),
        ));
    }
    found.pop().ok_or(Trouble::Empty)
}

fn cells(book: &mut Book<'_>, sheet: &str) -> Result<Cells, Trouble> {
    let mut reader = book
        .worksheet_cells_reader(sheet)
        .map_err(|_| Trouble::Damaged)?;
    let mut cells = Cells::new();
    while let Some(cell) = reader.next_cell().map_err(|_| Trouble::Damaged)? {
        let text = tidy(&text(cell.get_value()));
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        if row >= ROWS || column >= COLUMNS {
            return Err(Trouble::TooLong);
        }
        if cells.entry(row).or_default().insert(column, text).is_some() {
            return Err(Trouble::Damaged);
        }
    }
    Ok(cells)
}

/// What CSV would have of a cell.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(is_true) => if *is_true { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::DateTime(day) => written(*day),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.replace('T', " "),
        DataRef::Error(error) => error.to_string(),
    }
}

fn written(day: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = day.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}
