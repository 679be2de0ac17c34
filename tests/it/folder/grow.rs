//! Folders grown from numbers: any numbers make a sound folder, fewer and smaller ones a simpler folder.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::strategy::Strategy;

use crate::folder::{
    Action, Activity, Agenda, Agreement, Assessment, Attachment, Comparison, Content, Correction,
    Facts, Folder, GOAL_PARTS, Goal, Idea, Item, Journey, Loose, Manner, Milestone, Number, PARTS,
    Passage, Person, ProgrammeOutcome, Pulse, Rating, Reach, Review, Role, Round, Sessions, Share,
    Support, TODAY, Theme, Time, Update, Word, Words,
};

/// The days of words that a manager may give: before all rounds, between them, after them.
pub(crate) const WORDS: [&str; 3] = ["2026-01-01", "2026-04-15", "2026-12-01"];

/// The kinds of support.
pub(crate) const SUPPORT: [&str; 6] = [
    "support",
    "practice",
    "time",
    "budget",
    "assessment",
    "training",
];

/// The keys under which a goal says why it matters.
pub(crate) const MATTERS: [&str; 3] = ["business", "career", "serves"];

/// The times at which it is said how an outcome stood.
pub(crate) const STOOD: [&str; 3] = ["start", "midpoint", "end"];

/// Languages whose words stand in no other.
pub(crate) const LANGUAGES: [&str; 3] = ["en", "en-GB", "en-US"];

/// Advice that a coach may not need.
pub(crate) const ADVICE: [&str; 3] = ["no-midpoint", "no-behaviour", "few-supporters"];

/// The numbers that a folder grows from: one list for each thing in it, so that shrinking takes whole things away.
#[derive(Debug, Clone)]
pub(crate) struct Seeds {
    pub(crate) root: Vec<u32>,
    pub(crate) things: Vec<Vec<Vec<u32>>>,
    pub(crate) reader: u32,
    pub(crate) changes: Vec<Vec<u32>>,
}

/// Zones other than the firm's, in which no hour of the generated meetings is passed over.
pub(crate) const ZONES: [&str; 3] = ["Asia/Tokyo", "Europe/Oslo", "America/New_York"];

/// Pauses that are over, go on and are to come on [`TODAY`].
pub(crate) const PAUSES: [(&str, &str); 4] = [
    ("2026-02-02", "2026-03-02"),
    ("2026-06-15", "2026-07-01"),
    ("2026-05-04", "2026-06-15"),
    ("2026-08-03", "2026-09-01"),
];

/// How many of each thing there are at most: people besides the coachee, goals, agendas, updates, reviews, rounds, the rest,
/// agreements.
const MOST: [usize; 8] = [12, 4, 5, 3, 3, 4, 6, 1];

/// Seeds of folders, with up to `changes` changes to each.
pub(crate) fn seeds(changes: usize) -> impl Strategy<Value = Seeds> {
    let list = |most: usize, long: usize| vec(vec(any::<u32>(), 0..long), 0..=most);
    let things = (
        list(MOST[0], 40),
        list(MOST[1], 146),
        list(MOST[2], 110),
        list(MOST[3], 50),
        list(MOST[4], 60),
        list(MOST[5], 180),
        list(MOST[6], 8),
        list(MOST[7], 60),
    );
    let changes = vec(vec(any::<u32>(), 1..24), changes.min(1)..=changes);
    (vec(any::<u32>(), 0..264), things, any::<u32>(), changes).prop_map(
        |(root, things, reader, changes)| Seeds {
            root,
            things: vec![
                things.0, things.1, things.2, things.3, things.4, things.5, things.6, things.7,
            ],
            reader,
            changes,
        },
    )
}

/// Numbers read one by one; when they end, every choice is the simplest.
pub(crate) struct Chooser<'a> {
    seeds: &'a [u32],
}

impl<'a> Chooser<'a> {
    pub(crate) fn of(seeds: &'a [u32]) -> Self {
        Self { seeds }
    }

    /// A number below `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let Some((first, rest)) = self.seeds.split_first() else {
            return 0;
        };
        self.seeds = rest;
        *first as usize % count.max(1)
    }

    /// Yes in so many of a hundred cases.
    pub(crate) fn in_a_hundred(&mut self, chance: usize) -> bool {
        self.below(100) >= 100 - chance
    }

    pub(crate) fn one_of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    pub(crate) fn maybe_one_of<T: Clone>(&mut self, chance: usize, choices: &[T]) -> Option<T> {
        (!choices.is_empty() && self.in_a_hundred(chance)).then(|| self.one_of(choices))
    }

    /// A day of the year.
    pub(crate) fn day(&mut self) -> String {
        format!("2026-{:02}-{:02}", 1 + self.below(12), 1 + self.below(28))
    }
}

