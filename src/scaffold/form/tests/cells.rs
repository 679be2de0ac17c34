//! What a cell is taken for.

use super::{import, of_level, read, refusal, rows, survey};
use crate::scaffold::form::Wishes;

#[test]
fn one_cell_is_one_answer() {
    for cell in [
        "1-2",
        "2 / 3",
        "1&2",
        "3 or 2",
        "1;3;",
        "2 oder drei",
        "1–2",
        "２・３",
        "1, 2",
        "2 (or 3)",
        "1 2",
    ] {
        let text = format!("Email,concise-in-the-room\ntom,\"{cell}\"\n");
        let expected = "row 2, column B: an answer holds more than one number";
        assert_eq!(refusal(&text), expected, "{cell}");
    }
    for cell in [
        "1-Feb",
        "02-Mar",
        "2026-03-01",
        "1/2/2026 0:00",
        "Feb 01",
        "1月2日",
        "3. Mai",
        "1.2.2026",
    ] {
        let text = format!("Email,concise-in-the-room\ntom,\"{cell}\"\n");
        let expected = "row 2, column B: an answer is a day: a spreadsheet took it for one";
        assert_eq!(refusal(&text), expected, "{cell}");
    }
    for cell in ["2+", "2?", "2x", "2 -"] {
        let text = format!("Email,concise-in-the-room\ntom,\"{cell}\"\n");
        let expected = "row 2, column B: what follows the number in an answer is not clear";
        assert_eq!(refusal(&text), expected, "{cell}");
    }
    for cell in [
        "2",
        "+2",
        "2;",
        "2.0",
        "2,0",
        "2 – noticeable",
        "2 (noticeable)",
        "2: a lot",
        "２",
        "٢",
        "2 a lot",
    ] {
        let text = format!("Email,concise-in-the-room\ntom,\"{cell}\"\n");
        assert!(
            rows(&text).ends_with("tom,concise-in-the-room,2,\n"),
            "{cell}"
        );
    }
}

#[test]
fn words_against_the_ends_of_the_scale_are_refused() {
    for cell in [
        "1 - Strongly agree",
        "5 = strongly disagree",
        "2 (strongly agree)",
    ] {
        let text = format!("Email,concise-in-the-room\ntom,{cell}\n");
        let expected = "row 2, column B: the words of an answer contradict its number";
        assert_eq!(of_level(&text).unwrap_err(), expected, "{cell}");
    }
    for (cell, score) in [
        ("5 - Strongly agree", 5),
        ("1 - strongly disagree", 1),
        ("2 - Disagree", 2),
        ("4 – agree", 4),
        ("Strongly agree", 5),
        ("STRONGLY DISAGREE", 1),
    ] {
        let text = format!("Email,concise-in-the-room\ntom,{cell}\n");
        let expected = format!("tom,concise-in-the-room,{score},\n");
        assert_eq!(of_level(&text).unwrap(), expected, "{cell}");
    }
    let text = "Email,concise-in-the-room\ntom,3 – much worse\nlena,-3 – viel besser\n";
    assert_eq!(refusal(text).lines().count(), 2);
}

#[test]
fn what_says_that_there_is_no_answer_is_none() {
    for cell in [
        "",
        "-",
        "—",
        "N/A",
        "n/a",
        "Not applicable",
        "k. A.",
        "Keine Angabe",
        "Sans objet",
        "No aplica",
        "Não se aplica",
        "該当なし",
        "لا ينطبق",
    ] {
        let text =
            format!("Email,concise-in-the-room,Did he follow up?\ntom,{cell},{cell}\nlena,1,yes\n");
        assert!(
            rows(&text).ends_with("followed_up\nlena,concise-in-the-room,1,yes\n"),
            "{cell}"
        );
    }
    let lowest = "Email,concise-in-the-room\ntom,trifft nicht zu\n";
    assert_eq!(
        refusal(lowest),
        "row 2, column B: an answer does not begin with a number"
    );
}

#[test]
fn follow_up_is_read_in_every_language_or_asked_about() {
    for (header, yes, no) in [
        ("Follow up?", "Ja", "Nein"),
        ("Hat sie bei Ihnen nachgefasst?", "ja", "nein"),
        ("Avez-vous remarqué un suivi ?", "Oui", "Non"),
        ("¿Notó un seguimiento?", "Sí", "No"),
        ("Notou um acompanhamento?", "Sim", "Não"),
        ("働きかけがありましたか", "はい", "いいえ"),
        ("هل لاحظت المتابعة؟", "نعم", "لا"),
        ("Did she follow up?", "1", "0"),
    ] {
        let text = format!("Email,concise-in-the-room,{header}\ntom,2,{yes}\nlena,1,{no}\n");
        let expected = "lena,concise-in-the-room,1,no\ntom,concise-in-the-room,2,yes\n";
        assert!(rows(&text).ends_with(expected), "{header}");
    }
    let words = "Email,concise-in-the-room,Follow up?\ntom,2,yes\nlena,1,hush\n";
    assert_eq!(
        refusal(words),
        "row 3, column C: this is neither yes nor no to whether there was a follow-up"
    );
    let other = "Email,concise-in-the-room,May we call you?\ntom,2,yes\n";
    assert_eq!(refusal(other), "column C could say who saw a follow-up");
    let wishes = |column: &str| Wishes {
        followed_up: Some(column.to_owned()),
        ..Wishes::default()
    };
    assert_eq!(
        read(other, &wishes("none"), &survey()).unwrap(),
        "tom,concise-in-the-room,2,\n"
    );
    assert_eq!(
        read(other, &wishes("C"), &survey()).unwrap(),
        "tom,concise-in-the-room,2,yes\n"
    );
}

#[test]
fn a_scale_that_begins_elsewhere_is_moved_when_told_so() {
    let text = "Email,concise-in-the-room\ntom,7\nlena,4\n";
    assert_eq!(
        refusal(text),
        "row 2, column B: an answer is off the scale\nrow 3, column B: an answer is off the scale"
    );
    let problems = import(text.as_bytes(), &Wishes::default(), &survey()).unwrap_err();
    assert!(problems[0].to_string().contains("`--shift=-4`"));
    let wishes = Wishes {
        shift: -4,
        ..Wishes::default()
    };
    let expected = "lena,concise-in-the-room,0,\ntom,concise-in-the-room,3,\n";
    assert_eq!(read(text, &wishes, &survey()).unwrap(), expected);
}
