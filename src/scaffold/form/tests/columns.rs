//! Which column is taken for what, and what is refused.

use super::{import, read, refusal, rows, survey};
use crate::scaffold::form::Wishes;

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
fn a_short_title_is_no_question_inside_another_one() {
    let mut survey = survey();
    survey.questions[0].title = "Clear".to_owned();
    let text = "name,Was everything clear to you?,How much? [Clear]\ntom,hush,1\n";
    assert_eq!(
        read(text, &Wishes::default(), &survey).unwrap(),
        "tom,concise-in-the-room,1,\n"
    );
}
