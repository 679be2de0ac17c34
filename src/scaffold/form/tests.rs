//! Exports as the usual web forms write them.

use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::prelude::*;

use super::{Import, Wishes, round};
use crate::diagnostic::Diagnostic;
use crate::scaffold::new_files::NewFiles;
use crate::scaffold::survey::{EarlierRound, Question, Respondent, Survey};

const CONCISE: &str = "Nyah makes her main point early and in few words, so that people know what they are asked to decide.";
const HANDS_OVER: &str =
    "Nyah leaves decisions about daily capacity with the person who owns them.";

fn survey() -> Survey {
    let question = |goal: &str, title: &str, behaviour: &str| Question {
        goal: goal.to_owned(),
        title: title.to_owned(),
        behaviour: Some(behaviour.to_owned()),
        raters: None,
    };
    let person = |id: &str, name: &str| Respondent {
        id: id.to_owned(),
        name: name.to_owned(),
        email: Some(format!("{id}@ostrey.example")),
        rates_all: id == "nyah" || id == "priya",
        never_rates: id == "coach",
    };
    Survey {
        questions: vec![
            question("concise-in-the-room", "Concise in the room", CONCISE),
            question(
                "hand-over-the-decision",
                "Hand over the decision",
                HANDS_OVER,
            ),
        ],
        people: vec![
            person("nyah", "Nyah Adeyemi"),
            person("coach", "Elspeth Rowan"),
            person("priya", "Priya Raman"),
            person("tom", "Tom Weber"),
            person("lena", "Lena Kovač"),
        ],
        scale: (-3, 3),
        ..Survey::default()
    }
}

/// The same survey on a scale of five, with words at its ends.
fn level() -> Survey {
    Survey {
        scale: (1, 5),
        low: Some("strongly disagree".to_owned()),
        high: Some("strongly agree".to_owned()),
        ..survey()
    }
}

fn import(bytes: &[u8], wishes: &Wishes, survey: &Survey) -> Result<NewFiles, Vec<Diagnostic>> {
    let import = Import {
        folder: "nyah",
        day: date(2026, 3, 2),
        file: "form.csv",
        bytes,
        wishes,
    };
    round(&import, survey)
}

fn read(text: &str, wishes: &Wishes, survey: &Survey) -> Result<String, String> {
    let new_files = import(text.as_bytes(), wishes, survey);
    let new_files = new_files.map_err(|problems| {
        let messages: Vec<&str> = problems.iter().map(Diagnostic::message).collect();
        messages.join("\n")
    })?;
    let text = &new_files.files[0].text;
    Ok(text
        .strip_prefix("rater,goal,score,followed_up\n")
        .unwrap()
        .to_owned())
}

/// What is written of a form without any wishes, on the scale of five.
fn of_level(text: &str) -> Result<String, String> {
    read(text, &Wishes::default(), &level())
}

fn rows(text: &str) -> String {
    let new_files = import(text.as_bytes(), &Wishes::default(), &survey());
    let new_files = new_files.unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(new_files.files[0].path, "nyah/pulse/2026-03-02.csv");
    new_files.files[0].text.clone()
}

#[track_caller]
fn refusal(text: &str) -> String {
    read(text, &Wishes::default(), &survey()).unwrap_err()
}

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
fn ids_and_titles_name_columns() {
    let text = "rater\tconcise-in-the-room\tHand over the decision\ntom\t1\t2\n";
    assert_eq!(
        rows(text),
        "rater,goal,score,followed_up\ntom,concise-in-the-room,1,\ntom,hand-over-the-decision,2,\n"
    );
}

#[test]
fn whoever_a_goal_does_not_list_is_left_out() {
    let mut survey = survey();
    survey.questions[0].raters = Some(vec!["tom".to_owned()]);
    let text = "rater,concise-in-the-room\ntom,1\nlena,2\npriya,3\n";
    let new_files = import(text.as_bytes(), &Wishes::default(), &survey).unwrap();
    assert_eq!(
        new_files.files[0].text,
        "rater,goal,score,followed_up\npriya,concise-in-the-room,3,\ntom,concise-in-the-room,1,\n"
    );
}

