//! The people of an engagement.

use crate::engagement::firm::OpeningMode;
use crate::engagement::id::{GroupId, StakeholderId};
use crate::engagement::today::Today;
use jiff::civil::Date;
use strum::VariantArray;

/// A person of the engagement.
pub struct Stakeholder {
    /// What this engagement's files call the person.
    pub id: StakeholderId,
    /// What they called the person before, the oldest first.
    pub was: Vec<StakeholderId>,
    /// The name as people say it.
    pub name: String,
    /// The part this person plays on the day as of which the engagement is looked at.
    pub role: Role,
    /// The job title.
    pub title: Option<String>,
    /// Whether the person takes part on that day.
    pub presence: Presence,
    /// When the person takes part, and as what.
    pub time: Time,
    /// The day of this manager's own word: in rounds that close on it or later, the manager's answers stand alone under the name.
    pub apart: Option<Date>,
    /// The language of this person's portal, as a BCP 47 tag.
    pub language: Option<String>,
    /// Where an invitation goes; never on a page.
    pub email: Option<String>,
    /// The day on which the coach last said that the name or address here is another one of the same person.
    pub same_person: Option<Date>,
    /// The number of this person's link; raising it ends the old link.
    pub link: u32,
    /// How this person's sealed page opens, where the site does not say it for all.
    pub opening: Option<OpeningMode>,
    /// Whether this person's sealed page asks for a passphrase besides the link.
    pub passphrase: bool,
    /// Whether this person has a portal.
    pub portal: bool,
}

/// The rater groups that the themes have words for; a firm may have others.
pub const GROUPS: [&str; 3] = ["manager", "peer", "report"];

/// What a person is in an engagement: the part that the person plays and, for people who rate, the rater group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// The part.
    pub role: Role,
    /// The rater group.
    pub group: Option<GroupId>,
}

/// When a person takes part, and as what.
#[derive(Debug, Clone)]
pub struct Time {
    /// The first day; absent for whoever takes part from the beginning.
    pub from: Option<Date>,
    /// From this day on the person takes no part any more.
    pub until: Option<Date>,
    /// What the person was before, each up to a day from which on that was over; in the order of the days.
    pub before: Vec<(Capacity, Date)>,
    /// What the person was last, or is.
    pub last: Capacity,
}

/// Whether a person takes part on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Not yet.
    ToCome,
    /// Yes.
    Here,
    /// Not any more.
    Gone,
}

impl Time {
    /// The time of someone who takes part from the beginning to the end, always as the same.
    pub fn whole(last: Capacity) -> Self {
        Self {
            from: None,
            until: None,
            before: Vec::new(),
            last,
        }
    }

    /// What the person is on a day. Before and after the time it is the nearest that the person was.
    pub fn capacity_on(&self, day: Today<'_>) -> &Capacity {
        let mut before = self.before.iter();
        let earlier = before.find(|(_, until)| day < *until);
        earlier.map_or(&self.last, |(capacity, _)| capacity)
    }

    /// Whether the person takes part on a day.
    pub fn presence_on(&self, day: Today<'_>) -> Presence {
        if self.from.is_some_and(|from| day < from) {
            Presence::ToCome
        } else if self.until.is_some_and(|until| until <= day) {
            Presence::Gone
        } else {
            Presence::Here
        }
    }

    /// Every part that the person ever plays.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        let before = self.before.iter().map(|(capacity, _)| capacity);
        before.chain([&self.last]).map(|capacity| capacity.role)
    }

    /// Every rater group that the person is ever of.
    pub fn groups(&self) -> impl Iterator<Item = &GroupId> {
        let before = self.before.iter().map(|(capacity, _)| capacity);
        let all = before.chain([&self.last]);
        all.filter_map(|capacity| capacity.group.as_ref())
    }

    /// Every part that the person plays on `day` or later; none once the person has left.
    pub fn roles_from(&self, day: Today<'_>) -> impl Iterator<Item = Role> {
        let before = self.before.iter().filter(move |(_, until)| day < *until);
        let before = before.map(|(capacity, _)| capacity);
        let has_left = self.presence_on(day) == Presence::Gone;
        let roles = before.chain([&self.last]).map(|capacity| capacity.role);
        roles.filter(move |_| !has_left)
    }
}

impl Stakeholder {
    /// The oldest id, from which links, records and hashes are made: it stays the same whatever the person is called later.
    pub fn first_id(&self) -> &StakeholderId {
        self.was.first().unwrap_or(&self.id)
    }

    /// Whether the person is called so, or was.
    pub fn is_called(&self, word: &str) -> bool {
        let mut ids = self.was.iter().chain([&self.id]);
        ids.any(|id| id.as_str() == word)
    }

    /// Makes the person what the person is on `day`.
    pub fn look_on(&mut self, day: Today<'_>) {
        self.role = self.time.capacity_on(day).role;
        self.presence = self.time.presence_on(day);
    }
}

/// The part that a person plays in an engagement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum Role {
    /// The person who is coached, and whose engagement it is.
    Coachee,
    /// The person who coaches.
    Coach,
    /// The coachee's boss.
    Manager,
    /// Who pays for or arranges the coaching.
    Sponsor,
    /// The partner from human resources.
    Hr,
    /// A person who rates the coachee in the pulse.
    Supporter,
}

impl Role {
    /// Every role, in the order in which people are listed.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS
        .first_chunk()
        .expect("it is as long as itself");

    /// Returns the role that the coach's files call `word`.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// The role as the coach's files write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Coachee => "coachee",
            Self::Coach => "coach",
            Self::Manager => "manager",
            Self::Sponsor => "sponsor",
            Self::Hr => "hr",
            Self::Supporter => "supporter",
        }
    }

    /// Whether this person sees whatever anyone else sees.
    pub fn sees_all_that_is_shared(self) -> bool {
        matches!(self, Self::Coachee | Self::Coach)
    }
}