/// A day on which the words of a question were mended: after some rounds, and before others.
const CORRECTED: &str = "2026-04-20";

impl Folder {
    pub(crate) fn grown(seeds: &Seeds) -> Self {
        let mut folder = Self::bare();
        let mut root = Chooser::of(&seeds.root);
        folder.grow_people(&seeds.things[0]);
        folder.grow_root(&mut root);
        folder.was = folder.old_ids(&mut root);
        let [
            _,
            goals,
            agendas,
            updates,
            reviews,
            rounds,
            rest,
            agreements,
        ] = &seeds.things[..]
        else {
            unreachable!()
        };
        for seeds in rest {
            folder.grow_file(&mut Chooser::of(seeds));
        }
        for seeds in goals {
            folder.grow_goal(&mut Chooser::of(seeds));
        }
        folder.grow_programme(&mut root);
        for seeds in agendas {
            folder.grow_agenda(&mut Chooser::of(seeds));
        }
        for seeds in updates {
            folder.grow_update(&mut Chooser::of(seeds));
        }
        for seeds in reviews {
            folder.grow_review(&mut Chooser::of(seeds));
        }
        for seeds in agreements {
            folder.grow_agreement(&mut Chooser::of(seeds));
        }
        for seeds in rounds {
            folder.grow_round(&mut Chooser::of(seeds));
        }
        folder
    }

    /// An engagement of one coachee and nothing else.
    pub(crate) fn bare() -> Self {
        let mut folder = Self {
            tokens: 0,
            was: Vec::new(),
            title: String::new(),
            firm: String::new(),
            terms: Vec::new(),
            closes: None,
            timezone: None,
            language: None,
            silence: Vec::new(),
            agreed: None,
            facts: Facts {
                purpose: None,
                aims: None,
                motivation: None,
                resources: None,
                end: None,
                paused: None,
                sessions: None,
                journey: Journey::None,
                competencies: Vec::new(),
                activities: Vec::new(),
                present: None,
                milestones: Vec::new(),
                communication: [].into(),
                roles: [].into(),
            },
            assessments: Vec::new(),
            outcomes: Vec::new(),
            corrections: Vec::new(),
            people: Vec::new(),
            share: Share::new(),
            pulse: Pulse {
                level: None,
                target: None,
                minimum: None,
                closings: Vec::new(),
                open: None,
                period: None,
                words: Vec::new(),
            },
            goals: Vec::new(),
            agendas: Vec::new(),
            updates: Vec::new(),
            reviews: Vec::new(),
            agreement: None,
            rounds: Vec::new(),
            notes: Vec::new(),
            leavings: Vec::new(),
            attachments: Vec::new(),
            manner: Manner::default(),
        };
        folder.title = folder.token();
        folder.firm = folder.token();
        folder.grow_person(Role::Coachee, &mut Chooser::of(&[]));
        folder
    }

    fn grow_people(&mut self, seeds: &[Vec<u32>]) {
        use Role::{Coach, Hr, Manager, Sponsor, Supporter};
        let roles = [
            Manager, Coach, Supporter, Hr, Sponsor, Supporter, Supporter, Supporter, Supporter,
            Manager, Supporter, Supporter,
        ];
        for (index, seeds) in seeds.iter().enumerate() {
            let mut chooser = Chooser::of(seeds);
            let role = if chooser.in_a_hundred(85) {
                roles[index % roles.len()]
            } else {
                chooser.one_of(&roles)
            };
            self.grow_person(role, &mut chooser);
        }
        let coaches = self
            .people
            .iter()
            .filter(|person| person.role == Role::Coach)
            .count();
        let new = self.token();
        if let Some(coach) = self
            .people
            .iter_mut()
            .find(|person| person.id == "coach" && coaches > 1)
        {
            coach.id = new;
        }
    }

    pub(crate) fn grow_person(&mut self, role: Role, chooser: &mut Chooser<'_>) {
        let is_sole = role == Role::Coach
            && !self
                .people
                .iter()
                .any(|person| person.id == "coach" || person.role == role);
        let id = if is_sole && chooser.in_a_hundred(30) {
            "coach".to_owned()
        } else {
            self.token()
        };
        let number = self.fresh_number();
        let title = chooser.in_a_hundred(50).then(|| self.text(chooser));
        let email = chooser
            .in_a_hundred(30)
            .then(|| format!("{}@example.org", self.token()));
        let group = chooser
            .maybe_one_of(70, &["peer", "report", "client"])
            .map(str::to_owned);
        let time = time(role, group.as_ref(), chooser);
        let was = time.was.iter().map(|(role, ..)| *role);
        let becomes = time.becomes.iter().map(|(role, ..)| *role);
        let is_ever_manager = was
            .chain([role])
            .chain(becomes)
            .any(|role| role == Role::Manager);
        let person = Person {
            number,
            id,
            was: self.old_ids(chooser),
            name: self.text(chooser),
            role,
            time,
            title,
            group,
            language: chooser.maybe_one_of(25, &LANGUAGES),
            email,
            link: if chooser.in_a_hundred(10) { 2 } else { 1 },
            same_person: number.is_multiple_of(4).then_some("2026-02-02"),
            portal: !chooser.in_a_hundred(15),
            apart: is_ever_manager
                .then(|| chooser.maybe_one_of(70, &WORDS))
                .flatten(),
        };
        self.people.push(person);
    }