#[test]
fn what_is_unclear_is_refused() {
    for (text, message) in [
        ("", "this form has no columns"),
        ("name,comment\ntom,x\n", "no column asks about a goal"),
        (
            "when,concise-in-the-room\nx,1\n",
            "no column says for certain who answered",
        ),
        (
            "name,concise-in-the-room\nThomas,1\n",
            "row 2: nobody of this engagement has the name or address of this row",
        ),
        (
            "name,email,concise-in-the-room\nTom Weber,lena@ostrey.example,1\n",
            "row 2: this row could be from `tom` or `lena`",
        ),
        (
            "name,concise-in-the-room\ntom,4\n",
            "row 2, column B: an answer is off the scale",
        ),
        (
            "name,concise-in-the-room\ntom,1.5\n",
            "row 2, column B: an answer is no whole number",
        ),
        (
            "name,concise-in-the-room\ntom,a lot\n",
            "row 2, column B: an answer does not begin with a number",
        ),
        (
            "name,concise-in-the-room\ncoach,1\n",
            "row 2: the coach does not rate",
        ),
        (
            "name,concise-in-the-room\ntom,1\nTom Weber,2\n",
            "row 3: `tom` answered twice, in row 2 and in this one",
        ),
        (
            "name,concise-in-the-room,Concise in the room\ntom,1,1\n",
            "columns B and C both ask about `concise-in-the-room`",
        ),
        (
            "name,concise-in-the-room,How is she otherwise?\ntom,1,3\n",
            "column C holds scores, but asks about no goal that is known here",
        ),
        (
            "name,concise-in-the-room or hand-over-the-decision\ntom,1\n",
            "column B could ask about `concise-in-the-room`, `hand-over-the-decision`",
        ),
        ("name,concise-in-the-room\n", "this form holds no answer"),
        (
            "name,Any comment?,concise-in-the-room\ntom,well, 2,1\n",
            "row 2 has more fields than the header",
        ),
        (
            "name,concise-in-the-room,Any comment?\ntom,2,\"well\nlena,1,\n",
            "a quote in this form is not closed",
        ),
    ] {
        assert_eq!(refusal(text).trim_end(), message, "{text:?}");
    }
}

#[test]
fn no_message_holds_what_someone_wrote() {
    let text = "name,concise-in-the-room,anything else\nhush,hush,hush\n";
    let problems = import(text.as_bytes(), &Wishes::default(), &survey()).unwrap_err();
    assert!(
        problems
            .iter()
            .all(|problem| !problem.to_string().contains("hush"))
    );
    let text = "name,concise-in-the-room,anything else\ntom,1,hush\n";
    let new_files = import(text.as_bytes(), &Wishes::default(), &survey()).unwrap();
    assert!(!format!("{new_files:?}").contains("hush"));
}

#[test]
fn who_answered_is_known_for_certain_or_asked() {
    let text = "When,What is this person called?,Who noticed it with you?,concise-in-the-room\n\
        x,Tom Weber,Priya Raman,1\nx,Lenna Kovac,Tom Weber,2\n";
    assert_eq!(refusal(text), "no column says for certain who answered");
    let problems = import(text.as_bytes(), &Wishes::default(), &survey()).unwrap_err();
    let shown = problems[0].to_string();
    assert!(
        shown.contains("columns B, C") && shown.contains("`--rater B`"),
        "{shown}"
    );
    let named = |column: &str| Wishes {
        rater: Some(column.to_owned()),
        ..Wishes::default()
    };
    for column in [
        "C",
        "c",
        "Who noticed it with you?",
        "who noticed it with you",
    ] {
        let expected = "priya,concise-in-the-room,1,\ntom,concise-in-the-room,2,\n";
        assert_eq!(
            read(text, &named(column), &survey()).unwrap(),
            expected,
            "{column}"
        );
    }
    assert_eq!(
        read(text, &named("B"), &survey()).unwrap_err(),
        "row 3: nobody of this engagement has the name or address of this row"
    );
    assert_eq!(
        read(text, &named("H"), &survey()).unwrap_err(),
        "this form has no column `H`"
    );
    let new_files = import(text.as_bytes(), &named("C"), &survey()).unwrap();
    assert_eq!(
        new_files.next[0],
        "compare what was taken for what: rater: column C; goal `concise-in-the-room`: column D; \
         goal `hand-over-the-decision`: no column; not read: A, B (free text)"
    );
}

