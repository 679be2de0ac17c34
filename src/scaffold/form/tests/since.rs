//! A form that was used for several rounds.

use jiff::civil::date;

use super::{import, read, survey};
use crate::scaffold::form::{DateOrder, Wishes};

const TEXT: &str = "Timestamp,Email,concise-in-the-room\n\
    2/12/2025 9:00:00,tom,1\n3/12/2025 9:00:00,lena,2\n2/3/2026 9:00:00,tom,3\n3/3/2026 9:00:00,lena,0\n";

fn since(dates: Option<DateOrder>) -> Wishes {
    Wishes {
        since: Some(date(2026, 2, 1)),
        dates,
        ..Wishes::default()
    }
}

#[test]
fn answers_of_before_are_left_out() {
    let twice = read(TEXT, &Wishes::default(), &survey()).unwrap_err();
    assert!(twice.starts_with("row 4: `tom` answered twice"), "{twice}");
    // Whichever is the month, the same answers are of this round.
    let expected = "lena,concise-in-the-room,0,\ntom,concise-in-the-room,3,\n";
    assert_eq!(read(TEXT, &since(None), &survey()).unwrap(), expected);
    let new_files = import(TEXT.as_bytes(), &since(None), &survey()).unwrap();
    let left_out = "2 rows of before 2026-02-01 left out, by column A";
    assert!(
        new_files.next.iter().any(|line| line == left_out),
        "{:?}",
        new_files.next
    );
    // What is wrong with answers of before is not looked at.
    let odd = TEXT.replace("tom,1", "tom,hush");
    assert_eq!(read(&odd, &since(None), &survey()).unwrap(), expected);
    // Problems name the row as the spreadsheet shows it.
    let odd = TEXT.replace("lena,0", "lena,9");
    assert_eq!(
        read(&odd, &since(None), &survey()).unwrap_err(),
        "row 5, column C: an answer is off the scale"
    );
}

#[test]
fn the_order_of_day_and_month_is_not_guessed() {
    let text = "Timestamp,Email,concise-in-the-room\n1/2/2026,tom,1\n3/3/2026,lena,0\n";
    assert_eq!(
        read(text, &since(None), &survey()).unwrap_err(),
        "column A: whether the day or the month comes first in these dates decides which answers count"
    );
    let by = |order| {
        read(text, &since(Some(order)), &survey())
            .unwrap()
            .lines()
            .count()
    };
    assert_eq!((by(DateOrder::DayFirst), by(DateOrder::MonthFirst)), (2, 1));
    for (text, message) in [
        (
            "Email,concise-in-the-room\ntom,1\n",
            "no column says when an answer was sent",
        ),
        (
            "Timestamp,Email,concise-in-the-room\nyesterday,tom,1\n2026-03-01,lena,1\n",
            "row 2, column A: this says no day on which an answer was sent",
        ),
        (
            "Timestamp,Email,concise-in-the-room\n2025-03-01,tom,1\n",
            "this form holds no answer",
        ),
    ] {
        assert_eq!(read(text, &since(None), &survey()).unwrap_err(), message);
    }
}
