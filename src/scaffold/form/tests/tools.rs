//! Exports with the headers of the usual survey tools.

use super::{CONCISE, HANDS_OVER, import, refusal, rows, survey};
use crate::scaffold::form::Wishes;

#[test]
fn google_forms_is_read() {
    let text = format!(
        "Timestamp,Email Address,\"1. {CONCISE}\",\"Anything you would like to say about this?\",\"2. To what degree is this true: {HANDS_OVER}\",Did she follow up with you?\n\
         3/1/2026 9:14:02,tom@ostrey.example,2,\"So, \"\"much\"\" better\nthan before\",-1,Yes\n\
         3/1/2026 10:02:11,LENA@ostrey.example,+1,,0,No\n\
         3/2/2026 8:00:00,nyah@ostrey.example,3 – very much,hush hush,,\n"
    );
    let expected = "rater,goal,score,followed_up\n\
        lena,concise-in-the-room,1,no\n\
        nyah,concise-in-the-room,3,\n\
        tom,concise-in-the-room,2,yes\n\
        lena,hand-over-the-decision,0,no\n\
        tom,hand-over-the-decision,-1,yes\n";
    assert_eq!(rows(&text), expected);
}

#[test]
fn microsoft_forms_is_read() {
    let text = format!(
        "\u{feff}ID;Start time;Completion time;Email;Name;Last modified time;{}\u{a0};Points - {CONCISE};Feedback - {CONCISE};{HANDS_OVER}\r\n\
         1;01/03/2026 09:00:00;01/03/2026 09:02:00;anonymous;Weber, Tom;;1;;hush;\u{2212}2\r\n\
         2;01/03/2026 09:00:00;01/03/2026 09:02:00;anonymous;lena kovac;;0.0;;;2\r\n",
        CONCISE.replace("so that people", "so that everyone")
    );
    let expected = "rater,goal,score,followed_up\n\
        lena,concise-in-the-room,0,\n\
        tom,concise-in-the-room,1,\n\
        lena,hand-over-the-decision,2,\n\
        tom,hand-over-the-decision,-2,\n";
    assert_eq!(rows(&text), expected);
}

#[test]
fn a_grid_with_the_question_in_brackets_is_read() {
    let text = format!(
        "Who are you?,\"How has this changed? [{CONCISE}]\",\"How has this changed? [{HANDS_OVER}]\"\nTom Weber,1,2\n"
    );
    assert_eq!(
        rows(&text),
        "rater,goal,score,followed_up\ntom,concise-in-the-room,1,\ntom,hand-over-the-decision,2,\n"
    );
}

#[test]
fn rows_of_headers_are_known() {
    let qualtrics = format!(
        "StartDate,Status,Progress,Finished,RecipientLastName,RecipientFirstName,RecipientEmail,Q1_1,Q1_2\n\
         Start Date,Response Type,Progress,Finished,Recipient Last Name,Recipient First Name,Recipient Email,\"How much? - {CONCISE}\",\"How much? - {HANDS_OVER}\"\n\
         \"{{\"\"ImportId\"\":\"\"startDate\"\"}}\",\"{{\"\"ImportId\"\":\"\"status\"\"}}\",,,,,,\"{{\"\"ImportId\"\":\"\"QID1_1\"\"}}\",\n\
         2026-03-01 09:01:00,0,100,1,Weber,Tom,tom@ostrey.example,1,2\n"
    );
    let monkey = format!(
        "Respondent ID,Collector ID,Email Address,First Name,Last Name,Custom Data 1,To what extent do you agree?,,\"{HANDS_OVER}\",Do you have any comments?\n\
         ,,,,,,\"{CONCISE}\",\"And otherwise?\",Response,Open-Ended Response\n\
         118923456789,40012345,tom@ostrey.example,Tom,Weber,,1,,2,fine\n"
    );
    for text in [qualtrics, monkey] {
        assert_eq!(
            rows(&text),
            "rater,goal,score,followed_up\ntom,concise-in-the-room,1,\ntom,hand-over-the-decision,2,\n"
        );
        let new_files = import(text.as_bytes(), &Wishes::default(), &survey()).unwrap();
        assert!(
            new_files.next[0].contains("headers: rows 1 to "),
            "{:?}",
            new_files.next
        );
    }
    for first in ["sep=;\r\n", "SEP=;\n", "\"sep=;\"\n", "\u{feff}sep=;\n"] {
        let text = format!("{first}Name;concise-in-the-room\r\nTom Weber;2\r\n");
        assert!(rows(&text).ends_with("tom,concise-in-the-room,2,\n"));
    }
}

#[test]
fn rows_are_counted_as_a_spreadsheet_does() {
    let text = "name,\"concise-in-the-room\",comment\n\ntom,1,\"two\nlines\"\n\nlena,9,\n";
    assert_eq!(refusal(text), "row 5, column B: an answer is off the scale");
}
