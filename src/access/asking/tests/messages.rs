//! Messages that pages seal open, and nothing else does.

use std::fmt::Write;

use data_encoding::BASE64URL_NOPAD;
use serde_json::Value;

use super::vectors;
use crate::access::asking::answers::{Answers, Rated};
use crate::access::asking::answers_key::AnswersKey;
use crate::access::asking::armour::found_in;
use crate::access::asking::message::{LENGTH, Message};
use crate::access::asking::{AskedGoal, Questions};
use crate::sealed_answers::{SealedWith, checked, plain};

/// The engagement of the golden messages.
const ENGAGEMENT: &str = "nyah-adeyemi";

const ANSWERS_KEY: &str = "chjpcsv8d5n6pv3ddsqq0wbjedt7axkqf1wqmyvwfnz7z041ga1g3";

fn bytes<const LENGTH: usize>(value: &Value) -> [u8; LENGTH] {
    let bytes = BASE64URL_NOPAD.decode(value.as_str().unwrap().as_bytes());
    bytes.unwrap().try_into().unwrap()
}

/// With what the golden messages are sealed.
pub(super) fn sealed_with() -> SealedWith {
    let vectors = vectors();
    let derived = &vectors["derived"][0]["derived"];
    SealedWith {
        key: AnswersKey::of_tests(ANSWERS_KEY)
            .asking_key(ENGAGEMENT)
            .bytes(),
        psk: bytes(&derived["psk"]),
        id: bytes(&derived["id"]),
        q: bytes(&derived["q"]),
    }
}

fn opened(message: &Message) -> Option<Vec<u8>> {
    let key = AnswersKey::of_tests(ANSWERS_KEY);
    let opened = message.opened(&key, ENGAGEMENT, &sealed_with().psk);
    opened.map(|plain| plain.to_vec())
}

/// The message that seals these bytes.
pub(super) fn sealed(with: &SealedWith, plain: &[u8], seed: u8) -> Message {
    Message::of_tests(&crate::sealed_answers::sealed(with, plain, seed))
}

/// Questions on so many goals, of which those asked for follow-up are said.
fn questions<'a>(scale: (i32, i32), goals: &'a [AskedGoal<'a>]) -> Questions<'a> {
    Questions {
        scale,
        ends: ("", ""),
        goals,
        period: "",
        language: "en",
    }
}

fn goals(asked: &[bool]) -> Vec<AskedGoal<'static>> {
    let goal = |follow_up: &bool| AskedGoal {
        id: "x",
        question: "y",
        follow_up: *follow_up,
    };
    asked.iter().map(goal).collect()
}

#[test]
fn messages_that_a_page_sealed_open() {
    for message in vectors()["messages"].as_array().unwrap() {
        let name = message["name"].as_str().unwrap();
        let found = found_in(message["text"].as_str().unwrap()).unwrap();
        let [Ok(sealed)] = &found[..] else {
            panic!("{name}");
        };
        assert_eq!(sealed.armoured(), message["text"].as_str().unwrap());
        let answered = message["goals"].as_array().unwrap();
        let asked: Vec<bool> = answered
            .iter()
            .map(|goal| goal.get("followUp").is_some())
            .collect();
        let goals = goals(&asked);
        let plain = opened(sealed).unwrap();
        let answers = Answers::read(&plain, &questions((-100, 100), &goals)).expect(name);
        assert_eq!(Some(answers.time), message["time"].as_u64());
        for (goal, expected) in answers.goals.iter().zip(answered) {
            let rating = match goal.rating {
                Rated::Score(score) => Value::from(score),
                Rated::Unseen => Value::from("unseen"),
                Rated::LeftOut => Value::Null,
            };
            assert_eq!(rating, expected["rating"], "{name}");
            let followed_up = goal.followed_up.map_or(Value::Null, Value::Bool);
            assert_eq!(followed_up, expected["followUp"], "{name}");
        }
        let comment = message["comment"].as_str().unwrap();
        let expected = match name {
            "decomposed letters, controls and lines" => "Caf\u{e9}\nau lait!",
            _ => comment,
        };
        assert_eq!(answers.comment, expected, "{name}");
    }
}

#[test]
fn nothing_opens_that_is_changed_in_one_bit() {
    let message = sealed(&sealed_with(), &plain(1, &[(2, 2)], "Listens now."), 7);
    assert!(opened(&message).is_some());
    for place in 0..LENGTH - 4 {
        // Opening takes a while: of what is not the head a few bits are enough, in every place of a byte.
        let bits = match place {
            0..17 => 8,
            17..82 => 1,
            _ => usize::from(place % 5 == 0),
        };
        for bit in 0..bits {
            let mut changed = message.bytes()[..LENGTH - 4].to_vec();
            changed[place] ^= 1 << ((place + bit) % 8);
            // With the check that fits, as whoever changes it on purpose would send it.
            assert_eq!(
                opened(&Message::of_tests(&checked(changed))),
                None,
                "byte {place}"
            );
        }
    }
}

#[test]
fn whatever_is_damaged_on_the_way_is_no_message() {
    let message = sealed(&sealed_with(), &plain(1, &[(2, 2)], "Listens now."), 7);
    let letters = BASE64URL_NOPAD.encode(message.bytes());
    for place in (0..letters.len()).step_by(5) {
        let mut damaged = letters.clone().into_bytes();
        damaged[place] = if damaged[place] == b'x' { b'y' } else { b'x' };
        assert!(Message::of_letters(&damaged).is_err(), "letter {place}");
    }
    for length in 0..letters.len() {
        assert!(Message::of_letters(&letters.as_bytes()[..length]).is_err());
    }
}

