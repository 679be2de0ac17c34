//! What a coach says about an export that its columns do not say for certain.

use jiff::civil::Date;

/// Which comes first in a date such as `2/3/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::VariantArray)]
pub enum DateOrder {
    /// The day.
    DayFirst,
    /// The month.
    MonthFirst,
}

impl DateOrder {
    /// As it is written on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DayFirst => "day-first",
            Self::MonthFirst => "month-first",
        }
    }
}

/// What the coach says about an export.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// The column that says who answered, by its letters or its header.
    pub rater: Option<String>,
    /// Whether the form asked nobody for a name.
    pub anonymous: bool,
    /// The column that says of which group somebody is who answered without a name, by its letters or its header.
    pub group: Option<String>,
    /// The column that says who saw a follow-up, by its letters or its header; `none` where there is none.
    pub followed_up: Option<String>,
    /// What is added to every number: the form's scale began elsewhere.
    pub shift: i32,
    /// The sheet of a workbook with the answers.
    pub sheet: Option<String>,
    /// The first day of which answers are of this round.
    pub since: Option<Date>,
    /// How the export writes days.
    pub dates: Option<DateOrder>,
    /// Whether people may have answered as in an earlier round.
    pub same_again: bool,
}
