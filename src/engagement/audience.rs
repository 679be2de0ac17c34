//! Who may see what: the audience of a thing, and the wrapper that reveals the thing to no one else.
//!
//! The rule it guards: a [`Guarded`] value can be looked at in one way, [`Guarded::reveal_to`], and only with a [`Reader`], who is
//! a stakeholder with a portal. It cannot be cloned, printed, compared or serialised.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use strum::VariantArray;

use crate::engagement::id::StakeholderId;
use crate::engagement::stakeholder::{Role, Stakeholder};

/// The stakeholder for whom a portal is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    id: StakeholderId,
    first_id: StakeholderId,
    role: Role,
}

impl Reader {
    /// Only an engagement makes readers: it knows who has a portal, and as what.
    pub(super) fn of(stakeholder: &Stakeholder, role: Role) -> Self {
        Self {
            id: stakeholder.id.clone(),
            first_id: stakeholder.first_id().clone(),
            role,
        }
    }

    /// Which stakeholder this is.
    pub fn id(&self) -> &StakeholderId {
        &self.id
    }

    /// The oldest id of this stakeholder, under which records know them.
    pub fn first_id(&self) -> &StakeholderId {
        &self.first_id
    }

    /// The part this stakeholder plays.
    pub fn role(&self) -> Role {
        self.role
    }
}

/// The people who may see a thing, the coachee and the coach always among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audience {
    members: Members,
    is_own: bool,
}

/// A person in one of the parts that this person plays at some time: what a supporter may see, the same person need not see as a sponsor.
pub type Member = (StakeholderId, Role);

/// Who is in an audience besides the coachee and the coach.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Members {
    Everyone,
    Only(BTreeSet<Member>),
}

impl Audience {
    /// The coachee and the coach alone: what holds where nothing is shared.
    pub fn coachee_alone() -> Self {
        Self::only([])
    }

    /// Everyone who sees what this stands in.
    pub fn everyone() -> Self {
        Self {
            members: Members::Everyone,
            is_own: false,
        }
    }

    /// These people, the coachee and the coach.
    pub fn only(members: impl IntoIterator<Item = Member>) -> Self {
        Self {
            members: Members::Only(members.into_iter().collect()),
            is_own: false,
        }
    }

    /// The same people, said by the thing itself and not by the engagement for all things of its kind.
    #[must_use]
    pub fn said_by_itself(self) -> Self {
        Self {
            is_own: true,
            ..self
        }
    }

    /// Whether the thing itself says who they are.
    pub fn is_own(&self) -> bool {
        self.is_own
    }

    /// Whether `reader` is one of them.
    pub fn admits(&self, reader: &Reader) -> bool {
        self.admits_person(&reader.id, reader.role)
    }

    /// Whether the stakeholder, who need not have a portal, is one of them.
    pub fn admits_person(&self, id: &StakeholderId, role: Role) -> bool {
        role.sees_all_that_is_shared()
            || match &self.members {
                Members::Everyone => true,
                Members::Only(members) => members.contains(&(id.clone(), role)),
            }
    }

    /// The same people without those for whom `keep` is false. An audience can only be narrowed.
    #[must_use]
    pub fn narrowed(self, mut keep: impl FnMut(&StakeholderId, Role) -> bool) -> Self {
        let members = match self.members {
            Members::Everyone => Members::Everyone,
            Members::Only(mut members) => {
                members.retain(|(id, role)| keep(id, *role));
                Members::Only(members)
            }
        };
        Self { members, ..self }
    }

    /// The people of both audiences together, whoever said who they are.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        match (&self.members, &other.members) {
            (Members::Only(ours), Members::Only(theirs)) => Self::only(ours.union(theirs).cloned()),
            (Members::Everyone, _) | (_, Members::Everyone) => Self::everyone(),
        }
    }
}

