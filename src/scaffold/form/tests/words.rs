//! Answers in words: those of engagement.toml, those of the program, and those of the form that `loggia new round` prints.

use super::{level, read, survey};
use crate::scaffold::form::Wishes;
use crate::scaffold::questionnaire;
use crate::scaffold::survey::Survey;
use crate::text::answers::LANGUAGES;

fn with_words(words: &[(&str, i32)]) -> Survey {
    let words = words
        .iter()
        .map(|(word, score)| ((*word).to_owned(), *score));
    Survey {
        words: words.collect(),
        ..survey()
    }
}

#[test]
fn words_of_the_engagement_stand_for_scores() {
    let survey = with_words(&[("Much better", 3), ("Somewhat more", 1)]);
    let text = "Email,concise-in-the-room\ntom,MUCH BETTER\nlena,somewhat  more\nnyah,+1 (somewhat more)\n";
    let expected =
        "lena,concise-in-the-room,1,\nnyah,concise-in-the-room,1,\ntom,concise-in-the-room,3,\n";
    assert_eq!(read(text, &Wishes::default(), &survey).unwrap(), expected);
    let text = "Email,concise-in-the-room\ntom,2 – much better\nlena,a lot more\n";
    assert_eq!(
        read(text, &Wishes::default(), &survey).unwrap_err(),
        "row 2, column B: the words of an answer contradict its number\n\
         row 3, column B: an answer does not begin with a number"
    );
}

/// "Better" alone is another point of a scale of five than of one of seven.
#[test]
fn words_for_seven_points_are_known_where_there_are_seven() {
    let of = |cells: [&str; 3]| {
        let [one, two, three] = cells;
        let text = format!("Email,concise-in-the-room\ntom,{one}\nlena,{two}\nnyah,{three}\n");
        read(&text, &Wishes::default(), &survey())
    };
    let scores = |nyah, lena, tom| {
        format!(
            "lena,concise-in-the-room,{lena},\nnyah,concise-in-the-room,{nyah},\ntom,concise-in-the-room,{tom},\n"
        )
    };
    assert_eq!(
        of(["Much better", "Better", "Slightly worse"]).unwrap(),
        scores(-1, 2, 3)
    );
    assert_eq!(
        of(["Viel besser", "etwas besser", "unverändert"]).unwrap(),
        scores(0, 1, 3)
    );
    assert_eq!(of(["no change", "2", "1"]).unwrap(), scores(1, 2, 0));
    let unclear = of(["Much better", "Better", "no change"]).unwrap_err();
    assert_eq!(unclear.lines().count(), 2, "{unclear}");
    // They are words of the scale of change.
    let text = "Email,concise-in-the-room\ntom,slightly better\n";
    assert!(read(text, &Wishes::default(), &level()).is_err());
}

#[test]
fn an_error_of_a_spreadsheet_is_no_answer_and_not_none() {
    for cell in ["#N/A", "#REF!", "#VALUE!"] {
        let text = format!("Email,concise-in-the-room\ntom,{cell}\n");
        assert_eq!(
            read(&text, &Wishes::default(), &survey()).unwrap_err(),
            "row 2, column B: a spreadsheet could not work out this cell"
        );
    }
}

/// Whoever builds the form that is printed needs to say nothing about its export.
#[test]
fn the_form_that_is_printed_is_read_without_a_question() {
    for language in LANGUAGES {
        for scale in [survey(), level()] {
            let survey = Survey {
                language: language.to_owned(),
                groups: ["manager", "peer", "report", "ward-staff"]
                    .map(str::to_owned)
                    .to_vec(),
                ..scale
            };
            let items = questionnaire::items(&survey);
            let asked = |items: &[questionnaire::Item]| {
                let asked: Vec<String> = items
                    .iter()
                    .map(|item| format!("\"{}\"", item.asked))
                    .collect();
                asked.join(",")
            };
            let rows = items.iter().map(|item| item.choices.len()).max().unwrap();
            let row = |items: &[questionnaire::Item], row: usize| {
                let cells = items
                    .iter()
                    .map(|item| format!("\"{}\"", item.choices[row % item.choices.len()]));
                cells.collect::<Vec<_>>().join(",")
            };
            // As many as there are people.
            let people = items[0].choices.len();
            let answers: Vec<String> = (0..people).map(|number| row(&items, number)).collect();
            let text = format!("{}\n{}\n", asked(&items), answers.join("\n"));
            let written = read(&text, &Wishes::default(), &survey)
                .unwrap_or_else(|problem| panic!("{language}: {problem}"));
            assert_eq!(written.lines().count(), 2 * people, "{language}");
            assert!(
                written.contains(",yes\n") && written.contains(",no\n"),
                "{language}"
            );
            // The same without names: every choice once, and one of them says nothing.
            let mut items = items;
            items[0] = questionnaire::group(&survey);
            let answers: Vec<String> = (0..rows).map(|number| row(&items, number)).collect();
            let text = format!("{}\n{}\n", asked(&items), answers.join("\n"));
            let written = super::anonymous_rows(&text, &survey)
                .unwrap_or_else(|problem| panic!("{language}: {problem}"));
            assert_eq!(
                written.lines().count(),
                2 * (rows - 1),
                "{language}: {written}"
            );
            for group in ["manager", "peer", "report", "ward-staff", ""] {
                assert!(
                    written.contains(&format!("\n{group},")) || written.starts_with(group),
                    "{language} {group}"
                );
            }
        }
    }
}

#[test]
fn what_is_printed_holds_the_people_the_questions_and_the_scale() {
    let text = questionnaire::text(&level());
    for part in [
        "Priya Raman",
        "Nyah makes her main point",
        "5 – strongly agree",
        "1 – strongly disagree",
        "    - 3\n",
        "I did not see enough",
    ] {
        assert!(text.contains(part), "{part} {text}");
    }
    // The coach does not rate.
    assert!(!text.contains("Elspeth"));
}
