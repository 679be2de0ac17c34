//! Goals: what the coachee works on, part by part, each with its own audience.

use jiff::civil::Date;
use strum::VariantArray;

use crate::engagement::audience::{Audience, Guarded};
use crate::engagement::id::{GoalId, StakeholderId};
use crate::engagement::prose::Prose;

/// One goal.
pub struct Goal {
    /// The file's name without its number.
    pub id: GoalId,
    /// The names that it had before, the oldest first.
    pub was: Vec<GoalId>,
    /// Where it is written, inside the engagement's folder; for messages to the coach.
    pub path: String,
    /// The day on which the words of its question were last mended without a change of meaning; for whoever sees its figures.
    pub corrected: Option<Date>,
    /// What it says.
    pub wording: Guarded<Wording>,
    /// What its raters are asked, for those who are asked; nothing where it has no behaviour to be seen.
    pub question: Guarded<Option<String>>,
    /// What stands for the title where the wording is not seen. Its audience is whoever sees any part of the goal.
    pub alias: Guarded<Option<String>>,
    /// What the coachee does about it.
    pub actions: Guarded<Vec<Action>>,
    /// What others are asked to do.
    pub support: Guarded<Vec<Support>>,
    /// What others suggested for the time ahead.
    pub feedforward: Guarded<Feedforward>,
    /// Who rates it; everyone who rates at all when absent.
    pub supporters: Option<Vec<StakeholderId>>,
    /// Who sees the published figures.
    pub progress: Audience,
    /// What is said of how far it has come, beside the figures and for whoever sees them.
    pub standing: Guarded<Standing>,
    /// Who sees them split by group.
    pub groups: Audience,
    /// Who sees how many raters saw a follow-up.
    pub follow_up: Audience,
    /// Who sees the coachee's own rating.
    pub own: Audience,
    /// Who sees what the coach says about rounds.
    pub themes_for: Audience,
    /// What the coach says about single rounds, in the order of their dates.
    pub themes: Vec<Guarded<Theme>>,
}

impl Goal {
    /// The oldest id, from which records are made: it stays the same whatever the file is called later.
    pub fn first_id(&self) -> &GoalId {
        self.was.first().unwrap_or(&self.id)
    }

    /// Returns a digest of the pulse question, by which `rounds.lock` notices that it changed.
    pub fn question_digest(&self, digest: &dyn Fn(&[u8]) -> [u8; 32]) -> [u8; 32] {
        let question =
            |wording: &Wording| digest(wording.behaviour.as_deref().unwrap_or_default().as_bytes());
        self.wording.digest(question)
    }
}

/// The wording of a goal.
pub struct Wording {
    /// The short name.
    pub title: String,
    /// What is to be reached.
    pub statement: Option<String>,
    /// What others will observe; the question of the pulse.
    pub behaviour: Option<String>,
    /// What good looks like.
    pub good: Vec<String>,
    /// For whom it matters, and why.
    pub matters: Matters,
    /// What it said before, the latest first.
    pub before: Vec<Before>,
    /// Why it matters.
    pub prose: Prose,
}

/// Why a goal matters, to each of those for whom it does.
#[derive(Default)]
pub struct Matters {
    /// To the business.
    pub business: Option<String>,
    /// To the coachee's own way.
    pub career: Option<String>,
    /// Which aim of the organisation it serves.
    pub serves: Option<String>,
}

/// Words that a goal had until some day.
pub struct Before {
    /// The last day of these words.
    pub until: Date,
    /// What was to be reached, if that was said in other words.
    pub statement: Option<String>,
    /// What others were to observe, if that was said in other words.
    pub behaviour: Option<String>,
}

/// How far a goal has come, in words.
#[derive(Default)]
pub struct Standing {
    /// The day on which it was reached.
    pub reached: Option<Date>,
    /// One line of the coachee's own.
    pub in_my_words: Option<String>,
}

/// Something that someone does about a goal.
pub struct Action {
    /// What is done.
    pub text: String,
    /// Who does it.
    pub owner: Option<StakeholderId>,
    /// The day by which.
    pub due: Option<Date>,
    /// The day on which it was done.
    pub done: Option<Date>,
    /// That it is no longer to be done.
    pub dropped: Option<Dropped>,
}

/// That an action was given up: it is neither open nor done nor overdue.
pub struct Dropped {
    /// The day.
    pub date: Date,
    /// Why.
    pub why: Option<String>,
}

/// Something that a person is asked to do for the coachee, or to give.
pub struct Support {
    /// Who is asked.
    pub from: StakeholderId,
    /// What for.
    pub text: String,
    /// What kind of support it is.
    pub kind: SupportKind,
    /// The day by which it is wanted.
    pub due: Option<Date>,
    /// The day on which that person said yes to it.
    pub agreed: Option<Date>,
    /// The day on which it was given; it is then asked for no longer.
    pub given: Option<Date>,
}

/// A kind of support.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum SupportKind {
    /// Something to do or to say.
    Support,
    /// An opportunity to practise.
    Practice,
    /// Time.
    Time,
    /// Money.
    Budget,
    /// An assessment.
    Assessment,
    /// Training beside the coaching.
    Training,
}

impl SupportKind {
    /// Every kind.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS
        .first_chunk()
        .expect("it is as long as itself");

    /// The word that stands for it in a goal.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Practice => "practice",
            Self::Time => "time",
            Self::Budget => "budget",
            Self::Assessment => "assessment",
            Self::Training => "training",
        }
    }
}

/// Ideas for the time ahead, which the coachee asked for, and thanks for them. Nobody who gave one is named.
#[derive(Default)]
pub struct Feedforward {
    /// What the coachee heard, in the coachee's words.
    pub ideas: Vec<Idea>,
    /// Thanks in a line.
    pub thanks: Option<String>,
}

impl Feedforward {
    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.ideas.is_empty() && self.thanks.is_none()
    }
}

/// One idea.
pub struct Idea {
    /// The idea.
    pub text: String,
    /// The day from which it is tried.
    pub tried: Option<Date>,
    /// What came of it.
    pub came: Option<String>,
}

/// What the coach says about a goal in one round; never a quotation.
pub struct Theme {
    /// The round.
    pub round: Date,
    /// The coach's words.
    pub text: String,
}
