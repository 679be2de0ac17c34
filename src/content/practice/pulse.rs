//! What a good coach would look at again about the pulse: who is asked, how many, and when next.

use jiff::civil::Date;

use crate::content::practice::{ENOUGH_SUPPORTERS, Look, is_asked};
use crate::engagement::advice::Advice;
use crate::engagement::agenda::{Agenda, Kind};
use crate::engagement::goal::Goal;
use crate::engagement::pulse::{Rater, Round};
use crate::engagement::stakeholder::{Presence, Role, Stakeholder};
use crate::text::counted;

/// From so many raters on, two who compare notes hardly ever learn a third one's answer.
const SAFER_MINIMUM: u32 = 5;

/// The days that a round may be late before anyone says so: holidays, and people who answer late.
const PATIENCE: i32 = 14;

/// The days until the first and the second round, where nothing tells the engagement's own rhythm: quarterly is the slowest that is
/// common.
const QUARTER: i32 = 92;

impl<'a> Look<'a> {
    pub(super) fn at_supporters(&mut self) {
        let count = self.supporters();
        let is_asked = !self.answered().is_empty();
        if (1..ENOUGH_SUPPORTERS).contains(&count) || (count == 0 && is_asked) {
            let supporters = match count {
                0 => "no supporters".to_owned(),
                count => counted(count, "supporter", "supporters"),
            };
            let message = format!("{supporters} in this engagement");
            let hint = "find at least four: with fewer, one missing answer takes the figures away";
            self.tell(Advice::FewSupporters, "engagement.toml", message, hint);
        }
    }

    fn supporters(&self) -> usize {
        let people = self.engagement.stakeholders.iter();
        people.filter(|person| is_asked(person)).count()
    }

    /// The rounds that somebody has answered.
    fn answered(&self) -> Vec<&'a Round> {
        let rounds = self.engagement.pulse.rounds.iter();
        rounds.filter(|round| !round.ratings.is_empty()).collect()
    }

    pub(super) fn at_rounds(&mut self, agendas: &[&Agenda]) {
        let first = self.answered().first().map(|round| round.date);
        if let Some(first) = first {
            let is_enrolled = agendas
                .iter()
                .any(|agenda| agenda.kind == Kind::Enrolment && agenda.start.date() <= first);
            if !is_enrolled {
                let message = "supporters were surveyed before they were enrolled".to_owned();
                let hint = "ask each of them in person first, and keep the meeting as `kind = \"enrolment\"`";
                let file = format!("pulse/{first}.csv");
                self.tell(Advice::NotEnrolled, &file, message, hint);
            }
        }
        if let Some(day) = self.next_round_due() {
            let message = format!("the next round of the pulse was due by {day}");
            let id = &self.engagement.id;
            let hint = format!("launch it: `loggia new round {id}`");
            self.tell(Advice::RoundOverdue, "pulse", message, &hint);
        }
    }

    /// The day by which the next round should have closed, if that is over: the longest wait so far, or a quarter.
    fn next_round_due(&self) -> Option<Date> {
        if self.supporters() == 0 || self.is_over() {
            return None;
        }
        let days: Vec<Date> = self
            .engagement
            .pulse
            .rounds
            .iter()
            .map(|round| round.date)
            .collect();
        let waits = days.windows(2).map(|pair| (pair[1] - pair[0]).get_days());
        let wait = waits.max().unwrap_or(QUARTER);
        let last = days
            .last()
            .copied()
            .or(self.facts.and_then(|facts| facts.start))?;
        let due = last.saturating_add(jiff::Span::new().days(wait));
        let due = self.after_pause(last, due);
        let is_late = self.today.is_more_than(PATIENCE, due);
        let is_within = self.end().is_none_or(|end| due <= end);
        (is_late && is_within).then_some(due)
    }

    /// Two raters who compare notes can narrow a third one's answer, much more often where few answer.
    pub(super) fn at_minimum(&mut self) {
        let goals = &self.engagement.goals;
        let mut asked = goals.iter().filter(|goal| self.raters(goal) > 0).peekable();
        let is_low = self.engagement.pulse.minimum < SAFER_MINIMUM && asked.peek().is_some();
        let safer = SAFER_MINIMUM as usize;
        // One of them may be ill without the figures going away.
        let have_enough = asked.all(|goal| self.raters(goal) > safer);
        let loses_none = self.engagement.pulse.rounds.iter().all(|round| {
            let is_kept = |goal: &Goal| {
                let answers = round.ratings.iter().filter(|rating| rating.goal == goal.id);
                let count = answers
                    .filter(|rating| self.counts(&rating.rater, round))
                    .count();
                count >= safer || count < self.engagement.pulse.minimum as usize
            };
            goals.iter().all(is_kept)
        });
        if is_low && have_enough && loses_none {
            let minimum = self.engagement.pulse.minimum;
            let message =
                format!("figures may stand on {minimum} raters, and every goal has six or more");
            let hint = "set `minimum = 5`: two of three raters who compare notes learn the third one's answer exactly in 14 % of cases, two of five in 0.2 %";
            self.tell(Advice::LowMinimum, "engagement.toml", message, hint);
        }
    }

    /// How many may rate a goal and are counted with others.
    fn raters(&self, goal: &Goal) -> usize {
        let people = self.engagement.stakeholders.iter();
        let people = people.filter(|person| person.presence == Presence::Here);
        let may_rate = |person: &&Stakeholder| match person.role {
            Role::Supporter => goal
                .supporters
                .as_ref()
                .is_none_or(|listed| listed.contains(&person.id)),
            Role::Manager => person.apart.is_none(),
            Role::Coachee | Role::Coach | Role::Sponsor | Role::Hr => false,
        };
        let supporters = goal
            .supporters
            .as_ref()
            .is_none_or(|listed| !listed.is_empty());
        if supporters {
            people.filter(may_rate).count()
        } else {
            0
        }
    }

    /// Whether someone's answers of a round count with those of others.
    fn counts(&self, rater: &Rater, round: &Round) -> bool {
        let Some(rater) = rater.id() else {
            return true;
        };
        let person = self.engagement.stakeholder(rater);
        person.is_some_and(
            |person| match person.time.capacity_on(round.date.into()).role {
                Role::Manager => person.apart.is_none(),
                Role::Coachee => false,
                Role::Coach | Role::Sponsor | Role::Hr | Role::Supporter => true,
            },
        )
    }
}
