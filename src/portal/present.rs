//! How the values in a view become template values: text, numbers, and types that stand for a word. A view itself does so in `view.rs`.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use minijinja::value::Value;

use crate::engagement::agenda::{CoachPart, Kind};
use crate::engagement::assessment::AssessmentKind;
use crate::engagement::audience::Part;
use crate::engagement::goal::SupportKind;
use crate::engagement::review::ReviewKind;
use crate::engagement::stakeholder::Role;
use crate::portal::states::{
    ActionState, AnswerState, AnswersFate, AskKind, LatestKind, Position, ScaleKind, StepState,
    TargetState, Untitled,
};
use crate::progress::change::Direction;
use crate::progress::figures::Bound;

/// What becomes a template value.
pub(super) trait Present {
    /// The value as a template sees it.
    fn present(&self) -> Value;
}

macro_rules! present_as_text {
    ($($text:ident: $($type:ty),+;)*) => { $($(impl Present for $type {
        fn present(&self) -> Value {
            Value::from(self.$text())
        }
    })+)* };
}

present_as_text! {
    as_str: String, ActionState, AnswerState, AnswersFate, AskKind, AssessmentKind, Bound, CoachPart, Direction, Kind, LatestKind, Position, ReviewKind, Role, ScaleKind,
        StepState, SupportKind, TargetState, Untitled;
    key: Part;
    to_string: Date, DateTime;
}

macro_rules! present_as_is {
    ($($type:ty),*) => { $(impl Present for $type {
        fn present(&self) -> Value {
            Value::from(*self)
        }
    })* };
}

present_as_is!(bool, u8, u32, i32, f64, &'static str);

/// A zone is known by its name; the clocks of `UTC` are those of none.
impl Present for TimeZone {
    fn present(&self) -> Value {
        Value::from(self.iana_name())
    }
}

impl<T: Present> Present for Option<T> {
    fn present(&self) -> Value {
        self.as_ref()
            .map_or_else(|| Value::from(()), Present::present)
    }
}

impl<T: Present> Present for Vec<T> {
    fn present(&self) -> Value {
        self.iter().map(Present::present).collect()
    }
}