#[test]
fn nothing_opens_for_another_rater_round_number_engagement_or_key() {
    let good = sealed_with();
    let inside = plain(1, &[(2, 2)], "");
    let vectors = vectors();
    for other in &vectors["derived"].as_array().unwrap()[1..] {
        // Their own secret under the id of the first, and the id of theirs under the secret of the first.
        let derived = &other["derived"];
        let psk = SealedWith {
            psk: bytes(&derived["psk"]),
            ..good.clone()
        };
        assert_eq!(opened(&sealed(&psk, &inside, 7)), None);
        let message = sealed(
            &SealedWith {
                id: bytes(&derived["id"]),
                ..psk
            },
            &inside,
            7,
        );
        assert_eq!(opened(&message), None);
    }
    let other_key = AnswersKey::of_tests("000g40r40m30e209185gr38e1w8124gk2gahc5rr34d1p70x3rfgw");
    for key in [
        other_key.asking_key(ENGAGEMENT).bytes(),
        AnswersKey::of_tests(ANSWERS_KEY)
            .asking_key("leila-haddad")
            .bytes(),
    ] {
        let message = sealed(
            &SealedWith {
                key,
                ..good.clone()
            },
            &inside,
            7,
        );
        assert_eq!(opened(&message), None);
    }
    assert!(opened(&sealed(&good, &inside, 7)).is_some());
}

#[test]
fn points_that_are_none_of_the_curve_open_nothing() {
    let message = sealed(&sealed_with(), &plain(1, &[(2, 2)], ""), 7);
    let (start, end) = (17, 17 + 65);
    let with = |point: &[u8]| {
        let mut changed = message.bytes()[..LENGTH - 4].to_vec();
        changed[start..start + point.len()].copy_from_slice(point);
        opened(&Message::of_tests(&checked(changed)))
    };
    let point = message.bytes()[start..end].to_vec();
    assert!(with(&point).is_some());
    let parity = point[64] & 1;
    for refused in [
        vec![0],
        vec![0; 65],
        [&[4][..], &[0; 64]].concat(),
        [&[4][..], &[255; 64]].concat(),
        [&[2 + parity], &point[1..33], &[0; 32]].concat(),
        [&[6 + parity], &point[1..]].concat(),
        [&point[..64], &[point[64] ^ 1]].concat(),
    ] {
        assert_eq!(with(&refused), None);
    }
}

#[test]
fn what_no_page_seals_is_refused_whole() {
    let asked = [true, false];
    let goals = goals(&asked);
    let questions = questions((-3, 3), &goals);
    let read = |bytes: &[u8]| Answers::read(bytes, &questions);
    let good = plain(1, &[(3, 2), (-3, 255)], "Caf\u{e9}");
    assert!(read(&good).is_some());
    let comment_at = 7 + 4;
    let mut wrong = vec![
        plain(1, &[(3, 2)], ""),
        plain(1, &[(3, 2), (-3, 255), (0, 255)], ""),
        plain(1, &[(4, 2), (-3, 255)], ""),
        plain(1, &[(-4, 2), (-3, 255)], ""),
        plain(1, &[(-126, 2), (-3, 255)], ""),
        plain(1, &[(3, 3), (-3, 255)], ""),
        plain(1, &[(3, 255), (-3, 255)], ""),
        plain(1, &[(3, 2), (-3, 0)], ""),
        plain(1, &[(3, 2), (-3, 2)], ""),
        plain(1, &[], ""),
        good[..959].to_vec(),
        [&good[..], &[0]].concat(),
    ];
    let mut changed = |place: usize, value: u8| {
        let mut bytes = good.clone();
        bytes[place] = value;
        wrong.push(bytes);
    };
    // A rest that is not zero; a length that says less, more and too much; bytes that are no UTF-8.
    changed(959, 1);
    changed(comment_at + 2 + 5, 1);
    changed(comment_at + 1, 4);
    changed(comment_at + 1, 3);
    changed(comment_at, 3);
    changed(comment_at, 255);
    changed(comment_at + 2, 255);
    let mut long = plain(1, &[(3, 2), (-3, 255)], &"x".repeat(900));
    assert!(read(&long).is_some());
    long[comment_at + 1] += 1;
    long[comment_at + 2 + 900] = b'x';
    wrong.push(long);
    for (number, bytes) in wrong.iter().enumerate() {
        assert!(read(bytes).is_none(), "{number}");
    }
}

#[test]
fn comments_are_text_alone() {
    let goals = goals(&[false]);
    let questions = questions((-3, 3), &goals);
    let mut hidden = String::new();
    for code in (1..0x20)
        .chain(0x7f..0xa0)
        .chain(0x202a..0x202f)
        .chain(0x2066..0x206a)
    {
        hidden.push(char::from_u32(code).unwrap());
    }
    hidden.push_str("\u{61c}\u{200e}\u{200f}");
    let mut comment = String::new();
    write!(
        comment,
        "a{hidden}b \u{645}\u{631}\u{62d}\u{628}\u{627} e\u{301}"
    )
    .unwrap();
    let answers = Answers::read(&plain(1, &[(0, 255)], &comment), &questions).unwrap();
    assert_eq!(
        answers.comment,
        "a\nb \u{645}\u{631}\u{62d}\u{628}\u{627} \u{e9}"
    );
    assert!(!format!("{answers:?}").contains('a') || format!("{answers:?}") == "Answers(…)");
}