/// The parts of an engagement that `[share]` gives away one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum Part {
    /// Dates, sessions, milestones, and how people work together.
    Facts,
    /// Who else takes part, besides the coachee, the coach and the managers; and who rates.
    People,
    /// What the assessments showed, in the themes that the coachee chose.
    Assessments,
    /// The wording of goals.
    Goals,
    /// Actions and the support asked for.
    Actions,
    /// Published figures of the pulse.
    Progress,
    /// The same, split by rater group.
    Groups,
    /// How many raters saw the coachee follow up.
    FollowUp,
    /// The coachee's own rating.
    Own,
    /// What the coach says about a round.
    Themes,
    /// Meetings.
    Agendas,
    /// Updates from the coachee or the coach.
    Updates,
    /// Mid-point and final comparisons.
    Reviews,
    /// What was agreed about the engagement, and who has said yes.
    Agreement,
    /// The questions of the pulse, on a page of the rater's own on which they are answered.
    Asked,
}

impl Part {
    /// Every part, in the order in which they are listed.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS
        .first_chunk()
        .expect("it is as long as itself");

    /// The key that stands for it in `[share]`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::People => "people",
            Self::Assessments => "assessments",
            Self::Goals => "goals",
            Self::Actions => "actions",
            Self::Progress => "progress",
            Self::Groups => "groups",
            Self::FollowUp => "follow_up",
            Self::Own => "self",
            Self::Themes => "themes",
            Self::Agendas => "agendas",
            Self::Updates => "updates",
            Self::Reviews => "reviews",
            Self::Agreement => "agreement",
            Self::Asked => "asked",
        }
    }
}

/// An item of a day. Its day and the name of its file need not be kept from anyone who handles it.
pub(super) trait Dated {
    /// The day.
    fn date(&self) -> Date;

    /// The name of its file, which begins with the day.
    fn file(&self) -> String;
}

/// A value that only its audience may see.
pub struct Guarded<T> {
    audience: Audience,
    value: T,
}

impl<T> Guarded<T> {
    /// Keeps `value` from everyone but `audience`.
    pub fn of(value: T, audience: Audience) -> Self {
        Self { audience, value }
    }

    /// Returns the value if `reader` may see it: the one way to look at it.
    pub fn reveal_to(&self, reader: &Reader) -> Option<&T> {
        self.audience.admits(reader).then_some(&self.value)
    }

    /// Returns a digest of the value, for what must notice a change of it and never show it.
    pub(super) fn digest(&self, digest: impl FnOnce(&T) -> [u8; 32]) -> [u8; 32] {
        digest(&self.value)
    }

    /// The people who may see it.
    pub fn audience(&self) -> &Audience {
        &self.audience
    }
}

#[expect(private_bounds, reason = "what has a day is said in this folder alone")]
impl<T: Dated> Guarded<T> {
    /// The day that it belongs to.
    pub fn date(&self) -> Date {
        self.value.date()
    }

    /// The name of its file, without the folder.
    pub fn file(&self) -> String {
        self.value.file()
    }
}

impl<T> fmt::Debug for Guarded<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Guarded(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::{Audience, Guarded, Reader};
    use crate::engagement::id::StakeholderId;
    use crate::engagement::stakeholder::Role;

    fn reader(id: &str, role: Role) -> Reader {
        Reader {
            id: StakeholderId::parse(id).unwrap(),
            first_id: StakeholderId::parse(id).unwrap(),
            role,
        }
    }

    #[test]
    fn coachee_and_coach_see_all_and_others_only_what_is_theirs() {
        let priya = StakeholderId::parse("priya").unwrap();
        let secret = Guarded::of("plan", Audience::only([(priya, Role::Manager)]));
        assert!(secret.reveal_to(&reader("nyah", Role::Coachee)).is_some());
        assert!(secret.reveal_to(&reader("coach", Role::Coach)).is_some());
        assert!(secret.reveal_to(&reader("priya", Role::Manager)).is_some());
        assert!(secret.reveal_to(&reader("anders", Role::Sponsor)).is_none());
        assert!(
            secret
                .reveal_to(&reader("priya", Role::Supporter))
                .is_none()
        );
        assert_eq!(format!("{secret:?}"), "Guarded(…)");
    }
}
