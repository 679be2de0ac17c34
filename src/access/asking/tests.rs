//! What is derived stays what it was, and is what a second implementation derives (`tests/access/asking.mjs`).

mod fuzz;
mod mails;
mod messages;

use std::collections::BTreeSet;

use data_encoding::BASE64URL_NOPAD;
use jiff::civil::Date;
use serde_json::Value;

use super::answers_key::{AnswersKey, AskingKey, point};
use super::{Asked, AskedGoal, Questions};
use crate::access::key::Key;
use crate::access::link::{Link, LinkNumbers, LinkSource};

/// The golden vectors.
fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../tests/access/asking/vectors.json")).unwrap()
}

fn texts(value: &Value) -> Vec<&str> {
    let values = value.as_array().unwrap().iter();
    values.map(|value| value.as_str().unwrap()).collect()
}

/// The rater and round of a vector.
fn asked(vector: &Value) -> Asked<'_> {
    let numbers = vector["numbers"].as_array().unwrap().iter();
    let numbers: Vec<u32> = numbers
        .map(|number| u32::try_from(number.as_u64().unwrap()).unwrap())
        .collect();
    let numbers = match numbers[..] {
        [stakeholder] => LinkNumbers::of_stakeholder(stakeholder),
        [site, engagement, stakeholder, person] => LinkNumbers {
            site,
            engagement,
            stakeholder,
            person,
        },
        _ => panic!("neither one number nor four"),
    };
    Asked {
        rater: LinkSource {
            engagement: vector["engagement"].as_str().unwrap(),
            stakeholder: vector["rater"].as_str().unwrap(),
            numbers,
        },
        round: vector["round"].as_str().unwrap().parse().unwrap(),
    }
}

#[test]
fn whatever_is_derived_is_what_another_implementation_derives() {
    for vector in vectors()["derived"].as_array().unwrap() {
        let key = Key::parse(vector["key"].as_str().unwrap()).unwrap();
        let answers_key = AnswersKey::of_tests(vector["answersKey"].as_str().unwrap());
        let asked = asked(vector);
        let questions = &vector["questions"];
        let (scale, ends) = (&questions["scale"], texts(&questions["ends"]));
        let end = |place: usize| i32::try_from(scale[place].as_i64().unwrap()).unwrap();
        let goals = questions["goals"].as_array().unwrap().iter();
        let goals: Vec<AskedGoal<'_>> = goals
            .map(|goal| AskedGoal {
                id: goal["id"].as_str().unwrap(),
                question: goal["question"].as_str().unwrap(),
                follow_up: goal["followUp"].as_bool().unwrap(),
            })
            .collect();
        let questions = Questions {
            scale: (end(0), end(1)),
            ends: (ends[0], ends[1]),
            goals: &goals,
            period: questions["period"].as_str().unwrap(),
            language: questions["language"].as_str().unwrap(),
        };
        let public = answers_key.asking_key(asked.rater.engagement);
        let expected = &vector["derived"];
        for (name, bytes) in [
            ("link", Link::asking(&key, &asked.rater).secret().as_slice()),
            ("psk", asked.psk(&key).as_slice()),
            ("id", &asked.id(&key)),
            ("q", &asked.questions_id(&key, &questions)),
            ("key", &public.bytes()),
        ] {
            let expected = expected[name].as_str().unwrap();
            assert_eq!(BASE64URL_NOPAD.encode(bytes), expected, "{name}");
        }
    }
}

#[test]
fn nothing_that_is_derived_for_two_raters_is_the_same() {
    let key = Key::of_tests();
    let rounds: [Date; 2] = ["2026-12-14".parse().unwrap(), "2027-01-14".parse().unwrap()];
    let goals = [AskedGoal {
        id: "delegate",
        question: "Hands work over.",
        follow_up: true,
    }];
    let questions = Questions {
        scale: (-3, 3),
        ends: ("worse", "better"),
        goals: &goals,
        period: "since March",
        language: "en",
    };
    let (mut derived, mut count) = (BTreeSet::new(), 0);
    for engagement in ["a", "b", "ab"] {
        for stakeholder in ["a", "b", "ab"] {
            for number in [1, 2, 256] {
                for round in rounds {
                    let rater = LinkSource {
                        engagement,
                        stakeholder,
                        numbers: LinkNumbers::of_stakeholder(number),
                    };
                    let asked = Asked { rater, round };
                    derived.insert(asked.id(&key));
                    derived.insert(asked.questions_id(&key, &questions));
                    derived.insert(asked.psk(&key)[..8].try_into().unwrap());
                    count += 3;
                }
            }
        }
    }
    assert_eq!(derived.len(), count);
}

