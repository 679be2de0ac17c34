//! What the coach knows: one engagement as plain data, with no serde, no files and no clock.
//!
//! The rule it guards: confidential text is readable only through [`Guarded::reveal_to`], and a [`Reader`] can only be had from
//! [`Engagement::readers`], which knows who has a portal at all.
//!
//! # Words
//!
//! One word for each thing, in the code, templates, files and messages alike.
//!
//! | word | meaning |
//! |---|---|
//! | engagement | one coaching contract and its folder, whose name is its id |
//! | stakeholder | a person of the engagement: coachee, coach, manager, sponsor, HR partner or supporter |
//! | reader | the stakeholder for whom a portal is built |
//! | supporter | a stakeholder who rates the coachee in the pulse |
//! | goal | a statement, observable behaviour, what good looks like, actions, the support asked for |
//! | agenda | one meeting: timed items before it, outcomes and next steps after it |
//! | pulse, round | the repeated survey on the goals; one launch of it |
//! | asking page | where a rater answers the questions of a round that is open |
//! | rating | one rater's answer about one goal in one round |
//! | assessment | a 360, a style profile, interviews or another evaluation: that it is held, and the themes that the coachee shares |
//! | outcome | what the programme is to bring about, with how it stood at the start, in the middle and at the end; also what came of a meeting |
//! | correction | what was changed in the programme on a day, and why |
//! | figure | what may be published of the ratings of a round |
//! | theme | what the coach says about a goal in one round, never a quotation |
//! | review | the mid-point or final comparison of intended and actual outcomes |
//! | update | what the coachee, or the coach with the coachee's consent, tells readers |
//! | agreement, party | what was agreed about the engagement; someone who says yes to it |
//! | note | confidential, and never published to anyone |
//! | part | what `[share]` gives away by one key: facts, goals, actions, figures and so on |
//! | audience | the people who may see a thing |
//! | passage | lines of a text with an audience of their own |
//! | portal | what one reader gets: one page, one file, one link |
//! | person | someone who takes part in several engagements and has one page that lists their portals |

pub mod advice;
pub mod agenda;
pub mod agreement;
pub mod asked;
pub mod assessment;
pub mod audience;
pub mod bookings;
pub mod colour;
pub mod consent;
pub mod due;
pub mod facts;
pub mod firm;
pub mod goal;
pub mod id;
pub mod kind;
pub mod later;
pub mod link_record;
pub mod lock;
pub mod person;
pub mod picture;
pub mod programme;
pub mod prose;
pub mod pulse;
pub mod review;
pub mod seen;
pub mod stakeholder;
pub mod today;
pub mod update;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::engagement::advice::Advice;
use crate::engagement::agenda::Agenda;
use crate::engagement::agreement::Agreement;
use crate::engagement::assessment::Assessment;
use crate::engagement::audience::{Audience, Guarded, Part, Reader};
use crate::engagement::consent::{Consent, Since};
use crate::engagement::facts::Facts;
use crate::engagement::firm::AccessMode;
use crate::engagement::goal::Goal;
use crate::engagement::id::{EngagementId, GoalId, StakeholderId};
use crate::engagement::programme::{Correction, ProgrammeOutcome};
use crate::engagement::prose::{Attachment, ShownSource};
use crate::engagement::pulse::Pulse;
use crate::engagement::review::Review;
use crate::engagement::stakeholder::{Presence, Role, Stakeholder};
use crate::engagement::today::Today;
use crate::engagement::update::Update;

