//! What a coach has to think of on a day, in one engagement.
//!
//! The rule it guards: it is for the coach's own screen and reaches no page. Of answers it says how many raters have answered, never who
//! and never what.

use jiff::Span;
use jiff::civil::Date;

use crate::engagement::Engagement;
use crate::engagement::advice::Advice;
use crate::engagement::agenda::Agenda;
use crate::engagement::asked::AskedRound;
use crate::engagement::audience::Reader;
use crate::engagement::facts::{Communication, Facts};
use crate::engagement::goal::Action;
use crate::engagement::id::StakeholderId;
use crate::engagement::kind::ItemKind;
use crate::engagement::review::ReviewKind;
use crate::engagement::stakeholder::{Presence, Role};

/// How many days ahead meetings and rounds are told.
const AHEAD: i64 = 14;

/// How many days before its pages go an engagement is told: time to write the last words and to say goodbye.
const CLOSING: i64 = 30;

/// The file that says what an engagement is.
const ENGAGEMENT: &str = "engagement.toml";

/// What kind of thing is to be thought of, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// A meeting or session of the next days.
    Meeting,
    /// A round that is open, opens soon, or has closed without its answers being there.
    Round,
    /// An action or a wish for support whose day is over.
    Overdue,
    /// The coachee's consent, or what is said of confidentiality.
    Consent,
    /// Pages that go soon.
    Closing,
    /// A review that nobody has booked.
    Review,
}

impl Matter {
    /// The words above all things of this kind.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Meeting => "Meetings of the next two weeks",
            Self::Round => "Rounds of the pulse",
            Self::Overdue => "Overdue",
            Self::Consent => "Consent and confidentiality",
            Self::Closing => "Pages about to close",
            Self::Review => "Reviews not booked",
        }
    }
}

/// Something to think of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueEntry {
    /// What kind of thing it is.
    pub matter: Matter,
    /// Its day, if it has one.
    pub day: Option<Date>,
    /// What it is.
    pub text: String,
    /// The file in which it is written, inside the engagement's folder.
    pub place: String,
}

impl Engagement {
    /// Returns what there is to think of on `today`, by kind and day. `answered` tells how many have answered a round, if any answer of
    /// any round was collected.
    pub fn due(
        &self,
        today: Date,
        answered: impl Fn(AskedRound) -> Option<usize>,
    ) -> Vec<DueEntry> {
        let Some(coachee) = self.coachee() else {
            return Vec::new();
        };
        let mut look = Look {
            facts: self.facts.reveal_to(&coachee),
            coachee,
            engagement: self,
            today,
            entries: Vec::new(),
        };
        look.at_meetings();
        look.at_rounds(answered);
        look.at_goals();
        look.at_consent();
        look.at_end();
        let mut entries = look.entries;
        entries.sort_by_key(|entry| (entry.matter, entry.day));
        entries
    }
}

/// A look at an engagement on one day.
struct Look<'a> {
    engagement: &'a Engagement,
    coachee: Reader,
    facts: Option<&'a Facts>,
    today: Date,
    entries: Vec<DueEntry>,
}

impl<'a> Look<'a> {
    fn add(&mut self, matter: Matter, day: Option<Date>, text: String, place: &str) {
        self.entries.push(DueEntry {
            matter,
            day,
            text,
            place: place.to_owned(),
        });
    }

    /// Whether a day is today or one of the next.
    fn is_near(&self, day: Date, days: i64) -> bool {
        let last = self.today.saturating_add(Span::new().days(days));
        (self.today..=last).contains(&day)
    }

    fn is_over(&self) -> bool {
        let end = self.facts.and_then(|facts| facts.end);
        end.is_some_and(|end| end < self.today)
    }

