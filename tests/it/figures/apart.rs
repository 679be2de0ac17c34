//! Who stands alone: nobody without a word, and a round that was published keeps its groups. The attacker here has kept every page of
//! before, of all readers, and reads those of today.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use loggia::engagement::lock::Lock;
use loggia::engagement::stakeholder::Role;
use loggia::progress;
use loggia::progress::lock;
use loggia::progress::past::Past;

use crate::figures::lock::hash_with;
use crate::figures::progress::lines;
use crate::figures::survey::Survey;

/// What one person answers: a score, and whether a follow-up was seen.
type Answer = (i32, Option<bool>);

/// What everyone answers in one round, the managers first.
type World = Vec<Answer>;

/// A word of each manager: of a day before all rounds, of one after all, or none.
type Words = Vec<Option<&'static str>>;

const EARLY: Option<&str> = Some("2001-01-01");
const LATE: Option<&str> = Some("9900-01-01");

/// Some managers and peers, and all that they may answer.
struct Crowd {
    scale: fn() -> Survey,
    answers: Vec<Answer>,
    managers: usize,
    peers: usize,
}

/// What was published of every world, each a round of its own, and the record of it.
struct Published {
    lines: Vec<String>,
    lock: Lock,
}

impl Crowd {
    fn of(
        scale: fn() -> Survey,
        scores: std::ops::RangeInclusive<i32>,
        people: [usize; 2],
    ) -> Self {
        Self {
            scale,
            answers: scores.map(|score| (score, None)).collect(),
            managers: people[0],
            peers: people[1],
        }
    }

    fn with_follow_up(mut self) -> Self {
        let seen = |(score, _)| [(score, Some(false)), (score, Some(true))];
        self.answers = self.answers.into_iter().flat_map(seen).collect();
        self
    }

    /// Everything that may be answered. Peers are interchangeable, managers are not.
    fn worlds(&self) -> Vec<World> {
        let mut worlds: Vec<World> = vec![Vec::new()];
        for person in 0..self.managers + self.peers {
            let is_sorted =
                |world: &World| person <= self.managers || world[person - 1] <= world[person];
            let with_each = |world: World| {
                self.answers
                    .iter()
                    .map(move |answer| [&world[..], &[*answer]].concat())
            };
            worlds = worlds
                .into_iter()
                .flat_map(with_each)
                .filter(is_sorted)
                .collect();
        }
        worlds
    }

    /// All words that the managers may have.
    fn words(&self) -> Vec<Words> {
        (0..self.managers).fold(vec![Vec::new()], |all, _| {
            let with_each =
                |words: Words| [None, EARLY, LATE].map(|word| [&words[..], &[word]].concat());
            all.into_iter().flat_map(with_each).collect()
        })
    }

    /// What readers see of each world when the managers have these words and this was recorded before.
    fn published(&self, words: &Words, before: Option<&Lock>) -> Published {
        let mut survey = (self.scale)().goal("a", "Speaks concisely.");
        let mut names = Vec::new();
        for (number, word) in words.iter().enumerate() {
            names.push(format!("m-{number}"));
            survey = survey.person(&names[number], Role::Manager, None);
            if let Some(day) = word {
                survey = survey.apart(&names[number], day);
            }
        }
        survey = survey.people("peer", self.peers);
        names.extend((1..=self.peers).map(|number| format!("peer-{number}")));
        if let Some(lock) = before {
            survey = survey.after(lock.clone());
        }
        let mut date: jiff::civil::Date = "2002-01-01".parse().unwrap();
        let worlds = self.worlds();
        for world in &worlds {
            let rows = names.iter().zip(world);
            let rows = rows.map(|(name, (score, seen))| (name.as_str(), *score, *seen));
            survey = survey.all_answers(&date.to_string(), "a", rows);
            // A round every week: the same people are not asked twice in less.
            date = date.checked_add(7.days()).unwrap();
        }
        let engagement = survey.build();
        let hash = hash_with(1);
        let past = lock::past(&engagement, &hash);
        let lines = lines(&progress::figures(&engagement, &past), "a");
        assert_eq!(lines.len(), worlds.len(), "a slot for every round");
        let lock = lock::check(&engagement, None, &hash).unwrap();
        Published { lines, lock }
    }

