//! Forms that name nobody, and answers that are in already.

use jiff::civil::date;

use super::{import, read, survey};
use crate::scaffold::form::Wishes;
use crate::scaffold::survey::{EarlierRound, Survey};

#[test]
fn the_answers_of_an_earlier_round_are_not_taken_again() {
    let answer = |rater: &str, score| {
        (
            Some(rater.to_owned()),
            "concise-in-the-room".to_owned(),
            score,
        )
    };
    let mut survey = survey();
    survey.earlier.push(EarlierRound {
        day: date(2025, 12, 1),
        answers: vec![answer("tom", 1), answer("lena", 2), answer("nyah", 0)],
    });
    let text = "Email,concise-in-the-room\ntom,1\nlena,2\nnyah,0\n";
    let expected = "rows 2 to 4: the answers of the round of 2025-12-01 stand in this form again";
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

/// The same survey with two groups.
fn of_groups() -> Survey {
    Survey {
        groups: ["manager", "peer", "report", "ward-staff"]
            .map(str::to_owned)
            .to_vec(),
        ..survey()
    }
}

#[test]
fn a_form_that_names_nobody_is_a_round_without_names() {
    let wishes = Wishes::default();
    let text = "Timestamp,concise-in-the-room\n2026/3/1,2\n2026/3/1,1\n2026/3/1,1\n";
    let new_files = import(text.as_bytes(), &wishes, &of_groups()).unwrap();
    assert_eq!(
        new_files.files[0].text,
        "group,goal,score,followed_up\n,concise-in-the-room,1,\n,concise-in-the-room,1,\n,concise-in-the-room,2,\n"
    );
    assert!(
        new_files.next[0].contains("rater: nobody is named; group: no column;"),
        "{:?}",
        new_files.next
    );
    // Whoever answered is not told by the order, and no answer is tied to another one.
    let text = "Your relationship,concise-in-the-room,hand-over-the-decision,Did she follow up?\n\
        Direct report,3,0,yes\nPeers,1,2,\nOther,1,,no\nward staff,0,1,yes\nPeer,-1,,\n";
    let new_files = import(text.as_bytes(), &wishes, &of_groups()).unwrap();
    assert_eq!(
        new_files.files[0].text,
        "group,goal,score,followed_up\n,concise-in-the-room,1,no\npeer,concise-in-the-room,-1,\npeer,concise-in-the-room,1,\n\
         report,concise-in-the-room,3,yes\nward-staff,concise-in-the-room,0,yes\npeer,hand-over-the-decision,2,\n\
         report,hand-over-the-decision,0,yes\nward-staff,hand-over-the-decision,1,yes\n"
    );
    // A survey tool that keeps no names writes their columns all the same.
    let text = "ID,Email,Name,concise-in-the-room\n1,anonymous,,2\n2,anonymous,,1\n";
    let new_files = import(text.as_bytes(), &wishes, &of_groups()).unwrap();
    assert!(new_files.files[0].text.starts_with("group,"));
}

#[test]
fn that_nobody_is_named_is_certain_or_told() {
    let told = |wishes: Wishes, text: &str| {
        let new_files = import(text.as_bytes(), &wishes, &of_groups());
        new_files
            .map(|new_files| new_files.files[0].text.clone())
            .map_err(|problems| problems[0].message().to_owned())
    };
    let anonymous = || Wishes {
        anonymous: true,
        ..Wishes::default()
    };
    let group = |column: &str| Wishes {
        group: Some(column.to_owned()),
        ..Wishes::default()
    };
    // A column of which nothing is known may hold names.
    let text = "Who?,concise-in-the-room\nthe tall one,1\npeer,2\n";
    let unsure = "no column says for certain who answered";
    assert_eq!(told(Wishes::default(), text).unwrap_err(), unsure);
    assert!(told(anonymous(), text).unwrap().starts_with("group,"));
    assert_eq!(
        told(group("A"), text).unwrap_err(),
        "row 2, column A: this is no group that is known here"
    );
    // Names and no names are never of one round.
    let text = "Name,Group,concise-in-the-room\nTom Weber,peer,1\n,peer,2\n";
    assert_eq!(
        told(Wishes::default(), text).unwrap_err(),
        "row 3: nobody of this engagement has the name or address of this row"
    );
    for wishes in [anonymous(), group("Group")] {
        assert_eq!(
            told(wishes, text).unwrap_err(),
            "column A says who answered"
        );
    }
    // Nor is the coachee or the coach one of them.
    for word in ["Self", "Coachee", "coach"] {
        let text = format!("Group,concise-in-the-room\npeer,1\n{word},2\n");
        assert_eq!(
            told(Wishes::default(), &text).unwrap_err(),
            "row 3, column A: this is no group that is known here"
        );
    }
    let text = "Group,Your relationship,concise-in-the-room\npeer,peer,1\n";
    assert_eq!(
        told(Wishes::default(), text).unwrap_err(),
        "columns A, B could say the group"
    );
    assert!(told(group("B"), text).is_ok());
}

#[test]
fn every_language_has_a_header_and_words_for_groups() {
    for (header, cell, id) in [
        ("Zu welcher Gruppe gehören Sie?", "Vorgesetzte", "manager"),
        ("Comment travaillez-vous ensemble ?", "Pair", "peer"),
        ("¿A qué grupo pertenece?", "Equipo", "report"),
        ("A que grupo pertence?", "Gestor", "manager"),
        ("どのグループですか", "部下", "report"),
        ("إلى أي مجموعة تنتمي؟", "الأقران", "peer"),
    ] {
        let text = format!("{header},concise-in-the-room\n{cell},1\n");
        let new_files = import(text.as_bytes(), &Wishes::default(), &of_groups()).unwrap();
        assert!(
            new_files.files[0]
                .text
                .ends_with(&format!("\n{id},concise-in-the-room,1,\n")),
            "{header}"
        );
    }
}

#[test]
fn answers_without_names_are_compared_with_earlier_rounds_as_well() {
    let answer = |score| (None, "concise-in-the-room".to_owned(), score);
    let mut survey = of_groups();
    survey.earlier.push(EarlierRound {
        day: date(2025, 12, 1),
        answers: vec![answer(1), answer(1), answer(2)],
    });
    let refused = |text: &str| import(text.as_bytes(), &Wishes::default(), &survey).is_err();
    assert!(refused(
        "Timestamp,concise-in-the-room\nx,2\nx,1\nx,1\nx,0\n"
    ));
    assert!(!refused("Timestamp,concise-in-the-room\nx,2\nx,1\nx,0\n"));
    // With names on one side, too.
    assert!(refused(
        "Name,concise-in-the-room\ntom,2\nlena,1\npriya,1\n"
    ));
}