    /// Mostly none; else one or two.
    fn old_ids(&mut self, chooser: &mut Chooser<'_>) -> Vec<String> {
        let count = chooser.maybe_one_of(20, &[1, 2]).unwrap_or(0);
        (0..count).map(|_| self.token()).collect()
    }

    fn fresh_number(&mut self) -> Number {
        self.tokens += 1;
        self.tokens
    }

    fn grow_root(&mut self, chooser: &mut Chooser<'_>) {
        // The word of the coachee: given, given today, still to be given, or none at all.
        let agreed = match chooser.below(100) {
            0..80 => Some("2026-02-02"),
            80..88 => Some(TODAY),
            88..94 => Some("2026-06-16"),
            _ => None,
        };
        self.agreed = agreed.map(str::to_owned);
        for part in PARTS {
            if chooser.in_a_hundred(75) {
                let words = self.words(chooser, part == "agendas");
                self.share.insert(part, words);
            }
        }
        self.facts.purpose = self.maybe_text(70, chooser);
        self.facts.aims = self.maybe_text(40, chooser);
        self.facts.motivation = self.maybe_text(40, chooser);
        self.facts.resources = self.maybe_text(40, chooser);
        self.facts.end =
            chooser.maybe_one_of(70, &["2026-09-30".to_owned(), "2026-06-01".to_owned()]);
        self.closes = chooser.maybe_one_of(30, &["2026-12-31".to_owned(), "2027-01-31".to_owned()]);
        if chooser.in_a_hundred(50) {
            let held: BTreeSet<_> = (0..chooser.below(4))
                .map(|_| chooser.day().min(TODAY.to_owned()))
                .collect();
            let booked: BTreeSet<_> = (0..chooser.below(4)).map(|_| chooser.day()).collect();
            self.facts.sessions = Some(Sessions {
                planned: 6,
                hours: chooser.maybe_one_of(50, &[9, 12]),
                rhythm: self.maybe_text(50, chooser),
                booked: booked.difference(&held).cloned().collect(),
                held: held.into_iter().collect(),
            });
        }
        self.facts.journey = match chooser.below(5) {
            0 => Journey::None,
            1 => Journey::Named("eight-steps"),
            2 => Journey::Named("four-stages"),
            3 => Journey::Named("stakeholder-centred"),
            _ => {
                let mut days: Vec<_> = (0..1 + chooser.below(3)).map(|_| chooser.day()).collect();
                days.sort();
                let step = |day| (self.text(chooser), chooser.in_a_hundred(50).then_some(day));
                Journey::Own(days.into_iter().map(step).collect())
            }
        };
        for _ in 0..chooser.below(3) {
            let milestone = Milestone {
                title: self.text(chooser),
                day: chooser.day(),
                step: None,
            };
            self.facts.milestones.push(milestone);
        }
        for key in [
            "updates",
            "escalation",
            "confidentiality",
            "exceptions",
            "performance",
        ] {
            if let Some(text) = self.maybe_text(40, chooser) {
                self.facts.communication.insert(key, text);
            }
        }
        for role in Role::ALL {
            if let Some(text) = self.maybe_text(35, chooser) {
                self.facts.roles.insert(role, text);
            }
        }
        if chooser.in_a_hundred(40) {
            self.pulse.level = Some((self.text(chooser), self.text(chooser)));
        }
        self.pulse.target = chooser.maybe_one_of(50, &[1, 2, 3]);
        self.pulse.minimum = chooser.maybe_one_of(30, &[3, 4, 5]);
        self.pulse.closings = match chooser.below(4) {
            0 => Vec::new(),
            1 => vec!["2026-04-30"],
            2 => vec!["2026-05-20", TODAY],
            _ => vec!["2026-03-31", "2026-06-25", "2026-08-31"],
        };
        self.pulse.open = chooser.maybe_one_of(50, &[1, 5, 20]);
        self.pulse.period = self.maybe_text(50, chooser);
        let words = [("Very much so", 3), ("Somewhat", 2), ("A bit", 1)];
        let words = words.into_iter().take(chooser.below(4));
        self.pulse.words = words
            .map(|(word, score)| (word.to_owned(), score))
            .collect();
        self.terms = (0..chooser.below(2)).map(|_| self.token()).collect();
        self.manner = self.manner(chooser);
        self.language = chooser.maybe_one_of(30, &LANGUAGES);
        self.timezone = chooser.maybe_one_of(30, &ZONES);
        self.facts.paused = chooser.maybe_one_of(30, &PAUSES);
        self.silence = chooser.maybe_one_of(30, &ADVICE).into_iter().collect();
        self.facts.present = chooser.maybe_one_of(30, &[0, 1, 2]);
        for _ in 0..chooser.below(3) {
            self.grow_assessment(chooser);
        }
        for milestone in &mut self.facts.milestones {
            milestone.step = chooser.maybe_one_of(30, &[0, 1, 2]);
        }
    }