/// One coaching contract: everything of its folder but the notes, which no type holds.
pub struct Engagement {
    /// The folder's name.
    pub id: EngagementId,
    /// The names that the folder had before, the oldest first.
    pub was: Vec<EngagementId>,
    /// The title, in every portal.
    pub title: String,
    /// Whether a text still holds a placeholder of the template: then nobody has a portal.
    pub is_draft: bool,
    /// The kinds of advice that the coach has silenced.
    pub silence: BTreeSet<Advice>,
    /// Everyone who takes part; exactly one is the coachee.
    pub stakeholders: Vec<Stakeholder>,
    /// The day the coachee agreed to what is shared, as the folder says; whether it has come is said by [`Engagement::agreed_by`].
    pub agreed: Option<Date>,
    /// From this day on no portal is built.
    pub closes: Option<Date>,
    /// The zone of its hours, in which a round opens and closes.
    pub timezone: TimeZone,
    /// How this engagement's pages leave the machine, where the site's way is not its own.
    pub access: Option<AccessMode>,
    /// The number of all links of this engagement; raising it ends them.
    pub link: u32,
    /// The language of portals whose reader has none of their own.
    pub language: Option<String>,
    /// What `[share]` says, part by part.
    pub share: BTreeMap<Part, Audience>,
    /// The parts that `[share]` says nothing of, among those that were in other parts in version 0.1.0.
    pub unsaid: Vec<Part>,
    /// What was agreed so far, as share.lock holds it.
    pub consent: Option<Consent>,
    /// Since when each reader may read what; empty until it is compared with what was agreed.
    pub since: Since,
    /// Whether `[share] agendas` also names whoever attends a meeting.
    pub attendees_see_agendas: bool,
    /// Dates, sessions, milestones and how people work together.
    pub facts: Guarded<Facts>,
    /// What was agreed about it, and who has said yes.
    pub agreement: Option<Guarded<Agreement>>,
    /// What the work rests on, in the order of their days.
    pub assessments: Vec<Assessment>,
    /// What the programme is to bring about; for whoever sees the reviews, which compare it.
    pub outcomes: Vec<Guarded<ProgrammeOutcome>>,
    /// What was changed in the programme, in the order of the days; for whoever sees the reviews, after which it was.
    pub corrections: Vec<Guarded<Correction>>,
    /// Who does what, role by role: shown to the reader whose role it is, and whole to whoever sees the facts.
    pub roles: BTreeMap<Role, Guarded<String>>,
    /// The goals in the order of their file names.
    pub goals: Vec<Goal>,
    /// The meetings in the order of their start.
    pub agendas: Vec<Guarded<Agenda>>,
    /// The repeated mini-survey.
    pub pulse: Pulse,
    /// The updates in the order of their dates.
    pub updates: Vec<Guarded<Update>>,
    /// Mid-point and final comparisons, in the order of their dates.
    pub reviews: Vec<Guarded<Review>>,
    /// The pictures and documents that some shared text shows, by name.
    pub attachments: BTreeMap<String, Attachment>,
    /// The files from which those were read.
    pub shown_sources: Vec<ShownSource>,
}

impl Engagement {
    /// The day the coachee agreed, if it has come by `today`: a day that is still to come does not count.
    pub fn agreed_by(&self, today: Today<'_>) -> Option<Date> {
        self.agreed.filter(|agreed| *agreed <= today)
    }

    /// Returns everyone who has a portal on `today`, in the order of engagement.toml, in the part that the person plays on that day.
    /// Whoever is to come or has left has none.
    ///
    /// Without the coachee's consent only the coachee has one; in a draft, and once the engagement has closed, nobody has.
    pub fn readers(&self, today: Today<'_>) -> Vec<Reader> {
        if self.is_draft || self.closes.is_some_and(|closes| closes <= today) {
            return Vec::new();
        }
        let is_agreed = self.agreed_by(today).is_some();
        let reader = |person: &Stakeholder| {
            let role = person.time.capacity_on(today).role;
            let is_here = person.time.presence_on(today) == Presence::Here;
            let has_portal = person.portal && is_here && (is_agreed || role == Role::Coachee);
            has_portal.then(|| Reader::of(person, role))
        };
        self.stakeholders.iter().filter_map(reader).collect()
    }

    /// Returns everyone who has a portal on `today` or is to have one on a later day that engagement.toml names, once in each part that
    /// the person plays from then on.
    pub fn readers_from(&self, today: Today<'_>) -> Vec<Reader> {
        if self.is_draft {
            return Vec::new();
        }
        let people = self.stakeholders.iter().filter(|person| person.portal);
        let readers = people.flat_map(|person| {
            let roles = person.time.roles_from(today);
            roles.map(|role| Reader::of(person, role))
        });
        readers.collect()
    }

    /// Whether `[share]` shares a part with a reader, whatever an item says itself.
    pub fn shares(&self, part: Part, reader: &Reader) -> bool {
        let audience = self.share.get(&part);
        audience.is_some_and(|audience| audience.admits(reader))
    }

    /// Returns the coachee as a reader, with a portal or without: the coachee may see all that anyone may.
    pub fn coachee(&self) -> Option<Reader> {
        let mut people = self.stakeholders.iter();
        people
            .find(|person| person.role == Role::Coachee)
            .map(|person| Reader::of(person, person.role))
    }

    /// The oldest id, from which links, records and hashes are made: it stays the same whatever the folder is called later.
    pub fn first_id(&self) -> &EngagementId {
        self.was.first().unwrap_or(&self.id)
    }

    /// Returns the stakeholder who has this id or had it.
    pub fn stakeholder(&self, id: &StakeholderId) -> Option<&Stakeholder> {
        let mut people = self.stakeholders.iter();
        people.find(|person| person.is_called(id.as_str()))
    }

    /// Returns the goal that has this id or had it.
    pub fn goal(&self, id: &GoalId) -> Option<&Goal> {
        let mut goals = self.goals.iter();
        goals.find(|goal| goal.id == *id || goal.was.contains(id))
    }
}
