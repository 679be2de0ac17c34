//! The order of columns and rows decides nothing, in text and in workbooks.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::workbook::{texts, workbook};
use super::{CONCISE, HANDS_OVER, import, read, rows, survey};
use crate::scaffold::form::Wishes;

/// Answers to a form, below its header.
fn table(comment: &str) -> [[&str; 9]; 5] {
    [
        [
            "Timestamp",
            CONCISE,
            "Email",
            "Name",
            HANDS_OVER,
            "Did she follow up?",
            "Anything else?",
            comment,
            "Score",
        ],
        [
            "3/1/2026",
            "1",
            "tom@ostrey.example",
            "Tom Weber",
            "N/A",
            "Yes",
            "hush",
            "hush",
            "0",
        ],
        [
            "3/2/2026",
            "2 – some",
            "lena@ostrey.example",
            "Kovač, Lena",
            "-1",
            "no",
            "",
            "",
            "1",
        ],
        [
            "3/2/2026",
            "+3",
            "",
            "Nyah Adeyemi",
            "",
            "",
            "1 of 2",
            "hush",
            "2",
        ],
        [
            "3/3/2026",
            "",
            "priya@ostrey.example",
            "",
            "−2",
            "",
            "",
            "hush",
            "0",
        ],
    ]
}

fn csv_text(columns: &[usize], rows: &[usize]) -> String {
    let comment = format!("Comment on: {CONCISE}");
    let table = table(&comment);
    let mut text = String::new();
    for row in [&[0], rows].concat() {
        let cells: Vec<String> = columns
            .iter()
            .map(|column| format!("\"{}\"", table[row][*column]))
            .collect();
        text += &format!("{}\n", cells.join(","));
    }
    text
}

/// The same as a workbook.
fn xlsx(columns: &[usize], rows: &[usize]) -> Vec<u8> {
    let comment = format!("Comment on: {CONCISE}");
    let table = table(&comment);
    let lines = [&[0], rows].concat();
    let lines = lines.iter().enumerate().map(|(number, row)| {
        let cells: Vec<&str> = columns.iter().map(|column| table[*row][*column]).collect();
        texts(number + 1, &cells)
    });
    workbook(&[("Answers", &lines.collect::<String>(), "")])
}

proptest! {
    /// The order of columns and rows decides nothing.
    #[test]
    fn any_order_gives_the_same_round(
        columns in Just((0..9).collect::<Vec<usize>>()).prop_shuffle(),
        answers in Just((1..5).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let expected = rows(&csv_text(&[0, 1, 2, 3, 4, 5, 6, 7, 8], &[1, 2, 3, 4]));
        prop_assert_eq!(expected.lines().count(), 6);
        prop_assert_eq!(rows(&csv_text(&columns, &answers)), expected.clone());
        let new_files = import(&xlsx(&columns, &answers), &Wishes::default(), &survey()).unwrap();
        prop_assert_eq!(&new_files.files[0].text, &expected);
    }

    /// Whatever the cells hold, the same is refused in any order.
    #[test]
    fn any_order_refuses_the_same(
        cells in proptest::collection::vec("[-+0-9a-c;/ ]{0,4}", 4),
        order in Just((0..4).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let people = ["tom", "lena", "priya", "nyah"];
        let of = |order: &[usize]| {
            let lines: Vec<String> = order.iter().map(|index| format!("{},{}\n", people[*index], cells[*index])).collect();
            format!("name,concise-in-the-room\n{}", lines.concat())
        };
        let result = |text: &str| read(text, &Wishes::default(), &survey()).map_err(|messages| {
            let messages = messages.lines().map(|line| line.rsplit_once(": ").map_or(line, |(_, message)| message).to_owned());
            messages.collect::<BTreeSet<String>>()
        });
        prop_assert_eq!(result(&of(&[0, 1, 2, 3])), result(&of(&order)));
    }
}