    pub(crate) fn grow_assessment(&mut self, chooser: &mut Chooser<'_>) {
        let assessment = Assessment {
            kind: chooser.one_of(&["360", "style", "interviews", "evaluation"]),
            name: self.maybe_text(50, chooser),
            day: chooser.day(),
            themes: (0..chooser.below(3)).map(|_| self.theme(chooser)).collect(),
        };
        self.assessments.push(assessment);
    }

    /// What the programme is to bring about, which can be tied to goals, and what was changed in it.
    fn grow_programme(&mut self, chooser: &mut Chooser<'_>) {
        for _ in 0..chooser.below(3) {
            let competency = (self.text(chooser), self.some_goal(50, chooser));
            self.facts.competencies.push(competency);
        }
        for _ in 0..chooser.below(3) {
            self.grow_activity(chooser);
        }
        for _ in 0..chooser.below(4) {
            self.grow_outcome(chooser);
        }
        for _ in 0..chooser.below(3) {
            self.grow_correction(chooser);
        }
    }

    /// Something that is done in a step, if there are any.
    pub(crate) fn grow_activity(&mut self, chooser: &mut Chooser<'_>) {
        let is_known = matches!(self.facts.journey, Journey::Named("eight-steps"));
        let text = self.text(chooser);
        let is_said = chooser.in_a_hundred(50) || !is_known;
        let activity = Activity {
            step: chooser.below(3),
            text: is_said.then_some(text),
            done: chooser
                .in_a_hundred(50)
                .then(|| chooser.day().min(TODAY.to_owned())),
            outcome: self.maybe_text(50, chooser),
        };
        if !matches!(self.facts.journey, Journey::None) {
            self.facts.activities.push(activity);
        }
    }

    pub(crate) fn grow_outcome(&mut self, chooser: &mut Chooser<'_>) {
        let outcome = ProgrammeOutcome {
            goal: self.some_goal(70, chooser),
            text: self.text(chooser),
            stood: self.some_of(&STOOD, 60, chooser),
        };
        self.outcomes.push(outcome);
    }

    pub(crate) fn grow_correction(&mut self, chooser: &mut Chooser<'_>) {
        let correction = Correction {
            day: chooser.day(),
            text: self.text(chooser),
            why: self.maybe_text(60, chooser),
        };
        self.corrections.push(correction);
    }

    /// Texts for some of the keys.
    fn some_of(
        &mut self,
        keys: &[&'static str],
        chance: usize,
        chooser: &mut Chooser<'_>,
    ) -> BTreeMap<&'static str, String> {
        let mut texts = BTreeMap::new();
        for key in keys {
            texts.extend(self.maybe_text(chance, chooser).map(|text| (*key, text)));
        }
        texts
    }

    pub(crate) fn grow_goal(&mut self, chooser: &mut Chooser<'_>) {
        let mut share = Share::new();
        for part in GOAL_PARTS {
            if chooser.in_a_hundred(35) {
                share.insert(part, self.words(chooser, false));
            }
        }
        let listed: Vec<Number> = self
            .people
            .iter()
            .filter(|person| person.role > Role::Coach)
            .map(|person| person.number)
            .collect();
        let supporters = chooser.in_a_hundred(30).then(|| {
            listed
                .into_iter()
                .filter(|_| chooser.in_a_hundred(60))
                .collect()
        });
        let number = self.fresh_number();
        let goal = Goal {
            number,
            place: u32::try_from(chooser.below(6)).unwrap(),
            id: self.token(),
            was: self.old_ids(chooser),
            title: self.text(chooser),
            alias: self.maybe_text(50, chooser),
            statement: self.maybe_text(60, chooser),
            behaviour: self.maybe_text(60, chooser),
            good: (0..chooser.below(3)).map(|_| self.text(chooser)).collect(),
            supporters,
            share,
            actions: self.actions(chooser, 4),
            support: (0..chooser.below(3))
                .map(|_| self.support(chooser))
                .collect(),
            ideas: (0..chooser.below(3)).map(|_| self.idea(chooser)).collect(),
            thanks: self.maybe_text(30, chooser),
            body: self.body(chooser, false),
            manner: self.manner(chooser),
            corrected: (number % 3 == 1).then(|| CORRECTED.to_owned()),
            reached: chooser.in_a_hundred(35).then(|| chooser.day()),
            in_my_words: self.maybe_text(50, chooser),
            before: self.before(chooser),
            matters: self.some_of(&MATTERS, 35, chooser),
        };
        self.goals.push(goal);
    }

