//! What a view says by one of a few words, which a template compares or makes a part of a key.

use crate::engagement::review::ReviewKind;

/// Declares an enum whose values each stand for a word in templates.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$value_doc])* $value,)* }

        impl $name {
            /// The word for it in templates.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$value => $word,)* }
            }
        }
    };
}

words! {
    /// How far an action is.
    ActionState {
        /// Done.
        Done = "done",
        /// Given up.
        Dropped = "dropped",
        /// Not done; the day may be over where the reader is not told so.
        Open = "open",
        /// Not done although its day is over; said to the owner, the coachee and the coach.
        Overdue = "overdue",
    }
}

words! {
    /// What the reader is asked to do.
    AskKind {
        /// Support for a goal.
        Support = "support",
        /// An action of a goal.
        Action = "action",
        /// A next step of a meeting.
        Next = "next",
        /// To say yes to the agreement.
        Agree = "agree",
        /// To say yes to the agreement again, since its text has changed.
        AgreeAgain = "agree_again",
        /// To answer the pulse on the reader's asking page.
        Answer = "answer",
    }
}

words! {
    /// What a thing is that is new. Where several have one day, the first of these comes first.
    LatestKind {
        /// A review.
        Review = "review",
        /// An update.
        Update = "update",
        /// A goal that was reached.
        Reached = "reached",
        /// Figures of a round.
        Figures = "figures",
        /// A meeting that was held.
        Meeting = "meeting",
        /// A milestone whose day is over.
        Milestone = "milestone",
    }
}

impl LatestKind {
    /// Whether it is a day on which something happens, and not what came of it.
    pub fn is_occasion(self) -> bool {
        match self {
            Self::Meeting | Self::Milestone => true,
            Self::Review | Self::Update | Self::Reached | Self::Figures => false,
        }
    }
}

words! {
    /// Whether a party has said yes to the agreement.
    AnswerState {
        /// Yes.
        Yes = "yes",
        /// Yes, to the text as it was before.
        Earlier = "earlier",
        /// Nothing yet.
        Open = "open",
    }
}

words! {
    /// What becomes of the answers of someone who is asked.
    AnswersFate {
        /// They count among those of others.
        Counted = "counted",
        /// They stand alone under a manager's name, by the manager's own word.
        Apart = "apart",
        /// They are the coachee's own rating.
        Own = "own",
    }
}

words! {
    /// Where a step of the journey lies.
    StepState {
        /// Before the present one.
        Past = "past",
        /// Where the engagement stands.
        Present = "present",
        /// Still to come.
        Future = "future",
        /// Nothing says where the engagement stands.
        Unsaid = "unsaid",
    }
}

words! {
    /// What is known of where an engagement stands on its journey.
    Position {
        /// Before the first day.
        Before = "before",
        /// At a step that the coach has said.
        At = "at",
        /// After the last day, of a journey that has reached its last step.
        After = "after",
        /// Nothing says it.
        Unsaid = "unsaid",
    }
}

words! {
    /// Whether the latest figure reaches the target.
    TargetState {
        /// It does, whatever the true mean is.
        Reached = "reached",
        /// It does not, whatever the true mean is.
        Short = "short",
        /// The figure is too coarse to say.
        Open = "open",
    }
}

words! {
    /// What the scores of a scale say.
    ScaleKind {
        /// How much has changed.
        Change = "change",
        /// How much there is.
        Level = "level",
    }
}

/// What an item without a title is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Untitled {
    /// The engagement itself, whose outcomes and corrections are shared with its reviews.
    Programme,
    /// A review.
    Review(ReviewKind),
}

impl Untitled {
    /// The word for it in templates.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::Review(kind) => kind.as_str(),
        }
    }
}
