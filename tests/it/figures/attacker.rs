//! An attacker who has read the source code: knows who answered, sees every figure of every reader, knows one rater's own answers,
//! and works out what each of the others may have answered, by going through every set of answers that could have been given.
//!
//! It takes figures as the words that a reader could write down, one line a round, and knows nothing else of the program. People of
//! one group are interchangeable to a program that does not look at names; `progress::people_of_a_group_are_interchangeable` holds it to that. So
//! the answers of a group are gone through as multisets.

use std::collections::{BTreeMap, BTreeSet};

use loggia::engagement::stakeholder::Role;
use loggia::progress;
use loggia::progress::past::Past;

use crate::figures::progress::lines;
use crate::figures::survey::Survey;

/// The people who answer one question, and on which scale.
#[derive(Debug, Clone)]
struct Crowd {
    scale: Scale,
    groups: Vec<(&'static str, usize)>,
    follow_up: bool,
}

#[derive(Debug, Clone, Copy)]
enum Scale {
    Change,
    Level(i32),
}

impl Scale {
    fn scores(self) -> std::ops::RangeInclusive<i32> {
        match self {
            Self::Change => -3..=3,
            Self::Level(count) => 1..=count,
        }
    }

    /// How many scores must stay possible.
    fn kept(self) -> usize {
        if self.scores().count() <= 4 { 2 } else { 3 }
    }

