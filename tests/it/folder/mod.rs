//! An engagement folder as a plain value of the tests' own, so that nothing here follows from how the program reads one.
//!
//! Every slot of text holds a token of its own, `qz7zq`, which no other slot holds; ids and names of files are tokens too. People and
//! goals refer to each other by number, so that an id can be renamed in one place.

pub(crate) mod build;
pub(crate) mod complete;
pub(crate) mod grow;
pub(crate) mod picture;
pub(crate) mod write;

use std::collections::{BTreeMap, BTreeSet};

/// The day on which every folder here is built.
pub(crate) const TODAY: &str = "2026-06-15";

/// The parts that `[share]` gives away.
pub(crate) const PARTS: [&str; 15] = [
    "facts",
    "people",
    "assessments",
    "goals",
    "actions",
    "progress",
    "groups",
    "follow_up",
    "self",
    "themes",
    "agendas",
    "updates",
    "reviews",
    "agreement",
    "asked",
];

/// The parts that a goal can share on its own.
pub(crate) const GOAL_PARTS: [&str; 7] = [
    "goals",
    "actions",
    "progress",
    "groups",
    "follow_up",
    "self",
    "themes",
];

/// A person or goal, whatever its id is at the moment.
pub(crate) type Number = usize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Coachee,
    Coach,
    Manager,
    Sponsor,
    Hr,
    Supporter,
}

impl Role {
    pub(crate) const ALL: [Self; 6] = [
        Self::Coachee,
        Self::Coach,
        Self::Manager,
        Self::Sponsor,
        Self::Hr,
        Self::Supporter,
    ];

    pub(crate) fn word(self) -> &'static str {
        ["coachee", "coach", "manager", "sponsor", "hr", "supporter"][self as usize]
    }
}

/// A word of the audience language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Word {
    Role(Role),
    Person(Number),
    Everyone,
    Attendees,
}

pub(crate) type Words = Vec<Word>;

/// Lists by part; a part that is absent says nothing.
pub(crate) type Share = BTreeMap<&'static str, Words>;

#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) number: Number,
    pub(crate) id: String,
    /// The ids of before, the oldest first.
    pub(crate) was: Vec<String>,
    pub(crate) name: String,
    /// The role of today.
    pub(crate) role: Role,
    pub(crate) title: Option<String>,
    /// The rater group of today.
    pub(crate) group: Option<String>,
    pub(crate) time: Time,
    /// The day of a manager's word that the answers may stand alone.
    pub(crate) apart: Option<&'static str>,
    pub(crate) language: Option<&'static str>,
    pub(crate) email: Option<String>,
    pub(crate) same_person: Option<&'static str>,
    pub(crate) link: u32,
    pub(crate) portal: bool,
}