    pub(crate) fn grow_agenda(&mut self, chooser: &mut Chooser<'_>) {
        let attendees = self
            .people
            .iter()
            .map(|person| person.number)
            .filter(|_| chooser.in_a_hundred(45))
            .collect();
        let items = |folder: &mut Self, chooser: &mut Chooser<'_>| Item {
            minutes: chooser.maybe_one_of(70, &[5, 10]),
            lead: chooser.in_a_hundred(60).then(|| folder.someone(chooser)),
            text: folder.text(chooser),
        };
        let kind = chooser.maybe_one_of(70, &["calibration", "quarterly", "final"]);
        let coach_part = chooser.maybe_one_of(60, &["observe", "facilitate", "clarify"]);
        let agenda = Agenda {
            day: chooser.day(),
            topic: self.token(),
            hour: u32::try_from(8 + chooser.below(3)).unwrap(),
            timezone: chooser.maybe_one_of(20, &ZONES),
            title: self.text(chooser),
            kind,
            coach_part: coach_part.filter(|_| kind == Some("quarterly")),
            minutes: 45,
            attendees,
            place: self.maybe_text(50, chooser),
            share: chooser.in_a_hundred(50).then(|| self.words(chooser, true)),
            items: (0..chooser.below(3))
                .map(|_| items(self, chooser))
                .collect(),
            outcomes: (0..chooser.below(4))
                .map(|_| (self.some_goal(70, chooser), self.text(chooser)))
                .collect(),
            next: self.actions(chooser, 3),
            debrief: (0..chooser.below(3))
                .map(|_| self.debrief_step(chooser))
                .collect(),
            body: self.body(chooser, true),
            manner: self.manner(chooser),
        };
        self.agendas.push(agenda);
    }

    pub(crate) fn grow_update(&mut self, chooser: &mut Chooser<'_>) {
        let update = Update {
            day: chooser.day(),
            topic: self.token(),
            title: self.text(chooser),
            share: chooser.in_a_hundred(50).then(|| self.words(chooser, false)),
            body: self.body(chooser, false),
            manner: self.manner(chooser),
        };
        self.updates.push(update);
    }

    pub(crate) fn grow_review(&mut self, chooser: &mut Chooser<'_>) {
        let comparison = |folder: &mut Self, chooser: &mut Chooser<'_>| Comparison {
            goal: folder.some_goal(75, chooser),
            intended: folder.text(chooser),
            actual: folder.text(chooser),
        };
        let follow_up = chooser.in_a_hundred(60).then(|| chooser.day());
        let review = Review {
            day: chooser.day(),
            topic: self.token(),
            kind: chooser.one_of(&["midpoint", "final"]),
            title: self.maybe_text(50, chooser),
            share: chooser.in_a_hundred(50).then(|| self.words(chooser, false)),
            outcomes: (0..chooser.below(4))
                .map(|_| comparison(self, chooser))
                .collect(),
            celebrated: (0..chooser.below(3)).map(|_| self.text(chooser)).collect(),
            continues: (0..chooser.below(3))
                .map(|_| self.continuation(chooser))
                .collect(),
            found: match &follow_up {
                Some(day) if day.as_str() <= TODAY => {
                    (0..chooser.below(3)).map(|_| self.text(chooser)).collect()
                }
                _ => Vec::new(),
            },
            follow_up,
            body: self.body(chooser, false),
            manner: self.manner(chooser),
        };
        self.reviews.push(review);
    }

    pub(crate) fn grow_agreement(&mut self, chooser: &mut Chooser<'_>) {
        let agreement = Agreement {
            title: self.maybe_text(50, chooser),
            changed: chooser
                .in_a_hundred(50)
                .then(|| Self::day_that_was(chooser)),
            parties: self.parties(chooser),
            body: self.body(chooser, false),
            manner: self.manner(chooser),
        };
        self.agreement = Some(agreement);
    }

    /// Some of the people, each with the day of their yes or none.
    fn parties(&self, chooser: &mut Chooser<'_>) -> Vec<(Number, Option<String>)> {
        let mut parties = Vec::new();
        for person in &self.people {
            if chooser.in_a_hundred(45) {
                let agreed = chooser
                    .in_a_hundred(60)
                    .then(|| Self::day_that_was(chooser));
                parties.push((person.number, agreed));
            }
        }
        parties
    }

    /// A day of the year that is not after today.
    pub(crate) fn day_that_was(chooser: &mut Chooser<'_>) -> String {
        chooser.day().min(TODAY.to_owned())
    }

    /// Whether a round closes within a week of a day: the same people are not asked twice in that time.
    pub(crate) fn has_round_near(&self, day: &str) -> bool {
        let day: jiff::civil::Date = day.parse().unwrap();
        let mut rounds = self.rounds.iter();
        rounds.any(|round| {
            let other: jiff::civil::Date = round.day.parse().unwrap();
            (day - other).get_days().abs() < 8
        })
    }

    pub(crate) fn grow_round(&mut self, chooser: &mut Chooser<'_>) {
        let day = format!(
            "2026-{:02}-{:02}",
            1 + chooser.below(7),
            1 + chooser.below(28)
        );
        if self.has_round_near(&day) {
            return;
        }
        let themes = (0..chooser.below(4)).filter_map(|_| {
            let goal = self.some_goal(100, chooser)?;
            Some(Theme {
                goal,
                text: self.text(chooser),
            })
        });
        let themes = themes.collect();
        let manner = self.manner(chooser);
        // How many answer differs from round to round, so that rounds on both sides of the minimum are common.
        let zeal = chooser.one_of(&[90, 40, 70, 25]);
        let mut ratings = Vec::new();
        for (rater, goal) in self.may_rate(&day) {
            if chooser.in_a_hundred(zeal) {
                ratings.push(self.rating(rater, goal, chooser));
            }
        }
        self.rounds.push(Round {
            day,
            is_anonymous: chooser.in_a_hundred(25),
            ratings,
            themes,
            manner,
        });
    }

    pub(crate) fn rating(
        &mut self,
        rater: Number,
        goal: Number,
        chooser: &mut Chooser<'_>,
    ) -> Rating {
        let score = i32::try_from(chooser.below(7)).unwrap();
        Rating {
            rater,
            goal,
            score: if self.pulse.level.is_some() {
                1 + score
            } else {
                score - 3
            },
            followed_up: chooser.maybe_one_of(60, &[true, false]),
            comment: self.maybe_text(40, chooser),
        }
    }

    /// Everyone who may rate a goal in a round of that day, with the goal.
    pub(crate) fn may_rate(&self, day: &str) -> Vec<(Number, Number)> {
        let mut pairs = Vec::new();
        for goal in &self.goals {
            for person in &self.people {
                let (role, _) = person.capacity(day);
                // Who rated as something else, or has left, need not be listed any more.
                let is_free = matches!(role, Role::Coachee | Role::Manager)
                    || role != person.role
                    || person.has_left(TODAY);
                let is_listed = goal
                    .supporters
                    .as_ref()
                    .is_none_or(|listed| listed.contains(&person.number));
                let may_rate = role != Role::Coach && person.is_here(day);
                if may_rate && (is_free || is_listed) {
                    pairs.push((person.number, goal.number));
                }
            }
        }
        pairs
    }

    /// A note, a leaving, or a file of `files/`.
    pub(crate) fn grow_file(&mut self, chooser: &mut Chooser<'_>) {
        let (name, text) = (self.token(), self.text(chooser));
        match chooser.below(6) {
            0 => self.notes.push(Loose {
                name: format!("2026-01-20-{name}.md"),
                text,
            }),
            1 => {
                let pixels = self.token();
                let content = Content::Picture {
                    pixels,
                    remark: text,
                };
                self.attachments.push(Attachment {
                    name: format!("{name}.png"),
                    content,
                });
            }
            2 => self.attachments.push(Attachment {
                name: format!("{name}.pdf"),
                content: Content::Document(text),
            }),
            3 => self.attachments.push(Attachment {
                name: format!("{name}.txt"),
                content: Content::Other(text),
            }),
            4 => {
                let place = chooser.one_of(&["goals/", "", "updates/.", "pulse/", "agendas/#"]);
                let end = if place.ends_with('#') { "#" } else { ".md~" };
                self.leavings.push(Loose {
                    name: format!("{place}{name}{end}"),
                    text,
                });
            }
            _ => self.notes.push(Loose {
                name: format!("{name}.txt"),
                text,
            }),
        }
    }

    /// A few words around a token of its own.
    pub(crate) fn text(&mut self, chooser: &mut Chooser<'_>) -> String {
        let token = self.token();
        match chooser.below(6) {
            0 | 1 => token,
            2 => format!("Some words, {token}"),
            3 => format!("Tom & \"Ann\" <b>, {token}, it's"),
            4 => format!("é – {token} \\ 100 % %41 &amp;"),
            // A long text is all its own: the audit knows nobody's words from another's when both are the same.
            _ => [&*token; 9].join(" and "),
        }
    }

    /// A text without a figure that looks like a score, which a theme of an assessment may not hold.
    pub(crate) fn theme(&mut self, chooser: &mut Chooser<'_>) -> String {
        self.text(chooser).replace("100 % ", "")
    }

    fn maybe_text(&mut self, chance: usize, chooser: &mut Chooser<'_>) -> Option<String> {
        chooser.in_a_hundred(chance).then(|| self.text(chooser))
    }

    pub(crate) fn manner(&mut self, chooser: &mut Chooser<'_>) -> Manner {
        let remark = chooser.in_a_hundred(35).then(|| self.token());
        Manner {
            remark,
            is_reversed: chooser.in_a_hundred(20),
        }
    }

    fn someone(&self, chooser: &mut Chooser<'_>) -> Number {
        self.people[chooser.below(self.people.len())].number
    }

    pub(crate) fn some_goal(&self, chance: usize, chooser: &mut Chooser<'_>) -> Option<Number> {
        let goals: Vec<Number> = self.goals.iter().map(|goal| goal.number).collect();
        chooser.maybe_one_of(chance, &goals)
    }

    /// One to three words of the audience language, sometimes none.
    pub(crate) fn words(&self, chooser: &mut Chooser<'_>, has_attendees: bool) -> Words {
        let mut words = Words::new();
        for _ in 0..chooser.below(4) {
            let word = self.a_word(chooser, has_attendees);
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words
    }

    pub(crate) fn a_word(&self, chooser: &mut Chooser<'_>, has_attendees: bool) -> Word {
        match chooser.below(10) {
            0..=4 => Word::Role(chooser.one_of(&[
                Role::Manager,
                Role::Supporter,
                Role::Sponsor,
                Role::Hr,
                Role::Coachee,
                Role::Coach,
            ])),
            5..=7 => Word::Person(self.someone(chooser)),
            8 if has_attendees => Word::Attendees,
            8 => Word::Role(Role::Manager),
            _ => Word::Everyone,
        }
    }

    pub(crate) fn actions(&mut self, chooser: &mut Chooser<'_>, most: usize) -> Vec<Action> {
        (0..chooser.below(most))
            .map(|_| self.an_action(chooser))
            .collect()
    }

    pub(crate) fn continuation(&mut self, chooser: &mut Chooser<'_>) -> (String, Vec<Number>) {
        let with = (0..chooser.below(3)).map(|_| self.someone(chooser));
        let with = with.collect();
        (self.text(chooser), with)
    }

    pub(crate) fn support(&mut self, chooser: &mut Chooser<'_>) -> Support {
        let mut day_that_was = |chance| {
            let is_said = chooser.in_a_hundred(chance);
            let day = Self::day_that_was(chooser);
            is_said.then_some(day)
        };
        let (agreed, given) = (day_that_was(40), day_that_was(30));
        Support {
            from: self.someone(chooser),
            text: self.text(chooser),
            kind: chooser.maybe_one_of(60, &SUPPORT),
            due: chooser.in_a_hundred(40).then(|| chooser.day()),
            agreed,
            given,
        }
    }

    /// A step for the coachee alone, or for nobody by name.
    pub(crate) fn debrief_step(&mut self, chooser: &mut Chooser<'_>) -> Action {
        let action = self.an_action(chooser);
        let coachee = self
            .people
            .iter()
            .find(|person| person.role == Role::Coachee);
        Action {
            owner: coachee
                .filter(|_| chooser.in_a_hundred(60))
                .map(|person| person.number),
            ..action
        }
    }

    fn idea(&mut self, chooser: &mut Chooser<'_>) -> Idea {
        let tried = chooser
            .in_a_hundred(50)
            .then(|| Self::day_that_was(chooser));
        let came = tried.is_some() && chooser.in_a_hundred(50);
        Idea {
            text: self.text(chooser),
            tried,
            came: came.then(|| self.text(chooser)),
        }
    }

    /// Words that a goal had until a day; there is one of each day.
    pub(crate) fn before(
        &mut self,
        chooser: &mut Chooser<'_>,
    ) -> Vec<(String, Option<String>, Option<String>)> {
        let mut before: Vec<(String, Option<String>, Option<String>)> = Vec::new();
        for _ in 0..chooser.below(3) {
            let until = chooser.day();
            let statement = self.maybe_text(60, chooser);
            let behaviour = match &statement {
                None => Some(self.text(chooser)),
                Some(_) => self.maybe_text(40, chooser),
            };
            if before.iter().all(|(day, ..)| *day != until) {
                before.push((until, statement, behaviour));
            }
        }
        before
    }

    pub(crate) fn an_action(&mut self, chooser: &mut Chooser<'_>) -> Action {
        let done = chooser.in_a_hundred(30).then(|| chooser.day());
        let is_dropped = done.is_none() && chooser.in_a_hundred(30);
        Action {
            text: self.text(chooser),
            owner: chooser.in_a_hundred(60).then(|| self.someone(chooser)),
            due: chooser.in_a_hundred(60).then(|| chooser.day()),
            done,
            dropped: is_dropped.then(|| (chooser.day(), self.maybe_text(70, chooser))),
        }
    }

    /// A text of some passages.
    pub(crate) fn body(&mut self, chooser: &mut Chooser<'_>, has_attendees: bool) -> Vec<Passage> {
        (0..chooser.below(6))
            .map(|_| self.passage(chooser, has_attendees))
            .collect()
    }

    pub(crate) fn passage(&mut self, chooser: &mut Chooser<'_>, has_attendees: bool) -> Passage {
        let reach = match chooser.below(4) {
            0 | 1 => Reach::Common,
            2 => Reach::Private,
            _ => {
                let mut words = self.words(chooser, has_attendees);
                if words.is_empty() {
                    words.push(self.a_word(chooser, has_attendees));
                }
                Reach::Only(words)
            }
        };
        Passage {
            reach,
            text: self.lines(chooser),
        }
    }

    /// Lines of Markdown, with and without blank ones around them.
    pub(crate) fn lines(&mut self, chooser: &mut Chooser<'_>) -> String {
        let token = self.token();
        let more = self.token();
        match chooser.below(13) {
            0 => token,
            1 => format!("\n{token} and on\n"),
            2 => format!("- {token}\n- {more}"),
            3 => format!("\n# {token}\n"),
            4 => format!("> {token}\n"),
            5 => format!("\n```\n::: private\n{token}\n```"),
            6 => format!("See [{token}](https://example.org/{more}?a&b)."),
            7 => format!("\n| {token} | b |\n|---|:-:|\n| {more} | d |\n"),
            8 => format!("A [word][ref] & *{token}* \\\nand `{more}`"),
            // A definition is seen by nobody, but makes a link of the words above for whoever has it.
            9 => format!(
                "\n{token}\n\n[ref]: https://example.org/defined\n\nA [link][ref] that needs it, {more}.\n"
            ),
            10 => format!("1. {token}\n\n   more\n2. {more}"),
            _ => self.mention(chooser, &token),
        }
    }

    /// A picture or a document, where there is one.
    fn mention(&mut self, chooser: &mut Chooser<'_>, token: &str) -> String {
        let usable: Vec<(String, bool)> = self
            .attachments
            .iter()
            .filter_map(|attachment| match attachment.content {
                Content::Picture { .. } => Some((attachment.name.clone(), true)),
                Content::Document(_) => Some((attachment.name.clone(), false)),
                Content::Other(_) => None,
            })
            .collect();
        match usable
            .is_empty()
            .then_some(())
            .map_or_else(|| Some(chooser.one_of(&usable)), |()| None)
        {
            None => token.to_owned(),
            Some((name, true)) => format!("\n![{token}](files/{name})\n"),
            Some((name, false)) => format!("[{token}](files/{name})"),
        }
    }
}

