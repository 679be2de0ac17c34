//! One cell of who sees what: how much one reader sees of one part, and the rule that decided it.

use crate::engagement::audience::Part;

/// Whether one reader sees one part.
#[derive(Debug)]
pub struct SightCell {
    /// How much of it.
    pub seen: Seen,
    /// The rule that decided it.
    pub rule: String,
    /// Where that rule is written.
    pub ground: Ground,
    /// What takes something out of what is seen in part.
    pub limit: Option<Ground>,
}

/// Where a rule is written, for whoever looks for the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// In the reader's role.
    Role,
    /// In a list of readers: the item's own, or else the engagement's.
    Share(Part),
    /// In the `supporters` of the goal.
    Supporters,
    /// In a passage of the text.
    Passages,
    /// In the audience of a goal.
    Goal,
    /// The same, of a competency that the goal leads to.
    Competencies,
    /// In the pulse: how many raters stand behind a figure.
    Pulse,
    /// In the roles, of which everyone reads their own.
    Roles,
    /// In the texts that show a file.
    Texts,
    /// In the name of the file, which begins with its day, or in a `date` of engagement.toml.
    Day,
}

/// Something that stands in the way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hindrance {
    pub(super) words: &'static str,
    pub(super) ground: Ground,
}

/// How much of a part a reader sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// All that can be published of it.
    Whole,
    /// Some of it.
    Part,
    /// Nothing of it.
    Not,
}

impl Seen {
    /// The words for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "seen",
            Self::Part => "seen in part",
            Self::Not => "not seen",
        }
    }
}

impl SightCell {
    pub(super) fn whole(rule: impl Into<String>, ground: Ground) -> Self {
        Self::of(Seen::Whole, rule, ground)
    }

    pub(super) fn not(rule: impl Into<String>, ground: Ground) -> Self {
        Self::of(Seen::Not, rule, ground)
    }

    pub(super) fn of(seen: Seen, rule: impl Into<String>, ground: Ground) -> Self {
        Self {
            seen,
            rule: rule.into(),
            ground,
            limit: None,
        }
    }

    /// The same, but only in part for this reason.
    pub(super) fn in_part_if(self, is_in_part: bool, reason: Hindrance) -> Self {
        match self.seen {
            Seen::Whole if is_in_part => Self {
                seen: Seen::Part,
                rule: format!("{}; {}", self.rule, reason.words),
                limit: Some(reason.ground),
                ..self
            },
            Seen::Whole | Seen::Part | Seen::Not => self,
        }
    }

    /// The same, unless something else stands in the way.
    pub(super) fn unless(self, is_hindered: bool, reason: Hindrance) -> Self {
        match self.seen {
            Seen::Whole | Seen::Part if is_hindered => Self::not(reason.words, reason.ground),
            Seen::Whole | Seen::Part | Seen::Not => self,
        }
    }
}

pub(super) const PASSAGES: Hindrance = Hindrance {
    words: "some passages are for others",
    ground: Ground::Passages,
};
pub(super) const TIED: Hindrance = Hindrance {
    words: "an outcome belongs to a goal that they do not see",
    ground: Ground::Goal,
};
pub(super) const LED_TO: Hindrance = Hindrance {
    words: "a competency belongs to a goal that they do not see",
    ground: Ground::Competencies,
};
pub(super) const FOLLOWS: Hindrance = Hindrance {
    words: "it follows the goal, of which they see neither wording nor progress",
    ground: Ground::Share(Part::Goals),
};
pub(super) const TOO_FEW: Hindrance = Hindrance {
    words: "too few answers to show",
    ground: Ground::Pulse,
};
pub(super) const NO_PROGRESS: Hindrance = Hindrance {
    words: "there is no progress for them to split",
    ground: Ground::Share(Part::Progress),
};
pub(super) const NOT_RATED: Hindrance = Hindrance {
    words: "the coachee did not rate themselves",
    ground: Ground::Pulse,
};
pub(super) const CLOSED: Hindrance = Hindrance {
    words: "`share` in its own file keeps the goal from them, and `supporters` does not list them",
    ground: Ground::Share(Part::Goals),
};
pub(super) const NOT_ASKED: Hindrance = Hindrance {
    words: "no goal has a question for them in the next round",
    ground: Ground::Share(Part::Asked),
};
