//! Exports as the usual web forms write them.

use jiff::civil::date;

use super::round;
use crate::scaffold::survey::{Question, Respondent, Survey};

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
    }
}

fn rows(text: &str) -> String {
    let new_files = round("nyah", date(2026, 3, 2), ("form.csv", text), &survey());
    let new_files = new_files.unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(new_files.files[0].path, "nyah/pulse/2026-03-02.csv");
    new_files.files[0].text.clone()
}

#[track_caller]
fn refusal(text: &str) -> String {
    let problems = round("nyah", date(2026, 3, 2), ("form.csv", text), &survey()).unwrap_err();
    problems
        .iter()
        .map(|problem| format!("{}\n", problem.message()))
        .collect()
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
    let new_files = round("nyah", date(2026, 3, 2), ("form.csv", text), &survey).unwrap();
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
            "no column says who answered",
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
            "row 2, column B: an answer does not begin with a number",
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
    let problems = round("nyah", date(2026, 3, 2), ("form.csv", text), &survey()).unwrap_err();
    assert!(
        problems
            .iter()
            .all(|problem| !problem.to_string().contains("hush"))
    );
    let text = "name,concise-in-the-room,anything else\ntom,1,hush\n";
    let new_files = round("nyah", date(2026, 3, 2), ("form.csv", text), &survey()).unwrap();
    assert!(!format!("{new_files:?}").contains("hush"));
}
