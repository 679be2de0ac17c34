//! Who is asked what in which round.
//!
//! The rule it guards: nobody is asked outside of their time, before the coachee agreed to it or once the engagement has closed, and the
//! answer follows from the folder and a day alone: never from who has answered.

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::engagement::Engagement;
use crate::engagement::audience::{Audience, Part, Reader};
use crate::engagement::goal::Goal;
use crate::engagement::pulse::Scale;
use crate::engagement::stakeholder::{Presence, Role, Stakeholder};
use crate::engagement::today::Today;

/// A round for which there are asking pages: from the beginning of the first day to the end of the last, in the engagement's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedRound {
    /// The first day on which it can be answered.
    pub opens: Date,
    /// The last one, by which the round is called.
    pub closes: Date,
}

/// A rater and what this rater is asked in a round.
pub struct Asked<'a> {
    /// Who is asked.
    pub person: &'a Stakeholder,
    /// The part that this person plays on the day.
    pub role: Role,
    /// The questions, in the order of the goals.
    pub questions: Vec<AskedGoal<'a>>,
}

/// What a rater is asked about one goal.
pub struct AskedGoal<'a> {
    /// The goal.
    pub goal: &'a Goal,
    /// The behaviour that the rater is asked about.
    pub question: &'a str,
    /// Whether the rater is also asked if the coachee followed up.
    pub asks_follow_up: bool,
}

impl AskedRound {
    /// The moments at which it opens and has closed, in milliseconds since 1970; nothing beyond the end of all calendars.
    pub fn moments(self, zone: &TimeZone) -> Option<(i64, i64)> {
        let moment = |day: Date| {
            let zoned = zone.to_zoned(day.at(0, 0, 0, 0)).ok()?;
            Some(zoned.timestamp().as_millisecond())
        };
        Some((moment(self.opens)?, moment(self.closes.tomorrow().ok()?)?))
    }

    /// Whether it can be answered on a day.
    pub fn is_open_on(self, day: Date) -> bool {
        (self.opens..=self.closes).contains(&day)
    }
}

impl Engagement {
    /// Every round for which there are asking pages, in their order.
    pub fn asked_rounds(&self) -> impl DoubleEndedIterator<Item = AskedRound> {
        let days = Span::new().days(i64::from(self.pulse.asking.open));
        let closings = self.pulse.asking.closings.iter();
        closings.map(move |closes| AskedRound {
            opens: closes.saturating_sub(days),
            closes: *closes,
        })
    }

    /// The next round that has not closed: the one that asking pages of `today` show.
    pub fn next_asked_round(&self, today: Today<'_>) -> Option<AskedRound> {
        let mut rounds = self.asked_rounds();
        rounds.find(|round| today <= round.closes)
    }

    /// Who is asked what on a day, in the order of engagement.toml. It does not hang on a day to come, such as that on which someone leaves
    /// while a round is open: nobody is told of those.
    ///
    /// The coachee is asked also before `agreed`.
    pub fn asked(&self, day: Today<'_>) -> Vec<Asked<'_>> {
        if self.is_draft || self.closes.is_some_and(|closes| closes <= day) {
            return Vec::new();
        }
        let asked = self.stakeholders.iter().filter_map(|person| {
            let role = person.time.capacity_on(day).role;
            let is_here = person.time.presence_on(day) == Presence::Here;
            let is_agreed = role == Role::Coachee || self.agreed_by(day).is_some();
            let questions = self.questions(&Reader::of(person, role));
            (is_here && is_agreed && !questions.is_empty()).then_some(Asked {
                person,
                role,
                questions,
            })
        });
        asked.collect()
    }

    /// Whether the reader is asked in the next round.
    pub fn asks(&self, reader: &Reader, today: Today<'_>) -> bool {
        let mut asked = self.asked(today).into_iter();
        self.next_asked_round(today).is_some() && asked.any(|asked| asked.person.id == *reader.id())
    }

    /// Whether `[share]` lets a person be asked on a day, in the part that the person plays on it.
    pub fn may_be_asked(&self, person: &Stakeholder, day: Today<'_>) -> bool {
        let reader = Reader::of(person, person.time.capacity_on(day).role);
        let is_here = person.time.presence_on(day) == Presence::Here;
        is_here && rates(reader.role()) && self.shares(Part::Asked, &reader)
    }

    /// Everyone whom `[share]` lets be asked from `today` on, once in each part in which this person rates from then on, with a portal or
    /// without.
    pub fn raters_from(&self, today: Today<'_>) -> Vec<Reader> {
        let alone = Audience::coachee_alone();
        let asked = self.share.get(&Part::Asked).unwrap_or(&alone);
        let people = self.stakeholders.iter().filter(|_| !self.is_draft);
        let raters = people.flat_map(|person| {
            let roles = person.time.roles_from(today);
            roles.map(|role| Reader::of(person, role))
        });
        raters
            .filter(|rater| rates(rater.role()) && asked.admits(rater))
            .collect()
    }

    fn questions(&self, rater: &Reader) -> Vec<AskedGoal<'_>> {
        if !rates(rater.role()) {
            return Vec::new();
        }
        let questions = self.goals.iter().filter_map(|goal| {
            let question = goal.question.reveal_to(rater)?.as_deref()?;
            Some(AskedGoal {
                goal,
                question,
                // Nobody follows up with themselves.
                asks_follow_up: self.pulse.scale == Scale::Change && rater.role() != Role::Coachee,
            })
        });
        questions.collect()
    }
}

/// Whether people in this part rate.
fn rates(role: Role) -> bool {
    match role {
        Role::Coachee | Role::Manager | Role::Supporter => true,
        Role::Coach | Role::Sponsor | Role::Hr => false,
    }
}