/// When a person takes part, and as what on other days than today.
#[derive(Debug, Clone, Default)]
pub(crate) struct Time {
    pub(crate) from: Option<&'static str>,
    pub(crate) until: Option<&'static str>,
    /// Role and group until a day that has come.
    pub(crate) was: Option<(Role, Option<String>, &'static str)>,
    /// Role and group from a day to come.
    pub(crate) becomes: Option<(Role, Option<String>, &'static str)>,
}

impl Person {
    /// Whether the person takes part on a day.
    pub(crate) fn is_here(&self, day: &str) -> bool {
        self.time.from.is_none_or(|from| from <= day) && !self.has_left(day)
    }

    /// Whether the person has left by a day.
    pub(crate) fn has_left(&self, day: &str) -> bool {
        self.time.until.is_some_and(|until| until <= day)
    }

    /// Role and group on a day.
    pub(crate) fn capacity(&self, day: &str) -> (Role, Option<&String>) {
        let Time { was, becomes, .. } = &self.time;
        match (was, becomes) {
            (Some((role, group, until)), _) if day < *until => (*role, group.as_ref()),
            (_, Some((role, group, from))) if *from <= day => (*role, group.as_ref()),
            _ => (self.role, self.group.as_ref()),
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) enum Journey {
    None,
    Named(&'static str),
    Own(Vec<(String, Option<String>)>),
}

impl Journey {
    /// The number of a step, from 1; nothing where there are none.
    pub(crate) fn step(&self, index: Option<usize>) -> Option<usize> {
        let count = match self {
            Self::None => return None,
            // The shortest of the methods has four.
            Self::Named(_) => 4,
            Self::Own(steps) => steps.len(),
        };
        index.map(|index| index % count + 1)
    }
}

/// The sessions, by number and day.
#[derive(Debug, Clone)]
pub(crate) struct Sessions {
    pub(crate) planned: u32,
    pub(crate) hours: Option<u32>,
    pub(crate) rhythm: Option<String>,
    pub(crate) held: Vec<String>,
    pub(crate) booked: Vec<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Support {
    pub(crate) from: Number,
    pub(crate) text: String,
    pub(crate) kind: Option<&'static str>,
    pub(crate) due: Option<String>,
    pub(crate) agreed: Option<String>,
    pub(crate) given: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Idea {
    pub(crate) text: String,
    pub(crate) tried: Option<String>,
    pub(crate) came: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Milestone {
    pub(crate) title: String,
    pub(crate) day: String,
    /// The step to which it belongs, counted like the present one.
    pub(crate) step: Option<usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct Assessment {
    pub(crate) kind: &'static str,
    pub(crate) name: Option<String>,
    pub(crate) day: String,
    pub(crate) themes: Vec<String>,
}

/// Something that is done in a step.
#[derive(Debug, Clone)]
pub(crate) struct Activity {
    /// The step, counted like the present one.
    pub(crate) step: usize,
    /// Absent only where the method itself says what is done.
    pub(crate) text: Option<String>,
    pub(crate) done: Option<String>,
    pub(crate) outcome: Option<String>,
}

/// What the programme is to bring about, with how it stood by the key of the time.
#[derive(Debug, Clone)]
pub(crate) struct ProgrammeOutcome {
    pub(crate) goal: Option<Number>,
    pub(crate) text: String,
    pub(crate) stood: BTreeMap<&'static str, String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Correction {
    pub(crate) day: String,
    pub(crate) text: String,
    pub(crate) why: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub(crate) purpose: Option<String>,
    pub(crate) aims: Option<String>,
    pub(crate) motivation: Option<String>,
    pub(crate) resources: Option<String>,
    pub(crate) end: Option<String>,
    /// The first day of a pause, and the day on which it is over.
    pub(crate) paused: Option<(&'static str, &'static str)>,
    pub(crate) sessions: Option<Sessions>,
    pub(crate) journey: Journey,
    /// What the coachee is to be able to do, and the goal that leads there.
    pub(crate) competencies: Vec<(String, Option<Number>)>,
    pub(crate) activities: Vec<Activity>,
    /// The step at which it stands, from 0, where the dates do not say; more than there are count on from the first.
    pub(crate) present: Option<usize>,
    pub(crate) milestones: Vec<Milestone>,
    pub(crate) communication: BTreeMap<&'static str, String>,
    pub(crate) roles: BTreeMap<Role, String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Action {
    pub(crate) text: String,
    pub(crate) owner: Option<Number>,
    pub(crate) due: Option<String>,
    pub(crate) done: Option<String>,
    /// The day on which it was given up, and why.
    pub(crate) dropped: Option<(String, Option<String>)>,
}

/// For whom a passage is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reach {
    Common,
    Only(Words),
    Private,
}

/// Some lines of a text.
#[derive(Debug, Clone)]
pub(crate) struct Passage {
    pub(crate) reach: Reach,
    pub(crate) text: String,
}

/// What only the coach sees of a file: a comment, and whether its keys stand in the other order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Manner {
    pub(crate) remark: Option<String>,
    pub(crate) is_reversed: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Goal {
    pub(crate) number: Number,
    pub(crate) place: u32,
    pub(crate) id: String,
    /// The ids of before, the oldest first.
    pub(crate) was: Vec<String>,
    pub(crate) title: String,
    pub(crate) alias: Option<String>,
    pub(crate) statement: Option<String>,
    pub(crate) behaviour: Option<String>,
    pub(crate) good: Vec<String>,
    /// Why it matters, by its key.
    pub(crate) matters: BTreeMap<&'static str, String>,
    pub(crate) reached: Option<String>,
    /// The day on which the words of the question were mended.
    pub(crate) corrected: Option<String>,
    pub(crate) in_my_words: Option<String>,
    /// The last day of earlier words, with an old statement and an old behaviour, one of them at least.
    pub(crate) before: Vec<(String, Option<String>, Option<String>)>,
    pub(crate) supporters: Option<Vec<Number>>,
    pub(crate) share: Share,
    pub(crate) actions: Vec<Action>,
    pub(crate) support: Vec<Support>,
    pub(crate) ideas: Vec<Idea>,
    pub(crate) thanks: Option<String>,
    pub(crate) body: Vec<Passage>,
    pub(crate) manner: Manner,
}

#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) minutes: Option<u32>,
    pub(crate) lead: Option<Number>,
    pub(crate) text: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Agenda {
    pub(crate) day: String,
    pub(crate) topic: String,
    pub(crate) hour: u32,
    /// The zone of that hour, where it is not the engagement's.
    pub(crate) timezone: Option<&'static str>,
    pub(crate) title: String,
    pub(crate) kind: Option<&'static str>,
    pub(crate) minutes: u32,
    pub(crate) attendees: Vec<Number>,
    pub(crate) place: Option<String>,
    pub(crate) coach_part: Option<&'static str>,
    pub(crate) share: Option<Words>,
    pub(crate) items: Vec<Item>,
    pub(crate) outcomes: Vec<(Option<Number>, String)>,
    pub(crate) next: Vec<Action>,
    /// What coachee and coach settle between them; each step is the coachee's, the coach's or nobody's.
    pub(crate) debrief: Vec<Action>,
    pub(crate) body: Vec<Passage>,
    pub(crate) manner: Manner,
}

#[derive(Debug, Clone)]
pub(crate) struct Update {
    pub(crate) day: String,
    pub(crate) topic: String,
    pub(crate) title: String,
    pub(crate) share: Option<Words>,
    pub(crate) body: Vec<Passage>,
    pub(crate) manner: Manner,
}

#[derive(Debug, Clone)]
pub(crate) struct Comparison {
    pub(crate) goal: Option<Number>,
    pub(crate) intended: String,
    pub(crate) actual: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Review {
    pub(crate) day: String,
    pub(crate) topic: String,
    pub(crate) kind: &'static str,
    pub(crate) title: Option<String>,
    pub(crate) share: Option<Words>,
    pub(crate) outcomes: Vec<Comparison>,
    pub(crate) celebrated: Vec<String>,
    /// What goes on, and with whom.
    pub(crate) continues: Vec<(String, Vec<Number>)>,
    pub(crate) follow_up: Option<String>,
    /// Said only of a follow-up whose day has come.
    pub(crate) found: Vec<String>,
    pub(crate) body: Vec<Passage>,
    pub(crate) manner: Manner,
}

/// What was agreed, and who has said yes.
#[derive(Debug, Clone)]
pub(crate) struct Agreement {
    pub(crate) title: Option<String>,
    pub(crate) changed: Option<String>,
    pub(crate) parties: Vec<(Number, Option<String>)>,
    pub(crate) body: Vec<Passage>,
    pub(crate) manner: Manner,
}

#[derive(Debug, Clone)]
pub(crate) struct Rating {
    pub(crate) rater: Number,
    pub(crate) goal: Number,
    pub(crate) score: i32,
    pub(crate) followed_up: Option<bool>,
    pub(crate) comment: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Theme {
    pub(crate) goal: Number,
    pub(crate) text: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Round {
    pub(crate) day: String,
    /// Whether its file names groups instead of raters. The coachee's own rating does not stand there.
    pub(crate) is_anonymous: bool,
    pub(crate) ratings: Vec<Rating>,
    pub(crate) themes: Vec<Theme>,
    pub(crate) manner: Manner,
}

/// A file that only has a name and a text: a note, or what an editor left behind.
#[derive(Debug, Clone)]
pub(crate) struct Loose {
    pub(crate) name: String,
    pub(crate) text: String,
}

#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// A picture of one line of grey pixels, which are the bytes of a text, with a remark in its metadata.
    Picture { pixels: String, remark: String },
    /// A document, published as it is.
    Document(String),
    /// Anything else.
    Other(String),
}

#[derive(Debug, Clone)]
pub(crate) struct Attachment {
    pub(crate) name: String,
    pub(crate) content: Content,
}

#[derive(Debug, Clone)]
pub(crate) struct Pulse {
    /// Whether scores go from 1 to 7 with words at the ends, and not from -3 to 3.
    pub(crate) level: Option<(String, String)>,
    pub(crate) target: Option<i32>,
    pub(crate) minimum: Option<usize>,
    /// The closing days of rounds with asking pages, of which those within the engagement are written.
    pub(crate) closings: Vec<&'static str>,
    pub(crate) open: Option<usize>,
    pub(crate) period: Option<String>,
    /// Words that a form writes for scores, on no page.
    pub(crate) words: Vec<(String, i32)>,
}

/// A content folder with one engagement.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    pub(crate) tokens: usize,
    /// The names that its folder had.
    pub(crate) was: Vec<String>,
    pub(crate) title: String,
    pub(crate) firm: String,
    pub(crate) terms: Vec<String>,
    pub(crate) closes: Option<String>,
    /// The zone of its hours, where it is not the firm's.
    pub(crate) timezone: Option<&'static str>,
    pub(crate) language: Option<&'static str>,
    /// Advice that the coach does not need.
    pub(crate) silence: Vec<&'static str>,
    pub(crate) agreed: Option<String>,
    pub(crate) facts: Facts,
    pub(crate) assessments: Vec<Assessment>,
    pub(crate) outcomes: Vec<ProgrammeOutcome>,
    pub(crate) corrections: Vec<Correction>,
    pub(crate) people: Vec<Person>,
    pub(crate) share: Share,
    pub(crate) pulse: Pulse,
    pub(crate) goals: Vec<Goal>,
    pub(crate) agendas: Vec<Agenda>,
    pub(crate) updates: Vec<Update>,
    pub(crate) reviews: Vec<Review>,
    pub(crate) agreement: Option<Agreement>,
    pub(crate) rounds: Vec<Round>,
    pub(crate) notes: Vec<Loose>,
    pub(crate) leavings: Vec<Loose>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) manner: Manner,
}

impl Folder {
    /// A token that stands nowhere yet.
    pub(crate) fn token(&mut self) -> String {
        self.tokens += 1;
        format!("qz{}zq", self.tokens)
    }

    pub(crate) fn person(&self, number: Number) -> &Person {
        self.people
            .iter()
            .find(|person| person.number == number)
            .unwrap()
    }

    /// The closing days of rounds with asking pages: those within the engagement.
    pub(crate) fn closings(&self) -> Vec<&'static str> {
        let last = self.facts.end.as_deref().unwrap_or("9999");
        let closes = self.closes.as_deref().unwrap_or("9999");
        let closings = self.pulse.closings.iter().copied();
        closings
            .filter(|day| *day <= last && *day < closes)
            .collect()
    }

    /// Who is asked in the next round, each with the goals.
    pub(crate) fn asked(&self) -> Vec<(&Person, Vec<&Goal>)> {
        match self.closings().into_iter().all(|day| day < TODAY) {
            true => Vec::new(),
            false => self.with_asking_page(),
        }
    }

    /// Who has an asking page, each with the goals; between rounds it says that there is none.
    pub(crate) fn with_asking_page(&self) -> Vec<(&Person, Vec<&Goal>)> {
        let is_open = self.closes.as_deref().is_none_or(|closes| closes > TODAY);
        if !is_open || self.closings().is_empty() {
            return Vec::new();
        }
        let is_agreed = self.agreed.as_deref().is_some_and(|day| day <= TODAY);
        let words = self.share.get("asked").map(Vec::as_slice);
        let names = |words: Option<&[Word]>, person: &Person| {
            let is_meant = |word: &Word| match word {
                Word::Everyone => true,
                Word::Role(role) => *role == person.role,
                Word::Person(number) => *number == person.number,
                Word::Attendees => false,
            };
            words.unwrap_or_default().iter().any(is_meant)
        };
        let is_named = |person: &Person| names(words, person);
        let goals = |person: &Person| {
            let goals = self.goals.iter().filter(|goal| goal.behaviour.is_some());
            let listed = |goal: &&Goal| {
                let supporters = goal.supporters.as_ref();
                person.role != Role::Supporter
                    || supporters.is_none_or(|listed| listed.contains(&person.number))
            };
            // A goal that its own words keep from a manager, or from everyone, is closed to whom it does not list.
            let open = |goal: &&Goal| {
                let Some(own) = goal.share.get("goals") else {
                    return true;
                };
                let rates = match &goal.supporters {
                    Some(listed) => listed.contains(&person.number),
                    None => person.role == Role::Supporter && !own.is_empty(),
                };
                rates || names(Some(own.as_slice()), person) || person.role == Role::Coachee
            };
            goals.filter(listed).filter(open).collect::<Vec<_>>()
        };
        let people = self.people.iter().filter(|person| person.is_here(TODAY));
        let asked = people.filter(|person| match person.role {
            Role::Coachee => true,
            Role::Manager | Role::Supporter => is_agreed && is_named(person),
            Role::Coach | Role::Sponsor | Role::Hr => false,
        });
        let asked = asked.map(|person| (person, goals(person)));
        asked.filter(|(_, goals)| !goals.is_empty()).collect()
    }

    /// Everyone who has a portal, the coachee first of all.
    pub(crate) fn readers(&self) -> Vec<&Person> {
        let may_read = |person: &&Person| {
            person.portal
                && person.is_here(TODAY)
                && (self.agreed.as_deref().is_some_and(|day| day <= TODAY)
                    || person.role == Role::Coachee)
        };
        let is_open = self.closes.as_deref().is_none_or(|closes| closes > TODAY);
        self.people
            .iter()
            .filter(may_read)
            .filter(|_| is_open)
            .collect()
    }
}

/// The tokens of a text.
pub(crate) fn tokens(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for piece in text.split("qz").skip(1) {
        let digits = piece.len()
            - piece
                .trim_start_matches(|letter: char| letter.is_ascii_digit())
                .len();
        if digits > 0 && piece[digits..].starts_with("zq") {
            found.insert(format!("qz{}zq", &piece[..digits]));
        }
    }
    found
}
