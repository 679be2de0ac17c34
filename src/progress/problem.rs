//! What can be wrong with a pulse that was published before, and what to do about it.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::engagement::id::{EngagementId, GoalId};
use crate::engagement::lock::FILE_NAME;
use crate::engagement::today::Today;
use crate::text::counted;

/// A difference between what was published and what would be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LockProblem {
    /// The record was made with another key.
    OtherKey,
    /// The record is not as it was written.
    Edited,
    /// The scale has changed.
    Scale {
        /// What it was, in words.
        was: String,
        /// What it is.
        is: String,
    },
    /// The question about a goal has changed.
    Question {
        /// Which goal.
        goal: GoalId,
    },
    /// It has changed, and the day that is given for it is none after it was asked, or was given for another change.
    CorrectedBefore {
        /// Which goal.
        goal: GoalId,
        /// The day must be after this one.
        latest: Date,
    },
    /// Its words were mended after it was asked, and the goal says so no longer.
    CorrectionUnsaid {
        /// Which goal.
        goal: GoalId,
        /// The day on which they were.
        day: Date,
    },
    /// The file of a round is gone.
    RoundGone {
        /// Which round.
        round: Date,
    },
    /// The round was published, and the build is for a day before it closes.
    RoundLater {
        /// Which round.
        round: Date,
        /// The day of the build.
        today: Date,
    },
    /// A goal is gone.
    GoalGone {
        /// Which goal.
        goal: GoalId,
    },
    /// Ratings have come or gone.
    Raters {
        /// In which round, of which goal.
        place: (Date, GoalId),
        /// How many have come.
        come: usize,
        /// How many have gone.
        gone: usize,
    },
    /// The same people's answers have changed.
    Answers {
        /// In which round, about which goal.
        place: (Date, GoalId),
        /// How many have.
        changed: usize,
    },
    /// Answers of a round that names nobody have come, gone or changed, and some are left.
    WithoutNames {
        /// Which round.
        round: Date,
    },
    /// The same people were asked the same within days.
    TooSoon {
        /// In which round, about which goal.
        place: (Date, GoalId),
        /// The other round.
        other: Date,
        /// Whether both rounds name their raters, so that it is known that some are the same.
        by_name: bool,
    },
    /// People are asked again what they answered in a round that was withdrawn within weeks.
    AfterWithdrawn {
        /// In which round, about which goal.
        place: (Date, GoalId),
        /// The round that was withdrawn.
        withdrawn: Date,
    },
    /// The same answers would be counted in other groups.
    Groups {
        /// In which round, about which goal.
        place: (Date, GoalId),
    },
}

impl LockProblem {
    /// The same problem in a build for `today`: a round that closes later has not lost its file.
    pub fn as_of(self, today: Today<'_>) -> Self {
        match self {
            Self::RoundGone { round } if round > today => Self::RoundLater {
                round,
                today: today.date(),
            },
            problem => problem,
        }
    }

    /// The problem as the coach reads it.
    pub fn diagnostic(&self, engagement: &EngagementId) -> Diagnostic {
        let lock = format!("{engagement}/pulse/{FILE_NAME}");
        let toml = format!("{engagement}/engagement.toml");
        let csv = |round: &Date| format!("{engagement}/pulse/{round}.csv");
        match self {
            Self::OtherKey => Self::other_key().in_file(lock),
            Self::Edited => Diagnostic::error("the record of published rounds is not as it was written")
                .in_file(lock)
                .with_hint("bring it back from a backup or from version control; it is never edited by hand"),
            Self::Scale { was, is } => Diagnostic::error(format!(
                "the scale is `{is}`, and rounds were published on `{was}`"
            ))
            .in_file(toml)
            .with_hint("put the scale back; another scale needs another engagement, since its figures do not compare"),
            Self::Question { goal } => Self::question(goal).in_file(format!("{engagement}/goals")),
            Self::CorrectedBefore { goal, latest } => Self::corrected_before(goal, *latest)
                .in_file(format!("{engagement}/goals")),
            Self::CorrectionUnsaid { goal, day } => Self::correction_unsaid(goal, *day)
                .in_file(format!("{engagement}/goals")),
            Self::RoundGone { round } => {
                Diagnostic::error(format!("the round of {round} was published, and its file is gone"))
                    .in_file(csv(round))
                    .with_hint("bring the file back from a backup or from version control; to withdraw the round for good, put a file there that has its header line alone")
            }
            Self::RoundLater { round, today } => Self::later(*round, *today).in_file(csv(round)),
            Self::GoalGone { goal } => {
                Diagnostic::error(format!("ratings of goal `{goal}` were published, and the goal is gone"))
                    .in_file(format!("{engagement}/goals"))
                    .with_hint("put its file back under its name; to show its figures to nobody else, give it `share = { progress = [] }`")
            }
            Self::Raters { place, come, gone } => Self::raters(place, *come, *gone).in_file(csv(&place.0)),
            Self::Answers { place, changed } => Diagnostic::error(format!(
                "{} of goal `{}` changed after the round of {} was published",
                counted(*changed, "rating", "ratings"),
                place.1,
                place.0
            ))
            .in_file(csv(&place.0))
            .with_hint(
                "put the ratings back as they were: two versions of one figure give away who answered what; to withdraw the \
                 figure for good, which is the only way to mend a mistyped score, keep a copy of the file elsewhere, and take all \
                 ratings of this goal out of it",
            ),
            Self::WithoutNames { round } => Self::without_names(*round).in_file(csv(round)),
            Self::TooSoon { place, other, by_name } => {
                Self::too_soon(place, *other, *by_name).in_file(csv(&place.0))
            }
            Self::AfterWithdrawn { place, withdrawn } => {
                Self::after_withdrawn(place, *withdrawn).in_file(csv(&place.0))
            }
            Self::Groups { place } => Diagnostic::error(format!(
                "the raters of goal `{}` would be grouped otherwise than when the round of {} was published",
                place.1, place.0
            ))
            .in_file(toml)
            .with_hint("put back the groups, the roles of raters and `minimum`: two ways to group the same answers give people away"),
        }
    }