    /// What version 0.1.0 published and recorded: every manager stood alone, several of them as one mean.
    fn published_of_old(&self) -> Published {
        let Published { lines, mut lock } = self.published(&vec![EARLY; self.managers], None);
        for record in lock.published.values_mut() {
            record.alone = None;
        }
        let old = |(line, world): (&String, &World)| {
            let parts = line.split(", ").filter(|part| !part.starts_with("m-"));
            let parts: Vec<&str> = parts.collect();
            let sum: i32 = world[..self.managers].iter().map(|(score, _)| score).sum();
            let managers = if line.contains("m-") {
                format!(", managers {sum}")
            } else {
                String::new()
            };
            parts.join(", ") + &managers
        };
        let lines = lines.iter().zip(&self.worlds()).map(old).collect();
        Published { lines, lock }
    }
}

/// Says which line of before goes with two of today, if any does: then today's pages tell something new.
fn news(before: &[String], today: &[String]) -> Option<String> {
    let mut seen: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for (before, today) in before.iter().zip(today) {
        seen.entry(before).or_default().insert(today);
    }
    let told = seen.into_iter().find(|(_, today)| today.len() > 1);
    told.map(|(before, today)| format!("after `{before}` one of {today:?} is news"))
}

/// Crowds in which the others are enough without their managers, and one in which they are not.
fn crowds() -> Vec<Crowd> {
    let level_4 = || Survey::of_level(1, 4);
    let level_2 = || Survey::of_level(1, 2);
    vec![
        Crowd::of(level_4, 1..=4, [1, 3]),
        Crowd::of(level_4, 1..=4, [2, 3]),
        Crowd::of(level_4, 1..=4, [2, 5]),
        Crowd::of(level_4, 1..=4, [1, 2]),
        Crowd::of(level_4, 1..=4, [2, 2]),
        Crowd::of(Survey::of_change, -3..=3, [1, 5]),
        Crowd::of(level_2, 1..=2, [1, 5]).with_follow_up(),
    ]
}

/// Whatever word is given, moved or taken back.
#[test]
fn nothing_new_is_told_of_a_round_that_was_published() {
    for crowd in crowds() {
        for before in crowd.words() {
            let published = crowd.published(&before, None);
            for today in crowd.words() {
                let again = crowd.published(&today, Some(&published.lock));
                let news = news(&published.lines, &again.lines);
                assert_eq!(news, None, "{before:?}, then {today:?}");
            }
        }
    }
}

/// Two managers whose mean was published are both told by one of them; so both have to say so.
#[test]
fn nothing_new_is_told_of_a_round_of_the_first_version() {
    for crowd in crowds() {
        let published = crowd.published_of_old();
        for today in crowd.words() {
            let again = crowd.published(&today, Some(&published.lock));
            let is_told = news(&published.lines, &again.lines).is_some();
            let stood_as_pair = crowd.managers == 2 && published.lines[0].contains("managers");
            let is_own_word = stood_as_pair && today.iter().all(|word| *word == EARLY);
            assert_eq!(is_told, is_own_word, "{today:?}");
        }
    }
}

/// Without the record, a word that was taken back would be told with what the others answered.
#[test]
fn without_the_record_a_total_would_tell() {
    let crowd = &crowds()[0];
    let before = crowd.published(&vec![EARLY], None);
    let again = crowd.published(&vec![None], None);
    assert!(news(&before.lines, &again.lines).is_some());
}

/// The manager, five peers and three rounds.
fn survey(days: [&str; 3]) -> Survey {
    let answers = [
        ("priya", 2),
        ("olav", -1),
        ("peer-1", 1),
        ("peer-2", 1),
        ("peer-3", 0),
        ("peer-4", 1),
        ("peer-5", 1),
    ];
    let survey = Survey::of_change()
        .person("priya", Role::Manager, None)
        .person("olav", Role::Manager, Some("peer"))
        .people("peer", 5)
        .goal("a", "Speaks concisely.");
    days.iter()
        .fold(survey, |survey, day| survey.answers(day, "a", &answers))
}