#[test]
fn whatever_a_rater_reads_makes_other_questions() {
    let rater = LinkSource {
        engagement: "a",
        stakeholder: "b",
        numbers: LinkNumbers::of_stakeholder(1),
    };
    let round = "2026-12-14".parse().unwrap();
    let goal = |id, question, follow_up| AskedGoal {
        id,
        question,
        follow_up,
    };
    let goals = [
        vec![goal("x", "y", false)],
        vec![goal("xy", "", false)],
        vec![goal("", "xy", false)],
        vec![goal("x", "z", false)],
        vec![goal("x", "y", true)],
        vec![goal("x", "y", false), goal("x", "y", false)],
        vec![],
    ];
    let (mut ids, mut count) = (BTreeSet::new(), 0);
    for goals in &goals {
        for scale in [(1, 5), (1, 6), (0, 5), (-1, 5)] {
            for ends in [("low", "high"), ("lowh", "igh"), ("", "")] {
                for (period, language) in [("p", "en"), ("pe", "n"), ("", "pen")] {
                    let questions = Questions {
                        scale,
                        ends,
                        goals,
                        period,
                        language,
                    };
                    ids.insert(Asked { rater, round }.questions_id(&Key::of_tests(), &questions));
                    count += 1;
                }
            }
        }
    }
    assert_eq!(ids.len(), count);
}

#[test]
fn asking_page_lies_elsewhere_than_the_portal() {
    let source = LinkSource {
        engagement: "nyah-adeyemi",
        stakeholder: "priya",
        numbers: LinkNumbers::of_stakeholder(1),
    };
    let key = Key::of_tests();
    let [portal, asking] = [Link::of, Link::asking].map(|of| of(&key, &source));
    assert_ne!(portal.id(), asking.id());
    assert_ne!(portal.secret(), asking.secret());
    let path = asking.path().to_string();
    assert_eq!(path, format!("a/{}/index.html", asking.id()));
    let url = asking.plain_url("https://host.example/x/");
    assert_eq!(url, format!("https://host.example/x/a/{}/", asking.id()));
}

#[test]
fn asking_key_is_read_as_it_is_written_and_no_other_way() {
    let key = AnswersKey::of_tests("000g40r40m30e209185gr38e1w8124gk2gahc5rr34d1p70x3rfgw");
    let asking_key = key.asking_key("nyah-adeyemi");
    let text = asking_key.text();
    assert_eq!(AskingKey::parse(&text, "x").unwrap(), asking_key);
    let dos = text.replace('\n', "\r\n");
    assert_eq!(AskingKey::parse(&dos, "x").unwrap(), asking_key);
    assert_ne!(key.asking_key("leila-haddad"), asking_key);
    let mut off = asking_key.bytes();
    off[64] ^= 1;
    let off = format!("loggia-answers-1 {}\n", BASE64URL_NOPAD.encode(&off));
    for refused in [
        "",
        text.trim_end(),
        &text[1..],
        &format!("{text}\n"),
        &text.replace("answers-1", "answers-2"),
        &text.replace('\n', "=\n"),
        &off,
    ] {
        let problem = AskingKey::parse(refused, "a/pulse/asking.pub").unwrap_err();
        let problem = problem.to_string();
        assert!(problem.contains("a/pulse/asking.pub"), "{problem}");
        assert!(problem.contains("loggia key answers"), "{problem}");
    }
}

#[test]
fn only_an_uncompressed_point_of_the_curve_is_one() {
    let key = AnswersKey::of_tests("000g40r40m30e209185gr38e1w8124gk2gahc5rr34d1p70x3rfgw");
    let good = key.asking_key("nyah-adeyemi").bytes();
    assert!(point(&good).is_some());
    let with = |place: usize, value: u8| {
        let mut changed = good;
        changed[place] = value;
        changed.to_vec()
    };
    let parity = 6 + (good[64] & 1);
    let compressed = [&[2 + (good[64] & 1)], &good[1..33]].concat();
    for refused in [
        with(0, 0),
        with(0, 2),
        with(0, parity),
        with(1, good[1] ^ 1),
        with(64, good[64] ^ 1),
        [&[4][..], &[0; 64]].concat(),
        vec![0],
        compressed,
        good[..64].to_vec(),
        [&good[..], &[0]].concat(),
    ] {
        assert!(point(&refused).is_none());
    }
}
