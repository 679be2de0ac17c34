//! Whether an action is done.

use jiff::civil::Date;

use crate::engagement::goal::Action;

/// Where an action stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionState {
    /// It was done.
    Done,
    /// It is still to be done.
    Open,
    /// It is not done although its day is over.
    Overdue,
}

impl ActionState {
    /// Where `action` stands on `today`.
    pub(super) fn of(action: &Action, today: Date) -> Self {
        match action.done {
            Some(_) => Self::Done,
            None if action.due.is_some_and(|due| due < today) => Self::Overdue,
            None => Self::Open,
        }
    }

    /// The word that templates know it by.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Open => "open",
            Self::Overdue => "overdue",
        }
    }
}