const DAYS: [&str; 3] = ["2026-07-23", "2026-07-31", "2026-08-31"];

#[track_caller]
fn check(survey: Survey, expected: [&str; 3]) {
    let engagement = survey.build();
    let past = lock::past(&engagement, &hash_with(1));
    let lines = lines(&progress::figures(&engagement, &past), "a");
    // What stands behind them is looked at elsewhere.
    let groups = lines.iter().map(|line| {
        let parts = line.split(", ").filter(|part| part.contains(" of "));
        parts.collect::<Vec<_>>().join(", ")
    });
    assert_eq!(groups.collect::<Vec<_>>(), expected);
}

#[test]
fn a_manager_stands_alone_from_the_day_of_the_word_on() {
    let together = "all 0.7 of 7, colleagues 0.7 of 7";
    check(survey(DAYS), [together; 3]);
    let alone = "all 0.7 of 7, priya 2 of 1, peer 0.5 of 6";
    check(
        survey(DAYS).apart("priya", "2026-07-31"),
        [together, alone, alone],
    );
}

/// Each round counts everyone as what they were on its day: a word given as a manager opens nothing that was said as a peer.
#[test]
fn whoever_becomes_manager_stands_alone_from_that_day_on() {
    let alone = "all 0.7 of 7, priya 2 of 1, peer 0.5 of 6";
    check(
        survey(DAYS)
            .was("priya", (Role::Supporter, "peer"), "2026-07-31")
            .apart("priya", "2026-01-01"),
        ["all 0.7 of 7, peer 0.7 of 7", alone, alone],
    );
}

#[test]
fn two_managers_are_never_a_mean_of_their_own() {
    let olav = "all 0.7 of 7, olav -1 of 1, colleagues 1.0 of 6";
    let both = "all 0.7 of 7, priya 2 of 1, olav -1 of 1, peer 0.8 of 5";
    check(
        survey(DAYS)
            .apart("olav", "2026-01-01")
            .apart("priya", "2026-08-01"),
        [olav, olav, both],
    );
}

#[test]
fn an_answer_that_stood_alone_is_left_out_without_a_word() {
    let alone = survey(DAYS).apart("priya", "2026-01-01").build();
    let lock = lock::check(&alone, None, &hash_with(1)).unwrap();
    let again = || survey(DAYS).after(lock.clone());
    let left_out = "all 0.5 of 6, peer 0.5 of 6";
    check(again(), [left_out; 3]);
    let kept = "all 0.7 of 7, priya 2 of 1, peer 0.5 of 6";
    check(
        again().apart("priya", "2026-08-01"),
        [left_out, left_out, kept],
    );
    // A word for a round in which the answer was counted with the others changes nothing there.
    check(
        again()
            .apart("priya", "2026-01-01")
            .apart("olav", "2026-01-01"),
        [kept; 3],
    );
}

/// A record is not written anew when somebody takes a word back, and still knows who stood alone.
#[test]
fn a_record_remembers_who_stood_alone() {
    let hash = hash_with(1);
    let alone = survey(DAYS).apart("priya", "2026-07-31").build();
    let lock = lock::check(&alone, None, &hash).unwrap();
    let counts: Vec<usize> = lock
        .published
        .values()
        .map(|record| record.alone.as_ref().unwrap().len())
        .collect();
    assert_eq!(counts, [0, 1, 1]);
    let withdrawn = survey(DAYS).after(lock.clone()).build();
    assert_eq!(lock::check(&withdrawn, Some(&lock), &hash), Ok(lock));
    let nothing = lock::past(&survey(DAYS).build(), &hash);
    let together = lines(&progress::figures(&withdrawn, &nothing), "a");
    let none = lines(&progress::figures(&withdrawn, &Past::none()), "a");
    assert_eq!(together, none);
}