    fn survey(self) -> Survey {
        match self {
            Self::Change => Survey::of_change(),
            Self::Level(count) => Survey::of_level(1, count),
        }
    }
}

/// What one person answers: a score, and whether a follow-up was seen, if that was asked.
type Answer = (i32, Option<bool>);

/// What each group answered, sorted, group by group.
type Table = Vec<Vec<Answer>>;

impl Crowd {
    fn of(scale: Scale, groups: &[(&'static str, usize)]) -> Self {
        Self {
            scale,
            groups: groups.to_vec(),
            follow_up: false,
        }
    }

    fn with_follow_up(self) -> Self {
        Self {
            follow_up: true,
            ..self
        }
    }

    /// The answers that one person may give.
    fn answers(&self) -> Vec<Answer> {
        let scores = self.scale.scores();
        if self.follow_up {
            scores
                .flat_map(|score| [(score, Some(false)), (score, Some(true))])
                .collect()
        } else {
            scores.map(|score| (score, None)).collect()
        }
    }

    /// Everything that may be answered.
    fn tables(&self) -> Vec<Table> {
        let answers = self.answers();
        self.groups
            .iter()
            .fold(vec![Vec::new()], |tables, (_, people)| {
                let group = multisets(&answers, *people);
                let with_each = |table: Table| {
                    group.iter().map(move |answers| {
                        let mut table = table.clone();
                        table.push(answers.clone());
                        table
                    })
                };
                tables.into_iter().flat_map(with_each).collect()
            })
    }

    /// The engagement with these people, and what readers see of each table, which is one of its rounds.
    fn published(&self, tables: &[Table]) -> Vec<String> {
        let mut survey = self.scale.survey().goal("a", "Speaks concisely.");
        let mut names = Vec::new();
        for (group, people) in &self.groups {
            let (role, own) = match *group {
                "manager" | "apart" => (Role::Manager, None),
                "boss" => (Role::Manager, Some("peer")),
                "nobody" => (Role::Sponsor, None),
                group => (Role::Supporter, Some(group)),
            };
            let ids: Vec<String> = (0..*people).map(|id| format!("{group}-{id}")).collect();
            for id in &ids {
                survey = survey.person(id, role, own);
                if *group == "apart" {
                    survey = survey.apart(id, "2001-01-01");
                }
            }
            names.push(ids);
        }
        let mut date: jiff::civil::Date = "2001-01-01".parse().unwrap();
        for table in tables {
            let rows = names.iter().flatten().zip(table.iter().flatten());
            let rows = rows.map(|(id, (score, seen))| (id.as_str(), *score, *seen));
            survey = survey.all_answers(&date.to_string(), "a", rows);
            date = date.tomorrow().unwrap();
        }
        let lines = lines(&progress::figures(&survey.build(), &Past::none()), "a");
        if lines.is_empty() {
            return vec![String::new(); tables.len()];
        }
        assert_eq!(lines.len(), tables.len(), "a slot for every round");
        lines
    }

    /// Looks for someone whose answer can be narrowed too far, and says who and how.
    fn breach(&self) -> Option<String> {
        let tables = self.tables();
        let lines = self.published(&tables);
        let mut worlds: BTreeMap<&str, Vec<&Table>> = BTreeMap::new();
        for (line, table) in lines.iter().zip(&tables) {
            worlds.entry(line).or_default().push(table);
        }
        worlds
            .into_iter()
            .find_map(|(line, tables)| self.breach_in(line, &tables))
    }

    /// The same for one line of published words and everything that may have been answered behind it.
    fn breach_in(&self, line: &str, tables: &[&Table]) -> Option<String> {
        let possible = self.possible(tables);
        let are_apart_shown = line.contains("apart-");
        let answers = self.answers();
        for (insiders, (own_group, _)) in self.groups.iter().enumerate() {
            for (own, own_answer) in answers.iter().enumerate() {
                for (others, (group, _)) in self.groups.iter().enumerate() {
                    let mask = possible[self.key(insiders, own, others)];
                    let is_shown_as_theirs = are_apart_shown && *group == "apart";
                    if mask == 0 || is_shown_as_theirs {
                        continue;
                    }
                    let left = answers.iter().enumerate();
                    let left = left.filter(|(answer, _)| mask & (1 << answer) != 0);
                    let (scores, seen): (BTreeSet<_>, BTreeSet<_>) =
                        left.map(|(_, left)| *left).unzip();
                    let is_told = seen.len() < 2 && self.follow_up;
                    if scores.len() < self.scale.kept() || is_told {
                        return Some(format!(
                            "{self:?}: `{line}` tells one of `{own_group}` who answered {own_answer:?} \
                             that each of `{group}` answered one of {scores:?}, {seen:?}",
                        ));
                    }
                }
            }
        }
        None
    }

    /// What one of a group may have answered, as bits, if one of another is known to have answered something; by [`Self::key`].
    fn possible(&self, tables: &[&Table]) -> Vec<u32> {
        let answers = self.answers();
        let mut possible = vec![0; self.groups.len() * answers.len() * self.groups.len()];
        let place = |answer: &Answer| answers.iter().position(|other| other == answer).unwrap();
        for table in tables {
            let places: Vec<Vec<usize>> = table
                .iter()
                .map(|group| group.iter().map(place).collect())
                .collect();
            let given: Vec<u32> = places
                .iter()
                .map(|group| group.iter().fold(0, |given, answer| given | 1 << answer))
                .collect();
            for (insiders, group) in places.iter().enumerate() {
                // The group is sorted: an answer that stands beside its like was given twice.
                for (index, own) in group.iter().enumerate() {
                    let is_first = index == 0 || group[index - 1] != *own;
                    let is_only = is_first && group.get(index + 1) != Some(own);
                    for (others, given) in given.iter().enumerate() {
                        let is_own_alone = is_only && others == insiders;
                        let given = if is_own_alone {
                            given & !(1 << own)
                        } else {
                            *given
                        };
                        possible[self.key(insiders, *own, others)] |= given;
                    }
                }
            }
        }
        possible
    }

    fn key(&self, insiders: usize, own: usize, others: usize) -> usize {
        let answers = self.scale.scores().count() * if self.follow_up { 2 } else { 1 };
        (insiders * answers + own) * self.groups.len() + others
    }
}

/// Everything that so many interchangeable people may answer.
fn multisets(answers: &[Answer], people: usize) -> Vec<Vec<Answer>> {
    if people == 0 {
        return vec![Vec::new()];
    }
    let from = |first: usize| {
        let rest = multisets(&answers[first..], people - 1);
        rest.into_iter().map(move |mut rest| {
            rest.insert(0, answers[first]);
            rest
        })
    };
    (0..answers.len()).flat_map(from).collect()
}

#[track_caller]
fn assert_safe(crowds: impl IntoIterator<Item = Crowd>) {
    for crowd in crowds {
        if let Some(breach) = crowd.breach() {
            panic!("{breach}");
        }
    }
}

/// Small crowds in which each rule of the method is needed by somebody.
#[test]
fn a_quick_attack_finds_nothing() {
    let change = |groups: &[(&'static str, usize)]| Crowd::of(Scale::Change, groups);
    let level = |groups: &[(&'static str, usize)]| Crowd::of(Scale::Level(5), groups);
    assert_safe([
        level(&[("peer", 2)]),
        level(&[("manager", 1), ("peer", 5), ("report", 2)]),
        level(&[("apart", 1), ("peer", 5), ("report", 2)]),
        level(&[("apart", 1), ("manager", 1), ("peer", 4)]),
        level(&[("apart", 2), ("peer", 4)]),
        level(&[("boss", 2), ("peer", 4)]),
        change(&[("peer", 5)]),
        change(&[("apart", 1), ("peer", 6)]),
        Crowd::of(Scale::Level(3), &[("peer", 5), ("report", 5)]),
        Crowd::of(Scale::Level(2), &[("peer", 5)]).with_follow_up(),
    ]);
}

/// The demand: every table of up to four groups and seven raters on a five-point scale.
#[test]
fn seven_raters_in_four_groups_keep_their_answers() {
    let mut crowds = Vec::new();
    // None, one or two managers, with a word of their own or without.
    for (apart, managers) in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)] {
        for nobody in 0..=7 {
            for peers in 0..=7 {
                for reports in 0..=peers {
                    if (1..=7).contains(&(apart + managers + nobody + peers + reports)) {
                        let groups = [
                            ("apart", apart),
                            ("manager", managers),
                            ("nobody", nobody),
                            ("peer", peers),
                            ("report", reports),
                        ];
                        crowds.push(Crowd::of(Scale::Level(5), &groups));
                    }
                }
            }
        }
    }
    assert_safe(crowds);
}

#[test]
fn every_scale_keeps_its_answers() {
    let scales = (2..=11).map(Scale::Level).chain([Scale::Change]);
    assert_safe(scales.flat_map(|scale| {
        let with_manager = (3..=5).map(move |peers| [("apart", 1), ("peer", peers)]);
        with_manager.map(move |groups| Crowd::of(scale, &groups))
    }));
}

#[test]
fn seven_and_eight_raters_keep_their_answers_beside_a_spread() {
    let change = |peers| Crowd::of(Scale::Change, &[("apart", 1), ("peer", peers)]);
    assert_safe([change(7), change(8)]);
}

#[test]
fn two_groups_that_stand_alone_keep_their_answers() {
    let groups = |scale| Crowd::of(scale, &[("peer", 5), ("report", 5)]);
    assert_safe([groups(Scale::Level(3)), groups(Scale::Level(5))]);
    let uneven = [("apart", 1), ("peer", 5), ("report", 6), ("nobody", 1)];
    assert_safe([Crowd::of(Scale::Level(3), &uneven)]);
}

#[test]
fn nobody_is_known_to_have_seen_a_follow_up() {
    let asked = |scale, groups: &[_]| Crowd::of(scale, groups).with_follow_up();
    assert_safe([
        asked(Scale::Level(2), &[("peer", 6)]),
        asked(Scale::Level(3), &[("peer", 5)]),
        asked(Scale::Level(2), &[("manager", 1), ("peer", 5)]),
        asked(Scale::Level(2), &[("apart", 1), ("peer", 5)]),
        asked(Scale::Level(2), &[("apart", 1), ("peer", 3)]),
        asked(Scale::Level(5), &[("peer", 5)]),
    ]);
}

/// Who answers each of two rounds between which people leave and join.
const CHURN: [[usize; 5]; 2] = [[0, 1, 2, 3, 4], [2, 3, 4, 5, 6]];

/// What was answered in each of the rounds.
type TwoRounds = [Vec<i32>; 2];

/// An insider who knows both own answers learns no more of anyone's answer in one round than that round tells. So what holds of
/// single rounds holds of all.
#[test]
fn two_rounds_tell_no_more_than_each() {
    let rows = rows(3, 5);
    let mut worlds: BTreeMap<String, Vec<TwoRounds>> = BTreeMap::new();
    let mut known: BTreeMap<TwoRounds, String> = BTreeMap::new();
    for first in &rows {
        for second in &rows {
            let world = [first.clone(), second.clone()];
            let mut sorted = world.clone();
            sorted
                .iter_mut()
                .for_each(|answers| answers.sort_unstable());
            let published = known.entry(sorted).or_insert_with_key(publish_both);
            worlds.entry(published.clone()).or_default().push(world);
        }
    }
    assert!(worlds.len() > 9, "{}", worlds.len());
    for (published, worlds) in worlds {
        for insider in 0..7 {
            assert_both_keep(&published, &worlds, insider);
        }
    }
}

/// All that is published of two rounds, and of the change between them.
fn publish_both(answers: &TwoRounds) -> String {
    let mut survey = Survey::of_level(1, 3)
        .people("peer", 7)
        .goal("a", "Speaks concisely.");
    for ((date, raters), scores) in ["2026-03-02", "2026-06-01"].iter().zip(CHURN).zip(answers) {
        let names = raters.map(|rater| format!("peer-{}", rater + 1));
        let names = names.iter().map(String::as_str);
        let scores: Vec<_> = names.zip(scores.iter().copied()).collect();
        survey = survey.answers(date, "a", &scores);
    }
    let engagement = survey.build();
    let figures = progress::figures(&engagement, &Past::none());
    let goal = figures.of_goal(&crate::figures::survey::goal("a")).unwrap();
    let change = goal.change(&engagement.pulse.scale);
    format!("{:?} {change:?}", lines(&figures, "a"))
}

/// What one person answered in each round.
fn own(world: &TwoRounds, person: usize) -> [Option<i32>; 2] {
    [0, 1].map(|round| {
        let place = CHURN[round].iter().position(|rater| *rater == person)?;
        Some(world[round][place])
    })
}

#[track_caller]
fn assert_both_keep(published: &str, worlds: &[TwoRounds], insider: usize) {
    let mut possible: BTreeMap<_, BTreeSet<i32>> = BTreeMap::new();
    for world in worlds {
        let known = own(world, insider);
        for other in (0..7).filter(|other| *other != insider) {
            for (round, answer) in own(world, other).into_iter().enumerate() {
                let place = possible.entry((known, other, round)).or_default();
                place.extend(answer);
            }
        }
    }
    for ((known, other, round), possible) in possible {
        let is_rater = CHURN[round].contains(&other);
        assert!(
            !is_rater || possible.len() >= 2,
            "{published} and {known:?} tell {insider} that {other} answered one of {possible:?}"
        );
    }
}

/// All rows of so many answers from 1 to `highest`.
fn rows(highest: i32, people: usize) -> Vec<Vec<i32>> {
    (0..people).fold(vec![Vec::new()], |rows, _| {
        let longer =
            |row: Vec<i32>| (1..=highest).map(move |answer| [&row[..], &[answer]].concat());
        rows.into_iter().flat_map(longer).collect()
    })
}

/// Why `rounds.lock` refuses late answers however many they are: five raters were published, three more come, and whoever kept the
/// first page subtracts one sum from the other.
#[test]
fn late_answers_in_a_published_round_would_be_told() {
    let survey = || {
        Survey::of_level(1, 5)
            .people("peer", 8)
            .goal("a", "Speaks concisely.")
    };
    let early = [
        ("peer-1", 3),
        ("peer-2", 3),
        ("peer-3", 2),
        ("peer-4", 4),
        ("peer-5", 3),
    ];
    let late = [("peer-6", 5), ("peer-7", 5), ("peer-8", 5)];
    let before = survey().answers("2026-03-02", "a", &early).build();
    let after = survey()
        .answers("2026-03-02", "a", &early)
        .answers("2026-03-02", "a", &late)
        .build();
    assert!(lines(&progress::figures(&before, &Past::none()), "a")[0].starts_with("all 3.0 of 5"));
    assert!(lines(&progress::figures(&after, &Past::none()), "a")[0].starts_with("all 3.8 of 8"));
    // Eight raters with a mean of 3.8 have a sum of 30, five with 3.0 one of 15: the three answered 15 in sum, so 5 each.
}
