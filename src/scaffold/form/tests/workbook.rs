//! Workbooks, written cell by cell as they may come.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{import, survey};
use crate::diagnostic::Diagnostic;
use crate::scaffold::form::Wishes;

/// A workbook whose sheets hold these cells: the XML of each `<sheetData>`, and what stands behind it.
pub(super) fn workbook(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut names = String::new();
    let mut links = String::new();
    let mut parts: Vec<(String, String)> = Vec::new();
    for (index, (name, cells, behind)) in sheets.iter().enumerate() {
        let number = index + 1;
        names += &format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
        links += &format!(
            "<Relationship Id=\"rId{number}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        );
        let sheet = format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{cells}</sheetData>{behind}</worksheet>"
        );
        parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet));
    }
    parts.push(("xl/workbook.xml".to_owned(), format!("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{names}</sheets></workbook>")));
    links += "<Relationship Id=\"rId99\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>";
    parts.push(("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{links}</Relationships>")));
    parts.push(("xl/styles.xml".to_owned(), "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>".to_owned()));
    parts.push(("_rels/.rels".to_owned(), "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>".to_owned()));
    packed(&parts)
}

fn packed(parts: &[(String, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A row of texts.
pub(super) fn texts(number: usize, cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| text_cell(cell)).collect();
    format!("<row r=\"{number}\">{}</row>", cells.concat())
}

fn text_cell(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A form with one answer, whose score is the cell with this XML.
fn with_score(cell: &str) -> Vec<u8> {
    let header = texts(1, &["Email", "concise-in-the-room"]);
    let rows = format!("{header}<row r=\"2\">{}{cell}</row>", text_cell("tom"));
    workbook(&[("Sheet1", &rows, "")])
}

fn read(bytes: &[u8], wishes: &Wishes) -> Result<String, String> {
    let new_files = import(bytes, wishes, &survey()).map_err(|problems| {
        let messages: Vec<&str> = problems.iter().map(Diagnostic::message).collect();
        messages.join("\n")
    })?;
    Ok(new_files.files[0].text.clone())
}

fn plain(bytes: &[u8]) -> Result<String, String> {
    read(bytes, &Wishes::default())
}

#[test]
fn a_cell_is_what_is_shown_in_it() {
    for (cell, expected) in [
        ("<c><v>2</v></c>", Ok(2)),
        ("<c><v>2.0</v></c>", Ok(2)),
        ("<c t=\"n\"><v>-1</v></c>", Ok(-1)),
        (
            "<c t=\"inlineStr\"><is><t>2 – </t></is></c>",
            Err("what follows the number in an answer is not clear"),
        ),
        (
            "<c t=\"inlineStr\"><is><r><t>2 – </t></r><r><t>some</t></r></is></c>",
            Ok(2),
        ),
        // What a formula came to when it was saved.
        ("<c><f>1+1</f><v>2</v></c>", Ok(2)),
        ("<c t=\"str\"><f>B9</f><v>+1</v></c>", Ok(1)),
        ("<c><v>2.5</v></c>", Err("an answer is no whole number")),
        (
            "<c s=\"1\"><v>46054</v></c>",
            Err("an answer is a day: a spreadsheet took it for one"),
        ),
        (
            "<c t=\"d\"><v>2026-02-01T00:00:00</v></c>",
            Err("an answer is a day: a spreadsheet took it for one"),
        ),
        (
            "<c t=\"e\"><v>#N/A</v></c>",
            Err("a spreadsheet could not work out this cell"),
        ),
        (
            "<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>",
            Err("a spreadsheet could not work out this cell"),
        ),
        (
            "<c t=\"b\"><v>1</v></c>",
            Err("an answer does not begin with a number"),
        ),
        (
            "<c><v>1e30</v></c>",
            Err("an answer does not begin with a number"),
        ),
    ] {
        let expected = match expected {
            Ok(score) => Ok(format!(
                "rater,goal,score,followed_up\ntom,concise-in-the-room,{score},\n"
            )),
            Err(message) => Err(format!("row 2, column B: {message}")),
        };
        assert_eq!(plain(&with_score(cell)), expected, "{cell}");
    }
    let header = texts(1, &["Email", "concise-in-the-room", "Did she follow up?"]);
    let rows = format!(
        "{header}<row r=\"4\">{}<c><v>1</v></c><c t=\"b\"><v>1</v></c></row>",
        text_cell("tom")
    );
    let expected = "rater,goal,score,followed_up\ntom,concise-in-the-room,1,yes\n";
    assert_eq!(plain(&workbook(&[("S", &rows, "")])).unwrap(), expected);
}

#[test]
fn rows_and_columns_are_called_as_the_spreadsheet_calls_them() {
    let rows = format!(
        "{}<row r=\"7\"><c r=\"C7\" t=\"inlineStr\"><is><t>tom</t></is></c><c r=\"D7\"><v>9</v></c></row>",
        "<row r=\"3\"><c r=\"C3\" t=\"inlineStr\"><is><t>Email</t></is></c><c r=\"D3\" t=\"inlineStr\"><is><t>concise-in-the-room</t></is></c></row>"
    );
    assert_eq!(
        plain(&workbook(&[("S", &rows, "")])).unwrap_err(),
        "row 7, column D: an answer is off the scale"
    );
}

#[test]
fn the_sheet_is_certain_or_named() {
    let form =
        |score: &str| texts(1, &["Email", "concise-in-the-room"]) + &texts(2, &["tom", score]);
    let (one, other) = (form("1"), form("2"));
    let empty = workbook(&[("Notes", "", ""), ("Answers", &one, "")]);
    assert!(plain(&empty).unwrap().contains("room,1,"));
    let both = workbook(&[("Spring", &one, ""), ("Autumn", &other, "")]);
    assert_eq!(
        plain(&both).unwrap_err(),
        "more than one sheet of this workbook holds something: `Spring`, `Autumn`"
    );
    let named = |sheet: &str| Wishes {
        sheet: Some(sheet.to_owned()),
        ..Wishes::default()
    };
    assert!(read(&both, &named("autumn")).unwrap().contains("room,2,"));
    let new_files = import(&both, &named("Autumn"), &survey()).unwrap();
    assert!(
        new_files.next[0].contains("sheet: `Autumn`"),
        "{:?}",
        new_files.next
    );
    assert_eq!(
        read(&both, &named("Winter")).unwrap_err(),
        "this workbook has no sheet of that name"
    );
    assert_eq!(
        read(&empty, &named("Notes")).unwrap_err(),
        "no sheet of this workbook holds anything"
    );
    assert_eq!(
        read(b"Email,concise-in-the-room\ntom,1\n", &named("Autumn")).unwrap_err(),
        "this form is no workbook and has no sheets"
    );
}

#[test]
fn merged_cells_are_headers_or_refused() {
    let rows = texts(1, &["Email", "concise-in-the-room"])
        + &texts(2, &["tom", "1"])
        + &texts(3, &["lena", ""]);
    let merged = |cells: &str| {
        workbook(&[(
            "S",
            &rows,
            &format!("<mergeCells><mergeCell ref=\"{cells}\"/></mergeCells>"),
        )])
    };
    assert_eq!(
        plain(&merged("B2:B3")).unwrap_err(),
        "row 2: cells of an answer are merged"
    );
    assert!(plain(&merged("A1:B1")).is_ok());
    assert!(plain(&merged("A9:B12")).is_ok());
}

#[test]
fn what_is_too_long_or_no_workbook_is_refused() {
    let damaged = "this is no workbook that can be read";
    let long = "this workbook is longer than the answers to a form";
    let sound = with_score("<c><v>1</v></c>");
    assert_eq!(plain(&sound[..sound.len() / 2]).unwrap_err(), damaged);
    assert_eq!(
        plain(&packed(&[(
            "word/document.xml".to_owned(),
            "<w/>".to_owned()
        )]))
        .unwrap_err(),
        damaged
    );
    // A few kilobytes that unpack to more than any form.
    let bomb = packed(&[("xl/media/image1.png".to_owned(), "0".repeat(65 << 20))]);
    assert!(bomb.len() < 100_000);
    assert_eq!(plain(&bomb).unwrap_err(), long);
    let many: Vec<(String, String)> = (0..2_001)
        .map(|number| (format!("xl/{number}"), String::new()))
        .collect();
    assert_eq!(plain(&packed(&many)).unwrap_err(), long);
    for cell in ["A20001", "ALM2"] {
        assert_eq!(
            plain(&with_score(&format!("<c r=\"{cell}\"><v>1</v></c>"))).unwrap_err(),
            long,
            "{cell}"
        );
    }
    // One cell twice, a text that is not there, numbers that are too large for any sheet.
    for cell in [
        "<c r=\"B2\"><v>1</v></c><c r=\"B2\"><v>2</v></c>",
        "<c t=\"s\"><v>5</v></c>",
        "<c r=\"ZZZZZZZZ99999999999\"><v>1</v></c>",
        "<c r=\"2\"><v>1</v></c>",
        "<c><v>1</v>",
    ] {
        let refused = plain(&with_score(cell)).unwrap_err();
        assert!(
            [damaged, long].contains(&refused.as_str()),
            "{cell}: {refused}"
        );
    }
    let rows = texts(1, &["Email", "concise-in-the-room"]);
    let turned = workbook(&[(
        "S",
        &rows,
        "<mergeCells><mergeCell ref=\"B9:A1\"/></mergeCells>",
    )]);
    assert!(plain(&turned).is_err());
}