    fn other_key() -> Diagnostic {
        Diagnostic::error(
            "the record of published rounds was made with another key, or under another name of this folder",
        )
        .with_hint(
            "if the folder has another name now, say in engagement.toml what it was: `was = [\"…\"]`; else bring back the \
             `loggia.key` of the last publish: `loggia key` tells which key is here; if it is gone for good, run `loggia key adopt`, \
             which takes the record over and says what can no longer be checked",
        )
    }

    fn question(goal: &GoalId) -> Diagnostic {
        Diagnostic::error(format!(
            "the behaviour of goal `{goal}` has changed since ratings of it were published"
        ))
        .with_hint(
            "put its words back, and write a new goal for the new question; if only its words were mended and it asks for the same, \
             give the goal `corrected = DATE`, the day on which they were: whoever sees its figures reads it there",
        )
    }

    /// A round that closes after the day of the build.
    fn later(round: Date, today: Date) -> Diagnostic {
        let problem = Diagnostic::error(format!(
            "the round of {round} was published, and closes after {today}, the day of this build"
        ));
        problem.with_hint(
            "build for that day or a later one, without `--today`; the round's file stays as it is",
        )
    }

    /// A round without names that is not as it was.
    fn without_names(round: Date) -> Diagnostic {
        let problem = Diagnostic::error(format!(
            "the round of {round} names no raters, and its ratings changed after it was published"
        ));
        problem.with_hint(
            "put the file back as it was: where nobody is named, nobody can tell whose ratings came, went or changed, and two versions of \
             one figure give away who answered what; to withdraw the round for good, keep a copy of the file elsewhere, and leave its header line alone",
        )
    }

    /// Two rounds that ask the same people within a week.
    fn too_soon((round, goal): &(Date, GoalId), other: Date, by_name: bool) -> Diagnostic {
        if !by_name {
            let message = format!(
                "the rounds of {other} and {round} ask about goal `{goal}` within a week, and nobody can tell whether they ask the same \
                 people: not both of them name their raters"
            );
            return Diagnostic::error(message).with_hint(
                "keep one of the two rounds outside this folder; late answers of an anonymous form wait for the next round",
            );
        }
        let problem = Diagnostic::error(format!(
            "the round of {round} asks people about goal `{goal}` whom the round of {other} asked within a week"
        ));
        problem.with_hint(
            "keep one of the two rounds outside this folder: where all answers but one are the same in both, the difference gives that one \
             away; answers of other people, such as late ones, may stand in a round of their own",
        )
    }

    /// A round that asks again what was withdrawn.
    fn after_withdrawn((round, goal): &(Date, GoalId), withdrawn: Date) -> Diagnostic {
        let problem = Diagnostic::error(format!(
            "the round of {round} asks people about goal `{goal}` who answered in the round of {withdrawn}, which was published and withdrawn"
        ));
        problem.with_hint(
            "put the ratings of the withdrawn round back as they were, and keep this one outside the folder, or ask again four weeks after \
             it: of a round that was corrected and entered anew, the difference gives the correction away",
        )
    }

    /// Words that changed again under an old day.
    fn corrected_before(goal: &GoalId, latest: Date) -> Diagnostic {
        let problem = Diagnostic::error(format!(
            "the behaviour of goal `{goal}` has changed, and its `corrected` is not after {latest}, when it was last asked or mended"
        ));
        problem.with_hint(
            "put its words back, or write as `corrected` the day on which they were mended; a question that asks for something else \
             is a new goal",
        )
    }

    /// A correction that was said and is no longer.
    fn correction_unsaid(goal: &GoalId, day: Date) -> Diagnostic {
        let problem = Diagnostic::error(format!(
            "the behaviour of goal `{goal}` was mended on {day}, after ratings of it were published, and the goal does not say so any more"
        ));
        problem.with_hint(format!(
            "put `corrected = {day}` back: whoever sees the figures reads there that the question was asked in other words"
        ))
    }

    /// Ratings that came or went.
    fn raters((round, goal): &(Date, GoalId), come: usize, gone: usize) -> Diagnostic {
        let change = match (come, gone) {
            (come, 0) => format!("{} came", counted(come, "rating", "ratings")),
            (0, gone) => format!("{} went", counted(gone, "rating", "ratings")),
            (come, gone) => format!(
                "{} came and {gone} went",
                counted(come, "rating", "ratings")
            ),
        };
        let hint = if gone == 0 {
            "put late ratings into a round of their own, with its own date: two versions of one figure give away who answered what"
        } else {
            "put the ratings back as they were: two versions of one figure give away who answered what; to withdraw the figure for \
             good, keep a copy of the file elsewhere, and take all ratings of this goal out of it"
        };
        Diagnostic::error(format!(
            "{change} after the round of {round} was published for goal `{goal}`"
        ))
        .with_hint(hint)
    }
}