    fn agendas(&self) -> Vec<&'a Agenda> {
        let agendas = self.engagement.agendas.iter();
        agendas
            .filter_map(|agenda| agenda.reveal_to(&self.coachee))
            .collect()
    }

    fn at_meetings(&mut self) {
        for agenda in self.agendas() {
            let day = agenda.start.date();
            if self.is_near(day, AHEAD) {
                let time = agenda.start.time().strftime("%H:%M");
                let text = format!("{time} {}", agenda.title);
                let place = ItemKind::Agenda.path(&format!("{}.md", agenda.id));
                self.add(Matter::Meeting, Some(day), text, &place);
            }
        }
        let sessions = self.facts.and_then(|facts| facts.sessions.as_ref());
        let booked = sessions.map(|sessions| sessions.booked.as_slice());
        for day in booked.unwrap_or_default() {
            if self.is_near(*day, AHEAD) {
                self.add(
                    Matter::Meeting,
                    Some(*day),
                    "session".to_owned(),
                    ENGAGEMENT,
                );
            }
        }
    }

    /// Rounds that are answered on asking pages: those with a form elsewhere are known only once their answers are here.
    fn at_rounds(&mut self, answered: impl Fn(AskedRound) -> Option<usize>) {
        let engagement = self.engagement;
        for round in engagement.asked_rounds() {
            let mut rounds = engagement.pulse.rounds.iter();
            let AskedRound { opens, closes } = round;
            if rounds.any(|known| known.date == closes) {
                continue;
            }
            let asked = engagement.asked(self.today.min(closes).into()).len();
            let in_hand = || match answered(round) {
                Some(number) => format!("{number} of {asked} answers in"),
                None => format!("{} asked; no answer was collected", raters(asked)),
            };
            let (day, text) = if round.is_open_on(self.today) {
                (closes, format!("open until {closes}: {}", in_hand()))
            } else if closes < self.today && !self.is_before_the_last_round(closes) {
                (
                    closes,
                    format!(
                        "closed on {closes}: {}; `loggia collect` writes its figures",
                        in_hand()
                    ),
                )
            } else if self.is_near(opens, AHEAD) {
                (opens, format!("opens on {opens} for {}", raters(asked)))
            } else {
                continue;
            };
            self.add(Matter::Round, Some(day), text, ENGAGEMENT);
        }
    }

    /// Whether a later round has been collected: whatever is missing of an earlier one is past.
    fn is_before_the_last_round(&self, day: Date) -> bool {
        let mut rounds = self.engagement.pulse.rounds.iter();
        rounds.any(|round| round.date > day)
    }

    fn at_goals(&mut self) {
        let engagement = self.engagement;
        for goal in &engagement.goals {
            let actions = goal.actions.reveal_to(&self.coachee);
            for action in actions.into_iter().flatten() {
                self.at_action(action, &goal.path);
            }
            let support = goal.support.reveal_to(&self.coachee);
            for wish in support.into_iter().flatten() {
                if let Some(due) = wish.due.filter(|due| *due < self.today)
                    && wish.given.is_none()
                {
                    let text = self.owned(&wish.text, Some(&wish.from));
                    self.add(Matter::Overdue, Some(due), text, &goal.path);
                }
            }
        }
        for agenda in self.agendas() {
            let place = ItemKind::Agenda.path(&format!("{}.md", agenda.id));
            let debrief = agenda.debrief.reveal_to(&self.coachee);
            for action in agenda.next.iter().chain(debrief.into_iter().flatten()) {
                self.at_action(action, &place);
            }
        }
    }

    fn at_action(&mut self, action: &Action, place: &str) {
        let is_open = action.done.is_none() && action.dropped.is_none();
        if let Some(due) = action.due.filter(|due| is_open && *due < self.today) {
            let text = self.owned(&action.text, action.owner.as_ref());
            self.add(Matter::Overdue, Some(due), text, place);
        }
    }

    /// A text with the name of whoever is to do it.
    fn owned(&self, text: &str, owner: Option<&StakeholderId>) -> String {
        let owner = owner.and_then(|owner| self.engagement.stakeholder(owner));
        match owner {
            Some(owner) => format!("{}: {text}", owner.name),
            None => text.to_owned(),
        }
    }

    fn at_consent(&mut self) {
        let engagement = self.engagement;
        let mut others = engagement.stakeholders.iter();
        let has_others = others.any(|person| {
            person.portal && person.presence != Presence::Gone && person.role != Role::Coachee
        });
        if has_others
            && engagement.agreed_by(self.today.into()).is_none()
            && !engagement.silence.contains(&Advice::NotAgreed)
        {
            let text = match engagement.agreed {
                Some(day) => format!("the coachee is to agree on {day} to what is shared"),
                None => "the coachee has not agreed to what is shared".to_owned(),
            };
            self.add(Matter::Consent, None, text, ENGAGEMENT);
        }
        let communication = self.facts.map(|facts| &facts.communication);
        let said = |part: fn(&Communication) -> bool| communication.is_some_and(part);
        let is_said = said(|said| said.confidentiality.is_some());
        let has_exceptions = said(|said| said.exceptions.is_some());
        let text = match (is_said, has_exceptions) {
            (true, true) => return,
            (false, _) => "nothing says what is confidential",
            (true, false) => "nothing says what has to be told although sessions are confidential",
        };
        if !engagement.silence.contains(&Advice::NoExceptions) {
            self.add(Matter::Consent, None, text.to_owned(), ENGAGEMENT);
        }
    }

    fn at_end(&mut self) {
        let engagement = self.engagement;
        if let Some(closes) = engagement.closes
            && self.is_near(closes, CLOSING)
        {
            let text = format!("all pages go on {closes}");
            self.add(Matter::Closing, Some(closes), text, ENGAGEMENT);
        }
        if self.is_over() {
            return;
        }
        for kind in engagement.unbooked_reviews() {
            let (advice, text) = match kind {
                ReviewKind::Midpoint => (Advice::NoMidpoint, "the mid-point review"),
                ReviewKind::Final => (Advice::NoFinal, "the closing meeting"),
            };
            if !engagement.silence.contains(&advice) {
                self.add(Matter::Review, None, text.to_owned(), ENGAGEMENT);
            }
        }
    }
}

fn raters(number: usize) -> String {
    match number {
        1 => "1 rater".to_owned(),
        number => format!("{number} raters"),
    }
}