#[test]
fn every_language_has_a_header_for_who_answered() {
    for header in [
        "What is your name?",
        "E-Mail-Adresse",
        "Wie heißen Sie?",
        "Adresse e-mail",
        "Prénom et nom",
        "¿Cómo se llama?",
        "Dirección de correo electrónico",
        "Qual é o seu nome?",
        "お名前",
        "ما اسمك؟",
    ] {
        let text = format!("{header},concise-in-the-room\ntom,1\n");
        assert_eq!(
            rows(&text),
            "rater,goal,score,followed_up\ntom,concise-in-the-room,1,\n"
        );
    }
    let halves = "Nachname,Vorname,concise-in-the-room\nKovac,Lena,1\n";
    assert!(rows(halves).contains("lena,"));
}

#[test]
fn columns_that_name_two_people_are_refused() {
    let text = "Email,Name,concise-in-the-room\nsomeone@else.example,Tom Weber,1\n";
    assert_eq!(
        refusal(text),
        "row 2: nobody of this engagement is named in column A, though another column names someone"
    );
}

#[test]
fn a_question_may_begin_like_a_column_of_a_survey_tool() {
    for begin in ["Feedback", "Points", "Score", "Status", "Language", "Name"] {
        let behaviour = format!("{begin} reaches people within the week.");
        let mut survey = survey();
        survey.questions[0].behaviour = Some(behaviour.clone());
        let text = format!(
            "ID,Status,Email,{behaviour},Points - {behaviour},Feedback - {behaviour}\n1,0,tom,2,1,good\n"
        );
        let read = read(&text, &Wishes::default(), &survey).unwrap();
        assert_eq!(read, "tom,concise-in-the-room,2,\n", "{begin}");
    }
}

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

#[test]
fn the_answers_of_an_earlier_round_are_not_taken_again() {
    let answer = |rater: &str, score| (rater.to_owned(), "concise-in-the-room".to_owned(), score);
    let mut survey = survey();
    survey.earlier.push(EarlierRound {
        day: date(2025, 12, 1),
        answers: vec![answer("tom", 1), answer("lena", 2), answer("nyah", 0)],
    });
    let text = "Email,concise-in-the-room\ntom,1\nlena,2\nnyah,0\n";
    let expected = "rows 2 to 4: all the answers of the round of 2025-12-01 stand in this form";
    for text in [text.to_owned(), format!("{text}priya,2\n")] {
        let refused = read(&text, &Wishes::default(), &survey).unwrap_err();
        assert_eq!(refused.replace("to 5", "to 4"), expected);
        let wishes = Wishes {
            same_again: true,
            ..Wishes::default()
        };
        read(&text, &wishes, &survey).unwrap();
    }
    read(
        &text.replace("nyah,0", "nyah,1"),
        &Wishes::default(),
        &survey,
    )
    .unwrap();
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

#[test]
fn a_short_title_is_no_question_inside_another_one() {
    let mut survey = survey();
    survey.questions[0].title = "Clear".to_owned();
    let text = "name,Was everything clear to you?,How much? [Clear]\ntom,hush,1\n";
    assert_eq!(
        read(text, &Wishes::default(), &survey).unwrap(),
        "tom,concise-in-the-room,1,\n"
    );
}

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

proptest! {
    /// The order of columns and rows decides nothing.
    #[test]
    fn any_order_gives_the_same_round(
        columns in Just((0..9).collect::<Vec<usize>>()).prop_shuffle(),
        answers in Just((1..5).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let expected = rows(&csv_text(&[0, 1, 2, 3, 4, 5, 6, 7, 8], &[1, 2, 3, 4]));
        prop_assert_eq!(expected.lines().count(), 6);
        prop_assert_eq!(rows(&csv_text(&columns, &answers)), expected);
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