/// When someone takes part: mostly all the time, always as the same.
pub(crate) fn time(role: Role, group: Option<&String>, chooser: &mut Chooser<'_>) -> Time {
    let mut time = Time::default();
    if role == Role::Coachee {
        return time;
    }
    time.from = chooser.maybe_one_of(12, &["2026-01-20", "2026-03-01", "2026-07-01"]);
    let is_here = time.from.is_none_or(|from| from <= TODAY);
    time.until = chooser.maybe_one_of(20, &["2026-05-20", "2026-09-01"]);
    if !is_here {
        time.until = time.until.map(|_| "2026-09-01");
    }
    if role == Role::Coach {
        return time;
    }
    let others = [Role::Supporter, Role::Manager, Role::Sponsor, Role::Hr];
    let other = |chooser: &mut Chooser<'_>, chance| {
        let other = chooser.maybe_one_of(chance, &others)?;
        let new = chooser.maybe_one_of(50, &["peer", "report"]);
        let new = new.map(str::to_owned);
        (other != role || new.as_ref() != group).then_some((other, new))
    };
    let was = other(chooser, 20).filter(|_| is_here);
    time.was = was.map(|(role, group)| (role, group, "2026-04-10"));
    let becomes = other(chooser, 12).filter(|_| time.until != Some("2026-05-20"));
    time.becomes = becomes.map(|(role, group)| (role, group, "2026-08-01"));
    time
}
